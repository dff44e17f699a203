//! What happens to a pledge between its intention and its end: a decision scheduled, a ceiling
//! changed, an order recorded, a place passed on. One page, a form for each.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{access::Deed, money::Amount};
use forge_store::{
    pledges::{self, Pledge},
    spaces, substitutions,
};
use serde::{Deserialize, Serialize};

use super::{
    Choice, again, amount,
    commit::is_proven,
    typed::{act, file_field, kinds, years},
    view::find,
};
use crate::{
    actions::{
        allow,
        pledges::{
            AmendPledge, ApproveSubstitution, OfferPlace, OrderPledge, SchedulePledge, TakePlace,
        },
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::{evidence, open::OpenedCall},
    themes::{self, Chrome, Money},
    web::{
        calls::{
            say::Say,
            shares::{pledge_href, settled},
            view::{CallFacts, facts, frame_below},
        },
        form::{Form, Given},
        page::{page_with, see_other, see_other_saying, text},
        upload::Upload,
    },
};

/// `pages/pledge-step.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StepPage {
    /// The frame.
    pub page: Chrome,
    /// The fields of the step.
    pub form: themes::Form,
    /// The call in a few facts.
    pub call: CallFacts,
    /// The name of the council whose pledge it is.
    pub council: String,
    /// The most it may owe.
    pub ceiling: Option<Money>,
    /// Its final share, once frozen.
    pub share: Option<Money>,
    /// The end of the form's address, and of its texts' keys.
    pub how: &'static str,
    /// The pledge's page.
    pub pledge: String,
    /// The councils to choose from.
    pub councils: Vec<Choice>,
    /// The kinds of act.
    pub kinds: Vec<Choice>,
    /// The largest file, in bytes.
    pub bytes_max: i64,
    /// Where the reader proves again who they are, where the step asks it.
    pub prove: Option<String>,
}

/// A step of a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Schedule,
    Amend,
    Order,
    Offer,
    Take,
    Approve,
}

impl How {
    const fn word(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Amend => "amend",
            Self::Order => "order",
            Self::Offer => "offer",
            Self::Take => "take",
            Self::Approve => "approve",
        }
    }

    const fn deed(self) -> Deed {
        match self {
            Self::Schedule => Deed::SchedulePledge,
            Self::Amend => Deed::CommitPledge,
            Self::Order => Deed::OrderPledge,
            Self::Offer | Self::Take => Deed::SubstitutePledge,
            Self::Approve => Deed::ApproveSubstitution,
        }
    }

    /// Whether it binds a council, so that a page asks for a recent proof of who one is.
    const fn binds(self) -> bool {
        matches!(self, Self::Amend | Self::Offer | Self::Take)
    }
}

/// What the forms without a file send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    planned_on: String,
    body: String,
    commitment_no: String,
    service_code: String,
    to: String,
    reason: String,
    act_ref: String,
}

type Address = Path<(String, String, String)>;

/// The form of each step.
macro_rules! forms {
    ($($name:ident: $how:expr;)+) => {$(
        pub(super) async fn $name(
            State(app): State<App>,
            viewer: Viewer,
            Path((space, call, pledge)): Address,
        ) -> Result<Response, Error> {
            blank(&app, &viewer, (&space, &call, &pledge), $how).await
        }
    )+};
}

forms! {
    schedule_form: How::Schedule;
    amend_form: How::Amend;
    order_form: How::Order;
    offer_form: How::Offer;
    take_form: How::Take;
    approve_form: How::Approve;
}

async fn blank(
    app: &App,
    viewer: &Viewer,
    address: (&str, &str, &str),
    how: How,
) -> Result<Response, Error> {
    let (opened, row) = find(app, viewer, address).await?;
    viewer.signed_in()?;
    if how.binds() && !is_proven(app, viewer) {
        return Ok(see_other(&prove_href(&opened, &row, how)));
    }
    let mut form = themes::Form::default().value("visibility", "auditors");
    if how == How::Order {
        // What the finance service reserved when it approved the pledge.
        let said = pledges::visas(&app.db, row.id).await?;
        let reserved = said.into_iter().rev().find_map(|visa| visa.commitment_no);
        form = form.value("commitment_no", reserved.unwrap_or_default());
    }
    show(app, viewer, (&opened, &row, how), (StatusCode::OK, form)).await
}

pub(super) async fn schedule(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let at = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let (planned_on, body) = (fields.planned_on, fields.body);
    let action = SchedulePledge { reference: pledge, planned_on, body };
    let done = app.act(&viewer.by, action).await.map(|_| ());
    answer(&app, &viewer, (&at, How::Schedule, "planned_on"), (given, done)).await
}

pub(super) async fn order(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let at = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let service_code = Some(fields.service_code).filter(|code| !code.trim().is_empty());
    let action = OrderPledge { reference: pledge, number: fields.commitment_no, service_code };
    let done = app.act(&viewer.by, action).await.map(|_| ());
    answer(&app, &viewer, (&at, How::Order, "commitment_no"), (given, done)).await
}

pub(super) async fn offer(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let at = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let act_ref = Some(fields.act_ref).filter(|act| !act.trim().is_empty());
    let (to, reason) = (fields.to, fields.reason);
    let action = OfferPlace { reference: pledge, to, reason, act_ref };
    let done = app.act(&viewer.by, action).await.map(|_| ());
    answer(&app, &viewer, (&at, How::Offer, "to"), (given, done)).await
}

pub(super) async fn approve(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, given, .. } = sent;
    let at = find(&app, &viewer, (&space, &call, &pledge)).await?;
    let done = app.act(&viewer.by, ApproveSubstitution { reference: pledge }).await.map(|_| ());
    answer(&app, &viewer, (&at, How::Approve, "to"), (given, done)).await
}

