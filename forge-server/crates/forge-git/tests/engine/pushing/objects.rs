//! What a pack holds: whole or not, harmful, damaged, too large.

use std::time::{Duration, Instant};

use forge_domain::names::Oid;
use forge_git::Limits;

use super::{Body, assert_clean};
use crate::support::{Work, World, branch, git, oid, path, try_git};

#[tokio::test]
async fn what_lacks_objects_is_refused_and_the_rest_lands() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("a", "1");
    let one = work.commit("one", 1);
    work.write("b", "2");
    let two = work.commit("two", 2);
    let (main, side) = ("refs/heads/main", "refs/heads/side");
    // The pack holds all of `one`, and of `two` only the commit itself.
    let whole = git(&work.folder, &["rev-list", "--objects", "--no-object-names", "main~1"], b"");
    let list = format!("{whole}\n{two}\n");
    let (_, pack, _) = try_git(&work.folder, &["pack-objects", "--stdout", "-q"], list.as_bytes());
    let mut body = Body::new(&[(None, Some(two), main), (None, Some(one), side)], "");
    body.0.extend_from_slice(&pack);
    let report = body.send(&repo).await;
    assert!(!report.contains("ok refs/heads/main"), "{report}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), None);
    git(&repo.folder(), &["fsck", "--strict"], b"");
    // A reference to what is not there at all.
    let nowhere = oid(&"5".repeat(40));
    let report = Body::new(&[(None, Some(nowhere), main)], "")
        .with_pack(&work, "main~1\n")
        .send(&repo)
        .await;
    assert!(report.contains("ng refs/heads/main missing necessary objects"), "{report}");
    // A branch on a file.
    let blob = oid(&work.git(&["rev-parse", "HEAD:a"]));
    let report =
        Body::new(&[(None, Some(blob), main)], "").with_pack(&work, "main~1\n").send(&repo).await;
    assert!(report.contains("ng refs/heads/main not a commit"), "{report}");
}

#[tokio::test]
async fn naming_what_one_may_not_see_does_not_bring_it_back() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("a", "1");
    let one = work.commit("one", 1);
    work.write("secret", "s");
    let secret = work.commit("secret", 2);
    let (main, back) = ("refs/heads/main", "refs/heads/back");
    Body::new(&[(None, Some(secret), main)], "").with_pack(&work, "main\n").send(&repo).await;
    let report = Body::new(&[(Some(secret), Some(one), main)], "")
        .with_pack(&work, "main~1\n^main~1\n")
        .send(&repo)
        .await;
    assert!(report.contains("ok refs/heads/main"), "{report}");
    let empty = "main~1\n^main~1\n";
    let report =
        Body::new(&[(None, Some(secret), back)], "").with_pack(&work, empty).send(&repo).await;
    assert!(report.contains("ng refs/heads/back missing necessary objects"), "{report}");
    // Who has it can send it.
    let report =
        Body::new(&[(None, Some(secret), back)], "").with_pack(&work, "main\n").send(&repo).await;
    assert!(report.contains("ok refs/heads/back"), "{report}");
}

/// A commit of one tree made of raw entries, by hand.
fn commit_of_tree(work: &Work, entries: &[u8]) -> Oid {
    let tree =
        git(&work.folder, &["hash-object", "--literally", "-t", "tree", "-w", "--stdin"], entries);
    oid(&work.git(&["commit-tree", &tree, "-m", "odd"]))
}

#[tokio::test]
async fn objects_that_would_harm_a_clone_are_refused() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("x", "x");
    work.commit("x", 1);
    let blob = oid(&work.git(&["rev-parse", "HEAD:x"]));
    let modules = b"[submodule \"../x\"]\n\tpath = x\n\turl = -u./x\n";
    let modules = oid(&git(&work.folder, &["hash-object", "-w", "--stdin"], modules));
    let entry = |mode: &str, name: &str, oid: Oid| {
        [format!("{mode} {name}\0").as_bytes(), oid.as_bytes()].concat()
    };
    let cases = [
        (entry("100644", ".git", blob), "hasDotgit"),
        (entry("100644", ".GIT", blob), "hasDotgit"),
        (entry("100644", "git~1", blob), "hasDotgit"),
        (entry("100644", ".g\u{200c}it", blob), "hasDotgit"),
        (entry("100644", "..", blob), "hasDotdot"),
        (entry("100644", ".gitmodules", modules), "gitmodules"),
        (entry("120000", ".gitmodules", blob), "gitmodulesSymlink"),
        ([entry("100644", "b", blob), entry("100644", "a", blob)].concat(), "treeNotSorted"),
        (entry("0100644", "a", blob), "zeroPaddedFilemode"),
    ];
    for (entries, complaint) in cases {
        let commit = commit_of_tree(&work, &entries);
        let report = Body::new(&[(None, Some(commit), "refs/heads/odd")], "side-band-64k")
            .with_pack(&work, &format!("{commit}\n"))
            .send(&repo)
            .await;
        assert!(report.contains("ng refs/heads/odd"), "{complaint}: {report}");
        assert!(report.contains(complaint), "{complaint}: {report}");
        assert_clean(&repo, 0);
    }
}

