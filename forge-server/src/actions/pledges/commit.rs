//! Committing a council (P3): at once on a complete act, or signed until its act is enforceable
//! and checked.

use forge_api::pledges::Pledge as Answer;
use forge_domain::{
    access::Deed,
    ledger::Key,
    money::{Amount, Money},
    pledge::{
        self, BudgetYear, CeilingPolicy, Commitment, Judged, Mandate, PledgeAct, PledgeState,
        Section,
    },
};
use forge_store::{
    Tx, evidence,
    pledges::{self, Pledge, Step, Year},
};
use serde_json::json;

use super::{
    at::{At, Start, in_time, insert, mandates_for, open, proven, tell_of, today},
    one,
    step::{Moved, move_on, step_of},
    substitute, visa,
};
use crate::{
    actions::{
        Action, Context, calls,
        evidence::{NewAct, add, standing},
    },
    error::Error,
    funding::{CallBook, Reader, book::or_refused, draft, pledge_refused, wrong},
};

/// The most budget years a pledge is spread over.
const YEARS_MAX: usize = 20;
/// The longest hint of an account.
const ACCOUNT_CHARS_MAX: usize = 40;

/// The part of a ceiling that falls into one budget, as it was written.
#[derive(Debug, Clone)]
pub struct NewYear {
    /// The year.
    pub year: i16,
    /// The part.
    pub amount: forge_api::Amount,
    /// The section of the budget.
    pub section: Section,
    /// The account it is booked on.
    pub account_hint: Option<String>,
}

/// Commits a council up to a ceiling, on the strength of an act of its body (P3).
#[derive(Debug, Clone)]
pub struct CommitPledge {
    /// The call.
    pub call: String,
    /// The council.
    pub council: String,
    /// The most it may ever owe.
    pub ceiling: forge_api::Amount,
    /// The act; none where the finance service has added it already.
    pub act: Option<NewAct>,
    /// The ceiling by budget year; what was said before stays where it is empty.
    pub years: Vec<NewYear>,
    /// A remark for the councils of the space; the intention's stays where none is given.
    pub note: Option<String>,
    /// The version of the call that was seen, where the check page said one.
    pub version: Option<i64>,
}

impl Action for CommitPledge {
    const DEED: Deed = Deed::CommitPledge;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let mut at = open(tx, cx, &self.call, &self.council).await?;
        proven(cx)?;
        calls::seen(at.book.call.version, self.version)?;
        let position = at.position().cloned();
        in_time(cx, &at.book, position.as_ref())?;
        let from = position.as_ref().map(|row| row.state);
        pledge::transition(from, PledgeAct::Commit).map_err(one)?;
        let ceiling = draft::positive("ceiling", &self.ceiling, at.book.currency)?;
        let note = match &self.note {
            Some(note) => draft::text("note", note)?,
            None => position.as_ref().map(|row| row.note.clone()).unwrap_or_default(),
        };
        let years = read_years(&at.book, &self.years)?;
        let reference_share = at.reckon(tx, Some(ceiling)).await?;
        let mut acts = match &position {
            Some(row) => evidence::of_pledge(&mut *tx, row.id).await?,
            None => Vec::new(),
        };
        if let Some(act) = &self.act {
            acts.push(act.row(cx, forge_domain::Id::new(uuid::Uuid::nil()))?);
        }
        let mandates = mandates_for(tx, cx, at.council.id).await?;
        let said = match &position {
            Some(row) if years.is_empty() => pledges::years(&mut *tx, row.id).await?,
            _ => years.clone(),
        };
        let weighed = Weighed { ceiling, reference_share, mandates: &mandates, years: &said };
        let judged = weighed.with(cx, &at.book, &acts, |commitment| commitment.judge())?;
        let judged = judged.map_err(|all| pledge_refused(&all))?;
        if let Some(row) = &position {
            visa::lets_commit(tx, (&at.book, row), (cx.person()?, ceiling)).await?;
        }
        let row = stands(tx, cx, &at, (ceiling, &note)).await?;
        if let Some(act) = &self.act {
            add(tx, cx, (&at.book, &row), &act.row(cx, row.id)?).await?;
        }
        if !years.is_empty() {
            pledges::replace_years(tx, row.id, &years).await?;
        }
        let seq = bind(tx, cx, &at.book, (&row, ceiling, note, &judged)).await?;
        let after = calls::recount(tx, cx, &at.book).await?;
        let amount = Money { amount: ceiling, currency: at.book.currency }.to_string();
        let state = if judged == Judged::Ready { "firm" } else { "pending_decision" };
        cx.record_for(
            at.council.id,
            row.reference.clone(),
            json!({ "call": self.call, "state": state, "ceiling": amount, "ledger_seq": seq }),
        );
        tell_of(tx, cx, (&after, &row.reference)).await
    }
}

/// The position of the council. P1 and P3 in one: without one, the pledge starts as an intention,
/// so that one path makes it firm.
async fn stands(
    tx: &mut Tx,
    cx: &Context<'_>,
    at: &At,
    (ceiling, note): (Amount, &str),
) -> Result<Pledge, Error> {
    let reference = match at.position() {
        Some(row) => row.reference.clone(),
        None => {
            let state = PledgeState::Intention;
            let start = Start { state, ceiling: Some(ceiling), note, published: true };
            insert(tx, cx, at, start).await?
        }
    };
    pledges::by_ref(&mut *tx, &reference).await?.ok_or(Error::NotFound)
}

