//! What can go wrong with a repository, as a caller can decide on it.

use std::{io, path::PathBuf};

/// A failure of the engine. The message is a sentence for the person who runs the server, or,
/// for [`GitError::Malformed`], for the person whose client sent the request.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// No repository with this identifier is in the folder.
    #[error("this repository does not exist")]
    NoRepository,
    /// The revision, path or object asked for is not there.
    #[error("{0} was not found")]
    NotFound(String),
    /// A repository with this identifier is there already.
    #[error("a repository with this identifier exists already")]
    Exists,
    /// The branch moved while a change to it was prepared: read it again and retry.
    #[error("{0} has moved in the meantime; read it again and retry")]
    Moved(String),
    /// The client's bytes break the git protocol. The text is sent back to it.
    #[error("{0}")]
    Malformed(String),
    /// A limit of this server was met. The text is sent back to the client.
    #[error("{0}")]
    TooLarge(String),
    /// Every slot for this kind of work stayed busy for the whole waiting time.
    #[error("the server is busy with other repositories; try again in a minute")]
    Busy,
    /// The system's git is missing or older than the oldest that is supported.
    #[error("{0}")]
    GitProgram(String),
    /// The repository on disk has a form this server never writes.
    #[error("the repository {path} is refused: {reason}", path = path.display())]
    Refused {
        /// Its folder.
        path: PathBuf,
        /// What was found there.
        reason: &'static str,
    },
    /// The repository's content cannot be read.
    #[error("the repository is damaged or cannot be read: {0}")]
    Damaged(String),
    /// The file system answered with an error.
    #[error("{context}: {source}")]
    Io {
        /// What was being done.
        context: String,
        /// The system's answer.
        source: io::Error,
    },
}

/// The result of everything here.
pub type Result<T, E = GitError> = std::result::Result<T, E>;

impl From<gix::Error> for GitError {
    fn from(error: gix::Error) -> Self {
        // gix has one error type; its classes are what a caller can act on.
        if error.is_not_found() {
            Self::NotFound("the object".to_owned())
        } else {
            Self::Damaged(format!("{error:#}"))
        }
    }
}

/// Adds what was being done to an error of the file system.
pub(crate) trait Context<T> {
    /// Names the deed that failed.
    fn context(self, deed: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<io::Error>> Context<T> for Result<T, E> {
    fn context(self, deed: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| GitError::Io { context: deed(), source: error.into() })
    }
}

/// Any error of gix whose type is not its own umbrella: kept as words.
pub(crate) fn damaged(error: impl std::fmt::Display) -> GitError {
    GitError::Damaged(error.to_string())
}
