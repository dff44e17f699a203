//! `/{council}/-/positions.csv`: every position of a council, for its finance officer, a budget
//! year or all of them.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use forge_domain::names::Slug;
use forge_store::{
    councils,
    pledges::{self, Pledge, Year},
};
use serde::Deserialize;

use crate::{
    app::App,
    auth::Viewer,
    error::{Error, FieldRefusal, Refusal},
    funding::{CallBook, open},
    web::csv,
};

/// The columns, each named once.
const HEADER: &str = "ref;call;title;space;council;state;currency;basis;ceiling;budget_year;\
                      budget_section;budget_amount;final_net;final_vat;final_gross;\
                      commitment_no;service_code;planned_on;committed_on\r\n";

/// Which year is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    year: String,
}

/// One line a pledge and budget year; a pledge without years has one line, and stands in every
/// year. Amounts are decimal with a point, dates ISO 8601.
pub(super) async fn file(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let slug = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let council = councils::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let wanted = match asked.year.trim() {
        "" => None,
        year => Some(year.parse::<i64>().map_err(|_| {
            let field = FieldRefusal { field: "year", code: "budget_year_invalid", args: vec![] };
            Error::Refused(Refusal::form(vec![field]))
        })?),
    };
    let mut text = String::from(HEADER);
    for row in pledges::of_council(&app.db, council.id).await? {
        // What the reader may not see is not there.
        let (opened, row) = match open::pledge(&app, viewer.actor(), &row.reference).await {
            Ok(found) => found,
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        };
        let years = pledges::years(&app.db, row.id).await?;
        let own = years.iter().filter(|year| wanted.is_none_or(|wanted| wanted == year.year));
        let own: Vec<_> = own.collect();
        if years.is_empty() {
            text.push_str(&line(&opened.book, &row, None));
        }
        for year in own {
            text.push_str(&line(&opened.book, &row, Some(year)));
        }
    }
    let name = match wanted {
        Some(year) => format!("{}-{year}.csv", council.slug),
        None => format!("{}.csv", council.slug),
    };
    csv::file(&name, text)
}

fn line(book: &CallBook, row: &Pledge, year: Option<&Year>) -> String {
    let amount = |minor: Option<i64>| minor.map(|minor| book.decimal(minor)).unwrap_or_default();
    let day = |at| forge_domain::calendar::date_at(at, &book.zone).to_string();
    let fields = [
        row.reference.clone(),
        row.call_ref.clone(),
        book.call.title.clone(),
        book.call.space_slug.clone(),
        row.council_slug.clone(),
        row.state.name().to_owned(),
        book.call.currency.clone(),
        book.call.basis.clone(),
        amount(row.ceiling),
        year.map(|year| year.year.to_string()).unwrap_or_default(),
        year.map(|year| year.section.name().to_owned()).unwrap_or_default(),
        amount(year.map(|year| year.amount)),
        amount(row.final_net),
        amount(row.final_vat),
        amount(row.final_gross),
        row.commitment_no.clone().unwrap_or_default(),
        row.service_code.clone().unwrap_or_default(),
        row.planned_on.map(|day| day.to_string()).unwrap_or_default(),
        row.committed_at.map(day).unwrap_or_default(),
    ];
    csv::line(';', fields)
}
