//! Who takes part in a call, as the sharing rules count them.

use forge_domain::{
    Id, id,
    money::Amount,
    sharing::{Participant, Prefix},
    work::WorkState,
};
use forge_store::{
    calls::{Grouping, Population},
    councils,
    pledges::{self, Pledge},
    work::Work,
};

use super::{CallBook, Reader, population::choose};
use crate::error::Error;

impl CallBook {
    /// A council of the call as the sharing rules see it.
    pub fn participant(&self, pledge: &Pledge) -> Participant {
        Participant {
            ceiling: pledge.ceiling.map(Amount::from_minor),
            rank: pledge.committed_at.and_then(|at| u64::try_from(at.as_millisecond()).ok()),
            ..self.counted(pledge.council_id, pledge.council_slug.clone())
        }
    }

    /// A council as the sharing rules count it: its inhabitants, the groupings it belongs to, and
    /// the work it gives.
    pub fn counted(&self, council: Id<id::Council>, slug: String) -> Participant {
        let own = self.groupings.iter().filter(|one| one.council_id == council);
        Participant {
            population: self.inhabitants(council),
            in_kind: self.work_of(council, self.whole()),
            member_of: own.map(|one| one.grouping.clone()).collect(),
            ..Participant::new(slug)
        }
    }

    /// What the work of a council that counts in the shares is worth, on the milestones that are
    /// kept: until shares are frozen what is agreed on, from then on what was.
    pub fn work_of(&self, council: Id<id::Council>, kept: Prefix) -> Amount {
        let own = self.work.iter().filter(|work| work.council_id == council);
        let own = own.filter(|work| self.counts(work, kept));
        Amount::from_minor(own.map(|work| work.value).fold(0, i64::saturating_add))
    }

    /// Whether work lowers what its council pays.
    pub fn counts(&self, work: &Work, kept: Prefix) -> bool {
        let of_slice = usize::try_from(work.position).is_ok_and(|n| n <= kept.count);
        match self.call.state.is_frozen() {
            true => work.counted,
            false => work.state == WorkState::Agreed && of_slice,
        }
    }

    /// As [`Self::firm`], with the work on the milestones that are kept alone.
    pub fn firm_for(&self, kept: Prefix) -> Vec<Participant> {
        let one = |pledge: &Pledge| Participant {
            in_kind: self.work_of(pledge.council_id, kept),
            ..self.participant(pledge)
        };
        self.pledges.iter().filter(|pledge| pledge.state.is_binding()).map(one).collect()
    }

    /// The councils that take part: firm, confirmed and what comes after.
    pub fn firm(&self) -> Vec<Participant> {
        self.firm_for(self.whole())
    }

    /// The councils that intend to join, a decision of their body pending or not.
    pub fn intentions(&self) -> Vec<Participant> {
        let undecided = self.pledges.iter().filter(|pledge| pledge.state.is_undecided());
        undecided.map(|pledge| self.participant(pledge)).collect()
    }

    /// The inhabitants of a council as the rule counts them; the latest count where it does not
    /// say which.
    pub fn inhabitants(&self, council: Id<id::Council>) -> Option<u64> {
        choose(&self.rule, self.populations.iter().filter(|count| count.council_id == council))
    }

    /// The same call after its pledges moved: only what a pledge changes is read again.
    ///
    /// # Errors
    /// The store.
    pub async fn again(&self, reader: &mut Reader<'_>) -> Result<Self, Error> {
        let pledges = pledges::of_call(&mut *reader, self.call.id).await?;
        let said = |council| self.pledges.iter().any(|before| before.council_id == council);
        let new = pledges.iter().map(|one| one.council_id).filter(|council| !said(*council));
        let new: Vec<_> = new.collect();
        let mut after = Self { pledges, ..self.clone() };
        for council in new {
            after.add_council(&mut *reader, council).await?;
        }
        Ok(after)
    }

    /// Adds the counts of a council that has not said anything yet.
    pub async fn add_council(
        &mut self,
        reader: &mut Reader<'_>,
        council: Id<id::Council>,
    ) -> Result<(), Error> {
        if !self.populations.iter().any(|count| count.council_id == council) {
            let found = councils::groupings(&mut *reader, council).await?;
            self.groupings.extend(
                found.into_iter().map(|one| Grouping { council_id: council, grouping: one.slug }),
            );
            let counts = councils::populations(reader, council).await?;
            self.populations.extend(counts.into_iter().map(|count| Population {
                council_id: council,
                kind: count.kind,
                vintage: count.vintage,
                value: count.value,
            }));
        }
        Ok(())
    }
}
