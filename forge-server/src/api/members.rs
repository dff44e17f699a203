//! Who acts for a council: roles, mandates, invitations.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    Amount,
    dialect::ApiError,
    members::{
        AcceptInvitation, GiveRole, HeldRole as ToldRole, Invitation as ToldInvitation,
        Mandate as ToldMandate, NewInvitation, NewMandate, Role as RoleWord,
    },
};
use forge_domain::{
    Id,
    access::{Deed, Holder, Resource, Role, Visibility},
    calendar,
    money::Currency,
};
use forge_store::{
    councils::{self, Council},
    invitations::{self, Invitation},
    mandates::{self, Mandate},
    roles::{self, HeldRole},
};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, pages::PagesQuery};
use crate::{
    actions::{
        allow,
        invitations::{self as invite, DAYS_DEFAULT},
        mandates as mandate_acts,
        members::{EndRole, Grant, GrantRole, GrantSignatory},
    },
    app::App,
    auth::{ApiCaller, secret},
    error::{Error, Refusal},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(roles_of, give_role))
        .routes(routes!(end_role))
        .routes(routes!(mandates_of, give_mandate))
        .routes(routes!(revoke_mandate))
        .routes(routes!(invitations_of, invite_person))
        .routes(routes!(withdraw))
        .routes(routes!(accept))
}

