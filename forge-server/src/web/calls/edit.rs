//! The form of a call: a new draft, or one that is rewritten.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Resource},
    call::OSI_LICENCES,
    money::Currency,
    names::Slug,
    profiles::Profile,
};
use forge_store::{
    councils,
    spaces::{self, Space},
};
use serde::{Deserialize, Serialize};

use super::{
    typed::{self, GRANTS, GRANTS_MAX, ROWS, ROWS_MAX},
    view::{at, call_href, frame_below},
};
use crate::{
    actions::{
        allow,
        calls::{AmendCall, CreateCall, EditCall},
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::open::{self, OpenedCall},
    themes::{self, Chrome},
    web::{
        form::{Form, Given},
        page::{page_with, see_other_saying, text},
        pledges::Choice,
        spaces::view as space_view,
    },
};

/// `pages/call-form.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CallFormPage {
    /// The frame.
    pub page: Chrome,
    /// Every field of a call; `milestone_…_N` and `grant_…_N` by row.
    pub form: themes::Form,
    /// Where it is sent.
    pub action: String,
    /// Where the reader leaves without saving.
    pub back: String,
    /// The currency of its amounts.
    pub currency: String,
    /// The time zone its days end in.
    pub zone: String,
    /// The rows of milestones.
    pub rows: Vec<usize>,
    /// The rows of grants.
    pub grants: Vec<usize>,
    /// Whether a published call is amended: then field `reason`, which everyone reads.
    pub amends: bool,
    /// Whether another row can be asked for.
    pub more: bool,
    /// The sharing rules.
    pub rules: Vec<Choice>,
    /// Net or gross.
    pub bases: Vec<Choice>,
    /// The country profiles.
    pub profiles: Vec<Choice>,
    /// The last meeting that a council has announced, and the council.
    pub after_meeting: Option<(String, String)>,
    /// The legal vehicles of all of them; whether the chosen profile has it, the act says.
    pub vehicles: Vec<Choice>,
    /// The licences the result may have.
    pub licences: Vec<Choice>,
    /// The councils of the space.
    pub councils: Vec<Choice>,
}

/// The buttons of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Asks for another row instead of saving.
    more: String,
    version: String,
    reason: String,
}

/// A form being shown: of which space, for which call, with how many rows.
struct Shown<'a> {
    space: &'a Space,
    call: Option<&'a OpenedCall>,
    rows: usize,
}

pub(super) async fn form_new(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let space = may_create(&app, &viewer, &slug).await?;
    let given = Given::default()
        .with("basis", "gross")
        .with("vat_bp", "20")
        .with("rule", "population")
        .with("min_councils", "2")
        .with("grace_days", "0")
        .with("vehicle", "each_buys")
        .with("profile", &usual_profile(&app, &space).await?)
        .with("licence", &space.licence)
        .with("lang", viewer.locale().tag());
    let shown = Shown { space: &space, call: None, rows: ROWS };
    show(&app, &viewer, shown, (StatusCode::OK, given.form())).await
}

