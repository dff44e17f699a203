//! The pack of a push on its way into quarantine: checked while it streams, bounded in every
//! measure.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};

use super::{commands::Refusal, report::one_line};
use crate::{
    error::{GitError, Result},
    quarantine::Quarantine,
    repositories::blocking,
    repository::Repository,
};

/// Bytes of git's complaints about a pack that are passed on.
const WORDS_BYTES_MAX: u64 = 16 << 10;

/// What became of a pack.
pub(crate) enum Unpacked {
    /// It is whole and stands there.
    Into(Quarantine),
    /// It is refused; nothing of it is left.
    Refused(Refusal),
}

/// Streams the pack into `git index-pack`, which checks every object (`.git` in trees,
/// `.gitmodules`, malformed ones) and completes a thin pack; then holds the sizes against the
/// limit. This is the one narrow place where a push uses the system's git for objects.
pub(crate) async fn unpack<R: AsyncRead + Send + Unpin>(
    repository: &Repository,
    body: &mut BufReader<R>,
) -> Result<Unpacked> {
    let maker = repository.clone();
    let mut quarantine = blocking(move || Quarantine::new(&maker)).await?;
    let store = repository.folder().join("objects");
    let limits = repository.limits();
    let git = &repository.shared.git;
    let slot = git.slot().await?;
    let mut command = git.command(&repository.folder());
    quarantine.lend(&mut command, Some(&store));
    command
        .args(["index-pack", "--stdin", "--fix-thin", "--strict", "--threads=1"])
        .arg(format!("--max-input-size={}", limits.pack_bytes_max));
    let mut running = git.start(&mut command, slot)?;
    let (stdin, stderr) = (running.child.stdin.take(), running.child.stderr.take());
    let feed = async {
        let Some(mut stdin) = stdin else { return };
        // An end of either side shows in git's own words or in its exit status.
        let _ = feed_pack(body, &mut stdin, limits.pack_bytes_max).await;
        let _ = stdin.shutdown().await;
    };
    let mut words = Vec::new();
    let listen = async {
        let Some(stderr) = stderr else { return };
        let mut stderr = stderr.take(WORDS_BYTES_MAX);
        let _ = stderr.read_to_end(&mut words).await;
        let _ = tokio::io::copy(stderr.get_mut(), &mut tokio::io::sink()).await;
    };
    tokio::join!(feed, listen);
    let success = running.wait().await?;
    drop(running);
    if !success {
        return Ok(Unpacked::Refused(refused_pack(&String::from_utf8_lossy(&words), limits)));
    }
    let largest = sizes(repository, &quarantine).await?;
    if largest.is_some_and(|size| size > limits.object_bytes_max) {
        return Ok(Unpacked::Refused(too_large(limits.object_bytes_max)));
    }
    quarantine.holds_objects = largest.is_some();
    quarantine.borrow(&store)?;
    Ok(Unpacked::Into(quarantine))
}

/// Copies the body, stopping one byte past the limit: git then refuses it in its own words.
async fn feed_pack<R: AsyncRead + Unpin>(
    body: &mut BufReader<R>,
    stdin: &mut tokio::process::ChildStdin,
    bytes_max: u64,
) -> io::Result<()> {
    let mut left = bytes_max.saturating_add(1);
    while left > 0 {
        let chunk = body.fill_buf().await?;
        if chunk.is_empty() {
            break;
        }
        let take = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        stdin.write_all(&chunk[..take]).await?;
        body.consume(take);
        left -= take as u64;
    }
    Ok(())
}

/// The size of the largest object in quarantine; nothing when there is no object.
async fn sizes(repository: &Repository, quarantine: &Quarantine) -> Result<Option<u64>> {
    let git = &repository.shared.git;
    let mut command = git.command(&repository.folder());
    quarantine.lend(&mut command, None);
    command.args(["cat-file", "--batch-all-objects", "--unordered"]);
    command.arg("--batch-check=%(objectsize)");
    let finished = git.run(&mut command, b"").await?;
    if !finished.success {
        return Err(GitError::Damaged(one_line(&finished.words)));
    }
    let text = String::from_utf8_lossy(&finished.out);
    Ok(text.lines().filter_map(|line| line.parse().ok()).max())
}

fn too_large(bytes_max: u64) -> Refusal {
    let limit_mib = bytes_max >> 20;
    Refusal {
        short: "object too large".to_owned(),
        sentence: format!(
            "A file in this push is larger than {limit_mib} MiB, the limit of this server. \
             Remove it from the commits and push again."
        ),
    }
}

/// git's complaint as a refusal.
fn refused_pack(words: &str, limits: &crate::Limits) -> Refusal {
    if words.contains("exceeds maximum allowed size") {
        return Refusal {
            short: "pack too large".to_owned(),
            sentence: format!(
                "This push is larger than {} MiB, the limit of this server.",
                limits.pack_bytes_max >> 20
            ),
        };
    }
    if words.contains("ut of memory") || words.contains("cannot allocate") {
        return too_large(limits.object_bytes_max);
    }
    let said: Vec<String> = words
        .lines()
        .filter(|line| line.starts_with("error:") || line.starts_with("fatal:"))
        .map(one_line)
        .collect();
    match said.last() {
        Some(last) => Refusal {
            short: one_line(last.trim_start_matches("fatal: ").trim_start_matches("error: ")),
            sentence: format!("The objects of this push were refused.\n{}", said.join("\n")),
        },
        None => Refusal {
            short: "index-pack failed".to_owned(),
            sentence: "The objects of this push could not be read in the time and memory that \
                       a push may use."
                .to_owned(),
        },
    }
}
