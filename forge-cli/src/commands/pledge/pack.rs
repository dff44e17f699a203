//! `forge pledge pack`: the draft deliberation a council votes on, to be edited.

use std::{fs, path::PathBuf};

use clap::Args;
use forge_api::packs::Pack as Told;

use crate::{client::path, commands::export::unwritten, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Pack {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl Pack {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let at = path(&["calls", &self.call, "pack", &self.council]);
        let at = format!("{at}?lang={}", context.texts.tag());
        let told: Told = context.client()?.get(&at)?;
        if let Some(to) = &self.to {
            fs::write(to, &told.text).map_err(|error| unwritten(context, to, &error))?;
        }
        context.output.answer(&told, || match &self.to {
            Some(to) => to.display().to_string(),
            None => told.text.trim_end().to_owned(),
        })
    }
}
