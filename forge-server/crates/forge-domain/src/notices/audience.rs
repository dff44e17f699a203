//! Who is told: which roles, in which councils.

use super::{EventKind, EventVisibility};
use crate::access::{MemberStatus, Role};

/// Councils, by what they are to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// The lead of the call; of the space, where no call is meant.
    Lead,
    /// The treasurer of the call; of the space, where no call is meant.
    Treasurer,
    /// The council the event is about.
    Council,
    /// Every council that belongs to the space.
    Members,
    /// The members of the space that have made no firm pledge on the call.
    Undecided,
    /// The councils that may answer a vote.
    Electorate,
}

/// Who holds one of these roles in one of these councils is told.
pub type Told = (Party, &'static [Role]);

const DESK: &[Role] = &[Role::Lead, Role::Finance, Role::Signatory];
const DECIDERS: &[Role] = &[Role::Lead, Role::Signatory];
const LEADS: &[Role] = &[Role::Lead];
const FINANCE: &[Role] = &[Role::Finance];
const WORKERS: &[Role] = &[Role::Developer, Role::Maintainer, Role::Lead];
const PAYERS: &[Role] = &[Role::Finance, Role::Signatory];

/// Whether people of a council may be told of an event: what is for the members of a space goes to
/// those who belong to it, to those who carry the call, and to the council it is about.
pub const fn may_be_told(
    visibility: EventVisibility,
    party: Party,
    standing: Option<MemberStatus>,
) -> bool {
    match visibility {
        EventVisibility::Public => true,
        EventVisibility::Members => {
            matches!(party, Party::Lead | Party::Treasurer | Party::Council)
                || matches!(
                    standing,
                    Some(
                        MemberStatus::Observer
                            | MemberStatus::Contributor
                            | MemberStatus::Suspended
                    )
                )
        }
    }
}

/// Who is told of an event of this kind. Whether they may still read it is asked again of the
/// table of rights when they are told.
pub const fn told(kind: EventKind) -> &'static [Told] {
    use EventKind as Kind;
    match kind {
        Kind::CallPublished
        | Kind::CallAmended
        | Kind::CallExtended
        | Kind::CallConfirmed
        | Kind::CallFailed
        | Kind::CallCancelled
        | Kind::CallClosed => &[(Party::Members, DESK)],
        Kind::CallReached | Kind::CallUnreached | Kind::CallExecuting | Kind::CallSettling => {
            &[(Party::Members, LEADS), (Party::Treasurer, FINANCE)]
        }
        Kind::PledgeIntended
        | Kind::PledgeScheduled
        | Kind::PledgeRefused
        | Kind::PledgeSigned
        | Kind::PledgeFirm
        | Kind::PledgeAmended
        | Kind::PledgeWithdrawn
        | Kind::PledgeSubstituted => &[(Party::Lead, LEADS), (Party::Council, DESK)],
        // What a finance service says is its council's own.
        Kind::PledgeAttested
        | Kind::PledgeReturned
        | Kind::PledgeLapsed
        | Kind::PledgeReleased
        | Kind::PledgeConfirmed => &[(Party::Council, DESK)],
        Kind::PledgeOrdered | Kind::PledgeSettled | Kind::PledgeDefaulted => {
            &[(Party::Lead, LEADS), (Party::Treasurer, FINANCE), (Party::Council, DESK)]
        }
        Kind::InKindOffered | Kind::InKindWithdrawn => &[(Party::Lead, LEADS)],
        Kind::InKindAgreed | Kind::InKindRefused => &[(Party::Council, WORKERS)],
        Kind::InKindDelivered => &[(Party::Council, WORKERS), (Party::Treasurer, FINANCE)],
        Kind::EvidenceAdded => &[(Party::Council, FINANCE)],
        Kind::EvidenceChecked | Kind::EvidenceRejected => &[(Party::Council, DESK)],
        Kind::VoteOpened | Kind::VoteClosed | Kind::VoteWithdrawn => {
            &[(Party::Electorate, DECIDERS)]
        }
        Kind::MilestoneDelivered | Kind::MilestoneAccepted | Kind::MilestoneRejected => {
            &[(Party::Members, DECIDERS), (Party::Treasurer, FINANCE)]
        }
        Kind::MemberAsked => &[(Party::Lead, LEADS)],
        Kind::MemberJoined | Kind::MemberDeclined | Kind::MemberLeft | Kind::MemberSuspended => {
            &[(Party::Lead, LEADS), (Party::Council, LEADS)]
        }
        // The council whose webhook it is; of a space, the council that leads it.
        Kind::WebhookStopped => &[(Party::Council, LEADS)],
        Kind::FundsCallIssued
        | Kind::PaymentAcknowledged
        | Kind::RefundSent
        | Kind::RefundCarried => &[(Party::Council, PAYERS)],
        Kind::WrittenOff | Kind::Reversal => {
            &[(Party::Treasurer, FINANCE), (Party::Council, FINANCE)]
        }
        Kind::PaymentDeclared => &[(Party::Treasurer, FINANCE)],
        Kind::GrantSecured
        | Kind::FundsCallCancelled
        | Kind::InvoiceApproved
        | Kind::PaymentSent
        | Kind::PaymentDirect
        | Kind::ClosingAppropriation => &[(Party::Lead, LEADS), (Party::Treasurer, FINANCE)],
        Kind::ReminderMeeting => &[(Party::Council, DESK)],
        Kind::ReminderDeadline => &[(Party::Lead, LEADS), (Party::Undecided, DESK)],
        Kind::ReminderDue => &[(Party::Council, PAYERS), (Party::Treasurer, FINANCE)],
    }
}
