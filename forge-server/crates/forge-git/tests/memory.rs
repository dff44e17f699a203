//! A push and a clone of a large repository leave the server's memory where it was. On its
//! own, because the memory of a process is that of all its tests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]
#![expect(dead_code, reason = "the other tests use the rest of what is shared")]

#[path = "engine/door.rs"]
mod door;
#[path = "engine/support.rs"]
mod support;

use support::{World, branch, try_git};

/// What the repository weighs, in files of noise.
const FILES: u64 = 6;
const FILE_BYTES: usize = 10 << 20;
/// How much the server may grow meanwhile.
const GROWTH_KB_MAX: u64 = 20 << 10;

fn noise(mut state: u64) -> Vec<u8> {
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    std::iter::repeat_with(step).flatten().take(FILE_BYTES).collect()
}

/// The highest resident memory since [`forget_peak`], in kB.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_stays_flat_over_a_large_push_and_clone() {
    let world = World::new().await;
    let repo = world.create().await;
    let url = door::open(&repo, door::welcome()).await;
    let work = world.work();
    for n in 0..FILES {
        work.write(&format!("noise-{n}"), noise(n + 1));
    }
    let head = work.commit("noise", 1);
    for (folder, arguments) in [
        (work.folder.clone(), vec!["push", "-q", &url, "main"]),
        (world.scratch.path().to_owned(), vec!["clone", "-q", "--bare", &url, "copy"]),
    ] {
        forget_peak();
        let before = peak_kb();
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        let name = arguments[0].clone();
        let (ok, _, words) = tokio::task::spawn_blocking(move || {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            try_git(&folder, &arguments, b"")
        })
        .await
        .unwrap();
        assert!(ok, "{words}");
        let growth_kb = peak_kb().saturating_sub(before);
        println!("{name}: {before} kB before, grown by {growth_kb} kB");
        assert!(growth_kb < GROWTH_KB_MAX, "{name} grew the server by {growth_kb} kB");
    }
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), Some(head));
}
