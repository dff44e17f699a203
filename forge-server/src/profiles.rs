//! Country profiles: files built in or laid beside the data, parsed and checked before the server
//! starts, so that a call never meets one that is wrong.

mod file;

use std::{collections::BTreeMap, fs, io, path::Path};

use forge_domain::profiles::Profile;

use crate::error::Error;

/// The profiles that are built in: their file names and what they say.
const BUILT_IN: [(&str, &str); 2] = [
    ("generic.toml", include_str!("../../profiles/generic.toml")),
    ("fr.toml", include_str!("../../profiles/fr.toml")),
];

/// The profile of every country that has none of its own.
const GENERIC: &str = "generic";

/// Why a profile is refused: the file, the line where one is known, and what to change.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The folder or a file of it cannot be read.
    #[error("the profile {file} cannot be read: {source}")]
    Read {
        /// Which file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// The file says something that cannot be.
    #[error("the profile {file}, line {line}: {why}")]
    Wrong {
        /// Which file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What to change.
        why: String,
    },
    /// There is no profile for countries without one.
    #[error("there is no profile “generic”: put generic.toml back")]
    NoGeneric,
}

/// Every profile, by its word.
#[derive(Debug, Clone)]
pub struct Profiles(BTreeMap<String, Profile>);

impl Profiles {
    /// Reads the built-in profiles and those in `profiles/` of the data folder, which win.
    ///
    /// # Errors
    /// The first file that is wrong, with the line.
    pub fn load(data: &Path) -> Result<Self, ProfileError> {
        let mut texts: BTreeMap<String, String> =
            BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        texts.extend(beside(&data.join("profiles"))?);
        let mut profiles = BTreeMap::new();
        for (name, text) in &texts {
            let profile = file::parse(name, text)?;
            profiles.insert(profile.code.clone(), profile);
        }
        if profiles.contains_key(GENERIC) {
            Ok(Self(profiles))
        } else {
            Err(ProfileError::NoGeneric)
        }
    }

    /// The profile of this word.
    pub fn get(&self, code: &str) -> Option<&Profile> {
        self.0.get(code)
    }

    /// The profile of a call or another row that was stored.
    ///
    /// # Errors
    /// [`Error::Internal`] where its file was taken away since.
    pub fn of(&self, code: &str) -> Result<&Profile, Error> {
        let missing = || anyhow::anyhow!("the profile “{code}” is not there: put its file back");
        self.get(code).ok_or_else(|| missing().into())
    }

    /// The profile of the councils of a country, ISO 3166: its own, or the generic one.
    pub fn of_country(&self, country: &str) -> Result<&Profile, Error> {
        let own = self.0.values().find(|profile| profile.country.as_deref() == Some(country));
        own.map_or_else(|| self.of(GENERIC), Ok)
    }

    /// Every profile, by its word.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        self.0.values()
    }
}

/// The profiles an administrator laid beside the data.
fn beside(folder: &Path) -> Result<BTreeMap<String, String>, ProfileError> {
    let failed =
        |file: &Path, source| ProfileError::Read { file: file.display().to_string(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(failed(folder, error)),
    };
    let mut texts = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name.filter(|name| name.ends_with(".toml")) else { continue };
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
        texts.insert(name, text);
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
