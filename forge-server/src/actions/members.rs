//! The roles people hold in councils: given, ended (domain.md §b).

use forge_domain::{
    Id,
    access::{Deed, Role},
    calendar::{self, CalendarError},
    id,
    names::Slug,
};
use forge_store::{
    Tx, mandates,
    people::Person,
    roles::{self, HeldRole, NewRole},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;

use super::{Action, Context, councils, people};
use crate::error::{Error, Refusal};

/// A role to give, and for how long.
#[derive(Debug, Clone)]
pub struct Grant {
    /// In which council.
    pub council: Slug,
    /// The login of who is to hold it.
    pub person: Slug,
    /// The role.
    pub role: Role,
    /// Its first day; at once where none.
    pub from: Option<Date>,
    /// Its last day; without end where none.
    pub until: Option<Date>,
}

/// Gives a role other than signatory.
#[derive(Debug, Clone)]
pub struct GrantRole(pub Grant);

impl Action for GrantRole {
    const DEED: Deed = Deed::GrantRole;
    type Output = HeldRole;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<HeldRole, Error> {
        if self.0.role == Role::Signatory {
            return Err(Error::refused("signatory_apart"));
        }
        grant(tx, cx, &self.0).await
    }
}

/// Makes another person a signatory: nobody gives themself the power to bind a council.
#[derive(Debug, Clone)]
pub struct GrantSignatory(pub Grant);

impl Action for GrantSignatory {
    const DEED: Deed = Deed::GrantSignatory;
    type Output = HeldRole;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<HeldRole, Error> {
        if self.0.role != Role::Signatory {
            return Err(Error::refused("signatory_apart"));
        }
        grant(tx, cx, &self.0).await
    }
}

async fn grant(tx: &mut Tx, cx: &Context<'_>, new: &Grant) -> Result<HeldRole, Error> {
    let council = councils::by_slug(tx, &new.council).await?;
    // Whether the person exists is told only to those who may give roles.
    let named = people::by_login(tx, &new.person).await;
    let resource = councils::resource(&council);
    cx.allow(&match &named {
        Ok(person) => resource.done_to(person.id),
        Err(_) => resource.done_to(Id::new(uuid::Uuid::nil())),
    })?;
    let person = active(named)?;
    let (valid_from, valid_until) = period(new.from, new.until, cx.now)?;
    let place = (person.id, council.id);
    if roles::held(&mut *tx, place, new.role, valid_from).await? > 0 {
        return Err(Error::Conflict(Refusal::new("role_held").arg("role", new.role)));
    }
    let id = cx.new_id();
    let role = NewRole {
        id,
        person: person.id,
        council: council.id,
        role: new.role,
        valid_from,
        valid_until,
        granted_by: cx.by.actor.person,
    };
    roles::insert(&mut *tx, role).await?;
    let detail = json!({
        "granted": new.role.name(), "person": person.id.to_string(),
        "from": valid_from.to_string(), "until": valid_until.map(|until| until.to_string()),
    });
    cx.record_for(council.id, council.slug, detail);
    roles::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)
}

/// Ends a role at once. A signatory's mandates end with it; a council keeps a lead.
#[derive(Debug, Clone)]
pub struct EndRole {
    /// In which council: a role of another one is not found.
    pub council: Slug,
    /// The role.
    pub role: Id<id::Role>,
}

impl Action for EndRole {
    const DEED: Deed = Deed::RevokeRole;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let council = councils::by_slug(tx, &self.council).await?;
        cx.allow(&councils::resource(&council))?;
        let held = roles::by_id(&mut *tx, self.role).await?;
        let held = held.filter(|held| held.council_id == council.id).ok_or(Error::NotFound)?;
        if held.valid_until.is_some_and(|until| until <= cx.now) {
            return Err(Error::Conflict(Refusal::new("role_over")));
        }
        if held.role == Role::Lead {
            let lead = (council.id, Role::Lead);
            if roles::others_holding(&mut *tx, lead, held.person_id, cx.now).await? == 0 {
                return Err(Error::Conflict(Refusal::new("last_lead")));
            }
        }
        roles::end(&mut *tx, held.id, cx.now).await?;
        if held.role == Role::Signatory {
            mandates::revoke_all(&mut *tx, held.person_id, council.id, cx.now).await?;
        }
        let detail = json!({ "ended": held.role.name(), "person": held.person_id.to_string() });
        cx.record_for(council.id, council.slug, detail);
        Ok(())
    }
}

/// The person named, while their account is active; the field is wrong otherwise.
pub(super) fn active(named: Result<Person, Error>) -> Result<Person, Error> {
    let unknown = || Error::Refused(Refusal::field("person", "person_unknown"));
    match named {
        Ok(person) if person.status == "active" => Ok(person),
        Ok(_) | Err(Error::NotFound) => Err(unknown()),
        Err(error) => Err(error),
    }
}

/// From the first day to the end of the last, in UTC: a role has no place of its own.
fn period(
    from: Option<Date>,
    until: Option<Date>,
    now: Timestamp,
) -> Result<(Timestamp, Option<Timestamp>), Error> {
    let wrong = |field, error: CalendarError| Error::Refused(Refusal::field(field, error.code()));
    let starts = match from {
        None => now,
        Some(date) => {
            let eve = calendar::add_days(date, -1).map_err(|error| wrong("valid_from", error))?;
            let start = calendar::deadline_instant(eve, &TimeZone::UTC);
            start.map_err(|error| wrong("valid_from", error))?.max(now)
        }
    };
    let ends = match until {
        None => None,
        Some(date) => Some(
            calendar::deadline_instant(date, &TimeZone::UTC)
                .map_err(|error| wrong("valid_until", error))?,
        ),
    };
    if ends.is_some_and(|ends| ends <= starts) {
        return Err(Error::Refused(Refusal::field("valid_until", "ends_before_it_begins")));
    }
    Ok((starts, ends))
}
