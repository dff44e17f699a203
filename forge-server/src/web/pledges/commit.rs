//! Committing a council: simulate, check, then bind. Only the last step is a POST; the addresses
//! of the others can be shared with whoever prepares the decision.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::Deed,
    calendar,
    money::{Amount, Currency},
    sharing::Participant,
};
use forge_store::{
    councils::Council,
    mandates,
    spaces::{self, Member},
};
use jiff::ToSpan as _;
use serde::Serialize;

use super::addresses::{check_href, only, pledge_page, prove_href, step_href};
use super::{
    Choice, acting, again, amount, choices,
    typed::{act, file_field, kinds, visibility, years},
    view::visa,
    visa::VisaRow,
};
use crate::{
    actions::pledges::CommitPledge,
    app::App,
    auth::Viewer,
    charter,
    error::{Error, Refusal},
    funding::{
        CallBook, Reader, draft,
        evidence::{self, KeptFile},
        open::OpenedCall,
        refused,
    },
    themes::{self, Chrome, Html, Money},
    web::{
        calls::{
            figures::{self, Figures},
            say::Say,
            view::{CallFacts, MilestoneRow, at, facts, frame_below, milestones},
        },
        form::Given,
        page::{page_with, see_other, see_other_saying, text},
        prose,
        upload::Upload,
    },
};

/// How long a proof of who one is lasts before it is asked again, in minutes (security.md A12).
const PROOF_MINUTES: i64 = 5;

/// `pages/pledge-commit.html`: step 1, for which council and up to how much.
#[derive(Debug, Clone, Serialize)]
pub struct CommitPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `council`, `ceiling`.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// Where it stands.
    pub figures: Figures,
    /// The councils the reader may commit.
    pub councils: Vec<Choice>,
    /// What that would mean, once both are known.
    pub prospect: Option<Prospect>,
    /// Where the next step is.
    pub next: Option<String>,
}

/// `pages/pledge-check.html`: step 2, everything the act means, and the act itself.
#[derive(Debug, Clone, Serialize)]
pub struct CheckPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `kind`, `number`, `date`, `prefecture_receipt`, `published`, `url`, `visibility`,
    /// `file`, `note`, `sure`; hidden `council`, `ceiling`, `version`.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// What is delivered.
    pub scope: Html,
    /// The slices of the work.
    pub milestones: Vec<MilestoneRow>,
    /// The council's name.
    pub council: String,
    /// What the act means.
    pub prospect: Prospect,
    /// The days of notice and the last day to withdraw, where the charter asks for notice.
    pub notice: Option<(i32, String)>,
    /// The last word of the finance service, where it said one.
    pub visa: Option<VisaRow>,
    /// What lets the reader sign.
    pub mandate: Option<MandateRow>,
    /// The kinds of act.
    pub kinds: Vec<Choice>,
    /// Who may read the file.
    pub visibilities: Vec<Choice>,
    /// The largest file, in bytes.
    pub bytes_max: i64,
    /// Where to change the council or the amount.
    pub back: String,
    /// Where the reader proves again who they are, where the act asks it.
    pub prove: Option<String>,
}

/// What a commitment would mean.
#[derive(Debug, Clone, Serialize)]
pub struct Prospect {
    /// The most the council may ever owe.
    pub ceiling: Money,
    /// Its share with the firm pledges of today.
    pub now: Money,
    /// Its share if all intentions join.
    pub best: Money,
    /// Whether the ceiling is below what would fall to the council.
    pub low: bool,
}

/// A mandate of the reader.
#[derive(Debug, Clone, Serialize)]
pub struct MandateRow {
    /// The most it covers.
    pub most: Money,
    /// Its last day.
    pub until: String,
    /// The act that gave it.
    pub act_ref: String,
}

