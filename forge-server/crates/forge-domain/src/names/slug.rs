//! Slugs of owners and modules, and the words the forge keeps for its own addresses.

use std::{fmt, str::FromStr};

use super::{NameError, is_device, looks_like_oid};

/// Root addresses of the forge itself: no council, space or person may be called so. The list is
/// the only one; it also holds words that readers or programs look for at the root of a site.
#[rustfmt::skip]
pub const RESERVED_OWNERS: &[&str] = &[
    // Addresses of product pages.
    "-", "catalogue", "councils", "spaces", "calls", "search", "transparency", "open-data",
    "method", "about", "accessibility", "legal", "privacy", "api",
    // Pages of the domain that stand at the root, now or later.
    "ledger", "modules", "suppliers", "map", "needs", "people", "votes", "funding", "pledges",
    // Account and administration words a person would believe to be the forge's.
    "login", "logout", "signin", "signup", "register", "settings", "admin", "administrator",
    "root", "system", "forge", "beffroi", "help", "support", "security", "abuse", "contact",
    "status", "health", "ready", "metrics", "healthz", "readyz", "livez", "explore", "user",
    "users", "org", "orgs", "repos", "repo", "new", "edit", "none", "null", "me", "ghost",
    "anonymous", "invite", "oauth", "oidc", "auth", "session", "tokens",
    // Static files, protocol addresses and what crawlers ask for.
    "_a", "_c", "assets", "static", "theme", "themes", "avatars", "attachments", "feed", "feeds",
    "atom", "rss", "docs", "debug", "catalog", "catalog-jsonld", "catalog-ttl", "robots.txt",
    "favicon.ico", "sitemap.xml", "security.txt", "humans.txt", ".well-known", "nodeinfo",
    "manifest", "index", "git", "ssh", "lfs", "raw", "archive", "info", "objects", "meta",
];

/// Slugs no person may give a module: the meta-repository of a space, and what stands under an
/// owner's address beside its modules.
pub const RESERVED_MODULES: &[&str] = &["-", "meta", "feed.atom", "objects", "info"];

