//! A folder of repositories in a scratch place, and git beside it as the judge.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use forge_domain::names::{Oid, PathInRepo, RefName};
use forge_git::{Limits, NewCommit, Repositories, Repository, Signature};
use tempfile::TempDir;
use uuid::Uuid;

pub struct World {
    pub scratch: TempDir,
    pub repositories: Repositories,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let repositories = Repositories::open(scratch.path().join("repos"), limits).await.unwrap();
        Self { scratch, repositories }
    }

    pub async fn create(&self) -> Repository {
        self.repositories.create(Uuid::now_v7(), &branch("main")).await.unwrap()
    }

    /// A repository with what a working copy holds, put there by git itself.
    pub async fn mirror_of(&self, work: &Work) -> Repository {
        let repo = self.create().await;
        let url = repo.folder();
        work.git(&["push", "-q", url.to_str().unwrap(), "+refs/*:refs/*"]);
        repo
    }

    pub fn work(&self) -> Work {
        let folder = self.scratch.path().join(format!("work-{}", Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        let work = Work { folder };
        work.git(&["init", "-q", "-b", "main"]);
        work
    }
}

/// A working copy driven by git.
pub struct Work {
    pub folder: PathBuf,
}

impl Work {
    pub fn git(&self, arguments: &[&str]) -> String {
        git(&self.folder, arguments, b"")
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Commits everything at a time that grows with `hour`, and answers the commit.
    pub fn commit(&self, message: &str, hour: u32) -> Oid {
        self.git(&["add", "-A"]);
        let time = format!("2026-03-01T{hour:02}:00:00+0100");
        let mut command = base(&self.folder);
        command.env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time);
        command.args(["commit", "-q", "--allow-empty", "-m", message]);
        assert!(command.status().unwrap().success());
        self.head()
    }

    pub fn head(&self) -> Oid {
        oid(&self.git(&["rev-parse", "HEAD"]))
    }
}

pub fn git(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let (success, out, words) = try_git(folder, arguments, input);
    assert!(success, "git {arguments:?}: {words}");
    String::from_utf8_lossy(&out).trim().to_owned()
}

pub fn try_git(folder: &Path, arguments: &[&str], input: &[u8]) -> (bool, Vec<u8>, String) {
    use std::io::Write;
    let mut command = base(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = feed.join();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), output.stdout, words)
}

fn base(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ada Lovel\u{e8}ne")
        .env("GIT_AUTHOR_EMAIL", "ada@aubervac.example")
        .env("GIT_COMMITTER_NAME", "Bruno")
        .env("GIT_COMMITTER_EMAIL", "bruno@belrive.example");
    command
}

pub fn branch(name: &str) -> RefName {
    RefName::branch(name).unwrap()
}

pub fn tag(name: &str) -> RefName {
    RefName::tag(name).unwrap()
}

pub fn path(text: &str) -> PathInRepo {
    text.parse().unwrap()
}

pub fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}

pub fn signature(name: &str, time_s: i64) -> Signature {
    Signature {
        name: name.to_owned(),
        email: format!("{}@aubervac.example", name.to_lowercase()),
        time_s,
        offset_s: 3600,
    }
}

pub fn new_commit(message: &str, files: &[(&str, Option<&str>)]) -> NewCommit {
    NewCommit {
        files: files
            .iter()
            .map(|(name, bytes)| (path(name), bytes.map(|bytes| bytes.as_bytes().to_vec())))
            .collect(),
        author: signature("Ada", 1_772_355_600),
        committer: signature("Bruno", 1_772_359_200),
        message: message.to_owned(),
        onto: None,
    }
}
