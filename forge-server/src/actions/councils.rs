//! Councils: registered, verified, corrected, suspended (domain.md §c1).

mod counts;

pub use counts::{ImportPopulations, Imported, SetGrouping};

use forge_domain::{
    Id,
    access::{Deed, Holder, Resource, Role, Visibility},
    id,
    money::Currency,
    names::{DisplayName, Email, Identifier, Slug},
};
use forge_store::{
    Tx,
    councils::{self, Council, NewCouncil, Population},
    owners::{self, OwnerKind},
    roles::{self, NewRole},
};
use serde_json::json;

use super::{
    Action, Context,
    fields::{self, Fields},
    people,
};
use crate::{
    census,
    error::{Error, Refusal},
};

/// Registers a council. It waits for an administrator to verify it; who registers it, unless an
/// administrator, leads it and can already prepare its people.
#[derive(Debug, Clone, Default)]
pub struct RegisterCouncil {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// commune, epci, departement …; `commune` where empty.
    pub kind: String,
    /// ISO 3166 code; `FR` where empty.
    pub country: String,
    /// ISO 4217 code; the country's where empty.
    pub currency: String,
    /// Its own site, or empty.
    pub website: String,
    /// The mail domains its people write from.
    pub domains: Vec<String>,
    /// Its official identifiers: register and value.
    pub identifiers: Vec<(String, String)>,
    /// Its counts of inhabitants.
    pub populations: Vec<Population>,
}

/// A registration that was read.
struct Read {
    slug: Slug,
    name: DisplayName,
    kind: String,
    country: String,
    currency: Currency,
    website: Option<String>,
    domains: Vec<String>,
    identifiers: Vec<Identifier>,
}

impl Action for RegisterCouncil {
    const DEED: Deed = Deed::RegisterCouncil;
    type Output = Council;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Council, Error> {
        cx.allow(&Resource::instance())?;
        let person = cx.person()?;
        let read = self.read()?;
        identified(cx, &read.country, &read.identifiers)?;
        people::free(tx, "slug", &read.slug).await?;
        let id: Id<id::Council> = cx.new_id();
        owners::insert(&mut *tx, id.uuid(), &read.slug, OwnerKind::Council).await?;
        let new = NewCouncil {
            id,
            kind: &read.kind,
            name: read.name.as_str(),
            country: &read.country,
            currency: read.currency.code(),
            website: read.website.as_deref(),
            created_by: Some(person),
            created_at: cx.now,
        };
        councils::insert(&mut *tx, new).await?;
        for identifier in &read.identifiers {
            councils::insert_identifier(&mut *tx, id, identifier).await?;
        }
        for domain in &read.domains {
            councils::insert_domain(&mut *tx, id, domain).await?;
        }
        for population in &self.populations {
            councils::set_population(&mut *tx, id, population).await?;
        }
        if !cx.by.actor.forge_admin {
            let role = NewRole {
                id: cx.new_id(),
                person,
                council: id,
                role: Role::Lead,
                valid_from: cx.now,
                valid_until: None,
                granted_by: None,
            };
            roles::insert(&mut *tx, role).await?;
        }
        let named: Vec<_> = read.identifiers.iter().map(Identifier::to_string).collect();
        cx.record_for(id, read.slug.as_str(), json!({ "after": "pending", "ids": named }));
        councils::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)
    }
}