/// Step 1.
pub(super) async fn form(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, reference)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &reference)).await?;
    let councils = acting(&app, &viewer, &opened, Deed::CommitPledge).await?;
    let mut given = Given::of_query(query.as_deref()).without("lang");
    if let ([only], "") = (councils.as_slice(), given.get("council")) {
        given = given.with("council", &only.slug);
    }
    let (mut prospect, mut status) = (None, StatusCode::OK);
    let mut form = given.form();
    if !given.get("ceiling").is_empty() {
        match weigh(&app, &viewer, &opened, (&councils, &given)).await {
            Ok((_, found)) => prospect = Some(found),
            Err(error) => {
                form = again(&app, &viewer, given.clone(), ("ceiling", error))?;
                status = StatusCode::UNPROCESSABLE_ENTITY;
            }
        }
    }
    let next = prospect.is_some().then(|| format!("{}?{}", check_href(&opened), given.query()));
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let say = Say::new(&app, &viewer, &opened.book);
    let body = CommitPage {
        page: frame_below(&app, &viewer, &opened, text(&app, &viewer, "pledge-commit")),
        form,
        call: facts(&opened.book, viewer.locale(), &members),
        figures: figures::figures(&opened.book, say, app.clock.now())?,
        councils: choices(&councils),
        prospect,
        next,
    };
    page_with(&app, &viewer, status, ("pages/pledge-commit.html", &body))
}

/// Step 2: asks for a recent proof first, so that nothing is typed before and lost.
pub(super) async fn check(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, reference)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &reference)).await?;
    let given = Given::of_query(query.as_deref()).without("lang");
    viewer.signed_in()?;
    if !is_proven(&app, &viewer) {
        return Ok(see_other(&prove_href(&opened, &given)));
    }
    show(&app, &viewer, &opened, (StatusCode::OK, &given, given.form())).await
}

/// Step 3: commits.
pub(super) async fn send(
    State(app): State<App>,
    Path((space, reference)): Path<(String, String)>,
    sent: Upload,
) -> Result<Response, Error> {
    let Upload { viewer, given, file } = sent;
    let opened = at(&app, &viewer, (&space, &reference)).await?;
    let kept = match file {
        None => Ok(None),
        Some((name, bytes)) => evidence::keep(&app, &name, bytes).await.map(Some),
    };
    let done = match &kept {
        Ok(kept) => commit(&app, &viewer, &opened, (&given, kept.clone())).await,
        Err(_) => Err(Error::refused("evidence_file_kind")),
    };
    let error = match (kept, done) {
        (Ok(_), Ok(pledge)) => {
            let href = pledge_page(&opened.book, &pledge);
            return see_other_saying(&app, &href, said_of(&pledge));
        }
        (Ok(kept), Err(error)) => {
            if let Some(kept) = kept {
                evidence::discard(&app, &kept).await;
            }
            error
        }
        (Err(error), _) => error,
    };
    let given = given.without("sure");
    let form = again(&app, &viewer, given.clone(), ("sure", file_field(error)))?;
    show(&app, &viewer, &opened, (StatusCode::UNPROCESSABLE_ENTITY, &given, form)).await
}

/// What is said of a commitment: firm, or signed and waiting for what its act still lacks.
fn said_of(pledge: &forge_api::pledges::Pledge) -> &'static str {
    if pledge.awaits.is_empty() { "pledge-commit-done" } else { "pledge-commit-signed" }
}

async fn commit(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (given, kept): (&Given, Option<KeptFile>),
) -> Result<forge_api::pledges::Pledge, Error> {
    if given.get("sure") != "yes" {
        return Err(Error::Refused(Refusal::field("sure", "not_sure")));
    }
    let action = CommitPledge {
        call: opened.book.call.reference.clone(),
        council: given.get("council").to_owned(),
        ceiling: amount(&opened.book, viewer.locale(), given.get("ceiling")),
        act: Some(act(given, kept)?),
        years: years(opened, viewer, given)?,
        note: Some(given.get("note").to_owned()),
        version: given.get("version").parse().ok(),
    };
    app.act(&viewer.by, action).await
}

