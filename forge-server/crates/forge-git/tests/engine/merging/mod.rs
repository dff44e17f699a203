//! Merging without a work tree, beside git with one.

mod carrying;
mod histories;
mod judging;

use forge_domain::names::Oid;
use forge_git::{Merge, MergeMethod, MergeOutcome, Merged, NewMergeCommit, NewVersion, Repository};

use crate::support::{Work, World, branch, git, signature};

/// Two histories that parted: what `ours` and `theirs` do to the files of a common commit, each
/// given as a name and its new content, or nothing for a file to delete.
struct Parted {
    work: Work,
    repo: Repository,
    base: Oid,
    head: Oid,
}

type Change<'a> = (&'a str, Option<&'a [u8]>);

impl Parted {
    async fn new(
        world: &World,
        common: &[Change<'_>],
        ours: &[Change<'_>],
        theirs: &[Change<'_>],
    ) -> Self {
        let work = world.work();
        change(&work, common);
        work.commit("common", 1);
        work.git(&["checkout", "-q", "-b", "topic"]);
        change(&work, theirs);
        let head = work.commit("theirs", 2);
        work.git(&["checkout", "-q", "main"]);
        change(&work, ours);
        let base = work.commit("ours", 3);
        let repo = world.mirror_of(&work).await;
        Self { work, repo, base, head }
    }

    /// Opens request 7 with the head as its first version.
    async fn requested(self) -> Self {
        let version = NewVersion { request: 7, number: 1, previous: None };
        self.repo.record_version(version, self.head).await.unwrap();
        self
    }

    fn asked(&self, method: MergeMethod) -> Merge {
        let (onto, head) = (self.base, self.head);
        Merge { request: 7, base: branch("main"), onto, head, method }
    }

    async fn merged(&self, method: MergeMethod) -> Merged {
        let outcome = self.repo.merge(self.asked(method)).await.unwrap();
        let MergeOutcome::Done(merged) = outcome else { panic!("{outcome:?}") };
        assert_eq!((merged.old_tip, merged.head), (self.base, self.head));
        assert_eq!(self.repo.tip(&branch("main")).await.unwrap(), Some(merged.new_tip));
        let tree = format!("{}^{{tree}}", merged.new_tip);
        assert_eq!(self.git(&["rev-parse", &tree]), merged.tree.to_string());
        assert_untouched(&self.repo);
        merged
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.repo.folder(), arguments, b"")
    }
}

fn change(work: &Work, changes: &[Change<'_>]) {
    for (name, content) in changes {
        let path = work.folder.join(name);
        match content {
            Some(content) => work.write(name, content),
            None => std::fs::remove_file(path).unwrap(),
        }
    }
}

fn new_commit() -> NewMergeCommit {
    NewMergeCommit {
        author: signature("Ada", 1_772_355_600),
        committer: signature("Bruno", 1_772_359_200),
        message: "Merge request !7\n\nCo-authored-by: Chloe <chloe@belrive.example>".to_owned(),
    }
}

/// git finds nothing wrong, and no quarantine is left.
fn assert_untouched(repo: &Repository) {
    git(&repo.folder(), &["fsck", "--strict"], b"");
    let entries = std::fs::read_dir(repo.folder().join("objects")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| name.starts_with("incoming")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Everything in the store, to see that nothing came.
fn objects(repo: &Repository) -> String {
    git(&repo.folder(), &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"], b"")
}
