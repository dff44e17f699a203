//! Whether two commits can be merged, and why not.

use std::time::Duration;

use forge_git::{Conflict, ConflictKind, GitError, Limits, Mergeability};

use super::{Change, Parted, assert_untouched, objects};
use crate::support::{World, branch, git, new_commit, oid};

#[tokio::test]
async fn what_needs_no_merge_of_trees_is_told_apart() {
    let world = World::new().await;
    let repo = world.create().await;
    let main = branch("main");
    let one = repo.commit_files(&main, new_commit("1", &[("a", Some("1"))])).await.unwrap();
    let two = repo.commit_files(&main, new_commit("2", &[("a", Some("2"))])).await.unwrap();
    let other = branch("other");
    let alone = repo.commit_files(&other, new_commit("x", &[("x", Some("x"))])).await.unwrap();
    for (base, head, expected) in [
        (two, one, Mergeability::Contained),
        (two, two, Mergeability::Contained),
        (one, two, Mergeability::FastForward),
        (one, alone, Mergeability::Unrelated),
    ] {
        assert_eq!(repo.mergeability(base, head).await.unwrap(), expected);
    }
    let tree = oid(&git(&repo.folder(), &["rev-parse", "main^{tree}"], b""));
    for nothing in [tree, oid(&"5".repeat(40))] {
        let refused = repo.mergeability(one, nothing).await;
        assert!(matches!(refused, Err(GitError::NotFound(_))), "{refused:?}");
    }
}

const TEXT: &[u8] = b"1\n2\n3\n4\n5\n6\n7\n8\n9\n";
const OURS: &[u8] = b"ours\n2\n3\n4\n5\n6\n7\n8\n9\n";
const THEIRS: &[u8] = b"theirs\n2\n3\n4\n5\n6\n7\n8\n9\n";

/// What both sides stand on, what either did, and the conflict that follows, with its path.
type Case = (
    &'static [Change<'static>],
    &'static [Change<'static>],
    &'static [Change<'static>],
    ConflictKind,
    &'static str,
);

const CASES: [Case; 7] = [
    (
        &[("f", Some(TEXT))],
        &[("f", Some(OURS))],
        &[("f", Some(THEIRS))],
        ConflictKind::Content,
        "f",
    ),
    (&[("x", Some(b"x"))], &[("f", Some(b"a"))], &[("f", Some(b"b"))], ConflictKind::Content, "f"),
    (
        &[("f", Some(b"\0a"))],
        &[("f", Some(b"\0b"))],
        &[("f", Some(b"\0c"))],
        ConflictKind::Binary,
        "f",
    ),
    (
        &[("f", Some(TEXT)), ("x", Some(b"x"))],
        &[("f", None)],
        &[("f", Some(THEIRS))],
        ConflictKind::ModifyDelete,
        "f",
    ),
    (
        &[("f", Some(TEXT))],
        &[("f", None), ("g", Some(TEXT))],
        &[("f", None), ("h", Some(TEXT))],
        ConflictKind::RenameRename,
        "f",
    ),
    (
        &[("x", Some(b"x"))],
        &[("f", Some(TEXT))],
        &[("f/g", Some(TEXT))],
        ConflictKind::FileDirectory,
        "f",
    ),
    (
        &[("d/a", Some(TEXT)), ("d/b", Some(OURS))],
        &[("d/a", None), ("d/b", None), ("e/a", Some(TEXT)), ("e/b", Some(OURS))],
        &[("d/new", Some(b"new\n"))],
        ConflictKind::DirectoryRename,
        "e/new",
    ),
];

#[tokio::test]
async fn conflicts_are_told_by_path_and_reason_and_nothing_is_written() {
    let world = World::new().await;
    for (common, ours, theirs, kind, path) in CASES {
        let parted = Parted::new(&world, common, ours, theirs).await;
        let before = objects(&parted.repo);
        let found = parted.repo.mergeability(parted.base, parted.head).await.unwrap();
        let Mergeability::Conflicts { conflicts, cut: false } = found else {
            panic!("{kind:?}: {found:?}")
        };
        let told = |conflict: &Conflict| {
            conflict.kind == kind && conflict.paths.iter().any(|name| name == path.as_bytes())
        };
        assert!(conflicts.iter().any(told), "{kind:?}: {conflicts:?}");
        assert_eq!(objects(&parted.repo), before, "{kind:?}: something was written");
        assert_untouched(&parted.repo);
    }
}

#[tokio::test]
async fn a_clean_merge_names_its_tree_and_writes_nothing() {
    let world = World::new().await;
    let parted = Parted::new(
        &world,
        &[("f", Some(b"1\n2\n3\n4\n5\n")), ("old", Some(b"a\nb\nc\nd\ne\n"))],
        &[("f", Some(b"ours\n2\n3\n4\n5\n")), ("old", Some(b"a\nb\nc\nd\nours\n"))],
        &[
            ("f", Some(b"1\n2\n3\n4\ntheirs\n")),
            ("old", None),
            ("new", Some(b"theirs\nb\nc\nd\ne\n")),
        ],
    )
    .await;
    let before = objects(&parted.repo);
    let found = parted.repo.mergeability(parted.base, parted.head).await.unwrap();
    parted.work.git(&["merge", "-q", "--no-edit", "topic"]);
    let tree = oid(&parted.work.git(&["rev-parse", "HEAD^{tree}"]));
    assert_eq!(found, Mergeability::Clean { tree }, "a change follows a file that moved");
    assert_eq!(objects(&parted.repo), before);
}

#[tokio::test]
async fn what_a_repository_says_of_its_files_decides_about_no_conflict() {
    let world = World::new().await;
    let attributes: Change<'_> = (".gitattributes", Some(b"* merge=union\n"));
    let common = [attributes, ("f", Some(&b"1\n"[..]))];
    let parted = Parted::new(&world, &common, &[("f", Some(b"2\n"))], &[("f", Some(b"3\n"))]).await;
    let found = parted.repo.mergeability(parted.base, parted.head).await.unwrap();
    assert!(matches!(found, Mergeability::Conflicts { .. }), "{found:?}");
}

#[tokio::test]
async fn a_merge_has_limits_and_conflicts_are_told_up_to_a_number() {
    let limits = Limits { merge_time_max: Duration::ZERO, ..Limits::default() };
    let (common, ours, theirs) =
        ([("x", Some(&b"x"[..]))], [("a", Some(&b"1"[..]))], [("b", { Some(&b"2"[..]) })]);
    let world = World::with(limits).await;
    let parted = Parted::new(&world, &common, &ours, &theirs).await;
    let found = parted.repo.mergeability(parted.base, parted.head).await.unwrap();
    assert_eq!(found, Mergeability::TooLarge);
    assert_untouched(&parted.repo);
    let world = World::with(Limits { merge_conflicts_max: 2, ..Limits::default() }).await;
    let names = ["a", "b", "c"];
    let ours = names.map(|name| (name, Some(&b"ours"[..])));
    let theirs = names.map(|name| (name, Some(&b"theirs"[..])));
    let parted = Parted::new(&world, &common, &ours, &theirs).await;
    let found = parted.repo.mergeability(parted.base, parted.head).await.unwrap();
    let Mergeability::Conflicts { conflicts, cut } = found else { panic!("{found:?}") };
    assert!(conflicts.len() == 2 && cut, "{conflicts:?}");
}
