//! What a repository says of itself when git knocks: `info/refs` and `ls-refs`, written
//! natively from the references.

use bytes::Bytes;

use super::Protocol;
use crate::{
    error::Result,
    pktline,
    read::{RawRef, raw_refs, ref_target},
    repository::Repository,
    requests::{self, RequestRef, request_refs},
};

/// How this server names itself to git.
const AGENT: &str = concat!("agent=beffroi/", env!("CARGO_PKG_VERSION"));

/// Merge requests that are looked up one by one; for more, one pass over all of them is cheaper.
const ONE_BY_ONE_MAX: usize = 64;

/// Which of git's two conversations is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Clone and fetch.
    UploadPack,
    /// Push.
    ReceivePack,
}

impl Service {
    /// Reads the name as an address carries it; nothing for a service git does not have.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::UploadPack, Self::ReceivePack].into_iter().find(|service| service.name() == name)
    }

    /// Its name in addresses and media types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UploadPack => "git-upload-pack",
            Self::ReceivePack => "git-receive-pack",
        }
    }
}

/// What HEAD says.
pub(crate) struct Head {
    /// The branch it names.
    pub(crate) branch: Vec<u8>,
    /// That branch's commit; nothing while it has none.
    pub(crate) target: Option<gix::ObjectId>,
}

impl Repository {
    /// The body of `GET …/info/refs?service=…`, whole. Pushes speak version 0 whatever is
    /// asked, as git itself does.
    ///
    /// To a push only branches and tags are listed: it can move nothing else. A fetch of
    /// version 0 must be given every name it may ask for, so it gets the heads of merge
    /// requests as well; their versions it can have by their object ids.
    pub async fn advertise(&self, service: Service, protocol: Protocol) -> Result<Bytes> {
        self.read(move |repo| match (service, protocol) {
            (Service::UploadPack, Protocol::V2) => Ok(capabilities_v2()),
            (Service::UploadPack, _) => {
                let (head, mut refs) = (head(repo)?, raw_refs(repo)?);
                let requests = request_refs(repo, None)?.into_iter();
                let heads = requests.filter(|(name, _)| matches!(name, RequestRef::Head(_)));
                refs.extend(heads.flat_map(|(name, target)| requests::listed(name, target)));
                refs.sort_by(|a, b| a.name.cmp(&b.name));
                Ok(listing(service, protocol, Some(&head), &refs))
            }
            (Service::ReceivePack, _) => Ok(listing(service, Protocol::V0, None, &raw_refs(repo)?)),
        })
        .await
    }
}

/// What a repository that holds nothing yet would say: for a push that is to create it.
pub fn advertise_nothing(service: Service) -> Bytes {
    listing(service, Protocol::V0, None, &[])
}

pub(crate) fn head(repo: &gix::Repository) -> Result<Head> {
    let branch = repo.head_name()?.map(|name| name.as_bstr().to_vec()).unwrap_or_default();
    let target = if branch.is_empty() { None } else { ref_target(repo, &branch)? };
    Ok(Head { branch, target })
}

fn capabilities_v2() -> Bytes {
    let mut out = Vec::new();
    for line in [
        "version 2",
        AGENT,
        "ls-refs=unborn",
        "fetch=shallow wait-for-done filter",
        "server-option",
        "object-format=sha1",
    ] {
        pktline::write(&mut out, format!("{line}\n"));
    }
    out.extend_from_slice(pktline::FLUSH);
    out.into()
}