impl RegisterCouncil {
    fn read(&self) -> Result<Read, Error> {
        let mut wrong = Fields::default();
        let slug = wrong.take("slug", Slug::for_owner(&self.slug));
        let name = wrong.take("name", self.name.parse::<DisplayName>());
        let kind = wrong.take("kind", kind(&self.kind));
        let country = wrong.take("country", country(&self.country));
        let code = country.as_deref().unwrap_or("FR");
        let currency = wrong.take("currency", currency(&self.currency, code));
        let website = wrong.take("website", fields::website(&self.website));
        let domains: Result<Vec<_>, _> = self.domains.iter().map(|text| domain(text)).collect();
        let domains = wrong.take("email_domains", domains);
        let identifiers: Result<Vec<_>, _> =
            self.identifiers.iter().map(|(scheme, value)| Identifier::new(scheme, value)).collect();
        let identifiers = wrong.take("ids", identifiers);
        wrong.take("populations", self.populations.iter().try_for_each(counted));
        let whole = || {
            let (mut domains, mut identifiers) = (domains?, identifiers?);
            domains.sort_unstable();
            domains.dedup();
            identifiers.sort_unstable();
            identifiers.dedup();
            Some(Read {
                slug: slug?,
                name: name?,
                kind: kind?,
                country: country?,
                currency: currency?,
                website: website?,
                domains,
                identifiers,
            })
        };
        let whole = whole();
        wrong.end(whole)
    }
}

/// Says that a council is who it says it is. From then on it acts, and nobody else holds its
/// identifiers.
#[derive(Debug, Clone)]
pub struct VerifyCouncil {
    /// Which.
    pub slug: Slug,
    /// How the administrator made sure, for the audit log.
    pub proof: String,
}

impl Action for VerifyCouncil {
    const DEED: Deed = Deed::VerifyCouncil;
    type Output = Council;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Council, Error> {
        cx.allow(&Resource::instance())?;
        let council = by_slug(tx, &self.slug).await?;
        if council.status == "verified" {
            return Err(Error::Conflict(Refusal::new("council_verified")));
        }
        let by = cx.person()?;
        reread(tx, cx, &council).await?;
        councils::verify(tx, council.id, by, cx.now).await.map_err(|error| {
            if error.is_duplicate() {
                return Error::Conflict(Refusal::new("identifier_taken"));
            }
            error.into()
        })?;
        let detail = json!({
            "before": council.status, "after": "verified", "proof": self.proof.trim(),
        });
        cx.record_for(council.id, council.slug, detail);
        councils::by_id(&mut *tx, council.id).await?.ok_or(Error::NotFound)
    }
}

/// Suspends a council: its people hold no role there until it is verified again.
#[derive(Debug, Clone)]
pub struct SuspendCouncil {
    /// Which.
    pub slug: Slug,
    /// Why, for the audit log.
    pub reason: String,
}

impl Action for SuspendCouncil {
    const DEED: Deed = Deed::VerifyCouncil;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        cx.allow(&Resource::instance())?;
        let council = by_slug(tx, &self.slug).await?;
        councils::suspend(&mut *tx, council.id).await?;
        let detail = json!({
            "before": council.status, "after": "suspended", "reason": self.reason.trim(),
        });
        cx.record_for(council.id, council.slug, detail);
        Ok(())
    }
}

/// Changes a council's name and site.
#[derive(Debug, Clone)]
pub struct EditCouncil {
    /// Which.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Its own site, or empty.
    pub website: String,
}

impl Action for EditCouncil {
    const DEED: Deed = Deed::EditCouncil;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let council = by_slug(tx, &self.slug).await?;
        cx.allow(&resource(&council))?;
        let mut wrong = Fields::default();
        let name = wrong.take("name", self.name.parse::<DisplayName>());
        let website = wrong.take("website", fields::website(&self.website));
        let (name, website) = wrong.end(name.zip(website))?;
        councils::edit(&mut *tx, council.id, name.as_str(), website.as_deref()).await?;
        let after = json!({ "name": name.as_str(), "website": website });
        let before = json!({ "name": council.name, "website": council.website });
        cx.record_for(council.id, council.slug, json!({ "before": before, "after": after }));
        Ok(())
    }
}

/// Records a council's count of inhabitants; one of the same kind and year is corrected.
#[derive(Debug, Clone)]
pub struct SetPopulation {
    /// Which council.
    pub slug: Slug,
    /// The count.
    pub population: Population,
}

