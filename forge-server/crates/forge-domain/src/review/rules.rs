//! What a space asks of every change to its modules, and a module on top of it.

use std::collections::BTreeSet;

use super::MergeMethod;

/// The most readers a rule can ask for: more than the councils of most spaces.
pub const READERS_MAX: u32 = 20;
/// The most cooling-off a rule can ask for: sixty working days, in hours.
pub const COOLING_HOURS_MAX: u32 = 60 * 24;
/// The longest name of a required status, in bytes.
pub const CONTEXT_BYTES_MAX: usize = 200;

/// What a change must meet before it is merged into a protected branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRules {
    /// How many people must approve it who did not write it.
    pub approvals: u32,
    /// How many of them must stand for another council than those who wrote it.
    pub of_other_councils: u32,
    /// How many hours of working days it must have stood as it is.
    pub cooling_hours: u32,
    /// Whether an objection stops it.
    pub objection_blocks: bool,
    /// What programs must have said well of its head, by their names.
    pub statuses: BTreeSet<String>,
    /// Whether each commit must carry its author's `Signed-off-by` (developercertificate.org).
    pub sign_off: bool,
    /// How it may be merged.
    pub methods: BTreeSet<MergeMethod>,
}

/// Why a module's rules are refused: they would let through what its space does not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Loosened {
    /// Fewer approvals.
    #[error("The space asks for {0} approvals: a module can ask for more, not for fewer.")]
    Approvals(u32),
    /// Fewer of other councils.
    #[error("The space asks for {0} approvals of another council: a module cannot ask for fewer.")]
    OtherCouncils(u32),
    /// A shorter wait.
    #[error("The space lets a change stand {0} working hours: a module cannot shorten that.")]
    Cooling(u32),
    /// Merging over an objection.
    #[error("In this space an objection stops a change: a module cannot undo that.")]
    Objection,
    /// A status less.
    #[error("The space asks for the status “{0}”: a module cannot leave it out.")]
    Status(String),
    /// No sign-off.
    #[error("The space asks for a sign-off on every commit: a module cannot do without.")]
    SignOff,
    /// A method the space does not take.
    #[error("The space does not merge by “{0}”: a module cannot either.")]
    Method(MergeMethod),
    /// Nothing is left.
    #[error("Leave at least one way to merge: without one no change could ever come in.")]
    NoMethod,
    /// More from other councils than there are in all.
    #[error("Of {approvals} approvals, {of_other_councils} cannot be of another council.")]
    MoreThanAll {
        /// How many are asked for.
        approvals: u32,
        /// How many of other councils.
        of_other_councils: u32,
    },
    /// Beyond what can be meant.
    #[error(
        "A rule asks for at most {READERS_MAX} approvals, {COOLING_HOURS_MAX} hours, and statuses \
         with names of 1 to {CONTEXT_BYTES_MAX} bytes."
    )]
    TooMuch,
}

impl Loosened {
    /// The stable code of the refusal.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Approvals(_) | Self::OtherCouncils(_) => "approvals_loosened",
            Self::Cooling(_) => "cooling_loosened",
            Self::Objection => "objection_loosened",
            Self::Status(_) => "status_loosened",
            Self::SignOff => "sign_off_loosened",
            Self::Method(_) => "method_loosened",
            Self::NoMethod => "method_missing",
            Self::MoreThanAll { .. } => "approvals_contradict",
            Self::TooMuch => "rule_too_large",
        }
    }
}

impl Default for MergeRules {
    /// Nothing asked for, but that an objection is heard.
    fn default() -> Self {
        Self {
            approvals: 0,
            of_other_councils: 0,
            cooling_hours: 0,
            objection_blocks: true,
            statuses: BTreeSet::new(),
            sign_off: false,
            methods: MergeMethod::ALL.iter().copied().collect(),
        }
    }
}

impl MergeRules {
    /// The least a charter asks for that has `[review] other_council_required = true`.
    pub fn of_charter(other_council_reviews: bool) -> Self {
        let readers = u32::from(other_council_reviews);
        Self { approvals: readers, of_other_councils: readers, ..Self::default() }
    }

    /// Whether they can be kept at all.
    ///
    /// # Errors
    /// The first thing that cannot be.
    pub fn check(&self) -> Result<(), Loosened> {
        let named = |context: &String| !context.is_empty() && context.len() <= CONTEXT_BYTES_MAX;
        let within = self.approvals <= READERS_MAX
            && self.cooling_hours <= COOLING_HOURS_MAX
            && self.statuses.iter().all(named);
        if !within {
            return Err(Loosened::TooMuch);
        }
        let (approvals, of_other_councils) = (self.approvals, self.of_other_councils);
        if of_other_councils > approvals {
            return Err(Loosened::MoreThanAll { approvals, of_other_councils });
        }
        if self.methods.is_empty() { Err(Loosened::NoMethod) } else { Ok(()) }
    }

    /// Whether these let nothing through that `above` does not.
    ///
    /// # Errors
    /// The first thing they would.
    pub fn keep_to(&self, above: &Self) -> Result<(), Loosened> {
        if self.approvals < above.approvals {
            return Err(Loosened::Approvals(above.approvals));
        }
        if self.of_other_councils < above.of_other_councils {
            return Err(Loosened::OtherCouncils(above.of_other_councils));
        }
        if self.cooling_hours < above.cooling_hours {
            return Err(Loosened::Cooling(above.cooling_hours));
        }
        if above.objection_blocks && !self.objection_blocks {
            return Err(Loosened::Objection);
        }
        if let Some(missing) = above.statuses.difference(&self.statuses).next() {
            return Err(Loosened::Status(missing.clone()));
        }
        if above.sign_off && !self.sign_off {
            return Err(Loosened::SignOff);
        }
        match self.methods.difference(&above.methods).next() {
            Some(&method) => Err(Loosened::Method(method)),
            None => Ok(()),
        }
    }

    /// Both at once: what is merged under these meets either. Rules above that were tightened
    /// after a module wrote its own hold there too; where no method would be left, the space's
    /// are taken.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let common: BTreeSet<_> = self.methods.intersection(&other.methods).copied().collect();
        Self {
            approvals: self.approvals.max(other.approvals),
            of_other_councils: self.of_other_councils.max(other.of_other_councils),
            cooling_hours: self.cooling_hours.max(other.cooling_hours),
            objection_blocks: self.objection_blocks || other.objection_blocks,
            statuses: self.statuses.union(&other.statuses).cloned().collect(),
            sign_off: self.sign_off || other.sign_off,
            methods: if common.is_empty() { self.methods.clone() } else { common },
        }
    }

    /// Whether a change needs anybody or anything at all before it is merged. Where it does, a
    /// protected branch moves by a merge request alone.
    pub fn ask_for_a_request(&self) -> bool {
        self.approvals > 0 || self.cooling_hours > 0 || !self.statuses.is_empty()
    }

    /// Whether an approval by a council that wrote part of the change counts for anything.
    pub const fn take_own_council(&self) -> bool {
        self.approvals > self.of_other_councils
    }
}
