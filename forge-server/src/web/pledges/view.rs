//! `/{space}/-/calls/{ref}/pledges/{ref}`: one pledge, its acts, and what may be done with it.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    access::{Deed, Holder, Resource, Visibility},
    calendar,
    money::Amount,
    pledge::PledgeState,
};
use forge_store::{
    evidence, ledger,
    pledges::{self, Pledge},
    spaces,
    substitutions::{self, Substitution},
};
use serde::Serialize;

use super::{
    Choice,
    typed::kinds,
    visa::{VisaRow, visa_row},
};
use crate::{
    actions::allow,
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        answer,
        open::{self, OpenedCall},
    },
    themes::{self, Chrome, Money},
    web::{
        calls::{
            pledged::{self, PledgeRow},
            say::Say,
            view::{CallFacts, facts, frame_below},
        },
        page::page_with,
    },
};

/// `pages/pledge.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PledgePage {
    /// The frame.
    pub page: Chrome,
    /// Fields of another act: as on the check page.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The pledge.
    pub pledge: PledgeRow,
    /// Where the reader withdraws it.
    pub withdraw: Option<String>,
    /// Where the reader refuses.
    pub refuse: Option<String>,
    /// Where the reader makes an intention firm.
    pub commit: Option<String>,
    /// Where the reader adds an act.
    pub add: Option<String>,
    /// What may be done next: the end of its address and of its texts' keys.
    pub steps: Vec<&'static str>,
    /// The day its body decides, and which.
    pub planned: Option<(String, String)>,
    /// The day it was signed, where its act still waits.
    pub signed_on: Option<String>,
    /// What a signed pledge waits for, the ends of keys `pledge-awaits-…`.
    pub awaits: Vec<String>,
    /// The ceiling by budget year.
    pub years: Vec<YearRow>,
    /// The number of the council's own commitment.
    pub commitment_no: Option<String>,
    /// The service that pays.
    pub service_code: Option<String>,
    /// The last word of its finance service, for its own people.
    pub visa: Option<VisaRow>,
    /// The place it offers.
    pub offer: Option<OfferRow>,
    /// The kinds of act.
    pub kinds: Vec<Choice>,
    /// The largest file, in bytes.
    pub bytes_max: i64,
    /// The same for programs.
    pub api: String,
}

/// The part of a ceiling that falls into one budget.
#[derive(Debug, Clone, Serialize)]
pub struct YearRow {
    /// The year.
    pub year: i64,
    /// The end of a key `budget-…`.
    pub section: &'static str,
    /// The part.
    pub amount: Money,
    /// The account it is booked on.
    pub account: Option<String>,
}

/// A place offered to another council.
#[derive(Debug, Clone, Serialize)]
pub struct OfferRow {
    /// The council's name.
    pub council: String,
    /// Whether it has signed for the place.
    pub taken: bool,
    /// Whether the lead of the call has agreed.
    pub approved: bool,
    /// Whether the place has passed.
    pub done: bool,
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call, pledge)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let (opened, row) = find(&app, &viewer, (&space, &call, &pledge)).await?;
    show(&app, &viewer, (&opened, &row), (StatusCode::OK, themes::Form::default())).await
}

/// Opens the pledge at an address: one of another call is not there.
pub(super) async fn find(
    app: &App,
    viewer: &Viewer,
    (space, call, pledge): (&str, &str, &str),
) -> Result<(OpenedCall, Pledge), Error> {
    let (opened, row) = open::pledge(app, viewer.actor(), pledge).await?;
    let there = opened.book.call.space_slug == space && opened.book.call.reference == call;
    if there { Ok((opened, row)) } else { Err(Error::NotFound) }
}