impl Action for SetPopulation {
    const DEED: Deed = Deed::EditCouncil;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let council = by_slug(tx, &self.slug).await?;
        cx.allow(&resource(&council))?;
        let mut wrong = Fields::default();
        let read = wrong.take("population", counted(&self.population));
        wrong.end(read)?;
        councils::set_population(&mut *tx, council.id, &self.population).await?;
        let Population { kind, vintage, value, .. } = &self.population;
        let after = json!({ "kind": kind, "vintage": vintage, "value": value });
        cx.record_for(council.id, council.slug, json!({ "population": after }));
        Ok(())
    }
}

/// Checks identifiers by the profile of the council's country, and against each other.
fn identified(cx: &Context<'_>, country: &str, ids: &[Identifier]) -> Result<(), Error> {
    let profile = cx.app.profiles.of_country(country)?;
    let mut wrong = Fields::default();
    for id in ids {
        if let Some(register) = profile.register(id.scheme()) {
            wrong.take("ids", Identifier::checked(id.scheme(), register.check, id.value()));
        }
    }
    if ids.iter().any(|one| ids.iter().any(|other| !one.agrees(other))) {
        wrong.take("ids", Err::<(), _>("identifiers_disagree"));
    }
    wrong.end(Some(()))
}

/// The identifiers of a council, checked again as they stand: the profile may know more by now.
async fn reread(tx: &mut Tx, cx: &Context<'_>, council: &Council) -> Result<(), Error> {
    let ids = councils::identifiers(&mut *tx, council.id).await?;
    let read: Result<Vec<_>, _> =
        ids.iter().map(|id| Identifier::new(&id.scheme, &id.value)).collect();
    let read = read.map_err(|_| Error::Refused(Refusal::field("ids", "identifier_invalid")))?;
    identified(cx, &council.country, &read)
}

/// The council at an address.
pub(super) async fn by_slug(tx: &mut Tx, slug: &Slug) -> Result<Council, Error> {
    councils::by_slug(&mut *tx, slug).await?.ok_or(Error::NotFound)
}

/// A verified council: one that may found, join and be given things.
pub(super) async fn verified(
    tx: &mut Tx,
    field: &'static str,
    slug: &Slug,
) -> Result<Council, Error> {
    let council = councils::by_slug(&mut *tx, slug).await?;
    let council =
        council.ok_or_else(|| Error::Refused(Refusal::field(field, "council_unknown")))?;
    if council.status == "verified" {
        Ok(council)
    } else {
        Err(Error::Refused(Refusal::field(field, "council_not_verified")))
    }
}

/// A council as the table of rights sees it: everyone may know that it exists.
pub(super) fn resource(council: &Council) -> Resource {
    Resource::new(Holder::Council(council.id), Visibility::Public)
}

fn kind(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Ok("commune".to_owned()),
        kind if kind.len() <= 32
            && kind.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-')) =>
        {
            Ok(kind.to_owned())
        }
        _ => Err("council_kind"),
    }
}

fn country(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Ok("FR".to_owned()),
        code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Ok(code.to_ascii_uppercase())
        }
        _ => Err("country_code"),
    }
}

fn currency(text: &str, country: &str) -> Result<Currency, forge_domain::money::AmountError> {
    let usual = match country {
        "GB" => "GBP",
        "DK" => "DKK",
        "SE" => "SEK",
        "NO" => "NOK",
        "CH" | "LI" => "CHF",
        "PL" => "PLN",
        "CZ" => "CZK",
        "HU" => "HUF",
        "RO" => "RON",
        "IS" => "ISK",
        _ => "EUR",
    };
    let text = text.trim();
    Currency::from_code(if text.is_empty() { usual } else { text })
}

/// A domain is what may stand after the @ of an address.
fn domain(text: &str) -> Result<String, &'static str> {
    let text = text.trim().trim_start_matches('@');
    let address: Email = format!("x@{text}").parse().map_err(|_| "domain_invalid")?;
    if address.domain().contains('.') {
        Ok(address.domain().to_owned())
    } else {
        Err("domain_invalid")
    }
}

fn counted(population: &Population) -> Result<(), &'static str> {
    census::check(population).map_err(|_| "population_invalid")
}
