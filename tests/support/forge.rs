//! The built `forge-server`, started for a test as an administrator would start it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::{
    browser::{Api, Browser},
    engine::{Database, Engine},
    run,
    terminal::{Ran, Terminal},
};

/// A debug build beside other tests on two cores is slow; a server that hangs is slower.
const READY_MAX: Duration = Duration::from_secs(60);

/// A running server with a data folder and a database of its own.
#[derive(Debug)]
pub struct Forge {
    process: Option<Process>,
    setup: Setup,
}

/// How a server is started; see [`Forge::with`].
#[derive(Debug)]
pub struct Setup {
    command: &'static str,
    data: PathBuf,
    database: Database,
    engine: Engine,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    test_clock: bool,
}

#[derive(Debug)]
struct Process {
    child: Child,
    ready: Value,
    printed: Arc<Mutex<String>>,
}

impl Forge {
    /// Starts `forge-server serve` on an empty data folder; tests may set its clock.
    pub fn start(engine: Engine) -> Self {
        Self::with(engine).start()
    }

    /// Starts `forge-server demo`: the example world.
    pub fn demo(engine: Engine) -> Self {
        Self::with(engine).example_world().start()
    }

    /// A server to be started with more arguments or settings.
    pub fn with(engine: Engine) -> Setup {
        let data = run::folder("data");
        Setup {
            command: "serve",
            database: Database::of_server(engine, &data),
            data,
            engine,
            arguments: Vec::new(),
            environment: Vec::new(),
            test_clock: true,
        }
    }

    /// The whole address of a path: `forge.url("/catalogue")`.
    pub fn url(&self, path: &str) -> String {
        let base = self.ready()["url"].as_str().expect("the ready line has a url");
        format!("{}{path}", base.trim_end_matches('/'))
    }

    /// What the server said when it was ready: its address, and for the example world its
    /// accounts, modules and open call.
    pub fn ready(&self) -> &Value {
        &self.running().ready
    }

    /// The account of the example world with this role.
    pub fn account(&self, role: &str) -> &Value {
        let accounts = self.ready()["accounts"].as_array().expect("the example world has accounts");
        accounts
            .iter()
            .find(|account| account["role"] == role)
            .unwrap_or_else(|| panic!("no account has the role {role}: {accounts:#?}"))
    }

    /// Everything the server has printed, on either stream.
    pub fn printed(&self) -> String {
        self.running().printed.lock().unwrap().clone()
    }

    /// The folder that holds everything but a PostgreSQL database.
    pub fn data(&self) -> &Path {
        &self.setup.data
    }

    /// The database this server writes.
    pub fn database(&self) -> &Database {
        &self.setup.database
    }

    /// The number of the server's process, to look at its memory or to end it.
    pub fn pid(&self) -> u32 {
        self.running().child.id()
    }

    /// The address of a module for git: `forge.remote("aubervac/cantine", Some(&token))`.
    pub fn remote(&self, module: &str, token: Option<&str>) -> String {
        let url = self.url("");
        let url = match token {
            Some(token) => url.replace("http://", &format!("http://someone:{token}@")),
            None => url,
        };
        format!("{url}/{module}.git")
    }

    /// A visitor with an empty cookie jar.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url(""))
    }

    /// A client of the API, with a token or as nobody.
    pub fn api(&self, token: Option<&str>) -> Api {
        Api::new(&self.url(""), token)
    }

    /// A person at a terminal whose `forge` talks to this server.
    pub fn terminal(&self) -> Terminal {
        Terminal::new().with("FORGE_HOST", &self.url(""))
    }

    /// Runs another command of `forge-server` on the same data: `admin`, `backup`, `verify` …
    pub fn command(&self, arguments: &[&str]) -> Ran {
        self.setup.command(arguments)
    }

    /// As [`Forge::command`], and types `input` into it: a password, never an argument.
    pub fn command_with(&self, arguments: &[&str], input: &str) -> Ran {
        self.setup.command_with(arguments, input)
    }

    /// Sets the time the actions see, as RFC 3339.
    pub fn set_clock(&self, now: &str) {
        let body = serde_json::json!({ "now": now });
        let answer = self.api(None).send("POST", "/-/test/clock", &body);
        assert!(answer.status < 300, "the clock is not to be set: {answer:?}");
    }

    /// Asks the server to stop (SIGTERM) and waits: it drains, and should end with status 0.
    pub fn stop(&mut self) -> ExitStatus {
        self.end(Signal::TERM)
    }

    /// Ends the server as a fault would (SIGKILL); nothing is drained.
    pub fn kill(&mut self) {
        self.end(Signal::KILL);
    }

    /// Starts the server again on the same data, after [`Forge::stop`] or [`Forge::kill`].
    pub fn start_again(&mut self) {
        assert!(self.process.is_none(), "the server still runs");
        self.process = Some(self.setup.spawn());
    }

    fn running(&self) -> &Process {
        self.process.as_ref().expect("the server was stopped by the test")
    }

    fn end(&mut self, signal: Signal) -> ExitStatus {
        let mut process = self.process.take().expect("the server runs");
        let pid = Pid::from_child(&process.child);
        kill_process(pid, signal).expect("the server is still there to be ended");
        let status = process.child.wait().expect("a child can be waited for");
        run::forget(process.child.id());
        status
    }
}

