//! The modules of the world: their commits have the authors and the hours of the script, and each
//! is recorded as the push it is.

use forge_domain::{
    Id, id,
    names::{Oid, PathInRepo, RefName, Slug},
};
use forge_git::{NewCommit, NewTag, Repository, Signature};
use uuid::Uuid;

use super::{
    build::Play,
    script::{self, Commit, Histories, History},
};
use crate::{
    actions::{
        modules::{CreateModule, PublishModule},
        pushes::{self, Move, RecordPush},
    },
    error::Error,
};
use forge_domain::access::Role;

/// The histories, and the modules that are there by now.
pub(super) struct ModulePlay {
    histories: Vec<History>,
    made: Vec<Option<Id<id::Module>>>,
}

impl ModulePlay {
    pub(super) fn new(histories: Histories) -> Self {
        let made = histories.modules.iter().map(|_| None).collect();
        Self { histories: histories.modules, made }
    }

    /// What happens on a day.
    pub(super) async fn play(&mut self, play: &Play<'_>, day: i32) -> Result<(), Error> {
        for (history, made) in self.histories.iter().zip(&mut self.made) {
            if history.day == day {
                *made = Some(create(play, history).await?);
            }
            let Some(module) = *made else { continue };
            for (number, commit) in (1..).zip(&history.commits) {
                if commit.day == day {
                    push(play, (history, module), (number, commit)).await?;
                }
            }
            let last = history.commits.last().is_some_and(|commit| commit.day == day);
            if last && history.publish {
                play.act(&play.by(&history.maker).await?, PublishModule { module }).await?;
            }
        }
        Ok(())
    }

    /// The modules that were made public.
    pub(super) fn public(&self) -> Vec<String> {
        let public = self.histories.iter().filter(|history| history.publish);
        public.map(|history| format!("{}/{}", history.owner, history.name)).collect()
    }
}

async fn create(play: &Play<'_>, history: &History) -> Result<Id<id::Module>, Error> {
    let action = CreateModule {
        id: Id::new(Uuid::now_v7()),
        owner: history.owner.clone(),
        slug: history.name.clone(),
        title: history.title.clone(),
        description: history.description.clone(),
        default_branch: None,
        council: None,
    };
    Ok(play.act(&play.by(&history.maker).await?, action).await?.id)
}

async fn push(
    play: &Play<'_>,
    (history, module): (&History, Id<id::Module>),
    (number, commit): (usize, &Commit),
) -> Result<(), Error> {
    let repository = play.app.repositories.get(module.uuid()).await.map_err(anyhow::Error::from)?;
    let branch = RefName::branch("main").map_err(anyhow::Error::from)?;
    let author = signature(play, &commit.author)?;
    let pusher = pusher(play, history, commit)?;
    let mut files = Vec::new();
    for (path, bytes) in script::files(history, number) {
        let path: PathInRepo = path.parse().map_err(anyhow::Error::from)?;
        files.push((path, Some(bytes.into_owned())));
    }
    let old = repository.tip(&branch).await.map_err(anyhow::Error::from)?;
    let new = NewCommit {
        files,
        committer: author.clone(),
        author,
        message: commit.message.clone(),
        onto: Some(old),
    };
    let tip = repository.commit_files(&branch, new).await.map_err(anyhow::Error::from)?;
    let moved = Move { name: branch, old, new: Some(tip), rewrites: false };
    record(play, (module, &pusher), moved).await?;
    if let Some(tag) = &commit.tag {
        let moved = make_tag(play, &repository, &pusher, (tag, &commit.tag_message, tip)).await?;
        record(play, (module, &pusher), moved).await?;
    }
    Ok(())
}

/// Maintainers push what they wrote; what others wrote is pushed by the maker, who reviewed it.
fn pusher(play: &Play<'_>, history: &History, commit: &Commit) -> Result<Slug, Error> {
    let maintains = play.person(&commit.author)?.roles.contains(&Role::Maintainer);
    Ok(if maintains { commit.author.clone() } else { history.maker.clone() })
}

async fn make_tag(
    play: &Play<'_>,
    repository: &Repository,
    by: &Slug,
    (name, message, target): (&str, &str, Oid),
) -> Result<Move, Error> {
    let name = RefName::tag(name).map_err(anyhow::Error::from)?;
    let new = NewTag {
        name: name.clone(),
        target,
        tagger: signature(play, by)?,
        message: message.to_owned(),
    };
    let tag = repository.create_tag(new).await.map_err(anyhow::Error::from)?;
    Ok(Move { name, old: None, new: Some(tag), rewrites: false })
}

/// The row of the push, judged as every push, and its end.
async fn record(
    play: &Play<'_>,
    (module, by): (Id<id::Module>, &Slug),
    moved: Move,
) -> Result<(), Error> {
    let id: Id<id::Push> = Id::new(Uuid::now_v7());
    let landed = [moved.name.clone()];
    let action = RecordPush { id, module, moves: vec![moved], refused: Vec::new() };
    if let Some((name, why)) = play.act(&play.by(by).await?, action).await?.into_iter().next() {
        return Err(anyhow::anyhow!("{by} may not push {name}: {why}").into());
    }
    pushes::finish(play.app, id, module, &landed, &[]).await?;
    play.pass();
    Ok(())
}

fn signature(play: &Play<'_>, login: &Slug) -> Result<Signature, Error> {
    let person = play.person(login)?;
    let time_s = play.app.clock.now().as_second();
    Ok(Signature { name: person.name.clone(), email: person.email(), time_s, offset_s: 0 })
}
