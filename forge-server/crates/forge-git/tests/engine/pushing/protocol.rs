//! The commands themselves: their number, their form, what they ask.

use forge_git::Limits;

use super::Body;
use crate::support::{World, oid};

#[tokio::test]
async fn a_repository_holds_a_bounded_number_of_references() {
    let world = World::with(Limits { refs_max: 2, ..Limits::default() }).await;
    let repo = world.create().await;
    let work = world.work();
    let one = work.commit("one", 1);
    let names = ["refs/heads/a", "refs/heads/b", "refs/tags/c"];
    let commands = names.map(|name| (None, Some(one), name));
    let report = Body::new(&commands, "").with_pack(&work, "main\n").send(&repo).await;
    assert!(report.contains("ok refs/heads/b"), "{report}");
    assert!(report.contains("ng refs/tags/c too many references"), "{report}");
}

#[tokio::test]
async fn a_branch_makes_room_for_a_folder_of_its_name() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    let one = work.commit("one", 1);
    let (topic, below) = ("refs/heads/topic", "refs/heads/topic/x");
    Body::new(&[(None, Some(one), topic)], "").with_pack(&work, "main\n").send(&repo).await;
    let swap = [(None, Some(one), below), (Some(one), None, topic)];
    let report = Body::new(&swap, "").with_pack(&work, "main\n^main\n").send(&repo).await;
    assert!(report.contains("ok refs/heads/topic/x"), "{report}");
    assert_eq!(repo.branches().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_push_is_refused_in_words() {
    let world = World::with(Limits { commands_max: 3, ..Limits::default() }).await;
    let repo = world.create().await;
    let one = oid(&"1".repeat(40));
    let main = "refs/heads/main";
    let many = Body::new(&[(None, Some(one), main); 4], "").0;
    let options = |lines: usize, length: usize| {
        let mut body = Body::new(&[(None, Some(one), main)], "push-options").0;
        for _ in 0..lines {
            body.extend_from_slice(format!("{:04x}{}", length + 4, "o".repeat(length)).as_bytes());
        }
        body.extend_from_slice(b"0000");
        body
    };
    let sha256 = Body::new(&[(None, Some(one), main)], "object-format=sha256").0;
    for (body, reason) in [
        (&b"hello"[..], "hexadecimal"),
        (b"0003", "length 3"),
        (b"0009hello0000", "two object ids"),
        (b"00ff", "ends inside"),
        (b"000dpush-cert0000", "signed pushes"),
        (&many, "at most 3 references"),
        (&options(17, 3), "at most 16 options"),
        (&options(1, 1025), "at most 1024 bytes"),
        (&sha256, "SHA-1"),
    ] {
        let words = repo.begin_push(body).await.unwrap_err().to_string();
        assert!(words.contains(reason), "{reason}: {words}");
    }
    assert!(repo.begin_push(&b"0000"[..]).await.unwrap().is_empty(), "git's probe");
    let push = repo.begin_push(options(2, 5).as_slice().to_vec().leak() as &[u8]).await.unwrap();
    assert_eq!(push.options(), ["ooooo", "ooooo"]);
}

#[tokio::test]
async fn deleting_needs_no_pack_and_forgives_an_empty_one() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    let one = work.commit("one", 1);
    let (main, side) = ("refs/heads/main", "refs/heads/side");
    let both = [(None, Some(one), main), (None, Some(one), side)];
    Body::new(&both, "").with_pack(&work, "main\n").send(&repo).await;
    let report = Body::new(&[(Some(one), None, side)], "delete-refs").send(&repo).await;
    assert!(report.contains("ok refs/heads/side"), "{report}");
    let report = Body::new(&[(Some(one), None, main)], "delete-refs")
        .with_pack(&work, "main\n^main\n")
        .send(&repo)
        .await;
    assert!(report.contains("ok refs/heads/main"), "{report}");
    let report = Body::new(&[(None, None, main)], "").send(&repo).await;
    assert!(report.contains("ng refs/heads/main nothing to delete"), "{report}");
}
