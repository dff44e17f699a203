//! Votes of the councils of a space, and its charters.

mod told;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    dialect::ApiError,
    votes::{
        Charter, NewBallot, NewCharter, NewOffice, NewVote, NewWriteOff, SetSeat, Vote as Told,
    },
};
use forge_store::{
    charters, councils,
    spaces::{self, Space},
    votes as store,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use self::told::{all_told, told, written};
use super::{Body, Listed, Pages, pages::PagesQuery};
use crate::{
    actions::{
        charters::ProposeCharter,
        spaces::{Office, ProposeOffice, SetSeat as SeatMember},
        votes::{CastBallot, OpenVote, ProposeWriteOff, WithdrawVote},
    },
    app::App,
    auth::ApiCaller,
    error::{Error, Refusal},
    funding::Reader,
    voting::VoteBook,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(of_council))
        .routes(routes!(view))
        .routes(routes!(withdraw))
        .routes(routes!(cast))
        .routes(routes!(charter, propose))
        .routes(routes!(charter_history))
        .routes(routes!(office))
        .routes(routes!(write_off))
        .routes(routes!(seat))
}

/// The votes of a space, those that wait for ballots first.
#[utoipa::path(
    get,
    path = "/spaces/{space}/votes",
    tag = "votes",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = [Told]), (status = 404, body = ApiError)),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<Told>, Error> {
    let space = space(&app, &slug).await?;
    all_told(&app, &caller, pages, store::of_space(&app.db, space.id).await?).await
}

/// The votes that ask a council, those that wait for its ballot first.
#[utoipa::path(
    get,
    path = "/councils/{council}/votes",
    tag = "votes",
    params(("council" = String, Path), PagesQuery),
    responses((status = 200, body = [Told]), (status = 404, body = ApiError)),
)]
async fn of_council(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<Told>, Error> {
    let council = councils::by_slug(&app.db, &super::slug(&slug)?).await?;
    let council = council.ok_or(Error::NotFound)?;
    all_told(&app, &caller, pages, store::of_council(&app.db, council.id).await?).await
}

/// Puts a question to the councils of a space.
#[utoipa::path(
    post,
    path = "/spaces/{space}/votes",
    tag = "votes",
    params(("space" = String, Path)),
    request_body = NewVote,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn open(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(new): Body<NewVote>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let action = OpenVote {
        space: super::slug(&slug)?,
        question: new.question,
        explanation: new.explanation.unwrap_or_default(),
    };
    let reference = app.act(&caller.by, action).await?;
    created(&app, &caller, &reference).await
}

/// One vote; its ballots once it is closed.
#[utoipa::path(
    get,
    path = "/votes/{vote}",
    tag = "votes",
    params(("vote" = String, Path)),
    responses((status = 200, body = Told), (status = 404, body = ApiError)),
)]
async fn view(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Told>, Error> {
    let book = VoteBook::of(&mut Reader::Db(&app.db), &reference).await?;
    Ok(Json(told(&app, &caller.by.actor, book)))
}

/// Takes back a vote that the same person opened, while nobody has voted.
#[utoipa::path(
    post,
    path = "/votes/{vote}/withdraw",
    tag = "votes",
    params(("vote" = String, Path)),
    responses(
        (status = 200, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
    ),
)]
async fn withdraw(
    State(app): State<App>,
    caller: ApiCaller,
    Path(reference): Path<String>,
) -> Result<Json<Told>, Error> {
    app.act(&caller.by, WithdrawVote { reference: reference.clone() }).await?;
    let book = VoteBook::of(&mut Reader::Db(&app.db), &reference).await?;
    Ok(Json(told(&app, &caller.by.actor, book)))
}

/// Casts the ballot of a council, in the place of the one before.
#[utoipa::path(
    put,
    path = "/votes/{vote}/ballots/{council}",
    tag = "votes",
    params(("vote" = String, Path), ("council" = String, Path)),
    request_body = NewBallot,
    responses(
        (status = 200, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn cast(
    State(app): State<App>,
    caller: ApiCaller,
    Path((reference, council)): Path<(String, String)>,
    Body(new): Body<NewBallot>,
) -> Result<Json<Told>, Error> {
    let action = CastBallot {
        vote: reference.clone(),
        council,
        choice: new.choice,
        offer: new.offer,
        comment: new.comment.unwrap_or_default(),
    };
    app.act(&caller.by, action).await?;
    let book = VoteBook::of(&mut Reader::Db(&app.db), &reference).await?;
    Ok(Json(told(&app, &caller.by.actor, book)))
}

/// The charter in force.
#[utoipa::path(
    get,
    path = "/spaces/{space}/charter",
    tag = "votes",
    params(("space" = String, Path)),
    responses((status = 200, body = Charter), (status = 404, body = ApiError)),
)]
async fn charter(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
) -> Result<Json<Charter>, Error> {
    let space = space(&app, &slug).await?;
    let found = charters::in_force(&app.db, space.id).await?.ok_or(Error::NotFound)?;
    Ok(Json(written(found)))
}

