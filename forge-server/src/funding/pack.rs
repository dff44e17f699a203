//! The draft deliberation of a council, from a call (domain.md §b): an editable template with its
//! places filled in. What the forge cannot know is left in braces for the council to write.

use forge_domain::{
    calendar, hex,
    money::Amount,
    sharing::{Participant, ShareOutcome},
};
use forge_messages::Locale;
use forge_store::councils::Council;
use sha2::{Digest as _, Sha256};

use super::CallBook;
use crate::{app::App, error::Error};

const FRENCH: &str = include_str!("packs/fr.md");
const ENGLISH: &str = include_str!("packs/en.md");

/// A template of an administrator is not larger.
const TEMPLATE_BYTES_MAX: u64 = 256 << 10;

/// The draft deliberation as Markdown, in the reader's language.
///
/// The template is `packs/PROFILE.LANG.md` of the data folder where an administrator put one, and
/// the one of the program otherwise.
///
/// # Errors
/// What the sharing rules refuse.
pub async fn text(
    app: &App,
    book: &CallBook,
    (council, rule): (&Council, &str),
    locale: Locale,
) -> Result<String, Error> {
    let me = Participant {
        population: book.inhabitants(council.id),
        ceiling: book.position(council.id).and_then(|row| row.ceiling).map(Amount::from_minor),
        ..Participant::new(council.slug.clone())
    };
    let prospect = book.prospect(&me).map_err(|error| super::refused(&error))?;
    let outcome = book.shares_if_all_join().map_err(|error| super::refused(&error))?;
    let words = Words { app, book, locale };
    let blank = |french: &str, english: &str| {
        let word = if locale == Locale::Fr { french } else { english };
        format!("{{{word}}}")
    };
    let ceiling = me.ceiling.map_or_else(|| blank("plafond", "ceiling"), |one| words.money(one));
    let digest = Sha256::digest(shares(book, outcome.as_ref()).as_bytes());
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let published = book.call.published_at.map(|at| calendar::date_at(at, &book.zone));
    let url = super::answer::html_url(app, book);
    let places = [
        ("call", book.call.reference.clone()),
        ("title", book.call.title.clone()),
        ("council", council.name.clone()),
        ("need", book.call.need.trim().to_owned()),
        ("licence", book.call.licence.clone()),
        ("today", words.day(today)),
        ("published_on", published.map_or_else(|| blank("date", "date"), |day| words.day(day))),
        ("url", url),
        ("basis", words.basis().to_owned()),
        ("ceiling", ceiling),
        ("rule", rule.to_owned()),
        ("deadline", words.day(book.call.deadline)),
        ("councils_min", book.call.councils_min.to_string()),
        ("minimum", words.money(Amount::from_minor(book.call.minimum))),
        ("share_now", words.money(prospect.now)),
        ("share_best", words.money(prospect.if_all_join)),
        ("table", words.table(outcome.as_ref())),
        ("milestones", words.milestones()),
        ("digest", hex::encode(&digest)),
        ("articles", blank("articles", "articles")),
        ("years", blank("exercice → montant, section", "financial year → amount, budget")),
        ("signatory", blank("qualité du signataire", "office of the signatory")),
        ("service", blank("service", "service")),
    ];
    let template = template(app, &book.call.profile, locale).await;
    Ok(filled(&joint(&template, book.call.vehicle.starts_with("joint_")), &places))
}

/// The template of a profile: an administrator's, or the program's.
async fn template(app: &App, profile: &str, locale: Locale) -> String {
    let plain = profile.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let own = app.config.data.join("packs").join(format!("{profile}.{}.md", locale.tag()));
    if plain
        && tokio::fs::metadata(&own).await.is_ok_and(|found| found.len() <= TEMPLATE_BYTES_MAX)
        && let Ok(text) = tokio::fs::read_to_string(&own).await
    {
        return text;
    }
    if locale == Locale::Fr { FRENCH.to_owned() } else { ENGLISH.to_owned() }
}

/// Keeps or leaves out what stands between `{if_joint}` and `{end_joint}`.
fn joint(template: &str, is_joint: bool) -> String {
    let Some((before, rest)) = template.split_once("{if_joint}") else {
        return template.to_owned();
    };
    let Some((inside, after)) = rest.split_once("{end_joint}") else {
        return template.to_owned();
    };
    if is_joint { format!("{before}{inside}{after}") } else { format!("{before}{after}") }
}

/// Puts values in their places, once: a value that has braces of its own is left as it is.
fn filled(template: &str, places: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').and_then(|(name, tail)| {
            let value = places.iter().find(|(known, _)| *known == name)?;
            Some((value.1.as_str(), tail))
        });
        match place {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The shares a digest proves: one line a council, as `share compute` answers them.
fn shares(book: &CallBook, outcome: Option<&ShareOutcome>) -> String {
    let Some(outcome) = outcome else { return String::new() };
    let line = |(council, share): (&String, &Amount)| {
        format!("{council} {}\n", book.decimal(share.minor()))
    };
    outcome.shares.iter().map(line).collect()
}

/// Figures and days as the language of the draft writes them.
struct Words<'a> {
    app: &'a App,
    book: &'a CallBook,
    locale: Locale,
}

impl Words<'_> {
    fn money(&self, amount: Amount) -> String {
        let exponent = u8::try_from(self.book.currency.exponent()).unwrap_or(u8::MAX);
        let formats = self.app.themes.messages().formats(self.locale);
        formats.money(amount.minor(), self.book.currency.code(), exponent)
    }

    fn day(&self, day: jiff::civil::Date) -> String {
        self.app.themes.messages().formats(self.locale).date(day)
    }

    fn basis(&self) -> &'static str {
        match (self.book.call.basis.as_str(), self.locale) {
            ("gross", Locale::Fr) => "TTC",
            ("gross", Locale::En) => "including VAT",
            (_, Locale::Fr) => "HT",
            (_, Locale::En) => "excluding VAT",
        }
    }

    fn table(&self, outcome: Option<&ShareOutcome>) -> String {
        let Some(outcome) = outcome else { return String::new() };
        let head = match self.locale {
            Locale::Fr => "| Collectivité | Quote-part |\n|---|---:|\n",
            Locale::En => "| Council | Share |\n|---|---:|\n",
        };
        let name = |slug: &String| {
            let known = self.book.living().find(|row| row.council_slug == *slug);
            known.map_or_else(|| slug.clone(), |row| row.council_name.clone())
        };
        let row = |(slug, share): (&String, &Amount)| {
            format!("| {} | {} |\n", name(slug), self.money(*share))
        };
        head.to_owned() + &outcome.shares.iter().map(row).collect::<String>()
    }

    fn milestones(&self) -> String {
        let line = |one: &forge_store::calls::Milestone| {
            let amount = self.money(Amount::from_minor(one.amount));
            let sep = if self.locale == Locale::Fr { "\u{a0}:" } else { ":" };
            format!("{}. {}{sep} {amount}\n", one.position, one.title)
        };
        self.book.milestones.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_filled_once_and_an_unknown_one_stays() {
        let places = [("need", "a {title} b".to_owned()), ("title", "Permis".to_owned())];
        assert_eq!(filled("{title}: {need} {service}", &places), "Permis: a {title} b {service}");
        assert_eq!(filled("{ {title}", &places), "{ Permis");
    }

    #[test]
    fn joint_procurement_is_cited_where_it_is_used() {
        for template in [FRENCH, ENGLISH] {
            assert!(joint(template, true).len() > joint(template, false).len());
            assert!(!joint(template, false).contains("_joint}"));
        }
    }
}
