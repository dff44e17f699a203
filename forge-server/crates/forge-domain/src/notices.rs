//! What happens that somebody is told about: the kinds of events, who may read them, and who is
//! told (domain.md §c18).

mod audience;
mod reminders;

pub use audience::{Party, Told, may_be_told, told};
pub use reminders::Series;

use crate::{ledger::EntryKind, words::words};

words! {
    /// What happened. The kinds of the ledger keep their names.
    EventKind {
        /// K1: a call is open to councils.
        CallPublished = "call.published",
        /// K2: every threshold is met.
        CallReached = "call.reached",
        /// A call that was reached no longer is.
        CallUnreached = "call.unreached",
        /// K4: the call stands, and so does every share.
        CallConfirmed = "call.confirmed",
        /// The deadline has passed and the thresholds were not met.
        CallFailed = "call.failed",
        /// The terms of an open call changed.
        CallAmended = "call.amended",
        /// The deadline of a call is later than it was.
        CallExtended = "call.extended",
        /// K7: a call is given up.
        CallCancelled = "call.cancelled",
        /// The contract is signed and the work begins.
        CallExecuting = "call.executing",
        /// Everything is delivered; the accounts are being settled.
        CallSettling = "call.settling",
        /// The closing report is signed.
        CallClosed = "call.closed",
        /// P1: a council says what it could give.
        PledgeIntended = "pledge.intended",
        /// P2: the meeting that decides is known.
        PledgeScheduled = "pledge.scheduled",
        /// P5: the council's body has refused.
        PledgeRefused = "pledge.refused",
        /// The finance service of a council has approved its pledge.
        PledgeAttested = "pledge.attested",
        /// The finance service of a council has sent its pledge back to be corrected.
        PledgeReturned = "pledge.returned",
        /// P3: signed; its act is not enforceable or not checked yet.
        PledgeSigned = "pledge.signed",
        /// P7: the call ended before the pledge was firm.
        PledgeLapsed = "pledge.lapsed",
        /// P11: everything owed is paid.
        PledgeSettled = "pledge.settled",
        /// P3: a council commits itself up to its ceiling.
        PledgeFirm = "pledge.firm",
        /// P4: a firm pledge changes its ceiling.
        PledgeAmended = "pledge.amended",
        /// P6: a council takes its pledge back.
        PledgeWithdrawn = "pledge.withdrawn",
        /// P8: a firm pledge is released, its call failed or cancelled.
        PledgeReleased = "pledge.released",
        /// P9: the ceiling gives way to the final share.
        PledgeConfirmed = "pledge.confirmed",
        /// P13: another council takes the place.
        PledgeSubstituted = "pledge.substituted",
        /// P10: the share is reserved in the council's own accounts.
        PledgeOrdered = "pledge.ordered",
        /// P12: a council does not pay, as the funders have voted.
        PledgeDefaulted = "pledge.defaulted",
        /// A document that backs a pledge waits to be checked.
        EvidenceAdded = "evidence.added",
        /// A second person has checked it.
        EvidenceChecked = "evidence.checked",
        /// A second person has refused it.
        EvidenceRejected = "evidence.rejected",
        /// The councils are asked.
        VoteOpened = "vote.opened",
        /// The councils have answered.
        VoteClosed = "vote.closed",
        /// A vote was taken back before anybody had voted.
        VoteWithdrawn = "vote.withdrawn",
        /// A milestone waits to be accepted.
        MilestoneDelivered = "milestone.delivered",
        /// The councils have accepted it.
        MilestoneAccepted = "milestone.accepted",
        /// The councils have refused it.
        MilestoneRejected = "milestone.rejected",
        /// A council asks to join a space.
        MemberAsked = "member.asked",
        /// A council that asked to join is not admitted.
        MemberDeclined = "member.declined",
        /// A council belongs to a space.
        MemberJoined = "member.joined",
        /// A council no longer belongs to a space.
        MemberLeft = "member.left",
        /// A council may do nothing in a space until it is admitted again.
        MemberSuspended = "member.suspended",
        /// A grant is certain.
        GrantSecured = "grant.secured",
        /// A council is asked to pay.
        FundsCallIssued = "funds_call.issued",
        /// A call for funds is taken back by a credit note.
        FundsCallCancelled = "funds_call.cancelled",
        /// A payer says that it has paid.
        PaymentDeclared = "payment.declared",
        /// The payment arrived and both sides say so.
        PaymentAcknowledged = "payment.acknowledged",
        /// An invoice of a supplier is approved.
        InvoiceApproved = "invoice.approved",
        /// A supplier is paid.
        PaymentSent = "payment.sent",
        /// A council pays the supplier itself.
        PaymentDirect = "payment.direct",
        /// A council offers days of work.
        InKindOffered = "in_kind.offered",
        /// The lead agrees to days of work.
        InKindAgreed = "in_kind.agreed",
        /// The lead does not want days of work.
        InKindRefused = "in_kind.refused",
        /// A council takes days of work back.
        InKindWithdrawn = "in_kind.withdrawn",
        /// Days of work were given.
        InKindDelivered = "in_kind.delivered",
        /// What is owed will not come, given up by a vote.
        WrittenOff = "receivable.written_off",
        /// Contributions and grants meet what was spent.
        ClosingAppropriation = "closing.appropriation",
        /// What was owed back is sent.
        RefundSent = "refund.sent",
        /// What was owed back goes to the maintenance of the space.
        RefundCarried = "refund.carried",
        /// An earlier entry of the ledger is undone by its mirror.
        Reversal = "reversal",
        /// A webhook was stopped by the forge.
        WebhookStopped = "webhook.stopped",
        /// The meeting that decides on a pledge is near.
        ReminderMeeting = "reminder.meeting",
        /// The deadline of a call is near.
        ReminderDeadline = "reminder.deadline",
        /// A call for funds is due soon, or overdue.
        ReminderDue = "reminder.due",
    }
}

