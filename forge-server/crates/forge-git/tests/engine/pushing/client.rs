//! The stock client: branches and tags, rules and refusals.

use std::sync::Arc;

use super::{assert_clean, protected, push};
use crate::{
    door::{self, Judge, welcome},
    support::{Work, World, branch, git, oid, tag},
};

#[tokio::test(flavor = "multi_thread")]
async fn branches_and_tags_arrive_move_and_go() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, protected()).await;
    let work = world.work();
    work.write("a", "1");
    let one = work.commit("one", 1);
    let (ok, words) = push(&work, &["-u", &url, "main"]).await;
    assert!(ok && words.contains("remote: Thank you."), "{words}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(one));
    work.write("a", "2");
    let two = work.commit("two", 2);
    work.git(&["tag", "-a", "v1", "-m", "v1"]);
    let (ok, words) = push(&work, &[&url, "main", "v1", "main~1:refs/heads/café/x"]).await;
    assert!(ok, "{words}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(two));
    assert_eq!(repo.tip(&tag("v1")).await.unwrap(), Some(two));
    assert_eq!(repo.tip(&branch("café/x")).await.unwrap(), Some(one));
    let tag_object = work.git(&["rev-parse", "v1"]);
    assert_eq!(repo.reference(&tag("v1")).await.unwrap(), Some(oid(&tag_object)));
    let (ok, words) = push(&work, &[&url, ":refs/heads/café/x", ":v1"]).await;
    assert!(ok, "{words}");
    assert_eq!(repo.branches().await.unwrap().len(), 1);
    assert!(repo.tags().await.unwrap().is_empty());
    let (ok, words) = push(&work, &["--quiet", &url, "main:quiet"]).await;
    assert!(ok, "a new branch on a known commit sends no object: {words}");
    assert_clean(&repo, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_branch_is_judged_by_what_a_push_would_do() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, protected()).await;
    let work = world.work();
    work.write("a", "1");
    work.commit("one", 1);
    work.write("a", "2");
    let two = work.commit("two", 2);
    assert!(push(&work, &[&url, "main"]).await.0);
    work.git(&["reset", "-q", "--hard", "HEAD~1"]);
    work.write("a", "3");
    let other = work.commit("other", 3);
    let (ok, words) = push(&work, &["--force", &url, "main", "main:topic"]).await;
    assert!(!ok && words.contains("[remote rejected] main -> main (protected branch)"), "{words}");
    assert!(words.contains("remote: refs/heads/main: main is shared: nobody may"), "{words}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(two));
    assert_eq!(repo.tip(&branch("topic")).await.unwrap(), Some(other), "the other one lands");
    let (ok, words) = push(&work, &[&url, ":main"]).await;
    assert!(!ok && words.contains("nobody may delete it"), "{words}");
    work.git(&["reset", "-q", "--hard", &two.to_string()]);
    work.write("a", "4");
    work.commit("four", 4);
    work.git(&["branch", "-f", "topic", "HEAD"]);
    let (ok, words) = push(&work, &["--force", &url, "topic"]).await;
    assert!(ok, "an unprotected branch may be rewritten: {words}");
    assert_clean(&repo, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_atomic_push_lands_whole_or_not_at_all() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, protected()).await;
    let work = world.work();
    let one = work.commit("one", 1);
    let (ok, words) = push(&work, &["--atomic", &url, "main", "main:side"]).await;
    assert!(ok, "{words}");
    work.git(&["commit", "-q", "--amend", "--allow-empty", "-m", "rewritten"]);
    work.write("new", "new");
    work.commit("new", 2);
    let (ok, words) = push(&work, &["--atomic", "--force", &url, "main", "main:next"]).await;
    assert!(!ok && words.contains("next (atomic push failed)"), "{words}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(one));
    assert_eq!(repo.tip(&branch("next")).await.unwrap(), None);
    assert_clean(&repo, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_before_the_pack_leaves_nothing() {
    let world = World::new().await;
    let repo = world.create().await;
    let judge: Judge = Arc::new(|command| command.refuse("no right", "You are no member.\nAsk."));
    let url = door::open(&repo, judge).await;
    let work = world.work();
    work.write(
        "big",
        (0..3_000_000_u32).flat_map(|n| (n ^ (n << 7)).to_le_bytes()).collect::<Vec<_>>(),
    );
    work.commit("one", 1);
    let (ok, words) = push(&work, &[&url, "main"]).await;
    assert!(!ok && words.contains("remote: Ask.") && words.contains("(no right)"), "{words}");
    assert!(repo.branches().await.unwrap().is_empty());
    assert_clean(&repo, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_would_be_options_are_refused_one_by_one() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, welcome()).await;
    let work = world.work();
    let one = work.commit("one", 1);
    let (ok, words) = push(
        &work,
        &[&url, "HEAD:refs/heads/--exec=x", "HEAD:refs/replace/x", "HEAD:refs/heads/fine"],
    )
    .await;
    assert!(!ok && words.contains("--exec=x (invalid reference name)"), "{words}");
    assert_eq!(repo.tip(&branch("fine")).await.unwrap(), Some(one));
    assert_eq!(
        git(&repo.folder(), &["for-each-ref", "--format=%(refname)"], b""),
        "refs/heads/fine"
    );
    let (ok, words) = push(&work, &[&url, "HEAD:Fine", "HEAD:fine/below"]).await;
    assert!(!ok && words.contains("Fine (name differs only in case)"), "{words}");
    assert!(words.contains("fine/below (name in the way)"), "{words}");
    assert_eq!(repo.branches().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shallow_clone_is_told_how_to_push() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, welcome()).await;
    let work = world.work();
    work.commit("one", 1);
    work.commit("two", 2);
    let origin = format!("file://{}", work.folder.display());
    let scratch = world.scratch.path();
    git(scratch, &["clone", "-q", "--depth=1", &origin, "shallow"], b"");
    let shallow = Work { folder: scratch.join("shallow") };
    let (ok, words) = push(&shallow, &[&url, "main"]).await;
    assert!(!ok && words.contains("git fetch --unshallow"), "{words}");
    assert!(!repo.folder().join("shallow").exists());
    assert_clean(&repo, 0);
}
