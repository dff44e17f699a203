//! The forges one has signed in to, and the tokens for them.
//!
//! They are kept in `forge/hosts.toml` of the user's configuration folder, readable by the user
//! alone. `FORGE_HOST` and `FORGE_TOKEN` go before it, flags before those.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use url::Url;

/// The address of a forge, without a slash at its end: `https://forge.example`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Host(String);

impl Host {
    /// Reads an address as people write it: the scheme may be left out, and is then `https`, or
    /// `http` for this very machine.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let url = if text.contains("://") {
            Url::parse(text).ok()?
        } else {
            let secure = Url::parse(&format!("https://{text}")).ok()?;
            if is_loopback(&secure) { Url::parse(&format!("http://{text}")).ok()? } else { secure }
        };
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return None;
        }
        let origin = url.origin().ascii_serialization();
        Some(Self(format!("{origin}{}", url.path().trim_end_matches('/'))))
    }

    /// The address of a path below it.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Whether it is this very machine.
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_loopback(&url))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Who one is on a forge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    /// The name one has there.
    pub login: String,
    /// The token one was given there.
    pub token: String,
}

/// The file of forges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hosts {
    /// The forge meant when none is named: the last one signed in to.
    #[serde(default)]
    default: Option<String>,
    #[serde(default)]
    hosts: BTreeMap<String, Account>,
}

impl Hosts {
    /// Reads the file; an absent one is empty.
    pub fn load(path: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        toml::from_str(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Writes the file whole or not at all, readable by its owner alone.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        create_folder(folder)?;
        let beside = folder.join(format!(".hosts.toml.{}", std::process::id()));
        let written = write_private(&beside, &text).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // The first error is the one to tell; what it left behind goes if it can.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Remembers an account and makes its forge the one meant when none is named.
    pub fn sign_in(&mut self, host: &Host, account: Account) {
        self.default = Some(host.as_str().to_owned());
        self.hosts.insert(host.as_str().to_owned(), account);
    }

    /// Forgets the account on a forge; tells whether there was one.
    pub fn sign_out(&mut self, host: &Host) -> bool {
        let known = self.hosts.remove(host.as_str()).is_some();
        if self.default.as_deref() == Some(host.as_str()) {
            self.default = self.hosts.keys().next().cloned();
        }
        known
    }

    /// The account on a forge.
    pub fn account(&self, host: &Host) -> Option<&Account> {
        self.hosts.get(host.as_str())
    }

    /// The forge meant when none is named.
    pub fn default_host(&self) -> Option<Host> {
        self.default.as_deref().and_then(Host::parse)
    }

    /// Every forge with its account, in the order of their addresses.
    pub fn all(&self) -> impl Iterator<Item = (Host, &Account)> {
        self.hosts.iter().filter_map(|(host, account)| Some((Host::parse(host)?, account)))
    }
}

/// Where the file is, by the XDG rules; `None` where the system names no home.
pub(crate) fn path() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = from("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| from("HOME").map(|home| PathBuf::from(home).join(".config")))
        .or_else(|| from("APPDATA").map(PathBuf::from))?;
    Some(folder.join("forge").join("hosts.toml"))
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::{Account, Host, Hosts};

    fn host(text: &str) -> Host {
        Host::parse(text).unwrap()
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, address) in [
            ("forge.example", "https://forge.example"),
            ("https://forge.example/", "https://forge.example"),
            ("HTTPS://Forge.Example:443", "https://forge.example"),
            ("http://forge.example:8080", "http://forge.example:8080"),
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("localhost:3000", "http://localhost:3000"),
            ("[::1]:3000", "http://[::1]:3000"),
            ("https://villes.example/forge/", "https://villes.example/forge"),
        ] {
            assert_eq!(host(text).as_str(), address, "{text}");
        }
        for text in ["", "ftp://forge.example", "https://", "https://ada:x@forge.example", "a b"] {
            assert_eq!(Host::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_sign_in_is_the_default_and_a_sign_out_leaves_another() {
        let account = |login: &str| Account { login: login.to_owned(), token: "t".to_owned() };
        let (one, two) = (host("one.example"), host("two.example"));
        let mut hosts = Hosts::default();
        hosts.sign_in(&one, account("ada"));
        hosts.sign_in(&two, account("bea"));
        assert_eq!(hosts.default_host(), Some(two.clone()));
        assert!(hosts.sign_out(&two) && !hosts.sign_out(&two));
        assert_eq!(hosts.default_host(), Some(one.clone()));
        assert_eq!(hosts.account(&one).unwrap().login, "ada");
    }

    #[test]
    fn the_file_is_read_back_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge/hosts.toml");
        assert_eq!(Hosts::load(&path).unwrap(), Hosts::default());
        let mut hosts = Hosts::default();
        let account = Account { login: "ada".to_owned(), token: "0123".to_owned() };
        hosts.sign_in(&host("one.example"), account);
        hosts.save(&path).unwrap();
        hosts.save(&path).unwrap();
        assert_eq!(Hosts::load(&path).unwrap(), hosts);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
