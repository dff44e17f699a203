//! Backup, restore and verify, beside a server that runs; and what each says when it must refuse.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use forge_tests::{Engine, Forge, Ran, engine::block_on, on_both, run};
use serde_json::Value;

/// The module that is pushed to.
const MODULE: &str = "enfance-jeunesse/periscolaire";
/// A push takes less, even beside other tests.
const PATIENCE: Duration = Duration::from_secs(60);

on_both! {
    /// What was acknowledged before the backup began is in it, whatever is pushed meanwhile; rows
    /// and references agree, on the engine it came from and on the other one.
    fn a_backup_under_load_is_restored_whole(engine) {
        let forge = Forge::demo(engine);
        let pusher = Pusher::start(&forge);
        let before = pusher.wait_for(3);
        let file = archive(&forge, &[]);
        let after = pusher.wait_for(pusher.acknowledged() + 1);
        pusher.stop();
        assert!(after > before);
        sound(&forge.command(&["verify", "--json"]));
        let readers = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(readers, 0o600, "the archive holds keys");
        for target in [Engine::Sqlite, Engine::Postgres] {
            let setup = Forge::with(target);
            setup.command(&["restore", file.to_str().unwrap()]).ok();
            sound(&setup.command(&["verify", "--json"]));
            let restored = setup.start();
            sound(&restored.command(&["verify", "--json"]));
            let there = branches(&restored);
            assert!(there >= before, "{there} of {before} branches came back on {target:?}");
            assert_eq!(calls(&restored), calls(&forge));
            assert_eq!(ledger(&restored), ledger(&forge), "the same hashes on {target:?}");
            let token = forge.account("lead")["token"].as_str().unwrap();
            assert_eq!(restored.api(Some(token)).get("/api/v1/user").status, 200);
        }
    }

    fn a_place_that_is_not_empty_is_a_sentence(engine) {
        let forge = Forge::start(engine);
        let file = archive(&forge, &[]);
        let name = file.to_str().unwrap();
        assert!(forge.command(&["restore", name]).fails(1).contains("is not empty"));
        assert!(forge.command(&["backup", name]).fails(1).contains("exists already"));
    }

    /// Whoever holds the database can rewrite it, and is found out.
    fn a_rewritten_audit_row_is_found(engine) {
        let forge = Forge::demo(engine);
        let thaw = match engine {
            Engine::Sqlite => "drop trigger audit_no_update",
            Engine::Postgres => "alter table audit disable trigger all",
        };
        let change = "update audit set subject = 'other' where seq = 7";
        block_on(forge.database().execute(&[thaw, change])).unwrap();
        let report = unsound(&forge.command(&["verify", "--json"]));
        assert_eq!(report, [("audit".to_owned(), "audit_changed".to_owned(), "7".to_owned())]);
    }
}

#[test]
fn files_that_changed_are_found_and_named() {
    let forge = Forge::demo(Engine::Sqlite);
    let document = entries(&forge.data().join("evidence")).remove(0);
    fs::write(&document, "another text").unwrap();
    let lead = forge.account("lead")["token"].as_str().unwrap();
    let found = forge.api(Some(lead)).get(&format!("/api/v1/repos/{MODULE}")).body;
    assert_eq!(found["full_name"], MODULE);
    // A reference that somebody moved with a shell on the server.
    let moved = repositories(&forge).into_iter().find_map(|repository| {
        let tags = repository.join("refs/tags/v1.1.0");
        tags.exists().then_some(repository)
    });
    let moved = moved.expect("the module has a tag");
    fs::remove_file(moved.join("refs/tags/v1.1.0")).unwrap();
    let report = unsound(&forge.command(&["verify", "--json"]));
    let codes: Vec<_> =
        report.iter().map(|(part, code, _)| (part.as_str(), code.as_str())).collect();
    assert_eq!(
        codes,
        [("repositories", "reference_differs"), ("evidence", "evidence_changed")],
        "{report:#?}"
    );
    assert_eq!(report[0].2, MODULE);
    let file_name = document.file_name().unwrap().to_str().unwrap();
    assert_eq!(report[1].2, file_name);
}

#[test]
fn an_archive_that_was_cut_or_changed_puts_nothing_back() {
    let forge = Forge::demo(Engine::Sqlite);
    let file = archive(&forge, &[]);
    let whole = fs::read(&file).unwrap();
    let cut = whole[..whole.len() / 2].to_vec();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for (name, bytes) in [("cut", cut), ("changed", changed), ("other", b"not a tar".to_vec())] {
        let damaged = file.with_extension(name);
        fs::write(&damaged, bytes).unwrap();
        let setup = Forge::with(Engine::Sqlite);
        let said = setup.command(&["restore", damaged.to_str().unwrap()]).fails(1);
        assert!(said.contains("is not a whole backup of a forge"), "{name}: {said}");
        assert_eq!(fs::read_dir(setup.data()).unwrap().count(), 0, "{name}: something was written");
    }
}

