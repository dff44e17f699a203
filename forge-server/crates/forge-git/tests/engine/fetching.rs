//! Clone and fetch with the stock client, and what must not be had.

use std::time::{Duration, Instant};

use forge_git::{GitError, Limits, Protocol, Repository, Service};
use tokio::io::AsyncReadExt;

use crate::{
    door,
    support::{Work, World, git, try_git},
};

pub fn line(text: &str) -> String {
    format!("{:04x}{text}", text.len() + 4)
}

pub fn fetch_v2(arguments: &[String]) -> Vec<u8> {
    let mut body = line("command=fetch") + &line("object-format=sha1") + "0001";
    for argument in arguments {
        body += &line(argument);
    }
    (body + "0000").into_bytes()
}

pub async fn ask(repo: &Repository, protocol: Protocol, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut answer = repo.fetch(protocol, body).await.unwrap();
    // An error after git's own words is how a refusal of git itself ends.
    let _ = answer.read_to_end(&mut bytes).await;
    bytes
}

/// What an answer carries on the side-band of the pack.
fn pack(mut answer: &[u8]) -> Vec<u8> {
    let mut pack = Vec::new();
    while let Some((digits, rest)) = answer.split_at_checked(4) {
        let length = usize::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap();
        let (line, rest) = rest.split_at(length.max(4) - 4);
        pack.extend_from_slice(line.strip_prefix(&[1]).unwrap_or_default());
        answer = rest;
    }
    pack
}

/// The client blocks a thread: it must not be the one that serves it.
pub async fn client(folder: &std::path::Path, arguments: &[&str]) -> (bool, String, String) {
    let folder = folder.to_owned();
    let arguments: Vec<String> = arguments.iter().map(|&a| a.to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (success, out, words) = try_git(&folder, &arguments, b"");
        (success, String::from_utf8_lossy(&out).into_owned(), words)
    })
    .await
    .unwrap()
}

