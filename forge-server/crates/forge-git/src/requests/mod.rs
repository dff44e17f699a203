//! References of merge requests. The server alone writes them; whoever reads the repository
//! reads them, by these names:
//!
//! - `refs/merge-requests/{n}/head`: what request `n` proposes now;
//! - `refs/merge-requests/{n}/versions/{k}`: what it proposed at its `k`th push. It never
//!   moves and never goes, so that a force push or the end of a branch loses nothing;
//! - `refs/pull/{n}/head`: the head again, under the name that clients of other forges know. It
//!   is not on disk: only listings carry it, so that the two can never differ.

mod versions;

use std::fmt;

pub use versions::{NewVersion, Versions};

use crate::{
    error::{Result, damaged},
    read::{RawRef, refs_below},
};

/// The folder of all of them.
pub(crate) const REQUESTS: &str = "refs/merge-requests/";
/// The folder of their other names.
pub(crate) const PULLS: &str = "refs/pull/";

/// A reference of a merge request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestRef {
    /// What the request of this number proposes now.
    Head(u64),
    /// What it proposed at one of its pushes: the request and the version, both from 1.
    Version(u64, u64),
}

impl RequestRef {
    /// Reads a full name; nothing for any other reference, or one written in another way (a
    /// number with a leading zero would be a second name for the same request).
    pub(crate) fn from_bytes(name: &[u8]) -> Option<Self> {
        let rest = std::str::from_utf8(name).ok()?.strip_prefix(REQUESTS)?;
        let (request, what) = rest.split_once('/')?;
        let request = number(request)?;
        match what.split_once('/') {
            None if what == "head" => Some(Self::Head(request)),
            Some(("versions", version)) => Some(Self::Version(request, number(version)?)),
            _ => None,
        }
    }
}

impl fmt::Display for RequestRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head(request) => write!(f, "{REQUESTS}{request}/head"),
            Self::Version(request, version) => write!(f, "{REQUESTS}{request}/versions/{version}"),
        }
    }
}

/// A number from 1, as it is written.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| *number > 0 && number.to_string() == text)
}

/// Whether the server keeps references of this name for itself, whatever follows.
pub(crate) fn is_reserved(name: &[u8]) -> bool {
    name.starts_with(REQUESTS.as_bytes()) || name.starts_with(PULLS.as_bytes())
}

/// The references of every merge request, or of one, sorted by name.
pub(crate) fn request_refs(
    repo: &gix::Repository,
    request: Option<u64>,
) -> Result<Vec<(RequestRef, gix::ObjectId)>> {
    let folder = request.map_or(REQUESTS.to_owned(), |number| format!("{REQUESTS}{number}/"));
    let mut found = Vec::new();
    for reference in refs_below(repo, &folder)? {
        let Some(name) = RequestRef::from_bytes(reference.name.as_bstr()) else { continue };
        let target = reference.target.try_into_id().map_err(|_| damaged("a link of references"))?;
        found.push((name, target));
    }
    Ok(found)
}

/// What a listing says of a merge request's reference: a head has two names.
pub(crate) fn listed(name: RequestRef, target: gix::ObjectId) -> impl Iterator<Item = RawRef> {
    let pull = match name {
        RequestRef::Head(request) => Some(format!("{PULLS}{request}/head")),
        RequestRef::Version(..) => None,
    };
    // Nothing but commits is ever written there: nothing to peel.
    [Some(name.to_string()), pull].into_iter().flatten().map(move |name| RawRef {
        name: name.into_bytes(),
        target,
        peeled: None,
    })
}

/// The requests that a client's `ref-prefix` asks for: of all, of one, or of none.
pub(crate) fn asked_by(prefix: &[u8]) -> Option<Option<u64>> {
    let folders = [REQUESTS.as_bytes(), PULLS.as_bytes()];
    if folders.iter().any(|folder| folder.starts_with(prefix)) {
        return Some(None);
    }
    let rest = folders.iter().find_map(|folder| prefix.strip_prefix(*folder))?;
    let end = rest.iter().position(|byte| *byte == b'/');
    // Without its slash, a number may be the beginning of a longer one.
    let one = end.and_then(|end| std::str::from_utf8(&rest[..end]).ok()).and_then(number);
    match (end, one) {
        (Some(_), None) => None,
        (_, one) => Some(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_one_name_for_each_of_its_references() {
        for name in [RequestRef::Head(7), RequestRef::Version(7, 12)] {
            assert_eq!(RequestRef::from_bytes(name.to_string().as_bytes()), Some(name));
        }
        for other in [
            "refs/merge-requests/07/head",
            "refs/merge-requests/0/head",
            "refs/merge-requests/+7/head",
            "refs/merge-requests/7/heads",
            "refs/merge-requests/7/head/x",
            "refs/merge-requests/7/versions",
            "refs/merge-requests/7/versions/01",
            "refs/merge-requests/7/versions/1/x",
            "refs/merge-requests/head",
            "refs/pull/7/head",
            "refs/heads/7/head",
        ] {
            assert_eq!(RequestRef::from_bytes(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn who_asks_for_one_request_pays_for_one() {
        for (prefix, asked) in [
            ("", Some(None)),
            ("refs/", Some(None)),
            ("refs/merge-requests/", Some(None)),
            ("refs/pull/7", Some(None)),
            ("refs/pull/7/head", Some(Some(7))),
            ("refs/merge-requests/7/", Some(Some(7))),
            ("refs/merge-requests/7/versions/2", Some(Some(7))),
            ("refs/merge-requests/../heads/", None),
            ("refs/heads/", None),
            ("refs/tags/pull/7/head", None),
            ("HEAD", None),
        ] {
            assert_eq!(asked_by(prefix.as_bytes()), asked, "{prefix}");
        }
    }
}
