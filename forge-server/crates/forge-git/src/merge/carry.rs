//! Carrying out a merge: computed in a quarantine, then moved into place under the writer's
//! lock, objects before references, each on disk before the next.

use forge_domain::names::{Oid, RefName};

use super::{Conflict, Relation, Sides, TreeMerge};
use crate::{
    error::{GitError, Result},
    quarantine::Quarantine,
    read::{Signature, ref_target},
    repositories::{blocking, open},
    repository::{Repository, from_gix, to_gix, tree_of},
    requests::RequestRef,
    write::{RefMove, actor, ended, set_refs},
};

/// A merge to be carried out.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The number of the merge request.
    pub request: u64,
    /// The branch that it is merged into.
    pub base: RefName,
    /// Where that branch stood when the merge was decided.
    pub onto: Oid,
    /// The commit that was approved: the head of the request, then and now.
    pub head: Oid,
    /// How.
    pub method: MergeMethod,
}

/// How a merge is carried out.
#[derive(Clone, Debug)]
pub enum MergeMethod {
    /// A commit with two parents, also where the branch could simply move.
    Merge(NewMergeCommit),
    /// One commit with all of the change, and the branch as its only parent.
    Squash(NewMergeCommit),
    /// Each commit again on top of the branch, its author and message kept and its signature
    /// dropped; those that change nothing there are left out. Where the branch could simply
    /// move, it does: then the commits are the very ones that were approved.
    Rebase {
        /// Who records them, and when.
        committer: Signature,
    },
    /// The branch moves to the head, if it lacks nothing.
    FastForward,
}

/// The commit that a merge makes.
#[derive(Clone, Debug)]
pub struct NewMergeCommit {
    /// Who made the change, or decided the merge.
    pub author: Signature,
    /// Who records it, and when.
    pub committer: Signature,
    /// The message, trailers such as `Co-authored-by` included.
    pub message: String,
}

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is done, and on disk.
    Done(Merged),
    /// It cannot be done; nothing has changed.
    Refused(MergeRefusal),
}

/// A merge that was carried out, for the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Where the branch stood.
    pub old_tip: Oid,
    /// What was merged.
    pub head: Oid,
    /// Where the branch stands.
    pub new_tip: Oid,
    /// The tree there.
    pub tree: Oid,
}

/// Why a merge cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeRefusal {
    /// The branch has all of it already.
    Contained,
    /// They have no commit in common.
    Unrelated,
    /// The branch has commits that the head lacks: it cannot simply move.
    NotFastForward,
    /// A person must decide.
    Conflicts {
        /// The commit that cannot be replayed, in a rebase.
        at: Option<Oid>,
        /// About what, by path.
        conflicts: Vec<Conflict>,
        /// Whether there are more than are told.
        cut: bool,
    },
    /// A rebase would lose what this merge commit decided.
    MergeCommit(Oid),
    /// A rebase replays fewer commits than this.
    TooManyCommits {
        /// How many it would have been, counted until there were too many.
        commits: usize,
    },
    /// Every change is in the branch already, by other commits.
    NothingLeft,
    /// git came to no answer within the limits of time and memory.
    TooLarge,
}

impl Repository {
    /// Merges the head of a request into its branch. When this returns [`MergeOutcome::Done`],
    /// it is on disk.
    ///
    /// # Errors
    /// [`GitError::Moved`] when the branch is not at `onto`, or the request's head not at `head`,
    /// now or by the time the merge is ready: then nothing has changed, and what was approved is
    /// not merged on top of something else.
    pub async fn merge(&self, merge: Merge) -> Result<MergeOutcome> {
        let asked = merge.clone();
        self.read(move |repo| check_unmoved(repo, &asked)).await?;
        let quarantine = self.quarantine().await?;
        let (new_tip, tree) = match self.prepare(&quarantine, &merge).await? {
            Ok(prepared) => prepared,
            Err(refusal) => return Ok(MergeOutcome::Refused(refusal)),
        };
        let folder = self.folder();
        self.write(move |repo| {
            check_unmoved(repo, &merge)?;
            quarantine.migrate(&folder)?;
            let base = merge.base.to_string();
            set_refs(repo, &[RefMove { name: base, old: Some(merge.onto), new: new_tip }])?;
            let (old_tip, head) = (merge.onto, merge.head);
            Ok(MergeOutcome::Done(Merged { old_tip, head, new_tip, tree }))
        })
        .await
    }

