//! Clone and fetch. The request is read whole (it is bounded) and judged before git is
//! started; the answer streams. This is the one narrow place where a fetch uses the system's
//! git: replacing it changes this file.

mod advertise;
mod request;
mod wants;

pub use advertise::{Service, advertise_nothing};
use bytes::Bytes;
use request::Request;
use tokio::io::AsyncRead;
pub(crate) use wants::unreachable;

use crate::{
    error::{GitError, Result},
    pktline,
    repository::{Repository, from_gix},
    stream::Answer,
};

/// The version of git's protocol that a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The first.
    V0,
    /// The first with a version line.
    V1,
    /// The current one.
    V2,
}

impl Protocol {
    /// Reads the header `Git-Protocol`, as in `version=2`; anything else is version 0.
    pub fn from_header(value: Option<&str>) -> Self {
        let keys = value.unwrap_or_default().split(':');
        keys.fold(Self::V0, |best, key| match key {
            "version=2" => Self::V2,
            "version=1" if best == Self::V0 => Self::V1,
            _ => best,
        })
    }

    const fn environment(self) -> &'static str {
        match self {
            Self::V0 => "version=0",
            Self::V1 => "version=1",
            Self::V2 => "version=2",
        }
    }
}

/// What git is told. The wants are judged before it is started, in every version of the
/// protocol by the same rule ([`unreachable`]): git takes them as they are, and need not look at
/// the references of merge requests. Only these filters of a partial clone are cheap to serve
/// (security.md A8 #129).
const SETTINGS: [&str; 12] = [
    "transfer.hideRefs=refs/",
    "transfer.hideRefs=!refs/heads/",
    "transfer.hideRefs=!refs/tags/",
    "uploadpack.allowAnySHA1InWant=true",
    "uploadpack.allowFilter=true",
    "uploadpackfilter.allow=false",
    "uploadpackfilter.blob:none.allow=true",
    "uploadpackfilter.blob:limit.allow=true",
    "uploadpackfilter.tree.allow=true",
    "uploadpackfilter.tree.maxDepth=0",
    "uploadpack.keepAlive=5",
    "transfer.advertiseObjectInfo=false",
];

impl Repository {
    /// Answers the body of `POST …/git-upload-pack`. Decode it with [`crate::gunzip`] first
    /// when it came compressed.
    ///
    /// A wish for an object that no branch, tag or merge request leads to is answered with git's
    /// own words, "not our ref", and starts no process.
    ///
    /// # Errors
    /// [`GitError::Malformed`] or [`GitError::TooLarge`] when the request is no request or
    /// passes a limit, [`GitError::Busy`] when no slot for a child is free in time.
    pub async fn fetch(
        &self,
        protocol: Protocol,
        body: impl AsyncRead + Send + Unpin,
    ) -> Result<Answer> {
        let request = request::read(body, protocol, self.limits()).await?;
        match request {
            Request::Nothing => Ok(Answer::from_bytes(Bytes::new())),
            Request::LsRefs(arguments) => {
                let list = self.read(move |repo| advertise::ls_refs(repo, &arguments)).await?;
                Ok(Answer::from_bytes(list))
            }
            Request::Unknown(command) => Ok(refusal(&format!("unknown command '{command}'"))),
            Request::Fetch { wants, bytes } => {
                let limits = self.limits().clone();
                let refused =
                    self.read(move |repo| unreachable(repo, wants.clone(), &limits)).await?;
                match refused {
                    Some(id) => {
                        let oid = from_gix(id);
                        Ok(refusal(&format!("upload-pack: not our ref {oid}")))
                    }
                    None => self.upload_pack(protocol, bytes).await,
                }
            }
        }
    }

    async fn upload_pack(&self, protocol: Protocol, request: Bytes) -> Result<Answer> {
        let git = &self.shared.git;
        let slot = git.slot().await?;
        let folder = self.folder();
        if !folder.is_dir() {
            return Err(GitError::NoRepository);
        }
        let mut command = git.command(&folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
            .env("GIT_PROTOCOL", protocol.environment())
            .args(["upload-pack", "--strict", "--stateless-rpc"])
            .arg(&folder);
        Ok(Answer::from_child(git.start(&mut command, slot)?, request))
    }
}

/// How git's protocol says no in the middle of a conversation.
fn refusal(words: &str) -> Answer {
    let mut out = Vec::new();
    pktline::write(&mut out, format!("ERR {words}"));
    Answer::from_bytes(out)
}

#[cfg(test)]
mod tests {
    use super::Protocol;

    #[test]
    fn the_highest_version_asked_for_is_spoken() {
        for (header, protocol) in [
            (None, Protocol::V0),
            (Some("version=2"), Protocol::V2),
            (Some("version=1"), Protocol::V1),
            (Some("version=2:version=1"), Protocol::V2),
            (Some("version=3"), Protocol::V0),
            (Some("a;b"), Protocol::V0),
        ] {
            assert_eq!(Protocol::from_header(header), protocol, "{header:?}");
        }
    }
}