impl Drop for Forge {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself; the test says so better than we could.
            let _ = process.child.kill();
            let _ = process.child.wait();
            run::forget(process.child.id());
            if std::thread::panicking() {
                eprintln!("--- the server printed:\n{}", process.printed.lock().unwrap());
            }
        }
    }
}

impl Setup {
    /// Adds arguments to the command line.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(ToString::to_string));
        self
    }

    /// Sets a variable of the server's environment; every setting is one (`FORGE_LISTEN`).
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Makes the example world where the data folder is empty.
    #[must_use]
    pub fn example_world(mut self) -> Self {
        self.command = "demo";
        self
    }

    /// Runs on the machine's clock, as every release build does.
    #[must_use]
    pub fn on_the_real_clock(mut self) -> Self {
        self.test_clock = false;
        self
    }

    /// Starts the server and waits until it is ready.
    ///
    /// # Panics
    /// With what the server printed, where it ends or stays silent instead.
    pub fn start(self) -> Forge {
        let process = self.spawn();
        Forge { process: Some(process), setup: self }
    }

    /// Runs the server where it is expected to refuse to start, and returns what it said.
    pub fn refused(self) -> Ran {
        let arguments = self.serving();
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        self.command(&arguments)
    }

    /// The data folder, to prepare something in it before the start.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The database, to prepare something in it before the start.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Runs another command of `forge-server` on this data, before a start: `restore` …
    pub fn command(&self, arguments: &[&str]) -> Ran {
        let output = self.process(arguments).stdin(Stdio::null()).output();
        Ran::new("forge-server", arguments, output.expect("forge-server starts"))
    }

    fn command_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.process(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("forge-server starts");
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        stdin.write_all(input.as_bytes()).expect("it reads what it asked for");
        drop(stdin);
        let output = child.wait_with_output().expect("a child can be waited for");
        Ran::new("forge-server", arguments, output)
    }

    fn serving(&self) -> Vec<String> {
        let mut arguments = vec![self.command.to_owned()];
        arguments.extend(self.arguments.iter().cloned());
        if self.test_clock {
            arguments.push("--test-clock".to_owned());
        }
        arguments
    }

    fn process(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary("forge-server"));
        command.args(arguments).env_clear();
        for kept in ["PATH", "TMPDIR"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("HOME", &self.data).env("RUST_BACKTRACE", "1");
        command.env("FORGE_DATA", &self.data).env("FORGE_LISTEN", "127.0.0.1:0");
        if self.engine == Engine::Postgres {
            command.env("FORGE_DATABASE_URL", self.database.url());
        }
        command.envs(self.environment.iter().cloned());
        command
    }

    fn spawn(&self) -> Process {
        let arguments = self.serving();
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let mut child = self
            .process(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("forge-server starts");
        run::watch(child.id());
        let printed = Arc::new(Mutex::new(String::new()));
        let (lines, ready) = mpsc::channel();
        listen(child.stdout.take().unwrap(), &printed, Some(lines));
        listen(child.stderr.take().unwrap(), &printed, None);
        let ready = ready.recv_timeout(READY_MAX).unwrap_or_else(|_| {
            let _ = child.kill();
            let _ = child.wait();
            run::forget(child.id());
            panic!("the server did not get ready; it printed:\n{}", printed.lock().unwrap())
        });
        Process { child, ready, printed }
    }
}

/// Where a built program of this workspace is: beside the folder of the test's own.
///
/// # Panics
/// Where it was not built: a test does not build what it tests.
pub fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a process knows its program");
    let folder = test.parent().expect("a program is in a folder");
    // Tests are in target/<profile>/deps, programs in the folder above.
    let profile = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    let path = profile.expect("deps is in a folder").join(name);
    assert!(
        path.exists(),
        "{} is not built: run cargo build --workspace --features forge-server/test-clock",
        path.display()
    );
    path
}

/// Collects what a stream says, and passes on the line that says the server is ready.
fn listen(
    stream: impl Read + Send + 'static,
    printed: &Arc<Mutex<String>>,
    ready: Option<mpsc::Sender<Value>>,
) {
    let printed = Arc::clone(printed);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(ready) = ready.as_ref().filter(|_| line.starts_with("{\"ready\":")) {
                let value = serde_json::from_str(&line).expect("the ready line is JSON");
                // Nobody waits any more after the first: that is fine.
                let _ = ready.send(value);
            }
            let mut printed = printed.lock().unwrap();
            printed.push_str(&line);
            printed.push('\n');
        }
    });
}
