//! What waits for a person, role by role.

use forge_domain::{
    Id,
    access::{Actor, Deed},
    call::CallState,
    id,
    milestone::MilestoneState,
    pledge::{PledgeState, VisaDecision},
};
use forge_store::dashboard::{Handed, OpenPledge, Slice};
use jiff::{ToSpan as _, civil::Date};

use super::{
    Found, call_path, closing_day, funds_path, may, milestone_path, pledge_path, vote_path,
};

/// So many days before its deadline, a call that lacks money is worth a reminder.
const WATCH_DAYS: i64 = 30;

/// Declares the tasks: their word in JSON and in keys, and the deed the table of rights is asked.
macro_rules! tasks {
    ($($(#[$doc:meta])* $task:ident = $word:literal: $deed:ident,)+) => {
        /// Something to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Task { $($(#[$doc])* $task,)+ }

        impl Task {
            /// The stable word, for JSON and for the keys of its texts.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$task => $word,)+ }
            }

            /// What it takes.
            const fn deed(self) -> Deed {
                match self { $(Self::$task => Deed::$deed,)+ }
            }
        }
    };
}

tasks! {
    /// An act somebody else uploaded waits for its second check.
    CheckEvidence = "check-evidence": CheckEvidence,
    /// An intention has no day on which its body decides.
    Schedule = "schedule": SchedulePledge,
    /// A pledge waits for the finance service's approval.
    Visa = "visa": AttestPledge,
    /// The finance service has sent a pledge back.
    Correct = "correct": PreparePledge,
    /// The body decides soon, and nobody has signed.
    Commit = "commit": CommitPledge,
    /// It is signed, and the act still lacks a date.
    CompleteAct = "complete-act": PreparePledge,
    /// The share is confirmed and no money is reserved for it.
    Order = "order": OrderPledge,
    /// A vote waits for the council's ballot.
    Vote = "vote": Vote,
    /// A call for funds is to be paid.
    Pay = "pay": DeclarePayment,
    /// A council owes the treasurer, past the day.
    Chase = "chase": RecordReceipt,
    /// A council says that it paid: has the treasurer received it?
    RecordReceipt = "record-receipt": RecordReceipt,
    /// The treasurer says that it received: has the council paid?
    ConfirmPayment = "confirm-payment": DeclarePayment,
    /// A supplier's invoice waits for an approval.
    ApproveInvoice = "approve-invoice": ApproveInvoice,
    /// A council offers days of work.
    AgreeWork = "agree-work": JudgeWork,
    /// A council asks to join.
    Admit = "admit": AdmitMember,
    /// A place is offered.
    TakePlace = "take-place": SubstitutePledge,
    /// A place is taken, and the lead has not agreed.
    ApprovePlace = "approve-place": ApproveSubstitution,
    /// A draft is to be finished and published.
    Publish = "publish": PublishCall,
    /// A call ends soon and lacks money.
    Gather = "gather": PublishCall,
    /// A call is confirmed: its contract is to be recorded.
    Contract = "contract": RecordContract,
    /// What was delivered waits for its vote to be opened.
    Accept = "accept": SteerMilestone,
    /// An accepted milestone was not called for.
    CallFunds = "call-funds": IssueFundsCall,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What.
    pub task: Task,
    /// What it is about: a title or a reference.
    pub subject: String,
    /// The council, or the supplier, it concerns.
    pub who: Option<String>,
    /// Where it is done.
    pub path: String,
    /// The day it is due.
    pub due_on: Option<Date>,
    /// Whether that day is past.
    pub late: bool,
}

/// A list in the making.
struct List<'a> {
    actor: &'a Actor,
    today: Date,
    todo: Vec<Todo>,
}

impl List<'_> {
    /// Adds a task where a role of the actor in this council reaches its deed.
    fn offer(
        &mut self,
        task: Task,
        council: Id<id::Council>,
        (subject, who): (&str, Option<&str>),
        (path, due_on): (String, Option<Date>),
    ) {
        if !may(self.actor, task.deed(), council) {
            return;
        }
        let new = Todo {
            task,
            subject: subject.to_owned(),
            who: who.map(str::to_owned),
            path,
            due_on,
            late: due_on.is_some_and(|day| day < self.today),
        };
        // A person with a role in both councils of one matter is told once.
        if !self.todo.contains(&new) {
            self.todo.push(new);
        }
    }
}

