//! What is put to the vote of those who pay for a call besides its terms: who does the work,
//! whether a council joins late, whether one is in default.

use std::collections::BTreeSet;

use forge_api::calls::NewOffer;
use forge_domain::{access::Deed, call::CallAct, money::Amount};
use forge_store::{Tx, calls, votes::Vote};

use super::{Action, Context, joining, open, proposing::propose, voted::may_change};
use crate::{
    actions::{pledges, votes::Effect},
    error::Error,
    funding::{CallBook, Reader, draft, wrong},
    voting::{Offer, VoteBook},
};

/// The most offers a vote chooses between.
pub const OFFERS_MAX: usize = 6;

/// Puts to the vote which supplier does the work; the winner is offered when the contract is
/// recorded (domain.md §c4, K8).
#[derive(Debug, Clone)]
pub struct ProposeSupplier {
    /// Which call.
    pub reference: String,
    /// The offers there are.
    pub offers: Vec<NewOffer>,
    /// Why a choice is asked for.
    pub reason: String,
}

impl Action for ProposeSupplier {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        may_change(book.call.state, CallAct::ChooseSupplier)?;
        if self.offers.is_empty() || self.offers.len() > OFFERS_MAX {
            return Err(wrong("offers", "offers_count"));
        }
        let mut offers = Vec::new();
        for offer in &self.offers {
            offers.push(Offer {
                supplier: draft::line("offers", &offer.supplier)?,
                reference: draft::line("offers", &offer.reference)?,
                amount: draft::positive("offers", &offer.amount, book.currency)?
                    .to_decimal(book.currency),
                currency: book.call.currency.clone(),
            });
        }
        let named: BTreeSet<_> = offers.iter().map(|one| (&one.supplier, &one.reference)).collect();
        if named.len() < offers.len() {
            return Err(wrong("offers", "offers_twice"));
        }
        let effect = Effect::ChooseSupplier { call: self.reference.clone(), offers };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}

/// Keeps the supplier a vote chose: its effect.
pub(in crate::actions) async fn chosen(
    tx: &mut Tx,
    reference: &str,
    vote: &Vote,
) -> Result<(), Error> {
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), reference).await?;
    may_change(book.call.state, CallAct::ChooseSupplier)?;
    let voted = VoteBook::load(&mut Reader::Tx(&mut *tx), vote.clone()).await?;
    let won = voted.winner();
    let (_, won) =
        won.ok_or_else(|| anyhow::anyhow!("{} passed without a winner", vote.reference))?;
    let offer = (won.supplier.as_str(), won.reference.as_str());
    let amount = Amount::parse(&won.amount, book.currency).map_err(anyhow::Error::from)?;
    Ok(calls::choose(&mut *tx, (book.call.id, vote.id), offer, amount.minor()).await?)
}

/// Puts to the vote whether a council that has signed joins a confirmed call (domain.md §c10).
#[derive(Debug, Clone)]
pub struct ProposeJoining {
    /// Which call.
    pub reference: String,
    /// The address of the council.
    pub council: String,
    /// Why.
    pub reason: String,
}

impl Action for ProposeJoining {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let council = self.council.trim().to_owned();
        // What it would pay is part of the question, and is reckoned again when it joins.
        let asked = joining::asked(tx, cx, (&book, &council)).await?;
        let amount = asked.amount(&book).to_string();
        let effect = Effect::LateJoiner { call: self.reference.clone(), council, amount };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}

/// Puts to the vote whether a council is in default: more than ninety days overdue, after two
/// reminders (P12).
#[derive(Debug, Clone)]
pub struct ProposeDefault {
    /// Which call.
    pub reference: String,
    /// The address of the council that does not pay.
    pub council: String,
    /// Why.
    pub reason: String,
}

impl Action for ProposeDefault {
    const DEED: Deed = Deed::OpenVote;
    /// The reference of the vote.
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let (book, _) = open(tx, cx, &self.reference).await?;
        let council = self.council.trim().to_owned();
        pledges::check_default(tx, cx, (&book, &council)).await?;
        let effect = Effect::DeclareDefault { call: self.reference.clone(), council };
        propose(tx, cx, &book, (effect, &self.reason)).await
    }
}
