//! The finance service's word on a pledge before its signatory commits.

use axum::{
    Json,
    extract::{Path, State},
};
use forge_api::{
    Amount as Text,
    dialect::ApiError,
    pledges::{Pledge, PledgeVisa, Visa, VisaDecision},
};
use forge_domain::{
    access::{Deed, Holder, Resource, Visibility},
    calendar, pledge as rules,
};
use forge_store::pledges;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, pledges::year};
use crate::{
    actions::{allow, pledges::AttestPledge},
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::open,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, decide))
}

/// What the finance service has said of a pledge, oldest first, for the people of its council.
#[utoipa::path(
    get,
    path = "/pledges/{ref}/visas",
    tag = "funding",
    params(("ref" = String, Path)),
    responses(
        (status = 200, body = Vec<Visa>),
        (status = 401, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Vec<Visa>>, Error> {
    caller.signed_in()?;
    let (opened, row) = open::pledge(&app, caller.actor(), &reference).await?;
    let council = Resource::new(Holder::Council(row.council_id), Visibility::Public);
    allow(caller.actor(), Deed::ReadCouncilInternals, &council)?;
    let told = |visa: pledges::Visa| Visa {
        number: visa.number,
        decision: match visa.decision {
            rules::VisaDecision::Attested => VisaDecision::Attested,
            rules::VisaDecision::Returned => VisaDecision::Returned,
            rules::VisaDecision::Refused => VisaDecision::Refused,
        },
        ceiling: Text(opened.book.decimal(visa.ceiling)),
        commitment_no: visa.commitment_no,
        reason: visa.reason,
        decided_at: calendar::format_instant(visa.decided_at),
    };
    Ok(Json(pledges::visas(&app.db, row.id).await?.into_iter().map(told).collect()))
}

/// Approves a pledge before its signatory commits, sends it back, or ends it with a no.
#[utoipa::path(
    post,
    path = "/pledges/{ref}/visas",
    tag = "funding",
    params(("ref" = String, Path)),
    request_body = PledgeVisa,
    responses(
        (status = 200, body = Pledge),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn decide(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
    Body(body): Body<PledgeVisa>,
) -> Result<Json<Pledge>, Error> {
    let action = AttestPledge {
        reference,
        decision: match body.decision {
            VisaDecision::Attested => rules::VisaDecision::Attested,
            VisaDecision::Returned => rules::VisaDecision::Returned,
            VisaDecision::Refused => rules::VisaDecision::Refused,
        },
        ceiling: body.ceiling,
        years: body.budget_years.into_iter().map(year).collect(),
        commitment_no: body.commitment_no,
        reason: body.reason.unwrap_or_default(),
    };
    Ok(Json(app.act(&caller.by, action).await?))
}
