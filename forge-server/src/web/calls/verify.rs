//! `/{space}/-/calls/{ref}/verify`: the shares of a call computed again, beside those told.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_api::share;
use forge_domain::{hex, money::Amount};
use forge_store::funds;
use serde::Serialize;

use super::view;
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{audit, refused},
    themes::{Chrome, Money},
    web::page::{page, text},
};

/// `pages/call-verify.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyPage {
    /// The frame.
    pub page: Chrome,
    /// One line a council.
    pub rows: Vec<VerifyRow>,
    /// Whether every share is what the rule gives.
    pub same: bool,
    /// SHA-256 of what the shares are computed from.
    pub digest: String,
    /// Calls for funds: reference, digest and address of the calculation.
    pub claims: Vec<(String, String, String)>,
    /// What the shares are computed from, for programs.
    pub request: String,
    /// Everything for a check elsewhere.
    pub audit: String,
    /// The command that checks.
    pub check: String,
}

/// One council.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyRow {
    /// Its slug.
    pub council: String,
    /// Its share as told.
    pub told: Option<Money>,
    /// Its share as computed now.
    pub computed: Option<Money>,
}

pub(super) async fn verify(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, reference)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = view::at(&app, &viewer, (&space, &reference)).await?;
    let book = opened.book.clone().for_public();
    let told = match book.frozen()? {
        Some(shares) => shares,
        None => {
            let now = book.shares_now().map_err(|error| refused(&error))?;
            now.map(|outcome| outcome.shares).unwrap_or_default()
        }
    };
    let request = audit::request_told(&book)?;
    let computed = if request.councils.is_empty() { None } else { share::compute(&request).ok() };
    let read =
        |text: Option<&forge_api::Amount>| text.and_then(|text| text.to_domain(book.currency).ok());
    let mut names: BTreeSet<&String> = told.keys().collect();
    names.extend(computed.iter().flat_map(|outcome| outcome.shares.keys()));
    let mut rows = Vec::new();
    let mut same = true;
    for council in names {
        let mut own = read(computed.as_ref().and_then(|outcome| outcome.shares.get(council)));
        // The guarantor's part of the gap is a share like any other, once shares are final.
        let guarantor = book.backstop.as_ref().is_some_and(|one| one.slug == *council);
        if guarantor && book.frozen()?.is_some() {
            let used = computed.as_ref().and_then(|outcome| outcome.backstop.as_ref());
            let used = read(used.map(|one| &one.used)).unwrap_or_default();
            let sum = Amount::checked_sum([own.unwrap_or_default(), used]);
            own = Some(sum.map_err(anyhow::Error::from)?);
        }
        let share = told.get(council).copied();
        same &= share.unwrap_or_default() == own.unwrap_or_default();
        let money = |amount: Amount| Money::new(amount, book.currency);
        rows.push(VerifyRow {
            council: council.clone(),
            told: share.map(money),
            computed: own.map(money),
        });
    }
    let claims = funds::of_call(&app.db, book.call.id).await?;
    let claims = claims.into_iter().filter(|claim| claim.issued_at.is_some()).map(|claim| {
        let address = format!("/api/v1/funds-calls/{}/calculation", claim.reference);
        (claim.reference, hex::encode(&claim.digest), address)
    });
    let body = VerifyPage {
        page: view::frame_below(&app, &viewer, &opened, text(&app, &viewer, "call-verify-title")),
        rows,
        same,
        digest: audit::digest(&request)?,
        claims: claims.collect(),
        request: format!("/api/v1/calls/{reference}/share-request"),
        audit: format!("/api/v1/calls/{reference}/audit"),
        check: format!("forge call verify {reference}"),
    };
    page(&app, &viewer, "pages/call-verify.html", &body)
}