pub(super) async fn amend(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Upload,
) -> Result<Response, Error> {
    let at = find(&app, &sent.viewer, (&space, &call, &pledge)).await?;
    with_act(&app, sent, (&at, How::Amend)).await
}

pub(super) async fn take(
    State(app): State<App>,
    Path((space, call, pledge)): Address,
    sent: Upload,
) -> Result<Response, Error> {
    let at = find(&app, &sent.viewer, (&space, &call, &pledge)).await?;
    with_act(&app, sent, (&at, How::Take)).await
}

/// A step on the strength of an act, with its file.
async fn with_act(
    app: &App,
    sent: Upload,
    (at, how): (&(OpenedCall, Pledge), How),
) -> Result<Response, Error> {
    let Upload { viewer, given, file } = sent;
    let kept = match file {
        None => None,
        Some((name, bytes)) => Some(evidence::keep(app, &name, bytes).await?),
    };
    let reference = at.1.reference.clone();
    let ceiling = amount(&at.0.book, viewer.locale(), given.get("ceiling"));
    let done = async {
        if how == How::Take {
            let act = act(&given, kept.clone())?;
            let council = given.get("council").to_owned();
            return app.act(&viewer.by, TakePlace { reference, council, ceiling, act }).await;
        }
        // A ceiling that falls needs no act.
        let told = kept.is_some() || !given.get("number").trim().is_empty();
        let act = if told { Some(act(&given, kept.clone())?) } else { None };
        let years = years(&at.0, &viewer, &given)?;
        app.act(&viewer.by, AmendPledge { reference, ceiling, act, years }).await
    };
    let done = done.await.map(|_| ()).map_err(file_field);
    if let (Err(_), Some(kept)) = (&done, &kept) {
        evidence::discard(app, kept).await;
    }
    answer(app, &viewer, (at, how, "ceiling"), (given, done)).await
}

/// To the pledge once it is done; the form again where it was refused.
async fn answer(
    app: &App,
    viewer: &Viewer,
    ((opened, row), how, first): (&(OpenedCall, Pledge), How, &'static str),
    (given, done): (Given, Result<(), Error>),
) -> Result<Response, Error> {
    match done {
        Ok(()) => {
            let said = format!("pledge-{}-done", how.word());
            see_other_saying(app, &pledge_href(&opened.book, row), &said)
        }
        Err(error) => {
            let form = again(app, viewer, given, (first, error))?;
            let shown = (StatusCode::UNPROCESSABLE_ENTITY, form);
            show(app, viewer, (opened, row, how), shown).await
        }
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (opened, row, how): (&OpenedCall, &Pledge, How),
    (status, form): (StatusCode, themes::Form),
) -> Result<Response, Error> {
    let book = &opened.book;
    let councils = councils(app, viewer, (opened, row, how)).await?;
    let members = spaces::members(&app.db, book.call.space_id).await?;
    let say = Say::new(app, viewer, book);
    let money = |minor| Money::new(Amount::from_minor(minor), book.currency);
    let prove = how.binds() && !is_proven(app, viewer);
    let word = how.word();
    let body = StepPage {
        page: frame_below(app, viewer, opened, text(app, viewer, &format!("pledge-{word}"))),
        form,
        call: facts(book, viewer.locale(), &members),
        council: row.council_name.clone(),
        ceiling: row.ceiling.map(money),
        share: settled(book, row).map(|share| share.gross),
        how: word,
        pledge: pledge_href(book, row),
        councils,
        kinds: kinds(app, say, book)?,
        bytes_max: i64::try_from(app.config.evidence_size_bytes_max).unwrap_or(i64::MAX),
        prove: prove.then(|| prove_href(opened, row, how)),
    };
    page_with(app, viewer, status, ("pages/pledge-step.html", &body))
}

/// The councils the step chooses from, after asking whether the reader may take it at all.
async fn councils(
    app: &App,
    viewer: &Viewer,
    (opened, row, how): (&OpenedCall, &Pledge, How),
) -> Result<Vec<Choice>, Error> {
    let resource = opened.resource();
    let choice = |(value, label): (String, String)| Choice { value, label };
    match how {
        How::Take => {
            let offer = substitutions::of_pledge(&app.db, row.id).await?.ok_or(Error::NotFound)?;
            allow(viewer.actor(), how.deed(), &resource.for_council(offer.council_id))?;
            Ok(vec![choice((offer.council_slug, offer.council_name))])
        }
        How::Offer => {
            allow(viewer.actor(), how.deed(), &resource.for_council(row.council_id))?;
            let members = spaces::members(&app.db, opened.book.call.space_id).await?;
            let free = members.into_iter().filter(|member| {
                crate::web::spaces::view::belongs(member.status)
                    && opened.book.position(member.council_id).is_none()
            });
            Ok(free.map(|member| choice((member.slug, member.name))).collect())
        }
        How::Approve => {
            let lead = opened.book.call.lead_id;
            allow(viewer.actor(), how.deed(), &resource.for_council(lead))?;
            Ok(Vec::new())
        }
        How::Schedule | How::Amend | How::Order => {
            allow(viewer.actor(), how.deed(), &resource.for_council(row.council_id))?;
            Ok(Vec::new())
        }
    }
}

fn prove_href(opened: &OpenedCall, row: &Pledge, how: How) -> String {
    let next = format!("{}/{}", pledge_href(&opened.book, row), how.word());
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/-/reauthenticate?next={next}")
}
