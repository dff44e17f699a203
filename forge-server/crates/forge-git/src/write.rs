//! Commits and tags made by the server itself: the meta-repository of a space, the README of
//! a new module, the example world. Nothing is answered before it is on disk.

use std::collections::BTreeMap;

use forge_domain::names::{Oid, PathInRepo, RefName};
use gix::{
    objs::tree::EntryKind as Raw,
    refs::{
        Target,
        transaction::{PreviousValue, RefEdit},
    },
};

use crate::{
    durable,
    error::{GitError, Result, damaged},
    read::{Signature, ref_target},
    repository::{Repository, from_gix, to_gix, tree_of},
};

/// A commit to be made on top of a branch.
#[derive(Clone, Debug)]
pub struct NewCommit {
    /// Files to write, replacing what stands at their paths; nothing for a file to delete.
    pub files: Vec<(PathInRepo, Option<Vec<u8>>)>,
    /// Who wrote the change, and when.
    pub author: Signature,
    /// Who records it, and when.
    pub committer: Signature,
    /// The message.
    pub message: String,
    /// What the branch must point to: its tip when the change was prepared, `Some(None)` when
    /// it must not exist yet, nothing when the latest tip will do.
    pub onto: Option<Option<Oid>>,
}

/// A tag to be made.
#[derive(Clone, Debug)]
pub struct NewTag {
    /// Its name.
    pub name: RefName,
    /// The commit it marks.
    pub target: Oid,
    /// Who makes it, and when.
    pub tagger: Signature,
    /// The message.
    pub message: String,
}

/// What a folder in the making holds: a file to write or delete, or another folder.
#[derive(Debug)]
enum Change {
    File(Option<gix::ObjectId>),
    Folder(BTreeMap<Vec<u8>, Change>),
}

impl Repository {
    /// Makes a commit on top of `branch` (its first one when the branch does not exist yet)
    /// and answers its identifier once it is on disk.
    ///
    /// # Errors
    /// [`GitError::Moved`] when the branch is not where `onto` says, or moves meanwhile.
    pub async fn commit_files(&self, branch: &RefName, new: NewCommit) -> Result<Oid> {
        let branch = branch.clone();
        let folder = self.folder();
        self.write(move |repo| {
            let tip = ref_target(repo, branch.as_str().as_bytes())?.map(from_gix);
            if new.onto.is_some_and(|expected| expected != tip) {
                return Err(GitError::Moved(branch.to_string()));
            }
            let commit = write_commit(repo, tip, &new)?;
            // Two ordered flushes: never a reference to objects that a power cut may take.
            durable::sync_file_system(&folder)?;
            set_refs(repo, &[RefMove { name: branch.to_string(), old: tip, new: commit }])?;
            Ok(commit)
        })
        .await
    }

    /// Makes an annotated tag and answers the identifier of the tag object once it is on disk.
    ///
    /// # Errors
    /// [`GitError::Moved`] when the tag exists, [`GitError::NotFound`] when its target does not.
    pub async fn create_tag(&self, new: NewTag) -> Result<Oid> {
        let folder = self.folder();
        self.write(move |repo| {
            tree_of(repo, new.target)?;
            if ref_target(repo, new.name.as_str().as_bytes())?.is_some() {
                return Err(GitError::Moved(new.name.to_string()));
            }
            let tag = gix::objs::Tag {
                target: to_gix(new.target),
                target_kind: gix::objs::Kind::Commit,
                name: new.name.short().into(),
                tagger: Some(actor(&new.tagger)?),
                message: ended(&new.message).into(),
                signature: None,
            };
            let id = from_gix(repo.write_object(&tag)?);
            durable::sync_file_system(&folder)?;
            set_refs(repo, &[RefMove { name: new.name.to_string(), old: None, new: id }])?;
            Ok(id)
        })
        .await
    }

    /// Makes `branch` the default one. It need not exist yet.
    pub async fn set_default_branch(&self, branch: &RefName) -> Result<()> {
        let writer = self.shared.writer(self.id);
        let _turn = writer.lock().await;
        let (folder, branch) = (self.folder(), branch.clone());
        crate::repositories::blocking(move || {
            let draft = folder.join("HEAD.new");
            let _ = std::fs::remove_file(&draft);
            durable::write_new(&draft, format!("ref: {branch}\n").as_bytes())?;
            durable::rename(&draft, &folder.join("HEAD"))
        })
        .await?;
        self.shared.forget(self.id);
        Ok(())
    }
}

