//! What a clone of a meta-repository holds of the ledger: its lines as they are, and every signed
//! head and key its history ever held.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use forge_domain::ledger::Recorded;

use super::wire;
use crate::{
    failure::{Exit, Failure},
    git::{self, Git},
    text::Texts,
};

/// The folder of the ledger in a meta-repository.
const FOLDER: &str = "ledger";
const CHECKPOINT: &str = "ledger/checkpoint";
const KEY: &str = "ledger/key";

/// A ledger as found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The entries that could be read, in the order of the files.
    pub entries: Vec<Recorded>,
    /// Every line as it is, without its end.
    pub lines: Vec<Vec<u8>>,
    /// Lines that are no entry: the file, the number of the line, and why.
    pub unreadable: Vec<(String, usize, String)>,
    /// Every signed head, oldest first; the present one last.
    pub notes: Vec<String>,
    /// Every key, oldest first; the present one last.
    pub keys: Vec<String>,
    /// Every signed head this clone ever held, also of a history that was put away since.
    pub seen: Vec<String>,
    /// The head this clone held before it last moved, and the day of its commit.
    pub before: Option<(String, String)>,
    /// The day of the commit that brought the present head.
    pub dated: Option<String>,
}

/// Reads the ledger of a clone: what stands in its folder, or in its last commit where it has no
/// work tree.
pub(crate) fn read(path: &Path, texts: &Texts) -> Result<Found, Failure> {
    let git = Git::new(path, texts);
    let place = place(&git, path).ok_or_else(|| no_ledger(path, texts))?;
    let mut found = Found::default();
    for name in place.entries(texts)? {
        let bytes = place.file(&name, texts)?.unwrap_or_default();
        found.take(&name, &bytes);
    }
    found.notes = texts_of(&git, CHECKPOINT, "HEAD");
    found.keys = texts_of(&git, KEY, "HEAD");
    // What was fetched once is remembered by git, whatever the branch says now.
    found.seen = texts_of(&git, CHECKPOINT, "--reflog");
    found.seen.retain(|note| !found.notes.contains(note));
    found.before = dated(&git, "HEAD@{1}");
    found.dated = dated(&git, "HEAD").map(|(_, day)| day);
    for (name, all) in [(CHECKPOINT, &mut found.notes), (KEY, &mut found.keys)] {
        let Some(bytes) = place.file(name, texts)? else { continue };
        let present = String::from_utf8_lossy(&bytes).into_owned();
        if all.last() != Some(&present) {
            all.push(present);
        }
    }
    if found.lines.is_empty() && found.notes.is_empty() {
        return Err(no_ledger(path, texts));
    }
    Ok(found)
}

impl Found {
    /// The key to believe: the first one this clone ever saw.
    pub fn first_key(&self) -> Option<&str> {
        self.keys.first().map(|key| key.trim())
    }

    /// Takes the lines of a file.
    pub fn take(&mut self, name: &str, bytes: &[u8]) {
        let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        if text.is_empty() {
            return;
        }
        for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
            self.lines.push(line.to_vec());
            match wire::line(line) {
                Ok(entry) => {
                    let line = Some(line.to_vec());
                    self.entries.push(Recorded { entry, line, link: None });
                }
                Err(why) => self.unreadable.push((name.to_owned(), at + 1, why)),
            }
        }
    }
}

/// Where the present state is read.
enum Place<'a> {
    Folder(PathBuf),
    Commit(&'a Git<'a>),
}

fn place<'a>(git: &'a Git<'a>, path: &Path) -> Option<Place<'a>> {
    let top = git.text(&["rev-parse", "--show-toplevel"]).ok().filter(|top| !top.is_empty());
    let top = top.map_or_else(|| path.to_owned(), PathBuf::from);
    if top.join(FOLDER).is_dir() {
        return Some(Place::Folder(top));
    }
    git.found(&["rev-parse", "--verify", "--quiet", &format!("HEAD:{FOLDER}")])?;
    Some(Place::Commit(git))
}

