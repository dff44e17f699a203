//! The commands of a push, parsed strictly: what is unclear is refused, not guessed.

use forge_domain::names::{Oid, RefName};
use tokio::io::AsyncRead;

use super::{
    facts::Effect,
    proposals::{self, Proposal},
    report::one_line,
};
use crate::{
    error::{GitError, Result},
    limits::Limits,
    pktline::{self, Packet},
    requests::{self, NewVersion},
};

/// Everything before the pack.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) commands: Vec<Command>,
    pub(crate) options: Vec<String>,
    pub(crate) atomic: bool,
    pub(crate) report: Option<ReportForm>,
    pub(crate) side_band: bool,
}

/// How the client wants to be told what became of its commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ReportForm {
    /// `report-status`: a line for each.
    V1,
    /// `report-status-v2`: with the name under which a proposal was taken.
    V2,
}

/// One reference to create, move or delete, or one proposal.
#[derive(Clone, Debug)]
pub struct Command {
    /// The bytes of the name, for the report.
    pub(crate) raw: Vec<u8>,
    /// The branch or tag; nothing for a proposal, and nothing when its name is none, and then it
    /// is refused already.
    pub name: Option<RefName>,
    /// What it proposes, when it was pushed to `refs/for/…`.
    pub proposal: Option<Proposal>,
    /// What the client believes it names; nothing when it is to be created.
    pub old: Option<Oid>,
    /// What it shall name; nothing when it is to be deleted.
    pub new: Option<Oid>,
    /// What it would do; known once the pack is there.
    pub effect: Option<Effect>,
    /// The versions of merge requests that are recorded with it.
    pub(crate) versions: Vec<NewVersion>,
    /// Whether its first version loses commits of the one before.
    pub(crate) forced: bool,
    /// Why it is refused.
    pub(crate) refusal: Option<Refusal>,
}

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A few words for the line `! [remote rejected]`.
    pub short: String,
    /// A sentence with what to do, for a `remote:` line.
    pub sentence: String,
}

impl Command {
    /// Refuses it: `short` stands behind the reference in git's own table, `sentence` on a
    /// `remote:` line. The first refusal stays.
    pub fn refuse(&mut self, short: &str, sentence: &str) {
        self.refusal.get_or_insert_with(|| Refusal {
            short: one_line(short),
            sentence: sentence.to_owned(),
        });
    }

    /// Records what it brings as a version of a merge request, in the same transaction: for a
    /// proposal, which is refused without it, and for a branch from which requests were made.
    pub fn record(&mut self, version: NewVersion) {
        self.versions.push(version);
    }

    /// Why it is refused, when it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }
}

/// With `--atomic`, one refusal refuses all.
pub(crate) fn settle_atomic(request: &mut Request) {
    if request.atomic && request.commands.iter().any(|command| command.refusal.is_some()) {
        for command in &mut request.commands {
            command
                .refuse("atomic push failed", "Another reference of this atomic push was refused.");
        }
    }
}

/// Reads up to and including the flush before the pack.
pub(crate) async fn read<R: AsyncRead + Unpin>(body: &mut R, limits: &Limits) -> Result<Request> {
    let mut request = Request {
        commands: Vec::new(),
        options: Vec::new(),
        atomic: false,
        report: None,
        side_band: false,
    };
    let (mut with_options, mut shallow) = (false, false);
    loop {
        let packet = pktline::read(body).await?;
        let line = match &packet {
            Packet::Flush => break,
            Packet::End if request.commands.is_empty() => return Ok(request),
            Packet::End => return Err(malformed("the commands end without a flush")),
            Packet::Delimiter | Packet::ResponseEnd => {
                return Err(malformed("a delimiter among the commands"));
            }
            Packet::Data(_) => packet.text().unwrap_or_default(),
        };
        if line.starts_with(b"shallow ") && request.commands.is_empty() {
            shallow = true;
            continue;
        }
        if line.starts_with(b"push-cert") {
            return Err(GitError::Malformed("signed pushes are not offered here".to_owned()));
        }
        let line = match line.iter().position(|byte| *byte == 0) {
            Some(end) if request.commands.is_empty() => {
                with_options = capabilities(&mut request, &line[end + 1..])?;
                &line[..end]
            }
            Some(_) => return Err(malformed("a NUL byte in a command")),
            None => line,
        };
        request.commands.push(command(line)?);
        if request.commands.len() > limits.commands_max {
            return Err(GitError::TooLarge(format!(
                "a push may change at most {} references at once; push them in parts",
                limits.commands_max
            )));
        }
    }
    if with_options && !request.commands.is_empty() {
        read_options(body, &mut request, limits).await?;
    }
    refuse_twins(&mut request.commands);
    if shallow {
        // A history without its beginning would make every later clone fail.
        for command in &mut request.commands {
            command.refuse(
                "shallow update not allowed",
                "Your clone is shallow: run \"git fetch --unshallow\" and push again.",
            );
        }
    }
    Ok(request)
}

