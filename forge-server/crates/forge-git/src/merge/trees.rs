//! The merge of two trees by git, and its answer read.

use forge_domain::names::Oid;

use super::{Conflict, ConflictKind};
use crate::{
    error::{GitError, Result},
    quarantine::Quarantine,
    receive::one_line,
    repository::Repository,
};

/// The tree without entries: as the source of attributes it says nothing about any path.
/// Which versions of git read attributes in a bare repository, and from where, differs; and what
/// a repository says of its own files (`merge=union`) must not decide about a conflict.
const NO_ATTRIBUTES: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// The commits to be merged; git finds what they have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    pub(crate) ours: Oid,
    pub(crate) theirs: Oid,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TreeMerge {
    Clean(Oid),
    Conflicts { conflicts: Vec<Conflict>, cut: bool },
    TooLarge,
}

impl Repository {
    /// Merges two commits; the trees and files that this makes are in the quarantine.
    pub(crate) async fn merge_trees(
        &self,
        quarantine: &Quarantine,
        sides: Sides,
    ) -> Result<TreeMerge> {
        let git = &self.shared.git;
        let mut command = git.command(&self.folder());
        quarantine.lend(&mut command, Some(&self.folder().join("objects")));
        command
            .env("GIT_ATTR_SOURCE", NO_ATTRIBUTES)
            .args(["-c", "merge.directoryRenames=conflict", "-c", "merge.renames=true"])
            .args(["merge-tree", "--write-tree", "--messages", "-z"])
            .args([sides.ours.to_string(), sides.theirs.to_string()]);
        let limits = self.limits();
        let run = tokio::time::timeout(limits.merge_time_max, git.run(&mut command, b""));
        let Ok(finished) = run.await else {
            tracing::warn!(repo.id = %self.id, ?sides, "a merge was stopped: time limit");
            return Ok(TreeMerge::TooLarge);
        };
        let finished = finished?;
        let told = Told::read(&finished.out);
        match (finished.success, told) {
            (true, Some(told)) => Ok(TreeMerge::Clean(told.tree)),
            (false, Some(told)) => Ok(told.conflicts(limits.merge_conflicts_max)),
            (true, None) => Err(GitError::Damaged("git merge-tree gave no tree".to_owned())),
            (false, None) => {
                let words = one_line(&finished.words);
                tracing::warn!(repo.id = %self.id, ?sides, %words, "a merge broke off");
                Ok(TreeMerge::TooLarge)
            }
        }
    }
}

/// The output of `git merge-tree -z --messages`, whole: the tree, the entries in conflict, an
/// empty field, the messages (git-merge-tree(1), "OUTPUT").
struct Told {
    tree: Oid,
    in_conflict: Vec<Vec<u8>>,
    messages: Vec<(Vec<Vec<u8>>, Vec<u8>)>,
}

impl Told {
    /// Nothing when the output was cut short.
    fn read(out: &[u8]) -> Option<Self> {
        // Every field ends with a NUL byte; what follows the last one is not there.
        let mut fields = out.strip_suffix(&[0])?.split(|byte| *byte == 0);
        let tree = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
        let mut told = Self { tree, in_conflict: Vec::new(), messages: Vec::new() };
        // As in `100644 <oid> <stage>\t<path>`.
        while let Some(entry) = fields.next().filter(|field| !field.is_empty()) {
            let tab = entry.iter().position(|byte| *byte == b'\t')?;
            let path = entry[tab + 1..].to_vec();
            if told.in_conflict.last() != Some(&path) {
                told.in_conflict.push(path);
            }
        }
        while let Some(count) = fields.next() {
            let count: usize = std::str::from_utf8(count).ok()?.parse().ok()?;
            let paths: Vec<_> = fields.by_ref().take(count).map(<[u8]>::to_vec).collect();
            let kind = fields.next()?.to_vec();
            fields.next()?;
            told.messages.push((paths, kind));
        }
        Some(told)
    }

