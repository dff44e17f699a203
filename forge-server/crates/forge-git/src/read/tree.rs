//! A folder and what stands in it.

use forge_domain::names::{Oid, PathInRepo};
use gix::objs::tree::EntryMode;

use crate::{
    error::{GitError, Result},
    repository::{Repository, entry_at, from_gix, tree_of},
};

/// What a name in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A file with the executable bit.
    Executable,
    /// A symbolic link: its content is the text of its target, never followed.
    Link,
    /// Another repository at one of its commits.
    Submodule,
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name: bytes, as git keeps them.
    pub name: Vec<u8>,
    /// What it is.
    pub kind: EntryKind,
    /// The object; for a submodule, a commit of the other repository.
    pub oid: Oid,
    /// The size of a file or link in bytes.
    pub size: Option<u64>,
}

/// A folder's names, folders first and then by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeListing {
    /// The tree object.
    pub oid: Oid,
    /// The names.
    pub entries: Vec<Entry>,
    /// Whether there are more than are listed.
    pub cut: bool,
}

impl Repository {
    /// The folder at `path` in `commit`; nothing for `path` means the root.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when the commit is absent or the path is no folder.
    pub async fn tree(&self, commit: Oid, path: Option<&PathInRepo>) -> Result<TreeListing> {
        let path = path.cloned();
        let entries_max = self.limits().tree_entries_max;
        self.read(move |repo| {
            let id = folder_at(repo, commit, path.as_ref())?;
            list(repo, id, entries_max)
        })
        .await
    }

    /// What stands at `path` in `commit`; nothing when nothing does.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when the commit is absent.
    pub async fn entry(&self, commit: Oid, path: &PathInRepo) -> Result<Option<Entry>> {
        let path = path.clone();
        self.read(move |repo| {
            let tree = tree_of(repo, commit)?;
            let Some((mode, id)) = entry_at(repo, tree, &path)? else { return Ok(None) };
            Ok(Some(entry(repo, path.file_name(), mode, id)?))
        })
        .await
    }

    /// The README of a folder: Markdown before plain text, and the one of `language` (as in
    /// `README.fr.md`) before the general one.
    pub async fn find_readme(
        &self,
        commit: Oid,
        path: Option<&PathInRepo>,
        language: Option<&str>,
    ) -> Result<Option<Entry>> {
        let listing = self.tree(commit, path).await?;
        let suffix = language.map(str::to_ascii_lowercase);
        Ok(listing
            .entries
            .into_iter()
            .filter(|entry| matches!(entry.kind, EntryKind::File | EntryKind::Executable))
            .filter_map(|entry| Some((readme_rank(&entry.name, suffix.as_deref())?, entry)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, entry)| entry))
    }
}

/// The order of preference among the usual names; nothing for a name that is none of them.
fn readme_rank(name: &[u8], language: Option<&str>) -> Option<u8> {
    let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
    let rest = name.strip_prefix("readme")?;
    let (rest, general) = match language {
        Some(language) => match rest.strip_prefix('.').and_then(|r| r.strip_prefix(language)) {
            Some(after) if after.is_empty() || after.starts_with('.') => (after, 0),
            _ => (rest, 10),
        },
        None => (rest, 10),
    };
    let form = match rest {
        ".md" | ".markdown" => 0,
        "" => 1,
        ".txt" => 2,
        ".rst" | ".adoc" => 3,
        _ => return None,
    };
    Some(general + form)
}

/// The tree object at `path`.
pub(crate) fn folder_at(
    repo: &gix::Repository,
    commit: Oid,
    path: Option<&PathInRepo>,
) -> Result<gix::ObjectId> {
    let root = tree_of(repo, commit)?;
    match path {
        None => Ok(root),
        Some(path) => match entry_at(repo, root, path)? {
            Some((mode, id)) if mode.is_tree() => Ok(id),
            _ => Err(GitError::NotFound(format!("the folder {path}"))),
        },
    }
}

fn list(repo: &gix::Repository, id: gix::ObjectId, entries_max: usize) -> Result<TreeListing> {
    let tree = repo.find_tree(id)?;
    let mut entries = Vec::new();
    let mut cut = false;
    for found in tree.iter() {
        if entries.len() == entries_max {
            cut = true;
            break;
        }
        let found = found?;
        entries.push(entry(repo, found.filename(), found.mode(), found.object_id())?);
    }
    entries.sort_by(|a: &Entry, b| {
        let later = |entry: &Entry| entry.kind != EntryKind::Folder;
        later(a).cmp(&later(b)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(TreeListing { oid: from_gix(id), entries, cut })
}

fn entry(repo: &gix::Repository, name: &[u8], mode: EntryMode, id: gix::ObjectId) -> Result<Entry> {
    let kind = kind_of(mode);
    let size = match kind {
        EntryKind::Folder | EntryKind::Submodule => None,
        _ => repo.try_find_header(id)?.map(|header| header.size()),
    };
    Ok(Entry { name: name.to_vec(), kind, oid: from_gix(id), size })
}

pub(crate) fn kind_of(mode: EntryMode) -> EntryKind {
    use gix::objs::tree::EntryKind as Raw;
    match mode.kind() {
        Raw::Tree => EntryKind::Folder,
        Raw::Blob => EntryKind::File,
        Raw::BlobExecutable => EntryKind::Executable,
        Raw::Link => EntryKind::Link,
        Raw::Commit => EntryKind::Submodule,
    }
}

#[cfg(test)]
mod tests {
    use super::readme_rank;

    #[test]
    fn the_reader_s_language_comes_first_then_markdown() {
        let mut names = ["README.txt", "Readme", "README.md", "README.fr.md", "README.fr.html"];
        names.sort_by_key(|name| readme_rank(name.as_bytes(), Some("fr")).unwrap_or(u8::MAX));
        assert_eq!(names, ["README.fr.md", "README.md", "Readme", "README.txt", "README.fr.html"]);
        assert_eq!(readme_rank(b"README.fr.md", Some("en")), None);
        assert_eq!(readme_rank(b"readme_first.md", None), None);
    }
}
