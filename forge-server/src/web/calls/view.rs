//! `/{space}/-/calls/{ref}`: the page of a call, for whoever may read it.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use forge_api::calls::Criterion;
use forge_domain::{calendar, call::CallState, money::Amount};
use forge_store::spaces::{self, Member};
use serde::Serialize;

use super::{
    acts::{Acts, acts},
    after::{After, after},
    figures::{self, Figures},
    next::{self, Decision, NextStep},
    pictures::{self, Pictures},
    pledged::{self, PledgeRow},
    rule::{RuleText, rule_text},
    say::Say,
    shares::{Shares, Tranches, shares, tranches},
    simulation::{self, Answer, Choice, Question},
    work::{self, WorkRow},
};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        CallBook, answer,
        open::{self, OpenedCall},
        refused,
    },
    themes::{self, Chrome, Crumb, Html, Money, Nav},
    web::{
        page::{chrome, page_with},
        prose,
    },
};

/// `pages/call.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CallPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `council` and `ceiling` of the simulation.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The country profile it follows.
    pub profile: ProfileFacts,
    /// The need, in `call.lang`.
    pub need: Html,
    /// What is delivered.
    pub scope: Option<Html>,
    /// What is not.
    pub out_of_scope: Option<Html>,
    /// The meter and what is missing.
    pub figures: Figures,
    /// Why the call was called off, in its lead's words.
    pub reason: Option<String>,
    /// Everything that keeps a draft from being published.
    pub faults: Vec<String>,
    /// Who pays what.
    pub shares: Shares,
    /// The slices of the work.
    pub milestones: Vec<MilestoneRow>,
    /// What each slice asks of each council.
    pub tranches: Option<Tranches>,
    /// How shares are computed.
    pub rule: RuleText,
    /// What councils have said.
    pub pledges: Vec<PledgeRow>,
    /// Its drawings.
    pub pictures: Pictures,
    /// The boxes of the simulation; none once the call is over.
    pub choices: Vec<Choice>,
    /// What the simulation came to.
    pub simulation: Option<Answer>,
    /// What the reader may do.
    pub acts: Acts,
    /// What each council does next, for whoever carries the call.
    pub next: Vec<NextStep>,
    /// What came after its shares were final.
    pub after: After,
    /// Until when firm pledgers may leave without fault.
    pub leave_until: Option<String>,
    /// The votes on it: reference, question, state, page.
    pub decisions: Vec<Decision>,
    /// The days of work that councils give.
    pub work: Vec<WorkRow>,
    /// Whether the charter of the space takes days of work.
    pub takes_work: bool,
}

/// A country profile in a few facts.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileFacts {
    /// Its word, in capitals.
    pub code: String,
    /// The first day it is meant for.
    pub valid_from: String,
    /// The last day somebody compared it with the law.
    pub checked_on: String,
}

/// A call in a few facts.
#[derive(Debug, Clone, Serialize)]
pub struct CallFacts {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The language of its texts, where it is not the page's.
    pub lang: Option<String>,
    /// Its state, the end of a key `call-state-…`.
    pub state: &'static str,
    /// Its page.
    pub href: String,
    /// Title and page of its space.
    pub space: (String, String),
    /// Name and page of the council that carries it.
    pub lead: (String, String),
    /// Name and page of the body that receives contributions.
    pub treasurer: (String, String),
    /// The modules it is for, title and page.
    pub modules: Vec<(String, String)>,
    /// The full cost.
    pub target: Money,
    /// `net` or `gross`.
    pub basis: String,
    /// The rate of VAT in basis points.
    pub vat_bp: i64,
    /// How many councils must be firm.
    pub councils_min: i64,
    /// How many inhabitants they must have together.
    pub population_min: Option<i64>,
    /// The kept part for contingencies, in basis points.
    pub reserve_bp: i64,
    /// Grants: whose, and how much where it is a fixed amount.
    pub grants: Vec<(String, Option<Money>)>,
    /// The last day.
    pub deadline: String,
    /// The instant it ends, for machines.
    pub deadline_at: String,
    /// The time zone its day ends in.
    pub zone: String,
    /// Days after it in which those who intend may still decide.
    pub grace_days: i64,
    /// When it was published.
    pub published_on: Option<String>,
    /// When it ended.
    pub ended_on: Option<String>,
    /// Who contracts and pays, the end of a key `vehicle-…`.
    pub vehicle: String,
    /// The licence of the result.
    pub licence: String,
    /// Whether its lead may confirm it before the deadline.
    pub early_close: bool,
    /// The same for programs.
    pub api: String,
}