/// Security.md A11 #159: whoever finds a backup cannot sign in with what it holds.
#[test]
fn no_secret_stands_in_a_backup() {
    let forge = Forge::demo(Engine::Sqlite);
    let bytes = fs::read(archive(&forge, &[])).unwrap();
    let holds = |secret: &str| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
    assert!(holds("nadia.ferrand@aubervac.example"), "the backup holds the accounts");
    for account in forge.ready()["accounts"].as_array().unwrap() {
        for key in ["password", "token"] {
            assert!(!holds(account[key].as_str().unwrap()), "the {key} of {}", account["login"]);
        }
    }
}

#[test]
fn without_git_nothing_starts_and_a_sentence_says_why() {
    let setup = Forge::with(Engine::Sqlite).set("PATH", "/nonexistent");
    let said = setup.refused().fails(1);
    assert!(said.contains("git was not found"), "{said}");
}

/// Two servers on one folder would each take the other's pushes for leftovers.
#[test]
fn a_folder_in_use_is_a_sentence() {
    let forge = Forge::start(Engine::Sqlite);
    let said = forge.command(&["serve"]).fails(1);
    assert!(said.contains("another server is using the data folder"), "{said}");
}

#[test]
fn where_there_is_no_forge_nothing_is_made() {
    let setup = Forge::with(Engine::Sqlite);
    for command in [&["verify"][..], &["backup", "/nonexistent/file.tar"]] {
        let said = setup.command(command).fails(1);
        assert!(said.contains("there is no forge in"), "{said}");
    }
    assert_eq!(fs::read_dir(setup.data()).unwrap().count(), 0);
}

/// Pushes one new branch after another, until it is told to stop.
struct Pusher {
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    thread: JoinHandle<()>,
}

impl Pusher {
    fn start(forge: &Forge) -> Self {
        let (stop, acknowledged) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let token = forge.account("maintainer")["token"].as_str().unwrap().to_owned();
        let url = forge.url(&format!("/{MODULE}"));
        let remote = url.replace("://", &format!("://git:{token}@"));
        let person = forge.terminal();
        let thread = {
            let (stop, acknowledged) = (Arc::clone(&stop), Arc::clone(&acknowledged));
            thread::spawn(move || {
                person.git("", &["clone", "-q", &remote, "work"]).ok();
                for number in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    person.write("work/essai.txt", &format!("{number}\n"));
                    person.git("work", &["add", "-A"]).ok();
                    person.git("work", &["commit", "-q", "-m", "Essayer"]).ok();
                    let branch = format!("HEAD:refs/heads/essai-{number}");
                    person.git("work", &["push", "-q", "origin", &branch]).ok();
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
            })
        };
        Self { stop, acknowledged, thread }
    }

    fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// Waits until so many pushes were acknowledged.
    fn wait_for(&self, many: usize) -> usize {
        let begun = Instant::now();
        while self.acknowledged() < many {
            assert!(!self.thread.is_finished(), "a push failed");
            assert!(begun.elapsed() < PATIENCE, "no push is acknowledged");
            thread::yield_now();
        }
        self.acknowledged()
    }

    fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.join().expect("every push is taken");
    }
}

fn archive(forge: &Forge, more: &[&str]) -> PathBuf {
    let file = run::folder("backup").join("forge.tar");
    forge.command(&[&["backup", file.to_str().unwrap()], more].concat()).ok();
    file
}

#[track_caller]
fn sound(ran: &Ran) {
    ran.ok();
    assert_eq!(ran.json()["verified"], true, "{ran:#?}");
}

/// What is wrong, as part, code and subject.
#[track_caller]
fn unsound(ran: &Ran) -> Vec<(String, String, String)> {
    ran.fails(6);
    let report = ran.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let parts = report["parts"].as_array().unwrap().iter();
    parts
        .flat_map(|part| {
            let faults = part["faults"].as_array().unwrap().iter();
            faults.map(move |fault| {
                (text(&part["name"]), text(&fault["code"]), text(&fault["subject"]))
            })
        })
        .collect()
}

/// How many of the pushed branches a server holds.
fn branches(forge: &Forge) -> usize {
    let listed = forge.terminal().git("", &["ls-remote", &forge.url(&format!("/{MODULE}"))]);
    listed.ok().lines().filter(|line| line.contains("refs/heads/essai-")).count()
}

/// The calls without the host they are asked from.
fn calls(forge: &Forge) -> Vec<(Value, Value, Value)> {
    let list = forge.api(None).get("/api/v1/calls").body;
    let calls = list.as_array().expect("a list of calls").iter();
    calls
        .map(|call| (call["ref"].clone(), call["state"].clone(), call["capacity"].clone()))
        .collect()
}

/// How many entries the ledger has, its last link and its root, derived anew.
fn ledger(forge: &Forge) -> [Value; 3] {
    let told = forge.api(None).get("/api/v1/spaces/enfance-jeunesse/ledger/verify").body;
    assert!(told["entries"].as_i64() > Some(0), "{told}");
    ["entries", "head", "root"].map(|name| told[name].clone())
}

fn repositories(forge: &Forge) -> Vec<PathBuf> {
    let shelves = entries(&forge.data().join("repositories"));
    shelves.iter().flat_map(|shelf| entries(shelf)).collect()
}

fn entries(folder: &std::path::Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}
