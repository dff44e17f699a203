//! Counts of inhabitants from a file, and the groupings in which they count once.

use forge_domain::{
    access::{Deed, Resource},
    names::Slug,
};
use forge_store::{
    Tx,
    councils::{self, Council},
};
use serde_json::json;

use super::{super::Action, by_slug};
use crate::{
    actions::Context,
    census::Count,
    error::{Error, Refusal},
};

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many counts were recorded or corrected.
    pub recorded: i64,
    /// How many were known already, to the last detail.
    pub unchanged: i64,
    /// How many are of bodies that no verified council of this forge is.
    pub unknown: i64,
}

/// Records the counts of a file, all or none. Bodies that are no council here are passed over, so
/// that the file of a whole country can be given; the same file again changes nothing.
#[derive(Debug, Clone)]
pub struct ImportPopulations {
    /// The counts.
    pub counts: Vec<Count>,
}

impl Action for ImportPopulations {
    const DEED: Deed = Deed::ImportPopulations;
    type Output = Imported;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Imported, Error> {
        cx.allow(&Resource::instance())?;
        let mut done = Imported::default();
        for count in &self.counts {
            let council = councils::by_identifier(&mut *tx, &count.council).await?;
            let Some(council) = council else {
                done.unknown += 1;
                continue;
            };
            if councils::set_population(&mut *tx, council.id, &count.population).await? {
                done.recorded += 1;
            } else {
                done.unchanged += 1;
            }
        }
        let detail = json!({
            "recorded": done.recorded, "unchanged": done.unchanged, "unknown": done.unknown,
        });
        cx.record("populations", detail);
        Ok(done)
    }
}

/// Says that a council belongs to a grouping, or does not any more: its inhabitants are counted
/// once where both pledge.
#[derive(Debug, Clone)]
pub struct SetGrouping {
    /// The council.
    pub council: Slug,
    /// The grouping.
    pub grouping: Slug,
    /// Whether it belongs to it.
    pub belongs: bool,
}

impl Action for SetGrouping {
    const DEED: Deed = Deed::VerifyCouncil;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&Resource::instance())?;
        let council = by_slug(tx, &self.council).await?;
        let grouping = councils::by_slug(&mut *tx, &self.grouping).await?;
        let unknown = || Error::Refused(Refusal::field("grouping", "council_unknown"));
        let grouping: Council = grouping.ok_or_else(unknown)?;
        let circle = councils::groupings(&mut *tx, grouping.id).await?;
        if grouping.id == council.id || circle.iter().any(|one| one.id == council.id) {
            return Err(Error::Refused(Refusal::field("grouping", "grouping_circle")));
        }
        if self.belongs {
            councils::add_grouping(&mut *tx, council.id, grouping.id).await?;
        } else {
            councils::remove_grouping(&mut *tx, council.id, grouping.id).await?;
        }
        let detail = json!({ "grouping": grouping.slug, "belongs": self.belongs });
        cx.record_for(council.id, council.slug, detail);
        Ok(())
    }
}