/// Makes the pledge firm, or signs it while its act waits; the number of the ledger's entry.
async fn bind(
    tx: &mut Tx,
    cx: &Context<'_>,
    book: &CallBook,
    (row, ceiling, note, judged): (&Pledge, Amount, String, &Judged),
) -> Result<Option<i64>, Error> {
    let act = if *judged == Judged::Ready { PledgeAct::Commit } else { PledgeAct::Sign };
    let to = pledge::transition(Some(row.state), act).map_err(one)?;
    let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
    let person = cx.person()?;
    let step = Step {
        ceiling: Some(ceiling.minor()),
        note,
        published: true,
        signed_by: Some(person),
        committed_by: (act == PledgeAct::Commit).then_some(person),
        ..step_of(row, to)
    };
    let event = pledge::ledger_event(act, council, ceiling);
    move_on(tx, cx, book, Moved { row, step, event }).await
}

/// Makes a signed pledge firm once its act waits for nothing any more (the end of P3): asked after
/// every act that is added, completed or checked. What is still missing, or no longer fits the
/// call, leaves it as it is.
pub(in crate::actions) async fn go_on(
    tx: &mut Tx,
    cx: &Context<'_>,
    reference: &str,
) -> Result<(), Error> {
    let row = pledges::by_ref(&mut *tx, reference).await?.ok_or(Error::NotFound)?;
    let (Some(signatory), Some(ceiling)) = (row.signed_by, row.ceiling) else { return Ok(()) };
    if row.state != PledgeState::PendingDecision || substitute::go_on(tx, cx, &row).await? {
        return Ok(());
    }
    let book = CallBook::of(&mut Reader::Tx(&mut *tx), &row.call_ref).await?;
    let ceiling = Amount::from_minor(ceiling);
    if in_time(cx, &book, Some(&row)).is_err() {
        return Ok(());
    }
    let reference_share = or_refused(book.prospect(&book.participant(&row)))?.reference;
    let low = !book.call.low_ceilings && ceiling < reference_share;
    let acts = evidence::of_pledge(&mut *tx, row.id).await?;
    if low || judge_acts(cx, &book, &acts)? != Some(Judged::Ready) {
        return Ok(());
    }
    let to = pledge::transition(Some(row.state), PledgeAct::Complete).map_err(one)?;
    let council: Key = row.council_slug.parse().map_err(anyhow::Error::from)?;
    let step = Step { committed_by: Some(signatory), ..step_of(&row, to) };
    let event = pledge::ledger_event(PledgeAct::Complete, council, ceiling);
    move_on(tx, cx, &book, Moved { row: &row, step, event }).await?;
    calls::recount(tx, cx, &book).await?;
    Ok(())
}

/// What the acts of a pledge are worth today; nothing where none is complete.
pub(in crate::actions) fn judge_acts(
    cx: &Context<'_>,
    book: &CallBook,
    acts: &[evidence::Evidence],
) -> Result<Option<Judged>, Error> {
    let acts = standing(acts);
    let profile = cx.app.profiles.of(&book.call.profile)?;
    Ok(pledge::check_evidence(&acts, profile, &book.call.vehicle, today(cx, book)).ok())
}

/// What a commitment is weighed by, besides its acts.
pub(super) struct Weighed<'a> {
    pub ceiling: Amount,
    pub reference_share: Amount,
    pub mandates: &'a [Mandate],
    pub years: &'a [Year],
}

impl Weighed<'_> {
    /// Puts the commitment together for one of the rules.
    pub(super) fn with<T>(
        &self,
        cx: &Context<'_>,
        book: &CallBook,
        acts: &[evidence::Evidence],
        rule: impl FnOnce(&Commitment<'_>) -> T,
    ) -> Result<T, Error> {
        let evidence = standing(acts);
        let years: Vec<BudgetYear> = self.years.iter().map(budget_year).collect();
        let low = book.call.low_ceilings;
        Ok(rule(&Commitment {
            ceiling: self.ceiling,
            currency: book.currency,
            today: today(cx, book),
            mandates: self.mandates,
            evidence: &evidence,
            profile: cx.app.profiles.of(&book.call.profile)?,
            vehicle: &book.call.vehicle,
            reference_share: self.reference_share,
            policy: if low { CeilingPolicy::MayBeLow } else { CeilingPolicy::CoversShare },
            budget_years: &years,
        }))
    }
}

pub(super) fn budget_year(row: &Year) -> BudgetYear {
    BudgetYear {
        year: i16::try_from(row.year).unwrap_or(i16::MAX),
        amount: Amount::from_minor(row.amount),
        section: row.section,
    }
}

/// Reads the years of a ceiling, amounts of the same year and section added up.
pub(super) fn read_years(book: &CallBook, years: &[NewYear]) -> Result<Vec<Year>, Error> {
    if years.len() > YEARS_MAX {
        return Err(wrong("budget_years", "too_many_years"));
    }
    let mut read: Vec<Year> = Vec::new();
    for one in years {
        let amount = draft::positive("budget_years", &one.amount, book.currency)?.minor();
        let hint = one.account_hint.as_deref().map(str::trim).filter(|hint| !hint.is_empty());
        if hint.is_some_and(|hint| {
            hint.chars().count() > ACCOUNT_CHARS_MAX || hint.chars().any(char::is_control)
        }) {
            return Err(wrong("budget_years", "text_too_long"));
        }
        let same = |row: &&mut Year| (row.year, row.section) == (i64::from(one.year), one.section);
        if let Some(row) = read.iter_mut().find(same) {
            row.amount =
                row.amount.checked_add(amount).ok_or_else(|| wrong("budget_years", "overflow"))?;
            continue;
        }
        read.push(Year {
            year: i64::from(one.year),
            section: one.section,
            amount,
            account_hint: hint.map(str::to_owned),
        });
    }
    Ok(read)
}
