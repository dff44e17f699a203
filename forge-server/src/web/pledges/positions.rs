//! `/{council}/-/positions.csv`: every position of a council, for its finance officer, a budget
//! year or all of them.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use forge_domain::{
    calendar,
    money::{Amount, Currency},
    names::Slug,
};
use forge_store::{
    councils,
    pledges::{self, Position, YearOf},
};
use serde::Deserialize;

use crate::{
    app::App,
    auth::Viewer,
    error::{Error, FieldRefusal, Refusal},
    funding::open,
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
    // What the reader may not see is not there.
    let rows = open::positions(&app, viewer.actor(), council.id).await?;
    let years = pledges::years_of_council(&app.db, council.id).await?;
    for row in rows {
        let mut all = years.iter().filter(|year| year.pledge_id == row.id).peekable();
        if all.peek().is_none() {
            text.push_str(&line(&council.slug, &row, None)?);
        }
        for year in all.filter(|year| wanted.is_none_or(|wanted| wanted == year.year)) {
            text.push_str(&line(&council.slug, &row, Some(year))?);
        }
    }
    let name = match wanted {
        Some(year) => format!("{}-{year}.csv", council.slug),
        None => format!("{}.csv", council.slug),
    };
    csv::file(&name, text)
}

fn line(council: &str, row: &Position, year: Option<&YearOf>) -> Result<String, Error> {
    let currency = Currency::from_code(&row.currency).map_err(anyhow::Error::from)?;
    let zone = calendar::parse_zone(&row.time_zone).map_err(anyhow::Error::from)?;
    let decimal = |minor| Amount::from_minor(minor).to_decimal(currency);
    let amount = |minor: Option<i64>| minor.map(decimal).unwrap_or_default();
    let day = |at| calendar::date_at(at, &zone).to_string();
    let fields = [
        row.reference.clone(),
        row.call_ref.clone(),
        row.call_title.clone(),
        row.space_slug.clone(),
        council.to_owned(),
        row.state.name().to_owned(),
        row.currency.clone(),
        row.basis.clone(),
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
    Ok(csv::line(';', fields))
}
