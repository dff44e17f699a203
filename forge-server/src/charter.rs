//! The charter of a space: written into its meta-repository, read from the rows that say which
//! version is in force (domain.md §c3).

pub mod read;

use forge_domain::{
    Id, charter, id,
    names::{Oid, PathInRepo, RefName, Slug},
};
use forge_git::{GitError, NewCommit, Repository, Signature};
use forge_store::{Tx, charters, modules, spaces::Space, votes::Vote};
use jiff::Timestamp;

use crate::{actions::Context, app::App, error::Error, funding::Reader};

pub use read::CharterError;

const FRENCH: &str = include_str!("charter/fr.md");
const ENGLISH: &str = include_str!("charter/en.md");
const MACHINE: &str = include_str!("charter/charter.toml");

/// How far back the commit of an amendment is looked for, where its row was not written.
const SEARCHED_COMMITS: usize = 200;

/// The two files of a charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    /// `CHARTER.md`.
    pub text: String,
    /// `charter.toml`.
    pub machine: String,
}

impl Papers {
    /// What a space begins with.
    pub fn first(space: &Space, lead: &str) -> Self {
        Self { text: text(space, lead), machine: MACHINE.to_owned() }
    }

    fn named(self) -> [(&'static str, String); 2] {
        [("CHARTER.md", self.text), ("charter.toml", self.machine)]
    }
}

/// The charter in force, for the rules that go by it.
///
/// # Errors
/// Internal where what was adopted cannot be read: the rows were changed by hand.
pub async fn in_force(
    reader: &mut Reader<'_>,
    space: Id<id::Space>,
) -> Result<charter::Charter, Error> {
    match charters::in_force(&mut *reader, space).await? {
        None => Ok(charter::Charter::silent(0)),
        Some(row) => Ok(read::parse(&row.machine).map_err(anyhow::Error::from)?),
    }
}

/// Makes a space's meta-repository with its charter, and answers the commit. Done twice, it is
/// done once.
pub async fn write_first(
    app: &App,
    repository: Id<id::Module>,
    space: &Space,
    papers: Papers,
    now: Timestamp,
) -> Result<Oid, Error> {
    let branch = RefName::branch("main").map_err(anyhow::Error::from)?;
    let made = match app.repositories.create(repository.uuid(), &branch).await {
        Err(GitError::Exists) => app.repositories.get(repository.uuid()).await,
        made => made,
    };
    let repository = made.map_err(anyhow::Error::from)?;
    if let Some(tip) = repository.tip(&branch).await.map_err(anyhow::Error::from)? {
        return Ok(tip);
    }
    let message = match space.lang.as_str() {
        "fr" => "Fonder l’espace et sa charte\n",
        _ => "Found the space and its charter\n",
    };
    match commit(app, (&repository, &branch), papers, message.to_owned(), (None, now)).await {
        // Another run of the same act was faster.
        Err(GitError::Moved(_)) => {
            let tip = repository.tip(&branch).await.map_err(anyhow::Error::from)?;
            tip.ok_or_else(|| anyhow::anyhow!("a charter was written and is not there").into())
        }
        made => Ok(made.map_err(anyhow::Error::from)?),
    }
}

/// Commits a charter that a vote adopted, and answers the commit. The commit names the vote, so
/// that doing it again after a crash finds it.
pub async fn write_amended(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    (vote, version): (&Vote, u32),
    papers: Papers,
) -> Result<Oid, Error> {
    let slug: Slug = space.slug.parse().map_err(anyhow::Error::from)?;
    let module = modules::at(&mut *tx, &slug, &Slug::meta()).await?;
    let module = module.ok_or_else(|| anyhow::anyhow!("{slug} has no meta-repository"))?;
    let branch = RefName::branch(&module.default_branch).map_err(anyhow::Error::from)?;
    let repository = cx.app.repositories.get(module.id.uuid()).await?;
    let trailer = format!("Vote: {}", vote.reference);
    let tip = repository.tip(&branch).await?;
    if let Some(tip) = tip {
        let log = repository.log(tip, None, 0, SEARCHED_COMMITS).await?;
        let done = log
            .commits
            .into_iter()
            .find(|commit| commit.body.lines().last() == Some(trailer.as_str()));
        if let Some(done) = done {
            return Ok(done.oid);
        }
    }
    let subject = match space.lang.as_str() {
        "fr" => format!("Adopter la version {version} de la charte"),
        _ => format!("Adopt version {version} of the charter"),
    };
    let message = format!("{subject}\n\n{}\n\n{trailer}\n", vote.question);
    let at = (tip, vote.closed_at.unwrap_or(cx.now));
    let oid = commit(cx.app, (&repository, &branch), papers, message, at).await;
    let oid = oid.map_err(anyhow::Error::from)?;
    modules::pushed(&mut *tx, module.id, false, cx.now).await?;
    Ok(oid)
}

async fn commit(
    app: &App,
    (repository, branch): (&Repository, &RefName),
    papers: Papers,
    message: String,
    (tip, at): (Option<Oid>, Timestamp),
) -> Result<Oid, GitError> {
    let author = signature(app, at);
    let mut files = Vec::new();
    for (path, text) in papers.named() {
        let path = path.parse::<PathInRepo>();
        let path = path.map_err(|error| GitError::Damaged(error.to_string()))?;
        files.push((path, Some(text.into_bytes())));
    }
    let new = NewCommit { files, committer: author.clone(), author, message, onto: Some(tip) };
    repository.commit_files(branch, new).await
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

#[cfg(test)]
mod tests;
