//! Spaces: founded, joined, left (domain.md §c3).

mod membership;
mod offices;

pub use membership::{AdmitMember, AskToJoin, EndMembership, LEAVE, LeaveSpace};
pub(super) use membership::{stand, turn_down};
pub(super) use offices::appoint;
pub use offices::{Office, ProposeOffice, SetSeat};

use forge_domain::{
    Id,
    access::{Deed, MemberStatus, Resource, Visibility},
    calendar, id,
    money::Currency,
    names::{DisplayName, RefName, Slug},
};
use forge_store::{
    Tx,
    charters::{self, NewCharter},
    councils as councils_store,
    modules::{self, NewModule},
    owners::{self, OwnerKind},
    spaces::{self, NewSpace, Space, Standing},
};
use serde_json::json;

use super::{
    Action, Context, councils,
    fields::{self, Fields},
    people,
};
use crate::{
    charter::{self, Papers},
    error::{Error, Refusal},
};

/// Founds a space in a council's name. The council leads it; its charter stands in its
/// meta-repository from the first minute.
#[derive(Debug, Clone)]
pub struct FoundSpace {
    /// The id of its meta-repository, chosen before the act so that running it twice makes one.
    pub meta: Id<id::Module>,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// The council that founds and carries it.
    pub lead: Slug,
    /// The council that receives and pays; the lead where none.
    pub treasurer: Option<Slug>,
    /// The language of its papers, `fr` or `en`; the instance's where empty.
    pub lang: String,
    /// In which its deadlines end; `Europe/Paris` where empty.
    pub time_zone: String,
    /// The currency of its calls; the lead's where empty.
    pub currency: String,
    /// The licence of its modules; `EUPL-1.2` where empty.
    pub licence: String,
}

/// A founding that was read.
struct Read {
    slug: Slug,
    title: DisplayName,
    purpose: String,
    lang: &'static str,
    time_zone: String,
    currency: Currency,
    licence: String,
}

impl Action for FoundSpace {
    const DEED: Deed = Deed::FoundSpace;
    type Output = Space;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Space, Error> {
        let lead = councils_store::by_slug(&mut *tx, &self.lead).await?;
        let lead = lead.ok_or(Error::Refused(Refusal::field("lead", "council_unknown")))?;
        cx.allow(&Resource::instance().for_council(lead.id))?;
        let lead = councils::verified(tx, "lead", &self.lead).await?;
        let treasurer = match &self.treasurer {
            Some(slug) => councils::verified(tx, "treasurer", slug).await?,
            None => lead.clone(),
        };
        let read = self.read(cx, &lead.currency)?;
        people::free(tx, "slug", &read.slug).await?;
        let id: Id<id::Space> = cx.new_id();
        owners::insert(&mut *tx, id.uuid(), &read.slug, OwnerKind::Space).await?;
        let new = NewSpace {
            id,
            title: read.title.as_str(),
            purpose: &read.purpose,
            lang: read.lang,
            lead: lead.id,
            treasurer: treasurer.id,
            time_zone: &read.time_zone,
            currency: read.currency.code(),
            licence: &read.licence,
            created_by: cx.person()?,
            created_at: cx.now,
        };
        spaces::insert(&mut *tx, new).await?;
        let standing = Standing { status: MemberStatus::Contributor, wish: None, act_ref: None };
        spaces::set_member(&mut *tx, (id, lead.id), standing, cx.now).await?;
        let space = spaces::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
        self.found_meta(tx, cx, &space, &lead.name).await?;
        let detail = json!({ "lead": lead.slug, "treasurer": treasurer.slug });
        cx.record_for(lead.id, space.slug.as_str(), detail);
        Ok(space)
    }
}

impl FoundSpace {
    fn read(&self, cx: &Context<'_>, usual: &str) -> Result<Read, Error> {
        let mut wrong = Fields::default();
        let slug = wrong.take("slug", Slug::for_owner(&self.slug));
        let title = wrong.take("title", self.title.parse::<DisplayName>());
        let purpose = wrong.take("purpose", fields::short(&self.purpose, 2_000));
        let lang = wrong.take("lang", lang(&self.lang, cx.app.config.locale.tag()));
        let time_zone = wrong.take("time_zone", zone(&self.time_zone));
        let currency = wrong.take("currency", Currency::from_code(or(&self.currency, usual)));
        let licence = wrong.take("default_licence", licence(&self.licence));
        let whole = || {
            Some(Read {
                slug: slug?,
                title: title?,
                purpose: purpose?,
                lang: lang?,
                time_zone: time_zone?,
                currency: currency?,
                licence: licence?,
            })
        };
        let whole = whole();
        wrong.end(whole)
    }

    /// The meta-repository: public, and nobody's to push to but the forge's own acts.
    async fn found_meta(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        space: &Space,
        lead: &str,
    ) -> Result<(), Error> {
        let branch = RefName::branch("main").map_err(anyhow::Error::from)?;
        let new = NewModule {
            id: self.meta,
            owner: space.id.uuid(),
            slug: &Slug::meta(),
            kind: "meta",
            title: &space.title,
            description: &space.purpose,
            lang: &space.lang,
            visibility: Visibility::Public,
            default_branch: branch.short(),
            created_by: None,
            created_at: cx.now,
        };
        modules::insert(&mut *tx, new).await?;
        let papers = Papers::first(space, lead);
        let (text, machine) = (papers.text.clone(), papers.machine.clone());
        let oid = charter::write_first(cx.app, self.meta, space, papers, cx.now).await?;
        let first = NewCharter {
            space: space.id,
            version: 1,
            text: &text,
            machine: &machine,
            oid: &oid.to_string(),
            vote: None,
            adopted_at: cx.now,
        };
        charters::insert(&mut *tx, first).await?;
        modules::pushed(&mut *tx, self.meta, false, cx.now).await?;
        Ok(())
    }
}

fn or<'t>(text: &'t str, usual: &'t str) -> &'t str {
    match text.trim() {
        "" => usual,
        text => text,
    }
}

fn lang(text: &str, usual: &'static str) -> Result<&'static str, &'static str> {
    match text.trim() {
        "" => Ok(usual),
        "fr" => Ok("fr"),
        "en" => Ok("en"),
        _ => Err("locale_unknown"),
    }
}

fn zone(text: &str) -> Result<String, calendar::CalendarError> {
    let name = or(text, "Europe/Paris");
    calendar::parse_zone(name).map(|_| name.to_owned())
}

/// An SPDX expression, by its characters: the licence list is the module check's.
fn licence(text: &str) -> Result<String, &'static str> {
    let text = or(text, "EUPL-1.2");
    let plain = |b: u8| b.is_ascii_alphanumeric() || b" .-+()".contains(&b);
    let fits = text.len() <= 100 && text.bytes().all(plain);
    if fits { Ok(text.to_owned()) } else { Err("licence_invalid") }
}
