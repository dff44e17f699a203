//! What may change after a call is published: amendments and extensions, and the days in which
//! firm pledgers may leave because of them (domain.md §c6, K6).

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use super::{CallAct, CallError, CallState, step};
use crate::calendar::{self, CalendarError};

/// How many days firm pledgers may leave without fault after a change (domain.md §c6).
pub const LEAVE_DAYS: i32 = 15;
/// How often a vote may move the deadline (K6).
pub const EXTENSIONS_MAX: i64 = 2;
/// By how many calendar months in all (K6).
pub const EXTENSION_MONTHS_MAX: i32 = 6;

/// The instant until which firm pledgers may leave after a change made now: the end of the
/// fifteenth day where the space is.
pub fn leave_until(now: Timestamp, zone: &TimeZone) -> Result<Timestamp, CalendarError> {
    let today = calendar::date_at(now, zone);
    calendar::deadline_instant(calendar::add_days(today, LEAVE_DAYS)?, zone)
}

/// Whether a firm pledger may leave without fault.
pub fn leaves_freely(leave_until: Option<Timestamp>, now: Timestamp) -> bool {
    leave_until.is_some_and(|until| now < until)
}

/// Whether a published call may be amended: while the days to leave end before its deadline.
/// Right: [`crate::access::Deed::AmendCall`].
pub fn amend(
    state: CallState,
    deadline: Timestamp,
    leave_until: Timestamp,
) -> Result<(), CallError> {
    step(state, CallAct::Amend)?;
    if leave_until > deadline { Err(CallError::AmendTooLate) } else { Ok(()) }
}

/// What an extension is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// The last day the call was published with.
    pub first: Date,
    /// The last day it has now.
    pub current: Date,
    /// How often it was moved.
    pub used: i64,
    /// The last day proposed.
    pub proposed: Date,
    /// The day the vote on it ends.
    pub decided_on: Date,
}

impl Extension {
    /// K6: at most twice, at most six months in all, decided before the deadline, and late enough
    /// for firm pledgers to leave first.
    pub fn check(&self, state: CallState) -> Result<(), CallError> {
        step(state, CallAct::Extend)?;
        if self.used >= EXTENSIONS_MAX {
            return Err(CallError::ExtensionsUsed);
        }
        let months = Span::new().try_months(EXTENSION_MONTHS_MAX).ok();
        let latest = months.and_then(|span| self.first.checked_add(span).ok());
        let latest = latest.ok_or(CallError::ExtensionTooLong(self.first))?;
        if self.proposed > latest {
            return Err(CallError::ExtensionTooLong(latest));
        }
        let earliest = calendar::add_days(self.decided_on, LEAVE_DAYS)
            .map_err(|_| CallError::ExtensionTooShort(self.current))?
            .max(self.current.tomorrow().unwrap_or(self.current));
        if self.proposed < earliest {
            return Err(CallError::ExtensionTooShort(earliest));
        }
        if self.decided_on > self.current {
            return Err(CallError::ExtensionTooLate);
        }
        Ok(())
    }
}
