//! `forge publish`: from a working copy to a public page.

mod check;
mod push;

use clap::Args;
use forge_api::{
    dialect::{CreateRepo, EditRepo, Repository, User},
    modules::{Publish as Body, Published},
};
use forge_domain::names::Slug;
use serde_json::json;
use ureq::http::Method;

use self::{check::Checked, push::Push};
use crate::{
    client::{Client, path},
    context::Context,
    failure::{Exit, Failure},
    git::Git,
    prompt,
};

#[derive(Debug, Args)]
pub(crate) struct Publish {
    #[arg(long, value_name = "SPACE")]
    owner: Option<String>,
    #[arg(long)]
    name: Option<String>,
    #[arg(long)]
    description: Option<String>,
    #[arg(long)]
    check: bool,
}

impl Publish {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let texts = &context.texts;
        let here = Git::new(".", texts);
        let top = here.text(&["rev-parse", "--show-toplevel"]).ok().filter(|top| !top.is_empty());
        let top = top.ok_or_else(|| {
            Failure::new(Exit::Failed, "no_working_copy", texts.say("cli-publish-no-copy"))
        })?;
        let git = Git::new(top, texts);
        let checked = check::check(&git, texts)?;
        if self.check {
            context.output.answer(&checked, || checked.words(texts))?;
            let sound = checked.publishable;
            return if sound { Ok(()) } else { Err(Failure::told(Exit::Failed)) };
        }
        let (Some(branch), Some(commit), true) =
            (&checked.branch, &checked.commit, checked.publishable)
        else {
            return Err(refused(context, &checked));
        };
        let client = context.client()?;
        let me: User = client.get("/user")?;
        let (owner, name) = (self.owner(context)?, self.name(context, &git)?);
        if !context.output.is_json() {
            eprintln!("{}", checked.words(texts));
        }
        if !context.globals.yes {
            let args = [
                ("module", format!("{owner}/{name}").into()),
                ("branch", branch.into()),
                ("host", client.host().as_str().into()),
            ];
            eprintln!("{}", texts.with("cli-publish-meaning", &args));
            context.typed("cli-publish-ask", &format!("{owner}/{name}"))?;
        }
        let description = self.description.clone().or_else(|| checked.description.clone());
        let module = place(&client, (&owner, &name), (branch, description.as_deref()))?;
        Push { git: &git, client: &client, login: &me.login }.run(&module, branch)?;
        let module = settle(&client, module, branch)?;
        let body = Body { description, commit: Some(commit.clone()) };
        let path = path(&["repos", &owner, &name, "publication"]);
        let told: Published = client.change(Method::POST, &path, &body)?;
        let answer = json!({
            "module": told.module,
            "url": told.url,
            "visibility": told.visibility,
        });
        context.output.answer(&answer, || {
            let args = [
                ("module", (&told.module).into()),
                ("url", (&told.url).into()),
                ("git", (&module.clone_url).into()),
            ];
            texts.with("cli-publish-done", &args)
        })
    }

    /// The space or council it is for.
    fn owner(&self, context: &Context) -> Result<String, Failure> {
        let texts = &context.texts;
        let given = match &self.owner {
            Some(owner) => owner.clone(),
            None if context.globals.yes => String::new(),
            None => prompt::line(&texts.say("cli-publish-ask-owner")).unwrap_or_default(),
        };
        if given.is_empty() {
            let message = texts.say("cli-publish-no-owner");
            return Err(Failure::new(Exit::Usage, "no_owner", message));
        }
        Ok(given)
    }

    /// Its name under the owner: the folder's where nothing is said.
    fn name(&self, context: &Context, git: &Git<'_>) -> Result<String, Failure> {
        let folder = git.folder().file_name();
        let folder = folder.map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let name = self.name.clone().unwrap_or(folder);
        let slug = Slug::for_module(&name).map_err(|error| {
            let args = [("name", name.into()), ("reason", error.to_string().into())];
            let message = context.texts.with("cli-publish-bad-name", &args);
            Failure::new(Exit::Usage, "module_name", message)
        })?;
        Ok(slug.to_string())
    }
}

/// The module in its owner's name: made, or found where it is ours already.
fn place(
    client: &Client<'_>,
    (owner, name): (&str, &str),
    (branch, description): (&str, Option<&str>),
) -> Result<Repository, Failure> {
    let new = CreateRepo {
        name: name.to_owned(),
        description: description.map(str::to_owned),
        default_branch: Some(branch.to_owned()),
        ..CreateRepo::default()
    };
    match client.change(Method::POST, &path(&["orgs", owner, "repos"]), &new) {
        Err(taken) if taken.exit == Exit::Conflict => {
            let found: Result<Repository, Failure> = client.get(&path(&["repos", owner, name]));
            match found {
                Ok(module) if module.permissions.push => Ok(module),
                // What stands there is another's, or not to be seen: the name is taken.
                _ => Err(taken),
            }
        }
        other => other,
    }
}

/// What is published is the branch that was checked: a clone begins there too.
fn settle(client: &Client<'_>, module: Repository, branch: &str) -> Result<Repository, Failure> {
    if module.default_branch == branch {
        return Ok(module);
    }
    let (owner, name) = (&module.owner.login, &module.name);
    let edit = EditRepo { default_branch: Some(branch.to_owned()), ..EditRepo::default() };
    client.change(Method::PATCH, &path(&["repos", owner, name]), &edit)
}

/// Why it cannot be published, everything at once.
fn refused(context: &Context, checked: &Checked) -> Failure {
    let message = context.texts.say("cli-publish-not-ready");
    let faults = checked.errors.iter().map(|remark| remark.message.clone()).collect();
    let code = match checked.errors.as_slice() {
        [only] => only.code.clone(),
        _ => "not_publishable".to_owned(),
    };
    Failure { faults, ..Failure::new(Exit::Failed, code, message) }
}
