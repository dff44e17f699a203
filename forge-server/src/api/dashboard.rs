//! The dashboard of whoever calls.

use axum::{Json, extract::State};
use forge_api::{
    Amount,
    dashboard::{Activity, Alert, Dashboard, Deadline, SpaceStanding, Standing, Todo},
    dialect::ApiError,
};
use forge_domain::calendar;
use forge_store::events::Event;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, auth::ApiCaller, dashboard, error::Error, events::wording};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(mine))
}

/// What waits for whose token this is, and how the spaces of their councils stand.
#[utoipa::path(
    get,
    path = "/me/dashboard",
    tag = "people",
    responses((status = 200, body = Dashboard), (status = 401, body = ApiError)),
)]
async fn mine(State(app): State<App>, caller: ApiCaller) -> Result<Json<Dashboard>, Error> {
    caller.signed_in()?;
    let read = dashboard::of(&app, caller.actor()).await?;
    let todo = |one: dashboard::Todo| Todo {
        task: one.task.name().to_owned(),
        subject: one.subject,
        who: one.who,
        html_url: format!("{}{}", app.public_url, one.path),
        due_on: one.due_on.map(|day| day.to_string()),
        late: one.late,
    };
    let activity = |event: &Event| {
        let line = wording::line(&app, caller.by.locale, event);
        Activity {
            at: calendar::format_instant(event.at),
            kind: event.kind.name().to_owned(),
            text: line.text,
            html_url: format!("{}{}", app.public_url, line.href),
        }
    };
    Ok(Json(Dashboard {
        todo: read.todo.into_iter().map(todo).collect(),
        spaces: read.spaces.into_iter().map(|line| space(&app, line)).collect(),
        deadlines: read.deadlines.into_iter().map(|one| deadline(&app, one)).collect(),
        activity: read.activity.iter().map(activity).collect(),
    }))
}

fn space(app: &App, line: dashboard::SpaceLine) -> SpaceStanding {
    let standing = |one: dashboard::Standing| Standing {
        currency: one.currency.code().to_owned(),
        target: Amount(one.target.to_decimal(one.currency)),
        committed_bp: one.committed_bp,
        paid_bp: one.paid_bp,
    };
    let alert = |(kind, count): (dashboard::Alert, usize)| Alert {
        kind: kind.name().to_owned(),
        count: i64::try_from(count).unwrap_or(i64::MAX),
    };
    SpaceStanding {
        space: line.slug,
        title: line.title,
        standings: line.standings.into_iter().map(standing).collect(),
        next: line.next.map(|one| deadline(app, one)),
        alerts: line.alerts.into_iter().map(alert).collect(),
    }
}

fn deadline(app: &App, one: dashboard::Deadline) -> Deadline {
    Deadline {
        on: one.on.to_string(),
        kind: one.kind.to_owned(),
        subject: one.subject,
        council: one.council,
        html_url: format!("{}{}", app.public_url, one.path),
    }
}
