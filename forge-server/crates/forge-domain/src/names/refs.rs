//! Branches, tags, object ids, and what an address may name as a revision.

use std::{fmt, str::FromStr};

use super::{NameError, is_device, is_invisible, looks_like_oid};

/// What a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefKind {
    /// Under `refs/heads/`.
    Branch,
    /// Under `refs/tags/`.
    Tag,
}

impl RefKind {
    /// The folder of references of this kind, with its final slash.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Branch => "refs/heads/",
            Self::Tag => "refs/tags/",
        }
    }
}

/// A branch or a tag by its full name: the only references a person may push.
///
/// Stricter than git-check-ref-format(1): no component begins with `-` (it would read as an
/// option), the short name does not read as an object id, as `HEAD`, `@` or a full reference,
/// and nothing in it is invisible or decomposed, so that no two names look the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefName {
    kind: RefKind,
    full: String,
}

impl RefName {
    /// The longest full name, in bytes.
    pub const LEN_MAX: usize = 1024;

    /// The longest component, in bytes: a file name, with room for git's `.lock`.
    pub const COMPONENT_LEN_MAX: usize = 250;

    /// Reads what a client sent, which need not be UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NameError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.parse(),
            Err(_) => Err(refused(&bytes.escape_ascii().to_string(), "it is not UTF-8")),
        }
    }

    /// The branch of this short name, as in `main`.
    pub fn branch(short: &str) -> Result<Self, NameError> {
        format!("refs/heads/{short}").parse()
    }

    /// The tag of this short name, as in `v1.2.0`.
    pub fn tag(short: &str) -> Result<Self, NameError> {
        format!("refs/tags/{short}").parse()
    }

    /// The full name, as in `refs/heads/main`.
    pub fn as_str(&self) -> &str {
        &self.full
    }

    /// The name without its folder, as in `main`.
    pub fn short(&self) -> &str {
        &self.full[self.kind.prefix().len()..]
    }

    /// Whether it is a branch or a tag.
    pub const fn kind(&self) -> RefKind {
        self.kind
    }

    /// What two names share that a file system without case would confuse (`Main` and `main`).
    pub fn folded(&self) -> String {
        self.full.to_lowercase()
    }
}

impl FromStr for RefName {
    type Err = NameError;

    fn from_str(full: &str) -> Result<Self, NameError> {
        check_ref_format(full)?;
        let kind = [RefKind::Branch, RefKind::Tag]
            .into_iter()
            .find(|kind| full.starts_with(kind.prefix()))
            .ok_or_else(|| NameError::RefNamespace(shown(full)))?;
        check_short(&full[kind.prefix().len()..]).map_err(|why| refused(full, why))?;
        Ok(Self { kind, full: full.to_owned() })
    }
}

impl fmt::Display for RefName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

impl fmt::Debug for RefName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.full, f)
    }
}

/// The rules of git-check-ref-format(1), in its order.
fn check_ref_format(name: &str) -> Result<(), NameError> {
    let why = if name.is_empty() {
        "it is empty"
    } else if name.len() > RefName::LEN_MAX {
        "it is longer than 1024 bytes"
    } else if name.split('/').any(|part| part.starts_with('.')) {
        "a component begins with a dot"
    } else if name.split('/').any(|part| part.to_ascii_lowercase().ends_with(".lock")) {
        "a component ends with .lock"
    } else if !name.contains('/') {
        "it is not written in full"
    } else if name.contains("..") {
        "it contains two dots in a row"
    } else if name.bytes().any(|b| b < b' ' || b == 0x7f) {
        "it contains a control character"
    } else if name.contains([' ', '~', '^', ':', '?', '*', '[', '\\']) {
        "it contains a space or one of ~ ^ : ? * [ \\"
    } else if name.split('/').any(str::is_empty) {
        "a component is empty"
    } else if name.ends_with('.') {
        "it ends with a dot"
    } else if name.contains("@{") {
        "it contains @{"
    } else {
        return Ok(());
    };
    Err(refused(name, why))
}

/// Our own rules, beyond git's, on the name without its folder.
fn check_short(short: &str) -> Result<(), &'static str> {
    if short.split('/').any(|part| part.starts_with('-')) {
        return Err("a component begins with a hyphen and would read as an option");
    }
    if short.split('/').any(|part| part.len() > RefName::COMPONENT_LEN_MAX) {
        return Err("a component is longer than 250 bytes");
    }
    if looks_like_oid(short) {
        return Err("it would be taken for an object id");
    }
    if short == "HEAD" || short == "@" || short.ends_with("_HEAD") {
        return Err("git keeps this name for itself");
    }
    if short.starts_with("refs/") {
        return Err("the short name is itself a full reference");
    }
    if short.split('/').any(is_device) {
        return Err("a component is the name of a device on some computers");
    }
    if short.chars().any(is_invisible) {
        return Err("it contains an invisible character");
    }
    // The composed form is the one keyboards give; the decomposed one would be its double.
    if short.chars().any(|c| matches!(c, '\u{0300}'..='\u{036F}' | '\u{212A}' | '\u{212B}')) {
        return Err("it contains an accent apart from its letter");
    }
    Ok(())
}

fn refused(name: &str, why: &'static str) -> NameError {
    NameError::RefSyntax { name: shown(name), why }
}

/// A name as it may stand in a sentence: short, and without control or invisible characters.
fn shown(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars().take(80) {
        if is_invisible(c) { text.extend(c.escape_unicode()) } else { text.push(c) }
    }
    text
}