/// The short name of an owner or a module, `[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?`, in lower case.
///
/// Parsing folds ASCII case and refuses every other character, so that no two slugs differ only by
/// case or by a look-alike of another script. It accepts reserved words, because an address may
/// carry them; a new name goes through [`Slug::for_owner`] or [`Slug::for_module`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The longest slug, in bytes.
    pub const LEN_MAX: usize = 40;

    /// A name for a new council, space or person: refuses the forge's own addresses.
    pub fn for_owner(text: &str) -> Result<Self, NameError> {
        Self::unreserved(text, RESERVED_OWNERS)
    }

    /// A name for a new module: refuses what the forge keeps under each owner.
    pub fn for_module(text: &str) -> Result<Self, NameError> {
        Self::unreserved(text, RESERVED_MODULES)
    }

    fn unreserved(text: &str, reserved: &[&str]) -> Result<Self, NameError> {
        let folded = text.to_ascii_lowercase();
        if reserved.contains(&folded.as_str()) {
            return Err(NameError::Reserved(folded));
        }
        text.parse()
    }

    /// The slug of a space's meta-repository, which nobody else may take.
    pub fn meta() -> Self {
        Self(String::from("meta"))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two slugs that are easily mistaken for one another have in common (UTS 39, the ASCII
    /// part): an owner whose skeleton is taken is refused.
    pub fn skeleton(&self) -> String {
        self.0.replace('0', "o").replace('1', "l").replace('m', "rn")
    }
}

impl FromStr for Slug {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if looks_like_oid(text) {
            return Err(NameError::LooksLikeOid);
        }
        let slug = text.to_ascii_lowercase();
        if slug.ends_with(".git") {
            return Err(NameError::GitSuffix);
        }
        if is_device(&slug) {
            return Err(NameError::DeviceName(slug));
        }
        let hyphen_at_end = slug.starts_with('-') || slug.ends_with('-');
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if slug.len() > Self::LEN_MAX || hyphen_at_end || !slug.bytes().all(plain) {
            return Err(NameError::SlugShape);
        }
        Ok(Self(slug))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The slug of a council, a space or a person: one namespace at the root.
pub type Owner = Slug;

/// The address of a module, `owner/module`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath {
    /// The council, space or person it belongs to.
    pub owner: Owner,
    /// Its own name, unique under that owner.
    pub module: Slug,
}

impl FromStr for ModulePath {
    type Err = NameError;

    /// Reads an address. git writes the same one with `.git` at its end, which is taken off once.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let (owner, module) = text.split_once('/').ok_or(NameError::ModulePathShape)?;
        let module = module.strip_suffix(".git").unwrap_or(module);
        Ok(Self { owner: owner.parse()?, module: module.parse()? })
    }
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.module)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_folded_and_plain() {
        for (given, kept) in [("a", "a"), ("Aubervac", "aubervac"), ("a--b", "a--b"), ("7", "7")] {
            assert_eq!(given.parse::<Slug>().unwrap().as_str(), kept);
        }
        let longest = "a".repeat(39) + "z";
        assert_eq!(longest.parse::<Slug>().unwrap().as_str(), longest);
    }

    #[test]
    fn what_is_no_slug_says_why() {
        let oid = "0123456789abcdef0123456789ABCDEF01234567";
        for (given, code) in [
            ("", "name_empty"),
            ("-x", "slug_shape"),
            ("x-", "slug_shape"),
            ("--exec=x", "slug_shape"),
            ("..", "slug_shape"),
            (".git", "name_git_suffix"),
            ("x.git", "name_git_suffix"),
            ("X.GIT", "name_git_suffix"),
            (".well-known", "slug_shape"),
            ("a b", "slug_shape"),
            ("a ", "slug_shape"),
            ("a.", "slug_shape"),
            ("a/b", "slug_shape"),
            ("a\\b", "slug_shape"),
            ("a\0", "slug_shape"),
            ("a\nb", "slug_shape"),
            ("аlice", "slug_shape"),
            ("alice\u{202e}", "slug_shape"),
            ("é", "slug_shape"),
            ("CON", "name_device"),
            ("nul", "name_device"),
            ("com1", "name_device"),
            ("lpt9", "name_device"),
            (oid, "name_looks_like_oid"),
        ] {
            assert_eq!(given.parse::<Slug>().unwrap_err().code(), code, "{given:?}");
        }
        assert_eq!("a".repeat(41).parse::<Slug>(), Err(NameError::SlugShape));
        assert_eq!("a".repeat(64).parse::<Slug>(), Err(NameError::LooksLikeOid));
    }

    #[test]
    fn the_forge_keeps_its_own_addresses() {
        for word in ["api", "API", "catalogue", "open-data", "-", "_a", "robots.txt", "meta"] {
            assert!(matches!(Slug::for_owner(word), Err(NameError::Reserved(_))), "{word}");
        }
        assert!(matches!(Slug::for_module("Meta"), Err(NameError::Reserved(_))));
        assert!(Slug::for_module("search").is_ok(), "nothing of the forge stands there");
        assert_eq!("enfance/meta".parse::<ModulePath>().unwrap().module, Slug::meta());
    }

    #[test]
    fn a_module_address_is_the_same_with_and_without_git() {
        let plain: ModulePath = "Enfance/Facturation".parse().unwrap();
        assert_eq!(plain, "enfance/facturation.git".parse().unwrap());
        assert_eq!(plain.to_string(), "enfance/facturation");
        for wrong in ["enfance", "a/b/c", "/b", "a/", "a/b.git.git", "../b", "a/../b", "a/.git"] {
            assert!(wrong.parse::<ModulePath>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_that_read_alike_share_a_skeleton() {
        let skeleton = |text: &str| text.parse::<Slug>().unwrap().skeleton();
        assert_eq!(skeleton("morlaix"), skeleton("rnorlaix"));
        assert_eq!(skeleton("lille"), skeleton("1i1le"));
        assert_ne!(skeleton("lille"), skeleton("lilles"));
    }
}
