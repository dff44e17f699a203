//! What programs say of commits: whether it builds, whether its tests pass.

use forge_domain::{
    Id,
    access::Deed,
    id,
    names::Oid,
    review::{CONTEXT_BYTES_MAX, StatusState},
};
use forge_store::{
    Tx,
    commit_statuses::{self as store, CommitStatus, NewStatus},
    modules,
};
use serde_json::json;

use super::{
    Action, Context,
    fields::{self, Fields},
};
use crate::{
    auth::{
        holder,
        module::{Opened, owner_of},
    },
    error::{Error, Refusal},
};

/// What a check is called that has no name.
const CONTEXT_USUAL: &str = "default";
/// As long as a check can explain itself.
const DESCRIPTION_CHARS_MAX: usize = 500;
/// As long as an address can be, in bytes.
const ADDRESS_BYTES_MAX: usize = 2_000;
/// How many different checks one commit can have: the page shows them all.
const CONTEXTS_MAX: usize = 100;
/// How often one commit can be spoken of, all checks together.
const REPORTS_MAX: i64 = 2_000;

/// Says for a program what it found of a commit. What it said before of the same commit stays
/// written; the last word counts.
#[derive(Debug, Clone)]
pub struct ReportStatus {
    /// In which module.
    pub module: Id<id::Module>,
    /// Of which commit, which is there and may be seen.
    pub commit: Oid,
    /// The name of the check; `default` where empty.
    pub context: String,
    /// What it says: the word of a [`StatusState`].
    pub state: String,
    /// Where more is told; empty where nowhere.
    pub target_url: String,
    /// In a few words.
    pub description: String,
}

impl Action for ReportStatus {
    const DEED: Deed = Deed::ReportStatus;
    type Output = CommitStatus;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<CommitStatus, Error> {
        let module = modules::by_id(&mut *tx, self.module).await?.ok_or(Error::NotFound)?;
        let held = holder::of_owner_in(tx, &owner_of(&module)).await?;
        let opened = Opened { module, holder: held };
        cx.allow(&opened.resource())?;
        let read = self.read()?;
        let before = store::latest(&mut *tx, self.module, self.commit).await?;
        let is_known = before.iter().any(|status| status.context == read.context);
        if !is_known && before.len() >= CONTEXTS_MAX {
            let refusal = Refusal::field("context", "statuses_too_many").arg("max", CONTEXTS_MAX);
            return Err(Error::Refused(refusal));
        }
        if store::count(&mut *tx, self.module, self.commit).await? >= REPORTS_MAX {
            let refusal = Refusal::new("reports_too_many").arg("max", REPORTS_MAX);
            return Err(Error::Refused(refusal));
        }
        let new = NewStatus {
            id: cx.new_id(),
            module: self.module,
            commit: self.commit,
            context: &read.context,
            state: read.state,
            target_url: &read.target_url,
            description: &read.description,
            created_by: cx.person()?,
            created_at: cx.now,
        };
        store::insert(&mut *tx, new).await?;
        cx.record(
            opened.path(),
            json!({
                "commit": self.commit.to_string(),
                "context": read.context,
                "state": read.state.name(),
            }),
        );
        let after = store::latest(&mut *tx, self.module, self.commit).await?;
        after.into_iter().find(|status| status.context == read.context).ok_or(Error::NotFound)
    }
}

/// A report whose fields were read.
struct Read {
    context: String,
    state: StatusState,
    target_url: String,
    description: String,
}

impl ReportStatus {
    fn read(&self) -> Result<Read, Error> {
        let mut wrong = Fields::default();
        let context = wrong.take("context", context(&self.context));
        let state = wrong.take("state", self.state.parse().map_err(|_| "status_state"));
        let target_url = wrong.take("target_url", address(&self.target_url));
        let description =
            wrong.take("description", fields::short(&self.description, DESCRIPTION_CHARS_MAX));
        let ((context, state), (target_url, description)) =
            wrong.end(context.zip(state).zip(target_url.zip(description)))?;
        Ok(Read { context, state, target_url, description })
    }
}

fn context(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Ok(CONTEXT_USUAL.to_owned()),
        text if text.len() > CONTEXT_BYTES_MAX => Err("text_too_long"),
        text if text.chars().any(char::is_control) => Err("status_context"),
        text => Ok(text.to_owned()),
    }
}

fn address(text: &str) -> Result<String, &'static str> {
    let address = fields::website(text)?.unwrap_or_default();
    if address.len() > ADDRESS_BYTES_MAX { Err("text_too_long") } else { Ok(address) }
}
