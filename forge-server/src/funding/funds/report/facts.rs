//! What the closing report tells beside money: who voted, what was released, and the head of the
//! ledger it was signed over.

use forge_domain::{calendar, hex};
use forge_store::{
    councils,
    ledger::{self, Checkpoint, Head},
    milestones::{self, Delivery},
    votes::{self, Vote},
};
use serde_json::{Value, json};

use crate::{
    error::Error,
    funding::{CallBook, Reader},
};

/// What the report is written from beside the call and its money.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The name of the council that leads.
    pub lead: String,
    /// The name of the council that keeps the money.
    pub treasurer: String,
    deliveries: Vec<Delivery>,
    votes: Vec<Vote>,
    head: Option<Head>,
    checkpoint: Option<Checkpoint>,
}

impl Facts {
    /// Reads them.
    ///
    /// # Errors
    /// [`Error::NotFound`] where a council is gone.
    pub async fn load(reader: &mut Reader<'_>, book: &CallBook) -> Result<Self, Error> {
        let (call, space) = (&book.call, book.call.space_id);
        let lead = councils::by_id(&mut *reader, call.lead_id).await?.ok_or(Error::NotFound)?;
        let treasurer = councils::by_id(&mut *reader, call.treasurer_id).await?;
        Ok(Self {
            lead: lead.name,
            treasurer: treasurer.ok_or(Error::NotFound)?.name,
            deliveries: milestones::deliveries(&mut *reader, call.id).await?,
            votes: votes::of_call(&mut *reader, call.id).await?,
            head: ledger::head(&mut *reader, space).await?,
            checkpoint: ledger::last_checkpoint(&mut *reader, space).await?,
        })
    }

    /// The last delivery of a milestone, which is the one that was decided on.
    pub(super) fn delivery(&self, position: i64) -> Option<&Delivery> {
        self.deliveries.iter().rev().find(|one| one.position == position)
    }

    /// Every vote on the call that was closed, the oldest first, with the bodies' last words.
    pub(super) fn votes(&self) -> Result<Vec<Value>, Error> {
        let told = |vote: &Vote| {
            let record: Value = match &vote.record {
                Some(record) => serde_json::from_str(record).map_err(anyhow::Error::from)?,
                None => Value::Null,
            };
            let ballots = record["ballots"].as_array().map_or(&[][..], Vec::as_slice);
            let ballot =
                |one: &Value| json!({ "council": one["council"], "choice": one["choice"] });
            Ok(json!({
                "ref": vote.reference,
                "kind": vote.kind.name(),
                "question": vote.question,
                "rule": record["terms"]["rule"],
                "opened_at": calendar::format_instant(vote.opened_at),
                "closed_at": vote.closed_at.map(calendar::format_instant),
                "result": vote.state.name(),
                "heads": record["heads"],
                "ballots": ballots.iter().map(ballot).collect::<Vec<_>>(),
            }))
        };
        let closed = self.votes.iter().rev().filter(|vote| vote.record.is_some());
        closed.map(told).collect()
    }

    /// What was accepted, by its software hash identifiers.
    pub(super) fn releases(&self, book: &CallBook) -> Vec<Value> {
        let accepted = |slice: &&forge_store::calls::Milestone| {
            slice.state == forge_domain::milestone::MilestoneState::Accepted
        };
        let told = |slice: &forge_store::calls::Milestone| {
            let one = self.delivery(slice.position)?;
            Some(json!({
                "milestone": format!("M{}", slice.position),
                "module": format!("{}/{}", one.owner_slug, one.module_slug),
                "tag": one.tag,
                "swhid": one.swhid,
                "swhid_commit": one.swhid_commit,
                "swhid_tree": one.swhid_tree,
                "licence": one.licence,
            }))
        };
        book.milestones.iter().filter(accepted).filter_map(told).collect()
    }

    /// The head of the ledger as it stands, and the last that is signed: the signature over the
    /// head itself follows its entries.
    pub(super) fn ledger(&self) -> Option<Value> {
        let head = self.head.as_ref()?;
        let signed = self.checkpoint.as_ref().map(
            |one| json!({ "size": one.size, "root": hex::encode(&one.root), "note": one.note }),
        );
        Some(json!({ "size": head.seq, "hash": hex::encode(&head.hash), "checkpoint": signed }))
    }
}