pub(super) async fn create(
    State(app): State<App>,
    Path(slug): Path<String>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let space = may_create(&app, &viewer, &slug).await?;
    let rows = rows(&given, !fields.more.is_empty());
    let shown = Shown { space: &space, call: None, rows };
    if !fields.more.is_empty() {
        return show(&app, &viewer, shown, (StatusCode::OK, given.form())).await;
    }
    let done = match typed::read(&given, currency(&space)?, viewer.locale()) {
        Ok(new) => {
            let space = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
            app.act(&viewer.by, CreateCall { space, new }).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(reference) => {
            let href = format!("/{}/-/calls/{reference}", space.slug);
            see_other_saying(&app, &href, "call-create-done")
        }
        Err(error) => {
            let form = given.refused(&app, &viewer, "title", error)?;
            show(&app, &viewer, shown, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

pub(super) async fn form_edit(
    State(app): State<App>,
    viewer: Viewer,
    Path((slug, call)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = may_edit(&app, &viewer, (&slug, &call)).await?;
    let rows = opened.book.milestones.len().max(1) + 1;
    let shown = Shown { space: &opened.book.space, call: Some(&opened), rows };
    show(&app, &viewer, shown, (StatusCode::OK, typed::write(&opened.book).form())).await
}

pub(super) async fn rewrite(
    State(app): State<App>,
    Path((slug, call)): Path<(String, String)>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let opened = may_edit(&app, &viewer, (&slug, &call)).await?;
    let rows = rows(&given, !fields.more.is_empty());
    let shown = Shown { space: &opened.book.space, call: Some(&opened), rows };
    if !fields.more.is_empty() {
        return show(&app, &viewer, shown, (StatusCode::OK, given.form())).await;
    }
    let version = fields.version.parse().ok();
    let read = typed::read(&given, opened.book.currency, viewer.locale());
    let (done, said) = match read {
        Ok(new) if is_published(&opened) => {
            let reason = fields.reason;
            let action = AmendCall { reference: call, version, new, reason };
            (app.act(&viewer.by, action).await, "call-amend-done")
        }
        Ok(new) => {
            let action = EditCall { reference: call, version, new };
            (app.act(&viewer.by, action).await, "call-edit-done")
        }
        Err(error) => (Err(error), ""),
    };
    match done {
        Ok(_) => see_other_saying(&app, &call_href(&opened.book), said),
        Err(error) => {
            let form = given.refused(&app, &viewer, "title", error)?;
            show(&app, &viewer, shown, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

/// The profile of the country of the council that carries the space.
async fn usual_profile(app: &App, space: &Space) -> Result<String, Error> {
    let lead = councils::by_id(&app.db, space.lead_id).await?.ok_or(Error::NotFound)?;
    Ok(app.profiles.of_country(&lead.country)?.code.clone())
}

/// The country profiles to choose from.
fn profiles(app: &App) -> Vec<Choice> {
    let choice = |profile: &Profile| Choice {
        value: profile.code.clone(),
        label: profile.code.to_uppercase(),
    };
    app.profiles.all().map(choice).collect()
}

/// The last meeting announced by a council that has not decided, which a deadline should follow.
fn last_meeting(opened: &OpenedCall) -> Option<(String, String)> {
    let undecided = opened.book.living().filter(|row| row.state.is_undecided());
    let announced = undecided.filter_map(|row| Some((row.planned_on?, row)));
    let (day, row) = announced.max_by_key(|(day, _)| *day)?;
    Some((row.council_name.clone(), day.to_string()))
}

async fn may_create(app: &App, viewer: &Viewer, slug: &str) -> Result<Space, Error> {
    let (space, holder) = open::space(app, slug).await?;
    allow(viewer.actor(), Deed::CreateCall, &Resource::published_call(holder))?;
    Ok(space)
}

async fn may_edit(
    app: &App,
    viewer: &Viewer,
    (space, call): (&str, &str),
) -> Result<OpenedCall, Error> {
    let opened = at(app, viewer, (space, call)).await?;
    let deed = if is_published(&opened) { Deed::AmendCall } else { Deed::EditCall };
    allow(viewer.actor(), deed, &opened.resource())?;
    Ok(opened)
}

/// A published call is amended, where a draft is rewritten.
fn is_published(opened: &OpenedCall) -> bool {
    opened.book.call.published_at.is_some()
}

fn currency(space: &Space) -> Result<Currency, Error> {
    Ok(Currency::from_code(&space.currency).map_err(anyhow::Error::from)?)
}

/// How many rows the form had, and one more where it was asked for.
fn rows(given: &Given, more: bool) -> usize {
    let had = given.get("rows").parse::<usize>().unwrap_or(ROWS);
    had.saturating_add(usize::from(more)).clamp(1, ROWS_MAX)
}

async fn show(
    app: &App,
    viewer: &Viewer,
    shown: Shown<'_>,
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let Shown { space, call, rows } = shown;
    let base = format!("/{}/-/calls", space.slug);
    let (page, action, back) = match call {
        Some(opened) => {
            let key = if is_published(opened) { "call-amend" } else { "call-edit" };
            let title = text(app, viewer, key);
            let href = call_href(&opened.book);
            (frame_below(app, viewer, opened, title), format!("{href}/edit"), href)
        }
        None => {
            let title = text(app, viewer, "call-new");
            let frame = space_view::frame(app, viewer, space, Some(title));
            (frame, format!("{base}/new"), format!("/{}/-/funding", space.slug))
        }
    };
    let named = |kind: &str, words: &[&str]| -> Vec<Choice> {
        let choice = |word: &&str| Choice {
            value: (*word).to_owned(),
            label: text(app, viewer, &format!("{kind}-{}", word.replace('_', "-"))),
        };
        words.iter().map(choice).collect()
    };
    let vehicles: BTreeSet<&str> = app
        .profiles
        .all()
        .flat_map(|profile| profile.vehicles.iter().map(|one| one.code.as_str()))
        .collect();
    let vehicles: Vec<&str> = vehicles.into_iter().collect();
    let grants = call.map_or(0, |opened| opened.book.subsidies.len()).clamp(GRANTS, GRANTS_MAX);
    let plain = |word: &str| Choice { value: word.to_owned(), label: word.to_owned() };
    let members = spaces::members(&app.db, space.id).await?;
    let contribute = members.iter().filter(|member| space_view::belongs(member.status));
    let body = CallFormPage {
        page,
        form: form.value("rows", rows.to_string()),
        action,
        back,
        currency: call.map_or(&space.currency, |opened| &opened.book.call.currency).clone(),
        zone: space.time_zone.clone(),
        rows: (1..=rows).collect(),
        grants: (1..=grants).collect(),
        amends: call.is_some_and(is_published),
        more: rows < ROWS_MAX,
        rules: named(
            "call-rule",
            &["population", "equal", "envelopes", "bands", "criteria", "fixed", "open"],
        ),
        bases: named("call-basis", &["gross", "net"]),
        profiles: profiles(app),
        after_meeting: call.filter(|opened| opened.internal).and_then(last_meeting),
        vehicles: named("vehicle", &vehicles),
        licences: OSI_LICENCES.iter().map(|licence| plain(licence)).collect(),
        councils: contribute
            .map(|member| Choice { value: member.slug.clone(), label: member.name.clone() })
            .collect(),
    };
    page_with(app, viewer, status, ("pages/call-form.html", &body))
}