#[tokio::test]
async fn a_damaged_pack_is_refused_and_leaves_nothing() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    work.write("x", "x".repeat(1000));
    let head = work.commit("x", 1);
    let whole = Body::new(&[(None, Some(head), "refs/heads/main")], "").with_pack(&work, "main\n");
    let length = whole.0.len();
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.0.clone();
        change(&mut bytes);
        Body(bytes)
    };
    for body in [
        changed(&|bytes| bytes.truncate(length - 30)),
        changed(&|bytes| bytes[length - 1] ^= 1),
        changed(&|bytes| bytes[length - 60] ^= 0xff),
        Body::new(&[(None, Some(head), "refs/heads/main")], ""),
    ] {
        let report = body.send(&repo).await;
        assert!(report.contains("ng refs/heads/main"), "{report}");
        assert!(!report.contains("unpack ok"), "{report}");
        assert_clean(&repo, 0);
    }
    assert!(whole.send(&repo).await.contains("ok refs/heads/main"));
}

#[tokio::test]
async fn limits_on_size_are_told_in_words() {
    let limits = Limits { object_bytes_max: 1 << 20, pack_bytes_max: 3 << 20, ..Limits::default() };
    let world = World::with(limits).await;
    let repo = world.create().await;
    let work = world.work();
    work.write("bomb", vec![0; 9 << 20]);
    let bomb = work.commit("bomb", 1);
    let main = "refs/heads/main";
    let report = Body::new(&[(None, Some(bomb), main)], "side-band-64k")
        .with_pack(&work, "main\n")
        .send(&repo)
        .await;
    assert!(report.contains("larger than 1 MiB, the limit"), "{report}");
    assert_clean(&repo, 0);
    let noise: Vec<u8> =
        (0..1_100_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    work.write("bomb", noise);
    let noise = work.commit("noise", 2);
    let report = Body::new(&[(None, Some(noise), main)], "side-band-64k")
        .with_pack(&work, "main\n")
        .send(&repo)
        .await;
    assert!(report.contains("larger than 3 MiB, the limit"), "{report}");
    assert_clean(&repo, 0);
}

/// A size as a delta writes it.
fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[tokio::test]
async fn a_delta_that_claims_gigabytes_is_refused_at_once() {
    let world = World::new().await;
    let repo = world.create().await;
    let deflated = |bytes: &[u8]| {
        use std::io::Write;
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let delta = [varint(5), varint(4 << 30), vec![1, b'x']].concat();
    let base = [vec![0x30 | 5], deflated(b"hello")].concat();
    let offset = u8::try_from(base.len()).unwrap();
    let delta =
        [vec![0x60 | u8::try_from(delta.len()).unwrap(), offset], deflated(&delta)].concat();
    let mut pack = [b"PACK\0\0\0\x02\0\0\0\x02".to_vec(), base, delta].concat();
    let mut hasher = gix::hash::hasher(gix::hash::Kind::Sha1);
    hasher.update(&pack);
    pack.extend_from_slice(hasher.try_finalize().unwrap().as_slice());
    let command = [(None, Some(oid(&"1".repeat(40))), "refs/heads/main")];
    let mut body = Body::new(&command, "side-band-64k");
    body.0.extend_from_slice(&pack);
    let started = Instant::now();
    let report = body.send(&repo).await;
    assert!(report.contains("larger than 100 MiB, the limit"), "{report}");
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_clean(&repo, 0);
}

#[tokio::test]
async fn more_packs_than_gix_has_slots_for_stay_readable() {
    let world = World::new().await;
    let repo = world.create().await;
    let work = world.work();
    let mut last = None;
    // Written behind the engine's back, so that its open handle is not told.
    let receive =
        "--receive-pack=git -c receive.unpackLimit=1 -c receive.autogc=false receive-pack";
    for n in 0..70 {
        work.write("a", n.to_string());
        let new = work.commit(&n.to_string(), 1);
        work.git(&["push", "-q", receive, repo.folder().to_str().unwrap(), "main"]);
        let seen = repo.blob(new, &path("a"), 10).await.unwrap();
        assert_eq!(seen.content.unwrap(), n.to_string().as_bytes());
        last = Some(new);
    }
    assert_eq!(repo.count_commits(last.unwrap()).await.unwrap().commits, 70);
    assert_clean(&repo, 70);
}
