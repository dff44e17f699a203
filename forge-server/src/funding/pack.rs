//! The draft deliberation of a council, from a call (domain.md §b): an editable template with its
//! places filled in. What the forge cannot know is left in braces for the council to write.

mod tables;
mod templates;

use forge_domain::{calendar, money::Amount, sharing::Participant};
use forge_messages::Locale;
use forge_store::{councils, councils::Council, pledges};

use super::{CallBook, Reader, audit, rule::rule_text, say::Say};
use crate::{app::App, charter, error::Error};

/// The draft deliberation as Markdown, in a language.
///
/// # Errors
/// What the sharing rules refuse.
pub async fn text(
    app: &App,
    book: &CallBook,
    council: &Council,
    locale: Locale,
) -> Result<String, Error> {
    let say = Say::in_language(app, locale, book);
    let call = &book.call;
    let (profile, vehicle) = (call.profile.as_str(), call.vehicle.as_str());
    let template = templates::of(&app.config.data, (profile, vehicle), locale).await;
    let mut places = facts(app, book, council, say).await?;
    places.extend(figures(app, book, council, say).await?);
    let today = calendar::date_at(app.clock.now(), &book.zone);
    places.extend([
        ("today", say.day(today)),
        ("articles", blank(say, "articles", "articles")),
        ("signatory", blank(say, "qualité du signataire", "office of the signatory")),
        ("service", blank(say, "service", "service")),
    ]);
    Ok(templates::filled(&template, &places))
}

/// A place that the council fills in itself.
fn blank(say: Say<'_>, french: &str, english: &str) -> String {
    let word = if say.locale() == Locale::Fr { french } else { english };
    format!("{{{word}}}")
}

type Places = Vec<(&'static str, String)>;

/// What the call says of itself.
async fn facts(
    app: &App,
    book: &CallBook,
    council: &Council,
    say: Say<'_>,
) -> Result<Places, Error> {
    let call = &book.call;
    let published = call.published_at.map(|at| calendar::date_at(at, &book.zone));
    let url = super::answer::html_url(app, book);
    let lead = councils::by_id(&app.db, call.lead_id).await?.ok_or(Error::NotFound)?;
    let terms = charter::in_force(&mut Reader::Db(&app.db), call.space_id).await?;
    let rule = rule_text(book, say);
    let steps: String = rule.steps.iter().map(|step| format!("- {step}\n")).collect();
    Ok(vec![
        ("call", call.reference.clone()),
        ("title", call.title.clone()),
        ("council", council.name.clone()),
        ("lead", lead.name),
        ("need", call.need.trim().to_owned()),
        ("licence", call.licence.clone()),
        ("published_on", published.map_or_else(|| blank(say, "date", "date"), |day| say.day(day))),
        ("verify", format!("{url}/verify")),
        ("url", url),
        ("basis", basis(book, say).to_owned()),
        ("rule", rule.rule),
        ("steps", steps),
        ("deadline", say.day(call.deadline)),
        ("councils_min", call.councils_min.to_string()),
        ("minimum", say.money(Amount::from_minor(call.minimum))),
        ("milestones", tables::milestones(book, say)),
        ("leaving", leaving(book, &terms, say)?),
    ])
}

/// What it means for this council.
async fn figures(
    app: &App,
    book: &CallBook,
    council: &Council,
    say: Say<'_>,
) -> Result<Places, Error> {
    let position = book.position(council.id);
    let me = Participant {
        population: book.inhabitants(council.id),
        ceiling: position.and_then(|row| row.ceiling).map(Amount::from_minor),
        ..Participant::new(council.slug.clone())
    };
    let prospect = book.prospect(&me).map_err(|error| super::refused(&error))?;
    let best = book.shares_if_all_join().map_err(|error| super::refused(&error))?;
    let now = book.shares_now().map_err(|error| super::refused(&error))?;
    let years = match position {
        Some(row) => pledges::years(&app.db, row.id).await?,
        None => Vec::new(),
    };
    let year = |one: &pledges::Year| {
        let section = say.text(&format!("budget-{}", one.section.name()));
        format!("{} → {} ({section})", one.year, say.money(Amount::from_minor(one.amount)))
    };
    let years: Vec<String> = years.iter().map(year).collect();
    let unknown = || blank(say, "exercice → montant, section", "financial year → amount, budget");
    let ceiling = || blank(say, "plafond", "ceiling");
    let request = audit::request_told(book)?;
    Ok(vec![
        ("ceiling", me.ceiling.map_or_else(ceiling, |one| say.money(one))),
        ("years", if years.is_empty() { unknown() } else { say.list(years) }),
        ("share_now", say.money(prospect.now)),
        ("share_best", say.money(prospect.if_all_join)),
        ("inputs", tables::inputs(book, say)),
        ("table", tables::shares(book, say, (now.as_ref(), best.as_ref()))),
        ("digest", audit::digest(&request)?),
    ])
}

fn basis(book: &CallBook, say: Say<'_>) -> &'static str {
    match (book.call.basis.as_str(), say.locale()) {
        ("gross", Locale::Fr) => "TTC",
        ("gross", Locale::En) => "including VAT",
        (_, Locale::Fr) => "HT",
        (_, Locale::En) => "excluding VAT",
    }
}

/// How a firm pledge is taken back, as the charter has it.
fn leaving(
    book: &CallBook,
    terms: &forge_domain::charter::Charter,
    say: Say<'_>,
) -> Result<String, Error> {
    let notice = book.leaving(terms)?.notice;
    Ok(match notice {
        None => say.text("pack-leaving"),
        Some((days, _)) => say.with("pack-leaving-notice", &[("days", i64::from(days).into())]),
    })
}
