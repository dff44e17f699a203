//! `/transparency.csv`: what the page of the same name says, whole.

use axum::{
    extract::{Query, State},
    response::Response,
};
use forge_domain::money::{Amount, Currency};
use forge_store::transparency::{self as store, CallSums, CouncilSums};

use super::{named::COUNCILS_MAX, transparency::Asked};
use crate::{app::App, auth::Viewer, error::Error, web::csv};

/// Lines of a file that are read at a time.
const PART: i64 = 1_000;
/// The columns of the files.
const CALLS: &str = "ref,space,title,state,currency,basis,committed,called,paid,granted,spent,\
                     refunded,balance\r\n";
const COUNCILS: &str = "council,name,currency,committed,called,paid,refunded\r\n";

/// The same as a file: calls, or councils where `by` says so; whole, whatever a page shows.
pub(super) async fn file(
    State(app): State<App>,
    _: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let parties = store::parties(&app.db, COUNCILS_MAX).await?;
    let filter = asked.filter(&app, &parties).await?;
    let by_council = asked.by == "council";
    let mut out = if by_council { COUNCILS } else { CALLS }.to_owned();
    let mut skip = 0;
    while let Some(filter) = filter {
        let before = out.len();
        if by_council {
            for row in store::councils(&app.db, filter, (PART, skip)).await? {
                out.push_str(&csv::line(',', council_cells(row)?));
            }
        } else {
            for row in store::calls(&app.db, filter, (PART, skip)).await? {
                out.push_str(&csv::line(',', call_cells(row)?));
            }
        }
        if out.len() == before {
            break;
        }
        skip += PART;
    }
    csv::file(if by_council { "councils.csv" } else { "calls.csv" }, out)
}

fn decimals(code: &str) -> Result<impl Fn(i64) -> String + use<>, Error> {
    let currency = Currency::from_code(code).map_err(anyhow::Error::from)?;
    Ok(move |minor| Amount::from_minor(minor).to_decimal(currency))
}

fn call_cells(row: CallSums) -> Result<Vec<String>, Error> {
    let of = decimals(&row.currency)?;
    let amounts = [row.committed, row.called, row.paid, row.granted, row.spent, row.refunded];
    let balance = row.paid + row.granted - row.spent - row.refunded;
    let mut cells = vec![
        row.reference,
        row.space_slug,
        row.title,
        row.state.name().to_owned(),
        row.currency,
        row.basis,
    ];
    cells.extend(amounts.into_iter().chain([balance]).map(of));
    Ok(cells)
}

fn council_cells(row: CouncilSums) -> Result<Vec<String>, Error> {
    let of = decimals(&row.currency)?;
    let amounts = [row.committed, row.called, row.paid, row.refunded].map(of);
    Ok([row.slug, row.name, row.currency].into_iter().chain(amounts).collect())
}