fn history(work: &Work) {
    for n in 0..20 {
        work.write(&format!("dir{}/f{n}", n % 3), format!("{n}\n").repeat(50));
        work.commit(&format!("commit {n}"), n);
    }
    work.git(&["tag", "-a", "v1", "-m", "v1"]);
    work.git(&["tag", "light", "HEAD~3"]);
    work.git(&["branch", "side", "HEAD~5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stock_client_clones_fetches_and_lists_in_every_version() {
    let world = World::new().await;
    let work = world.work();
    history(&work);
    let repo = world.mirror_of(&work).await;
    let url = door::open(&repo, door::welcome()).await;
    let scratch = world.scratch.path();
    let expected = git(&repo.folder(), &["ls-remote", "."], b"");
    for version in ["0", "1", "2"] {
        let setting = format!("protocol.version={version}");
        let (_, listed, words) = client(scratch, &["-c", &setting, "ls-remote", &url]).await;
        assert_eq!(listed.trim(), expected, "{words}");
        let target = format!("clone-{version}");
        let (ok, _, words) = client(scratch, &["-c", &setting, "clone", "-q", &url, &target]).await;
        assert!(ok, "version {version}: {words}");
        git(&scratch.join(&target), &["fsck", "--strict"], b"");
        assert_eq!(
            git(&scratch.join(&target), &["rev-parse", "HEAD"], b""),
            work.head().to_string()
        );
    }
    work.write("more", "more");
    let newer = work.commit("more", 23);
    work.git(&["push", "-q", repo.folder().to_str().unwrap(), "main"]);
    let (ok, _, words) = client(&scratch.join("clone-2"), &["fetch", "-q"]).await;
    assert!(ok, "{words}");
    let fetched = git(&scratch.join("clone-2"), &["rev-parse", "origin/main"], b"");
    assert_eq!(fetched, newer.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn shallow_and_partial_clones_work_and_fill_up_later() {
    let world = World::new().await;
    let work = world.work();
    history(&work);
    let repo = world.mirror_of(&work).await;
    let url = door::open(&repo, door::welcome()).await;
    let scratch = world.scratch.path();
    for (target, option) in
        [("shallow", "--depth=1"), ("blobless", "--filter=blob:none"), ("bare", "--filter=tree:0")]
    {
        let (ok, _, words) = client(scratch, &["clone", "-q", option, &url, target]).await;
        assert!(ok, "{option}: {words}");
        let file = git(&scratch.join(target), &["show", "HEAD:dir1/f19"], b"");
        assert!(file.starts_with("19\n19"), "{option}");
    }
    let old = git(&work.folder, &["rev-parse", "HEAD~7:dir0/f12"], b"");
    let (ok, shown, words) = client(&scratch.join("blobless"), &["cat-file", "blob", &old]).await;
    assert!(ok && shown.starts_with("12\n"), "a file of the past: {words}");
    let (ok, _, words) = client(&scratch.join("shallow"), &["fetch", "-q", "--unshallow"]).await;
    assert!(ok, "{words}");
    assert_eq!(git(&scratch.join("shallow"), &["rev-list", "--count", "HEAD"], b""), "20");
    let refused =
        client(scratch, &["clone", "-q", "--filter=sparse:oid=main:x", &url, "sparse"]).await;
    assert!(!refused.0, "a filter that costs too much is refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_repository_is_cloned_with_its_branch() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, door::welcome()).await;
    let (ok, _, words) = client(world.scratch.path(), &["clone", "-q", &url, "empty"]).await;
    assert!(ok, "{words}");
    let head = git(&world.scratch.path().join("empty"), &["symbolic-ref", "HEAD"], b"");
    assert_eq!(head, "refs/heads/main");
}

#[tokio::test]
async fn what_no_branch_leads_to_cannot_be_had() {
    let world = World::new().await;
    let work = world.work();
    work.write("open", "open");
    let first = work.commit("open", 1);
    work.write("secret", "secret");
    let secret = work.commit("secret", 2);
    let repo = world.mirror_of(&work).await;
    git(&repo.folder(), &["update-ref", "refs/heads/main", &first.to_string()], b"");
    git(&repo.folder(), &["update-ref", "refs/internal/x", &secret.to_string()], b"");
    let blob = work.git(&["rev-parse", "HEAD:secret"]);
    let tree = work.git(&["rev-parse", "HEAD^{tree}"]);
    let absent = "1".repeat(40);
    for wanted in [&secret.to_string(), &blob, &tree, &absent] {
        for filter in [None, Some("filter blob:none".to_owned())] {
            let mut arguments = vec![format!("want {wanted}"), "done".to_owned()];
            arguments.extend(filter);
            let answer = ask(&repo, Protocol::V2, &fetch_v2(&arguments)).await;
            let words = String::from_utf8_lossy(&answer).into_owned();
            assert_eq!(words[4..], format!("ERR upload-pack: not our ref {wanted}"));
        }
        let body = line(&format!("want {wanted} no-progress\n")) + "0000" + &line("done\n");
        let answer = ask(&repo, Protocol::V0, body.as_bytes()).await;
        let words = String::from_utf8_lossy(&answer).into_owned();
        assert_eq!(words[4..], format!("ERR upload-pack: not our ref {wanted}"));
    }
    // Smuggled behind what was judged, it still reaches nobody.
    let silent = |oid| fetch_v2(&[format!("want {oid}"), "no-progress".into(), "done".into()]);
    let (visible, hidden) = (silent(first), silent(secret));
    let answer = ask(&repo, Protocol::V2, &[visible.clone(), hidden].concat()).await;
    let expected = ask(&repo, Protocol::V2, &visible).await;
    assert_eq!(pack(&answer), pack(&expected));
    assert!(pack(&expected).starts_with(b"PACK"));
    let late = line(&format!("want {first}\n")) + "0000" + &line(&format!("want {secret}\n"));
    let refused = repo.fetch(Protocol::V0, (late + "0000").as_bytes()).await;
    assert!(matches!(refused, Err(GitError::Malformed(_))));
    // What is in sight can be had, also from inside.
    let open = git(&work.folder, &["rev-parse", &format!("{first}:open")], b"");
    let answer =
        ask(&repo, Protocol::V2, &fetch_v2(&[format!("want {open}"), "done".into()])).await;
    assert!(answer.windows(4).any(|bytes| bytes == b"PACK"));
}

#[tokio::test]
async fn a_request_that_is_none_is_refused_in_words() {
    let world = World::with(Limits { request_bytes_max: 1000, ..Limits::default() }).await;
    let work = world.work();
    work.commit("one", 1);
    let repo = world.mirror_of(&work).await;
    for (body, reason) in [
        (&b"zzzz"[..], "hexadecimal"),
        (b"0032want 12", "ends inside"),
        (&b"0032want nothingnothingnothingnothingnothingnothi0000"[..], "object id"),
    ] {
        let words = repo.fetch(Protocol::V0, body).await.unwrap_err().to_string();
        assert!(words.contains(reason), "{words}");
    }
    let large = fetch_v2(&vec![format!("have {}", "1".repeat(40)); 100]);
    let refused = repo.fetch(Protocol::V2, large.as_slice()).await;
    assert!(matches!(refused, Err(GitError::TooLarge(_))));
    let info = line("command=object-info") + "0001" + &line("size") + "0000";
    let words = ask(&repo, Protocol::V2, info.as_bytes()).await;
    assert!(words.ends_with(b"ERR unknown command 'object-info'"));
    assert!(ask(&repo, Protocol::V0, b"0000").await.is_empty());
    assert!(ask(&repo, Protocol::V2, b"0000").await.is_empty());
    let listed = repo.advertise(Service::UploadPack, Protocol::V2).await.unwrap();
    assert!(listed.starts_with(b"000eversion 2\n"));
}

/// Numbers of the processes that work in a folder of this name, or were told of it.
fn processes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        let arguments = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let place = std::fs::read_link(entry.path().join("cwd")).unwrap_or_default();
        let told = String::from_utf8_lossy(&[arguments, environment].concat()).contains(text);
        if told || place.to_string_lossy().contains(text) {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

fn random(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(step).flatten().take(length).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_takes_its_processes_along() {
    let world = World::with(Limits { children_max: 1, ..Limits::default() }).await;
    let work = world.work();
    work.write("big", random(40 << 20));
    let head = work.commit("big", 1);
    let repo = world.mirror_of(&work).await;
    let name = repo.id().to_string();
    let request = fetch_v2(&[format!("want {head}"), "done".to_owned()]);
    let mut answer = repo.fetch(Protocol::V2, request.as_slice()).await.unwrap();
    let mut some = vec![0; 100_000];
    answer.read_exact(&mut some).await.unwrap();
    let running = processes(&name);
    assert!(running.len() >= 2, "upload-pack and pack-objects are at work: {running:?}");
    let allowed = [
        "PATH",
        "HOME",
        "LC_ALL",
        "GIT_DIR",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_GLOBAL",
        "GIT_ATTR_NOSYSTEM",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_NO_LAZY_FETCH",
        "GIT_ALLOW_PROTOCOL",
        "GIT_TERMINAL_PROMPT",
        "GIT_PROTOCOL",
    ];
    let environment = std::fs::read_to_string(format!("/proc/{}/environ", running[0])).unwrap();
    for variable in environment.split('\0').filter(|line| !line.is_empty()) {
        let key = variable.split('=').next().unwrap();
        let own = key == "GIT_CONFIG_PARAMETERS" || key == "GIT_EXEC_PATH";
        assert!(allowed.contains(&key) || own, "{variable} reached the child");
    }
    drop(answer);
    let started = Instant::now();
    while !processes(&name).is_empty() {
        assert!(started.elapsed() < Duration::from_secs(2), "a child is left");
        tokio::task::yield_now().await;
    }
    // Its slot is free again.
    let whole = ask(&repo, Protocol::V2, &request).await;
    assert!(whole.len() > 40 << 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_every_slot_taken_is_told_so_in_time() {
    let wait_max = Duration::from_millis(50);
    let world = World::with(Limits { children_max: 1, wait_max, ..Limits::default() }).await;
    let work = world.work();
    work.write("big", random(10 << 20));
    let head = work.commit("big", 1);
    let repo = world.mirror_of(&work).await;
    let request = fetch_v2(&[format!("want {head}"), "done".to_owned()]);
    let held = repo.fetch(Protocol::V2, request.as_slice()).await.unwrap();
    let second = repo.fetch(Protocol::V2, request.as_slice()).await;
    assert!(matches!(second, Err(GitError::Busy)));
    drop(held);
    assert!(repo.fetch(Protocol::V2, request.as_slice()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_that_outstays_its_time_is_stopped() {
    let limits = Limits { child_time_max: Duration::from_millis(300), ..Limits::default() };
    let world = World::with(limits).await;
    let work = world.work();
    work.write("big", random(20 << 20));
    let head = work.commit("big", 1);
    let repo = world.mirror_of(&work).await;
    let request = fetch_v2(&[format!("want {head}"), "done".to_owned()]);
    let mut answer = repo.fetch(Protocol::V2, request.as_slice()).await.unwrap();
    let name = repo.id().to_string();
    let started = Instant::now();
    // Nobody reads: git waits on a full pipe until its time is over.
    while processes(&name).iter().any(|pid| !is_zombie(pid)) {
        assert!(started.elapsed() < Duration::from_secs(5), "the child is still there");
        tokio::task::yield_now().await;
    }
    assert!(answer.read_to_end(&mut Vec::new()).await.is_err(), "a cut answer is no whole one");
}

fn is_zombie(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_none_or(|rest| rest.trim_start().starts_with('Z'))
}
