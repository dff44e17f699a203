//! `git push origin HEAD:refs/for/main`: proposals, and the versions they leave behind.

use std::sync::Arc;

use forge_git::{Command, Effect, NewVersion, Repository, Versions};

use super::{Body, assert_clean, push};
use crate::{
    door::{self, Judge, welcome},
    support::{Work, World, branch, git, try_git},
};

/// Whoever takes what is proposed as a version of request 7.
fn taking(version: NewVersion) -> Judge {
    Arc::new(move |command: &mut Command| {
        if matches!(command.effect, Some(Effect::Propose { .. })) {
            command.record(version);
        }
    })
}

fn version(number: u64, previous: Option<forge_domain::names::Oid>) -> NewVersion {
    NewVersion { request: 7, number, previous }
}

/// A repository whose main branch is there, and a change on top of it.
async fn changed(world: &World) -> (Repository, Work) {
    let repo = world.create().await;
    let work = world.work();
    work.write("a", "1\n");
    let base = work.commit("base", 1);
    let body = Body::new(&[(None, Some(base), "refs/heads/main")], "").with_pack(&work, "main\n");
    body.send(&repo).await;
    work.write("a", "2\n");
    work.commit("change", 2);
    (repo, work)
}

fn refs(repo: &Repository) -> String {
    git(&repo.folder(), &["for-each-ref", "--format=%(refname)"], b"")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_becomes_a_merge_request_and_is_told_where_it_is() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    let first = work.head();
    let url = door::open(&repo, taking(version(1, None))).await;
    let (ok, words) = push(&work, &[&url, "HEAD:refs/for/main"]).await;
    assert!(ok && words.contains("HEAD -> refs/merge-requests/7/head"), "{words}");
    assert!(words.contains("[new reference]") && words.contains("remote: Thank you."), "{words}");
    let kept = "refs/heads/main\nrefs/merge-requests/7/head\nrefs/merge-requests/7/versions/1";
    assert_eq!(refs(&repo), kept, "nothing stands under refs/for");
    // A history that was rewritten is a version more: the one before stays.
    work.git(&["commit", "-q", "--amend", "-m", "change, better said"]);
    let second = work.head();
    let url = door::open(&repo, taking(version(2, Some(first)))).await;
    let (ok, words) = push(&work, &[&url, "HEAD:refs/for/main/payments/parts"]).await;
    assert!(ok && words.contains("HEAD -> refs/merge-requests/7/head (forced update)"), "{words}");
    let expected = Versions { head: Some(second), all: vec![(1, first), (2, second)] };
    assert_eq!(repo.versions(7).await.unwrap(), expected);
    assert_eq!(repo.versions(70).await.unwrap(), Versions::default());
    assert_clean(&repo, 3);
}

#[tokio::test]
async fn each_form_of_report_tells_what_it_can() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    let head = work.head();
    let command = [(None, Some(head), "refs/for/main")];
    let body = Body::new(&command, "").with_pack(&work, "main\n^main~1\n");
    let report = body.judged(&repo, &taking(version(1, None))).await;
    assert!(report.contains("ok refs/for/main") && !report.contains("option"), "{report}");
    work.write("a", "3\n");
    let next = work.commit("more", 3);
    let command = [(None, Some(next), "refs/for/main")];
    let body = Body::new(&command, "report-status-v2").with_pack(&work, "main\n^main~1\n");
    let report = body.judged(&repo, &taking(version(2, Some(head)))).await;
    for line in [
        "ok refs/for/main\n".to_owned(),
        "option refname refs/merge-requests/7/head\n".to_owned(),
        format!("option old-oid {head}\n"),
        format!("option new-oid {next}\n"),
    ] {
        assert!(report.contains(&line), "{line}: {report}");
    }
    assert!(!report.contains("forced-update"), "{report}");
}

#[tokio::test]
async fn what_is_asked_is_known_before_the_pack_and_its_extent_after_it() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    work.git(&["branch", "release/2027", "main"]);
    let release = Body::new(&[(None, Some(work.head()), "refs/heads/release/2027")], "");
    release.with_pack(&work, "main\n").send(&repo).await;
    work.write("b", "1\n");
    let head = work.commit("two", 3);
    for (name, base, topic, commits) in [
        ("refs/for/main", "main", None, 2),
        ("refs/for/main/a/b", "main", Some("a/b"), 2),
        ("refs/for/release/2027/parts", "release/2027", Some("parts"), 1),
    ] {
        let mut body = Body::new(&[(None, Some(head), name)], "push-options").0;
        for option in ["title=Parts", "draft", "other=1"] {
            body.extend_from_slice(format!("{:04x}{option}", option.len() + 4).as_bytes());
        }
        body.extend_from_slice(b"0000");
        let body = Body(body).with_pack(&work, "main\n");
        let push = repo.begin_push(body.0.as_slice()).await.unwrap();
        let proposal = push.commands()[0].proposal.clone().unwrap();
        assert_eq!((&proposal.base, proposal.topic.as_deref()), (&branch(base), topic));
        let options = push.proposal_options();
        assert_eq!((options.title.as_deref(), options.draft), (Some("Parts"), Some(true)));
        assert_eq!(options.unknown, ["other=1"]);
        let received = push.receive().await.unwrap();
        let accepted = received.accepted();
        assert_eq!(accepted[0].effect, Some(Effect::Propose { commits }), "{name}");
        assert_eq!(accepted[0].name, None);
    }
}

