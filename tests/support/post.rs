//! A post office: a real SMTP server (aiosmtpd) on this machine that keeps what it is given.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{forge::Setup, run, source};

const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The server; it may be closed and opened again at the same address.
#[derive(Debug)]
pub struct PostOffice {
    port: u16,
    folder: PathBuf,
    door: Door,
    process: Option<Child>,
}

/// How one gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Whoever comes, without TLS.
    Open,
    /// Who signs in, plain at first, then TLS.
    StartTls,
    /// Who signs in, TLS from the first byte.
    Tls,
}

/// Who signs in at a guarded door, and how.
pub const SIGN_IN: (&str, &str) = ("forge", "tournesol");

/// A message as it arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    headers: Vec<(String, String)>,
    /// Its text, decoded.
    pub text: String,
}

impl PostOffice {
    /// Opens one at a free port.
    pub fn open() -> Self {
        Self::behind(Door::Open)
    }

    /// Opens one behind a door, with a certificate authority of its own where there is TLS.
    ///
    /// # Panics
    /// As [`PostOffice::open_again`], and where openssl is not installed.
    pub fn behind(door: Door) -> Self {
        let folder = run::folder("post");
        if door != Door::Open {
            certify(&folder);
        }
        let mut office = Self { port: free_port(), folder, door, process: None };
        office.open_again();
        office
    }

    /// Answers this to each recipient from now on: `451 4.7.1 Later`; takes them where it is
    /// nothing. Only a guarded office does.
    pub fn answers(&self, answer: Option<&str>) {
        let path = self.folder.join("answer");
        match answer {
            Some(answer) => fs::write(path, answer).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
    }

    /// A forge that hands its mail in here.
    #[must_use]
    pub fn serving(&self, setup: Setup) -> Setup {
        let setup = setup
            .set("FORGE_MAIL_HOST", "127.0.0.1")
            .set("FORGE_MAIL_PORT", &self.port.to_string())
            .set("FORGE_MAIL_FROM", "forge@forge.example");
        let tls = match self.door {
            Door::Open => return setup.set("FORGE_MAIL_TLS", "none"),
            Door::StartTls => "starttls",
            Door::Tls => "tls",
        };
        setup
            .set("FORGE_MAIL_TLS", tls)
            .set("FORGE_MAIL_AUTHORITY", &self.authority())
            .set("FORGE_MAIL_USER", SIGN_IN.0)
            .set("FORGE_MAIL_PASSWORD", SIGN_IN.1)
    }

    /// The certificate of the authority that vouches for a guarded office.
    pub fn authority(&self) -> String {
        self.folder.join("ca.pem").to_str().unwrap().to_owned()
    }

    /// Takes nothing more: whoever comes finds the door shut.
    pub fn close(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
            run::forget(process.id());
        }
    }

