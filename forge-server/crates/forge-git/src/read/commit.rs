//! One commit, read into plain values.

use forge_domain::names::Oid;

use crate::{
    error::{GitError, Result, damaged},
    repository::{Repository, from_gix, to_gix},
};

/// A commit as pages show it. Text that is not UTF-8 is converted when the commit names a
/// Latin encoding, and otherwise carries replacement characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its identifier.
    pub oid: Oid,
    /// The tree it records.
    pub tree: Oid,
    /// Its parents; none for a first commit, several for a merge.
    pub parents: Vec<Oid>,
    /// Who wrote the change.
    pub author: Signature,
    /// Who recorded it.
    pub committer: Signature,
    /// The first paragraph of the message, on one line.
    pub subject: String,
    /// The rest of the message.
    pub body: String,
    /// Whether it carries a signature (which is not verified here).
    pub signed: bool,
}

/// Who did something to a repository, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name as written.
    pub name: String,
    /// The address as written.
    pub email: String,
    /// Seconds since 1970-01-01 UTC.
    pub time_s: i64,
    /// Seconds east of UTC.
    pub offset_s: i32,
}

impl Repository {
    /// The commit with this identifier.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when it is absent or not a commit.
    pub async fn commit(&self, oid: Oid) -> Result<Commit> {
        self.read(move |repo| read_commit(repo, to_gix(oid))).await
    }

    /// Several commits at once, in the order asked for; what is no commit is left out.
    pub async fn commits(&self, oids: Vec<Oid>) -> Result<Vec<Commit>> {
        self.read(move |repo| {
            Ok(oids.iter().filter_map(|oid| read_commit(repo, to_gix(*oid)).ok()).collect())
        })
        .await
    }
}

pub(crate) fn read_commit(repo: &gix::Repository, id: gix::ObjectId) -> Result<Commit> {
    let object = repo
        .try_find_object(id)?
        .filter(|object| object.kind == gix::objs::Kind::Commit)
        .ok_or_else(|| GitError::NotFound(format!("the commit {id}")))?;
    let commit =
        gix::objs::CommitRef::from_bytes(&object.data, repo.object_hash()).map_err(damaged)?;
    let latin = commit.encoding.is_some_and(|name| is_latin(name));
    let message = text(commit.message, latin);
    let (subject, body) = split_message(&message);
    Ok(Commit {
        oid: from_gix(id),
        tree: from_gix(commit.tree()),
        parents: commit.parents().map(from_gix).collect(),
        author: signature(commit.author().map_err(damaged)?, latin),
        committer: signature(commit.committer().map_err(damaged)?, latin),
        subject,
        body,
        signed: commit.extra_headers().pgp_signature().is_some(),
    })
}

/// A signature, with a time of 0 when the one written is no number.
pub(crate) fn signature(raw: gix::actor::SignatureRef<'_>, latin: bool) -> Signature {
    let time = raw.time().unwrap_or_default();
    let raw = raw.trim();
    Signature {
        name: text(raw.name, latin),
        email: text(raw.email, latin),
        time_s: time.seconds,
        offset_s: time.offset,
    }
}

/// Bytes as text. ISO-8859-1 is the first page of Unicode: each byte is its character.
pub(crate) fn text(bytes: &[u8], latin: bool) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if latin => bytes.iter().map(|&byte| char::from(byte)).collect(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn is_latin(encoding: &[u8]) -> bool {
    let name = encoding.to_ascii_lowercase();
    [&b"iso-8859-1"[..], b"iso8859-1", b"iso-8859-15", b"latin1", b"latin-1", b"windows-1252"]
        .contains(&name.as_slice())
}

/// The first paragraph joined to one line, and what follows it.
pub(crate) fn split_message(message: &str) -> (String, String) {
    let message = message.trim_start_matches(['\n', '\r']);
    let mut subject: Vec<&str> = Vec::new();
    let mut rest = message;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        if line.trim().is_empty() {
            break;
        }
        subject.push(line.trim());
    }
    (subject.join(" "), rest.trim_start_matches(['\n', '\r']).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_the_first_paragraph() {
        let (subject, body) = split_message("\nroute: turn\nleft\n\nBecause.\n\nTwice.\n");
        assert_eq!((subject.as_str(), body.as_str()), ("route: turn left", "Because.\n\nTwice."));
        assert_eq!(split_message(""), (String::new(), String::new()));
    }

    #[test]
    fn latin_text_is_read_when_the_commit_says_so() {
        assert_eq!(text(b"\xe9cole", true), "\u{e9}cole");
        assert_eq!(text(b"\xe9cole", false), "\u{fffd}cole");
    }
}
