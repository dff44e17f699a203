//! Merges carried out: what lands, what is refused, what never happens.

use forge_git::{
    GitError, MergeMethod, MergeOutcome, MergeRefusal, NewMergeCommit, NewVersion, Repository,
};

use super::{Change, Parted, assert_untouched, new_commit, objects};
use crate::support::{World, branch, git, oid, signature};

const COMMON: &[Change<'_>] = &[("f", Some(b"1\n2\n3\n4\n5\n"))];
const OURS: &[Change<'_>] = &[("f", Some(b"ours\n2\n3\n4\n5\n"))];
const THEIRS: &[Change<'_>] = &[("f", Some(b"1\n2\n3\n4\ntheirs\n"))];

async fn parted(world: &World) -> Parted {
    Parted::new(world, COMMON, OURS, THEIRS).await.requested().await
}

async fn refusal(parted: &Parted, method: MergeMethod) -> MergeRefusal {
    let before = (objects(&parted.repo), refs(&parted.repo));
    let outcome = parted.repo.merge(parted.asked(method)).await.unwrap();
    assert_eq!((objects(&parted.repo), refs(&parted.repo)), before, "something has changed");
    assert_untouched(&parted.repo);
    let MergeOutcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    refusal
}

fn refs(repo: &Repository) -> String {
    git(&repo.folder(), &["for-each-ref"], b"")
}

fn rebase() -> MergeMethod {
    MergeMethod::Rebase { committer: signature("Bruno", 1_772_359_200) }
}

#[tokio::test]
async fn a_merge_commit_has_both_parents_and_the_tree_that_git_makes() {
    let world = World::new().await;
    let parted = parted(&world).await;
    parted.work.git(&["merge", "-q", "--no-edit", "topic"]);
    let tree = oid(&parted.work.git(&["rev-parse", "HEAD^{tree}"]));
    let merged = parted.merged(MergeMethod::Merge(new_commit())).await;
    assert_eq!(merged.tree, tree);
    let shown = parted.git(&["log", "-1", "--format=%P|%an|%aI|%cn|%cI|%B", "main"]);
    let expected = format!(
        "{} {}|Ada|2026-03-01T10:00:00+01:00|Bruno|2026-03-01T11:00:00+01:00|Merge request !7\n\n\
         Co-authored-by: Chloe <chloe@belrive.example>",
        parted.base, parted.head
    );
    assert_eq!(shown, expected);
    assert_eq!(parted.repo.versions(7).await.unwrap().head, Some(parted.head));
}

#[tokio::test]
async fn a_squash_is_one_commit_with_all_of_the_change() {
    let world = World::new().await;
    let parted = parted(&world).await;
    let merged = parted.merged(MergeMethod::Squash(new_commit())).await;
    assert_eq!(parted.git(&["show", "main:f"]), "ours\n2\n3\n4\ntheirs");
    assert_eq!(parted.git(&["log", "-1", "--format=%P", "main"]), parted.base.to_string());
    assert_ne!(merged.new_tip, parted.head);
}

#[tokio::test]
async fn a_rebase_replays_what_git_would_and_keeps_the_authors() {
    let world = World::new().await;
    let mut parted = Parted::new(&world, COMMON, OURS, THEIRS).await;
    let work = &parted.work;
    work.git(&["checkout", "-q", "topic"]);
    // The same change as on the other side, which becomes empty; then one more.
    work.write("f", "ours\n2\n3\n4\ntheirs\n");
    work.commit("as ours", 4);
    work.write("g", "new\n");
    work.commit("Last one\n\nWith a body.\n\n  And its spaces.", 5);
    // Signed: a signature does not survive.
    let raw = git(&work.folder, &["cat-file", "commit", "HEAD"], b"");
    let signed = raw.replacen(
        "\n\n",
        "\ngpgsig -----BEGIN SSH SIGNATURE-----\n U1NI\n -----END SSH SIGNATURE-----\n\n",
        1,
    );
    let hash = ["hash-object", "-t", "commit", "-w", "--stdin"];
    parted.head = oid(&git(&work.folder, &hash, format!("{signed}\n").as_bytes()));
    work.git(&["reset", "-q", "--hard", &parted.head.to_string()]);
    let url = parted.repo.folder();
    work.git(&["push", "-q", "-f", url.to_str().unwrap(), "topic"]);
    let parted = parted.requested().await;
    let merged = parted.merged(rebase()).await;
    parted.work.git(&["-c", "core.editor=true", "rebase", "-q", "main", "topic"]);
    let format = "--format=%T|%an|%ae|%aI|%B";
    assert_eq!(
        parted.git(&["log", format, "main"]),
        parted.work.git(&["log", format, "topic"]),
        "git's own rebase"
    );
    assert_eq!(parted.git(&["rev-list", "--count", "main"]), "4", "the empty one is left out");
    let raw = parted.git(&["cat-file", "commit", "main"]);
    assert!(!raw.contains("gpgsig") && raw.contains("\ncommitter Bruno <bruno@"), "{raw}");
    assert_ne!(merged.new_tip, parted.head);
}

#[tokio::test]
async fn where_the_branch_can_simply_move_the_approved_commits_land() {
    let world = World::new().await;
    for method in [MergeMethod::FastForward, rebase()] {
        let parted = Parted::new(&world, COMMON, &[], THEIRS).await;
        // `ours` is empty: the branch is where they parted.
        let base = oid(&parted.work.git(&["rev-parse", "main~1"]));
        parted.git(&["update-ref", "refs/heads/main", &base.to_string()]);
        let parted = Parted { base, ..parted }.requested().await;
        assert_eq!(parted.merged(method).await.new_tip, parted.head);
    }
    let parted = parted(&world).await;
    let found = refusal(&parted, MergeMethod::FastForward).await;
    assert_eq!(found, MergeRefusal::NotFastForward);
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_and_leaves_nothing() {
    let world = World::new().await;
    let clash: &[Change<'_>] = &[("f", Some(b"theirs\n2\n3\n4\n5\n"))];
    let parted = Parted::new(&world, COMMON, OURS, clash).await.requested().await;
    for (method, place) in [
        (MergeMethod::Merge(new_commit()), None),
        (MergeMethod::Squash(new_commit()), None),
        (rebase(), Some(parted.head)),
    ] {
        let found = refusal(&parted, method).await;
        let MergeRefusal::Conflicts { at, conflicts, cut: false } = found else {
            panic!("{found:?}")
        };
        assert_eq!((at, conflicts[0].paths.as_slice()), (place, &[b"f".to_vec()][..]));
    }
    // All of the change is there already, by another commit.
    let same = Parted::new(&world, COMMON, OURS, OURS).await.requested().await;
    assert_eq!(refusal(&same, rebase()).await, MergeRefusal::NothingLeft);
    let squash = MergeMethod::Squash(new_commit());
    assert_eq!(refusal(&same, squash).await, MergeRefusal::NothingLeft);
}

#[tokio::test]
async fn a_merge_commit_in_the_range_is_not_rebased_away() {
    let world = World::new().await;
    let mut parted = Parted::new(&world, COMMON, OURS, THEIRS).await;
    let work = &parted.work;
    work.git(&["checkout", "-q", "-b", "aside", "topic~1"]);
    work.write("aside", "x");
    work.commit("aside", 4);
    work.git(&["checkout", "-q", "topic"]);
    work.git(&["merge", "-q", "--no-edit", "aside"]);
    let both = work.head();
    work.write("more", "x");
    parted.head = work.commit("more", 5);
    let url = parted.repo.folder();
    parted.work.git(&["push", "-q", url.to_str().unwrap(), "topic"]);
    let parted = parted.requested().await;
    assert_eq!(refusal(&parted, rebase()).await, MergeRefusal::MergeCommit(both));
    parted.merged(MergeMethod::Merge(new_commit())).await;
    let again = parted.repo.merge(parted.asked(rebase())).await;
    assert!(matches!(again, Err(GitError::Moved(_))), "{again:?}");
}

#[tokio::test]
async fn what_moved_since_it_was_approved_is_not_merged() {
    let world = World::new().await;
    let parted = parted(&world).await;
    let before = objects(&parted.repo);
    for (name, target) in
        [("refs/heads/main", parted.head), ("refs/merge-requests/7/head", parted.base)]
    {
        let stood = parted.git(&["rev-parse", name]);
        parted.git(&["update-ref", name, &target.to_string()]);
        for method in [MergeMethod::Merge(new_commit()), rebase(), MergeMethod::FastForward] {
            let late = parted.repo.merge(parted.asked(method)).await;
            let Err(GitError::Moved(moved)) = late else { panic!("{late:?}") };
            assert_eq!(moved, name);
        }
        parted.git(&["update-ref", name, &stood]);
    }
    assert_eq!(objects(&parted.repo), before);
    // Of many who merge at once, one does.
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (repo, asked) =
                (parted.repo.clone(), parted.asked(MergeMethod::Merge(new_commit())));
            tokio::spawn(async move { repo.merge(asked).await })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(MergeOutcome::Done(_)) => done += 1,
            Err(GitError::Moved(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done, 1);
    assert_untouched(&parted.repo);
}

#[tokio::test]
async fn a_hostile_name_adds_no_line_to_a_commit() {
    let world = World::new().await;
    let parted = parted(&world).await;
    let mut hostile = signature("Ada", 1_772_355_600);
    hostile.name = "Ada> 0 +0000\nparent 5\0<x".to_owned();
    hostile.email = "a@b>\ncommitter Eve <eve@x".to_owned();
    let new = NewMergeCommit {
        author: hostile.clone(),
        committer: hostile,
        message: "one\0two".to_owned(),
    };
    parted.merged(MergeMethod::Merge(new)).await;
    let raw = parted.git(&["cat-file", "commit", "main"]);
    let headers: Vec<&str> = raw
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|l| l.split(' ').next().unwrap())
        .collect();
    assert_eq!(headers, ["tree", "parent", "parent", "author", "committer"], "{raw}");
}

#[tokio::test]
async fn versions_are_compared_by_their_commits_and_their_trees() {
    let world = World::new().await;
    let parted = parted(&world).await;
    let work = &parted.work;
    work.git(&["checkout", "-q", "topic"]);
    work.write("kept", "x\n");
    let old = work.commit("second", 4);
    work.git(&["commit", "-q", "--amend", "-m", "second, better said"]);
    work.write("more", "x\n");
    let new = work.commit("third", 5);
    let base = oid(&work.git(&["rev-parse", "topic~3"]));
    let url = parted.repo.folder();
    work.git(&["push", "-q", url.to_str().unwrap(), "topic", &format!("{old}:refs/heads/old")]);
    let version = NewVersion { request: 7, number: 2, previous: Some(parted.head) };
    parted.repo.record_version(version, new).await.unwrap();
    let at = |head| forge_git::VersionAt { base, head };
    let compared = parted.repo.compare_versions(at(old), at(new)).await.unwrap();
    let subjects = |commits: &[forge_git::Commit]| -> Vec<String> {
        commits.iter().map(|commit| commit.subject.clone()).collect()
    };
    assert_eq!(subjects(&compared.added), ["third", "second, better said"]);
    assert_eq!(subjects(&compared.removed), ["second"]);
    assert_eq!(subjects(&compared.kept), ["theirs"]);
    let paths: Vec<_> = compared.diff.files.iter().map(|file| file.path.as_slice()).collect();
    assert!(paths == [b"more"] && !compared.cut, "{paths:?}");
    // Onto a newer base: what the base brought shows in the trees, not among the commits.
    let rebased = forge_git::VersionAt { base: parted.base, head: new };
    let compared = parted.repo.compare_versions(at(new), rebased).await.unwrap();
    assert_eq!((compared.added.len(), compared.removed.len()), (0, 0));
    assert_eq!(parted.repo.tip(&branch("main")).await.unwrap(), Some(parted.base));
}