    /// The commit that the branch shall move to, and its tree.
    async fn prepare(
        &self,
        quarantine: &Quarantine,
        merge: &Merge,
    ) -> Result<Result<(Oid, Oid), MergeRefusal>> {
        let forward = match self.relation(merge.onto, merge.head).await? {
            Relation::Contained => return Ok(Err(MergeRefusal::Contained)),
            Relation::Unrelated => return Ok(Err(MergeRefusal::Unrelated)),
            Relation::FastForward => true,
            Relation::Diverged => false,
        };
        let tip = match &merge.method {
            MergeMethod::FastForward | MergeMethod::Rebase { .. } if forward => Ok(merge.head),
            MergeMethod::FastForward => Err(MergeRefusal::NotFastForward),
            MergeMethod::Rebase { committer } => self.rebase(quarantine, merge, committer).await?,
            MergeMethod::Merge(new) => {
                let parents = vec![merge.onto, merge.head];
                self.merge_commit(quarantine, merge, forward, (parents, new)).await?
            }
            MergeMethod::Squash(new) => {
                self.merge_commit(quarantine, merge, forward, (vec![merge.onto], new)).await?
            }
        };
        let tip = match tip {
            Ok(tip) => tip,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let tree = self.inside(quarantine, move |repo| Ok(from_gix(tree_of(repo, tip)?))).await?;
        Ok(Ok((tip, tree)))
    }

    async fn merge_commit(
        &self,
        quarantine: &Quarantine,
        merge: &Merge,
        forward: bool,
        (parents, new): (Vec<Oid>, &NewMergeCommit),
    ) -> Result<Result<Oid, MergeRefusal>> {
        let (onto, head) = (merge.onto, merge.head);
        let tree = if forward {
            self.inside(quarantine, move |repo| Ok(from_gix(tree_of(repo, head)?))).await?
        } else {
            match self.merge_trees(quarantine, Sides { ours: onto, theirs: head }).await? {
                TreeMerge::Clean(tree) => tree,
                TreeMerge::Conflicts { conflicts, cut } => {
                    return Ok(Err(MergeRefusal::Conflicts { at: None, conflicts, cut }));
                }
                TreeMerge::TooLarge => return Ok(Err(MergeRefusal::TooLarge)),
            }
        };
        let new = new.clone();
        self.inside(quarantine, move |repo| {
            if parents.len() == 1 && from_gix(tree_of(repo, onto)?) == tree {
                return Ok(Err(MergeRefusal::NothingLeft));
            }
            let commit = gix::objs::Commit {
                message: ended(&new.message).into(),
                tree: to_gix(tree),
                author: actor(&new.author)?,
                committer: actor(&new.committer)?,
                encoding: None,
                parents: parents.iter().copied().map(to_gix).collect(),
                extra_headers: Vec::new(),
            };
            Ok(Ok(from_gix(repo.write_object(&commit)?)))
        })
        .await
    }

    /// Works on the quarantine as on a repository of its own.
    pub(crate) async fn inside<T: Send + 'static>(
        &self,
        quarantine: &Quarantine,
        work: impl FnOnce(&gix::Repository) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (folder, limits) = (quarantine.folder.clone(), self.limits().clone());
        blocking(move || work(&open(&folder, &limits)?.to_thread_local())).await
    }
}

/// Branch and request must be where they were when the merge was decided.
fn check_unmoved(repo: &gix::Repository, merge: &Merge) -> Result<()> {
    let head_name = RequestRef::Head(merge.request).to_string();
    for (name, expected) in [(merge.base.as_str(), merge.onto), (head_name.as_str(), merge.head)] {
        if ref_target(repo, name.as_bytes())? != Some(to_gix(expected)) {
            return Err(GitError::Moved(name.to_owned()));
        }
    }
    Ok(())
}
