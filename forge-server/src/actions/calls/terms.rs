//! What a call says, read against the councils and modules it names, and written as rows.

use forge_api::calls::NewCall;
use forge_domain::{
    Id,
    access::{Deed, Holder, MemberStatus, Resource},
    id,
    names::Slug,
};
use forge_store::{Tx, calls, councils, councils::Council, modules, spaces::Space};

use crate::{
    actions::{Context, allow},
    auth::{holder, module::owner_of},
    error::Error,
    funding::{
        draft::{self, Around, Parsed},
        wrong,
    },
};

/// Reads a draft against the councils it names.
pub(super) async fn read(
    tx: &mut Tx,
    cx: &Context<'_>,
    (space, held): (&Space, &Holder),
    new: &NewCall,
) -> Result<Parsed, Error> {
    let lead = council(tx, "lead", new.lead.as_deref(), space.lead_id).await?;
    let Holder::Space { lead: chief, members, .. } = held else { return Err(Error::NotFound) };
    let contributes = lead.id == *chief || members.contains(&(lead.id, MemberStatus::Contributor));
    if !contributes {
        return Err(wrong("lead", "lead_not_a_member"));
    }
    let treasurer = council(tx, "treasurer", new.treasurer.as_deref(), space.treasurer_id).await?;
    let around = Around {
        space,
        lead: &lead,
        treasurer: &treasurer,
        profiles: &cx.app.profiles,
        now: cx.now,
    };
    draft::parse(new, &around)
}

async fn council(
    tx: &mut Tx,
    field: &'static str,
    named: Option<&str>,
    otherwise: Id<id::Council>,
) -> Result<Council, Error> {
    let found = match named {
        None => councils::by_id(&mut *tx, otherwise).await?,
        Some(text) => {
            let slug = text.trim().parse::<Slug>().map_err(|_| wrong(field, "council_unknown"))?;
            councils::by_slug(&mut *tx, &slug).await?
        }
    };
    found.ok_or_else(|| wrong(field, "council_unknown"))
}

pub(super) async fn write_parts(
    tx: &mut Tx,
    cx: &Context<'_>,
    id: Id<id::Call>,
    parsed: &Parsed,
    new: &NewCall,
) -> Result<(), Error> {
    for milestone in &parsed.milestones {
        calls::insert_milestone(&mut *tx, id, milestone).await?;
    }
    for subsidy in &parsed.subsidies {
        calls::insert_subsidy(&mut *tx, id, subsidy).await?;
    }
    for path in &new.modules {
        let module = module(tx, cx, path).await?;
        calls::insert_module(&mut *tx, id, module).await?;
    }
    for slug in &new.required_councils {
        let required = verified(tx, "required_councils", slug).await?;
        calls::insert_required(&mut *tx, id, required).await?;
    }
    if let (Some((limit, act)), Some(given)) = (&parsed.backstop, &new.backstop) {
        let guarantor = verified(tx, "backstop", &given.guarantor).await?;
        let limit = (*limit, act.as_str());
        calls::insert_backstop(&mut *tx, id, guarantor, limit, given.before_ceilings).await?;
    }
    Ok(())
}

/// As [`write_parts`], in the place of those there are.
pub(super) async fn replace_parts(
    tx: &mut Tx,
    cx: &Context<'_>,
    id: Id<id::Call>,
    parsed: &Parsed,
    new: &NewCall,
) -> Result<(), Error> {
    calls::delete_milestones(&mut *tx, id).await?;
    calls::delete_subsidies(&mut *tx, id).await?;
    calls::delete_modules(&mut *tx, id).await?;
    calls::delete_required(&mut *tx, id).await?;
    calls::delete_backstop(&mut *tx, id).await?;
    write_parts(tx, cx, id, parsed, new).await
}

/// A council that can pay: one that is not verified answers as one that is not there.
async fn verified(tx: &mut Tx, field: &'static str, slug: &str) -> Result<Id<id::Council>, Error> {
    let unknown = || wrong(field, "council_unknown");
    let slug = slug.trim().parse::<Slug>().map_err(|_| unknown())?;
    let council = councils::by_slug(&mut *tx, &slug).await?.ok_or_else(unknown)?;
    if council.status == "verified" { Ok(council.id) } else { Err(unknown()) }
}

/// A module the drafter may read; any other answers as one that is not there.
async fn module(tx: &mut Tx, cx: &Context<'_>, path: &str) -> Result<Id<id::Module>, Error> {
    let unknown = || wrong("modules", "module_unknown");
    let (owner, slug) = path.trim().split_once('/').ok_or_else(unknown)?;
    let owner = owner.parse::<Slug>().map_err(|_| unknown())?;
    let slug = slug.parse::<Slug>().map_err(|_| unknown())?;
    let module = modules::at(&mut *tx, &owner, &slug).await?.ok_or_else(unknown)?;
    let held = holder::of_owner_in(tx, &owner_of(&module)).await?;
    let resource = Resource::new(held, module.visibility);
    allow(&cx.by.actor, Deed::ReadModule, &resource).map_err(|_| unknown())?;
    Ok(module.id)
}
