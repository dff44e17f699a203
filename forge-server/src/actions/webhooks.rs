//! Webhooks: added, edited, removed, tested, told again (domain.md §c18).

mod stop;

pub use stop::StopWebhook;

use forge_domain::{
    Id,
    access::Deed,
    id,
    names::Slug,
    webhook::{Subscription, WebhookFormat},
};
use forge_store::{
    Tx,
    owners::{self, Owner, OwnerKind},
    webhooks::{self, Webhook, deliveries},
};
use jiff::ToSpan as _;
use serde_json::json;

use super::{Action, Context, fields::Fields};
use crate::{
    auth::holder,
    error::{Error, Refusal},
    webhooks::{Secret, resource, seal},
};

/// How many webhooks a council or a space has at most: each event is told to every one.
pub const OF_OWNER_MAX: usize = 20;
/// How many tests an owner may ask for in a minute (security.md A12).
const TESTS_A_MINUTE: i64 = 6;

/// Adds a webhook to a council or a space.
#[derive(Debug, Clone)]
pub struct AddWebhook {
    /// The council or the space.
    pub owner: Slug,
    /// Where it is told.
    pub url: String,
    /// In which form; JSON where empty.
    pub format: String,
    /// Of which kinds of events, or families; every one where empty.
    pub events: Vec<String>,
    /// What it is signed with; a new secret where empty.
    pub secret: String,
    /// Whether it is told at once.
    pub active: bool,
}

/// A new webhook.
#[derive(Debug, Clone)]
pub struct Added {
    /// What is kept.
    pub webhook: Webhook,
    /// Its secret, where the forge made it: told here and never again.
    pub secret: Option<Secret>,
}

impl Action for AddWebhook {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = Added;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Added, Error> {
        let owner = owner(tx, cx, &self.owner).await?;
        if webhooks::of_owner(&mut *tx, owner.id).await?.len() >= OF_OWNER_MAX {
            return Err(Error::Refused(Refusal::new("webhooks_too_many").arg("max", OF_OWNER_MAX)));
        }
        let mut wrong = Fields::default();
        let url = wrong.take("url", address(cx, &self.url));
        let form = wrong.take("format", format(&self.format));
        let events = wrong.take("events", subscription(&self.events));
        let fresh = self.secret.is_empty().then(Secret::fresh).transpose()?;
        let given = fresh.clone().map_or_else(|| Secret::given(&self.secret), Ok);
        let given = wrong.take("secret", given);
        let read = url.zip(form).zip(events.zip(given));
        let ((url, format), (events, secret)) = wrong.end(read)?;
        let id = cx.new_id();
        let new = Webhook {
            id,
            number: 0,
            owner_id: owner.id,
            owner_slug: owner.slug.clone(),
            url,
            format,
            events: events.to_string(),
            secret: seal(cx.app, id, &secret)?,
            active: self.active,
            stopped: None,
            made_by: cx.person()?,
            created_at: cx.now,
            updated_at: cx.now,
            succeeded_at: None,
        };
        webhooks::insert(&mut *tx, &new).await?;
        let webhook = webhooks::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
        record(cx, &owner, "added", &webhook);
        Ok(Added { webhook, secret: fresh })
    }
}

/// Edits a webhook. It stands on the right of whoever edited it last; what the forge had stopped
/// starts again where it is made active.
#[derive(Debug, Clone)]
pub struct EditWebhook {
    /// The council or the space.
    pub owner: Slug,
    /// Its number.
    pub number: i64,
    /// Another address.
    pub url: Option<String>,
    /// Another form.
    pub format: Option<String>,
    /// Other events.
    pub events: Option<Vec<String>>,
    /// Another secret; the old one stays where empty.
    pub secret: Option<String>,
    /// Whether it is told.
    pub active: Option<bool>,
}

impl Action for EditWebhook {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = Webhook;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Webhook, Error> {
        let owner = owner(tx, cx, &self.owner).await?;
        let mut hook = of_number(tx, &owner, self.number).await?;
        let mut wrong = Fields::default();
        if let Some(url) = &self.url {
            hook.url = wrong.take("url", address(cx, url)).unwrap_or_default();
        }
        if let Some(word) = &self.format {
            hook.format = wrong.take("format", format(word)).unwrap_or(hook.format);
        }
        if let Some(words) = &self.events {
            let events = wrong.take("events", subscription(words));
            hook.events = events.unwrap_or_default().to_string();
        }
        if let Some(given) = self.secret.as_deref().filter(|given| !given.is_empty())
            && let Some(secret) = wrong.take("secret", Secret::given(given))
        {
            hook.secret = seal(cx.app, hook.id, &secret)?;
        }
        wrong.end(Some(()))?;
        hook.active = self.active.unwrap_or(hook.active);
        hook.made_by = cx.person()?;
        hook.updated_at = cx.now;
        webhooks::edit(&mut *tx, &hook).await?;
        if !hook.active {
            deliveries::drop_waiting(&mut *tx, hook.id, cx.now).await?;
        }
        record(cx, &owner, "edited", &hook);
        webhooks::by_id(&mut *tx, hook.id).await?.ok_or(Error::NotFound)
    }
}

