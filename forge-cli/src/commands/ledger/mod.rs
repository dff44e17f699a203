//! `forge ledger`: what is written about money, and whether it is still what was written.

mod verify;
mod view;

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use forge_api::ledger::{Checkpoint as Head, LedgerEntry};
use serde_json::json;

use super::export::unwritten;
use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    Verify(verify::Verify),
    View(view::View),
    Checkpoint(Checkpoint),
    Export(Export),
}

#[derive(Debug, Args)]
pub(crate) struct Checkpoint {
    space: String,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    space: String,
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    to: PathBuf,
}

impl Ledger {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify(command) => command.run(context),
            Self::View(command) => command.run(context),
            Self::Checkpoint(command) => command.run(context),
            Self::Export(command) => command.run(context),
        }
    }
}

impl Checkpoint {
    /// The newest signed head, as it stands in the meta-repository: what an auditor writes down.
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let at = path(&["spaces", &self.space, "ledger", "checkpoint"]);
        let told: Head = context.client()?.get(&at)?;
        context.output.answer(&told, || told.note.trim_end().to_owned())
    }
}

impl Export {
    /// The files of a ledger as its meta-repository has them, so that `ledger verify --repo` reads
    /// them without git.
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let folder = self.to.join("ledger");
        let entries = client.bytes(&path(&["spaces", &self.space, "ledger", "entries"]))?;
        let head: Head = client.get(&path(&["spaces", &self.space, "ledger", "checkpoint"]))?;
        let key = client.bytes(&path(&["repos", &self.space, "meta", "raw", "ledger", "key"]))?;
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for line in entries.split_inclusive(|byte| *byte == b'\n') {
            let name = format!("entries-{}.jsonl", year(line, context)?);
            match files.last_mut().filter(|(last, _)| *last == name) {
                Some((_, text)) => text.extend_from_slice(line),
                None => files.push((name, line.to_vec())),
            }
        }
        files.push(("checkpoint".to_owned(), head.note.into_bytes()));
        files.push(("key".to_owned(), key));
        fs::create_dir_all(&folder).map_err(|error| unwritten(context, &folder, &error))?;
        let mut written = Vec::new();
        for (name, bytes) in files {
            let to = folder.join(name);
            fs::write(&to, bytes).map_err(|error| unwritten(context, &to, &error))?;
            written.push(to.display().to_string());
        }
        context.output.answer(&json!({ "files": &written }), || written.join("\n"))
    }
}

/// The year an entry was written in.
fn year(line: &[u8], context: &Context) -> Result<String, Failure> {
    let entry: LedgerEntry = serde_json::from_slice(line).map_err(|error| {
        let reason = [("reason", error.to_string().into())];
        Failure::new(Exit::Unsound, "invalid_entry", context.texts.with("cli-unreadable", &reason))
    })?;
    Ok(entry.ts.chars().take(4).collect())
}