/// The id of a git object: a SHA-1 of 20 bytes, written as 40 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid([u8; 20]);

impl Oid {
    /// The id that stands for "no object" in a push.
    pub const NULL: Self = Self([0; 20]);

    /// Wraps the 20 bytes of an id.
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The 20 bytes.
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// Whether it stands for "no object".
    pub fn is_null(&self) -> bool {
        *self == Self::NULL
    }
}

impl FromStr for Oid {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        crate::hex::decode(text).map(Self).ok_or(NameError::OidShape)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::hex::encode(&self.0))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What an address names before its colon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Revision {
    /// `HEAD`: the default branch.
    Head,
    /// An object by its full id: the address is immutable.
    Oid(Oid),
    /// A branch or a tag by its full name.
    Full(RefName),
    /// A short name, which a branch answers before a tag; both forms are valid names.
    Short {
        /// The branch of that name.
        branch: RefName,
        /// The tag of that name.
        tag: RefName,
    },
}

impl FromStr for Revision {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text == "HEAD" {
            return Ok(Self::Head);
        }
        if let Ok(oid) = text.parse() {
            return Ok(Self::Oid(oid));
        }
        if text.starts_with("refs/") {
            return text.parse().map(Self::Full);
        }
        Ok(Self::Short { branch: RefName::branch(text)?, tag: RefName::tag(text)? })
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("HEAD"),
            Self::Oid(oid) => oid.fmt(f),
            Self::Full(name) => name.fmt(f),
            Self::Short { branch, .. } => f.write_str(branch.short()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OID: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn branches_and_tags_are_told_apart() {
        let main: RefName = "refs/heads/feature/café-2".parse().unwrap();
        assert_eq!((main.kind(), main.short()), (RefKind::Branch, "feature/café-2"));
        let tag: RefName = "refs/tags/v1.2.0".parse().unwrap();
        assert_eq!((tag.kind(), tag.short()), (RefKind::Tag, "v1.2.0"));
        assert_eq!(RefName::branch("Main").unwrap().folded(), "refs/heads/main");
    }

    #[test]
    fn names_git_or_the_forge_refuses() {
        let long = "a".repeat(4096);
        let part = "a".repeat(251);
        let hex64 = "a".repeat(64);
        for short in [
            "--output=/tmp/p",
            "--exec=touch x",
            "-h",
            "x/-d",
            "a..b",
            "a.lock",
            "a/b.LOCK",
            "a~",
            "a^",
            "a:b",
            "a?",
            "a*",
            "a[",
            "a\\b",
            "a b",
            "a//b",
            "/a",
            "a/",
            ".a",
            "a/.b",
            "a.",
            "a@{1}",
            "@",
            "HEAD",
            "FETCH_HEAD",
            "a\x7f",
            "a\0",
            "a\tb",
            "a\nb",
            "",
            OID,
            &OID.to_uppercase(),
            &hex64,
            "refs/heads/x",
            "CON",
            "x/nul.txt",
            "cafe\u{0301}",
            "a\u{202e}b",
            "a\u{200b}",
            &long,
            &part,
        ] {
            for prefix in ["refs/heads/", "refs/tags/"] {
                let full = format!("{prefix}{short}");
                assert!(full.parse::<RefName>().is_err(), "{full:?}");
            }
        }
        assert!(RefName::from_bytes(b"refs/heads/caf\xe9").is_err());
    }

    #[test]
    fn only_branches_and_tags_are_push_targets() {
        for full in [
            "refs/replace/0123456789abcdef0123456789abcdef01234567",
            "refs/pull/1/head",
            "refs/internal/x",
            "refs/notes/commits",
            "refs/merge-requests/1/head",
            "refs/heads",
            "refs/Heads/x",
        ] {
            let refusal = full.parse::<RefName>().unwrap_err();
            assert_eq!(refusal.code(), "ref_namespace", "{full}");
        }
        for full in ["HEAD", "main", "heads/main", ""] {
            assert!(full.parse::<RefName>().is_err(), "{full}");
        }
    }

    #[test]
    fn a_refusal_is_safe_to_print() {
        let sentence = "refs/heads/\u{1b}]0;x\u{7}".parse::<RefName>().unwrap_err().to_string();
        assert!(!sentence.chars().any(char::is_control), "{sentence:?}");
    }

    #[test]
    fn a_revision_is_read_once() {
        assert_eq!("HEAD".parse(), Ok(Revision::Head));
        assert!(matches!(OID.parse(), Ok(Revision::Oid(_))));
        assert!(matches!("refs/tags/v1".parse(), Ok(Revision::Full(_))));
        assert!(matches!("0123abc".parse(), Ok(Revision::Short { .. })));
        for text in ["HEAD", OID, "refs/heads/main", "feature/x", "v1.2.0"] {
            assert_eq!(text.parse::<Revision>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_revision_is_never_an_option() {
        for text in ["--output=/tmp/p", "-h", "", "@", "a..b", "a b", "x/--d", "refs/pull/1/head"] {
            assert!(text.parse::<Revision>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_oid_keeps_its_bytes() {
        let oid: Oid = OID.to_uppercase().parse().unwrap();
        assert_eq!(oid.to_string(), OID);
        assert_eq!(Oid::new(*oid.as_bytes()), oid);
        assert!("0".repeat(40).parse::<Oid>().unwrap().is_null());
        for wrong in ["", "0123", &OID[..39], &format!("{OID}0"), &"g".repeat(40), &"é".repeat(20)]
        {
            assert_eq!(wrong.parse::<Oid>(), Err(NameError::OidShape));
        }
    }
}
