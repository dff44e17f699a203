//! Signing in and out, and what git is told, through the real program and the real git.
//!
//! The forge is a listener that knows one token: what is looked at here is the program's side. The
//! stories with the real server are in the project's own tests.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Output, Stdio},
    thread,
};

use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "0123456789abcdef0123456789abcdef01234567";

/// Starts a forge on a port of its own and gives its address. It lives as long as the test.
fn forge() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap());
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let find = |line: &String| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        };
        head.iter().find_map(find)
    };
    let length = header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent).unwrap();
    let known = header("authorization").is_some_and(|value| value == format!("token {TOKEN}"));
    let (status, body) = match head[0].as_str() {
        "GET /api/v1/user HTTP/1.1" if known => (200, user()),
        "GET /api/v1/user HTTP/1.1" => (401, json!({"message": "token is required"})),
        "POST /api/v1/echo HTTP/1.1" => {
            let keyed = header("idempotency-key").is_some();
            (200, json!({"keyed": keyed, "sent": String::from_utf8(sent).unwrap()}))
        }
        "GET /api/v1/stale HTTP/1.1" => {
            (409, json!({"message": "changed", "code": "stale_version"}))
        }
        _ => (404, json!({"message": "not found", "url": "", "errors": []})),
    };
    let body = body.to_string();
    let length = body.len();
    let head = "Content-Type: application/json\r\nConnection: close";
    write!(stream, "HTTP/1.1 {status} X\r\n{head}\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
}

fn user() -> Value {
    let user = forge_api::dialect::User { login: "ada".to_owned(), ..Default::default() };
    serde_json::to_value(user).unwrap()
}

/// A home of its own, so that nobody's real sign-ins are touched.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .current_dir(self.path());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_forge"));
        command.args(arguments);
        feed(&mut command, input)
    }

    fn json(&self, arguments: &[&str], input: &str) -> (i32, Value) {
        let output = self.run(&[arguments, &["--json"]].concat(), input);
        (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
    }
}

fn feed(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn signed_in(host: &str) -> Home {
    let home = Home::new();
    let (status, answer) = home.json(&["auth", "login", "--host", host, "--with-token"], TOKEN);
    assert_eq!((status, &answer), (0, &json!({"host": host, "login": "ada"})));
    home
}

#[test]
fn a_token_from_standard_input_is_checked_and_kept() {
    let host = forge();
    let home = signed_in(&host);
    let (status, answer) = home.json(&["auth", "status"], "");
    assert_eq!(status, 0);
    let standing = json!({"host": host, "login": "ada", "active": true, "valid": true,
        "reason": null});
    assert_eq!(answer, json!({"hosts": [standing]}));
    let token = home.run(&["auth", "token"], "");
    assert_eq!(String::from_utf8(token.stdout).unwrap().trim(), TOKEN);
}

#[test]
fn a_wrong_token_is_refused_and_nothing_is_kept() {
    let home = Home::new();
    let (status, answer) =
        home.json(&["auth", "login", "--host", &forge(), "--with-token"], "wrong");
    assert_eq!((status, answer["error"]["code"].as_str()), (3, Some("not_signed_in")));
    assert!(answer["error"]["hint"].as_str().unwrap().contains("Nothing was kept"));
    assert!(!home.path().join(".config").exists());
}

#[test]
fn who_signs_out_is_forgotten() {
    let home = signed_in(&forge());
    assert_eq!(home.json(&["auth", "logout"], "").0, 0);
    for command in ["status", "token", "logout", "setup-git"] {
        let (status, answer) = home.json(&["auth", command], "");
        assert_eq!(status, 3, "{command}");
        assert_eq!(answer["error"]["code"], "not_signed_in");
    }
}

#[test]
fn the_environment_goes_before_what_is_kept() {
    let host = forge();
    let home = signed_in(&host);
    let mut command = home.command(env!("CARGO_BIN_EXE_forge"));
    command.args(["auth", "status", "--json"]).env("FORGE_TOKEN", "wrong");
    assert_eq!(feed(&mut command, "").status.code(), Some(3));
    let elsewhere = Home::new();
    let mut command = elsewhere.command(env!("CARGO_BIN_EXE_forge"));
    command.args(["auth", "status", "--json"]).env("FORGE_TOKEN", TOKEN).env("FORGE_HOST", &host);
    assert_eq!(feed(&mut command, "").status.code(), Some(0));
}

#[test]
fn refusals_of_the_server_become_exit_statuses() {
    let home = signed_in(&forge());
    for (path, status, code) in [("nothing", 4, "not_found"), ("stale", 5, "stale_version")] {
        let (found, answer) = home.json(&["api", "GET", path], "");
        assert_eq!((found, answer["error"]["code"].as_str()), (status, Some(code)), "{path}");
    }
    let nobody = home.json(&["api", "GET", "/user", "--token", "wrong"], "");
    assert_eq!(nobody.0, 3);
    // A port nobody listens on: bound, known to be free, and let go.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (status, answer) = home.json(&["api", "GET", "/user", "--host", &free.to_string()], "");
    assert_eq!((status, answer["error"]["code"].as_str()), (1, Some("no_answer")));
    assert_eq!(home.json(&["api", "GET", "/user", "--host", "ftp://x"], "").0, 2);
}

#[test]
fn a_request_that_changes_something_carries_a_key_of_its_own() {
    let home = signed_in(&forge());
    let output = home.run(&["api", "post", "/echo", "--input", "-"], r#"{"a":1}"#);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer, json!({"keyed": true, "sent": r#"{"a":1}"#}));
}

#[test]
fn git_is_given_the_token_for_this_forge_and_for_no_other() {
    let host = forge();
    let home = signed_in(&host);
    assert_eq!(home.run(&["auth", "setup-git"], "").status.code(), Some(0));
    // Twice is as once.
    assert_eq!(home.run(&["auth", "setup-git"], "").status.code(), Some(0));
    let fill = |host: &str| {
        let (protocol, name) = host.split_once("://").unwrap();
        let mut git = home.command("git");
        git.args(["credential", "fill"]);
        feed(&mut git, &format!("protocol={protocol}\nhost={name}\n\n"))
    };
    let given = String::from_utf8(fill(&host).stdout).unwrap();
    assert!(given.contains("username=ada\n") && given.contains(&format!("password={TOKEN}\n")));
    let other = fill("http://127.0.0.1:1");
    assert!(!String::from_utf8_lossy(&other.stdout).contains(TOKEN));
    let direct = home.run(&["auth", "git-credential", "get"], "protocol=https\nhost=x.example\n\n");
    assert!(direct.status.success() && direct.stdout.is_empty());
}

#[test]
fn shells_are_given_a_script_and_help_is_in_the_readers_language() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let output = home.run(&["completion", shell], "");
        assert!(String::from_utf8(output.stdout).unwrap().contains("setup-git"), "{shell}");
    }
    let help = |lang: &str| {
        let output = home.run(&["auth", "--help", "--lang", lang], "");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let (french, english) = (help("fr"), help("en"));
    assert!(
        french.contains("Utilisation\u{a0}: forge auth") && french.contains("Commandes\u{a0}:")
    );
    assert!(english.contains("Usage: forge auth") && english.contains("Sign in with a token"));
}