#[tokio::test]
async fn what_cannot_be_proposed_is_refused_with_the_reason() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    let (head, base) = (work.head(), work.git(&["rev-parse", "HEAD~1"]).parse().unwrap());
    let blob = work.git(&["rev-parse", "HEAD:a"]).parse().unwrap();
    let long = format!("refs/for/main/{}", "x".repeat(101));
    for (old, new, name, why) in [
        (None, Some(head), "refs/for/nothing", "no such branch"),
        (None, Some(head), "refs/for/", "invalid reference name"),
        (None, Some(head), "refs/for/main/--exec=x", "invalid reference name"),
        (None, Some(head), "refs/for/refs/heads/main", "invalid reference name"),
        (None, Some(head), long.as_str(), "invalid topic"),
        (Some(base), Some(head), "refs/for/main", "fetch first"),
        (Some(head), None, "refs/for/main", "nothing to delete"),
        (None, Some(base), "refs/for/main", "nothing to propose"),
        (None, Some(blob), "refs/for/main", "not a commit"),
        // The caller that knows no merge requests has recorded nothing.
        (None, Some(head), "refs/for/main", "no merge requests here"),
    ] {
        let body = Body::new(&[(old, new, name)], "side-band-64k").with_pack(&work, "main\n");
        let report = body.send(&repo).await;
        assert!(report.contains(&format!("ng {name} {why}")), "{name} {why}: {report}");
        assert_clean(&repo, 1);
    }
    assert_eq!(refs(&repo), "refs/heads/main");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_references_of_merge_requests_are_the_server_s() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    let url = door::open(&repo, welcome()).await;
    for name in ["merge-requests/7/head", "merge-requests/7/versions/1", "pull/7/head"] {
        let target = format!("HEAD:refs/{name}");
        let (ok, words) = push(&work, &["--force", &url, &target]).await;
        assert!(!ok && words.contains("(kept by the server)"), "{words}");
        assert!(words.contains("remote: ") && words.contains("HEAD:refs/for/main"), "{words}");
        // What stands there can be deleted by nobody either.
        let delete = Body::new(&[(Some(work.head()), None, &format!("refs/{name}"))], "");
        assert!(delete.send(&repo).await.contains("kept by the server"));
    }
    assert_eq!(refs(&repo), "refs/heads/main");
}

#[tokio::test]
async fn a_branch_s_push_and_its_version_land_together_or_not_at_all() {
    let world = World::new().await;
    let (repo, work) = changed(&world).await;
    let topic = "refs/heads/topic";
    let recording = |version: NewVersion| -> Judge {
        Arc::new(move |command: &mut Command| {
            if command.effect.is_some() {
                command.record(version);
            }
        })
    };
    let one = work.head();
    let body = Body::new(&[(None, Some(one), topic)], "").with_pack(&work, "main\n^main~1\n");
    let report = body.judged(&repo, &recording(version(1, None))).await;
    assert!(report.contains("ok refs/heads/topic"), "{report}");
    work.write("a", "3\n");
    let two = work.commit("two", 3);
    let body = Body::new(&[(Some(one), Some(two), topic)], "").with_pack(&work, "main\n^main~1\n");
    for taken in [version(1, Some(one)), version(2, None), version(2, Some(two))] {
        let report = body.judged(&repo, &recording(taken)).await;
        assert!(report.contains("ng refs/heads/topic"), "{taken:?}: {report}");
        assert_eq!(repo.tip(&branch("topic")).await.unwrap(), Some(one));
        assert_eq!(repo.versions(7).await.unwrap().all, [(1, one)]);
    }
    let report = body.judged(&repo, &recording(version(2, Some(one)))).await;
    assert!(report.contains("ok refs/heads/topic"), "{report}");
    // The branch goes, and nothing of the request with it.
    Body::new(&[(Some(two), None, topic)], "delete-refs").send(&repo).await;
    assert_eq!(repo.tip(&branch("topic")).await.unwrap(), None);
    git(&repo.folder(), &["-c", "gc.pruneExpire=now", "gc", "-q"], b"");
    assert_eq!(repo.versions(7).await.unwrap().all, [(1, one), (2, two)]);
    assert_eq!(repo.commit(two).await.unwrap().subject, "two");
    assert!(try_git(&repo.folder(), &["fsck", "--strict"], b"").0);
}