fn write_commit(repo: &gix::Repository, tip: Option<Oid>, new: &NewCommit) -> Result<Oid> {
    let mut root = BTreeMap::new();
    for (path, bytes) in &new.files {
        let id = match bytes {
            Some(bytes) => Some(repo.write_blob(bytes)?.detach()),
            None => None,
        };
        put(&mut root, &path.components().collect::<Vec<_>>(), id)
            .ok_or_else(|| GitError::Malformed(format!("{path} is both a file and a folder")))?;
    }
    let base = tip.map(|tip| tree_of(repo, tip)).transpose()?;
    let tree = write_tree(repo, base, root)?.unwrap_or_else(|| repo.empty_tree().id);
    if repo.try_find_object(tree)?.is_none() {
        repo.write_object(gix::objs::Tree::empty())?;
    }
    let commit = gix::objs::Commit {
        message: ended(&new.message).into(),
        tree,
        author: actor(&new.author)?,
        committer: actor(&new.committer)?,
        encoding: None,
        parents: tip.map(to_gix).into_iter().collect(),
        extra_headers: Vec::new(),
    };
    Ok(from_gix(repo.write_object(&commit)?))
}

/// Notes a file in the folders in the making; nothing when a file stands where a folder must.
fn put(
    folder: &mut BTreeMap<Vec<u8>, Change>,
    path: &[&[u8]],
    id: Option<gix::ObjectId>,
) -> Option<()> {
    let (name, below) = path.split_first()?;
    if below.is_empty() {
        let before = folder.insert(name.to_vec(), Change::File(id));
        return (!matches!(before, Some(Change::Folder(_)))).then_some(());
    }
    let next = folder.entry(name.to_vec()).or_insert_with(|| Change::Folder(BTreeMap::new()));
    match next {
        Change::Folder(next) => put(next, below, id),
        Change::File(_) => None,
    }
}

/// Writes a folder: what `base` holds with the changes; nothing when it ends up empty.
fn write_tree(
    repo: &gix::Repository,
    base: Option<gix::ObjectId>,
    changes: BTreeMap<Vec<u8>, Change>,
) -> Result<Option<gix::ObjectId>> {
    let mut entries = match base {
        Some(id) => {
            let object = repo.find_object(id)?;
            let tree = gix::objs::TreeRef::from_bytes(&object.data, repo.object_hash());
            tree.map_err(damaged)?.to_owned().entries
        }
        None => Vec::new(),
    };
    for (name, change) in changes {
        let at = entries.iter().position(|entry| entry.filename == name.as_slice());
        let before = at.map(|at| entries.remove(at));
        let (kind, id) = match change {
            Change::File(id) => {
                // A file that is written again keeps its executable bit.
                let kept = before.map(|entry| entry.mode.kind());
                let kind = kept.filter(|kind| *kind == Raw::BlobExecutable).unwrap_or(Raw::Blob);
                (kind, id)
            }
            Change::Folder(below) => {
                let base = before.filter(|entry| entry.mode.is_tree()).map(|entry| entry.oid);
                (Raw::Tree, write_tree(repo, base, below)?)
            }
        };
        if let Some(oid) = id {
            entries.push(gix::objs::tree::Entry { mode: kind.into(), filename: name.into(), oid });
        }
    }
    if entries.is_empty() {
        return Ok(None);
    }
    entries.sort();
    Ok(Some(repo.write_object(&gix::objs::Tree { entries })?.detach()))
}

/// A reference to be made or moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefMove {
    /// Its full name.
    pub(crate) name: String,
    /// What it names until now; nothing when it is to be made.
    pub(crate) old: Option<Oid>,
    /// What it shall name.
    pub(crate) new: Oid,
}

/// Moves references, all of them or, when somebody was faster at one, none.
pub(crate) fn set_refs(repo: &gix::Repository, moves: &[RefMove]) -> Result<()> {
    let mut edits = Vec::with_capacity(moves.len());
    for RefMove { name, old, new } in moves {
        let expected = match old {
            Some(old) => PreviousValue::MustExistAndMatch(Target::Object(to_gix(*old))),
            None => PreviousValue::MustNotExist,
        };
        let log = gix::refs::transaction::LogChange::default();
        let new = Target::Object(to_gix(*new));
        edits.push(RefEdit {
            change: gix::refs::transaction::Change::Update { log, expected, new },
            name: name.as_str().try_into().map_err(damaged)?,
            deref: false,
        });
    }
    // Our repositories keep no log of references: nobody is named in one.
    repo.edit_references_as(edits, None).map_err(|error| {
        tracing::info!(%error, "references were not moved");
        let names: Vec<&str> = moves.iter().map(|one| one.name.as_str()).collect();
        GitError::Moved(names.join(", "))
    })?;
    Ok(())
}

pub(crate) fn actor(signature: &Signature) -> Result<gix::actor::Signature> {
    // These bytes would end the header or the name in a commit.
    let clean = |text: &str| text.replace(['\n', '\r', '\0', '<', '>'], "");
    Ok(gix::actor::Signature {
        name: clean(&signature.name).into(),
        email: clean(&signature.email).into(),
        time: gix::date::Time { seconds: signature.time_s, offset: signature.offset_s },
    })
}

/// A message with the end of line that git writes.
pub(crate) fn ended(message: &str) -> String {
    let text = message.trim_end().replace('\0', "");
    format!("{text}\n")
}
