//! Two tables in the form French public bodies publish (SCDL, «socle commun des données locales»):
//! the subsidies that councils pay to the lead of a call, and the deliberations behind pledges.
//! Their columns are exactly those of the national schemas, so the state they show stands in the
//! headers of the answer. What nobody recorded stays empty, also where the schema wants it: a file
//! that says what is missing is better than one that guesses.

use forge_domain::access::Visibility;
use forge_messages::{Arg, Locale};
use forge_store::{councils, evidence, funds, pledges};

use super::{Cell, Source, rows::day};
use crate::{app::App, error::Error, funding::CallBook};

/// The vehicle by which councils subsidise a lead that buys alone (domain.md §c16).
const BY_GRANT: &str = "grant_to_lead";
/// The kind of act that a deliberation is.
const DELIBERATION: &str = "deliberation";
/// The profile whose law asks for these files.
const PROFILE: &str = "fr";
/// The longest subject of a subsidy.
const SUBJECT_CHARS_MAX: usize = 256;

/// SCDL «subventions»: one row for each council that pays the lead of a confirmed call its share.
pub(super) async fn subsidies(
    app: &App,
    source: &Source,
    book: &CallBook,
) -> Result<Vec<Vec<Cell>>, Error> {
    let call = &book.call;
    let agreed = call.ended_at.filter(|_| call.snapshot.is_some());
    let (Some(agreed), BY_GRANT, PROFILE) = (agreed, &*call.vehicle, &*call.profile) else {
        return Ok(Vec::new());
    };
    let (conditions, period) = payment(app, book, &day(agreed)).await?;
    let lead = call.lead_slug.parse().map_err(anyhow::Error::from)?;
    let lead = councils::by_slug(&app.db, &lead).await?.ok_or(Error::NotFound)?.name;
    let subject = short(&format!("{} ({})", call.title, call.reference));
    let mut rows = Vec::new();
    for pledge in book.living().filter(|pledge| pledge.council_slug != call.lead_slug) {
        let share = if call.basis == "gross" { pledge.final_gross } else { pledge.final_net };
        let Some(share) = share else { continue };
        let acts = evidence::of_pledge(&app.db, pledge.id).await?;
        rows.push(vec![
            pledge.council_name.as_str().into(),
            source.siret(&pledge.council_slug),
            day(agreed).into(),
            Cell::some(acts.last().map(|act| act.number.as_str())),
            lead.as_str().into(),
            source.siret(&call.lead_slug),
            Cell::Nothing,
            subject.as_str().into(),
            book.decimal(share).into(),
            "aide en numéraire".into(),
            conditions.into(),
            period.as_str().into(),
            Cell::Nothing,
            "false".into(),
            // All of what this council gives goes to this one body.
            "1".into(),
        ]);
    }
    Ok(rows)
}

/// How and when a share is paid: at once, or milestone by milestone; the day, or the first and the
/// last.
async fn payment(
    app: &App,
    book: &CallBook,
    agreed: &str,
) -> Result<(&'static str, String), Error> {
    let claims = funds::of_call(&app.db, book.call.id).await?;
    let asked = claims.iter().filter(|claim| claim.issued_at.is_some());
    let mut days: Vec<String> = asked.map(|claim| claim.due_on.to_string()).collect();
    if days.is_empty() {
        let due = book.milestones.iter().filter_map(|slice| slice.due_on);
        days = due.map(|day| day.to_string()).collect();
        days.push(agreed.to_owned());
    }
    days.sort_unstable();
    days.dedup();
    let conditions = if book.milestones.len() > 1 { "échelonné" } else { "unique" };
    let period = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}/{last}"),
        (Some(only), _) => only.clone(),
        (None, _) => agreed.to_owned(),
    };
    Ok((conditions, period))
}

/// SCDL «délibérations» 2.1.4: one row for each deliberation that a public pledge rests on.
pub(super) async fn deliberations(
    app: &App,
    source: &Source,
    book: &CallBook,
) -> Result<Vec<Vec<Cell>>, Error> {
    if book.call.profile != PROFILE {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    for pledge in &book.pledges {
        let years = pledges::years(&app.db, pledge.id).await?;
        let mut budgets = years.iter().map(|year| year.year);
        // A deliberation over several years names no one budget.
        let budget = budgets.next().filter(|first| budgets.all(|other| other == *first));
        for act in evidence::of_pledge(&app.db, pledge.id).await? {
            if act.kind != DELIBERATION {
                continue;
            }
            let open = act.visibility == Visibility::Public.name();
            let code = act.matter_code.as_deref();
            let name = code.and_then(matter);
            rows.push(vec![
                pledge.council_name.as_str().into(),
                source.siret(&pledge.council_slug),
                act.number.as_str().into(),
                act.decided_on.to_string().into(),
                Cell::some(code),
                Cell::some(name),
                object(app, book, pledge.ceiling).into(),
                Cell::some(budget.map(|year| year.to_string())),
                Cell::Nothing,
                Cell::Nothing,
                Cell::some(act.prefecture_receipt_on.map(|day| day.to_string())),
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
                Cell::Nothing,
                Cell::some(act.url.filter(|_| open)),
            ]);
        }
    }
    Ok(rows)
}

/// What was decided, in French: the file is a French one.
fn object(app: &App, book: &CallBook, ceiling: Option<i64>) -> String {
    let exponent = u8::try_from(book.currency.exponent()).unwrap_or(2);
    let minor = ceiling.unwrap_or_default();
    let args = [
        ("title", Arg::from(&book.call.title)),
        ("call", Arg::from(&book.call.reference)),
        ("ceiling", Arg::Money { minor, currency: book.currency.code(), exponent }),
    ];
    app.messages.text(Locale::Fr, "scdl-deliberation", &args)
}

fn short(text: &str) -> String {
    text.chars().take(SUBJECT_CHARS_MAX).collect()
}

/// The name of a matter of the national nomenclature of acts (ACTES), of its first two levels.
fn matter(code: &str) -> Option<String> {
    let (first, _) = code.split_once('.')?;
    let above = match first {
        "1" => "Commande publique",
        "2" => "Urbanisme",
        "3" => "Domaine et patrimoine",
        "4" => "Fonction publique",
        "5" => "Institutions et vie politique",
        "6" => "Libertés publiques et pouvoirs de police",
        "7" => "Finances locales",
        "8" => "Domaines de compétences par thèmes",
        "9" => "Autres domaines de compétences",
        _ => return None,
    };
    let below = match code {
        "1.1" => "Marchés publics",
        "1.2" => "Délégations de service public",
        "1.3" => "Conventions de mandat",
        "1.4" => "Autres types de contrats",
        "5.7" => "Intercommunalité",
        "7.1" => "Décisions budgétaires",
        "7.5" => "Subventions",
        "7.6" => "Contributions budgétaires",
        "7.8" => "Fonds de concours",
        "7.10" => "Divers",
        // The rest is rare here, and its first level says enough.
        _ => return Some(above.to_owned()),
    };
    Some(format!("{above}/{below}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_named_by_its_code() {
        assert_eq!(matter("7.5").as_deref(), Some("Finances locales/Subventions"));
        assert_eq!(matter("8.4").as_deref(), Some("Domaines de compétences par thèmes"));
        for unknown in ["", "7", "x.1", "0.1", "10.1"] {
            assert_eq!(matter(unknown), None, "{unknown}");
        }
    }
}
