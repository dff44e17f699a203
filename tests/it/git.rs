//! Clone, fetch and push with the stock client.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::Stdio,
};

use forge_tests::{Engine, Forge, Ran, Terminal, Town, on_both};

const RECEIVE: &str = "application/x-git-receive-pack-request";
const UPLOAD: &str = "application/x-git-upload-pack-request";

/// A council with a maintainer and a developer, and a clone with one commit.
struct Village {
    forge: Forge,
    maintainer: String,
    developer: String,
    outsider: String,
    work: Terminal,
}

impl Village {
    fn start(engine: Engine) -> Self {
        let forge = Forge::with(engine).on_the_real_clock().start();
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let maintainer = town.member("nadia", "aubervac", "maintainer");
        let developer = town.member("omar", "aubervac", "developer");
        town.council("corbelle", 45_678);
        let outsider = town.member("paul", "corbelle", "lead");
        let work = forge.terminal();
        work.git("", &["init", "-q", "work"]).ok();
        let village = Self { forge, maintainer, developer, outsider, work };
        village.commit("Commencer");
        village
    }

    fn commit(&self, subject: &str) -> String {
        self.work.write("work/LICENSE", "EUPL-1.2\n");
        self.work.write("work/README.md", &format!("# Cantine\n\n{subject}\n"));
        self.work.git("work", &["add", "-A"]).ok();
        self.work.git("work", &["commit", "-q", "-m", subject]).ok();
        self.head()
    }

    fn head(&self) -> String {
        self.work.git("work", &["rev-parse", "HEAD"]).ok().trim().to_owned()
    }

    fn push(&self, token: &str, module: &str, more: &[&str]) -> Ran {
        let remote = self.forge.remote(module, Some(token));
        self.work.git("work", &[&["push", &remote], more].concat())
    }

    /// A public module `aubervac/cantine` that holds the first commit.
    fn publish(&self) {
        self.push(&self.maintainer, "aubervac/cantine", &["main"]).ok();
        let api = self.forge.api(Some(&self.maintainer));
        let path = "/api/v1/repos/aubervac/cantine/publication";
        let published = api.send("POST", path, &serde_json::json!({}));
        assert_eq!(published.status, 200, "{published:?}");
    }

    fn listed(&self, token: Option<&str>) -> String {
        let remote = self.forge.remote("aubervac/cantine", token);
        self.work.git("work", &["ls-remote", &remote]).ok().to_owned()
    }

    /// The one repository with code in it, as it lies on the server's disk.
    fn check_on_disk(&self) {
        let repositories = repositories(&self.forge);
        assert!(!repositories.is_empty());
        for repository in repositories {
            let place = repository.display().to_string();
            let said = self.work.git("", &["--git-dir", &place, "fsck", "--full", "--strict"]);
            said.ok();
        }
        assert_eq!(incoming(&self.forge), Vec::<PathBuf>::new());
    }
}

/// Every bare repository below the data folder.
pub fn repositories(forge: &Forge) -> Vec<PathBuf> {
    let mut found = folders(&forge.data().join("repositories"), &|folder| {
        folder.join("HEAD").is_file() && folder.join("objects").is_dir()
    });
    found.sort();
    found
}

/// What pushes under way keep apart until they are accepted.
pub fn incoming(forge: &Forge) -> Vec<PathBuf> {
    folders(&forge.data().join("repositories"), &|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("incoming") || name.starts_with("tmp_objdir")
    })
}

fn folders(below: &std::path::Path, wanted: &dyn Fn(&std::path::Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if wanted(&entry.path()) {
                found.push(entry.path());
            }
            found.extend(folders(&entry.path(), wanted));
        }
    }
    found
}