/// The listing of protocols 0 and 1, with the line by which HTTP announces the service.
fn listing(service: Service, protocol: Protocol, head: Option<&Head>, refs: &[RawRef]) -> Bytes {
    let mut out = Vec::new();
    pktline::write(&mut out, format!("# service={}\n", service.name()));
    out.extend_from_slice(pktline::FLUSH);
    if protocol == Protocol::V1 {
        pktline::write(&mut out, "version 1\n");
    }
    let mut capabilities = match service {
        Service::ReceivePack => format!(
            "report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta \
             push-options object-format=sha1 {AGENT}"
        ),
        Service::UploadPack => format!(
            "multi_ack thin-pack side-band side-band-64k ofs-delta shallow deepen-since \
             deepen-not deepen-relative no-progress include-tag multi_ack_detailed no-done \
             allow-tip-sha1-in-want allow-reachable-sha1-in-want filter object-format=sha1 {AGENT}"
        ),
    }
    .into_bytes();
    let mut lines: Vec<Vec<u8>> = Vec::new();
    if let Some(head) = head
        && let Some(target) = head.target
    {
        capabilities.extend_from_slice(b" symref=HEAD:");
        capabilities.extend_from_slice(&head.branch);
        lines.push(format!("{target} HEAD").into_bytes());
    }
    for reference in refs {
        let name = &reference.name;
        lines.push([reference.target.to_string().as_bytes(), b" ", name].concat());
        if let (Some(peeled), Service::UploadPack) = (reference.peeled, service) {
            lines.push([peeled.to_string().as_bytes(), b" ", name, b"^{}"].concat());
        }
    }
    if lines.is_empty() {
        let null = gix::ObjectId::null(gix::hash::Kind::Sha1);
        lines.push(format!("{null} capabilities^{{}}").into_bytes());
    }
    for (at, line) in lines.iter().enumerate() {
        match at {
            0 => pktline::write(&mut out, [line, &b"\0"[..], &capabilities, b"\n"].concat()),
            _ => pktline::write(&mut out, [line, &b"\n"[..]].concat()),
        }
    }
    out.extend_from_slice(pktline::FLUSH);
    out.into()
}

/// The answer to `command=ls-refs`.
pub(crate) fn ls_refs(repo: &gix::Repository, arguments: &[Vec<u8>]) -> Result<Bytes> {
    let has = |word: &[u8]| arguments.iter().any(|argument| argument == word);
    let (peel, symrefs, unborn) = (has(b"peel"), has(b"symrefs"), has(b"unborn"));
    let prefixes: Vec<&[u8]> =
        arguments.iter().filter_map(|argument| argument.strip_prefix(b"ref-prefix ")).collect();
    let wanted =
        |name: &[u8]| prefixes.is_empty() || prefixes.iter().any(|prefix| name.starts_with(prefix));
    let mut out = Vec::new();
    let head = head(repo)?;
    if wanted(b"HEAD") && !head.branch.is_empty() {
        let mut line = match head.target {
            Some(target) => format!("{target} HEAD").into_bytes(),
            None => b"unborn HEAD".to_vec(),
        };
        if symrefs {
            line.extend_from_slice(b" symref-target:");
            line.extend_from_slice(&head.branch);
        }
        if head.target.is_some() || (unborn && symrefs) {
            line.push(b'\n');
            pktline::write(&mut out, line);
        }
    }
    for reference in visible(repo, &prefixes)? {
        if !wanted(&reference.name) {
            continue;
        }
        let mut line = format!("{} ", reference.target).into_bytes();
        line.extend_from_slice(&reference.name);
        if let (Some(peeled), true) = (reference.peeled, peel) {
            line.extend_from_slice(format!(" peeled:{peeled}").as_bytes());
        }
        line.push(b'\n');
        pktline::write(&mut out, line);
    }
    out.extend_from_slice(pktline::FLUSH);
    Ok(out.into())
}

/// The references among which the prefixes choose, sorted by name: of merge requests only where
/// they are asked for, so that a clone never reads them.
fn visible(repo: &gix::Repository, prefixes: &[&[u8]]) -> Result<Vec<RawRef>> {
    let mut refs = raw_refs(repo)?;
    let mut asked: Vec<Option<u64>> =
        prefixes.iter().filter_map(|prefix| requests::asked_by(prefix)).collect();
    asked.sort_unstable();
    asked.dedup();
    if prefixes.is_empty() || asked.contains(&None) || asked.len() > ONE_BY_ONE_MAX {
        asked = vec![None];
    }
    for which in asked {
        let found = request_refs(repo, which)?.into_iter();
        refs.extend(found.flat_map(|(name, target)| requests::listed(name, target)));
    }
    refs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(refs)
}
