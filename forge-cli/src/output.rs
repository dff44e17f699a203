//! The two ways of answering: words for people, one line of JSON for programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use crate::failure::{Exit, Failure};

/// How a command answers.
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// Answers in JSON, or in words.
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether the answer is JSON.
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// Answers with a value, one line, or with words made only when they are wanted.
    pub fn answer<T: Serialize>(
        &self,
        value: &T,
        words: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.json {
            let line = serde_json::to_string(value).map_err(|error| {
                Failure::new(Exit::Failed, "internal", format!("The answer has no JSON: {error}"))
            })?;
            write_line(&line)
        } else {
            write_line(&words())
        }
    }

    /// Writes bytes as they are.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        settle(out.write_all(bytes).and_then(|()| out.flush()))
    }

    /// Tells why a command failed: JSON to standard output, words to standard error.
    pub fn failure(&self, failure: &Failure) {
        if failure.told {
            return;
        }
        if self.json {
            let mut error = json!({"code": failure.code, "message": failure.message});
            if let (Some(hint), Some(object)) = (&failure.hint, error.as_object_mut()) {
                object.insert("hint".to_owned(), json!(hint));
            }
            if let (false, Some(object)) = (failure.faults.is_empty(), error.as_object_mut()) {
                object.insert("faults".to_owned(), json!(failure.faults));
            }
            // Nothing is left to do when even this cannot be written.
            let _ = write_line(&json!({ "error": error }).to_string());
        } else {
            eprintln!("forge: {}", failure.message);
            failure.faults.iter().for_each(|fault| eprintln!("  - {fault}"));
            if let Some(hint) = &failure.hint {
                eprintln!("{hint}");
            }
        }
    }
}

fn write_line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    settle(writeln!(out, "{text}").and_then(|()| out.flush()))
}

/// A reader that has seen enough (`| head`) is no failure.
fn settle(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failed, "output", error.to_string()))
        }
        _ => Ok(()),
    }
}