words! {
    /// Who may read an event.
    EventVisibility {
        /// Everyone, without an account.
        Public = "public",
        /// The agents of the councils of the space.
        Members = "members",
    }
}

words! {
    /// What people choose about together: when they are told of which kinds.
    Topic {
        /// Calls and their milestones.
        Calls = "calls",
        /// Pledges, the documents behind them, and days of work.
        Pledges = "pledges",
        /// Votes.
        Votes = "votes",
        /// Money asked for, paid, refunded.
        Money = "money",
        /// Councils that come and go.
        Spaces = "spaces",
        /// What must be done before a date.
        Reminders = "reminders",
    }
}

words! {
    /// When mail goes out about an event.
    MailChoice {
        /// At once, one message for one event.
        AtOnce = "at_once",
        /// Once a day, all of the day in one message: where nothing else was chosen.
        Daily = "daily",
        /// Not at all: it stands in the inbox only.
        Never = "never",
    }
}

impl Topic {
    /// When mail goes out about it to who chose nothing.
    pub const fn by_default(self) -> MailChoice {
        MailChoice::Daily
    }
}

impl EventKind {
    /// The event of an entry of the ledger: of the same name.
    pub const fn of_entry(kind: EntryKind) -> Self {
        match kind {
            EntryKind::PledgeFirm => Self::PledgeFirm,
            EntryKind::PledgeAmended => Self::PledgeAmended,
            EntryKind::PledgeWithdrawn => Self::PledgeWithdrawn,
            EntryKind::PledgeReleased => Self::PledgeReleased,
            EntryKind::PledgeConfirmed => Self::PledgeConfirmed,
            EntryKind::PledgeSubstituted => Self::PledgeSubstituted,
            EntryKind::GrantSecured => Self::GrantSecured,
            EntryKind::FundsCallIssued => Self::FundsCallIssued,
            EntryKind::PaymentAcknowledged => Self::PaymentAcknowledged,
            EntryKind::InvoiceApproved => Self::InvoiceApproved,
            EntryKind::PaymentSent => Self::PaymentSent,
            EntryKind::PaymentDirect => Self::PaymentDirect,
            EntryKind::InKindDelivered => Self::InKindDelivered,
            EntryKind::WrittenOff => Self::WrittenOff,
            EntryKind::ClosingAppropriation => Self::ClosingAppropriation,
            EntryKind::RefundSent => Self::RefundSent,
            EntryKind::RefundCarried => Self::RefundCarried,
            EntryKind::Reversal => Self::Reversal,
            EntryKind::VoteClosed => Self::VoteClosed,
            EntryKind::VoteWithdrawn => Self::VoteWithdrawn,
            EntryKind::PledgeOrdered => Self::PledgeOrdered,
            EntryKind::PledgeDefaulted => Self::PledgeDefaulted,
        }
    }