/// The roles people hold in a council; for its own people and administrators.
#[utoipa::path(
    get,
    path = "/councils/{council}/roles",
    tag = "members",
    params(("council" = String, Path), PagesQuery),
    responses((status = 200, body = [ToldRole]), (status = 404, body = ApiError)),
)]
async fn roles_of(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<ToldRole>, Error> {
    let council = internals(&app, &caller, &slug).await?;
    let held = roles::of_council(&app.db, council.id, app.clock.now()).await?;
    Ok(pages.cut(held.iter().map(role).collect()))
}

/// Gives a role in a council.
#[utoipa::path(
    post,
    path = "/councils/{council}/roles",
    tag = "members",
    params(("council" = String, Path)),
    request_body = GiveRole,
    responses(
        (status = 201, body = ToldRole),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn give_role(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<GiveRole>,
) -> Result<(StatusCode, Json<ToldRole>), Error> {
    let grant = Grant {
        council: super::slug(&slug)?,
        person: named(&body.person)?,
        role: read_role(body.role),
        from: date("valid_from", body.valid_from.as_deref())?,
        until: date("valid_until", body.valid_until.as_deref())?,
    };
    let held = match grant.role {
        Role::Signatory => app.act(&caller.by, GrantSignatory(grant)).await?,
        _ => app.act(&caller.by, GrantRole(grant)).await?,
    };
    Ok((StatusCode::CREATED, Json(role(&held))))
}

/// Ends a role at once.
#[utoipa::path(
    delete,
    path = "/councils/{council}/roles/{role}",
    tag = "members",
    params(("council" = String, Path), ("role" = uuid::Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn end_role(
    State(app): State<App>,
    caller: ApiCaller,
    Path((slug, role)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let action = EndRole { council: super::slug(&slug)?, role: id(&role)? };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The mandates of a council's signatories; for its own people and administrators.
#[utoipa::path(
    get,
    path = "/councils/{council}/mandates",
    tag = "members",
    params(("council" = String, Path), PagesQuery),
    responses((status = 200, body = [ToldMandate]), (status = 404, body = ApiError)),
)]
async fn mandates_of(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<ToldMandate>, Error> {
    let council = internals(&app, &caller, &slug).await?;
    let today = calendar::date_at(app.clock.now(), &TimeZone::UTC);
    let found = mandates::of_council(&app.db, council.id, today).await?;
    Ok(pages.cut(found.iter().map(mandate).collect()))
}

/// Gives a signatory a mandate.
#[utoipa::path(
    post,
    path = "/councils/{council}/mandates",
    tag = "members",
    params(("council" = String, Path)),
    request_body = NewMandate,
    responses(
        (status = 201, body = ToldMandate),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn give_mandate(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<NewMandate>,
) -> Result<(StatusCode, Json<ToldMandate>), Error> {
    let action = mandate_acts::GiveMandate {
        council: super::slug(&slug)?,
        person: named(&body.person)?,
        amount_max: body.max_amount.0,
        currency: body.currency.unwrap_or_default(),
        kinds: body.kinds,
        from: date("valid_from", body.valid_from.as_deref())?,
        until: date("valid_until", Some(&body.valid_until))?,
        act_ref: body.act_ref,
    };
    let given = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(mandate(&given))))
}

/// Revokes a mandate at once.
#[utoipa::path(
    delete,
    path = "/councils/{council}/mandates/{mandate}",
    tag = "members",
    params(("council" = String, Path), ("mandate" = uuid::Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn revoke_mandate(
    State(app): State<App>,
    caller: ApiCaller,
    Path((slug, mandate)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let action =
        mandate_acts::RevokeMandate { council: super::slug(&slug)?, mandate: id(&mandate)? };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The invitations into a council that still work; for its own people and administrators.
#[utoipa::path(
    get,
    path = "/councils/{council}/invitations",
    tag = "members",
    params(("council" = String, Path), PagesQuery),
    responses((status = 200, body = [ToldInvitation]), (status = 404, body = ApiError)),
)]
async fn invitations_of(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<ToldInvitation>, Error> {
    let council = internals(&app, &caller, &slug).await?;
    let found = invitations::of_council(&app.db, council.id, app.clock.now()).await?;
    Ok(pages.cut(found.iter().map(|found| invitation(found, None)).collect()))
}

/// Makes a one-time link that gives a role; the link is told in this answer only.
#[utoipa::path(
    post,
    path = "/councils/{council}/invitations",
    tag = "members",
    params(("council" = String, Path)),
    request_body = NewInvitation,
    responses(
        (status = 201, body = ToldInvitation),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn invite_person(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(body): Body<NewInvitation>,
) -> Result<(StatusCode, Json<ToldInvitation>), Error> {
    let action = invite::InviteToCouncil {
        council: super::slug(&slug)?,
        role: read_role(body.role),
        email: body.email.unwrap_or_default(),
        days: body.days.map_or(DAYS_DEFAULT, i64::from),
    };
    let link = app.act(&caller.by, action).await?;
    let url = format!("{}/-/invitation/{}", app.public_url, link.secret);
    Ok((StatusCode::CREATED, Json(invitation(&link.invitation, Some(url)))))
}

/// Takes back an invitation that was not used.
#[utoipa::path(
    delete,
    path = "/councils/{council}/invitations/{invitation}",
    tag = "members",
    params(("council" = String, Path), ("invitation" = uuid::Uuid, Path)),
    responses(
        (status = 204),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn withdraw(
    State(app): State<App>,
    caller: ApiCaller,
    Path((slug, invitation)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let action =
        invite::WithdrawInvitation { council: super::slug(&slug)?, invitation: id(&invitation)? };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accepts an invitation for the person whose token this is.
#[utoipa::path(
    post,
    path = "/invitations/accept",
    tag = "members",
    request_body = AcceptInvitation,
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn accept(
    State(app): State<App>,
    caller: ApiCaller,
    Body(body): Body<AcceptInvitation>,
) -> Result<StatusCode, Error> {
    let secret = body.link.rsplit('/').next().unwrap_or_default();
    let link = secret::digest(secret);
    app.act(&caller.by, invite::AcceptInvitation { link, account: None }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A role as it is told.
pub(super) fn role(held: &HeldRole) -> ToldRole {
    ToldRole {
        id: held.id.uuid(),
        person: held.login.clone(),
        council: held.council.clone(),
        role: word(held.role),
        valid_from: day(held.valid_from),
        // The last day is the one before the instant at which it is over.
        valid_until: held.valid_until.map(|until| day(until - 1.microsecond())),
    }
}

/// A mandate as it is told.
pub(super) fn mandate(given: &Mandate) -> ToldMandate {
    let currency = Currency::from_code(&given.currency).unwrap_or(Currency::EUR);
    let amount = forge_domain::money::Amount::from_minor(given.amount_max).to_decimal(currency);
    ToldMandate {
        id: given.id.uuid(),
        person: given.login.clone(),
        council: given.council.clone(),
        max_amount: Amount(amount),
        currency: given.currency.clone(),
        kinds: given.kinds.split(' ').map(str::to_owned).collect(),
        valid_from: given.valid_from.to_string(),
        valid_until: given.valid_until.to_string(),
        act_ref: given.act_ref.clone(),
    }
}

fn invitation(found: &Invitation, url: Option<String>) -> ToldInvitation {
    ToldInvitation {
        id: found.id.uuid(),
        council: found.council.clone().unwrap_or_default(),
        role: word(found.role.unwrap_or(Role::Developer)),
        email: found.email.clone(),
        expires_at: found.expires_at.to_string(),
        accepted_at: found.used_at.map(|at| at.to_string()),
        url,
    }
}

/// A council whose people the caller may read.
async fn internals(app: &App, caller: &ApiCaller, slug: &str) -> Result<Council, Error> {
    let council = councils::by_slug(&app.db, &super::slug(slug)?).await?.ok_or(Error::NotFound)?;
    let on = Resource::new(Holder::Council(council.id), Visibility::Public);
    allow(caller.actor(), Deed::ReadCouncilInternals, &on)?;
    Ok(council)
}

fn named(login: &str) -> Result<forge_domain::names::Slug, Error> {
    login.parse().map_err(|_| Error::Refused(Refusal::field("person", "person_unknown")))
}

fn id<T>(text: &str) -> Result<Id<T>, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn date(field: &'static str, text: Option<&str>) -> Result<Option<Date>, Error> {
    let read = text.map(calendar::parse_date).transpose();
    read.map_err(|error| Error::Refused(Refusal::field(field, error.code())))
}

fn day(at: Timestamp) -> String {
    calendar::date_at(at, &TimeZone::UTC).to_string()
}

fn read_role(word: RoleWord) -> Role {
    match word {
        RoleWord::Developer => Role::Developer,
        RoleWord::Maintainer => Role::Maintainer,
        RoleWord::Lead => Role::Lead,
        RoleWord::Finance => Role::Finance,
        RoleWord::Signatory => Role::Signatory,
        RoleWord::Auditor => Role::Auditor,
        RoleWord::Supplier => Role::Supplier,
    }
}

fn word(role: Role) -> RoleWord {
    match role {
        Role::Developer => RoleWord::Developer,
        Role::Maintainer => RoleWord::Maintainer,
        Role::Lead => RoleWord::Lead,
        Role::Finance => RoleWord::Finance,
        Role::Signatory => RoleWord::Signatory,
        Role::Auditor => RoleWord::Auditor,
        Role::Supplier => RoleWord::Supplier,
    }
}
