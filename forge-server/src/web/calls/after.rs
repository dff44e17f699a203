//! What came of a call after its shares were final: who does the work, who joined late, who is late
//! with what it owes.

use forge_domain::{calendar, money::Amount};
use forge_store::buy_ins::BuyIn;
use serde::Serialize;

use crate::{
    app::App,
    error::Error,
    funding::{
        CallBook, Reader,
        funds::{FundsBook, confirmed, statement::OVERDUE_MEMBERS_DAYS},
        open::OpenedCall,
    },
    themes::Money,
};

/// What came after the shares were final; nothing of a call that collects.
#[derive(Debug, Clone, Default, Serialize)]
pub struct After {
    /// The contract: its reference, the company.
    pub contract: Option<(String, String)>,
    /// The supplier a vote chose, while there is no contract.
    pub chosen: Option<Chosen>,
    /// The councils that joined late.
    pub late: Vec<Late>,
    /// The councils that are overdue, and by how many days: members see it at once, everyone after
    /// sixty days (domain.md §c10).
    pub overdue: Vec<(String, i64)>,
}

/// The supplier a vote chose.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// The company.
    pub supplier: String,
    /// The reference of its offer.
    pub reference: String,
    /// What it asks.
    pub amount: Money,
    /// The reference and the page of the vote.
    pub vote: (String, String),
}

/// A council that joined late.
#[derive(Debug, Clone, Serialize)]
pub struct Late {
    /// Its name and its page.
    pub council: (String, String),
    /// What it would have paid from the start.
    pub price: Money,
    /// What it pays.
    pub amount: Money,
    /// Whether the surcharge of the charter was waived.
    pub waived: bool,
    /// Where its money goes: the end of a key `call-late-…`.
    pub policy: String,
    /// Who is credited, and how much.
    pub credits: Vec<(String, Money)>,
}

/// What came after the shares of a call were final, for its reader.
pub(super) async fn after(app: &App, opened: &OpenedCall) -> Result<After, Error> {
    let book = &opened.book;
    let contract = book.contract.as_ref();
    Ok(After {
        contract: contract.map(|one| (one.reference.clone(), one.supplier.clone())),
        chosen: book.chosen.as_ref().filter(|_| contract.is_none()).map(|one| Chosen {
            supplier: one.supplier.clone(),
            reference: one.offer_ref.clone(),
            amount: Money::new(Amount::from_minor(one.amount), book.currency),
            vote: (
                one.vote_ref.clone(),
                format!("/{}/-/decisions/{}", book.space.slug, one.vote_ref),
            ),
        }),
        late: book.buy_ins.iter().map(|one| late(book, one)).collect(),
        overdue: overdue(app, opened).await?,
    })
}

fn late(book: &CallBook, row: &BuyIn) -> Late {
    let money = |minor| Money::new(Amount::from_minor(minor), book.currency);
    let pledge = book.pledges.iter().find(|pledge| pledge.id == row.pledge_id);
    let credits = book.credits.iter().filter(|credit| credit.pledge_id == row.pledge_id);
    Late {
        council: pledge
            .map(|one| (one.council_name.clone(), format!("/{}", one.council_slug)))
            .unwrap_or_default(),
        price: money(row.price),
        amount: money(row.amount),
        waived: row.waiver.is_some(),
        policy: row.policy.name().replace('_', "-"),
        credits: credits.map(|one| (one.council_name.clone(), money(one.credit))).collect(),
    }
}

async fn overdue(app: &App, opened: &OpenedCall) -> Result<Vec<(String, i64)>, Error> {
    let book = &opened.book;
    if !book.call.state.is_frozen() {
        return Ok(Vec::new());
    }
    let money = FundsBook::load(&mut Reader::Db(&app.db), book).await?;
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let days = |pledge: &forge_store::pledges::Pledge| {
        let since = money.late_since(pledge.council_id, today)?;
        let days = i64::from((today - since).get_days());
        let shown = opened.internal || days > OVERDUE_MEMBERS_DAYS;
        shown.then(|| (pledge.council_name.clone(), days))
    };
    Ok(confirmed(book).filter_map(days).collect())
}