/// One slice of the work.
#[derive(Debug, Clone, Serialize)]
pub struct MilestoneRow {
    /// Its place, from 1.
    pub n: i64,
    /// What it delivers.
    pub title: String,
    /// What it costs.
    pub amount: Money,
    /// When it is due.
    pub due_on: Option<String>,
    /// What must hold for it to be accepted: a text, and a link.
    pub criteria: Vec<Criterion>,
    /// Where it stands, the end of a key `milestone-state-…`.
    pub state: String,
    /// Its page, once the call is published.
    pub href: Option<String>,
    /// Whether what is there today, or was at the end, pays for it.
    pub funded: bool,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, reference)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let mut opened = at(&app, &viewer, (&space, &reference)).await?;
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let question = Question::of(query.as_deref());
    let asked = (&question, members.as_slice());
    let (form, simulation) = simulation::shown(&app, &viewer, &opened.book, asked).await?;
    let status =
        if form.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let looking =
        simulation::looking(&app, &mut opened.book, (&question, &members)).await.ok().flatten();
    let book = &opened.book;
    let say = Say::new(&app, &viewer, book);
    let over = book.call.state.is_over();
    let locale = viewer.locale();
    let now = app.clock.now();
    let optional = |text: &String| (!text.is_empty()).then(|| prose::html(text, &book.space.slug));
    let body = CallPage {
        page: frame(&app, &viewer, &opened),
        form,
        call: facts(book, locale, &members),
        profile: profile(&app, book)?,
        need: prose::html(&book.call.need, &book.space.slug),
        scope: optional(&book.call.scope),
        out_of_scope: optional(&book.call.out_of_scope),
        figures: figures::figures(book, say, now)?,
        reason: book.call.end_reason.clone().filter(|_| book.call.state == CallState::Cancelled),
        faults: faults(&app, &viewer, book)?,
        shares: shares(book, say)?,
        milestones: milestones(book)?,
        tranches: tranches(book)?,
        rule: rule_text(book, say),
        pledges: pledged::pledges(&app, &viewer, &opened).await?,
        pictures: pictures::pictures(&app, book, say, looking.filter(|_| !over)).await?,
        choices: if over { Vec::new() } else { question.choices(book, &members) },
        simulation,
        acts: acts(&viewer, &opened),
        next: next::steps(&viewer, &opened, &members),
        after: after(&app, &opened).await?,
        leave_until: book
            .call
            .leave_until
            .filter(|until| now < *until)
            .map(|until| calendar::date_at(until, &book.zone).to_string()),
        decisions: next::decisions(&app, book).await?,
        work: work::rows(&viewer, &opened),
        takes_work: work::terms(&app, book).await?.is_some(),
    };
    page_with(&app, &viewer, status, ("pages/call.html", &body))
}

/// The country profile a call follows, with its dates.
fn profile(app: &App, book: &CallBook) -> Result<ProfileFacts, Error> {
    let profile = app.profiles.of(&book.call.profile)?;
    Ok(ProfileFacts {
        code: profile.code.to_uppercase(),
        valid_from: profile.valid_from.to_string(),
        checked_on: profile.checked_on.to_string(),
    })
}

/// Opens the call at an address: a call of another space is not there.
pub(in crate::web) async fn at(
    app: &App,
    viewer: &Viewer,
    (space, reference): (&str, &str),
) -> Result<OpenedCall, Error> {
    let opened = open::call(app, viewer.actor(), reference).await?;
    if opened.book.call.space_slug == space { Ok(opened) } else { Err(Error::NotFound) }
}

/// The frame of a call's pages; the call itself is the last crumb.
pub(in crate::web) fn frame(app: &App, viewer: &Viewer, opened: &OpenedCall) -> Chrome {
    let book = &opened.book;
    let title = format!("{} — {}", book.call.title, book.space.title);
    let mut frame = chrome(app, viewer, title);
    frame.nav = Some(Nav::Calls);
    frame.feed = super::feed(book, viewer.locale());
    frame.crumbs = vec![
        Crumb::link(book.space.title.as_str(), format!("/{}", book.space.slug)),
        Crumb::link(
            crate::web::page::text(app, viewer, "space-funding"),
            format!("/{}/-/funding", book.space.slug),
        ),
        Crumb::here(book.call.reference.as_str()),
    ];
    frame
}

