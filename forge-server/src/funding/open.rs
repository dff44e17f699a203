//! Opening a call to read it: every door asks here, so that a draft answers exactly like a call
//! that does not exist, and an intention that is not public stands in no figure.

use forge_domain::{
    Id,
    access::{Actor, Deed, Holder, Resource},
    id,
    names::Slug,
};
use forge_store::{
    calls::{self, Call},
    pledges::{self, Pledge, Position},
    spaces::{self, Space},
};

use super::{CallBook, Reader};
use crate::{actions::allow, app::App, auth::holder, error::Error};

/// A call that the actor may read.
#[derive(Debug, Clone)]
pub struct OpenedCall {
    /// The call, without what the actor may not see.
    pub book: CallBook,
    /// The space it belongs to.
    pub holder: Holder,
    /// Whether the actor sees what the space keeps to its members.
    pub internal: bool,
}

impl OpenedCall {
    /// The call as the table of rights sees it.
    pub fn resource(&self) -> Resource {
        crate::actions::calls::resource(&self.book, self.holder.clone())
    }
}

/// Opens the call of a reference for a reader.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none that the actor may see.
pub async fn call(app: &App, actor: &Actor, reference: &str) -> Result<OpenedCall, Error> {
    let row = calls::by_ref(&app.db, reference).await?.ok_or(Error::NotFound)?;
    let book = CallBook::load(&mut Reader::Db(&app.db), row).await?;
    let holder = holder::of_space(&book.space, spaces::members(&app.db, book.space.id).await?);
    let opened = OpenedCall { book, holder, internal: false };
    allow(actor, Deed::ReadCall, &opened.resource())?;
    let internal = sees_internals(actor, &opened.holder);
    let book = if internal { opened.book } else { opened.book.for_public() };
    Ok(OpenedCall { book, holder: opened.holder, internal })
}

/// Opens a pledge with its call.
///
/// # Errors
/// As [`call`]; an intention that is not public is not there for outsiders.
pub async fn pledge(
    app: &App,
    actor: &Actor,
    reference: &str,
) -> Result<(OpenedCall, Pledge), Error> {
    let row = pledges::by_ref(&app.db, reference).await?.ok_or(Error::NotFound)?;
    let opened = call(app, actor, &row.call_ref).await?;
    if opened.book.pledges.iter().any(|pledge| pledge.id == row.id) {
        Ok((opened, row))
    } else {
        Err(Error::NotFound)
    }
}

/// What a council has said on all calls, as far as the actor may see it: newest first, and read at
/// once however much that is.
///
/// # Errors
/// The store.
pub async fn positions(
    app: &App,
    actor: &Actor,
    council: Id<id::Council>,
) -> Result<Vec<Position>, Error> {
    let mut rows = pledges::positions_of_council(&app.db, council).await?;
    let standings = spaces::members_beside(&app.db, council).await?;
    rows.retain(|row| {
        let own = standings.iter().filter(|standing| standing.space_id == row.space_id);
        let members = own.map(|standing| (standing.council_id, standing.status)).collect();
        let holder = Holder::Space { id: row.space_id, lead: row.lead_id, members };
        row.published || row.committed_at.is_some() || sees_internals(actor, &holder)
    });
    Ok(rows)
}

/// The space at an address, and who is in it. Spaces are everyone's to see.
pub async fn space(app: &App, slug: &str) -> Result<(Space, Holder), Error> {
    let slug = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let space = spaces::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&app.db, space.id).await?;
    let holder = holder::of_space(&space, members);
    Ok((space, holder))
}

/// The calls of a space that the actor may see: its drafts first, for its members.
pub async fn calls_of_space(
    app: &App,
    actor: &Actor,
    (space, holder): (&Space, &Holder),
) -> Result<Vec<Call>, Error> {
    let mut all = Vec::new();
    if allow(actor, Deed::ReadCall, &Resource::draft_call(holder.clone())).is_ok() {
        all.extend(calls::drafts_of_space(&app.db, space.id).await?);
    }
    all.extend(calls::published(&app.db, Some(space.id), None, (i64::from(u16::MAX), 0)).await?);
    Ok(all)
}

/// Whether the actor sees what a space keeps to its members.
pub fn sees_internals(actor: &Actor, holder: &Holder) -> bool {
    let resource = Resource::published_call(holder.clone());
    allow(actor, Deed::ReadSpaceInternals, &resource).is_ok()
}