pub(super) async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, row): (&OpenedCall, &Pledge),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let acts = evidence::of_pledge(&app.db, row.id).await?;
    let listed: Vec<_> = acts.iter().collect();
    let call = &opened.book.call;
    let named = (call.reference.as_str(), row.council_slug.as_str());
    let entry = ledger::last_of_council(&app.db, call.space_id, named.0, named.1).await?;
    let entry = entry.map(|entry| entry.seq);
    let shown = pledged::pledge(app, viewer, opened, (row, &listed), entry)?;
    let resource = opened.resource().for_council(row.council_id);
    let may = |deed| viewer.person.is_some() && allow(viewer.actor(), deed, &resource).is_ok();
    let out = row.state.way_out().and_then(|act| act.deeds().first().copied());
    let href = |page: &str| format!("{}/{page}", shown.href);
    let leave = |deed: Deed, page: &str| (out == Some(deed) && may(deed)).then(|| href(page));
    let intends = out == Some(Deed::RefusePledge);
    let commit = format!(
        "/{}/-/calls/{}/commit?council={}",
        opened.book.call.space_slug, opened.book.call.reference, row.council_slug
    );
    let offer = substitutions::of_pledge(&app.db, row.id).await?;
    let steps = steps(viewer, opened, (row, offer.as_ref()));
    let day = |at| calendar::date_at(at, &opened.book.zone).to_string();
    let signed = row.signed_at.filter(|_| row.state.is_undecided());
    let profile = app.profiles.of(&opened.book.call.profile)?;
    let today = calendar::date_at(app.clock.now(), &opened.book.zone);
    let waits = answer::awaits(&opened.book, profile, &acts, today);
    let members = spaces::members(&app.db, opened.book.call.space_id).await?;
    let title = format!("{} — {}", row.reference, row.council_name);
    let body = PledgePage {
        page: frame_below(app, viewer, opened, title),
        form: form.value("visibility", "auditors"),
        call: facts(&opened.book, viewer.locale(), &members),
        withdraw: leave(Deed::WithdrawPledge, "withdraw"),
        refuse: leave(Deed::RefusePledge, "refuse"),
        commit: (intends && signed.is_none() && may(Deed::CommitPledge)).then_some(commit),
        add: (out.is_some() && may(Deed::PreparePledge)).then(|| href("evidence")),
        steps,
        planned: row.planned_on.map(|day| day.to_string()).zip(row.body.clone()),
        awaits: waits
            .iter()
            .filter(|_| signed.is_some())
            .map(|wait| wait.name().replace('_', "-"))
            .collect(),
        signed_on: signed.map(day),
        years: year_rows(app, opened, row).await?,
        commitment_no: row.commitment_no.clone(),
        service_code: row.service_code.clone(),
        visa: visa(app, viewer, (opened, row)).await?,
        offer: offer.map(|offer| OfferRow {
            council: offer.council_name,
            taken: offer.taking_id.is_some(),
            approved: offer.approved_at.is_some(),
            done: offer.done_at.is_some(),
        }),
        kinds: kinds(app, Say::new(app, viewer, &opened.book), &opened.book)?,
        bytes_max: i64::try_from(app.config.evidence_size_bytes_max).unwrap_or(i64::MAX),
        api: format!("/api/v1/pledges/{}", row.reference),
        pledge: shown,
    };
    page_with(app, viewer, status, ("pages/pledge.html", &body))
}

pub(super) async fn year_rows(
    app: &App,
    opened: &OpenedCall,
    row: &Pledge,
) -> Result<Vec<YearRow>, Error> {
    let years = pledges::years(&app.db, row.id).await?;
    let told = |year: &pledges::Year| YearRow {
        year: year.year,
        section: year.section.name(),
        amount: Money::new(Amount::from_minor(year.amount), opened.book.currency),
        account: year.account_hint.clone(),
    };
    Ok(years.iter().map(told).collect())
}

/// The last word of the finance service, where the reader is of the council.
pub(super) async fn visa(
    app: &App,
    viewer: &Viewer,
    (opened, row): (&OpenedCall, &Pledge),
) -> Result<Option<VisaRow>, Error> {
    let council = Resource::new(Holder::Council(row.council_id), Visibility::Public);
    if allow(viewer.actor(), Deed::ReadCouncilInternals, &council).is_err() {
        return Ok(None);
    }
    let said = pledges::visas(&app.db, row.id).await?;
    Ok(said.last().map(|visa| visa_row(&opened.book, visa)))
}

/// The steps that the state of the pledge and the reader's roles allow.
fn steps(
    viewer: &Viewer,
    opened: &OpenedCall,
    (row, offer): (&Pledge, Option<&Substitution>),
) -> Vec<&'static str> {
    let resource = opened.resource();
    let may = |deed, council| {
        let on = resource.clone().for_council(council);
        viewer.person.is_some() && allow(viewer.actor(), deed, &on).is_ok()
    };
    let own = |deed| may(deed, row.council_id);
    let state = row.state;
    let unsigned = state.is_undecided() && row.signed_at.is_none();
    let confirmed = state == PledgeState::Confirmed;
    let open = offer.filter(|offer| offer.done_at.is_none());
    let takes = open.filter(|offer| offer.taking_id.is_none());
    let takes = takes.is_some_and(|offer| may(Deed::SubstitutePledge, offer.council_id));
    let approves = open.is_some_and(|offer| offer.approved_at.is_none())
        && may(Deed::ApproveSubstitution, opened.book.call.lead_id);
    let all = [
        ("schedule", unsigned && own(Deed::SchedulePledge)),
        ("visa", unsigned && own(Deed::AttestPledge)),
        ("amend", state == PledgeState::Firm && own(Deed::CommitPledge)),
        ("order", confirmed && own(Deed::OrderPledge)),
        ("offer", confirmed && open.is_none() && own(Deed::SubstitutePledge)),
        ("take", takes),
        ("approve", approves),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(step, _)| step).collect()
}