/// Notes what the client can do; answers whether push options follow.
fn capabilities(request: &mut Request, list: &[u8]) -> Result<bool> {
    let mut with_options = false;
    for word in list.split(|byte| *byte == b' ') {
        match word {
            b"atomic" => request.atomic = true,
            b"report-status" => request.report = request.report.max(Some(ReportForm::V1)),
            b"report-status-v2" => request.report = Some(ReportForm::V2),
            b"side-band-64k" => request.side_band = true,
            b"push-options" => with_options = true,
            _ if word.starts_with(b"object-format=") && word != b"object-format=sha1" => {
                return Err(GitError::Malformed(
                    "this repository names its objects by SHA-1; yours does not".to_owned(),
                ));
            }
            // `quiet` silences progress, of which there is none; agents, session ids and offers
            // of newer clients do no harm.
            _ => {}
        }
    }
    Ok(with_options)
}

fn command(line: &[u8]) -> Result<Command> {
    let parts: Option<(&[u8], &[u8], &[u8])> = (|| {
        let (old, rest) = line.split_at_checked(40)?;
        let (new, raw) = rest.strip_prefix(b" ")?.split_at_checked(40)?;
        Some((old, new, raw.strip_prefix(b" ")?))
    })();
    let (old, new, raw) = parts.ok_or_else(|| {
        malformed("a command is two object ids and a reference, parted by single spaces")
    })?;
    let (old, new) = (oid(old)?, oid(new)?);
    let name = RefName::from_bytes(raw);
    let mut command = Command {
        raw: raw.to_vec(),
        name: name.as_ref().ok().cloned(),
        proposal: None,
        old,
        new,
        effect: None,
        versions: Vec::new(),
        forced: false,
        refusal: None,
    };
    if requests::is_reserved(raw) {
        command.refuse(
            "kept by the server",
            "The server writes the references of merge requests itself, and keeps every version \
             of them. To propose commits, push them to refs/for/ and the branch, as in \
             git push origin HEAD:refs/for/main",
        );
    } else if let Some(asked) = proposals::asked(raw) {
        if let Err(error) = proposals::check_name(asked) {
            command.refuse("invalid reference name", &error.to_string());
        }
    } else if let Err(error) = name {
        command.refuse("invalid reference name", &error.to_string());
    }
    if old.is_none() && new.is_none() {
        command.refuse("nothing to delete", "This reference does not exist here.");
    }
    Ok(command)
}

fn oid(hex: &[u8]) -> Result<Option<Oid>> {
    let id: Oid = std::str::from_utf8(hex)
        .ok()
        .and_then(|hex| hex.parse().ok())
        .ok_or_else(|| malformed("an object id is 40 hexadecimal digits"))?;
    Ok(Some(id).filter(|id| !id.is_null()))
}

async fn read_options<R: AsyncRead + Unpin>(
    body: &mut R,
    request: &mut Request,
    limits: &Limits,
) -> Result<()> {
    loop {
        let packet = pktline::read(body).await?;
        let line = match &packet {
            Packet::Flush => return Ok(()),
            Packet::Data(_) => packet.text().unwrap_or_default(),
            _ => return Err(malformed("the push options end without a flush")),
        };
        if line.len() > limits.push_option_bytes_max {
            return Err(GitError::TooLarge(format!(
                "a push option may have at most {} bytes",
                limits.push_option_bytes_max
            )));
        }
        if request.options.len() == limits.push_options_max {
            return Err(GitError::TooLarge(format!(
                "a push may carry at most {} options",
                limits.push_options_max
            )));
        }
        let text = std::str::from_utf8(line)
            .ok()
            .filter(|text| !text.contains(char::is_control))
            .ok_or_else(|| malformed("a push option is a line of UTF-8 text"))?;
        request.options.push(text.to_owned());
    }
}

/// The same reference twice in one push has no meaning.
fn refuse_twins(commands: &mut [Command]) {
    let mut seen = std::collections::HashSet::new();
    let twins: Vec<usize> =
        (0..commands.len()).filter(|at| !seen.insert(commands[*at].raw.clone())).collect();
    for at in twins {
        let twin = commands[at].raw.clone();
        for command in commands.iter_mut().filter(|command| command.raw == twin) {
            command.refuse("named twice", "This reference is named twice in one push.");
        }
    }
}

fn malformed(why: &str) -> GitError {
    GitError::Malformed(format!("this is not git's protocol: {why}"))
}
