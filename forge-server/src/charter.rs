//! The charter a space begins with, in its meta-repository (domain.md §c3).

use forge_domain::{
    Id, id,
    names::{PathInRepo, RefName},
};
use forge_git::{GitError, NewCommit, Signature};
use forge_store::spaces::Space;
use jiff::Timestamp;

use crate::{app::App, error::Error};

const FRENCH: &str = include_str!("charter/fr.md");
const ENGLISH: &str = include_str!("charter/en.md");
const MACHINE: &str = include_str!("charter/charter.toml");

/// Makes a space's meta-repository with its charter. Done twice, it is done once.
pub async fn write_first(
    app: &App,
    repository: Id<id::Module>,
    space: &Space,
    lead: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let branch = RefName::branch("main").map_err(anyhow::Error::from)?;
    let made = match app.repositories.create(repository.uuid(), &branch).await {
        Err(GitError::Exists) => app.repositories.get(repository.uuid()).await,
        made => made,
    };
    let repository = made.map_err(anyhow::Error::from)?;
    if repository.tip(&branch).await.map_err(anyhow::Error::from)?.is_some() {
        return Ok(());
    }
    let file = |path: &str, text: String| -> Result<_, Error> {
        let path: PathInRepo = path.parse().map_err(anyhow::Error::from)?;
        Ok((path, Some(text.into_bytes())))
    };
    let files =
        vec![file("CHARTER.md", text(space, lead))?, file("charter.toml", MACHINE.to_owned())?];
    let author = signature(app, now);
    let message = match space.lang.as_str() {
        "fr" => "Fonder l’espace et sa charte\n",
        _ => "Found the space and its charter\n",
    };
    let new = NewCommit {
        files,
        committer: author.clone(),
        author,
        message: message.to_owned(),
        onto: Some(None),
    };
    match repository.commit_files(&branch, new).await {
        // Another run of the same act was faster.
        Ok(_) | Err(GitError::Moved(_)) => Ok(()),
        Err(error) => Err(Error::Internal(error.into())),
    }
}

/// The forge itself, as the author of what it writes: nobody's name stands in a ledger or a
/// charter (domain.md §e).
pub fn signature(app: &App, now: Timestamp) -> Signature {
    let host = url::Url::parse(&app.public_url).ok();
    let host = host.as_ref().and_then(url::Url::host_str).unwrap_or("localhost");
    Signature {
        name: app.config.site_name.clone(),
        email: format!("forge@{host}"),
        time_s: now.as_second(),
        offset_s: 0,
    }
}

fn text(space: &Space, lead: &str) -> String {
    let template = if space.lang == "fr" { FRENCH } else { ENGLISH };
    template
        .replace("{title}", &space.title)
        .replace("{purpose}", &space.purpose)
        .replace("{lead}", lead)
        .replace("{licence}", &space.licence)
}
