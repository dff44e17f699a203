//! The body of a fetch, read and bounded before anything is started for it.

use std::collections::HashSet;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::Protocol;
use crate::{
    error::{GitError, Result},
    limits::Limits,
    pktline::{self, Packet},
};

/// What a client asks.
#[derive(Debug)]
pub(crate) enum Request {
    /// An empty body: git's probe before a large request.
    Nothing,
    /// `command=ls-refs` with its arguments.
    LsRefs(Vec<Vec<u8>>),
    /// A fetch: what is wanted, and the request as git is to read it.
    Fetch { wants: HashSet<gix::ObjectId>, bytes: Bytes },
    /// A command that is not offered here.
    Unknown(String),
}

/// Reads the whole body.
pub(crate) async fn read(
    body: impl AsyncRead + Send + Unpin,
    protocol: Protocol,
    limits: &Limits,
) -> Result<Request> {
    let mut bytes = Vec::new();
    let read = body.take(limits.request_bytes_max as u64 + 1).read_to_end(&mut bytes).await;
    read.map_err(|error| GitError::Malformed(format!("the request could not be read: {error}")))?;
    if bytes.len() > limits.request_bytes_max {
        return Err(GitError::TooLarge(format!(
            "this fetch request is larger than {} bytes",
            limits.request_bytes_max
        )));
    }
    match protocol {
        Protocol::V2 => read_v2(&bytes, limits).await,
        Protocol::V0 | Protocol::V1 => read_v0(bytes, limits).await,
    }
}

/// `want` lines up to the first flush; the rest is between git and the client.
async fn read_v0(bytes: Vec<u8>, limits: &Limits) -> Result<Request> {
    let mut rest = bytes.as_slice();
    let mut wants = HashSet::new();
    loop {
        let packet = pktline::read(&mut rest).await?;
        match packet.text() {
            Some(line) => add_want(line, &mut wants, limits)?,
            None if packet == Packet::Flush || packet == Packet::End => break,
            None => return Err(malformed("a delimiter in a request of version 0")),
        }
    }
    // A `want` after the flush would reach git unjudged: version 0 knows none.
    while let Some(line) = next_line(&mut rest).await? {
        if line.starts_with(b"want ") {
            return Err(malformed("a want line after the wants have ended"));
        }
    }
    if !wants.is_empty() {
        return Ok(Request::Fetch { wants, bytes: bytes.into() });
    }
    // An empty answer would look like success to whoever sent something else.
    if bytes.iter().any(|byte| *byte != b'0') {
        return Err(malformed("a request that wants nothing"));
    }
    Ok(Request::Nothing)
}

/// The next data line, whatever stands between; nothing at the end.
async fn next_line(rest: &mut &[u8]) -> Result<Option<Vec<u8>>> {
    loop {
        match pktline::read(rest).await? {
            Packet::Data(line) => return Ok(Some(line)),
            Packet::End => return Ok(None),
            _ => {}
        }
    }
}

/// One command: its name and capabilities, a delimiter, its arguments, a flush.
async fn read_v2(bytes: &[u8], limits: &Limits) -> Result<Request> {
    let mut rest = bytes;
    let mut command = None;
    let mut arguments = Vec::new();
    let mut in_arguments = false;
    loop {
        let packet = pktline::read(&mut rest).await?;
        match packet {
            Packet::Flush => break,
            Packet::End if command.is_none() => return Ok(Request::Nothing),
            Packet::End => return Err(malformed("the request ends without a flush")),
            Packet::Delimiter if !in_arguments => in_arguments = true,
            Packet::Delimiter | Packet::ResponseEnd => {
                return Err(malformed("a delimiter in the wrong place"));
            }
            Packet::Data(_) => {}
        }
        let Some(line) = packet.text() else { continue };
        if in_arguments {
            arguments.push(line.to_vec());
        } else if let Some(name) = line.strip_prefix(b"command=") {
            command = Some(String::from_utf8_lossy(name).into_owned());
        }
    }
    match command.as_deref() {
        None if bytes.iter().any(|byte| *byte != b'0') => Err(malformed("no command")),
        None => Ok(Request::Nothing),
        Some("ls-refs") => Ok(Request::LsRefs(arguments)),
        Some("fetch") => {
            let mut wants = HashSet::new();
            for line in &arguments {
                add_want(line, &mut wants, limits)?;
            }
            // git reads exactly what was judged: nothing after the flush reaches it.
            let judged = bytes.len() - rest.len();
            Ok(Request::Fetch { wants, bytes: Bytes::copy_from_slice(&bytes[..judged]) })
        }
        Some(other) => Ok(Request::Unknown(printable(other))),
    }
}

fn add_want(line: &[u8], wants: &mut HashSet<gix::ObjectId>, limits: &Limits) -> Result<()> {
    if line.starts_with(b"want-ref ") {
        return Err(malformed("want-ref is not offered here"));
    }
    let Some(wish) = line.strip_prefix(b"want ") else { return Ok(()) };
    let id = wish
        .get(..40)
        .and_then(|hex| gix::ObjectId::from_hex(hex).ok())
        .filter(|_| matches!(wish.get(40), None | Some(b' ')))
        .ok_or_else(|| malformed("a want line without an object id"))?;
    wants.insert(id);
    if wants.len() > limits.wants_max {
        return Err(GitError::TooLarge(format!(
            "this fetch wants more than {} objects",
            limits.wants_max
        )));
    }
    Ok(())
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn malformed(why: &str) -> GitError {
    GitError::Malformed(format!("this is not git's protocol: {why}"))
}
