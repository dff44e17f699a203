//! Copies that can be trusted: taken while the server runs, checked by git, put back without
//! believing what the copy says about itself.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use forge_domain::names::RefName;
use uuid::Uuid;

use crate::{
    durable,
    error::{Context, GitError, Result, damaged},
    read::{RawRef, raw_refs},
    receive::one_line,
    repositories::{CONFIG, Repositories, blocking, private_folders},
    repository::{Repository, from_gix},
    requests::{REQUESTS, request_refs},
};

/// Complaints of one verification that are kept.
const PROBLEMS_MAX: usize = 100;

/// How thoroughly a repository is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything that a branch or tag leads to is there.
    Connectivity,
    /// And every object has the content its name promises.
    Full,
}

/// What a copy holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Branches, tags and references of merge requests.
    pub references: usize,
    /// Files of objects.
    pub files: usize,
    /// Their size.
    pub size_bytes: u64,
}

impl Repository {
    /// Copies the repository to `target`, a folder that does not exist yet, while pushes go
    /// on: references first and objects after, so that every reference of the copy has its
    /// objects (security.md B2.4). Packs never change, so they are linked where the file
    /// system allows it.
    ///
    /// # Errors
    /// [`GitError::Io`] when `target` exists or cannot be written.
    pub async fn snapshot(&self, target: PathBuf) -> Result<Snapshot> {
        let source = self.folder();
        self.read(move |repo| {
            fs::create_dir(&target).context(|| format!("making {}", target.display()))?;
            let mut snapshot = Snapshot::default();
            write_references(repo, &target, &mut snapshot)?;
            copy_objects(&source.join("objects"), &target.join("objects"), &mut snapshot)?;
            durable::sync_file_system(&target)?;
            Ok(snapshot)
        })
        .await
    }

    /// Has git check the repository. Answers what is wrong, one line a finding; nothing when
    /// it is sound.
    ///
    /// # Errors
    /// [`GitError::Busy`] when no slot for a child is free in time.
    pub async fn verify(&self, depth: Depth) -> Result<Vec<String>> {
        if !self.folder().is_dir() {
            return Err(GitError::NoRepository);
        }
        let git = &self.shared.git;
        let mut command = git.command(&self.folder());
        command.args(["fsck", "--no-dangling", "--no-progress", "--no-reflogs"]);
        command.arg(match depth {
            Depth::Connectivity => "--connectivity-only",
            Depth::Full => "--full",
        });
        let finished = git.run(&mut command, b"").await?;
        if finished.success {
            return Ok(Vec::new());
        }
        let out = String::from_utf8_lossy(&finished.out).into_owned();
        let said = finished.words.lines().chain(out.lines());
        let mut problems: Vec<String> = said
            .filter(|line| !line.starts_with("notice:"))
            .map(one_line)
            .take(PROBLEMS_MAX)
            .collect();
        if problems.is_empty() {
            problems.push("git fsck ended without a word".to_owned());
        }
        Ok(problems)
    }
}

impl Repositories {
    /// Makes the repository `id` from a copy at `source`. Nothing of the copy is believed:
    /// only what branches, tags and merge requests lead to is taken, by a fetch that checks every
    /// object, and the default branch when it is a branch name (security.md A2 #35).
    ///
    /// # Errors
    /// [`GitError::Exists`] when the identifier is taken, [`GitError::Damaged`] when the copy
    /// is.
    pub async fn restore(&self, id: Uuid, source: &Path) -> Result<Repository> {
        let head = fs::read_to_string(source.join("HEAD"))
            .context(|| format!("reading {}", source.join("HEAD").display()))?;
        let default: RefName = head
            .trim()
            .strip_prefix("ref: ")
            .and_then(|name| name.parse().ok())
            .ok_or_else(|| damaged("the copy names no default branch"))?;
        let repository = self.create(id, &default).await?;
        let fetched = fetch_all(&repository, source).await;
        if fetched.is_err() {
            // It was made a moment ago and nobody knows of it: no tombstone.
            let folder = repository.folder();
            self.shared.forget(id);
            blocking(move || {
                fs::remove_dir_all(&folder).context(|| format!("removing {}", folder.display()))
            })
            .await?;
        }
        fetched?;
        self.get(id).await
    }
}

