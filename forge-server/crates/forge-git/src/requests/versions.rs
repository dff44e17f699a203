//! The versions of a merge request: each push is kept.

use forge_domain::names::Oid;

use super::{RequestRef, request_refs};
use crate::{
    error::{GitError, Result},
    repository::{Repository, from_gix, to_gix},
    write::{RefMove, set_refs},
};

/// A version to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVersion {
    /// The number of the merge request, from 1.
    pub request: u64,
    /// The number of the version, from 1, never used before.
    pub number: u64,
    /// What the head of the request names until now; nothing at its first version.
    pub previous: Option<Oid>,
}

/// What is kept of a merge request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// What it proposes now; nothing when no version is recorded.
    pub head: Option<Oid>,
    /// Every version by its number, the oldest first.
    pub all: Vec<(u64, Oid)>,
}

impl NewVersion {
    /// The references that move when `head` is recorded.
    pub(crate) fn moves(&self, head: Oid) -> [RefMove; 2] {
        let version = RequestRef::Version(self.request, self.number);
        [
            RefMove { name: version.to_string(), old: None, new: head },
            RefMove { name: self.head_name(), old: self.previous, new: head },
        ]
    }

    pub(crate) fn head_name(&self) -> String {
        RequestRef::Head(self.request).to_string()
    }
}

impl Repository {
    /// Records `head` as a version and makes it the head of the request, both or neither:
    /// for a request made from a branch that is there already. (A push records its versions
    /// with its references: [`crate::Command::record`].) On disk when this returns.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when `head` is no commit, [`GitError::Moved`] when the version
    /// exists or the head is not where `previous` says; then nothing has changed.
    pub async fn record_version(&self, version: NewVersion, head: Oid) -> Result<()> {
        self.write(move |repo| {
            let header = repo.try_find_header(to_gix(head))?;
            if header.is_none_or(|header| header.kind() != gix::objs::Kind::Commit) {
                return Err(GitError::NotFound(format!("the commit {head}")));
            }
            set_refs(repo, &version.moves(head))
        })
        .await
    }

    /// The versions of a merge request.
    pub async fn versions(&self, request: u64) -> Result<Versions> {
        self.read(move |repo| {
            let mut found = Versions::default();
            for (name, target) in request_refs(repo, Some(request))? {
                match name {
                    RequestRef::Head(_) => found.head = Some(from_gix(target)),
                    RequestRef::Version(_, number) => found.all.push((number, from_gix(target))),
                }
            }
            found.all.sort_unstable();
            Ok(found)
        })
        .await
    }
}
