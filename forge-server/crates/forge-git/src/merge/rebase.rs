//! Replaying commits on another one. Each is a merge of trees of its own: what the commit
//! changed against its parent, and what the new place has against that parent.

use std::{collections::HashSet, fs};

use forge_domain::names::Oid;
use gix::objs::Write as _;

use super::{Merge, MergeRefusal, Sides, TreeMerge};
use crate::{
    error::{Context, Result, damaged},
    quarantine::Quarantine,
    read::{Signature, only, read_commit},
    repository::{Repository, from_gix, to_gix, tree_of},
    write::actor,
};

/// A commit to be replayed.
#[derive(Clone, Copy, Debug)]
struct Step {
    commit: Oid,
    tree: Oid,
    /// The tree of its parent.
    before: Oid,
}

impl Repository {
    /// The last of the replayed commits.
    pub(crate) async fn rebase(
        &self,
        quarantine: &Quarantine,
        merge: &Merge,
        committer: &Signature,
    ) -> Result<Result<Oid, MergeRefusal>> {
        let (onto, head, limits) = (merge.onto, merge.head, self.limits().clone());
        let planned = self
            .read(move |repo| {
                let fresh: HashSet<_> = only(repo, head, onto, &limits)?.into_iter().collect();
                if fresh.len() > limits.rebase_commits_max {
                    return Ok(Err(MergeRefusal::TooManyCommits { commits: fresh.len() }));
                }
                Ok(plan(repo, head, &fresh)?.map_err(MergeRefusal::MergeCommit))
            })
            .await?;
        let steps = match planned {
            Ok(steps) => steps,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut tip = onto;
        let mut tree =
            self.inside(quarantine, move |repo| Ok(from_gix(tree_of(repo, onto)?))).await?;
        for step in steps {
            let next = match self.step(quarantine, step, tree).await? {
                TreeMerge::Clean(next) => next,
                TreeMerge::Conflicts { conflicts, cut } => {
                    let at = Some(step.commit);
                    return Ok(Err(MergeRefusal::Conflicts { at, conflicts, cut }));
                }
                TreeMerge::TooLarge => return Ok(Err(MergeRefusal::TooLarge)),
            };
            if next == tree {
                continue;
            }
            let (parent, committer) = (tip, committer.clone());
            tip = self
                .inside(quarantine, move |repo| {
                    let original = repo.find_object(to_gix(step.commit))?;
                    let bytes = replayed(&original.data, next, parent, &committer)?;
                    Ok(from_gix(repo.write_buf(gix::objs::Kind::Commit, &bytes)?))
                })
                .await?;
            tree = next;
        }
        Ok(if tip == onto { Err(MergeRefusal::NothingLeft) } else { Ok(tip) })
    }

    /// The tree of one commit in its new place.
    async fn step(&self, quarantine: &Quarantine, step: Step, onto: Oid) -> Result<TreeMerge> {
        if step.before == onto || step.tree == onto {
            return Ok(TreeMerge::Clean(step.tree));
        }
        // git 2.39 merges commits, not trees, and finds their base itself: it is given three
        // commits that say just this, and they are gone before anything is moved.
        let made = self
            .inside(quarantine, move |repo| {
                let base = bare_commit(repo, step.before, None)?;
                let ours = bare_commit(repo, onto, Some(base))?;
                Ok([base, ours, bare_commit(repo, step.tree, Some(base))?])
            })
            .await?;
        let sides = Sides { ours: made[1], theirs: made[2] };
        let merged = self.merge_trees(quarantine, sides).await?;
        for oid in made {
            let name = oid.to_string();
            let path = quarantine.folder.join("objects").join(&name[..2]).join(&name[2..]);
            fs::remove_file(&path).context(|| format!("removing {}", path.display()))?;
        }
        Ok(merged)
    }
}

/// The commits from the oldest on; the first merge commit among them instead, when there is one.
fn plan(
    repo: &gix::Repository,
    head: Oid,
    fresh: &HashSet<gix::ObjectId>,
) -> Result<std::result::Result<Vec<Step>, Oid>> {
    let mut steps = Vec::new();
    let mut next = to_gix(head);
    while fresh.contains(&next) {
        let commit = read_commit(repo, next)?;
        let [parent] = commit.parents[..] else { return Ok(Err(commit.oid)) };
        let before = from_gix(tree_of(repo, parent)?);
        steps.push(Step { commit: commit.oid, tree: commit.tree, before });
        next = to_gix(parent);
    }
    steps.reverse();
    Ok(Ok(steps))
}

fn bare_commit(repo: &gix::Repository, tree: Oid, parent: Option<Oid>) -> Result<Oid> {
    let nobody =
        Signature { name: "nobody".to_owned(), email: String::new(), time_s: 0, offset_s: 0 };
    let commit = gix::objs::Commit {
        message: "a place in a merge\n".into(),
        tree: to_gix(tree),
        author: actor(&nobody)?,
        committer: actor(&nobody)?,
        encoding: None,
        parents: parent.map(to_gix).into_iter().collect(),
        extra_headers: Vec::new(),
    };
    Ok(from_gix(repo.write_object(&commit)?))
}

/// The commit in its new place: author and message to the byte. Other headers stay behind: a
/// signature would no longer hold.
fn replayed(original: &[u8], tree: Oid, parent: Oid, committer: &Signature) -> Result<Vec<u8>> {
    let end = original.windows(2).position(|two| two == b"\n\n");
    let (headers, message) = match end {
        Some(end) => (&original[..end], &original[end + 1..]),
        None => (original, &b"\n"[..]),
    };
    let header = |name: &[u8]| headers.split(|byte| *byte == b'\n').find(|l| l.starts_with(name));
    let author = header(b"author ").ok_or_else(|| damaged("a commit without an author"))?;
    let mut bytes = format!("tree {tree}\nparent {parent}\n").into_bytes();
    bytes.extend_from_slice(author);
    bytes.extend_from_slice(b"\ncommitter ");
    actor(committer)?.write_to(&mut bytes).context(|| "writing a commit".to_owned())?;
    bytes.push(b'\n');
    if let Some(encoding) = header(b"encoding ") {
        bytes.extend_from_slice(encoding);
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(message);
    Ok(bytes)
}
