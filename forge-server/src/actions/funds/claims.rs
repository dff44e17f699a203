//! Calls for funds: drawn up for a milestone, issued, taken back by a credit note.

use forge_api::funds::{FundsCall as Answer, LineReferences};
use forge_domain::{
    Id,
    access::Deed,
    calendar,
    call::CallState,
    funds::{Claim, FundsCallAct, FundsCallState, funds_call_after},
    id,
    ledger::{Event, Hash, Key},
    milestone::MilestoneState,
    money::Amount,
    names::Slug,
    notices::EventKind,
};
use forge_store::{
    Tx, councils,
    funds::{self, Draft, FundsCall, Line, NewFundsCall},
};
use jiff::civil::Date;
use serde_json::json;

use super::{Purse, reason, reference, short};
use crate::{
    actions::{Action, Context, calls::stale},
    error::{Error, Refusal},
    events::{self, Event as Happened},
    funding::{
        draft,
        funds::{
            FundsBook, answer,
            calculation::{claim, digest, text},
            confirmed, milestone_place, refused,
        },
        wrong,
    },
};

/// A call for funds is due after so many days, where nothing is said (domain.md §c12).
const DUE_DAYS: i32 = 30;
/// The longest bank details.
const PAY_TO_CHARS_MAX: usize = 400;

/// Draws up the call for funds of a milestone, or draws its draft up again.
#[derive(Debug, Clone)]
pub struct DraftFundsCall {
    /// The call.
    pub call: String,
    /// `M1`, or `R` for the reserve.
    pub milestone: String,
    /// When it will be due.
    pub due_on: Option<String>,
    /// Where to pay; what the last call for funds said where nothing is given.
    pub pay_to: Option<String>,
}

impl Action for DraftFundsCall {
    const DEED: Deed = Deed::IssueFundsCall;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let milestone = place(&purse, &self.milestone)?;
        let claim = claim(&purse.book, &purse.money, milestone)?;
        let calculation = text(&purse.book, milestone, &claim)?;
        let pay_to = self.pay_to(&purse)?;
        let draft = Draft {
            due_on: self.due_on(&purse, cx)?,
            pay_to: &pay_to,
            calculation: &calculation,
            digest: &digest(&calculation),
        };
        let (id, reference) = match purse.money.draft(milestone) {
            Some(row) => {
                funds_call_after(row.state, FundsCallAct::Redraft).map_err(|e| refused(&e))?;
                if !funds::redraft(&mut *tx, (row.id, row.version), draft).await? {
                    return Err(stale());
                }
                funds::delete_lines(&mut *tx, row.id).await?;
                (row.id, row.reference.clone())
            }
            None => insert(tx, cx, (&purse, milestone), draft).await?,
        };
        write_lines(tx, &purse, id, &claim).await?;
        cx.record(reference.clone(), json!({ "call": self.call, "milestone": self.milestone }));
        tell(tx, cx, &self.call, &reference).await
    }
}

impl DraftFundsCall {
    fn due_on(&self, purse: &Purse, cx: &Context<'_>) -> Result<Date, Error> {
        let today = calendar::date_at(cx.now, &purse.book.zone);
        let given = self.due_on.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let day = match given {
            Some(text) => draft::date("due_on", text)?,
            None => calendar::add_days(today, DUE_DAYS).map_err(anyhow::Error::from)?,
        };
        if day < today { Err(wrong("due_on", "date_in_past")) } else { Ok(day) }
    }

    fn pay_to(&self, purse: &Purse) -> Result<String, Error> {
        let before = || purse.money.calls.last().map(|call| call.pay_to.clone());
        let text = match &self.pay_to {
            Some(text) => draft::text("pay_to", text)?,
            None => before().unwrap_or_default(),
        };
        let fits = text.chars().count() <= PAY_TO_CHARS_MAX;
        if fits { Ok(text) } else { Err(wrong("pay_to", "text_too_long")) }
    }
}

async fn insert(
    tx: &mut Tx,
    cx: &Context<'_>,
    (purse, milestone): (&Purse, i64),
    draft: Draft<'_>,
) -> Result<(Id<id::FundsCall>, String), Error> {
    let reference = reference(tx, cx, "FC").await?;
    let id = cx.new_id();
    let new = NewFundsCall {
        id,
        reference: &reference,
        call: purse.book.call.id,
        milestone,
        draft,
        created_by: cx.person()?,
        now: cx.now,
    };
    funds::insert(&mut *tx, new).await?;
    Ok((id, reference))
}