impl Found {
    /// Everything that waits for the actor, the earliest due first, what has no day last.
    pub(super) fn todo(&self, actor: &Actor) -> Vec<Todo> {
        let mut list = List { actor, today: self.today, todo: Vec::new() };
        for pledge in &self.pledges {
            of_pledge(&mut list, pledge);
        }
        for ballot in self.ballots.iter().filter(|ballot| !ballot.done) {
            let about = (ballot.question.as_str(), Some(ballot.council_name.as_str()));
            let at = (vote_path(ballot), Some(closing_day(ballot)));
            list.offer(Task::Vote, ballot.council_id, about, at);
        }
        for line in &self.owed {
            let about = (line.reference.as_str(), Some(line.council_name.as_str()));
            let at = (funds_path(line), Some(line.due_on));
            if !line.declared {
                list.offer(Task::Pay, line.council_id, about, at.clone());
            }
            if line.due_on < self.today {
                list.offer(Task::Chase, line.treasurer_id, about, at);
            }
        }
        for slice in &self.slices {
            of_milestone(&mut list, slice);
        }
        for handed in &self.handed {
            of_other_half(&mut list, handed);
        }
        self.of_calls(&mut list);
        list.todo.sort_by(|a, b| {
            let day = |todo: &Todo| todo.due_on.unwrap_or(Date::MAX);
            (day(a), &a.path).cmp(&(day(b), &b.path))
        });
        list.todo
    }

    fn of_calls(&self, list: &mut List<'_>) {
        let soon = self.today.checked_add(WATCH_DAYS.days()).unwrap_or(Date::MAX);
        for call in &self.calls {
            let Some(space) = self.spaces.iter().find(|space| space.id == call.space_id) else {
                continue;
            };
            let path = call_path(&space.slug, &call.reference);
            let about = (call.title.as_str(), None);
            let day = Some(call.deadline);
            match call.state {
                CallState::Draft => list.offer(Task::Publish, call.lead_id, about, (path, None)),
                CallState::Open if call.deadline <= soon => {
                    list.offer(Task::Gather, call.lead_id, about, (path, day));
                }
                CallState::Confirmed if !call.contracted => {
                    list.offer(Task::Contract, call.lead_id, about, (path, None));
                }
                _ => {}
            }
        }
    }
}

fn of_pledge(list: &mut List<'_>, pledge: &OpenPledge) {
    let (council, path) = (pledge.council_id, pledge_path(pledge));
    let about = (pledge.reference.as_str(), Some(pledge.council_name.as_str()));
    let day = Some(pledge.planned_on.unwrap_or(pledge.deadline).min(pledge.deadline));
    if pledge.to_check > 0 {
        list.offer(Task::CheckEvidence, council, about, (path.clone(), day));
    }
    let unsigned = pledge.state.is_undecided() && pledge.signed_at.is_none();
    match pledge.visa {
        None if unsigned && pledge.ceiling.is_some() => {
            list.offer(Task::Visa, council, about, (format!("{path}/visa"), day));
        }
        Some(VisaDecision::Returned) if unsigned => {
            list.offer(Task::Correct, council, about, (format!("{path}/visa"), day));
        }
        _ => {}
    }
    match pledge.state {
        PledgeState::Intention => {
            list.offer(Task::Schedule, council, about, (format!("{path}/schedule"), day));
        }
        PledgeState::PendingDecision if pledge.signed_at.is_some() => {
            let due = Some(pledge.deadline);
            list.offer(Task::CompleteAct, council, about, (path, due));
        }
        PledgeState::PendingDecision => list.offer(Task::Commit, council, about, (path, day)),
        PledgeState::Confirmed => {
            list.offer(Task::Order, council, about, (format!("{path}/order"), None));
        }
        _ => {}
    }
}

fn of_milestone(list: &mut List<'_>, slice: &Slice) {
    let about = (slice.title.as_str(), None);
    let path = milestone_path(slice);
    match slice.state {
        MilestoneState::Delivered if !slice.voted => {
            list.offer(Task::Accept, slice.lead_id, about, (path, slice.due_on));
        }
        // Where each council buys its part itself, nobody calls for funds.
        MilestoneState::Accepted if !slice.called && slice.vehicle != "each_buys" => {
            let funds = format!("{}/funds", call_path(&slice.space_slug, &slice.call_ref));
            list.offer(Task::CallFunds, slice.treasurer_id, about, (funds, None));
        }
        _ => {}
    }
}

fn of_other_half(list: &mut List<'_>, handed: &Handed) {
    let space = handed.space_slug.as_str();
    let call = call_path(space, handed.call_ref.as_deref().unwrap_or_default());
    let pledge = format!("{call}/pledges/{}", handed.subject);
    let (task, path) = match handed.kind.as_str() {
        "payment_declared" => (Task::RecordReceipt, format!("{call}/funds")),
        "payment_received" => (Task::ConfirmPayment, format!("{call}/funds")),
        "invoice" => (Task::ApproveInvoice, format!("{call}/funds")),
        "work_offered" => (Task::AgreeWork, format!("{call}/in-kind")),
        "asked" => (Task::Admit, format!("/{space}/-/members")),
        "place_offered" => (Task::TakePlace, format!("{pledge}/take")),
        _ => (Task::ApprovePlace, format!("{pledge}/approve")),
    };
    let about = (handed.subject.as_str(), Some(handed.from_name.as_str()));
    list.offer(task, handed.council_id, about, (path, None));
}
