//! Whether a request may be merged now, and if not, everything that is missing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{MergeMethod, MergeRules, Opinion, RequestState, StatusState};
use crate::{
    Id,
    id::{Council, Person},
};

/// What merging the head into the base makes, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// It is being worked out.
    Checking,
    /// It goes together.
    Clean,
    /// Both sides changed the same, in so many places.
    Conflicts(usize),
    /// The base has all of it already.
    Contained,
}

/// What a reader said last, remarks aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub person: Id<Person>,
    /// Every council they act for: one they share with a writer, and they are none of another's.
    pub councils: BTreeSet<Id<Council>>,
    /// What they said.
    pub opinion: Opinion,
    /// Of which version.
    pub version: u32,
}

/// All that is known of a request.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Where it stands.
    pub state: RequestState,
    /// Whether its author says it is not ready.
    pub draft: bool,
    /// Its last version. A new one comes with each push and with another base.
    pub version: u32,
    /// Who opened it or pushed a version of it.
    pub writers: &'a BTreeSet<Id<Person>>,
    /// The councils those act for.
    pub writing_councils: &'a BTreeSet<Id<Council>>,
    /// What each reader said last. Both an approval and a wish for changes are about the version
    /// that was read, and void for the next.
    pub readings: &'a [Reading],
    /// The councils whose objection stands: neither withdrawn nor overruled.
    pub objections: &'a BTreeSet<Id<Council>>,
    /// What programs said last of its head, by their names.
    pub statuses: &'a BTreeMap<String, StatusState>,
    /// How many of its commits have no sign-off.
    pub unsigned: usize,
    /// What merging makes.
    pub tree: Tree,
    /// When the cooling-off of its last version is over.
    pub cooled_at: Timestamp,
}

/// One thing that stops a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// It is merged or closed.
    Over(RequestState),
    /// Its author says it is not ready.
    Draft,
    /// Whether it goes together is being worked out.
    Checking,
    /// It does not go together, in so many places.
    Conflicts(usize),
    /// There is nothing in it that the base has not.
    Contained,
    /// A council objects.
    Objections(BTreeSet<Id<Council>>),
    /// Somebody asked for changes.
    ChangesAsked(Vec<Id<Person>>),
    /// More people must approve it.
    Approvals {
        /// How many count.
        have: u32,
        /// How many are asked for.
        need: u32,
    },
    /// Somebody of another council must approve it.
    OtherCouncils {
        /// How many count.
        have: u32,
        /// How many are asked for.
        need: u32,
    },
    /// A program has not said well of it.
    Status {
        /// Its name.
        context: String,
        /// What it said; none where it said nothing.
        said: Option<StatusState>,
    },
    /// So many commits have no sign-off.
    SignOff(usize),
    /// It has not stood long enough.
    Cooling(Timestamp),
}

impl Missing {
    /// The stable word, for messages, the API and the CLI.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Over(_) => "over",
            Self::Draft => "draft",
            Self::Checking => "checking",
            Self::Conflicts(_) => "conflicts",
            Self::Contained => "contained",
            Self::Objections(_) => "objections",
            Self::ChangesAsked(_) => "changes_asked",
            Self::Approvals { .. } => "approvals",
            Self::OtherCouncils { .. } => "other_councils",
            Self::Status { .. } => "status",
            Self::SignOff(_) => "sign_off",
            Self::Cooling(_) => "cooling",
        }
    }

    /// Whether it passes without anybody doing anything to the request.
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Checking | Self::Cooling(_))
            || matches!(self, Self::Status { said: None | Some(StatusState::Pending), .. })
    }
}

/// What is missing, most serious first; nothing where the request may be merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Each thing that stops it.
    pub missing: Vec<Missing>,
}

impl Verdict {
    /// Whether it may be merged now.
    pub fn lets_through(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether it may be merged now in this way.
    pub fn lets_through_by(&self, method: MergeMethod, rules: &MergeRules) -> bool {
        self.lets_through() && rules.methods.contains(&method)
    }
}

/// Holds a request against the rules.
pub fn judge(rules: &MergeRules, facts: &Facts<'_>, now: Timestamp) -> Verdict {
    if facts.state != RequestState::Open {
        return Verdict { missing: vec![Missing::Over(facts.state)] };
    }
    let mut missing = Vec::new();
    if facts.draft {
        missing.push(Missing::Draft);
    }
    match facts.tree {
        Tree::Clean => {}
        Tree::Checking => missing.push(Missing::Checking),
        Tree::Conflicts(places) => missing.push(Missing::Conflicts(places)),
        Tree::Contained => missing.push(Missing::Contained),
    }
    missing.extend(of_readers(rules, facts));
    for context in &rules.statuses {
        let said = facts.statuses.get(context).copied();
        if !said.is_some_and(StatusState::is_good) {
            missing.push(Missing::Status { context: context.clone(), said });
        }
    }
    if rules.sign_off && facts.unsigned > 0 {
        missing.push(Missing::SignOff(facts.unsigned));
    }
    if rules.cooling_hours > 0 && now < facts.cooled_at {
        missing.push(Missing::Cooling(facts.cooled_at));
    }
    Verdict { missing }
}

/// What is missing from people.
fn of_readers(rules: &MergeRules, facts: &Facts<'_>) -> Vec<Missing> {
    let mut missing = Vec::new();
    if rules.objection_blocks && !facts.objections.is_empty() {
        missing.push(Missing::Objections(facts.objections.clone()));
    }
    let read = || facts.readings.iter().filter(|reading| reading.version == facts.version);
    let asking: Vec<_> = read()
        .filter(|reading| reading.opinion == Opinion::AskForChanges)
        .map(|reading| reading.person)
        .collect();
    if !asking.is_empty() {
        missing.push(Missing::ChangesAsked(asking));
    }
    // Nobody approves what they wrote; one person counts once, whatever is handed in.
    let approvals: BTreeMap<_, _> = read()
        .filter(|reading| reading.opinion == Opinion::Approve)
        .filter(|reading| !facts.writers.contains(&reading.person))
        .map(|reading| (reading.person, &reading.councils))
        .collect();
    let have = count(approvals.len());
    if have < rules.approvals {
        missing.push(Missing::Approvals { have, need: rules.approvals });
    }
    let of_another = |councils: &&&BTreeSet<Id<Council>>| {
        !councils.is_empty() && councils.is_disjoint(facts.writing_councils)
    };
    let have = count(approvals.values().filter(of_another).count());
    if have < rules.of_other_councils {
        missing.push(Missing::OtherCouncils { have, need: rules.of_other_councils });
    }
    missing
}

fn count(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}
