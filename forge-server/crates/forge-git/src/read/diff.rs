//! What a commit changed: every file with its state, so that no page has to guess.

use std::ops::ControlFlow;

use forge_domain::names::Oid;
use gix::diff::tree_with_rewrites::ChangeRef;

use super::{
    blob::looks_binary,
    lines::{Hunk, compare_lines},
    tree::{EntryKind, kind_of},
};
use crate::{
    error::{Result, damaged},
    limits::Limits,
    repository::{Repository, from_gix, to_gix, tree_of},
};

/// Pairs of a deleted and an added file that are compared in search of renames; beyond it only
/// identical files are paired (security.md A8 #135).
const RENAME_PAIRS_MAX: usize = 400;
/// Changed files after which collecting stops.
const FILES_COUNTED_MAX: usize = 20_000;

/// The difference between two trees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The files shown, by path.
    pub files: Vec<FileDiff>,
    /// Sums over the files shown; `files` counts all of them.
    pub stats: DiffStats,
    /// Whether files or lines were left out.
    pub cut: bool,
}

/// How much changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiffStats {
    /// Files changed, shown or not.
    pub files: usize,
    /// Lines added in the files compared.
    pub added: usize,
    /// Lines removed in the files compared.
    pub removed: usize,
}

/// One file of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    /// Its path, bytes as git keeps them; the new one when it moved.
    pub path: Vec<u8>,
    /// What happened to it.
    pub change: FileChange,
    /// What it was, nothing when it is new.
    pub old: Option<(EntryKind, Oid)>,
    /// What it is, nothing when it is gone.
    pub new: Option<(EntryKind, Oid)>,
    /// What happened inside.
    pub content: FileContent,
}

impl FileDiff {
    /// Whether its kind changed: file, executable, link, submodule.
    pub fn mode_changed(&self) -> bool {
        matches!((&self.old, &self.new), (Some((old, _)), Some((new, _))) if old != new)
    }
}

/// What happened to a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// Its content or its kind changed.
    Modified,
    /// It moved, perhaps with changes.
    Renamed {
        /// Where it was.
        from: Vec<u8>,
    },
    /// It was copied, perhaps with changes.
    Copied {
        /// Where it was copied from.
        from: Vec<u8>,
    },
}

/// What happened inside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// Nothing: it only moved, or only its kind changed.
    Same,
    /// The file is empty on both sides that exist.
    Empty,
    /// Lines changed.
    Text {
        /// The changed lines and their surroundings.
        hunks: Vec<Hunk>,
        /// Lines added.
        added: usize,
        /// Lines removed.
        removed: usize,
        /// Whether lines were left out for the limit of the page.
        cut: bool,
    },
    /// It holds bytes that are no text.
    Binary {
        /// Size before, in bytes.
        old_size: Option<u64>,
        /// Size after, in bytes.
        new_size: Option<u64>,
    },
    /// It is too large to compare here.
    TooLarge {
        /// Size before, in bytes.
        old_size: Option<u64>,
        /// Size after, in bytes.
        new_size: Option<u64>,
    },
    /// It is another repository: its commit changed.
    Submodule,
}

impl Repository {
    /// What `commit` changed against its first parent (everything, for a first commit).
    ///
    /// # Errors
    /// [`crate::GitError::NotFound`] when it is no commit.
    pub async fn diff(&self, commit: Oid) -> Result<Diff> {
        let limits = self.limits().clone();
        self.read(move |repo| {
            let parents = super::commit::read_commit(repo, to_gix(commit))?.parents;
            let old = parents.first().map(|parent| tree_of(repo, *parent)).transpose()?;
            diff_trees(repo, old, tree_of(repo, commit)?, &limits)
        })
        .await
    }
}

