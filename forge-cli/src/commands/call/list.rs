//! `forge call list`.

use clap::Args;
use forge_api::calls::Call;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table};

#[derive(Debug, Args)]
pub(crate) struct List {
    #[arg(long)]
    space: Option<String>,
    // Drafts are their space's: no list of everything has them.
    #[arg(long, requires_if("draft", "space"), value_parser = [
        "draft", "open", "reached", "confirmed", "executing", "settling", "closed", "failed",
        "cancelled",
    ])]
    state: Option<String>,
}

impl List {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let mut found: Vec<Call> = match (&self.space, &self.state) {
            (Some(space), _) => client.list(&path(&["spaces", space, "calls"]))?,
            (None, Some(state)) => client.list(&format!("/calls?state={state}"))?,
            (None, None) => client.list("/calls")?,
        };
        if let Some(state) = &self.state {
            let wanted = serde_json::Value::String(state.clone());
            found.retain(|call| serde_json::to_value(call.state).is_ok_and(|is| is == wanted));
        }
        context.output.answer(&found, || {
            let texts = &context.texts;
            let headings = [
                "cli-col-ref",
                "cli-col-title",
                "cli-col-state",
                ">cli-col-target",
                ">cli-col-firm",
                ">cli-col-missing",
                "cli-col-deadline",
            ];
            let mut table = Table::headed(texts, &headings);
            for call in &found {
                let money = |amount| shown::amount(amount, &call.currency, texts);
                table.row(vec![
                    call.reference.clone(),
                    call.title.clone(),
                    shown::word("call-state", &call.state, texts),
                    money(&call.target),
                    money(&call.capacity),
                    money(&call.missing),
                    shown::day(&call.deadline, texts),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}
