//! A PostgreSQL of our own: one cluster for a test process, one database for a test.
//!
//! It listens on a socket in a folder that only its user can enter, and on no port, so that runs
//! beside each other never meet.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::process::getuid;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::{engine::block_on, run};

/// Throwaway data needs no disk: durability is tested by killing the server, not PostgreSQL.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
];
const START_MAX: Duration = Duration::from_secs(60);

/// The address of a new empty database.
pub(crate) fn create_database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let cluster = cluster();
    block_on(cluster.statement(format!("create database {name}")));
    cluster.url(&name)
}

/// Drops what [`create_database`] made, whoever is still connected.
pub(crate) fn drop_database(url: &str) {
    let cluster = cluster();
    let name = url.split(['/', '?']).find(|part| part.starts_with("test_"));
    let name = name.expect("the address is one of ours");
    block_on(cluster.statement(format!("drop database {name} with (force)")));
}

struct Cluster {
    /// Ended by the watcher of the run.
    server: Child,
    socket: PathBuf,
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket.display())
    }

    async fn statement(&self, sql: String) {
        let mut connection = PgConnection::connect(&self.url("postgres"))
            .await
            .expect("the test cluster takes connections");
        connection.execute(AssertSqlSafe(sql)).await.expect("the test cluster does as told");
        connection.close().await.expect("the connection closes");
    }
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(start)
}

fn start() -> Cluster {
    let binaries = binaries();
    let folder = run::folder("postgres");
    let user = Account::for_cluster();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    if let Some(user) = &user {
        chown(&folder, Some(user.uid), Some(user.gid)).expect("root may give a folder away");
    }
    let data = folder.join("data");

    let made = command(&binaries.join("initdb"), user.as_ref())
        .args(["--username=postgres", "--auth=trust", "--no-sync"])
        .args(["--encoding=UTF8", "--locale=C.UTF-8"])
        .arg("-D")
        .arg(&data)
        .output()
        .expect("initdb starts");
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

    let log = folder.join("log");
    let output = fs::File::create(&log).unwrap();
    let mut server = command(&binaries.join("postgres"), user.as_ref());
    server.arg("-D").arg(&data);
    server.arg("-c").arg(format!("unix_socket_directories={}", folder.display()));
    for setting in SETTINGS {
        server.args(["-c", setting]);
    }
    let server = server
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .spawn()
        .expect("postgres starts");
    let cluster = Cluster { server, socket: folder };
    run::watch(cluster.server.id());

    let deadline = Instant::now() + START_MAX;
    while !block_on(answers(&cluster)) {
        let said = || fs::read_to_string(&log).unwrap_or_default();
        assert!(Instant::now() < deadline, "PostgreSQL does not answer:\n{}", said());
        std::thread::sleep(Duration::from_millis(20));
    }
    cluster
}

async fn answers(cluster: &Cluster) -> bool {
    PgConnection::connect(&cluster.url("postgres")).await.is_ok()
}

/// PostgreSQL refuses to run as root: this is who it runs as then.
struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// `None` where this process may run PostgreSQL itself.
    fn for_cluster() -> Option<Self> {
        if !getuid().is_root() {
            return None;
        }
        let accounts = fs::read_to_string("/etc/passwd").expect("this system lists its accounts");
        ["postgres", "nobody"].iter().find_map(|name| {
            let line = accounts.lines().find(|line| line.split(':').next() == Some(*name))?;
            let mut numbers = line.split(':').skip(2).map(str::parse);
            Some(Self { uid: numbers.next()?.ok()?, gid: numbers.next()?.ok()? })
        })
    }
}

fn command(program: &Path, account: Option<&Account>) -> Command {
    let mut command = match account {
        None => Command::new(program),
        Some(account) => {
            let mut command = Command::new("setpriv");
            command.arg(format!("--reuid={}", account.uid));
            command.arg(format!("--regid={}", account.gid));
            command.arg("--clear-groups").arg("--").arg(program);
            command
        }
    };
    // Not where we are: the account may have no right to enter it.
    command.current_dir("/").env_remove("PGDATA").env("LC_ALL", "C.UTF-8");
    command
}

/// The folder with `initdb` and `postgres`: as told, then Debian's newest, then on the path.
fn binaries() -> PathBuf {
    let told = std::env::var_os("FORGE_TEST_PG_BIN").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    debian.sort_by_key(|bin| version(bin));
    told.into_iter()
        .chain(debian.into_iter().rev())
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
        .expect(
            "PostgreSQL's server programs are missing: run ./script/test, which installs them, \
             or set FORGE_TEST_PG_BIN to the folder that holds initdb and postgres",
        )
}

/// The 15 of `/usr/lib/postgresql/15/bin`.
fn version(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}
