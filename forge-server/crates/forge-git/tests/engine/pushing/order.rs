//! Who comes first, who comes late, who goes away.

use std::time::{Duration, Instant};

use forge_git::{Effect, GitError};

use super::{Body, assert_clean};
use crate::support::{World, branch, git, new_commit};

#[tokio::test]
async fn of_two_pushers_on_one_reference_one_wins() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    let base = work.commit("base", 1);
    let main = "refs/heads/main";
    Body::new(&[(None, Some(base), main)], "").with_pack(&work, "main\n").send(&repo).await;
    let mut bodies = Vec::new();
    for n in 0..6 {
        work.git(&["reset", "-q", "--hard", &base.to_string()]);
        work.write("a", n.to_string());
        let new = work.commit(&format!("by {n}"), 2);
        let own = format!("refs/heads/own-{n}");
        let commands = [(Some(base), Some(new), main), (None, Some(new), own.as_str())];
        bodies.push(Body::new(&commands, "").with_pack(&work, &format!("{new}\n^{base}\n")));
    }
    let tasks: Vec<_> = bodies
        .into_iter()
        .map(|body| {
            let repo = repo.clone();
            tokio::spawn(async move { body.send(&repo).await })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        let report = task.await.unwrap();
        assert!(report.contains("ok refs/heads/own-"), "{report}");
        winners += usize::from(report.contains("ok refs/heads/main"));
        assert!(report.contains("ok refs/heads/main") || report.contains("main fetch first"));
    }
    assert_eq!(winners, 1);
    assert_eq!(repo.branches().await.unwrap().len(), 7);
    assert_eq!(
        repo.log(repo.tip(&branch("main")).await.unwrap().unwrap(), None, 0, 9)
            .await
            .unwrap()
            .commits
            .len(),
        2
    );
}

#[tokio::test]
async fn a_pusher_who_is_late_is_told_to_fetch_first() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    let one = work.commit("one", 1);
    let two = work.commit("two", 2);
    let main = "refs/heads/main";
    Body::new(&[(None, Some(two), main)], "").with_pack(&work, "main\n").send(&repo).await;
    for stale in [None, Some(one)] {
        let report = Body::new(&[(stale, Some(one), main)], "")
            .with_pack(&work, "main~1\n")
            .send(&repo)
            .await;
        assert!(report.contains("ng refs/heads/main fetch first"), "{report}");
    }
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(two));
}

#[tokio::test]
async fn a_push_that_is_dropped_midway_leaves_nothing() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("a", "1");
    let one = work.commit("one", 1);
    let body = Body::new(&[(None, Some(one), "refs/heads/main")], "").with_pack(&work, "main\n");
    let received = repo.begin_push(body.0.as_slice()).await.unwrap().receive().await.unwrap();
    let accepted = received.accepted();
    assert_eq!((accepted.len(), accepted[0].effect), (1, Some(Effect::Create)));
    drop(received);
    assert_clean(&repo, 0);
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), None);
}

#[tokio::test]
async fn a_commit_once_begun_ends_also_without_its_client() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("a", "1");
    let one = work.commit("one", 1);
    let body = Body::new(&[(None, Some(one), "refs/heads/main")], "").with_pack(&work, "main\n");
    let received = repo.begin_push(body.0.as_slice()).await.unwrap().receive().await.unwrap();
    let left = tokio::time::timeout(Duration::ZERO, received.commit()).await;
    assert!(left.is_err(), "the client has gone before the end");
    let started = Instant::now();
    while repo.tip(&branch("main")).await.unwrap() != Some(one) {
        assert!(started.elapsed() < Duration::from_secs(10), "the push has not landed");
    }
    // The lock of the writer is free once the end is reached.
    let next = new_commit("next", &[("b", Some("b"))]);
    repo.commit_files(&branch("main"), next).await.unwrap();
    assert!(!repo.folder().join("refs/heads/main.lock").exists());
    git(&repo.folder(), &["fsck", "--strict"], b"");
}

#[tokio::test]
async fn a_repository_that_is_gone_is_said_to_be() {
    let world = World::new().await;
    let repo = world.create().await;
    world.repositories.remove(repo.id()).await.unwrap();
    let work = world.work();
    let one = work.commit("one", 1);
    let body = Body::new(&[(None, Some(one), "refs/heads/main")], "").with_pack(&work, "main\n");
    let gone = repo.begin_push(body.0.as_slice()).await;
    assert!(matches!(gone, Err(GitError::NoRepository)));
    assert!(!repo.folder().exists());
}
