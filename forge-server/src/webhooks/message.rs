//! What a webhook is told: one JSON document, or a message of a chat.

use forge_domain::{Id, calendar, id, notices::EventVisibility, webhook::WebhookFormat};
use forge_messages::Arg;
use forge_store::{
    events::Event,
    webhooks::{Webhook, deliveries::Delivery},
};
use serde_json::{Map, Value, json};

use crate::{app::App, events::wording};

/// The kind of a test.
pub const PING: &str = "ping";

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Message {
    /// The delivery's id: the same at every attempt.
    pub id: Id<id::WebhookDelivery>,
    /// What happened, such as `call.closed`.
    pub kind: &'static str,
    /// The body, to the byte.
    pub body: Vec<u8>,
}

/// The message of a delivery; without an event it is a test. Made anew at each attempt, and the
/// same each time.
pub fn message(app: &App, hook: &Webhook, delivery: &Delivery, event: Option<&Event>) -> Message {
    let kind = event.map_or(PING, |event| event.kind.name());
    let body = match hook.format {
        WebhookFormat::Json => document(app, hook, delivery, event),
        WebhookFormat::Rocketchat => chat(app, hook, event),
    };
    Message { id: delivery.id, kind, body: body.to_string().into_bytes() }
}

/// The document: what happened, when, to what, and where to read more.
fn document(app: &App, hook: &Webhook, delivery: &Delivery, event: Option<&Event>) -> Value {
    let Some(event) = event else {
        return json!({
            "id": delivery.id.to_string(),
            "type": PING,
            "timestamp": calendar::format_instant(delivery.created_at),
            "data": { "owner": hook.owner_slug, "webhook": hook.number },
            "url": format!("{}/{}", app.public_url, hook.owner_slug),
        });
    };
    let mut data: Map<String, Value> = serde_json::from_str(&event.data).unwrap_or_default();
    let text = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
    let members_only = event.visibility == EventVisibility::Members;
    for (name, value) in [
        ("event", Value::from(event.id.to_string())),
        ("space", Value::from(event.space_slug.as_str())),
        ("space_title", Value::from(event.space_title.as_str())),
        ("call", text(&event.call_ref)),
        ("call_title", text(&event.call_title)),
        ("council", text(&event.council_slug)),
        ("council_name", text(&event.council_name)),
        ("subject", Value::from(event.subject.as_str())),
        ("members_only", Value::from(members_only)),
    ] {
        data.insert(name.to_owned(), value);
    }
    json!({
        "id": delivery.id.to_string(),
        "type": event.kind.name(),
        "timestamp": calendar::format_instant(event.at),
        "data": data,
        "url": page(app, event),
    })
}

/// A message that Rocket.Chat, Mattermost and Slack all take from an incoming webhook: `text` is
/// always there, `fallback` stands where attachments are not shown. In the instance's language: a
/// room has no reader of its own.
fn chat(app: &App, hook: &Webhook, event: Option<&Event>) -> Value {
    let locale = app.config.locale;
    let Some(event) = event else {
        let args = [("owner", Arg::from(&hook.owner_slug))];
        return json!({
            "text": app.messages.text(locale, "webhook-ping-text", &args),
            "attachments": [],
        });
    };
    let sentence = wording::line(app, locale, event).text;
    json!({
        "text": sentence,
        "attachments": [{
            "fallback": sentence,
            "title": event.call_title.as_ref().unwrap_or(&event.space_title),
            "title_link": page(app, event),
            "text": wording::context(app, locale, event),
        }],
    })
}

/// The whole address of an event's page.
fn page(app: &App, event: &Event) -> String {
    let href = wording::line(app, app.config.locale, event).href;
    format!("{}{href}", app.public_url)
}