async fn write_lines(
    tx: &mut Tx,
    purse: &Purse,
    id: Id<id::FundsCall>,
    claim: &Claim,
) -> Result<(), Error> {
    for pledge in confirmed(&purse.book) {
        let Some(line) = claim.lines.get(&pledge.council_slug) else { continue };
        let identifiers = councils::identifiers(&mut *tx, pledge.council_id).await?;
        let siret = identifiers.into_iter().find(|one| one.scheme == "siret");
        let row = Line {
            funds_call_id: id,
            council_id: pledge.council_id,
            council_slug: pledge.council_slug.clone(),
            council_name: pledge.council_name.clone(),
            amount: line.amount.minor(),
            net: line.line.net.minor(),
            vat: line.line.vat.minor(),
            gross: line.line.gross.minor(),
            siret: siret.map(|one| one.value),
            service_code: pledge.service_code.clone(),
            commitment_no: pledge.commitment_no.clone(),
            external_ref: None,
            written_off: 0,
            entry_seq: None,
        };
        funds::insert_line(&mut *tx, &row).await?;
    }
    Ok(())
}

/// Issues a draft: every council owes its line from now on.
#[derive(Debug, Clone)]
pub struct IssueFundsCall {
    /// The call for funds.
    pub reference: String,
    /// The version that was seen, where a page showed one.
    pub version: Option<i64>,
}

impl Action for IssueFundsCall {
    const DEED: Deed = Deed::IssueFundsCall;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, row) = open(tx, cx, &self.reference).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        crate::actions::calls::seen(row.version, self.version)?;
        let to = funds_call_after(row.state, FundsCallAct::Issue).map_err(|e| refused(&e))?;
        released(&purse, row.milestone)?;
        // The draft must say what is true now: something else may have been called meanwhile.
        let claim = claim(&purse.book, &purse.money, row.milestone)?;
        if text(&purse.book, row.milestone, &claim)? != row.calculation {
            return Err(Error::Conflict(Refusal::new("funds_draft_stale")));
        }
        let issued = Some((cx.person()?, cx.now));
        if !funds::step(&mut *tx, (row.id, row.version), to, issued).await? {
            return Err(stale());
        }
        for line in purse.money.lines_of(row.id) {
            let council: Key = line.council_slug.parse().map_err(anyhow::Error::from)?;
            let event = Event::FundsCallIssued {
                council,
                committed: Amount::from_minor(line.amount),
                due: Amount::from_minor(line.gross),
            };
            let key = issue_key(&row, line);
            // The digest that stands on every statement: the calculation cannot be another one.
            let statement = Hash::try_from(row.digest.as_slice()).map_err(anyhow::Error::from)?;
            let named = (Some(line.council_slug.as_str()), key);
            let seq = purse.append_with(tx, cx, named, (event, vec![statement])).await?;
            funds::update_line(&mut *tx, &Line { entry_seq: seq, ..line.clone() }).await?;
        }
        cx.record(self.reference.clone(), json!({ "call": row.call_ref, "issued": true }));
        tell(tx, cx, &row.call_ref, &self.reference).await
    }
}

/// What the entry of a line is called in the ledger.
fn issue_key(row: &FundsCall, line: &Line) -> String {
    format!("{}:{}", row.reference, line.council_slug)
}

/// The place of a milestone, or of a buy-in, by its key.
fn place(purse: &Purse, key: &str) -> Result<i64, Error> {
    let number = key.trim().strip_prefix(['J', 'j']).and_then(|n| n.parse::<i64>().ok());
    match number.map(|n| -n) {
        Some(position) if purse.money.buy_in_at(position).is_some() => Ok(position),
        _ => milestone_place(&purse.book, key),
    }
}

/// A milestone releases its tranche once it is accepted; the reserve once the work has begun.
/// A buy-in is owed from the day the council joined.
fn released(purse: &Purse, milestone: i64) -> Result<(), Error> {
    if milestone < 0 {
        return Ok(());
    }
    let begun = matches!(purse.book.call.state, CallState::Executing | CallState::Settling);
    let slice = purse.book.milestones.iter().find(|slice| slice.position == milestone);
    let accepted = slice.is_none_or(|slice| slice.state == MilestoneState::Accepted);
    match (begun, accepted) {
        (true, true) => Ok(()),
        (true, false) => Err(Error::Conflict(Refusal::new("milestone_not_accepted"))),
        (false, _) => Err(Error::Conflict(Refusal::new("call_not_executing"))),
    }
}