on_both! {
    /// Push-to-create, then what every developer does all day.
    fn a_member_pushes_to_create_and_others_clone_and_fetch(engine) {
        let village = Village::start(engine);
        let Village { forge, developer, maintainer, work, .. } = &village;
        let said = village.push(developer, "aubervac/cantine", &["main"]);
        said.ok();
        let remote_line = |line: &str| line.starts_with("remote:") && line.contains("cantine");
        assert!(said.stderr.lines().any(remote_line), "{said:#?}");

        let remote = forge.remote("aubervac/cantine", Some(maintainer));
        let traced = Terminal::new().with("GIT_TRACE_PACKET", "1");
        let said = traced.git("", &["clone", "-q", &remote, "copy"]);
        said.ok();
        assert!(said.stderr.contains("< version 2"), "{}", said.stderr);
        let head = village.commit("Continuer");
        village.push(maintainer, "aubervac/cantine", &["-q", "main"]).ok();
        traced.git("copy", &["fetch", "-q"]).ok();
        assert_eq!(traced.git("copy", &["rev-parse", "origin/main"]).ok().trim(), head);
        traced.git("copy", &["fsck", "--full"]).ok();
        for version in ["protocol.version=0", "protocol.version=2"] {
            let listed = work.git("work", &["-c", version, "ls-remote", &remote]);
            assert!(listed.ok().contains(&format!("{head}\trefs/heads/main")), "{listed:#?}");
        }
        village.check_on_disk();
    }

    /// Judged per reference: the reason on a `remote:` line, and the rest of the push lands.
    fn a_protected_branch_refuses_and_the_rest_lands(engine) {
        let village = Village::start(engine);
        let Village { maintainer, developer, .. } = &village;
        village.push(maintainer, "aubervac/cantine", &["-q", "main"]).ok();
        let first = village.head();
        let second = village.commit("D’un développeur");
        let said = village.push(developer, "aubervac/cantine", &["main", "main:refs/heads/essai"]);
        said.fails(1);
        assert!(said.stderr.contains("[remote rejected] main -> main (protected branch)"));
        let reason = |line: &str| line.starts_with("remote: refs/heads/main") && line.len() > 40;
        assert!(said.stderr.lines().any(reason), "{said:#?}");
        let listed = village.listed(Some(developer));
        assert!(listed.contains(&format!("{second}\trefs/heads/essai")), "{listed}");
        assert!(listed.contains(&format!("{first}\trefs/heads/main")), "{listed}");
        village.check_on_disk();
    }

    /// Not even whoever maintains it.
    fn nobody_forces_or_deletes_a_protected_branch(engine) {
        let village = Village::start(engine);
        let Village { maintainer, work, .. } = &village;
        let topic = ["-q", "main", "main:refs/heads/essai"];
        village.push(maintainer, "aubervac/cantine", &topic).ok();
        let first = village.head();
        work.git("work", &["commit", "-q", "--amend", "-m", "Autre commencement"]).ok();
        for forbidden in [&["--force", "main"][..], &[":main"]] {
            let said = village.push(maintainer, "aubervac/cantine", forbidden);
            said.fails(1);
            assert!(said.stderr.contains("remote: refs/heads/main"), "{said:#?}");
        }
        let listed = village.listed(Some(maintainer));
        assert!(listed.contains(&format!("{first}\trefs/heads/main")), "{listed}");
        village.push(maintainer, "aubervac/cantine", &["--force", "main:essai"]).ok();
        village.push(maintainer, "aubervac/cantine", &[":essai"]).ok();
        assert!(!village.listed(Some(maintainer)).contains("essai"));
    }

    /// What one may not see is not told from what does not exist.
    fn who_may_not_push_is_told_and_nothing_is_made(engine) {
        let village = Village::start(engine);
        let Village { forge, maintainer, outsider, work, .. } = &village;
        let town_lead = forge.api(Some(outsider));
        let new = serde_json::json!({ "slug": "enfance", "title": "Enfance", "lead": "corbelle" });
        assert_eq!(town_lead.send("POST", "/api/v1/spaces", &new).status, 201);
        let said = village.push(maintainer, "enfance/crèche-x", &["main"]).fails(128);
        assert!(said.contains("not found"), "{said}");
        let said = village.push(maintainer, "enfance/creche", &["main"]).fails(128);
        assert!(said.contains("not found"), "{said}");
        let said = village.push(maintainer, "nulle-part/creche", &["main"]).fails(128);
        assert!(said.contains("not found"), "{said}");
        let said = village.push(&"0".repeat(40), "aubervac/cantine", &["main"]).fails(128);
        assert!(said.contains("Authentication failed"), "{said}");

        // A private module of another council, then a public one.
        village.push(maintainer, "aubervac/cantine", &["-q", "main"]).ok();
        let before = village.listed(Some(maintainer));
        let hidden = village.push(outsider, "aubervac/cantine", &["main:refs/heads/x"]).fails(128);
        let absent = village.push(outsider, "aubervac/absente", &["main:refs/heads/x"]).fails(128);
        assert_eq!(hidden.replace("cantine", "absente"), absent);
        village.publish();
        let said = village.push(outsider, "aubervac/cantine", &["main:refs/heads/x"]).fails(128);
        assert!(said.contains("403"), "{said}");
        let anonymous = forge.remote("aubervac/cantine", None);
        let said = work.git("work", &["push", &anonymous, "main:refs/heads/x"]).fails(128);
        assert!(said.contains("could not read Username"), "{said}");
        assert_eq!(village.listed(None), before);
        work.git("", &["clone", "-q", &anonymous, "by-anyone"]).ok();
    }

    /// A body that is no request of git's: a clear status, and the server goes on.
    fn a_malformed_request_is_refused_and_nothing_is_lost(engine) {
        let village = Village::start(engine);
        let Village { forge, maintainer, .. } = &village;
        village.publish();
        let before = village.listed(None);
        let api = forge.api(Some(maintainer));
        let zero = "0".repeat(40);
        let command = format!("{zero} {} refs/heads/x\0 report-status", village.head());
        let cut = format!("{:04x}{command}", command.len() + 40);
        let bodies: [&[u8]; 7] = [
            b"zzzz", b"0003", b"fff", b"0009ab", cut.as_bytes(), b"000bgarbage0000", &[0xff; 300],
        ];
        for body in bodies {
            let push = api.post("/aubervac/cantine.git/git-receive-pack", RECEIVE, body);
            assert_eq!(push.status, 400, "{body:?}: {push:?}");
            let fetch = api.post("/aubervac/cantine.git/git-upload-pack", UPLOAD, body);
            assert_eq!(fetch.status, 400, "{body:?}: {fetch:?}");
            for answer in [push, fetch] {
                let words = answer.body.as_str().unwrap_or_default();
                assert!(words.len() > 10 && words.len() < 300, "{words}");
            }
        }
        let wrong_type = api.post("/aubervac/cantine.git/git-receive-pack", "text/plain", b"0000");
        assert_eq!(wrong_type.status, 415, "{wrong_type:?}");
        break_off(forge, maintainer, &cut);
        assert_eq!(forge.browser().get("/-/health").status(), 200);
        assert_eq!(village.listed(None), before);
        village.check_on_disk();
    }

    /// A secret that was pushed by mistake and deleted again is not served by its name.
    fn a_commit_of_a_deleted_branch_is_not_served(engine) {
        let village = Village::start(engine);
        let Village { forge, maintainer, work, .. } = &village;
        village.publish();
        work.git("work", &["checkout", "-q", "-b", "secret"]).ok();
        let secret = village.commit("Un mot de passe");
        village.push(maintainer, "aubervac/cantine", &["-q", "secret"]).ok();
        let reader = forge.terminal();
        let remote = forge.remote("aubervac/cantine", None);
        reader.git("", &["clone", "-q", "--single-branch", "-b", "main", &remote, "copy"]).ok();
        reader.git("copy", &["fetch", "-q", "origin", &secret]).ok();
        village.push(maintainer, "aubervac/cantine", &["-q", ":secret"]).ok();
        for (version, client) in [("2", "again"), ("0", "once-more")] {
            let clone = ["clone", "-q", "--single-branch", "-b", "main", &remote, client];
            reader.git("", &clone).ok();
            let version = format!("protocol.version={version}");
            let said = reader.git(client, &["-c", &version, "fetch", "-q", "origin", &secret]);
            said.fails(128);
            reader.git(client, &["cat-file", "-e", &secret]).fails(1);
        }
    }
}

