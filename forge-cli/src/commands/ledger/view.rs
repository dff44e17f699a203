//! `forge ledger view`: the entries of a space, as the server tells them.

use clap::Args;
use forge_api::ledger::{ChainedEntry, Posting};

use crate::{client::path, context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Args)]
pub(crate) struct View {
    space: String,
    #[arg(long)]
    call: Option<String>,
}

impl View {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut found: Vec<ChainedEntry> =
            context.client()?.list(&path(&["spaces", &self.space, "ledger"]))?;
        found.retain(|one| self.call.as_ref().is_none_or(|call| *call == one.entry.call));
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings = [
                ">cli-col-n",
                "cli-col-date",
                "cli-col-kind",
                "cli-col-call",
                "cli-col-account",
                ">cli-col-amount",
            ];
            let mut table = Table::headed(texts, &headings);
            for one in &found {
                let entry = &one.entry;
                let mut head = vec![
                    entry.seq.to_string(),
                    shown::day(&entry.ts, texts),
                    entry.kind.clone(),
                    entry.call.clone(),
                ];
                for Posting(account, minor) in &entry.postings {
                    head.extend([account.clone(), shown::minor(*minor, &entry.currency, texts)]);
                    table.row(std::mem::replace(&mut head, vec![String::new(); 4]));
                }
            }
            context.listed(found.len(), &table)
        })
    }
}
