//! Calls for funds: drawn up, issued, taken back, and the statements that go with them.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use forge_api::{
    dialect::ApiError,
    funds::{FundsCall, FundsCallDraft, FundsReason, LineReferences, Overdue},
};
use forge_domain::{access::Deed, calendar, funds::FundsCallState, money::Amount};
use forge_store::{councils, funds};
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, Query, pages::PagesQuery, slug};
use crate::{
    actions::{
        allow,
        funds::{CancelFundsCall, DraftFundsCall, IssueFundsCall, SetReferences},
    },
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::{
        Reader,
        funds::{FundsBook, answer, statement},
        open::{self, OpenedCall},
    },
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, draft))
        .routes(routes!(view))
        .routes(routes!(issue))
        .routes(routes!(cancel))
        .routes(routes!(references))
        .routes(routes!(calculation))
        .routes(routes!(csv))
        .routes(routes!(overdue))
}

/// A call and its money, for a reader.
pub(super) async fn opened(
    app: &App,
    caller: &ApiCaller,
    call: &str,
) -> Result<(OpenedCall, FundsBook), Error> {
    let opened = open::call(app, caller.actor(), call).await?;
    let money = FundsBook::load(&mut Reader::Db(&app.db), &opened.book).await?;
    Ok((opened, money))
}

/// Opens a call for funds: a draft is the space's alone.
async fn find(
    app: &App,
    caller: &ApiCaller,
    reference: &str,
) -> Result<(OpenedCall, FundsBook, funds::FundsCall), Error> {
    let row = funds::by_ref(&app.db, reference).await?.ok_or(Error::NotFound)?;
    let (opened, money) = opened(app, caller, &row.call_ref).await?;
    if row.state == FundsCallState::Draft && !opened.internal {
        return Err(Error::NotFound);
    }
    Ok((opened, money, row))
}

/// The calls for funds of a call; drafts for its space alone.
#[utoipa::path(
    get,
    path = "/calls/{ref}/funds-calls",
    tag = "funds",
    params(("ref" = String, Path), PagesQuery),
    responses((status = 200, body = Vec<FundsCall>), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    pages: Pages,
) -> Result<Listed<FundsCall>, Error> {
    let (opened, money) = opened(&app, &caller, &call).await?;
    let shown = |row: &&funds::FundsCall| opened.internal || row.state != FundsCallState::Draft;
    let told = money
        .calls
        .iter()
        .filter(shown)
        .map(|row| answer::call(&app, (&opened.book, &money), row, opened.internal))
        .collect::<Result<_, _>>()?;
    Ok(pages.cut(told))
}

/// Draws up the call for funds of a milestone, or draws its draft up again.
#[utoipa::path(
    post,
    path = "/calls/{ref}/funds-calls",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = FundsCallDraft,
    responses(
        (status = 201, body = FundsCall),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn draft(
    State(app): State<App>,
    caller: ApiCaller,
    Path(call): Path<String>,
    Body(body): Body<FundsCallDraft>,
) -> Result<(StatusCode, Json<FundsCall>), Error> {
    let FundsCallDraft { milestone, due_on, pay_to } = body;
    let action = DraftFundsCall { call, milestone, due_on, pay_to };
    Ok((StatusCode::CREATED, Json(app.act(&caller.by, action).await?)))
}

/// One call for funds.
#[utoipa::path(
    get,
    path = "/funds-calls/{ref}",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = FundsCall), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<FundsCall>, Error> {
    let (opened, money, row) = find(&app, &caller, &reference).await?;
    answer::call(&app, (&opened.book, &money), &row, opened.internal).map(Json)
}