/// Announces a long push over a connection of its own, and goes away in the middle.
fn break_off(forge: &Forge, token: &str, begun: &str) {
    let url = forge.url("");
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /aubervac/cantine.git/git-receive-pack HTTP/1.1\r\nhost: {host}\r\n\
         authorization: token {token}\r\ncontent-type: {RECEIVE}\r\n\
         content-length: 1000000\r\n\r\n{begun}"
    )
    .unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    // Whether it answers or hangs up is its own affair; that it ends is what we wait for.
    let _ = stream.read_to_end(&mut Vec::new());
}

/// Issue: the server's memory grows by less than 20 MB over a clone and a push of 300 MB. The data
/// is random, so that no compression makes it smaller. One engine: the database has no part in it.
/// Takes some 20 s.
#[test]
fn memory_stays_flat_over_300_megabytes() {
    const MEGABYTES: u32 = 300;
    const GROWTH_KB_MAX: u64 = 20_000;
    let village = Village::start(Engine::Sqlite);
    let Village { forge, maintainer, work, .. } = &village;
    work.git("work", &["config", "core.compression", "0"]).ok();
    work.git("work", &["config", "core.bigFileThreshold", "1m"]).ok();
    let mut random = fs::File::open("/dev/urandom").unwrap();
    for number in 0..MEGABYTES / 10 {
        let mut file = fs::File::create(work.home().join(format!("work/{number}.bin"))).unwrap();
        std::io::copy(&mut (&mut random).take(10_000_000), &mut file).unwrap();
    }
    village.commit("Beaucoup");
    // What a server needs to answer at all is not what a transfer costs.
    village.push(maintainer, "aubervac/petit", &["-q", "main~1:refs/heads/main"]).ok();
    let small = forge.remote("aubervac/petit", Some(maintainer));
    work.git("", &["clone", "-q", &small, "petit"]).ok();
    let (resident, before) = (memory(forge, "VmRSS"), memory(forge, "VmHWM"));

    village.push(maintainer, "aubervac/cantine", &["-q", "main"]).ok();
    let pushed = memory(forge, "VmHWM");
    assert!(pushed - resident.min(before) < GROWTH_KB_MAX, "push: {before} → {pushed} kB");
    let mut clone = work.command("git");
    let remote = forge.remote("aubervac/cantine", Some(maintainer));
    clone.args(["clone", "-q", "--bare", &remote, "copy.git"]).current_dir(work.home());
    assert!(clone.stdout(Stdio::null()).status().unwrap().success());
    let cloned = memory(forge, "VmHWM");
    assert!(cloned - resident.min(before) < GROWTH_KB_MAX, "clone: {before} → {cloned} kB");
    println!("{MEGABYTES} MB: {resident} kB at rest, peak {pushed} kB pushed, {cloned} kB cloned");
    assert_eq!(work.git("copy.git", &["rev-parse", "main"]).ok().trim(), village.head());
}

/// A figure of the server's own process, in kilobytes.
fn memory(forge: &Forge, key: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", forge.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