impl Place<'_> {
    /// The paths of the files of entries, oldest first.
    fn entries(&self, texts: &Texts) -> Result<Vec<String>, Failure> {
        let mut names = match self {
            Self::Folder(top) => {
                let folder = top.join(FOLDER);
                let unreadable = |error: io::Error| no_file(&folder, &error, texts);
                let mut names = Vec::new();
                for entry in fs::read_dir(&folder).map_err(unreadable)? {
                    let name = entry.map_err(unreadable)?.file_name();
                    names.push(format!("{FOLDER}/{}", name.to_string_lossy()));
                }
                names
            }
            Self::Commit(git) => {
                let tree = format!("{FOLDER}/");
                git::names(&git.bytes(&["ls-tree", "-z", "--name-only", "HEAD", &tree])?)
            }
        };
        names.retain(|name| name.starts_with("ledger/entries-") && name.ends_with(".jsonl"));
        names.sort_unstable();
        Ok(names)
    }

    fn file(&self, name: &str, texts: &Texts) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Commit(git) => Ok(git.found(&["cat-file", "blob", &format!("HEAD:{name}")])),
            Self::Folder(top) => match fs::read(top.join(name)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(no_file(&top.join(name), &error, texts)),
            },
        }
    }
}

/// The head a commit holds, and the day it was committed on; none where there is no such commit.
fn dated(git: &Git<'_>, commit: &str) -> Option<(String, String)> {
    let note = git.found(&["cat-file", "blob", &format!("{commit}:{CHECKPOINT}")])?;
    let day = git.text(&["show", "--no-patch", "--format=%cs", commit]).ok()?;
    Some((String::from_utf8_lossy(&note).into_owned(), day))
}

/// A file in every commit of a history that changed it, oldest first; nothing where there is no
/// history.
fn texts_of(git: &Git<'_>, name: &str, history: &str) -> Vec<String> {
    let log = ["log", "--topo-order", "--reverse", "--format=%H", history, "--", name];
    let Ok(commits) = git.text(&log) else { return Vec::new() };
    let asked: String = commits.lines().map(|commit| format!("{commit}:{name}\n")).collect();
    let mut command = git.command(&["cat-file", "--batch"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Vec::new() };
    // Written beside the reading: both pipes are shorter than a long history.
    let writing = child.stdin.take().map(|mut stdin| {
        std::thread::spawn(move || {
            // What git does not take it will not answer, which is seen below.
            let _ = stdin.write_all(asked.as_bytes());
        })
    });
    let output = child.wait_with_output();
    if let Some(writing) = writing {
        // The thread only writes: it has nothing to tell.
        let _ = writing.join();
    }
    output.map(|output| blobs(&output.stdout)).unwrap_or_default()
}

/// The objects in the answer of `cat-file --batch`: a line with their length, then their bytes.
fn blobs(mut answer: &[u8]) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(end) = answer.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        answer = &answer[end + 1..];
        let mut words = head.split(' ').skip(1);
        let (Some("blob"), Some(length)) = (words.next(), words.next()) else { continue };
        let Some(blob) = length.parse().ok().and_then(|length: usize| answer.get(..length)) else {
            break;
        };
        all.push(String::from_utf8_lossy(blob).into_owned());
        answer = answer.get(blob.len() + 1..).unwrap_or_default();
    }
    all
}

fn no_ledger(path: &Path, texts: &Texts) -> Failure {
    let args = [("path", path.display().to_string().into())];
    Failure::new(Exit::NotFound, "no_ledger", texts.with("cli-ledger-none", &args))
        .hint(texts.say("cli-ledger-none-hint"))
}

fn no_file(path: &Path, error: &io::Error, texts: &Texts) -> Failure {
    let args = [("path", path.display().to_string().into()), ("reason", error.to_string().into())];
    Failure::new(Exit::Failed, "unreadable_file", texts.with("cli-no-file", &args))
}
