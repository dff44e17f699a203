//! Paths inside a repository, and the `{rev}:{path}` of an address.

use std::{borrow::Cow, fmt, str::FromStr};

use super::{NameError, Revision};

/// A path of a file or folder below the root of a repository: bytes, as git keeps them.
///
/// Relative, without empty, `.`, `..` or `.git` components (nor the spellings that some file
/// systems take for `.git`), without NUL and backslash. The root itself is no `PathInRepo`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathInRepo(Vec<u8>);

impl PathInRepo {
    /// The longest path, in bytes (Linux's own limit).
    pub const LEN_MAX: usize = 4096;

    /// Reads the bytes of a path, which need not be UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NameError> {
        if bytes.is_empty() {
            return Err(NameError::Path("it is empty"));
        }
        if bytes.len() > Self::LEN_MAX {
            return Err(NameError::TooLong { max: Self::LEN_MAX });
        }
        if bytes.contains(&0) {
            return Err(NameError::Path("it contains a NUL byte"));
        }
        if bytes.contains(&b'\\') {
            return Err(NameError::Path("it contains a backslash"));
        }
        bytes.split(|&b| b == b'/').try_for_each(check_component)?;
        Ok(Self(bytes.to_owned()))
    }

    /// The bytes of the path.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path as it is shown: what is not UTF-8 becomes U+FFFD.
    pub fn to_str_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// The components, from the root down.
    pub fn components(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|&b| b == b'/')
    }

    /// The last component.
    pub fn file_name(&self) -> &[u8] {
        self.components().last().unwrap_or_default()
    }

    /// The folder it stands in; nothing when that is the root.
    pub fn parent(&self) -> Option<Self> {
        let slash = self.0.iter().rposition(|&b| b == b'/')?;
        Some(Self(self.0[..slash].to_owned()))
    }

    /// The path of `name` in this folder.
    pub fn join(&self, name: &[u8]) -> Result<Self, NameError> {
        Self::from_bytes(&[&self.0, b"/".as_slice(), name].concat())
    }
}

fn check_component(part: &[u8]) -> Result<(), NameError> {
    match part {
        b"" => Err(NameError::Path("a slash stands at an end or beside another")),
        b"." | b".." => Err(NameError::Path("it contains . or ..")),
        _ if is_dot_git(part) => Err(NameError::Path("it names git’s own folder")),
        _ => Ok(()),
    }
}

/// Every spelling that a file system may open as `.git`: case, the NTFS short name and streams,
/// trailing dots and spaces, and the characters HFS+ ignores (CVE-2014-9390, CVE-2019-1353).
fn is_dot_git(part: &[u8]) -> bool {
    let seen: String = String::from_utf8_lossy(part)
        .chars()
        .filter(|&c| !super::is_invisible(c))
        .collect::<String>()
        .to_lowercase();
    let stem = seen.split(':').next().unwrap_or_default();
    matches!(stem.trim_end_matches(['.', ' ']), ".git" | "git~1")
}

impl FromStr for PathInRepo {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::from_bytes(text.as_bytes())
    }
}

impl fmt::Display for PathInRepo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_str_lossy())
    }
}

impl fmt::Debug for PathInRepo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// What the address of a page of code names: `{rev}` or `{rev}:{path}`, with git's own colon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RevPath {
    /// The revision before the colon.
    pub rev: Revision,
    /// The path after it; nothing for the root of the tree.
    pub path: Option<PathInRepo>,
}

impl FromStr for RevPath {
    type Err = NameError;

    /// Splits at the first colon, which no reference contains and a path may.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let (rev, path) = text.split_once(':').unwrap_or((text, ""));
        let path = if path.is_empty() { None } else { Some(path.parse()?) };
        Ok(Self { rev: rev.parse()?, path })
    }
}

impl fmt::Display for RevPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}:{path}", self.rev),
            None => self.rev.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_its_repository() {
        for wrong in [
            "",
            "/",
            "/etc/passwd",
            "a/",
            "a//b",
            ".",
            "..",
            "a/../b",
            "../x",
            "./a",
            "a/.",
            ".git",
            ".GIT/config",
            "a/.Git/hooks/x",
            ".git.",
            ".git ",
            "git~1",
            "GIT~1/x",
            ".g\u{200c}it",
            ".git::$INDEX_ALLOCATION",
            "a\\b",
            "a\0b",
        ] {
            assert!(wrong.parse::<PathInRepo>().is_err(), "{wrong:?}");
        }
        assert!("a".repeat(4097).parse::<PathInRepo>().is_err());
        for right in [".gitignore", ".github/x", "a.git/b", "..a", "a..b", "café/x y", "git~10"] {
            assert_eq!(right.parse::<PathInRepo>().unwrap().as_bytes(), right.as_bytes());
        }
    }

    #[test]
    fn a_path_of_another_encoding_is_kept_and_shown() {
        let path = PathInRepo::from_bytes(b"docs/caf\xe9.txt").unwrap();
        assert_eq!(path.as_bytes(), b"docs/caf\xe9.txt");
        assert_eq!(path.to_str_lossy(), "docs/caf\u{fffd}.txt");
        assert_eq!(path.file_name(), b"caf\xe9.txt");
        assert_eq!(path.parent().unwrap().parent(), None);
        assert_eq!(path.parent().unwrap().join(b"x").unwrap().as_bytes(), b"docs/x");
        assert!(path.join(b"..").is_err());
    }

    #[test]
    fn an_address_splits_at_its_first_colon() {
        let at: RevPath = "feature/x:src/a:b.rs".parse().unwrap();
        assert_eq!(at.rev.to_string(), "feature/x");
        assert_eq!(at.path.as_ref().unwrap().as_bytes(), b"src/a:b.rs");
        assert_eq!(at.to_string(), "feature/x:src/a:b.rs");
        assert_eq!("main".parse::<RevPath>().unwrap().path, None);
        assert_eq!("main:".parse::<RevPath>(), "main".parse());
        for wrong in ["", ":", ":a", "--x:a", "main:/a", "main:../a", "main:a/"] {
            assert!(wrong.parse::<RevPath>().is_err(), "{wrong}");
        }
    }
}