async fn fetch_all(repository: &Repository, source: &Path) -> Result<()> {
    let git = &repository.shared.git;
    let folder = repository.folder();
    let mut command = git.command(&folder);
    command
        .env("GIT_ALLOW_PROTOCOL", "file")
        .args(["-c", "fetch.fsckObjects=true", "-c", "fetch.unpackLimit=1"])
        .args(["fetch", "--quiet", "--no-write-fetch-head", "--no-auto-maintenance", "--no-tags"])
        .arg("--end-of-options")
        .arg(source)
        .args(["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"])
        .arg(format!("+{REQUESTS}*:{REQUESTS}*"));
    let finished = git.run(&mut command, b"").await?;
    if !finished.success {
        return Err(damaged(one_line(&finished.words)));
    }
    repository.shared.forget(repository.id);
    blocking(move || durable::sync_file_system(&folder)).await
}

/// HEAD, our own configuration and the references in one packed file.
fn write_references(repo: &gix::Repository, target: &Path, snapshot: &mut Snapshot) -> Result<()> {
    let head = repo.head_name()?.ok_or_else(|| damaged("HEAD names no branch"))?;
    let mut packed = b"# pack-refs with: peeled fully-peeled sorted \n".to_vec();
    let mut refs = raw_refs(repo)?;
    for (name, target) in request_refs(repo, None)? {
        refs.push(RawRef { name: name.to_string().into_bytes(), target, peeled: None });
    }
    refs.sort_by(|a, b| a.name.cmp(&b.name));
    for reference in refs {
        snapshot.references += 1;
        packed.extend_from_slice(format!("{} ", from_gix(reference.target)).as_bytes());
        packed.extend_from_slice(&reference.name);
        packed.push(b'\n');
        if let Some(peeled) = reference.peeled {
            packed.extend_from_slice(format!("^{peeled}\n").as_bytes());
        }
    }
    private_folders(&target.join("refs/heads"))?;
    private_folders(&target.join("refs/tags"))?;
    durable::write_new(&target.join("HEAD"), format!("ref: {}\n", head.as_bstr()).as_bytes())?;
    durable::write_new(&target.join("config"), CONFIG.as_bytes())?;
    durable::write_new(&target.join("packed-refs"), &packed)
}

/// Copies packs and loose objects, by their names alone: what pushes have in the making comes
/// and goes, derived files are made anew, and `alternates` has no place in a copy.
fn copy_objects(from: &Path, to: &Path, snapshot: &mut Snapshot) -> Result<()> {
    let is_hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    private_folders(&to.join("pack"))?;
    let packs = names(&from.join("pack"))?;
    for name in &packs {
        let Some((stem, ending)) = name.split_once('.') else { continue };
        let is_pack = stem.strip_prefix("pack-").is_some_and(|hash| is_hex(hash, 40));
        // A push that ends meanwhile may show its index and not its pack. The references of
        // the copy are older and need neither.
        let is_whole = packs.contains(&format!("{stem}.pack"));
        if is_pack && is_whole && ["pack", "idx", "rev"].contains(&ending) {
            copy(&from.join("pack"), &to.join("pack"), name, snapshot)?;
        }
    }
    for shelf in names(from)?.iter().filter(|name| is_hex(name, 2)) {
        private_folders(&to.join(shelf))?;
        let (from, to) = (from.join(shelf), to.join(shelf));
        for name in names(&from)?.iter().filter(|name| is_hex(name, 38)) {
            copy(&from, &to, name, snapshot)?;
        }
    }
    Ok(())
}

fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let deed = || format!("reading {}", folder.display());
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).context(deed)? {
        names.extend(entry.context(deed)?.file_name().into_string());
    }
    Ok(names)
}

/// Links where the file system allows it: these files never change.
fn copy(from: &Path, to: &Path, name: &str, snapshot: &mut Snapshot) -> Result<()> {
    let (source, target) = (from.join(name), to.join(name));
    let copied = fs::hard_link(&source, &target)
        .or_else(|_| fs::copy(&source, &target).map(|_| ()))
        .and_then(|()| fs::metadata(&target));
    snapshot.size_bytes += copied.context(|| format!("copying {}", source.display()))?.len();
    snapshot.files += 1;
    Ok(())
}