/// Every version of the charter, newest first.
#[utoipa::path(
    get,
    path = "/spaces/{space}/charter/history",
    tag = "votes",
    params(("space" = String, Path), PagesQuery),
    responses((status = 200, body = [Charter]), (status = 404, body = ApiError)),
)]
async fn charter_history(
    State(app): State<App>,
    _: ApiCaller,
    Path(slug): Path<String>,
    pages: Pages,
) -> Result<Listed<Charter>, Error> {
    let space = space(&app, &slug).await?;
    let found = charters::history(&app.db, space.id).await?;
    Ok(pages.cut(found.into_iter().map(written).collect()))
}

/// Proposes a charter, which opens a vote of the members.
#[utoipa::path(
    post,
    path = "/spaces/{space}/charter",
    tag = "votes",
    params(("space" = String, Path)),
    request_body = NewCharter,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn propose(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(new): Body<NewCharter>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let action = ProposeCharter {
        space: super::slug(&slug)?,
        text: new.text,
        machine: new.machine,
        question: new.question.unwrap_or_default(),
        explanation: new.explanation.unwrap_or_default(),
    };
    let reference = app.act(&caller.by, action).await?;
    created(&app, &caller, &reference).await
}

/// Proposes another lead or treasurer, which opens a vote of the members.
#[utoipa::path(
    post,
    path = "/spaces/{space}/offices",
    tag = "votes",
    params(("space" = String, Path)),
    request_body = NewOffice,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn office(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(new): Body<NewOffice>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let unknown = |field, code| Error::Refused(Refusal::field(field, code));
    let office = Office::read(&new.office).ok_or_else(|| unknown("office", "office_unknown"))?;
    let council = new.council.parse().map_err(|_| unknown("council", "council_unknown"))?;
    let action = ProposeOffice {
        space: super::slug(&slug)?,
        office,
        council,
        explanation: new.explanation.unwrap_or_default(),
    };
    let reference = app.act(&caller.by, action).await?;
    created(&app, &caller, &reference).await
}

/// Proposes to give up a claim, which opens a vote of those who pay for the call.
#[utoipa::path(
    post,
    path = "/spaces/{space}/write-offs",
    tag = "votes",
    params(("space" = String, Path)),
    request_body = NewWriteOff,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn write_off(
    State(app): State<App>,
    caller: ApiCaller,
    Path(slug): Path<String>,
    Body(new): Body<NewWriteOff>,
) -> Result<(StatusCode, Json<Told>), Error> {
    let action = ProposeWriteOff {
        space: super::slug(&slug)?,
        call: new.call,
        debtor: new.debtor,
        explanation: new.explanation.unwrap_or_default(),
    };
    let reference = app.act(&caller.by, action).await?;
    created(&app, &caller, &reference).await
}

/// Gives a member a seat in the coordination group, or takes it back.
#[utoipa::path(
    put,
    path = "/spaces/{space}/members/{council}/seat",
    tag = "votes",
    params(("space" = String, Path), ("council" = String, Path)),
    request_body = SetSeat,
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn seat(
    State(app): State<App>,
    caller: ApiCaller,
    Path((slug, council)): Path<(String, String)>,
    Body(new): Body<SetSeat>,
) -> Result<StatusCode, Error> {
    let action = SeatMember {
        space: super::slug(&slug)?,
        council: super::slug(&council)?,
        coordinates: new.coordinates,
    };
    app.act(&caller.by, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn space(app: &App, slug: &str) -> Result<Space, Error> {
    spaces::by_slug(&app.db, &super::slug(slug)?).await?.ok_or(Error::NotFound)
}

async fn created(
    app: &App,
    caller: &ApiCaller,
    reference: &str,
) -> Result<(StatusCode, Json<Told>), Error> {
    let book = VoteBook::of(&mut Reader::Db(&app.db), reference).await?;
    Ok((StatusCode::CREATED, Json(told(app, &caller.by.actor, book))))
}
