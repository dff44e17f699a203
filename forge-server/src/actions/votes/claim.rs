//! A claim that is to be given up: who pays for the call decides on it.

use forge_domain::{access::Deed, names::Slug};
use forge_store::Tx;
use serde_json::json;

use super::{Action, Context, Effect, Motion, allowed_in, open};
use crate::{
    error::{Error, Refusal},
    funding::{CallBook, Reader},
};

/// Proposes to give up what a council, or a grant such as `grant:state`, owes on a call, which
/// opens a vote of those who pay for it.
#[derive(Debug, Clone)]
pub struct ProposeWriteOff {
    /// Which space.
    pub space: Slug,
    /// The reference of the call.
    pub call: String,
    /// Who owes.
    pub debtor: String,
    /// Why, in Markdown.
    pub explanation: String,
}

impl Action for ProposeWriteOff {
    const DEED: Deed = Deed::OpenVote;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let space = allowed_in(tx, cx, &self.space).await?;
        let unknown = || Error::Refused(Refusal::field("call", "call_unknown"));
        let (call, debtor) = (self.call.trim(), self.debtor.trim());
        let book = match CallBook::of(&mut Reader::Tx(&mut *tx), call).await {
            Ok(book) if book.call.space_id == space.id => book,
            Ok(_) | Err(Error::NotFound) => return Err(unknown()),
            Err(error) => return Err(error),
        };
        let named = book.pledges.iter().find(|pledge| pledge.council_slug == debtor);
        let name = named.map_or(debtor, |pledge| pledge.council_name.as_str());
        let question = match space.lang.as_str() {
            "fr" => format!("Renoncer à ce que doit {name} pour {call} ?"),
            _ => format!("Give up what {name} owes for {call}?"),
        };
        let effect = Effect::WriteOff { call: call.to_owned(), council: debtor.to_owned() };
        let motion = Motion { question, explanation: self.explanation.clone(), effect };
        let reference = open(tx, cx, &space, motion).await?;
        cx.record(reference.clone(), json!({ "call": call, "debtor": debtor }));
        Ok(reference)
    }
}