/// Removes a webhook, with what is known of its deliveries.
#[derive(Debug, Clone)]
pub struct RemoveWebhook {
    /// The council or the space.
    pub owner: Slug,
    /// Its number.
    pub number: i64,
}

impl Action for RemoveWebhook {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let owner = owner(tx, cx, &self.owner).await?;
        let hook = of_number(tx, &owner, self.number).await?;
        deliveries::delete_of(tx, hook.id).await?;
        webhooks::delete(&mut *tx, hook.id).await?;
        record(cx, &owner, "removed", &hook);
        Ok(())
    }
}

/// Tells a webhook that this is a test.
#[derive(Debug, Clone)]
pub struct TestWebhook {
    /// The council or the space.
    pub owner: Slug,
    /// Its number.
    pub number: i64,
}

impl Action for TestWebhook {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = Id<id::WebhookDelivery>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Self::Output, Error> {
        let owner = owner(tx, cx, &self.owner).await?;
        let hook = living(tx, &owner, self.number).await?;
        let minute = 1.minute();
        if deliveries::tests_since(&mut *tx, owner.id, cx.now - minute).await? >= TESTS_A_MINUTE {
            return Err(Error::TooMany(60));
        }
        let id = cx.new_id();
        deliveries::queue(&mut *tx, id, (hook.id, None), cx.now).await?;
        record(cx, &owner, "tested", &hook);
        Ok(id)
    }
}

/// Tells a webhook an event again, under the id of the first time.
#[derive(Debug, Clone)]
pub struct Redeliver {
    /// The council or the space.
    pub owner: Slug,
    /// The webhook's number.
    pub number: i64,
    /// Which delivery.
    pub delivery: Id<id::WebhookDelivery>,
}

impl Action for Redeliver {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let owner = owner(tx, cx, &self.owner).await?;
        let hook = living(tx, &owner, self.number).await?;
        let delivery = deliveries::by_id(&mut *tx, hook.id, self.delivery).await?;
        deliveries::ask_again(&mut *tx, delivery.ok_or(Error::NotFound)?.id, cx.now).await?;
        record(cx, &owner, "redelivered", &hook);
        Ok(())
    }
}

/// The council or the space, for those who may have webhooks there.
async fn owner(tx: &mut Tx, cx: &Context<'_>, slug: &Slug) -> Result<Owner, Error> {
    let owner = owners::by_slug(&mut *tx, slug).await?.ok_or(Error::NotFound)?;
    if owner.kind == OwnerKind::Person {
        return Err(Error::NotFound);
    }
    cx.allow(&resource(holder::of_owner_in(tx, &owner).await?))?;
    Ok(owner)
}

async fn of_number(tx: &mut Tx, owner: &Owner, number: i64) -> Result<Webhook, Error> {
    webhooks::by_number(&mut *tx, owner.id, number).await?.ok_or(Error::NotFound)
}

/// A webhook that is told at all.
async fn living(tx: &mut Tx, owner: &Owner, number: i64) -> Result<Webhook, Error> {
    let hook = of_number(tx, owner, number).await?;
    if hook.active { Ok(hook) } else { Err(Error::refused("webhook_inactive")) }
}

fn address(cx: &Context<'_>, text: &str) -> Result<String, &'static str> {
    let read = cx.app.outbound.parse(text.trim());
    read.map(Into::into).map_err(crate::outbound::AddressError::code)
}

fn format(word: &str) -> Result<WebhookFormat, &'static str> {
    if word.is_empty() {
        return Ok(WebhookFormat::Json);
    }
    word.parse().map_err(|_| "webhook_format_unknown")
}

fn subscription(words: &[String]) -> Result<Subscription, &'static str> {
    let words = words.iter().flat_map(|words| words.split_whitespace());
    Subscription::of(words).map_err(|_| "webhook_events_unknown")
}

/// The audit row: the host alone, since an address may hold a secret of the other side.
fn record(cx: &Context<'_>, owner: &Owner, did: &'static str, hook: &Webhook) {
    let host = url::Url::parse(&hook.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let detail = json!({
        did: hook.id.to_string(), "number": hook.number, "host": host,
        "format": hook.format.name(), "events": hook.events, "active": hook.active,
    });
    if owner.kind == OwnerKind::Council {
        cx.record_for(Id::new(owner.id), owner.slug.clone(), detail);
    } else {
        cx.record(owner.slug.clone(), detail);
    }
}
