//! A vote that was opened by mistake: taken back before anybody has voted.

use forge_domain::{
    access::{Deed, Resource, Visibility},
    ledger::Event,
    money::Currency,
    vote,
};
use forge_store::{Tx, votes};
use serde_json::json;

use super::{Action, Context, refusal};
use crate::{
    auth::holder,
    error::{Error, Refusal},
    ledger,
};

/// Takes back a vote that the same person opened, while nobody has voted. Nothing follows, and the
/// ledger keeps a memo of it.
#[derive(Debug, Clone)]
pub struct WithdrawVote {
    /// Which vote.
    pub reference: String,
}

impl Action for WithdrawVote {
    const DEED: Deed = Deed::OpenVote;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let row = votes::by_ref(&mut *tx, &self.reference).await?.ok_or(Error::NotFound)?;
        let (space, held) = holder::of_space_in(tx, row.space_id).await?;
        cx.allow(&Resource::new(held, Visibility::Public))?;
        if row.opened_by != cx.person()?.uuid() {
            return Err(Error::Forbidden(Refusal::new("not_the_opener")));
        }
        let cast = votes::ballots(&mut *tx, row.id).await?.len();
        vote::withdraw((row.state, row.closes_at), cast, cx.now)
            .map_err(|error| refusal(&error))?;
        if !votes::withdraw(&mut *tx, row.id, cx.now).await? {
            return Err(Error::Conflict(Refusal::new("stale_version")));
        }
        let entry = ledger::NewEntry {
            call: row.call_ref.as_deref().unwrap_or(&row.reference),
            currency: Currency::from_code(&space.currency).map_err(anyhow::Error::from)?,
            council: None,
            event: Event::VoteWithdrawn,
            evidence: Vec::new(),
            key: format!("{}:withdrawn", row.reference),
        };
        ledger::append(tx, cx, space.id, entry).await?;
        cx.record(row.reference, json!({ "withdrawn": true, "kind": row.kind.name() }));
        Ok(())
    }
}
