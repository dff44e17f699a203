//! The one place that starts a process: the system's git, with an environment that is a closed
//! list, limits on what it may use, in a process group of its own that dies with its request.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use rustix::process::{
    Pid, Resource, Rlimit, Signal, kill_process_group, prlimit, setpriority_process,
};
use tokio::{
    process::{Child, Command},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
};

use crate::{
    error::{Context, GitError, Result},
    limits::Limits,
};

/// Pages go first: git's children run at this niceness.
const NICENESS: i32 = 10;

/// The oldest git that serves (Debian 12).
const OLDEST: (u32, u32, u32) = (2, 39, 0);
/// Below this one known defects are open.
const RECOMMENDED: (u32, u32, u32) = (2, 47, 3);

/// The system's git and the slots in which it may run.
#[derive(Debug)]
pub(crate) struct Git {
    program: PathBuf,
    search_path: OsString,
    version: GitVersion,
    slots: Arc<Semaphore>,
    limits: Limits,
}

/// A version of git, as `git --version` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GitVersion(pub u32, pub u32, pub u32);

impl GitVersion {
    /// Whether a newer one is advised.
    pub fn is_dated(self) -> bool {
        self < Self(RECOMMENDED.0, RECOMMENDED.1, RECOMMENDED.2)
    }
}

impl std::fmt::Display for GitVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl Git {
    /// Looks for git on the search path and asks for its version.
    pub(crate) async fn find(limits: &Limits) -> Result<Self> {
        let search_path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into());
        Self::find_in(search_path, limits).await
    }

    async fn find_in(search_path: OsString, limits: &Limits) -> Result<Self> {
        let program = std::env::split_paths(&search_path)
            .map(|folder| folder.join("git"))
            .find(|path| path.is_file())
            .ok_or_else(|| {
                GitError::GitProgram(
                    "git was not found on the search path; install git 2.39 or newer".to_owned(),
                )
            })?;
        let output = Command::new(&program)
            .arg("--version")
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .await
            .context(|| format!("running {}", program.display()))?;
        let version = parse_version(&String::from_utf8_lossy(&output.stdout))?;
        if version < GitVersion(OLDEST.0, OLDEST.1, OLDEST.2) {
            return Err(GitError::GitProgram(format!(
                "git {version} is too old; install git 2.39 or newer"
            )));
        }
        if version.is_dated() {
            tracing::warn!(%version, "git is older than 2.47.3, which has known defects fixed");
        }
        Ok(Self {
            program,
            search_path,
            version,
            slots: Arc::new(Semaphore::new(limits.children_max)),
            limits: limits.clone(),
        })
    }

    pub(crate) fn version(&self) -> GitVersion {
        self.version
    }

    /// Waits for a slot in which a child may run.
    pub(crate) async fn slot(&self) -> Result<OwnedSemaphorePermit> {
        let wait = Arc::clone(&self.slots).acquire_owned();
        match tokio::time::timeout(self.limits.wait_max, wait).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(GitError::Busy),
        }
    }

    /// A command on the bare repository at `folder`. Nothing of the server's own environment
    /// and no configuration but the repository's reaches it.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env_clear()
            .env("PATH", &self.search_path)
            .env("HOME", "/nonexistent")
            .env("LC_ALL", "C")
            .env("GIT_DIR", folder)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_TERMINAL_PROMPT", "0")
            .args(["-c", "safe.directory=*"])
            .args(["-c", "core.hooksPath=/dev/null"])
            .args(["-c", "core.fsync=all"])
            .args(["-c", "gc.auto=0"])
            .args(["-c", "maintenance.auto=false"])
            // Big blobs are streamed instead of held; packs are mapped in small windows.
            .args(["-c", "core.bigFileThreshold=8m"])
            .args(["-c", "core.packedGitWindowSize=16m"])
            .args(["-c", "pack.threads=1"])
            .args(["-c", "pack.windowMemory=64m"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
    }

    /// Starts `command` under the limits. It reads nothing before its input is written, so the
    /// limits hold for its own children too.
    pub(crate) fn start(
        &self,
        command: &mut Command,
        permit: OwnedSemaphorePermit,
    ) -> Result<Running> {
        let child = command.spawn().context(|| format!("starting {}", self.program.display()))?;
        let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        if pid.is_some() {
            self.restrain(pid);
        }
        let watchdog = pid.map(|pid| watchdog(pid, self.limits.child_time_max));
        Ok(Running { child, pid, watchdog, _permit: permit })
    }

    /// Runs a short command to its end with `input`; answers its output, or its words.
    pub(crate) async fn run(&self, command: &mut Command, input: &[u8]) -> Result<Finished> {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut running = self.start(command, self.slot().await?)?;
        let (stdin, stdout, stderr) =
            (running.child.stdin.take(), running.child.stdout.take(), running.child.stderr.take());
        let feed = async {
            if let Some(mut stdin) = stdin {
                // A child that refuses early closes its input: its exit status tells.
                let _ = stdin.write_all(input).await;
            }
        };
        let mut out = Vec::new();
        let mut err = Vec::new();
        let read_out = async {
            if let Some(stdout) = stdout {
                let _ = stdout.take(OUTPUT_BYTES_MAX).read_to_end(&mut out).await;
            }
        };
        let read_err = async {
            if let Some(stderr) = stderr {
                let _ = stderr.take(WORDS_BYTES_MAX).read_to_end(&mut err).await;
            }
        };
        let ((), (), ()) = tokio::join!(feed, read_out, read_err);
        let success = running.wait().await?;
        Ok(Finished { success, out, words: String::from_utf8_lossy(&err).into_owned() })
    }

    fn restrain(&self, pid: Option<Pid>) {
        let at_most = |maximum: u64| Rlimit { current: Some(maximum), maximum: Some(maximum) };
        let limits = [
            (Resource::Cpu, self.limits.child_cpu_s_max),
            (Resource::Data, self.limits.child_memory_bytes_max),
            (Resource::Core, 0),
        ];
        for (resource, maximum) in limits {
            if let Err(error) = prlimit(pid, resource, at_most(maximum)) {
                tracing::warn!(%error, "a child of git runs without one of its limits");
            }
        }
        let _ = setpriority_process(pid, NICENESS);
    }
}

