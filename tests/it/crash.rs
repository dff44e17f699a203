//! `kill -9` at any moment. What was acknowledged is there, every repository passes `git fsck`, the
//! ledger verifies, nothing is left lying about. A power cut is another matter: it has its own
//! drill.

use std::{
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use forge_tests::{
    Engine, Forge, Terminal, Town, on_both,
    town::{self, day, done},
};
use serde_json::{Value, json};

use super::git::{incoming, repositories};

/// How often the server is killed in each story: a debug build starts in about a second.
const KILLS: u32 = 6;

/// The moments of the kills, from a seed that a failure prints (`FORGE_TEST_SEED` repeats it).
struct Moments(u64);

impl Moments {
    fn new() -> Self {
        let told = std::env::var("FORGE_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos().into();
        let seed: u64 = told.unwrap_or_else(now);
        println!("FORGE_TEST_SEED={seed}");
        // Xorshift never leaves zero.
        Self(seed | 1)
    }

    fn below(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        most.mul_f64((self.0 % 1000) as f64 / 1000.0)
    }
}

/// What must hold after every start, whatever was under way when the server died.
fn check(forge: &Forge) {
    assert_eq!(incoming(forge), Vec::<std::path::PathBuf>::new(), "quarantine was left behind");
    let git = Terminal::new();
    for repository in repositories(forge) {
        let place = repository.display().to_string();
        git.git("", &["--git-dir", &place, "fsck", "--full", "--strict"]).ok();
    }
    // Open intents, references against the push log, the ledger against its signed heads.
    forge.command(&["verify"]).ok();
}

fn start(engine: Engine) -> Forge {
    Forge::with(engine).on_the_real_clock().start()
}

/// A push of a file that takes a moment, to a branch of its own.
fn push(work: &Terminal, forge: &Forge, token: &str, number: u32) -> (String, Child) {
    let branch = format!("essai-{number}");
    work.git("work", &["checkout", "-q", "-b", &branch, "main"]).ok();
    let factor = 0x9e37_79b9_7f4a_7c15 ^ u64::from(number);
    let random: String =
        (1..=120_000_u64).map(|n| format!("{:x}\n", n.wrapping_mul(factor))).collect();
    work.write(&format!("work/{branch}.txt"), &random);
    work.git("work", &["add", "-A"]).ok();
    work.git("work", &["commit", "-q", "-m", &branch]).ok();
    let remote = forge.remote("aubervac/cantine", Some(token));
    let mut command = work.command("git");
    command.args(["push", "-q", &remote, &branch]).current_dir(work.home().join("work"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    (branch, command.spawn().unwrap())
}

/// Another open call of the space; its reference.
fn open(forge: &Forge, lead: &str, number: u32) -> String {
    let api = forge.api(Some(lead));
    let new = town::call(&format!("Appel {number}"), day(30));
    let drafted = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
    let call = done(&drafted)["ref"].as_str().unwrap().to_owned();
    done(&api.send("POST", &format!("/api/v1/calls/{call}/publish"), &json!({})));
    call
}

on_both! {
    fn a_push_that_was_acknowledged_survives_a_kill(engine) {
        let mut moments = Moments::new();
        let mut forge = start(engine);
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let token = town.member("nadia", "aubervac", "maintainer");
        let work = forge.terminal();
        work.git("", &["init", "-q", "work"]).ok();
        work.git("work", &["commit", "-q", "--allow-empty", "-m", "Commencer"]).ok();
        let remote = forge.remote("aubervac/cantine", Some(&token));
        work.git("work", &["push", "-q", &remote, "main"]).ok();

        // Kills fall before and after the moment a push is usually done.
        let began = Instant::now();
        assert!(push(&work, &forge, &token, KILLS).1.wait().unwrap().success());
        let usual = began.elapsed() * 2;

        let mut acknowledged = vec!["main".to_owned(), format!("essai-{KILLS}")];
        for number in 0..KILLS {
            let (branch, mut pushing) = push(&work, &forge, &token, number);
            thread::sleep(moments.below(usual));
            forge.kill();
            if pushing.wait().unwrap().success() {
                acknowledged.push(branch);
            }
            forge.start_again();
            check(&forge);
            let remote = forge.remote("aubervac/cantine", Some(&token));
            let listed = work.git("work", &["ls-remote", "--heads", &remote]);
            let listed = listed.ok();
            for branch in &acknowledged {
                let head = work.git("work", &["rev-parse", branch]);
                let line = format!("{}\trefs/heads/{branch}", head.ok().trim());
                assert!(listed.contains(&line), "{branch} was acknowledged:\n{listed}");
            }
        }
        println!("{} of {KILLS} pushes were acknowledged before the kill", acknowledged.len() - 2);
        // What was interrupted can be done again.
        for number in 0..KILLS {
            let remote = forge.remote("aubervac/cantine", Some(&token));
            work.git("work", &["push", "-q", &remote, &format!("essai-{number}")]).ok();
        }
        check(&forge);
    }

    fn a_pledge_that_was_acknowledged_survives_a_kill(engine) {
        let mut moments = Moments::new();
        let mut forge = start(engine);
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let lead = town.member("lise", "aubervac", "lead");
        let signatory = town.signatory("simone", "aubervac", "60000.00");
        town.space("enfance", "aubervac", &lead);
        let calls: Vec<_> = (0..KILLS * 4).map(|number| open(&forge, &lead, number)).collect();
        let began = Instant::now();
        let first = format!("/api/v1/calls/{}/pledges", open(&forge, &lead, KILLS * 4));
        let pledge = town::pledge("aubervac", "50000.00");
        let pledge = forge.api(Some(&signatory)).send("POST", &first, &pledge);
        let usual = began.elapsed() * 2;

        let mut acknowledged: Vec<Value> = vec![done(&pledge).clone()];
        for calls in calls.chunks(4) {
            let api = forge.api(Some(&signatory));
            let paths: Vec<_> =
                calls.iter().map(|call| format!("/api/v1/calls/{call}/pledges")).collect();
            let pledging = thread::spawn(move || {
                let body = town::pledge("aubervac", "50000.00");
                paths.iter().map_while(|path| api.try_send("POST", path, &body)).collect::<Vec<_>>()
            });
            thread::sleep(moments.below(usual));
            forge.kill();
            for answer in pledging.join().unwrap() {
                acknowledged.push(done(&answer).clone());
            }
            forge.start_again();
            check(&forge);
            for pledge in &acknowledged {
                let path = format!("/api/v1/pledges/{}", pledge["ref"].as_str().unwrap());
                let kept = forge.api(Some(&signatory)).get(&path).body;
                for key in ["id", "call", "state", "ceiling", "ledger_seq", "ledger_hash"] {
                    assert_eq!(kept[key], pledge[key], "{key} of {kept:#}");
                }
            }
        }
        println!("{} pledges were acknowledged before the kills", acknowledged.len());
        // What nobody was told of is there whole or not at all: every pledge has its entry.
        let api = forge.api(Some(&lead));
        let entries = api.get("/api/v1/spaces/enfance/ledger?limit=50").body;
        let pledges = api.get("/api/v1/councils/aubervac/pledges?limit=50").body;
        assert_eq!(entries.as_array().unwrap().len(), pledges.as_array().unwrap().len());
        assert!(pledges.as_array().unwrap().len() >= acknowledged.len());
    }
}