async fn show(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (status, given, form): (StatusCode, &Given, themes::Form),
) -> Result<Response, Error> {
    let councils = acting(app, viewer, opened, Deed::CommitPledge).await?;
    let back = format!("{}?{}", step_href(opened), only(given, &["council", "ceiling"]).query());
    let Ok((council, prospect)) = weigh(app, viewer, opened, (&councils, given)).await else {
        // Without a council and an amount there is nothing to check: back to where both are asked.
        return Ok(see_other(&back));
    };
    let book = &opened.book;
    let members: Vec<Member> = spaces::members(&app.db, book.call.space_id).await?;
    let say = Say::new(app, viewer, book);
    let form = form.value("version", book.call.version.to_string());
    let form = if form.values.contains_key("visibility") {
        form
    } else {
        form.value("visibility", "auditors")
    };
    let bytes_max = i64::try_from(app.config.evidence_size_bytes_max).unwrap_or(i64::MAX);
    let (need, scope) = (&book.call.need, &book.call.scope);
    let scope = if scope.is_empty() { need } else { scope };
    let body = CheckPage {
        page: frame_below(app, viewer, opened, text(app, viewer, "pledge-check")),
        form,
        call: facts(book, viewer.locale(), &members),
        scope: prose::html(scope, &book.space.slug),
        milestones: milestones(book)?,
        notice: notice(app, book).await?,
        visa: said(app, viewer, (opened, &council)).await?,
        mandate: mandate(app, viewer, (book, &council)).await?,
        council: council.name.clone(),
        prospect,
        kinds: kinds(app, say, book)?,
        visibilities: ["auditors", "members", "public"].map(|word| visibility(say, word)).to_vec(),
        bytes_max,
        back,
        prove: (!is_proven(app, viewer)).then(|| prove_href(opened, given)),
    };
    page_with(app, viewer, status, ("pages/pledge-check.html", &body))
}

/// The notice a council gives before it withdraws, and the last day that keeps it.
async fn notice(app: &App, book: &CallBook) -> Result<Option<(i32, String)>, Error> {
    let charter = charter::in_force(&mut Reader::Db(&app.db), book.call.space_id).await?;
    let notice = book.leaving(&charter)?.notice;
    // The instant is the end of that day.
    let day = |last: jiff::Timestamp| calendar::date_at(last - 1.second(), &book.zone).to_string();
    Ok(notice.map(|(days, last)| (days, day(last))))
}

/// What the commitment would mean for the council that was chosen.
async fn weigh(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (councils, given): (&[Council], &Given),
) -> Result<(Council, Prospect), Error> {
    let chosen = councils.iter().find(|council| council.slug == given.get("council"));
    let council = chosen
        .cloned()
        .ok_or_else(|| Error::Refused(Refusal::field("council", "council_missing")))?;
    let mut book = opened.book.clone();
    if book.position(council.id).is_some_and(|row| !row.state.is_undecided()) {
        return Err(Error::Refused(Refusal::field("council", "pledge_state")));
    }
    let typed = amount(&book, viewer.locale(), given.get("ceiling"));
    let ceiling = draft::positive("ceiling", &typed, book.currency)?;
    book.add_council(&mut Reader::Db(&app.db), council.id).await?;
    let counted = book.counted(council.id, council.slug.clone());
    let me = Participant { ceiling: Some(ceiling), ..counted };
    let prospect = book.prospect(&me).map_err(|error| refused(&error))?;
    let money = |amount: Amount| Money::new(amount, book.currency);
    let prospect = Prospect {
        ceiling: money(ceiling),
        now: money(prospect.now),
        best: money(prospect.if_all_join),
        low: ceiling < prospect.reference,
    };
    Ok((council, prospect))
}

/// The last word of the finance service of a council on its pledge.
async fn said(
    app: &App,
    viewer: &Viewer,
    (opened, council): (&OpenedCall, &Council),
) -> Result<Option<VisaRow>, Error> {
    match opened.book.position(council.id) {
        Some(row) => visa(app, viewer, (opened, row)).await,
        None => Ok(None),
    }
}

/// The mandate of today that covers the most for this council, in the currency of the call.
async fn mandate(
    app: &App,
    viewer: &Viewer,
    (book, council): (&CallBook, &Council),
) -> Result<Option<MandateRow>, Error> {
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let person = viewer.signed_in()?;
    let held = mandates::of_person(&app.db, person.id, today).await?;
    let best = held
        .into_iter()
        .filter(|mandate| mandate.council_id == council.id)
        .filter(|mandate| Currency::from_code(&mandate.currency).ok() == Some(book.currency))
        .filter(|mandate| mandate.valid_from <= today && today <= mandate.valid_until)
        .max_by_key(|mandate| mandate.amount_max);
    Ok(best.map(|mandate| MandateRow {
        most: Money::new(Amount::from_minor(mandate.amount_max), book.currency),
        until: mandate.valid_until.to_string(),
        act_ref: mandate.act_ref,
    }))
}

pub(super) fn is_proven(app: &App, viewer: &Viewer) -> bool {
    let since = app.clock.now() - PROOF_MINUTES.minutes();
    viewer.by.authenticated_at.is_some_and(|at| at >= since)
}
