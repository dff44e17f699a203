//! A program of somebody else that is told what happens: it answers as a test wants it to, and
//! keeps what it was sent.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// How long to wait for what a server does by itself, on a slow machine.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// The program: it ends with the process.
#[derive(Debug, Clone)]
pub struct Receiver {
    address: String,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<Answer>,
    received: Vec<Received>,
}

/// How it answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// With a status.
    Status(u16),
    /// With a redirect.
    Redirect(String),
    /// With words without end.
    Flood,
    /// Not at all, for as long as it is let.
    Hang,
}

/// What it was sent.
#[derive(Debug, Clone)]
pub struct Received {
    /// The path, with its query.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body, to the byte.
    pub body: Vec<u8>,
}

impl Receiver {
    /// Starts to listen; it says 200 until it is told otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let shared = Arc::<Shared>::default();
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&theirs);
                std::thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { address, shared }
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Answers the next request so; after all that was said it answers 200.
    pub fn then(&self, answer: Answer) {
        self.shared.state.lock().unwrap().answers.push_back(answer);
    }

    /// Everything it was sent so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.state.lock().unwrap().received.clone()
    }

    /// Waits until it was sent so many requests, and returns them.
    ///
    /// # Panics
    /// Where they do not come.
    #[track_caller]
    pub fn wait_for(&self, many: usize) -> Vec<Received> {
        let state = self.shared.state.lock().unwrap();
        let few = |state: &mut State| state.received.len() < many;
        let (state, waited) = self.shared.came.wait_timeout_while(state, WAIT_MAX, few).unwrap();
        assert!(!waited.timed_out(), "{} of {many} came: {:#?}", state.received.len(), state);
        state.received.clone()
    }
}

impl Received {
    /// A header, by its name in lower case.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.get(name);
        found.unwrap_or_else(|| panic!("no {name} among {:#?}", self.headers))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a delivery is JSON")
    }

    /// Whether the signature of Standard Webhooks is that of the holder of `key`.
    pub fn is_signed_by(&self, key: &[u8]) -> bool {
        let head = format!("{}.{}.", self.header("webhook-id"), self.header("webhook-timestamp"));
        let mac = hmac(key, &[head.as_bytes(), &self.body].concat());
        self.header("webhook-signature") == format!("v1,{}", BASE64_STANDARD.encode(mac))
    }

    /// Whether the signatures of other forges are those of the holder of `secret`.
    pub fn is_signed_plainly_by(&self, secret: &str) -> bool {
        let mac = hmac(secret.as_bytes(), &self.body);
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        ["x-forgejo-signature", "x-gitea-signature"].iter().all(|name| self.header(name) == hex)
            && self.header("x-hub-signature-256") == format!("sha256={hex}")
    }
}

/// HMAC-SHA-256 (RFC 2104).
pub fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

fn serve(stream: &TcpStream, shared: &Shared) {
    let Some(received) = read(stream) else { return };
    let answer = {
        let mut state = shared.state.lock().unwrap();
        state.received.push(received);
        state.answers.pop_front().unwrap_or(Answer::Status(200))
    };
    shared.came.notify_all();
    let mut stream = stream;
    // The other side may have gone: that is what some tests are about.
    let _ = match answer {
        Answer::Status(status) => write!(
            stream,
            "HTTP/1.1 {status} X\r\ncontent-length: 7\r\nconnection: close\r\n\r\nthanks\n"
        ),
        Answer::Redirect(to) => write!(
            stream,
            "HTTP/1.1 307 X\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
        Answer::Flood => {
            let _ = write!(stream, "HTTP/1.1 200 X\r\nconnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
            Ok(())
        }
        // Until the other side has had enough.
        Answer::Hang => stream.read(&mut [0]).map(drop),
    };
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Received { path, headers, body })
}