/// Compares two trees; nothing for `old` means the empty tree.
pub(crate) fn diff_trees(
    repo: &gix::Repository,
    old: Option<gix::ObjectId>,
    new: gix::ObjectId,
    limits: &Limits,
) -> Result<Diff> {
    let mut files = Vec::new();
    let complete = changed_files(repo, old, new, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut diff =
        Diff { cut: !complete || files.len() > limits.diff_files_max, ..Diff::default() };
    diff.stats.files = files.len();
    files.truncate(limits.diff_files_max);
    let mut lines_left = limits.diff_lines_max;
    for file in &mut files {
        file.content = compare(repo, file, limits, lines_left)?;
        if let FileContent::Text { hunks, added, removed, cut } = &file.content {
            diff.stats.added += added;
            diff.stats.removed += removed;
            diff.cut |= cut;
            lines_left -= hunks.iter().map(|hunk| hunk.lines.len()).sum::<usize>().min(lines_left);
        }
    }
    diff.files = files;
    Ok(diff)
}

/// Collects what changed, renames paired; false when it stopped at its limit.
fn changed_files(
    repo: &gix::Repository,
    old: Option<gix::ObjectId>,
    new: gix::ObjectId,
    files: &mut Vec<FileDiff>,
) -> Result<bool> {
    let old_tree = old.map(|id| repo.find_tree(id)).transpose()?;
    let new_tree = repo.find_tree(new)?;
    let old_data = old_tree.as_ref().map(|tree| tree.data.as_slice()).unwrap_or_default();
    let mut cache = attributeless_cache(repo)?;
    let rewrites = gix::diff::Rewrites { limit: RENAME_PAIRS_MAX, ..Default::default() };
    let options = gix::diff::tree_with_rewrites::Options {
        location: Some(gix::diff::tree::recorder::Location::Path),
        rewrites: Some(rewrites),
    };
    let mut complete = true;
    let outcome = gix::diff::tree_with_rewrites(
        gix::objs::TreeRefIter::from_bytes(old_data, repo.object_hash()),
        gix::objs::TreeRefIter::from_bytes(&new_tree.data, repo.object_hash()),
        &mut cache,
        &mut Default::default(),
        &repo.objects,
        |change| -> gix::Result<_> {
            if files.len() == FILES_COUNTED_MAX {
                complete = false;
                return Ok(ControlFlow::Break(()));
            }
            files.extend(file_of(&change));
            Ok(ControlFlow::Continue(()))
        },
        options,
    );
    match outcome {
        Err(_) if !complete => Ok(false),
        Err(error) => Err(damaged(error)),
        Ok(_) => Ok(complete),
    }
}

/// gix's own cache would read the index and the attributes of HEAD for every call, three times
/// the work of the page (git-engine.md P3); attributes of hostile content stay unread as well.
fn attributeless_cache(repo: &gix::Repository) -> Result<gix::diff::blob::Platform> {
    let stack = gix::worktree::Stack::new(
        repo.git_dir(),
        gix::worktree::stack::State::AttributesStack(Default::default()),
        gix::glob::pattern::Case::Sensitive,
        Vec::new(),
        Vec::new(),
    );
    let mode = gix::diff::blob::pipeline::Mode::ToGit;
    Ok(gix::diff::resource_cache(repo, mode, stack, Default::default())?)
}

fn file_of(change: &ChangeRef<'_>) -> Option<FileDiff> {
    let side = |mode: gix::objs::tree::EntryMode, id: gix::ObjectId| {
        Some((kind_of(mode), from_gix(id))).filter(|(kind, _)| *kind != EntryKind::Folder)
    };
    let (path, change, old, new) = match *change {
        ChangeRef::Addition { location, entry_mode, id, .. } => {
            (location, FileChange::Added, None, side(entry_mode, id))
        }
        ChangeRef::Deletion { location, entry_mode, id, .. } => {
            (location, FileChange::Deleted, side(entry_mode, id), None)
        }
        ChangeRef::Modification { location, previous_entry_mode, previous_id, entry_mode, id } => {
            let (old, new) = (side(previous_entry_mode, previous_id), side(entry_mode, id));
            let change = match (&old, &new) {
                (None, Some(_)) => FileChange::Added,
                (Some(_), None) => FileChange::Deleted,
                _ => FileChange::Modified,
            };
            (location, change, old, new)
        }
        ChangeRef::Rewrite {
            source_location,
            source_entry_mode,
            source_id,
            entry_mode,
            id,
            location,
            copy,
            ..
        } => {
            let from = source_location.to_vec();
            let change =
                if copy { FileChange::Copied { from } } else { FileChange::Renamed { from } };
            (location, change, side(source_entry_mode, source_id), side(entry_mode, id))
        }
    };
    if old.is_none() && new.is_none() {
        return None;
    }
    Some(FileDiff { path: path.to_vec(), change, old, new, content: FileContent::Same })
}

fn compare(
    repo: &gix::Repository,
    file: &FileDiff,
    limits: &Limits,
    lines_left: usize,
) -> Result<FileContent> {
    let is_submodule =
        |side: &Option<(EntryKind, Oid)>| matches!(side, Some((EntryKind::Submodule, _)));
    if is_submodule(&file.old) || is_submodule(&file.new) {
        return Ok(FileContent::Submodule);
    }
    if let (Some((_, old)), Some((_, new))) = (&file.old, &file.new)
        && old == new
    {
        return Ok(FileContent::Same);
    }
    let size = |side: &Option<(EntryKind, Oid)>| -> Result<Option<u64>> {
        let Some((_, oid)) = side else { return Ok(None) };
        Ok(Some(repo.find_header(to_gix(*oid))?.size()))
    };
    let (old_size, new_size) = (size(&file.old)?, size(&file.new)?);
    if old_size.unwrap_or_default().max(new_size.unwrap_or_default()) > limits.diff_blob_bytes_max {
        return Ok(FileContent::TooLarge { old_size, new_size });
    }
    let bytes = |side: &Option<(EntryKind, Oid)>| -> Result<Vec<u8>> {
        let Some((_, oid)) = side else { return Ok(Vec::new()) };
        Ok(repo.find_blob(to_gix(*oid))?.take_data())
    };
    let (old, new) = (bytes(&file.old)?, bytes(&file.new)?);
    if looks_binary(&old) || looks_binary(&new) {
        return Ok(FileContent::Binary { old_size, new_size });
    }
    if old.is_empty() && new.is_empty() {
        return Ok(FileContent::Empty);
    }
    let compared = compare_lines(&old, &new, lines_left)?;
    Ok(FileContent::Text {
        hunks: compared.hunks,
        added: compared.added as usize,
        removed: compared.removed as usize,
        cut: compared.cut,
    })
}
