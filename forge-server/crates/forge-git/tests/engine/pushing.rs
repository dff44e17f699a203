//! Pushes by the stock client and by hand: what lands, what is refused, what is left.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use forge_domain::names::Oid;
use forge_git::{Command, Effect, GitError, Limits, Repository};

use crate::{
    door::{self, Judge, welcome},
    support::{Work, World, branch, git, new_commit, oid, path, tag, try_git},
};

/// The client blocks a thread: it must not be the one that serves it.
async fn push(work: &Work, arguments: &[&str]) -> (bool, String) {
    let folder = work.folder.clone();
    let arguments: Vec<String> = ["push"].iter().chain(arguments).map(|&a| a.to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (success, _, words) = try_git(&folder, &arguments, b"");
        (success, words)
    })
    .await
    .unwrap()
}

/// A default branch as a shared module protects it.
fn protected() -> Judge {
    Arc::new(|command: &mut Command| {
        if command.name.as_ref() != Some(&branch("main")) {
            return;
        }
        match command.effect {
            Some(Effect::Rewrite) => command.refuse(
                "protected branch",
                "main is shared: nobody may rewrite it. Push a branch and ask for a merge.",
            ),
            Some(Effect::Delete) => {
                command.refuse("protected branch", "main is shared: nobody may delete it.");
            }
            _ => {}
        }
    })
}

/// Nothing of an unfinished push is in the store.
fn assert_clean(repo: &Repository, packs: usize) {
    let objects = repo.folder().join("objects");
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let others: Vec<_> =
        names(&objects).into_iter().filter(|name| name != "pack" && name != "info").collect();
    assert!(others.is_empty(), "left behind: {others:?}");
    let found = names(&objects.join("pack")).into_iter().filter(|name| name.ends_with(".pack"));
    assert_eq!(found.count(), packs);
    git(&repo.folder(), &["fsck", "--strict"], b"");
}

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

/// The body of a push, made by hand.
struct Body(Vec<u8>);

impl Body {
    fn new(commands: &[(Option<Oid>, Option<Oid>, &str)], capabilities: &str) -> Self {
        let id = |oid: &Option<Oid>| oid.unwrap_or(Oid::NULL).to_string();
        let mut body = Vec::new();
        for (at, (old, new, name)) in commands.iter().enumerate() {
            let mut line = format!("{} {} {name}", id(old), id(new));
            if at == 0 {
                line += &format!("\0 report-status {capabilities}");
            }
            body.extend_from_slice(format!("{:04x}{line}", line.len() + 4).as_bytes());
        }
        body.extend_from_slice(b"0000");
        Self(body)
    }

    fn with_pack(mut self, work: &Work, revisions: &str) -> Self {
        let pack = try_git(
            &work.folder,
            &["pack-objects", "--revs", "--stdout", "-q", "--thin"],
            revisions.as_bytes(),
        );
        assert!(pack.0, "{}", pack.2);
        self.0.extend_from_slice(&pack.1);
        self
    }

    async fn send(&self, repo: &Repository) -> String {
        self.judged(repo, &welcome()).await
    }

    async fn judged(&self, repo: &Repository, judge: &Judge) -> String {
        let report = door::push(repo, judge, self.0.as_slice()).await;
        String::from_utf8_lossy(&report).into_owned()
    }
}

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