/// Issues a draft: every council owes its line from now on.
#[utoipa::path(
    post,
    path = "/funds-calls/{ref}/issue",
    tag = "funds",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = FundsCall),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn issue(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<FundsCall>, Error> {
    app.act(&caller.by, IssueFundsCall { reference, version: None }).await.map(Json)
}

/// Takes an issued call for funds back by a credit note.
#[utoipa::path(
    post,
    path = "/funds-calls/{ref}/cancel",
    tag = "funds",
    params(("ref" = String, Path)),
    request_body = FundsReason,
    responses(
        (status = 200, body = FundsCall),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn cancel(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<FundsReason>,
) -> Result<Json<FundsCall>, Error> {
    app.act(&caller.by, CancelFundsCall { reference, reason: body.reason }).await.map(Json)
}

/// Writes the references of a line: revenue order, service code, commitment number.
#[utoipa::path(
    put,
    path = "/funds-calls/{ref}/lines/{council}",
    tag = "funds",
    params(("ref" = String, Path), ("council" = String, Path)),
    request_body = LineReferences,
    responses(
        (status = 200, body = FundsCall),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn references(
    State(app): State<App>,
    caller: ApiCaller,
    Path((reference, council)): Path<(String, String)>,
    Body(references): Body<LineReferences>,
) -> Result<Json<FundsCall>, Error> {
    app.act(&caller.by, SetReferences { reference, council, references }).await.map(Json)
}

/// The calculation whose SHA-256 stands on every statement, byte for byte.
#[utoipa::path(
    get,
    path = "/funds-calls/{ref}/calculation",
    tag = "funds",
    params(("ref" = String, Path)),
    responses((status = 200, body = Object), (status = 404, body = ApiError)),
)]
async fn calculation(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Response, Error> {
    let (_, _, row) = find(&app, &caller, &reference).await?;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], row.calculation).into_response())
}

/// Which lines a statement holds.
#[derive(Debug, Clone, Deserialize, IntoParams)]
pub(super) struct StatementQuery {
    /// One council; all of them where nothing is said.
    council: Option<String>,
}

/// The statement of amounts due as CSV, for a finance system.
#[utoipa::path(
    get,
    path = "/funds-calls/{ref}/statement.csv",
    tag = "funds",
    params(("ref" = String, Path), StatementQuery),
    responses((status = 200, body = String), (status = 404, body = ApiError)),
)]
async fn csv(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Query(query): Query<StatementQuery>,
) -> Result<Response, Error> {
    let (opened, money, row) = find(&app, &caller, &reference).await?;
    let separator = app.profiles.of(&opened.book.call.profile)?.csv_separator;
    let lines = (query.council.as_deref(), separator);
    let text = statement::csv((&opened.book, &money), &row, lines);
    Ok(statement::as_csv(text, &row.reference))
}

/// Whose overdue lines are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
pub(super) struct OverdueQuery {
    /// The council that owes; all of them where nothing is said.
    council: Option<String>,
}

/// What is overdue: for the councils of a space at once, for everybody after 60 days.
#[utoipa::path(
    get,
    path = "/funds-calls/overdue",
    tag = "funds",
    params(OverdueQuery, PagesQuery),
    responses((status = 200, body = Vec<Overdue>), (status = 404, body = ApiError)),
)]
async fn overdue(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<OverdueQuery>,
    pages: Pages,
) -> Result<Listed<Overdue>, Error> {
    let council = match &query.council {
        Some(council) => {
            let council = councils::by_slug(&app.db, &slug(council)?).await?;
            Some(council.ok_or(Error::NotFound)?.id)
        }
        None => None,
    };
    let today = calendar::date_at(app.clock.now(), &TimeZone::UTC);
    let mut told = Vec::new();
    for row in funds::overdue(&app.db, council, today).await? {
        let days = i64::from(row.due_on.until(today).map_err(anyhow::Error::from)?.get_days());
        if days <= statement::OVERDUE_MEMBERS_DAYS {
            let (_, holder) = open::space(&app, &row.space_slug).await?;
            let on = forge_domain::access::Resource::published_call(holder);
            if allow(caller.actor(), Deed::ReadSpaceInternals, &on).is_err() {
                continue;
            }
        }
        let currency = forge_domain::money::Currency::from_code(&row.currency);
        let currency = currency.map_err(anyhow::Error::from)?;
        told.push(Overdue {
            funds_call: row.reference,
            call: row.call_ref,
            council: row.council_slug,
            due_on: row.due_on.to_string(),
            days,
            currency: row.currency,
            owed: forge_api::Amount(Amount::from_minor(row.owed).to_decimal(currency)),
        });
    }
    Ok(pages.cut(told))
}