/// The frame of a page below a call's: `here` is its own title.
pub(in crate::web) fn frame_below(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    here: String,
) -> Chrome {
    let mut frame = frame(app, viewer, opened);
    frame.title = format!("{here} — {}", frame.title);
    frame.crumbs.pop();
    let call = &opened.book.call;
    frame.crumbs.push(Crumb::link(call.reference.as_str(), call_href(&opened.book)));
    frame.crumbs.push(Crumb::here(here));
    frame
}

/// The page of a call.
pub(in crate::web) fn call_href(book: &CallBook) -> String {
    format!("/{}/-/calls/{}", book.call.space_slug, book.call.reference)
}

/// The call in a few facts.
pub(in crate::web) fn facts(
    book: &CallBook,
    reader: forge_messages::Locale,
    members: &[Member],
) -> CallFacts {
    let row = &book.call;
    let named = |slug: &String| {
        let member = members.iter().find(|member| member.slug == *slug);
        let name = member.map_or_else(|| slug.clone(), |member| member.name.clone());
        (name, format!("/{slug}"))
    };
    let money = |minor| Money::new(Amount::from_minor(minor), book.currency);
    let day = |at| calendar::date_at(at, &book.zone).to_string();
    let public = book
        .modules
        .iter()
        .filter(|module| module.visibility == forge_domain::access::Visibility::Public);
    CallFacts {
        reference: row.reference.clone(),
        title: row.title.clone(),
        lang: (row.lang != reader.tag()).then(|| row.lang.clone()),
        state: row.state.name(),
        href: call_href(book),
        space: (book.space.title.clone(), format!("/{}", book.space.slug)),
        lead: named(&row.lead_slug),
        treasurer: named(&row.treasurer_slug),
        modules: public
            .map(|module| (module.title.clone(), format!("/{}/{}", module.owner_slug, module.slug)))
            .collect(),
        target: money(row.target),
        basis: row.basis.clone(),
        vat_bp: row.vat_bp,
        councils_min: row.councils_min,
        population_min: row.population_min,
        reserve_bp: row.reserve_bp,
        grants: book
            .subsidies
            .iter()
            .map(|grant| (grant.label.clone(), grant.amount.map(money)))
            .collect(),
        deadline: row.deadline.to_string(),
        deadline_at: calendar::format_instant(row.deadline_at),
        zone: book.space.time_zone.clone(),
        grace_days: row.grace_days,
        published_on: row.published_at.map(day),
        ended_on: row.ended_at.map(day),
        vehicle: row.vehicle.replace('_', "-"),
        licence: row.licence.clone(),
        early_close: row.early_close,
        api: format!("/api/v1/calls/{}", row.reference),
    }
}

/// Everything that keeps a draft from being published, in the reader's words.
pub(super) fn faults(app: &App, viewer: &Viewer, book: &CallBook) -> Result<Vec<String>, Error> {
    if book.call.state != CallState::Draft {
        return Ok(Vec::new());
    }
    let profile = app.profiles.of(&book.call.profile)?;
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let mut words: Vec<String> = book
        .terms(today)
        .check(profile)
        .iter()
        .map(|fault| {
            let args = [("why", fault.to_string())];
            crate::wording::code(app, viewer.locale(), fault.code(), &args)
        })
        .collect();
    words.dedup();
    Ok(words)
}

/// The slices of the work, and which of them are paid for.
pub(in crate::web) fn milestones(book: &CallBook) -> Result<Vec<MilestoneRow>, Error> {
    let means = book.standing().map_err(|error| refused(&error))?.means;
    let funded = answer::funded(book, means)?;
    let published = book.call.published_at.is_some();
    let row = |(at, slice): (usize, &forge_store::calls::Milestone)| {
        Ok(MilestoneRow {
            n: slice.position,
            title: slice.title.clone(),
            amount: Money::new(Amount::from_minor(slice.amount), book.currency),
            due_on: slice.due_on.map(|day| day.to_string()),
            criteria: serde_json::from_str(&slice.criteria).map_err(anyhow::Error::from)?,
            state: slice.state.name().replace('_', "-"),
            href: published.then(|| format!("{}/milestones/{}", call_href(book), slice.position)),
            funded: at < funded,
        })
    };
    book.milestones.iter().enumerate().map(row).collect()
}
