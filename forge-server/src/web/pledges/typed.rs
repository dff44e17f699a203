//! What the forms of a pledge say of its act and its years, and the choices they offer.

use forge_api::pledges::{EvidenceVisibility, NewEvidence};

use super::{Choice, amount};
use crate::{
    actions::{evidence::NewAct, pledges::NewYear},
    app::App,
    auth::Viewer,
    error::{Error, Refusal},
    funding::{CallBook, evidence::KeptFile, open::OpenedCall},
    web::{
        calls::say::Say,
        form::{Given, day},
    },
};

/// How many budget years the form splits a ceiling over.
const YEAR_ROWS: usize = 3;

/// The ceiling by budget year as the form splits it; rows without an amount are left out.
pub(super) fn years(
    opened: &OpenedCall,
    viewer: &Viewer,
    given: &Given,
) -> Result<Vec<NewYear>, Error> {
    let mut years = Vec::new();
    for row in 1..=YEAR_ROWS {
        let text = given.get(&format!("year_amount_{row}"));
        if text.trim().is_empty() {
            continue;
        }
        let wrong = || Error::Refused(Refusal::field("budget_years", "budget_year_invalid"));
        let year = given.get(&format!("year_{row}")).trim().parse().map_err(|_| wrong())?;
        let section = given.get(&format!("year_section_{row}"));
        let section = if section.is_empty() { "operating" } else { section };
        years.push(NewYear {
            year,
            amount: amount(&opened.book, viewer.locale(), text),
            section: section.parse().map_err(|_| wrong())?,
            account_hint: Some(given.get(&format!("year_account_{row}")).to_owned()),
        });
    }
    Ok(years)
}

/// The act as the form describes it.
pub(super) fn act(given: &Given, kept: Option<KeptFile>) -> Result<NewAct, Error> {
    let date = |field| Ok::<_, Error>(day(field, given.get(field))?.map(|day| day.to_string()));
    let text = |field| Some(given.get(field).to_owned()).filter(|text| !text.is_empty());
    let decided =
        date("date")?.ok_or_else(|| Error::Refused(Refusal::field("date", "date_missing")))?;
    let new = NewEvidence {
        kind: given.get("kind").to_owned(),
        number: given.get("number").to_owned(),
        date: decided,
        prefecture_receipt: date("prefecture_receipt")?,
        published: date("published")?,
        delegation_ref: text("delegation_ref"),
        matter_code: text("matter_code"),
        url: text("url"),
        visibility: match given.get("visibility") {
            "public" => EvidenceVisibility::Public,
            "members" => EvidenceVisibility::Members,
            _ => EvidenceVisibility::Auditors,
        },
        file: None,
    };
    NewAct::parse(&new, kept)
}

/// Faults of the act as a whole stand beside its kind, those of the file beside the file.
pub(super) fn file_field(error: Error) -> Error {
    let Error::Refused(mut refusal) = error else { return error };
    for field in &mut refusal.fields {
        if field.field == "evidence" {
            let of_file = matches!(field.code, "evidence_empty" | "evidence_file_kind");
            field.field = if of_file { "file" } else { "kind" };
        }
    }
    Error::Refused(refusal)
}

/// The kinds of act that back a firm pledge under the vehicle of a call.
pub(super) fn kinds(app: &App, say: Say<'_>, book: &CallBook) -> Result<Vec<Choice>, Error> {
    let vehicle = app.profiles.of(&book.call.profile)?.vehicle(&book.call.vehicle);
    let kinds = vehicle.iter().flat_map(|vehicle| &vehicle.evidence);
    let choice = |kind: &String| Choice {
        value: kind.clone(),
        label: say.text(&format!("evidence-{}", kind.replace('_', "-"))),
    };
    Ok(kinds.map(choice).collect())
}

pub(super) fn visibility(say: Say<'_>, word: &str) -> Choice {
    Choice { value: word.to_owned(), label: say.text(&format!("evidence-visible-{word}")) }
}
