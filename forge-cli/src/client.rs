//! The conversation with a forge.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ureq::{
    Agent,
    config::RedirectAuthHeaders,
    http::{Method, Request},
};
use uuid::Uuid;

use crate::{
    failure::{Exit, Failure},
    hints,
    hosts::Host,
    text::Texts,
};

/// A forge, and who one is there.
pub(crate) struct Client<'a> {
    agent: Agent,
    host: Host,
    token: Option<String>,
    texts: &'a Texts,
}

/// What a forge answered.
pub(crate) struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The body, as it came.
    pub body: Vec<u8>,
}

/// How long an answer may take; evidence and archives are sent over slow lines.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long to wait before asking again.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(4)];

/// How many items of a list are asked for together; the server gives no more.
const PAGE: usize = 50;

/// The largest answer that is read.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

impl<'a> Client<'a> {
    /// Speaks with a forge, as nobody when there is no token.
    pub fn new(host: Host, token: Option<String>, texts: &'a Texts) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("forge/", env!("CARGO_PKG_VERSION")));
        // A proxy cannot reach this very machine.
        let config = if host.is_loopback() { config.proxy(None) } else { config };
        Self { agent: config.build().into(), host, token, texts }
    }

    /// The forge it speaks with.
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// The token it shows, where there is one.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads an object.
    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.read(&self.accepted(self.send(Method::GET, path, None)?)?)
    }

    /// Reads a body as it is.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Failure> {
        Ok(self.accepted(self.send(Method::GET, path, None)?)?.body)
    }

    /// Reads a whole list, page by page.
    pub fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Failure> {
        let mark = if path.contains('?') { '&' } else { '?' };
        let mut all = Vec::new();
        for page in 1.. {
            let path = format!("{path}{mark}page={page}&limit={PAGE}");
            let some: Vec<T> = self.get(&path)?;
            let whole = some.len() < PAGE;
            all.extend(some);
            if whole {
                break;
            }
        }
        Ok(all)
    }

    /// Sends an object and reads the answer.
    pub fn change<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<T, Failure> {
        self.read(&self.changed(method, path, body)?)
    }

    /// Sends an object where the answer says nothing but that it was taken.
    pub fn changed<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<Answer, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| self.unreadable(&error))?;
        self.accepted(self.send(method, path, Some(body))?)
    }

    /// What an answer says, where it was accepted.
    pub fn told<T: DeserializeOwned>(&self, answer: Answer) -> Result<T, Failure> {
        self.read(&self.accepted(answer)?)
    }

    /// Whether a request was accepted that is answered with nothing.
    pub fn taken(&self, answer: Answer) -> Result<(), Failure> {
        self.accepted(answer).map(|_| ())
    }

    /// Takes something away.
    pub fn delete(&self, path: &str) -> Result<(), Failure> {
        self.accepted(self.send(Method::DELETE, path, None)?).map(|_| ())
    }

    /// Sends an object to where the server does the same request once only, and asks again under
    /// the same key when no answer came: nobody can tell then whether the first one arrived.
    pub fn change_once<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| self.unreadable(&error))?;
        let key = Uuid::new_v4();
        let mut pauses = PAUSES.iter();
        loop {
            let answer = self.ask(&Method::POST, path, Some(&body), key);
            let again = match &answer {
                Err(_) => true,
                // The server was busy and has changed nothing.
                Ok(answer) => matches!(answer.status, 502..=504),
            };
            match pauses.next() {
                Some(pause) if again => std::thread::sleep(*pause),
                _ => return self.read(&self.accepted(answer?)?),
            }
        }
    }

    /// Sends a request to a path below `/api/v1` and takes any answer.
    ///
    /// Each request that may change something carries a key of its own, so that a proxy that
    /// repeats it does not do it twice.
    pub fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Answer, Failure> {
        self.ask(&method, path, body.as_deref(), Uuid::new_v4())
    }

    fn ask(
        &self,
        method: &Method,
        path: &str,
        body: Option<&[u8]>,
        key: Uuid,
    ) -> Result<Answer, Failure> {
        let mut request = Request::builder()
            .uri(self.host.join(&api_path(path)))
            .header("Accept", "application/json")
            .header("Accept-Language", self.texts.tag());
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("token {token}"));
        }
        if *method != Method::GET && *method != Method::HEAD {
            request = request.header("Idempotency-Key", key.to_string());
        }
        let request = request.method(method.clone());
        let answer = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json").body(body);
                self.agent.run(request.map_err(|error| self.no_answer(&error))?)
            }
            None => {
                let request = request.body(());
                self.agent.run(request.map_err(|error| self.no_answer(&error))?)
            }
        };
        let mut answer = answer.map_err(|error| self.no_answer(&error))?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
        Ok(Answer { status, body: body.map_err(|error| self.no_answer(&error))? })
    }

    /// The failure an answer stands for; `None` when the request was accepted.
    pub fn refusal(&self, answer: &Answer) -> Option<Failure> {
        if answer.status < 400 {
            return None;
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        // Ours is flat; `share compute` wraps its own.
        let body = body.get("error").filter(|error| error.is_object()).unwrap_or(&body);
        let said = |key: &str| {
            body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let status = answer.status;
        let message = said("message").filter(|_| status != 401).unwrap_or_else(|| {
            if status == 401 {
                let known = if self.token.is_some() { "cli-token-unknown" } else { "cli-no-token" };
                return self.texts.say(known);
            }
            let args = [("host", self.host.as_str().into()), ("status", i64::from(status).into())];
            self.texts.with("cli-refused", &args)
        });
        let code = said("code").unwrap_or_else(|| hints::code_of(status).to_owned());
        let hint = hints::hint_of(status, &code).map(|key| self.texts.say(key));
        let hint = said("hint").or(hint);
        let faults = body.get("errors").and_then(Value::as_array).into_iter().flatten();
        // One fault is the message itself, with its field or without.
        let faults = faults.filter_map(fault).filter(|fault| !fault.ends_with(&message)).collect();
        Some(Failure { hint, faults, ..Failure::new(hints::exit_of(status), code, message) })
    }

    fn accepted(&self, answer: Answer) -> Result<Answer, Failure> {
        match self.refusal(&answer) {
            Some(failure) => Err(failure),
            None => Ok(answer),
        }
    }

    fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Failure> {
        serde_json::from_slice(&answer.body).map_err(|error| self.unreadable(&error))
    }

    fn no_answer(&self, error: &dyn std::error::Error) -> Failure {
        let reason = error.to_string();
        let reason = reason.strip_prefix("io: ").unwrap_or(&reason);
        let args = [("host", self.host.as_str().into()), ("reason", reason.into())];
        Failure::new(Exit::Failed, "no_answer", self.texts.with("cli-no-answer", &args))
    }

    fn unreadable(&self, error: &serde_json::Error) -> Failure {
        let args = [("host", self.host.as_str().into()), ("reason", error.to_string().into())];
        Failure::new(Exit::Failed, "unreadable_answer", self.texts.with("cli-unreadable", &args))
    }
}

/// A path below the API, each part written so that it stays one part.
pub(crate) fn path(parts: &[&str]) -> String {
    let encode = |part: &&str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        // Two dots alone would climb out of the path, and are no name of anything.
        let dots = matches!(*part, "." | "..");
        let mut text = String::new();
        for byte in part.bytes() {
            if plain(byte) && !dots {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
        text
    };
    format!("/{}", parts.iter().map(encode).collect::<Vec<_>>().join("/"))
}

/// One of several faults: a sentence, or a field with its sentence.
fn fault(value: &Value) -> Option<String> {
    let sentence = value.as_str().or_else(|| value.get("message")?.as_str())?;
    Some(match value.get("field").and_then(Value::as_str) {
        Some(field) => format!("{field}: {sentence}"),
        None => sentence.to_owned(),
    })
}

/// `/user` and `user` are below the API; a path that says so itself is taken as it is.
fn api_path(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.starts_with("api/") { format!("/{path}") } else { format!("/api/v1/{path}") }
}
