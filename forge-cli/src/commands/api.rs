//! `forge api`: one request to the API, signed in, the answer as it comes.

use std::io::{self, Read};

use clap::Args;
use ureq::http::Method;

use crate::{
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct Api {
    #[arg(value_parser = ["GET", "POST", "PUT", "PATCH", "DELETE"], ignore_case = true)]
    method: String,
    path: String,
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
}

impl Api {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = self.input.as_deref().map(|from| read(context, from)).transpose()?;
        let method = match self.method.to_ascii_uppercase().as_str() {
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "PATCH" => Method::PATCH,
            "DELETE" => Method::DELETE,
            _ => Method::GET,
        };
        let client = context.client()?;
        let answer = client.send(method, &self.path, body)?;
        match client.refusal(&answer) {
            // With --json the refusal is told once, in the form all commands share.
            Some(failure) if context.output.is_json() || answer.body.is_empty() => Err(failure),
            Some(failure) => {
                context.output.bytes(&answer.body)?;
                eprintln!();
                Err(failure)
            }
            None => context.output.bytes(&answer.body),
        }
    }
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read(context: &Context, from: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let result = if from == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(from).map(|read| bytes = read)
    };
    result.map_err(|error| {
        let args = [("path", from.into()), ("reason", error.to_string().into())];
        Failure::new(Exit::Failed, "unreadable_file", context.texts.with("cli-no-file", &args))
    })?;
    Ok(bytes)
}
