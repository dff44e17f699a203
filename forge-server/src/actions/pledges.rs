//! Pledges: declared, scheduled, committed, amended, taken back, ordered, passed on
//! (domain.md §c9).
//!
//! Each answers with the pledge as programs read it, so that a repeated request can be given the
//! very answer of the first.

mod amend;
mod at;
mod commit;
mod follow;
mod intend;
mod join;
mod leave;
mod step;
mod substitute;
mod visa;

pub use amend::AmendPledge;
pub use at::STEP_UP_MINUTES;
pub(super) use at::{find, open};
pub use commit::{CommitPledge, NewYear};
pub(super) use commit::{go_on, judge_acts};
pub use follow::{OrderPledge, check_default, declare_default, settle};
pub use intend::{DeclareIntention, SchedulePledge};
pub use join::AskToJoin;
pub use leave::{RefusePledge, WithdrawPledge};
pub(super) use step::{Moved, happened, move_on, step_of};
pub use substitute::{ApproveSubstitution, OfferPlace, TakePlace};
pub use visa::AttestPledge;

use forge_domain::pledge::PledgeError;

use crate::{error::Error, funding::pledge_refused};

fn one(fault: PledgeError) -> Error {
    pledge_refused(&[fault])
}