    /// Takes mail again.
    ///
    /// # Panics
    /// Where aiosmtpd is not installed, or does not answer.
    pub fn open_again(&mut self) {
        let program = std::env::var("FORGE_TEST_AIOSMTPD");
        let mut command = Command::new(program.as_deref().unwrap_or("aiosmtpd"));
        command.args(["-n", "-l", &format!("127.0.0.1:{}", self.port)]);
        match self.door {
            Door::Open => {
                command.args(["-c", "aiosmtpd.handlers.Mailbox"]).arg(self.folder.join("mail"));
            }
            Door::StartTls | Door::Tls => {
                let kind = if self.door == Door::Tls { "smtps" } else { "tls" };
                command
                    .arg(format!("--{kind}cert"))
                    .arg(self.folder.join("post.pem"))
                    .arg(format!("--{kind}key"))
                    .arg(self.folder.join("post.key"))
                    .args(["-c", "post_office.Guarded"])
                    .arg(self.folder.join("mail"))
                    .args([SIGN_IN.0, SIGN_IN.1])
                    .env("PYTHONPATH", source::root().join("tests/support"))
                    .env("PYTHONDONTWRITEBYTECODE", "1");
            }
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("aiosmtpd starts: install python3-aiosmtpd, or set FORGE_TEST_AIOSMTPD");
        run::watch(process.id());
        self.process = Some(process);
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "aiosmtpd does not answer");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// What arrived for somebody, `ada@forge.example`.
    pub fn mail_for(&self, address: &str) -> Vec<Mail> {
        let mut mail = self.all();
        mail.retain(|mail| mail.header("to") == Some(address));
        mail
    }

    /// Everything that arrived.
    pub fn all(&self) -> Vec<Mail> {
        let Ok(entries) = fs::read_dir(self.folder.join("mail/new")) else { return Vec::new() };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort_by_key(|path| arrival(path));
        paths.iter().map(|path| Mail::read(&fs::read(path).unwrap())).collect()
    }

    /// Waits until so many have arrived for somebody, and returns them all.
    ///
    /// # Panics
    /// With what arrived, where they do not in a minute.
    #[track_caller]
    pub fn wait_for(&self, address: &str, count: usize) -> Vec<Mail> {
        let until = Instant::now() + PATIENCE;
        loop {
            let mail = self.mail_for(address);
            if mail.len() >= count {
                return mail;
            }
            assert!(Instant::now() < until, "no {count} for {address}: {:#?}", self.all());
            thread::sleep(LOOK_EVERY);
        }
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.close();
    }
}

impl Mail {
    /// A header by its name in lower case, unfolded and decoded.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// How often a header is there.
    pub fn count(&self, name: &str) -> usize {
        self.headers.iter().filter(|(given, _)| given == name).count()
    }

    fn read(bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let (head, body) = raw.split_once("\n\n").unwrap_or((&raw, ""));
        let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
        let headers: Vec<_> = unfolded
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), words(value)))
            .collect();
        let mut mail = Self { headers, text: String::new() };
        mail.text = match mail.header("content-transfer-encoding") {
            Some("base64") => text(&BASE64_STANDARD.decode(body.replace('\n', "")).unwrap()),
            Some("quoted-printable") => text(&quoted(&body.replace("=\n", ""))),
            _ => body.to_owned(),
        };
        mail.text = mail.text.replace("\r\n", "\n");
        mail
    }
}

/// A header's encoded words (RFC 2047), as this forge's programs write them: in base64.
fn words(value: &str) -> String {
    let mut read = String::new();
    let mut last_was_encoded = false;
    for word in value.split(' ') {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        let one_word = encoded.is_some() && last_was_encoded;
        if !read.is_empty() && !one_word {
            read.push(' ');
        }
        match encoded {
            Some(encoded) => read.push_str(&text(&BASE64_STANDARD.decode(encoded).unwrap())),
            None => read.push_str(word),
        }
        last_was_encoded = encoded.is_some();
    }
    read
}

fn quoted(body: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let [first, after @ ..] = rest {
        match (first, after) {
            (b'=', [high, low, ..]) => {
                let hex = String::from_utf8_lossy(&[*high, *low]).into_owned();
                bytes.push(u8::from_str_radix(&hex, 16).expect("two hexadecimal digits"));
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// When a message arrived, by the name of its file: `1795366408.M60797P6895Q1.host`, seconds and
/// microseconds without leading zeros, then which of its process.
fn arrival(path: &Path) -> Vec<u64> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let numbers = name.split(|letter: char| !letter.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).take(4).collect()
}

/// Makes an authority, and a certificate of this machine that it signs.
fn certify(folder: &Path) {
    let openssl = |arguments: &[&str]| {
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
            .args(["-nodes", "-days", "2"])
            .args(arguments)
            .current_dir(folder)
            .output()
            .expect("openssl starts: install it");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    openssl(&["-subj", "/CN=Authority", "-keyout", "ca.key", "-out", "ca.pem"]);
    let of = ["-CA", "ca.pem", "-CAkey", "ca.key", "-subj", "/CN=127.0.0.1"];
    let is = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE"];
    openssl(&[&of[..], &is, &["-keyout", "post.key", "-out", "post.pem"]].concat());
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
    listener.local_addr().expect("it has an address").port()
}