/// Bytes of a short command's answer that are kept.
const OUTPUT_BYTES_MAX: u64 = 64 << 20;
/// Bytes of a child's complaints that are kept.
const WORDS_BYTES_MAX: u64 = 64 << 10;

/// What a short command left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Whether it exited with 0.
    pub(crate) success: bool,
    /// Its standard output.
    pub(crate) out: Vec<u8>,
    /// Its standard error.
    pub(crate) words: String,
}

/// A child at work. Dropping it kills its whole process group: that is how a client that goes
/// away takes its `pack-objects` with it.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) child: Child,
    pid: Option<Pid>,
    watchdog: Option<JoinHandle<()>>,
    _permit: OwnedSemaphorePermit,
}

impl Running {
    /// Waits for the end; true when the child exited with 0.
    pub(crate) async fn wait(&mut self) -> Result<bool> {
        let status = self.child.wait().await.context(|| "waiting for git".to_owned())?;
        self.disarm();
        Ok(status.success())
    }

    fn disarm(&mut self) {
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.abort();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.disarm();
        // `id` is None once the child was waited for: its number may be another's by then.
        if self.child.id().is_some()
            && let Some(pid) = self.pid
        {
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

/// Ends a child that outstays its time. The child stays unreaped until its [`Running`] ends,
/// so the number cannot have been given to another process.
fn watchdog(pid: Pid, limit: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        tracing::warn!(limit_s = limit.as_secs(), "a child of git was stopped: time limit");
        let _ = kill_process_group(pid, Signal::KILL);
    })
}

fn parse_version(text: &str) -> Result<GitVersion> {
    let mut numbers = text
        .trim()
        .strip_prefix("git version ")
        .unwrap_or_default()
        .split(['.', ' ', '-'])
        .map_while(|part| part.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) => {
            Ok(GitVersion(major, minor, numbers.next().unwrap_or_default()))
        }
        _ => Err(GitError::GitProgram(format!(
            "git did not tell its version but {:?}; install git 2.39 or newer",
            text.trim()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_distributions_write_them() {
        let read = |text| parse_version(text).ok();
        assert_eq!(read("git version 2.47.3\n"), Some(GitVersion(2, 47, 3)));
        assert_eq!(read("git version 2.39.5 (Apple Git-154)"), Some(GitVersion(2, 39, 5)));
        assert_eq!(read("git version 2.55-dev"), Some(GitVersion(2, 55, 0)));
        assert_eq!(read("svn 1.14"), None);
    }

    #[tokio::test]
    async fn a_machine_without_git_is_told_what_to_install() {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits::default();
        let find = |folder: &Path| Git::find_in(folder.into(), &limits);
        let words = find(folder.path()).await.unwrap_err().to_string();
        assert!(words.contains("install git 2.39 or newer"), "{words}");
        let script = folder.path().join("git");
        std::fs::write(&script, "#!/bin/sh\necho git version 2.30.2\n").unwrap();
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&script, executable).unwrap();
        let words = find(folder.path()).await.unwrap_err().to_string();
        assert!(words.contains("git 2.30.2 is too old"), "{words}");
    }

    #[test]
    fn an_older_git_is_called_dated() {
        assert!(GitVersion(2, 39, 5).is_dated());
        assert!(!GitVersion(2, 47, 3).is_dated());
    }
}
