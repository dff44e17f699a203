//! Money after a call is confirmed: calls for funds, payments, invoices, grants, refunds and the
//! closing of the books (domain.md §c12 to §c14). The forge moves none of it: it records what both
//! sides say, and the ledger holds what both agree on.

mod claims;
mod closing;
mod direct;
mod grants;
mod invoices;
mod payments;
mod refunds;
mod settle;
mod write_off;

pub use claims::{CancelFundsCall, DraftFundsCall, IssueFundsCall, SetReferences};
pub use closing::{CloseBooks, PlanRefunds};
pub use direct::PayDirectly;
pub use grants::{ReceiveGrant, SecureGrant};
pub use invoices::{ApproveInvoice, PayInvoice, RecordInvoice, RefuseInvoice};
pub use payments::{ConfirmPayment, RetractPayment, ReversePayment, Sides, TellPayment};
pub use refunds::SendRefund;
pub use write_off::{check as check_write_off, write_off};

use forge_domain::{
    access::{Deed, Resource},
    call::CallState,
    funds::FundsError,
    ledger::{Event, Hash},
    money::Amount,
};
use forge_store::{Tx, settings};
use jiff::{civil::Date, tz::TimeZone};

use super::{Context, calls};
use crate::{
    error::{Error, Refusal},
    funding::{CallBook, Reader, draft, funds::FundsBook, wrong},
    ledger,
};

/// The longest reference of a finance system or a bank.
const REFERENCE_CHARS_MAX: usize = 120;

/// A call with its money, as an act sees it.
pub(super) struct Purse {
    /// The call.
    pub book: CallBook,
    /// Its money.
    pub money: FundsBook,
    /// The call as the table of rights sees it.
    pub seen: Resource,
}

impl Purse {
    /// Opens the money of a call for an act: whoever may not read the call is told nothing.
    pub async fn open(tx: &mut Tx, cx: &Context<'_>, call: &str) -> Result<Self, Error> {
        let book = CallBook::of(&mut Reader::Tx(&mut *tx), call).await?;
        let held = calls::holder_of(tx, &book).await?;
        let seen = calls::resource(&book, held);
        super::allow(&cx.by.actor, Deed::ReadCall, &seen)?;
        let money = FundsBook::load(&mut Reader::Tx(tx), &book).await?;
        Ok(Self { book, money, seen })
    }

    /// Asks the table of rights for the act's own deed, for the treasurer's council.
    pub fn allow_treasurer(&self, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&self.seen.clone().for_council(self.book.call.treasurer_id))
    }

    /// Refuses a call whose money may not move: not confirmed yet, or closed.
    pub fn moves(&self) -> Result<(), Error> {
        match self.book.call.state {
            CallState::Confirmed | CallState::Executing | CallState::Settling => Ok(()),
            state => {
                Err(crate::funding::decision::refusal(&forge_domain::call::CallError::State(state)))
            }
        }
    }

    /// As [`Purse::moves`], and refunds are not planned yet: after that nothing but refunds moves.
    pub fn is_open(&self) -> Result<(), Error> {
        self.moves()?;
        if self.money.closing.is_some() {
            return Err(Error::Conflict(Refusal::new("refunds_planned")));
        }
        Ok(())
    }

    /// Appends an entry on this call.
    pub async fn append(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        (council, key): (Option<&str>, String),
        event: Event,
    ) -> Result<Option<i64>, Error> {
        self.append_with(tx, cx, (council, key), (event, Vec::new())).await
    }

    /// As [`Purse::append`], with the digests of the papers the entry rests on (domain.md §c13).
    pub async fn append_with(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        (council, key): (Option<&str>, String),
        (event, evidence): (Event, Vec<Hash>),
    ) -> Result<Option<i64>, Error> {
        let entry = ledger::NewEntry { evidence, ..self.entry(council, key, event) };
        ledger::append(tx, cx, self.book.call.space_id, entry).await
    }

    /// Appends the mirror of the entry called `undone`.
    pub async fn reverse(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        (council, key): (Option<&str>, String),
        undone: &str,
    ) -> Result<i64, Error> {
        // What is mirrored is read from the ledger; an event of nothing stands for it here.
        let nothing = Event::Closing {
            contributions: Amount::ZERO,
            grants: Amount::ZERO,
            direct: Vec::new(),
            in_kind: Amount::ZERO,
            costs: Vec::new(),
            vat: Amount::ZERO,
            refunds: Vec::new(),
        };
        let entry = self.entry(council, key, nothing);
        ledger::reverse(tx, cx, self.book.call.space_id, (undone, entry)).await
    }

    fn entry<'a>(
        &'a self,
        council: Option<&'a str>,
        key: String,
        event: Event,
    ) -> ledger::NewEntry<'a> {
        ledger::NewEntry {
            call: &self.book.call.reference,
            currency: self.book.currency,
            council,
            event,
            evidence: Vec::new(),
            key,
        }
    }
}

/// The next reference of a series, `FC-2027-0004`.
async fn reference(tx: &mut Tx, cx: &Context<'_>, series: &str) -> Result<String, Error> {
    let year = cx.now.to_zoned(TimeZone::UTC).year();
    let number = settings::next(&mut *tx, &format!("{series}-{year}")).await?;
    Ok(format!("{series}-{year}-{number:04}"))
}

/// A day on which money moved: not one still to come.
fn value_date(purse: &Purse, cx: &Context<'_>, text: &str) -> Result<Date, Error> {
    let day = draft::date("value_date", text)?;
    if day > forge_domain::calendar::date_at(cx.now, &purse.book.zone) {
        return Err(wrong("value_date", "date_in_future"));
    }
    Ok(day)
}

/// A reference of another system: one short line, or nothing.
fn short(field: &'static str, text: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > REFERENCE_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(wrong(field, "text_too_long"));
    }
    Ok(Some(text.to_owned()))
}

/// A reason everyone reads.
fn reason(text: &str) -> Result<String, Error> {
    let text = draft::text("reason", text)?;
    if text.is_empty() {
        return Err(crate::funding::funds::refused(&FundsError::ReasonMissing));
    }
    Ok(text)
}

/// An amount, or all that remains where none is given; never more than remains.
fn at_most(
    purse: &Purse,
    given: Option<&forge_api::Amount>,
    left: Amount,
) -> Result<Amount, Error> {
    let amount = match given {
        Some(text) => draft::positive("amount", text, purse.book.currency)?,
        None => left,
    };
    forge_domain::funds::within(amount, left)
        .map_err(|error| crate::funding::funds::refused(&error))?;
    Ok(amount)
}