    /// Who may read an event of this kind, where nothing about the one event narrows it: what the
    /// public pages show, everyone (domain.md §e).
    pub const fn visibility(self) -> EventVisibility {
        match self {
            Self::PledgeScheduled
            | Self::PledgeAttested
            | Self::PledgeReturned
            | Self::PledgeSigned
            | Self::EvidenceAdded
            | Self::EvidenceChecked
            | Self::EvidenceRejected
            | Self::MemberAsked
            | Self::MemberDeclined
            | Self::PaymentDeclared
            | Self::InKindOffered
            | Self::InKindRefused
            | Self::InKindWithdrawn
            | Self::WebhookStopped
            | Self::ReminderMeeting
            | Self::ReminderDeadline
            | Self::ReminderDue => EventVisibility::Members,
            _ => EventVisibility::Public,
        }
    }

    /// What people choose about it with.
    pub const fn topic(self) -> Topic {
        match self {
            Self::CallPublished
            | Self::CallReached
            | Self::CallUnreached
            | Self::CallConfirmed
            | Self::CallFailed
            | Self::CallAmended
            | Self::CallExtended
            | Self::CallCancelled
            | Self::CallExecuting
            | Self::CallSettling
            | Self::CallClosed
            | Self::MilestoneDelivered
            | Self::MilestoneAccepted
            | Self::MilestoneRejected => Topic::Calls,
            Self::PledgeIntended
            | Self::PledgeScheduled
            | Self::PledgeAttested
            | Self::PledgeReturned
            | Self::PledgeRefused
            | Self::PledgeSigned
            | Self::PledgeLapsed
            | Self::PledgeSettled
            | Self::PledgeFirm
            | Self::PledgeAmended
            | Self::PledgeWithdrawn
            | Self::PledgeReleased
            | Self::PledgeConfirmed
            | Self::PledgeSubstituted
            | Self::PledgeOrdered
            | Self::PledgeDefaulted
            | Self::EvidenceAdded
            | Self::EvidenceChecked
            | Self::EvidenceRejected
            | Self::InKindOffered
            | Self::InKindAgreed
            | Self::InKindRefused
            | Self::InKindWithdrawn
            | Self::InKindDelivered => Topic::Pledges,
            Self::VoteOpened | Self::VoteClosed | Self::VoteWithdrawn => Topic::Votes,
            Self::MemberAsked
            | Self::MemberDeclined
            | Self::MemberJoined
            | Self::MemberLeft
            | Self::MemberSuspended
            | Self::WebhookStopped => Topic::Spaces,
            Self::GrantSecured
            | Self::FundsCallIssued
            | Self::FundsCallCancelled
            | Self::PaymentDeclared
            | Self::PaymentAcknowledged
            | Self::InvoiceApproved
            | Self::PaymentSent
            | Self::PaymentDirect
            | Self::WrittenOff
            | Self::ClosingAppropriation
            | Self::RefundSent
            | Self::RefundCarried
            | Self::Reversal => Topic::Money,
            Self::ReminderMeeting | Self::ReminderDeadline | Self::ReminderDue => Topic::Reminders,
        }
    }
}

#[cfg(test)]
mod tests;
