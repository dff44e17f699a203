//! What a signatory commits with: a mandate, an act of the council, a ceiling (guard of P3 and P4).

use jiff::civil::Date;

use super::{Evidence, EvidenceGap, Judged, PledgeError, check_evidence};
use crate::{
    money::{Amount, AmountError, Currency},
    profiles::Profile,
    words::words,
};

words! {
    /// A kind of act that a mandate covers.
    MandateKind {
        /// Commits the council: P3, P4, and taking a place in P13.
        Pledge = "pledge",
        /// Takes a commitment back or passes it on: P6, and giving a place away in P13.
        Withdraw = "withdraw",
    }
}

/// The power of one person to sign for one council (domain.md §b).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The most one act may commit.
    pub amount_max: Amount,
    /// In this currency alone: nothing is converted.
    pub currency: Currency,
    /// The kinds of act it covers.
    pub kinds: Vec<MandateKind>,
    /// The first day it is valid.
    pub valid_from: Date,
    /// The last day it is valid.
    pub valid_until: Date,
}

words! {
    /// The part of a public budget an expense belongs to.
    Section {
        /// What lasts: bought, built or developed.
        Investment = "investment",
        /// What is used up within the year.
        Operating = "operating",
    }
}

/// The first and the last year a budget may be of.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// The part of the ceiling that falls into one budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetYear {
    /// The year.
    pub year: i16,
    /// The part.
    pub amount: Amount,
    /// Which part of the budget pays it.
    pub section: Section,
}

/// Whether a ceiling may lie below the share of the reference scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeilingPolicy {
    /// It has to cover the share.
    CoversShare,
    /// The call takes low ceilings, and shows them as such.
    MayBeLow,
}

/// Everything a firm pledge is judged on.
#[derive(Debug, Clone)]
pub struct Commitment<'a> {
    /// What the act of the council authorises, in the currency and basis of the call.
    pub ceiling: Amount,
    /// The currency of the call.
    pub currency: Currency,
    /// The date today, where the space is.
    pub today: Date,
    /// The mandates the signatory holds for the council, revoked ones left out.
    pub mandates: &'a [Mandate],
    /// The documents attached.
    pub evidence: &'a [Evidence],
    /// The profile of the call.
    pub profile: &'a Profile,
    /// The vehicle of the call.
    pub vehicle: &'a str,
    /// The share in the reference scenario (firm, intentions and this council, filled up to the
    /// least number of councils): `Scenario::reference_share`.
    pub reference_share: Amount,
    /// Whether the ceiling has to cover it.
    pub policy: CeilingPolicy,
    /// The ceiling by year; empty where the council does not split it.
    pub budget_years: &'a [BudgetYear],
}

impl Commitment<'_> {
    /// Everything that keeps the council from committing itself; nothing when it may (guard of
    /// P3). An act that is complete and still waits for something is no fault: see
    /// [`Commitment::judge`].
    pub fn check(&self) -> Vec<PledgeError> {
        let (ceiling, currency) = (self.ceiling, self.currency);
        let mut faults = Vec::new();
        if ceiling <= Amount::ZERO {
            faults.push(PledgeError::CeilingZero);
        }
        let kind = MandateKind::Pledge;
        faults.extend(check_mandate(self.mandates, kind, (ceiling, currency), self.today).err());
        faults.extend(self.evidence().err());
        let share = self.reference_share;
        if self.policy == CeilingPolicy::CoversShare && ceiling < share {
            faults.push(PledgeError::CeilingBelowShare { ceiling, share, currency });
        }
        faults.extend(check_years(self.budget_years, ceiling, currency).err());
        faults
    }

    /// Whether the pledge is firm at once or waits for its act; or everything that is wrong.
    pub fn judge(&self) -> Result<Judged, Vec<PledgeError>> {
        let faults = self.check();
        match self.evidence() {
            Ok(judged) if faults.is_empty() => Ok(judged),
            Ok(_) | Err(_) => Err(faults),
        }
    }

    fn evidence(&self) -> Result<Judged, PledgeError> {
        check_evidence(self.evidence, self.profile, self.vehicle, self.today)
    }
}

/// Whether the parts that fall into each budget make the ceiling; no parts at all are left open.
pub fn check_years(
    years: &[BudgetYear],
    ceiling: Amount,
    currency: Currency,
) -> Result<(), PledgeError> {
    if years.is_empty() {
        return Ok(());
    }
    if let Some(strange) = years.iter().find(|one| !YEARS.contains(&one.year)) {
        return Err(PledgeError::BudgetYear(strange.year));
    }
    let negative = years.iter().any(|year| year.amount.is_negative());
    let sum = Amount::checked_sum(years.iter().map(|year| year.amount))?;
    if sum == ceiling && !negative {
        Ok(())
    } else {
        Err(PledgeError::BudgetYears { ceiling, currency })
    }
}

/// P4: whether a firm pledge may go to another ceiling. Raising it takes evidence that is new,
/// enforceable and checked, and a mandate, as a new commitment does; lowering it takes the mandate
/// and the guard on the share.
pub fn amend(from: Amount, new: &Commitment<'_>) -> Vec<PledgeError> {
    let mut faults = new.check();
    if new.ceiling <= from {
        let gap = PledgeError::EvidenceIncomplete(EvidenceGap::Nothing);
        faults.retain(|fault| *fault != gap);
    } else if let Ok(judged) = new.evidence() {
        faults.extend(judged.refusals());
    }
    faults
}

/// Whether one of the mandates covers this kind of act and this amount on this day.
pub fn check_mandate(
    mandates: &[Mandate],
    kind: MandateKind,
    (ceiling, currency): (Amount, Currency),
    today: Date,
) -> Result<(), PledgeError> {
    let Some(any) = mandates.first() else { return Err(PledgeError::MandateMissing) };
    let current = |mandate: &&Mandate| mandate.valid_from <= today && today <= mandate.valid_until;
    let mut valid = mandates.iter().filter(current).peekable();
    if valid.peek().is_none() {
        return Err(PledgeError::MandateExpired);
    }
    let mut valid = valid.filter(|mandate| mandate.kinds.contains(&kind)).peekable();
    if valid.peek().is_none() {
        return Err(PledgeError::MandateKind);
    }
    let Some(max) = valid
        .filter(|mandate| mandate.currency == currency)
        .map(|mandate| mandate.amount_max)
        .max()
    else {
        let found = any.currency.code().to_owned();
        return Err(AmountError::CurrencyMismatch { expected: currency, found }.into());
    };
    if ceiling > max {
        return Err(PledgeError::MandateExceeded { max, ceiling, currency });
    }
    Ok(())
}
