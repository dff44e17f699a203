//! The repositories: git checks every object, and every reference stands where the log of pushes
//! says that it was moved to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use forge_domain::{Id, id};
use forge_git::Depth;
use forge_store::{Tx, modules::Module, pushes};

use super::{Fault, Part, Wording};
use crate::{
    error::Error,
    standstill::{References, Standstill},
};

/// What the log of pushes says of one repository.
#[derive(Debug, Default)]
struct Logged {
    /// What each reference was last moved to; none where it was deleted.
    moved: BTreeMap<String, Option<String>>,
    /// References whose move was not over: the next start brings them to an end.
    open: BTreeSet<String>,
}

pub(super) async fn verify(
    wording: Wording<'_>,
    still: &mut Standstill,
    depth: Depth,
) -> Result<Part, Error> {
    let mut logged = read_log(&mut still.tx).await?;
    let mut faults = Vec::new();
    for module in &still.modules {
        let path = format!("{}/{}", module.owner, module.slug);
        match still.repositories.get(&module.id) {
            Some(Ok(references)) => {
                let logged = logged.remove(&module.id).unwrap_or_default();
                faults.extend(compare(wording, module, references, &logged));
                faults.extend(objects(wording, module, depth).await);
            }
            Some(Err(error)) => {
                let why = error.to_string();
                faults.push(wording.fault(path, "repository_unreadable", &[("why", &why)]));
            }
            None => faults.push(wording.fault(path, "repository_unreadable", &[("why", "")])),
        }
    }
    Ok(Part { name: "repositories", checked: still.modules.len() as u64, faults })
}

async fn read_log(tx: &mut Tx) -> Result<HashMap<Id<id::Module>, Logged>, Error> {
    let mut logged: HashMap<Id<id::Module>, Logged> = HashMap::new();
    for row in pushes::moves(&mut *tx).await? {
        logged.entry(row.module_id).or_default().moved.insert(row.name, row.new_oid);
    }
    for push in pushes::open(&mut *tx).await? {
        let names = pushes::refs(&mut *tx, push.id).await?.into_iter().map(|row| row.name);
        logged.entry(push.module_id).or_default().open.extend(names);
    }
    Ok(logged)
}

fn compare(
    wording: Wording<'_>,
    module: &Module,
    references: &References,
    logged: &Logged,
) -> Vec<Fault> {
    let path = format!("{}/{}", module.owner, module.slug);
    let mut faults = Vec::new();
    let head = references.head.as_ref().map(|head| head.short()).unwrap_or_default();
    if head != module.default_branch && logged.open.is_empty() {
        let args = [("head", head), ("branch", module.default_branch.as_str())];
        faults.push(wording.fault(path.as_str(), "head_differs", &args));
    }
    // The forge alone writes a meta-repository, and the ledger's own verification reads it.
    if module.kind == "meta" {
        return faults;
    }
    let stands: BTreeMap<&str, String> =
        references.named.iter().map(|(name, oid)| (name.as_str(), oid.to_string())).collect();
    let names: BTreeSet<&str> =
        stands.keys().copied().chain(logged.moved.keys().map(String::as_str)).collect();
    for name in names.into_iter().filter(|name| !logged.open.contains(*name)) {
        let (stands, says) = (stands.get(name), logged.moved.get(name).and_then(Option::as_ref));
        if stands != says {
            let words = |oid: Option<&String>| oid.cloned().unwrap_or_else(|| "—".to_owned());
            let (stands, says) = (words(stands), words(says));
            let args = [("ref", name), ("stands", stands.as_str()), ("says", says.as_str())];
            faults.push(wording.fault(path.as_str(), "reference_differs", &args));
        }
    }
    faults
}

async fn objects(wording: Wording<'_>, module: &Module, depth: Depth) -> Vec<Fault> {
    let path = format!("{}/{}", module.owner, module.slug);
    let found = match wording.app.repositories.get(module.id.uuid()).await {
        Ok(repository) => repository.verify(depth).await,
        Err(error) => Err(error),
    };
    let problems = match found {
        Ok(problems) => problems,
        Err(error) => vec![error.to_string()],
    };
    let fault = |why: &String| wording.fault(path.as_str(), "repository_damaged", &[("why", why)]);
    problems.iter().map(fault).collect()
}