/// Takes an issued call for funds back by a credit note with a number of its own.
#[derive(Debug, Clone)]
pub struct CancelFundsCall {
    /// The call for funds.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Action for CancelFundsCall {
    const DEED: Deed = Deed::IssueFundsCall;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, row) = open(tx, cx, &self.reference).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let reason = reason(&self.reason)?;
        funds_call_after(row.state, FundsCallAct::Cancel).map_err(|e| refused(&e))?;
        let told = |line: &&Line| !purse.money.one_sided(line).is_zero() || line.written_off != 0;
        if purse.money.lines_of(row.id).any(|line| told(&line)) {
            return Err(Error::Conflict(Refusal::new("funds_payment_told")));
        }
        let note = reference(tx, cx, "CN").await?;
        let named = (note.as_str(), reason.as_str());
        if !funds::cancel(&mut *tx, (row.id, row.version), named, cx.now).await? {
            return Err(stale());
        }
        for line in purse.money.lines_of(row.id).filter(|line| line.entry_seq.is_some()) {
            let key = format!("{note}:{}", line.council_slug);
            let named = (Some(line.council_slug.as_str()), key);
            purse.reverse(tx, cx, named, &issue_key(&row, line)).await?;
        }
        let event = Happened::on_call(&purse.book, EventKind::FundsCallCancelled);
        events::emit(tx, cx, event.about(&self.reference)).await?;
        cx.record(self.reference.clone(), json!({ "credit_note": note, "reason": reason }));
        tell(tx, cx, &row.call_ref, &self.reference).await
    }
}

/// Writes the references of a line: the revenue order by the treasurer, service and commitment by
/// the council itself or by the treasurer, who prints them.
#[derive(Debug, Clone)]
pub struct SetReferences {
    /// The call for funds.
    pub reference: String,
    /// The council.
    pub council: String,
    /// What is set; what is not given stays as it is.
    pub references: LineReferences,
}

impl Action for SetReferences {
    const DEED: Deed = Deed::IssueFundsCall;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let (purse, row) = open(tx, cx, &self.reference).await?;
        let line = line_of(tx, &purse.money, &row, &self.council).await?;
        let given = &self.references;
        if purse.allow_treasurer(cx).is_err() {
            // The council writes its own references, and no revenue order.
            let own = purse.seen.clone().for_council(line.council_id);
            crate::actions::allow(&cx.by.actor, Deed::DeclarePayment, &own)?;
            if given.external_ref.is_some() {
                purse.allow_treasurer(cx)?;
            }
        }
        if row.state == FundsCallState::Cancelled {
            return Err(Error::Conflict(Refusal::new("funds_state")));
        }
        let set = |field, text: &Option<String>, before: &Option<String>| match text {
            Some(text) => short(field, Some(text)),
            None => Ok(before.clone()),
        };
        let line = Line {
            external_ref: set("external_ref", &given.external_ref, &line.external_ref)?,
            service_code: set("service_code", &given.service_code, &line.service_code)?,
            commitment_no: set("commitment_no", &given.commitment_no, &line.commitment_no)?,
            ..line
        };
        funds::update_line(&mut *tx, &line).await?;
        cx.record_for(
            line.council_id,
            self.reference.clone(),
            json!({ "external_ref": line.external_ref, "service_code": line.service_code,
                    "commitment_no": line.commitment_no }),
        );
        tell(tx, cx, &row.call_ref, &self.reference).await
    }
}

/// Opens the call for funds of a reference; a draft is the space's alone.
pub(super) async fn open(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(Purse, FundsCall), Error> {
    let row = funds::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let purse = Purse::open(tx, cx, &row.call_ref).await?;
    if row.state == FundsCallState::Draft {
        crate::actions::allow(&cx.by.actor, Deed::ReadSpaceInternals, &purse.seen)?;
    }
    Ok((purse, row))
}

/// The line of a council by its address.
pub(super) async fn line_of(
    tx: &mut Tx,
    money: &FundsBook,
    row: &FundsCall,
    council: &str,
) -> Result<Line, Error> {
    let unknown = || wrong("council", "council_unknown");
    let slug = council.trim().parse::<Slug>().map_err(|_| unknown())?;
    let council = councils::by_slug(&mut *tx, &slug).await?.ok_or_else(unknown)?;
    money.line(row.id, council.id).cloned().ok_or_else(|| wrong("council", "council_not_called"))
}

/// The call for funds as it is after the act.
pub(super) async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    call: &str,
    reference: &str,
) -> Result<Answer, Error> {
    let purse = Purse::open(tx, cx, call).await?;
    let row = purse.money.call(reference)?;
    answer::call(cx.app, (&purse.book, &purse.money), row, true)
}
