//! The example world: invented councils that share and fund real code. It is made by the acts that
//! people do, under a clock that is set by hand, from a script that ends today; every figure in it
//! is computed by the program.

mod build;
mod calls;
mod life;
mod modules;
mod script;

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{StartError, data::UNFINISHED, error::Error};

pub use build::build;

/// The password of every account of the example world, in this page and in the guide.
pub const PASSWORD: &str = "le beffroi sonne midi";
/// What was made, kept so that a second start prints the same sign-ins. It is written last: a
/// world without it is half made.
const FILE: &str = "demo.json";
/// What stands in the file that marks a folder as unfinished.
const MARK: &str = "The example world is being made here.\n";

/// What a visitor of the example world needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// The accounts, an administrator first.
    pub accounts: Vec<Account>,
    /// The reference of the call that takes pledges.
    pub open_call: String,
    /// The references of the calls that the book speaks of, by the name it gives them.
    #[serde(default)]
    pub calls: BTreeMap<String, String>,
    /// The public modules, as `owner/module`.
    pub modules: Vec<String>,
}

/// An account of the example world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The name in addresses.
    pub login: String,
    /// The password.
    pub password: String,
    /// A personal access token that allows everything its person may do.
    pub token: String,
    /// `admin`, or the first of the person's roles.
    pub role: String,
    /// The name people write.
    pub name: String,
    /// The council; none for the administrator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub council: Option<String>,
}

/// Why there is no example world.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Another forge is there.
    #[error(
        "{0} holds another forge: choose an empty folder, or an empty database, for the example \
         world"
    )]
    OtherForge(String),
    /// The file system refused something.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// The forge cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// An act was refused: a defect of the script.
    #[error("the example world cannot be made: {0}")]
    Act(#[from] Error),
    /// The script itself cannot be read: a defect of the build.
    #[error("the script of the example world cannot be read: {0}")]
    Script(String),
}

/// The example world that stands in a data folder; none where it is still to be made.
///
/// # Errors
/// [`DemoError::OtherForge`] where the folder holds something else.
pub fn find(data: &Path) -> Result<Option<World>, DemoError> {
    let path = data.join(FILE);
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| DemoError::File {
            path,
            source: io::Error::new(io::ErrorKind::InvalidData, error),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if is_free(data)? {
                Ok(None)
            } else {
                Err(DemoError::OtherForge(data.display().to_string()))
            }
        }
        Err(source) => Err(DemoError::File { path, source }),
    }
}

/// Whether a world can be made in a folder: nothing is there, or what an interrupted start made.
fn is_free(data: &Path) -> Result<bool, DemoError> {
    let mark = fs::read_to_string(data.join(UNFINISHED));
    if mark.is_ok_and(|mark| mark == MARK) {
        return Ok(true);
    }
    match fs::read_dir(data) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(source) => Err(DemoError::File { path: data.to_owned(), source }),
    }
}

/// Makes a folder ready for the world: what an interrupted start made goes, and a mark is set.
pub fn begin(data: &Path) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: data.to_owned(), source };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(failed)?;
    for entry in fs::read_dir(data).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_dir = entry.file_type().map_err(failed)?.is_dir();
        let removed = match entry.file_name() == UNFINISHED {
            true => Ok(()),
            false if is_dir => fs::remove_dir_all(entry.path()),
            false => fs::remove_file(entry.path()),
        };
        removed.map_err(failed)?;
    }
    write(&data.join(UNFINISHED), MARK.as_bytes())
}

/// Says that the world is whole: what a next start prints is written, then the mark goes.
pub fn finish(data: &Path, world: &World) -> Result<(), DemoError> {
    let path = data.join(FILE);
    let text = serde_json::to_vec_pretty(world)
        .map_err(|error| DemoError::File { path: path.clone(), source: error.into() })?;
    let draft = data.join("demo.json.partial");
    write(&draft, &text)?;
    let failed = |source| DemoError::File { path: path.clone(), source };
    let folder = File::open(data).map_err(failed)?;
    fs::rename(&draft, &path).map_err(failed)?;
    folder.sync_all().map_err(failed)?;
    fs::remove_file(data.join(UNFINISHED)).map_err(failed)?;
    folder.sync_all().map_err(failed)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), DemoError> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|source| DemoError::File { path: path.to_owned(), source })
}
