//! A call that came to nothing, drafted again: everything is copied but the pledges
//! (domain.md §c10).

use forge_api::calls::NewCall;
use forge_domain::{
    access::Deed,
    call::{self, CallAct},
};
use forge_store::{Tx, calls};
use serde_json::json;

use super::{Action, Context, draft_call, open};
use crate::{
    error::Error,
    funding::{decision, written},
};

/// Drafts a call again that failed or was cancelled.
#[derive(Debug, Clone)]
pub struct ReopenCall {
    /// The call that came to nothing.
    pub reference: String,
    /// The last day of the new one.
    pub deadline: String,
}

impl Action for ReopenCall {
    const DEED: Deed = Deed::CreateCall;
    /// The reference of the new draft.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, held) = open(tx, cx, &self.reference).await?;
        call::step(book.call.state, CallAct::Reopen).map_err(|error| decision::refusal(&error))?;
        let new = NewCall {
            deadline: self.deadline.clone(),
            // The new call opens when it is published.
            opens_on: None,
            ..written::written(&book)?
        };
        let (id, reference) = draft_call(tx, cx, (&book.space, &held), &new).await?;
        calls::set_reopens(&mut *tx, id, book.call.id).await?;
        cx.record(reference.clone(), json!({ "reopens": self.reference }));
        Ok(reference)
    }
}