    fn conflicts(self, conflicts_max: usize) -> TreeMerge {
        let mut conflicts: Vec<Conflict> = self
            .messages
            .into_iter()
            .filter_map(|(paths, kind)| Some(Conflict { paths, kind: kind_of(&kind)? }))
            .collect();
        let named: std::collections::HashSet<Vec<u8>> =
            conflicts.iter().flat_map(|conflict| conflict.paths.iter().cloned()).collect();
        // Nothing in conflict stays untold, whatever words git has for it.
        let untold = self.in_conflict.into_iter().filter(|path| !named.contains(path));
        conflicts
            .extend(untold.map(|path| Conflict { paths: vec![path], kind: ConflictKind::Other }));
        conflicts.sort();
        conflicts.dedup();
        let cut = conflicts.len() > conflicts_max;
        conflicts.truncate(conflicts_max);
        TreeMerge::Conflicts { conflicts, cut }
    }
}

/// What git's short, stable name of a message says; nothing for one that is no conflict
/// (merge-ort.c, `type_short_descriptions`).
fn kind_of(name: &[u8]) -> Option<ConflictKind> {
    let name = std::str::from_utf8(name).ok()?;
    let rest = name.strip_prefix("CONFLICT").or_else(|| name.strip_prefix("ERROR"))?;
    Some(match rest.trim_start().trim_matches(['(', ')']) {
        "contents" => ConflictKind::Content,
        "binary" => ConflictKind::Binary,
        "modify/delete" => ConflictKind::ModifyDelete,
        "rename/delete" => ConflictKind::RenameDelete,
        "rename/rename" | "rename involved in collision" => ConflictKind::RenameRename,
        "file/directory" => ConflictKind::FileDirectory,
        "distinct modes" => ConflictKind::Modes,
        what if what.contains("directory rename") => ConflictKind::DirectoryRename,
        what if what.starts_with("submodule") => ConflictKind::Submodule,
        _ => ConflictKind::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    fn read(fields: &[&str]) -> Option<TreeMerge> {
        let out: String = fields.iter().map(|field| format!("{field}\0")).collect();
        Some(Told::read(out.as_bytes())?.conflicts(2))
    }

    fn conflict(path: &str, kind: ConflictKind) -> Conflict {
        Conflict { paths: vec![path.as_bytes().to_vec()], kind }
    }

    #[test]
    fn conflicts_are_told_by_path_and_none_is_left_out() {
        let entry = |path: &str| format!("100644 {TREE} 1\t{path}");
        let (a, b, c) = (entry("a"), entry("b\tx"), entry("c"));
        let told = read(&[
            TREE,
            &a,
            &a,
            &b,
            "",
            "1",
            "a",
            "Auto-merging",
            "Auto-merging a\n",
            "1",
            "a",
            "CONFLICT (contents)",
            "words\n",
        ]);
        let conflicts =
            vec![conflict("a", ConflictKind::Content), conflict("b\tx", ConflictKind::Other)];
        assert_eq!(told, Some(TreeMerge::Conflicts { conflicts: conflicts.clone(), cut: false }));
        let told = read(&[TREE, &a, &b, &c, "", "1", "a", "CONFLICT (contents)", "words"]);
        assert_eq!(told, Some(TreeMerge::Conflicts { conflicts, cut: true }));
    }

    #[test]
    fn an_answer_that_was_cut_short_is_none() {
        for fields in [&[][..], &["fatal"], &[TREE, "100644"], &[TREE, "", "2", "a"]] {
            assert_eq!(read(fields), None, "{fields:?}");
        }
        assert!(Told::read(TREE.as_bytes()).is_none(), "no end of the first field");
    }

    #[test]
    fn git_s_names_of_conflicts_are_understood() {
        for (name, kind) in [
            ("Auto-merging", None),
            ("Fast forwarding submodule", None),
            ("CONFLICT (modify/delete)", Some(ConflictKind::ModifyDelete)),
            ("CONFLICT(directory rename unclear split)", Some(ConflictKind::DirectoryRename)),
            ("CONFLICT (directory rename suggested)", Some(ConflictKind::DirectoryRename)),
            ("CONFLICT (submodule not initialized)", Some(ConflictKind::Submodule)),
            ("CONFLICT (new in a later git)", Some(ConflictKind::Other)),
        ] {
            assert_eq!(kind_of(name.as_bytes()), kind, "{name}");
        }
    }
}
