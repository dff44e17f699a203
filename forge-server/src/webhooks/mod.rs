//! Webhooks: programs of others that are told what happens in a council or a space (domain.md
//! §c18). What is told is an event; [`enqueue`] asks for it to be told to those who subscribed, and
//! the courier of `jobs` tells it.

mod message;
mod secret;
mod signature;

use forge_domain::{
    Id,
    access::{Actor, Deed, Holder, Resource, Verdict, Visibility, judge},
    names::Slug,
    notices::EventVisibility,
    webhook::Subscription,
};
use forge_store::{
    Tx,
    events::Event,
    owners::{self, Owner, OwnerKind},
    spaces,
    webhooks::{self, Webhook, deliveries},
};
use jiff::Timestamp;

pub use self::{
    message::{Message, PING, message},
    secret::{Secret, open, seal},
    signature::headers,
};
use crate::{
    actions::{allow, id_at},
    app::App,
    auth::holder,
    error::Error,
};

/// Asks for an event to be told to every webhook of its space and of its council that wants it, in
/// the transaction that spreads the event.
pub async fn enqueue(tx: &mut Tx, event: &Event, now: Timestamp) -> Result<(), Error> {
    let council = event.council_id.map(Id::uuid);
    for owner in [Some(event.space_id.uuid()), council].into_iter().flatten() {
        for hook in webhooks::of_owner(&mut *tx, owner).await? {
            let wants = hook.events.parse::<Subscription>().is_ok_and(|it| it.wants(event.kind));
            if hook.active && wants {
                deliveries::queue(&mut *tx, id_at(now), (hook.id, Some(event.id)), now).await?;
            }
        }
    }
    Ok(())
}

/// What is asked to see a council's or a space's webhooks, as to change them.
pub fn resource(holder: Holder) -> Resource {
    Resource::new(holder, Visibility::Public)
}

/// The council or the space of an address, for who may have webhooks there.
///
/// # Errors
/// [`Error::NotFound`] for a person, and what the table of rights refuses.
pub async fn owner(app: &App, actor: &Actor, slug: &Slug) -> Result<Owner, Error> {
    let owner = owners::by_slug(&app.db, slug).await?;
    let owner = owner.filter(|owner| owner.kind != OwnerKind::Person).ok_or(Error::NotFound)?;
    let on = resource(holder::of_owner(&app.db, &owner).await?);
    allow(actor, Deed::ManageWebhooks, &on)?;
    Ok(owner)
}

/// Why a delivery is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Whoever made the webhook may not have one there any more: it is stopped.
    Maker,
    /// The council of the webhook may not read this event.
    Hidden,
}

/// Whether an event may be told to a webhook now, by the rights of whoever made it (security.md
/// A3 #52); none for a test.
pub async fn bar(
    app: &App,
    hook: &Webhook,
    event: Option<&Event>,
) -> Result<Option<Barred>, Error> {
    let Some(maker) = crate::auth::active_person(app, hook.made_by).await? else {
        return Ok(Some(Barred::Maker));
    };
    let scope = forge_domain::access::TokenScope::Full;
    let maker = crate::auth::actor_of(app, &maker, scope).await?;
    let owner = owners::by_id(&app.db, hook.owner_id).await?;
    let on = resource(holder::of_owner(&app.db, &owner.ok_or(Error::NotFound)?).await?);
    if judge(&maker, Deed::ManageWebhooks, &on) != Verdict::Yes {
        return Ok(Some(Barred::Maker));
    }
    let Some(event) = event.filter(|event| event.visibility == EventVisibility::Members) else {
        return Ok(None);
    };
    // A council is told what it may read, not what its lead may read elsewhere.
    let reader = match on.owner {
        Holder::Council(council) => Actor {
            roles: maker.roles.iter().copied().filter(|held| held.council == council).collect(),
            ..maker
        },
        _ => maker,
    };
    let space = spaces::by_id(&app.db, event.space_id).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let inside = Resource::new(holder::of_space(&space, members), Visibility::Public);
    let reads = judge(&reader, Deed::ReadSpaceInternals, &inside) == Verdict::Yes;
    Ok((!reads).then_some(Barred::Hidden))
}
