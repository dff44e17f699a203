//! From an event to the people who are told of it, by the roles they hold now.

use std::collections::BTreeSet;

use forge_domain::{
    Id,
    access::{MemberStatus, Role},
    id,
    notices::{self, Party},
};
use forge_store::{
    calls::{self, Call},
    events::Event,
    people, pledges, roles,
    spaces::{self, Member, Space},
    votes,
};
use jiff::Timestamp;

use crate::{error::Error, funding::Reader};

/// Who is told of an event, by the roles they hold at `now`. Nobody is told of what they did
/// themself.
pub async fn told(
    reader: &mut Reader<'_>,
    event: &Event,
    now: Timestamp,
) -> Result<BTreeSet<Id<id::Person>>, Error> {
    let scene = Scene::of(reader, event).await?;
    let asked = scene.asked(reader, event).await?;
    let holders = roles::holders(&mut *reader, scene.around(event), now).await?;
    let mut people = BTreeSet::new();
    for (council, wanted) in asked {
        let held = holders.iter().filter(|held| held.council_id == council);
        people.extend(held.filter(|held| wanted.contains(&held.role)).map(|held| held.person_id));
    }
    people.retain(|person| Some(person.uuid()) != event.actor);
    Ok(people)
}

/// Whether a person would be told of an event now: asked again whenever something is about to be
/// said, so that whoever lost a role hears nothing more (security.md A4 #51).
pub async fn hears(
    reader: &mut Reader<'_>,
    event: &Event,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<bool, Error> {
    let held = people::roles_at(&mut *reader, person, now).await?;
    if held.is_empty() || Some(person.uuid()) == event.actor {
        return Ok(false);
    }
    let asked = Scene::of(reader, event).await?.asked(reader, event).await?;
    Ok(asked.iter().any(|(council, wanted)| {
        held.iter().any(|role| role.council_id == *council && wanted.contains(&role.role))
    }))
}

/// What is around an event.
struct Scene {
    space: Space,
    members: Vec<Member>,
    call: Option<Call>,
}

impl Scene {
    async fn of(reader: &mut Reader<'_>, event: &Event) -> Result<Self, Error> {
        let space = spaces::by_id(&mut *reader, event.space_id).await?.ok_or(Error::NotFound)?;
        let members = spaces::members(&mut *reader, space.id).await?;
        let call = match &event.call_ref {
            Some(reference) => calls::by_ref(&mut *reader, reference).await?,
            None => None,
        };
        Ok(Self { space, members, call })
    }

    /// The councils in which people are told, and the roles they are told in.
    async fn asked(
        &self,
        reader: &mut Reader<'_>,
        event: &Event,
    ) -> Result<Vec<(Id<id::Council>, &'static [Role])>, Error> {
        let mut asked = Vec::new();
        for (party, roles) in notices::told(event.kind) {
            let councils = self.councils(reader, event, *party).await?.into_iter();
            let may = |council: &Id<id::Council>| {
                notices::may_be_told(event.visibility, *party, self.standing(*council))
            };
            asked.extend(councils.filter(may).map(|council| (council, *roles)));
        }
        Ok(asked)
    }

    /// Every council that one of the parties may be.
    fn around<'a>(&self, event: &'a Event) -> roles::Around<'a> {
        roles::Around {
            space: self.space.id,
            vote: &event.subject,
            named: (self.lead(), self.treasurer(), event.council_id),
        }
    }

    fn lead(&self) -> Id<id::Council> {
        self.call.as_ref().map_or(self.space.lead_id, |call| call.lead_id)
    }

    fn treasurer(&self) -> Id<id::Council> {
        self.call.as_ref().map_or(self.space.treasurer_id, |call| call.treasurer_id)
    }

    fn standing(&self, council: Id<id::Council>) -> Option<MemberStatus> {
        let of = |member: &&Member| member.council_id == council;
        self.members.iter().find(of).map(|member| member.status)
    }

    /// The councils that belong to the space.
    fn belonging(&self) -> Vec<Id<id::Council>> {
        let belongs = |member: &&Member| {
            matches!(member.status, MemberStatus::Observer | MemberStatus::Contributor)
                || member.council_id == self.space.lead_id
        };
        self.members.iter().filter(belongs).map(|member| member.council_id).collect()
    }

    async fn councils(
        &self,
        reader: &mut Reader<'_>,
        event: &Event,
        party: Party,
    ) -> Result<Vec<Id<id::Council>>, Error> {
        let call = self.call.as_ref();
        Ok(match party {
            Party::Lead => vec![self.lead()],
            Party::Treasurer => vec![self.treasurer()],
            Party::Council => event.council_id.into_iter().collect(),
            Party::Members => self.belonging(),
            Party::Undecided => {
                let mut councils = self.belonging();
                if let Some(call) = call {
                    let positions = pledges::of_call(&mut *reader, call.id).await?;
                    let bound: BTreeSet<_> = positions
                        .iter()
                        .filter(|row| row.state.is_binding())
                        .map(|row| row.council_id)
                        .collect();
                    councils.retain(|council| !bound.contains(council));
                }
                councils
            }
            Party::Electorate => match votes::by_ref(&mut *reader, &event.subject).await? {
                Some(vote) => {
                    let electors = votes::electors(&mut *reader, vote.id).await?;
                    electors.into_iter().map(|elector| elector.council_id).collect()
                }
                None => Vec::new(),
            },
        })
    }
}
