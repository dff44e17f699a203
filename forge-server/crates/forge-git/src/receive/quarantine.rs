//! Where pushed objects stand until they are judged: a folder beside the store, with the
//! store as its alternate, that nothing else reads. It is laid out as a bare repository so
//! that the checks can ask it with the same calls as any other.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader},
    process::Command,
};
use uuid::Uuid;

use super::{commands::Refusal, report::one_line};
use crate::{
    durable,
    error::{Context, GitError, Result},
    repositories::{INCOMING, blocking},
    repository::Repository,
};

/// Bytes of git's complaints about a pack that are passed on.
const WORDS_BYTES_MAX: u64 = 16 << 10;

/// A quarantine. Dropping it removes everything in it.
#[derive(Debug)]
pub(crate) struct Quarantine {
    pub(crate) folder: PathBuf,
    /// Whether the pack holds any object: a new branch on a known commit sends none.
    holds_objects: bool,
}

/// What became of a pack.
pub(crate) enum Unpacked {
    /// It is whole and stands there.
    Into(Quarantine),
    /// It is refused; nothing of it is left.
    Refused(Refusal),
}

impl Quarantine {
    fn new(repository: &Repository) -> Result<Self> {
        let store = repository.folder().join("objects");
        let folder = store.join(format!("{INCOMING}{}", Uuid::now_v7()));
        let made = Self { folder, holds_objects: false };
        let deed = || format!("making {}", made.folder.display());
        // Not with its parents: a repository that was just removed must not come back.
        fs::create_dir(&made.folder).context(deed)?;
        for name in ["objects/pack", "objects/info", "refs"] {
            fs::create_dir_all(made.folder.join(name)).context(deed)?;
        }
        let config = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
        fs::write(made.folder.join("config"), config).context(deed)?;
        fs::write(made.folder.join("HEAD"), "ref: refs/heads/none\n").context(deed)?;
        Ok(made)
    }

    /// Lends the quarantine's objects to a command on the repository.
    pub(crate) fn lend(&self, command: &mut Command, store: Option<&Path>) {
        command.env("GIT_OBJECT_DIRECTORY", self.folder.join("objects"));
        if let Some(store) = store {
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted(store));
        }
    }

    /// Makes the repository's own objects visible from the quarantine, for gix.
    fn borrow(&self, store: &Path) -> Result<()> {
        use std::os::unix::ffi::OsStrExt;
        let path = [quoted(store).as_bytes(), b"\n"].concat();
        fs::write(self.folder.join("objects/info/alternates"), path)
            .context(|| "writing in the quarantine".to_owned())
    }

    /// Moves pack and index into the repository: content first, names after, the index last,
    /// because a pack without an index is not seen and an index without its pack is damage.
    pub(crate) async fn migrate(self, repository: PathBuf) -> Result<()> {
        if !self.holds_objects {
            return Ok(());
        }
        blocking(move || {
            let from = self.folder.join("objects/pack");
            let to = repository.join("objects/pack");
            let deed = || format!("reading {}", from.display());
            let mut files = Vec::new();
            for entry in fs::read_dir(&from).context(deed)? {
                let path = entry.context(deed)?.path();
                let rank = match path.extension().and_then(|ending| ending.to_str()) {
                    Some("pack") => 0,
                    Some("rev") => 1,
                    Some("idx") => 2,
                    _ => continue,
                };
                files.push((rank, path));
            }
            files.sort();
            for (_, path) in &files {
                durable::sync_path(path)?;
            }
            for (_, path) in &files {
                let name = path.file_name().unwrap_or_default();
                let target = to.join(name);
                // The name of a pack is the hash of its content: one that is there is this one.
                if !target.exists() {
                    fs::rename(path, &target)
                        .context(|| format!("moving to {}", target.display()))?;
                }
            }
            durable::sync_path(&to)
        })
        .await
    }
}

impl Drop for Quarantine {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder)
            && error.kind() != io::ErrorKind::NotFound
        {
            // The sweep at the next start finds it.
            tracing::warn!(%error, "a quarantine could not be removed");
        }
    }
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
    match largest {
        Some(size) if size > limits.object_bytes_max => {
            return Ok(Unpacked::Refused(too_large(limits.object_bytes_max)));
        }
        Some(_) => quarantine.holds_objects = true,
        None => {}
    }
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

/// A path as git reads it in a list parted by colons, whatever it contains.
fn quoted(path: &Path) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let mut bytes = vec![b'"'];
    for byte in path.as_os_str().as_bytes() {
        if matches!(byte, b'"' | b'\\') {
            bytes.push(b'\\');
        }
        bytes.push(*byte);
    }
    bytes.push(b'"');
    OsString::from_vec(bytes)
}
