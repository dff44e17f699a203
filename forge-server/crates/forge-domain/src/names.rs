//! Names, addresses and identifiers, parsed once: whoever holds one of these types need not look
//! again at the text it came from.
//!
//! Sources: the pages "Owners, names, addresses" of the product, git-check-ref-format(1), and the
//! attacks on names that other forges have met (arguments, traversal, look-alikes).

mod alike;
mod identifiers;
mod paths;
mod people;
mod refs;
mod slug;

pub use alike::alike;
pub use identifiers::{Check, Identifier, Insee, Siren, Siret};
pub use paths::{PathInRepo, RevPath};
pub use people::{DisplayName, Email};
pub use refs::{Oid, RefKind, RefName, Revision};
pub use slug::{ModulePath, Owner, RESERVED_MODULES, RESERVED_OWNERS, Slug};

/// Why a text is not the name it was given as. [`NameError::code`] is stable, the sentence is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// The text is empty.
    #[error("A name is missing: write at least one character.")]
    Empty,
    /// The text is longer than the limit, in bytes.
    #[error("This name is too long: at most {max} bytes.")]
    TooLong {
        /// The limit, in bytes.
        max: usize,
    },
    /// A slug with characters outside `a-z 0-9 -`, or a hyphen at an end.
    #[error(
        "A short name has 1 to 40 characters: letters a to z, digits and hyphens, \
         beginning and ending with a letter or a digit."
    )]
    SlugShape,
    /// A slug that an address of the forge itself uses.
    #[error("“{0}” is an address of the forge itself: choose another name.")]
    Reserved(String),
    /// A name that ends in `.git`.
    #[error("Leave “.git” off the name: the forge adds it to the address for git.")]
    GitSuffix,
    /// A name some systems keep for a device (`con`, `nul`, `com1` …).
    #[error("“{0}” is the name of a device on some computers, which could not clone it.")]
    DeviceName(String),
    /// A name that reads as an object id.
    #[error("A name of 40 or 64 hexadecimal digits would be taken for an object id.")]
    LooksLikeOid,
    /// Not of the form `owner/module`.
    #[error("A module is written owner/module.")]
    ModulePathShape,
    /// A reference that git itself refuses.
    #[error("“{name}” is not a valid reference: {why}.")]
    RefSyntax {
        /// The reference, with control characters escaped.
        name: String,
        /// The rule it breaks.
        why: &'static str,
    },
    /// A reference outside `refs/heads/` and `refs/tags/`.
    #[error("Only branches (refs/heads/…) and tags (refs/tags/…) can be pushed, not “{0}”.")]
    RefNamespace(String),
    /// Not 40 hexadecimal digits.
    #[error("An object id is 40 hexadecimal digits.")]
    OidShape,
    /// A path that leaves the repository or names git's own folder.
    #[error("This is not a path inside a repository: {0}.")]
    Path(&'static str),
    /// Not an e-mail address.
    #[error("This is not an e-mail address: {0}.")]
    Email(&'static str),
    /// A control, invisible or direction-changing character.
    #[error("This name contains an invisible or control character (U+{:04X}).", *.0 as u32)]
    Invisible(char),
    /// An identifier of a public body whose shape or check digit is wrong.
    #[error("This is not a valid {scheme}: {why}.")]
    Identifier {
        /// The scheme, as in `siren`.
        scheme: String,
        /// The rule it breaks.
        why: &'static str,
    },
}

impl NameError {
    /// The stable code of the refusal, for messages, the API and the CLI.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "name_empty",
            Self::TooLong { .. } => "name_too_long",
            Self::SlugShape => "slug_shape",
            Self::Reserved(_) => "name_reserved",
            Self::GitSuffix => "name_git_suffix",
            Self::DeviceName(_) => "name_device",
            Self::LooksLikeOid => "name_looks_like_oid",
            Self::ModulePathShape => "module_path_shape",
            Self::RefSyntax { .. } => "ref_syntax",
            Self::RefNamespace(_) => "ref_namespace",
            Self::OidShape => "oid_shape",
            Self::Path(_) => "path_invalid",
            Self::Email(_) => "email_invalid",
            Self::Invisible(_) => "name_invisible",
            Self::Identifier { .. } => "identifier_invalid",
        }
    }
}

/// Characters that change how a line reads without being seen: controls, directions, joiners.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Whether Windows keeps this name, or this name with any ending, for a device.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        other => ["com", "lpt"].iter().any(|port| {
            other.strip_prefix(port).is_some_and(|n| {
                n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit())
                    || matches!(n, "¹" | "²" | "³")
            })
        }),
    }
}

/// Whether a name reads as a SHA-1 or SHA-256 object id.
pub(crate) fn looks_like_oid(name: &str) -> bool {
    matches!(name.len(), 40 | 64) && name.bytes().all(|b| b.is_ascii_hexdigit())
}
