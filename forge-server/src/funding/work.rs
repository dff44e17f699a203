//! Work in kind as programs read it, and why it does not move.

use forge_api::{
    Amount as Text,
    work::{Work as Answer, WorkState},
};
use forge_domain::{
    calendar,
    charter::InKindTerms,
    money::{Amount, Money},
    sharing::Shares,
    work::{Days, WorkError},
};
use forge_store::{pledges::Pledge, work::Work};

use super::{
    CallBook, Reader,
    answer::{html_url, word},
    wrong,
};
use crate::{
    app::App,
    charter,
    error::{Error, Refusal},
};

impl CallBook {
    /// The terms of the charter in force for work on this call.
    ///
    /// # Errors
    /// [`Error::Refused`] where the charter takes none, or values it in another currency.
    pub async fn work_terms(&self, reader: &mut Reader<'_>) -> Result<InKindTerms, Error> {
        let charter = charter::in_force(reader, self.call.space_id).await?;
        forge_domain::work::terms(charter.in_kind.as_ref(), self.currency)
            .map_err(|error| self.work_refused(&error))
    }

    /// What the work of a call that is agreed on or done is worth together.
    ///
    /// # Errors
    /// Internal where amounts run over.
    pub fn work_agreed(&self) -> Result<Amount, Error> {
        let part = self.work.iter().filter(|work| work.state.is_part());
        let values = part.map(|work| Amount::from_minor(work.value));
        Ok(Amount::checked_sum(values).map_err(anyhow::Error::from)?)
    }

    /// Why work is not taken or does not move, for whoever asked.
    pub fn work_refused(&self, error: &WorkError) -> Error {
        let refusal = Refusal::new(error.code()).arg("why", error);
        match error {
            WorkError::State(_) | WorkError::Call(_) | WorkError::Dropped | WorkError::Counted => {
                Error::Conflict(refusal)
            }
            WorkError::SamePerson => Error::Forbidden(refusal),
            WorkError::TooMuch { left } => {
                let left = Money { amount: *left, currency: self.currency };
                Error::Refused(refusal.arg("left", left))
            }
            WorkError::NotTaken
            | WorkError::Currency { .. }
            | WorkError::Days
            | WorkError::Amount(_) => Error::Refused(refusal),
        }
    }
}

/// What a council gives in work, beside the money it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// How many days, in hundredths.
    pub hundredths: i64,
    /// What they are worth.
    pub value: Amount,
    /// What of that is beyond its fair share, and nobody pays back (example E12).
    pub gift: Amount,
}

impl Credit {
    /// The fair share: what is paid in money, and the work that is credited.
    ///
    /// # Errors
    /// Internal where amounts run over.
    pub fn fair_share(&self, paid: Amount) -> Result<Amount, Error> {
        let whole = paid.checked_add(self.value).and_then(|sum| sum.checked_sub(self.gift));
        Ok(whole.map_err(anyhow::Error::from)?)
    }
}

impl CallBook {
    /// The work of a council that counts in its share, with what of it the computation calls a
    /// gift; none where it gives none.
    pub fn credit(&self, council: &Pledge, gifts: &Shares) -> Option<Credit> {
        let whole = self.whole();
        let own = self.work.iter().filter(|work| work.council_id == council.council_id);
        let days = own.filter(|work| self.counts(work, whole)).map(|work| work.days.hundredths());
        let hundredths = days.fold(0, i64::saturating_add);
        (hundredths > 0).then(|| Credit {
            hundredths,
            value: self.work_of(council.council_id, whole),
            gift: gifts.get(&council.council_slug).copied().unwrap_or_default(),
        })
    }
}

/// Days as they were written, in this field.
///
/// # Errors
/// [`Error::Refused`] for a text that is no number of days.
pub fn days(field: &'static str, text: &str) -> Result<Days, Error> {
    text.parse().map_err(|error: WorkError| wrong(field, error.code()))
}

/// All work on a call that a reader may see.
///
/// # Errors
/// Internal where a stored word is unreadable.
pub fn all(app: &App, book: &CallBook) -> Result<Vec<Answer>, Error> {
    book.work.iter().map(|work| one(app, book, work)).collect()
}

/// Work in kind, for programs.
///
/// # Errors
/// As [`all`].
pub fn one(app: &App, book: &CallBook, work: &Work) -> Result<Answer, Error> {
    let instant = |at: Option<jiff::Timestamp>| at.map(calendar::format_instant);
    Ok(Answer {
        reference: work.reference.clone(),
        call: work.call_ref.clone(),
        milestone: u32::try_from(work.position).unwrap_or_default(),
        council: work.council_slug.clone(),
        name: work.council_name.clone(),
        state: word::<WorkState>(work.state.name())?,
        days: work.days.to_string(),
        day_rate: Text(book.decimal(work.day_rate)),
        value: Text(book.decimal(work.value)),
        currency: book.call.currency.clone(),
        task: work.task.clone(),
        reason: work.reason.clone(),
        counted: book.counts(work, book.whole()),
        offered_at: calendar::format_instant(work.offered_at),
        judged_at: instant(work.judged_at),
        delivered_at: instant(work.delivered_at),
        entry: work.entry_seq,
        html_url: format!("{}/in-kind", html_url(app, book)),
    })
}
