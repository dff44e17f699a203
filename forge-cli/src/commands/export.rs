//! `forge export`: what everybody may take away.

use std::{fs, io, path::PathBuf};

use clap::{Args, Subcommand};
use forge_api::exports::ExportFile;
use serde_json::json;

use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    All(All),
    Audit(Audit),
    Scdl(Scdl),
}

#[derive(Debug, Args)]
pub(crate) struct All {
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    to: PathBuf,
    #[arg(long, value_name = "FORM", default_value = "csv")]
    #[arg(value_parser = ["csv", "json", "jsonl"])]
    format: String,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    call: String,
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Scdl {
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    to: PathBuf,
}

/// What the names of the tables in the form of French schemas begin with.
const SCDL: &str = "scdl-";

impl Export {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::All(command) => command.run(context),
            Self::Audit(command) => command.run(context),
            Self::Scdl(command) => command.run(context),
        }
    }
}

impl All {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let tables: Vec<ExportFile> = client.get("/exports")?;
        fs::create_dir_all(&self.to).map_err(|error| unwritten(context, &self.to, &error))?;
        let mut written = Vec::new();
        for table in &tables {
            for ending in [self.format.as_str(), "schema.json"] {
                let name = format!("{}.{ending}", table.table);
                let bytes = client.bytes(&path(&["exports", &name]))?;
                let to = self.to.join(&name);
                fs::write(&to, bytes).map_err(|error| unwritten(context, &to, &error))?;
                written.push(to.display().to_string());
            }
        }
        context.output.answer(&json!({ "files": &written }), || written.join("\n"))
    }
}

impl Scdl {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let tables: Vec<ExportFile> = client.get("/exports")?;
        fs::create_dir_all(&self.to).map_err(|error| unwritten(context, &self.to, &error))?;
        let mut written = Vec::new();
        for table in tables.iter().filter(|table| table.table.starts_with(SCDL)) {
            let name = format!("{}.csv", table.table);
            let to = self.to.join(&name);
            let bytes = client.bytes(&path(&["exports", &name]))?;
            fs::write(&to, bytes).map_err(|error| unwritten(context, &to, &error))?;
            written.push(to.display().to_string());
        }
        context.output.answer(&json!({ "files": &written }), || written.join("\n"))
    }
}

impl Audit {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let bytes = context.client()?.bytes(&path(&["calls", &self.call, "audit"]))?;
        let named = || PathBuf::from(format!("{}.audit.json", self.call));
        let to = self.to.clone().unwrap_or_else(named);
        fs::write(&to, bytes).map_err(|error| unwritten(context, &to, &error))?;
        let to = to.display().to_string();
        context.output.answer(&json!({ "file": &to }), || to.clone())
    }
}

/// A file that could not be written.
pub(crate) fn unwritten(context: &Context, to: &std::path::Path, error: &io::Error) -> Failure {
    let args = [("path", to.display().to_string().into()), ("reason", error.to_string().into())];
    Failure::new(Exit::Failed, "unwritable_file", context.texts.with("cli-no-file", &args))
}
