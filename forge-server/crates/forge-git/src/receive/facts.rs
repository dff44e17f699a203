//! What each command would do, found out while the objects stand in quarantine.

use std::collections::{HashMap, HashSet};

use forge_domain::names::{Oid, RefKind, RefName};

use super::commands::Command;
use crate::{
    error::{GitError, Result},
    fetch::unreachable,
    quarantine::Quarantine,
    read::{RawRef, commit_of, raw_refs},
    repositories::{blocking, open},
    repository::{Repository, from_gix, to_gix},
};

/// What a command would do to its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make it.
    Create,
    /// Move it, keeping everything it led to.
    FastForward,
    /// Move it, losing commits: a force push.
    Rewrite,
    /// Remove it.
    Delete,
    /// Propose it to a branch.
    Propose {
        /// Commits that the branch lacks, at least one, counted up to the limit of a walk.
        commits: usize,
    },
}

/// Fills in [`Command::effect`] and refuses what no rule could allow.
pub(crate) async fn examine(
    repository: &Repository,
    quarantine: Option<&Quarantine>,
    commands: &mut Vec<Command>,
) -> Result<()> {
    let given = std::mem::take(commands);
    let limits = repository.limits().clone();
    let folder = quarantine.map(|quarantine| quarantine.folder.clone());
    let worker = repository.clone();
    let mut examined = blocking(move || {
        let main = worker.shared.handle(worker.id)?.to_thread_local();
        let joined = match folder {
            Some(folder) => open(&folder, &limits)?.to_thread_local(),
            None => main.clone(),
        };
        let mut facts = Facts::new(&main, &joined, limits)?;
        let mut commands = given;
        for command in commands.iter_mut().filter(|command| command.refusal.is_none()) {
            facts.one(command)?;
        }
        Ok(commands)
    })
    .await?;
    connect(repository, quarantine, &mut examined).await?;
    *commands = examined;
    Ok(())
}

struct Facts<'a> {
    main: &'a gix::Repository,
    joined: &'a gix::Repository,
    limits: crate::Limits,
    refs: HashMap<Vec<u8>, RawRef>,
    /// Names as a file system without case would see them.
    folded: HashMap<String, Vec<u8>>,
    created: usize,
}

impl<'a> Facts<'a> {
    fn new(
        main: &'a gix::Repository,
        joined: &'a gix::Repository,
        limits: crate::Limits,
    ) -> Result<Self> {
        let refs: HashMap<_, _> =
            raw_refs(main)?.into_iter().map(|raw| (raw.name.clone(), raw)).collect();
        let folded = refs
            .keys()
            .filter_map(|name| Some((RefName::from_bytes(name).ok()?.folded(), name.clone())))
            .collect();
        Ok(Self { main, joined, limits, refs, folded, created: 0 })
    }

    fn one(&mut self, command: &mut Command) -> Result<()> {
        let current = self.refs.get(&command.raw).map(|raw| from_gix(raw.target));
        if current != command.old {
            command.refuse(
                "fetch first",
                "This reference has moved since you last fetched: fetch, and push again.",
            );
            return Ok(());
        }
        let Some(new) = command.new else {
            command.effect = Some(Effect::Delete);
            return Ok(());
        };
        if !self.check_new(command, new)? {
            return Ok(());
        }
        if let Some(proposal) = &command.proposal {
            let commits = self.ahead(&proposal.base, new)?;
            if commits == 0 {
                let sentence = format!("{} has all of these commits.", proposal.base.short());
                command.refuse("nothing to propose", &sentence);
            }
            command.effect = Some(Effect::Propose { commits });
            return Ok(());
        }
        command.effect = Some(match command.old {
            None => {
                self.check_room(command);
                Effect::Create
            }
            Some(old) if self.keeps(old, new)? => Effect::FastForward,
            Some(_) => Effect::Rewrite,
        });
        Ok(())
    }

    /// Whether the new value is there, of the right kind, and not a thing that only lies
    /// about in the store: naming what one may not see must not bring it into sight.
    fn check_new(&self, command: &mut Command, new: Oid) -> Result<bool> {
        let id = to_gix(new);
        let Some(header) = self.joined.try_find_header(id)? else {
            command.refuse("missing necessary objects", "The push lacks the object it names.");
            return Ok(false);
        };
        let is_branch = command.name.as_ref().is_some_and(|name| name.kind() == RefKind::Branch);
        if (is_branch || command.proposal.is_some()) && header.kind() != gix::objs::Kind::Commit {
            command.refuse(
                "not a commit",
                "A branch can only point to a commit, and only commits can be proposed.",
            );
            return Ok(false);
        }
        let in_store = self.main.try_find_header(id)?.is_some();
        let lone = in_store && {
            let wanted: HashSet<_> = [id].into();
            unreachable(self.main, wanted, &self.limits)?.is_some()
        };
        if lone && !self.was_sent(id) {
            command.refuse("missing necessary objects", "The push lacks the object it names.");
            return Ok(false);
        }
        Ok(true)
    }

