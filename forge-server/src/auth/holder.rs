//! From an owner's rows to what the table of rights asks about.

use forge_domain::{Id, access::Holder, id};
use forge_store::{
    Db, Tx,
    owners::{Owner, OwnerKind},
    spaces,
};

use crate::error::Error;

/// To whom a module or a call belongs, with the councils of a space and where each stands.
pub async fn of_owner(db: &Db, owner: &Owner) -> Result<Holder, Error> {
    Ok(match owner.kind {
        OwnerKind::Person => Holder::Person(Id::new(owner.id)),
        OwnerKind::Council => Holder::Council(Id::new(owner.id)),
        OwnerKind::Space => {
            let space = spaces::by_id(db, Id::new(owner.id)).await?.ok_or(Error::NotFound)?;
            of_space(&space, spaces::members(db, space.id).await?)
        }
    })
}

/// As [`of_owner`], read inside an act: rights are judged on what the act's own transaction sees.
pub async fn of_owner_in(tx: &mut Tx, owner: &Owner) -> Result<Holder, Error> {
    Ok(match owner.kind {
        OwnerKind::Person => Holder::Person(Id::new(owner.id)),
        OwnerKind::Council => Holder::Council(Id::new(owner.id)),
        OwnerKind::Space => of_space_in(tx, Id::new(owner.id)).await?.1,
    })
}

/// A space and its holder, read inside an act.
pub async fn of_space_in(tx: &mut Tx, id: Id<id::Space>) -> Result<(spaces::Space, Holder), Error> {
    let space = spaces::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
    let members = spaces::members(&mut *tx, id).await?;
    let holder = of_space(&space, members);
    Ok((space, holder))
}

/// The holder made of a space's rows.
pub fn of_space(space: &spaces::Space, members: Vec<spaces::Member>) -> Holder {
    let members = members.into_iter().map(|member| (member.council_id, member.status)).collect();
    Holder::Space { id: space.id, lead: space.lead_id, members }
}
