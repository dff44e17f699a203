//! An event as a sentence, and where it leads.

use forge_domain::{
    money::{Amount, Currency},
    notices::EventKind,
};
use forge_messages::{Arg, Locale};
use forge_store::events::Event;
use jiff::civil::Date;
use serde_json::Value;

use crate::app::App;

/// What people read of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What happened, in a sentence.
    pub text: String,
    /// The page it is about: a path of this site.
    pub href: String,
}

/// The sentence for an event, `event-…`, and its page.
pub fn line(app: &App, locale: Locale, event: &Event) -> Line {
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    let text = |name: &str| data[name].as_str().unwrap_or_default();
    let amount = Currency::from_code(text("currency")).ok().and_then(|currency| {
        let amount = Amount::parse(text("amount"), currency).ok()?;
        Some((amount.minor(), u8::try_from(currency.exponent()).ok()?))
    });
    let mut args = vec![
        ("space", Arg::from(event.space_title.as_str())),
        ("call", Arg::from(event.call_ref.as_deref().unwrap_or_default())),
        ("title", Arg::from(event.call_title.as_deref().unwrap_or_default())),
        ("council", Arg::from(event.council_name.as_deref().unwrap_or_default())),
        ("subject", Arg::from(event.subject.as_str())),
        ("about", Arg::from(text("title"))),
        ("act", Arg::from(text("act"))),
        ("n", Arg::Number(data["days"].as_i64().unwrap_or_default())),
    ];
    if let Some((minor, exponent)) = amount {
        args.push(("amount", Arg::Money { minor, currency: text("currency"), exponent }));
    }
    let dates = ["deadline", "until", "due", "planned"];
    if let Some(date) = dates.iter().find_map(|name| text(name).parse::<Date>().ok()) {
        args.push(("date", Arg::Date(date)));
    }
    let text = app.themes.messages().text(locale, &key(event.kind), &args);
    Line { text, href: href(event) }
}

/// Where it happened, on one line: `event-context`.
pub fn context(app: &App, locale: Locale, event: &Event) -> String {
    let args = [("space", Arg::from(&event.space_title)), ("subject", Arg::from(&event.subject))];
    app.messages.text(locale, "event-context", &args)
}

/// The key of the words for a kind of event.
fn key(kind: EventKind) -> String {
    format!("event-{}", kind.name().replace(['.', '_'], "-"))
}

/// The page of what an event is about.
fn href(event: &Event) -> String {
    let base = format!("/{}/-", event.space_slug);
    let subject = event.subject.as_str();
    if subject.starts_with("VOTE-") {
        return format!("{base}/decisions/{subject}");
    }
    let Some(call) = &event.call_ref else { return format!("{base}/members") };
    let call = format!("{base}/calls/{call}");
    match subject.split('-').next() {
        Some("PLG") => format!("{call}/pledges/{subject}"),
        Some("FC") => format!("{call}/funds/{subject}"),
        Some("WRK") => format!("{call}/in-kind"),
        Some("PAY" | "REF" | "INV" | "CN") => format!("{call}/funds"),
        _ => match subject.rsplit_once("/M") {
            Some((_, milestone)) => format!("{call}/milestones/{milestone}"),
            None => call,
        },
    }
}

#[cfg(test)]
mod tests {
    use forge_domain::notices::EventKind;
    use forge_messages::{Locale, Messages};

    #[test]
    fn every_kind_of_event_has_its_words() {
        let messages = Messages::embedded().unwrap();
        for kind in EventKind::ALL {
            let key = super::key(*kind);
            for locale in [Locale::Fr, Locale::En] {
                assert!(messages.has(locale, &key), "{key}");
            }
        }
    }
}