    /// Whether the quarantine itself holds the object.
    fn was_sent(&self, id: gix::ObjectId) -> bool {
        let folder = self.joined.objects.store_ref().path().join("pack");
        if folder.starts_with(self.main.objects.store_ref().path().join("pack")) {
            return false;
        }
        std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "idx"))
            .filter_map(|path| gix::odb::pack::index::File::at(path, gix::hash::Kind::Sha1).ok())
            .any(|index| index.lookup(id).is_some())
    }

    fn check_room(&mut self, command: &mut Command) {
        if let Some(name) = &command.name {
            let twin = self.folded.insert(name.folded(), command.raw.clone());
            if twin.is_some_and(|twin| twin != command.raw) {
                command.refuse(
                    "name differs only in case",
                    "Another reference has this name in other capitals; some computers could \
                     not hold both.",
                );
            }
        }
        self.created += 1;
        if self.refs.len() + self.created > self.limits.refs_max {
            let refs_max = self.limits.refs_max;
            command.refuse(
                "too many references",
                &format!("A repository holds at most {refs_max} branches and tags."),
            );
        }
    }

    /// Commits of `head` that the branch lacks.
    fn ahead(&self, base: &RefName, head: Oid) -> Result<usize> {
        let base = self.refs.get(base.as_str().as_bytes()).map(|raw| raw.target);
        let walk = self.joined.rev_walk([to_gix(head)]).with_hidden(base).all()?;
        // A walk that breaks off lacks objects: that is found, and said, by `connect`.
        Ok(walk.take(self.limits.walk_commits_max).take_while(std::result::Result::is_ok).count())
    }

    /// Whether everything `old` leads to is kept by `new`.
    fn keeps(&self, old: Oid, new: Oid) -> Result<bool> {
        let (old, new) =
            (commit_of(self.joined, to_gix(old))?, commit_of(self.joined, to_gix(new))?);
        let (Some(old), Some(new)) = (old, new) else { return Ok(false) };
        if old == new {
            return Ok(true);
        }
        match self.joined.merge_base(old, new) {
            Ok(base) => Ok(base.is_some_and(|base| base == old)),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Refuses commands whose new value leads to objects that are not there.
async fn connect(
    repository: &Repository,
    quarantine: Option<&Quarantine>,
    commands: &mut [Command],
) -> Result<()> {
    let Some(quarantine) = quarantine else { return Ok(()) };
    let all: Vec<Oid> = news(commands);
    if all.is_empty() || is_connected(repository, quarantine, &all).await? {
        return Ok(());
    }
    // Something is missing: find out for whom, so that the others may land.
    for command in commands.iter_mut().filter(|command| command.refusal.is_none()) {
        let Some(new) = command.new else { continue };
        if all.len() == 1 || !is_connected(repository, quarantine, &[new]).await? {
            command.refuse(
                "missing necessary objects",
                "The push lacks objects that its commits lead to; run \"git fsck\" on your side.",
            );
        }
    }
    Ok(())
}

fn news(commands: &[Command]) -> Vec<Oid> {
    let accepted = commands.iter().filter(|command| command.refusal.is_none());
    accepted.filter_map(|command| command.new).collect()
}

async fn is_connected(
    repository: &Repository,
    quarantine: &Quarantine,
    oids: &[Oid],
) -> Result<bool> {
    let git = &repository.shared.git;
    let store = repository.folder().join("objects");
    let mut command = git.command(&repository.folder());
    quarantine.lend(&mut command, Some(&store));
    command.args(["rev-list", "--objects", "--stdin", "--not", "--all", "--quiet"]);
    let input: String = oids.iter().map(|oid| format!("{oid}\n")).collect();
    let finished = git.run(&mut command, input.as_bytes()).await?;
    if !finished.success && finished.words.is_empty() {
        // Stopped by a limit, not by an answer.
        return Err(GitError::TooLarge(
            "this push is too large to be checked in the time that a push may use".to_owned(),
        ));
    }
    Ok(finished.success)
}
