//! Evidence: acts added to a pledge, and the second person's check.

use forge_api::pledges::{EvidenceVisibility, NewEvidence};
use forge_domain::{
    Id,
    access::Deed,
    calendar, id,
    ledger::Hash,
    notices::EventKind,
    pledge::{self, PledgeState, Wait},
};
use forge_store::{
    Tx, evidence,
    evidence::Evidence,
    pledges::{self, Pledge},
};
use jiff::civil::Date;
use serde_json::json;

use super::{
    Action, Context,
    pledges::{find, go_on, happened},
};
use crate::{
    error::{Error, Refusal},
    events,
    funding::{CallBook, answer, draft, evidence::KeptFile, pledge_refused, wrong},
};

/// The longest number of an act.
const NUMBER_CHARS_MAX: usize = 120;

/// An act as its council describes it, every text parsed.
#[derive(Debug, Clone)]
pub struct NewAct {
    kind: String,
    number: String,
    decided_on: Date,
    prefecture_receipt_on: Option<Date>,
    published_on: Option<Date>,
    delegation_ref: Option<String>,
    matter_code: Option<String>,
    url: Option<String>,
    visibility: &'static str,
    file: Option<KeptFile>,
}

impl NewAct {
    /// Reads an act; its file is on disk already.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong. Whether it is enough for a pledge is judged
    /// with the pledge.
    pub fn parse(new: &NewEvidence, file: Option<KeptFile>) -> Result<Self, Error> {
        Ok(Self {
            kind: new.kind.trim().to_owned(),
            number: number("number", &new.number)?,
            decided_on: draft::date("date", &new.date)?,
            prefecture_receipt_on: day("prefecture_receipt", &new.prefecture_receipt)?,
            published_on: day("published", &new.published)?,
            delegation_ref: written("delegation_ref", new.delegation_ref.as_deref())?,
            matter_code: written("matter_code", new.matter_code.as_deref())?,
            url: url(new.url.as_deref())?,
            visibility: match new.visibility {
                EvidenceVisibility::Public => "public",
                EvidenceVisibility::Members => "members",
                EvidenceVisibility::Auditors => "auditors",
            },
            file,
        })
    }

    /// The row of the act, behind a pledge.
    pub(super) fn row(&self, cx: &Context<'_>, pledge: Id<id::Pledge>) -> Result<Evidence, Error> {
        let file = self.file.as_ref();
        Ok(Evidence {
            id: file.map_or_else(|| cx.new_id(), |file| file.id),
            pledge_id: pledge,
            kind: self.kind.clone(),
            number: self.number.clone(),
            decided_on: self.decided_on,
            prefecture_receipt_on: self.prefecture_receipt_on,
            published_on: self.published_on,
            delegation_ref: self.delegation_ref.clone(),
            matter_code: self.matter_code.clone(),
            url: self.url.clone(),
            file_name: file.map(|file| file.name.clone()),
            media_type: file.map(|file| file.media_type.to_owned()),
            size_bytes: file.map(|file| file.size_bytes),
            salt: file.map(|file| file.salt.to_vec()),
            digest: file.map(|file| file.digest.to_vec()),
            visibility: self.visibility.to_owned(),
            uploaded_by: cx.person()?,
            uploaded_at: cx.now,
            checked_by: None,
            checked_at: None,
            rejected_by: None,
            rejected_at: None,
            rejection: None,
        })
    }
}

/// The acts of a pledge as the rules judge them: one that a second person rejected backs nothing.
pub fn standing(acts: &[Evidence]) -> Vec<pledge::Evidence> {
    acts.iter().filter(|act| act.rejected_at.is_none()).map(as_judged).collect()
}

/// An act as the rules judge it.
pub fn as_judged(row: &Evidence) -> pledge::Evidence {
    pledge::Evidence {
        kind: row.kind.clone(),
        number: Some(row.number.clone()),
        date: Some(row.decided_on),
        prefecture_receipt_on: row.prefecture_receipt_on,
        published_on: row.published_on,
        delegation_ref: row.delegation_ref.clone(),
        url: row.url.clone(),
        checked: row.checked_at.is_some(),
        file_digest: row.digest.as_deref().and_then(|digest| Hash::try_from(digest).ok()),
    }
}

/// Adds an act to a pledge.
#[derive(Debug, Clone)]
pub struct AddEvidence {
    /// The pledge.
    pub pledge: String,
    /// The act.
    pub act: NewAct,
}

impl Action for AddEvidence {
    const DEED: Deed = Deed::PreparePledge;
    type Output = Id<id::Evidence>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Id<id::Evidence>, Error> {
        let (book, pledge) = find(tx, cx, &self.pledge).await?;
        still_open(&pledge)?;
        let row = self.act.row(cx, pledge.id)?;
        add(tx, cx, (&book, &pledge), &row).await?;
        go_on(tx, cx, &pledge.reference).await?;
        cx.record_for(
            pledge.council_id,
            self.pledge.clone(),
            json!({ "evidence": row.id.to_string(), "kind": row.kind, "number": row.number }),
        );
        Ok(row.id)
    }
}

/// Adds to an act the dates it was still missing; what is known already stays.
#[derive(Debug, Clone)]
pub struct CompleteEvidence {
    /// The act.
    pub evidence: Id<id::Evidence>,
    /// The day the prefecture received it.
    pub prefecture_receipt: Option<String>,
    /// The day it was published.
    pub published: Option<String>,
}

impl Action for CompleteEvidence {
    const DEED: Deed = Deed::PreparePledge;
    type Output = Evidence;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Evidence, Error> {
        let row = evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)?;
        let pledge = pledges::by_id(&mut *tx, row.pledge_id).await?.ok_or(Error::NotFound)?;
        let (_, pledge) = find(tx, cx, &pledge.reference).await?;
        still_open(&pledge)?;
        let received = day("prefecture_receipt", &self.prefecture_receipt)?;
        let published = day("published", &self.published)?;
        if !evidence::complete(&mut *tx, row.id, (received, published)).await? {
            // Whoever checked it checked these dates too.
            return Err(answered(&row));
        }
        go_on(tx, cx, &pledge.reference).await?;
        let told = |day: Option<Date>| day.map(|day| day.to_string());
        cx.record_for(
            pledge.council_id,
            pledge.reference.clone(),
            json!({
                "evidence": row.id.to_string(), "prefecture_receipt": told(received),
                "published": told(published),
            }),
        );
        evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)
    }
}

/// Records that a second person has checked an act; the pledge that waited for it goes on.
#[derive(Debug, Clone)]
pub struct CheckEvidence {
    /// The act.
    pub evidence: Id<id::Evidence>,
}

impl Action for CheckEvidence {
    const DEED: Deed = Deed::CheckEvidence;
    type Output = Evidence;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Evidence, Error> {
        let (book, pledge, row) = to_check(tx, cx, self.evidence).await?;
        enforceable(cx, &book, &row)?;
        if !evidence::check(&mut *tx, row.id, cx.person()?, cx.now).await? {
            return Err(answered(&row));
        }
        tell(tx, cx, (&book, &pledge), (&row, EventKind::EvidenceChecked)).await?;
        go_on(tx, cx, &pledge.reference).await?;
        cx.record_for(
            pledge.council_id,
            pledge.reference.clone(),
            json!({ "evidence_checked": row.id.to_string() }),
        );
        evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)
    }
}

/// Records that a second person cannot accept an act, and why: it backs nothing, and the pledge
/// waits for another.
///
/// What is firm already stays so: the act of the council binds it, not the forge's record of it.
#[derive(Debug, Clone)]
pub struct RejectEvidence {
    /// The act.
    pub evidence: Id<id::Evidence>,
    /// What is wrong with it, for who has to bring another.
    pub reason: String,
}

impl Action for RejectEvidence {
    const DEED: Deed = Deed::CheckEvidence;
    type Output = Evidence;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Evidence, Error> {
        let (book, pledge, row) = to_check(tx, cx, self.evidence).await?;
        let reason = draft::text("reason", &self.reason)?;
        if reason.is_empty() {
            return Err(wrong("reason", "reason_missing"));
        }
        if !evidence::reject(&mut *tx, row.id, (cx.person()?, &reason), cx.now).await? {
            return Err(answered(&row));
        }
        tell(tx, cx, (&book, &pledge), (&row, EventKind::EvidenceRejected)).await?;
        cx.record_for(
            pledge.council_id,
            pledge.reference.clone(),
            json!({ "evidence_rejected": row.id.to_string(), "reason": reason }),
        );
        evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)
    }
}

/// Opens an act for the person who checks it: somebody else than who uploaded it.
async fn to_check(
    tx: &mut Tx,
    cx: &Context<'_>,
    id: Id<id::Evidence>,
) -> Result<(CallBook, Pledge, Evidence), Error> {
    let row = evidence::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)?;
    let pledge = pledges::by_id(&mut *tx, row.pledge_id).await?.ok_or(Error::NotFound)?;
    let (book, pledge) = find(tx, cx, &pledge.reference).await?;
    pledge::second_check(row.uploaded_by, cx.person()?)
        .map_err(|fault| pledge_refused(&[fault]))?;
    Ok((book, pledge, row))
}

/// A second person has answered for the act already.
fn answered(row: &Evidence) -> Error {
    let rejected = row.rejected_at.is_some();
    let code = if rejected { "evidence_rejected" } else { "evidence_checked" };
    Error::Conflict(Refusal::new(code))
}

/// Who checks an act checks the dates that make it enforceable: they are there first, for nothing
/// is added to an act that was checked.
fn enforceable(cx: &Context<'_>, book: &CallBook, row: &Evidence) -> Result<(), Error> {
    let profile = cx.app.profiles.of(&book.call.profile)?;
    let today = calendar::date_at(cx.now, &book.zone);
    let missing = answer::undated(book, profile, row, today);
    let faults: Vec<_> = missing.into_iter().map(Wait::refusal).collect();
    if faults.is_empty() { Ok(()) } else { Err(pledge_refused(&faults)) }
}

/// Adds an act to a pledge, and tells whoever is to check it.
pub(super) async fn add(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, pledge): (&CallBook, &Pledge),
    row: &Evidence,
) -> Result<(), Error> {
    evidence::insert(&mut *tx, row).await?;
    tell(tx, cx, (book, pledge), (row, EventKind::EvidenceAdded)).await
}

async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    (book, pledge): (&CallBook, &Pledge),
    (row, kind): (&Evidence, EventKind),
) -> Result<(), Error> {
    let event = happened(book, pledge, kind).nth(row.id);
    events::emit(tx, cx, event.saying(json!({ "act": row.number }))).await?;
    Ok(())
}

/// Evidence belongs to a pledge that can still become firm, or whose ceiling can still rise.
fn still_open(pledge: &Pledge) -> Result<(), Error> {
    let open = pledge.state.is_undecided() || pledge.state == PledgeState::Firm;
    if open { Ok(()) } else { Err(Error::Conflict(Refusal::new("pledge_state"))) }
}

fn day(field: &'static str, text: &Option<String>) -> Result<Option<Date>, Error> {
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| draft::date(field, text)).transpose()
}

fn written(field: &'static str, text: Option<&str>) -> Result<Option<String>, Error> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| number(field, text)).transpose()
}

fn number(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let plain = text.chars().count() <= NUMBER_CHARS_MAX && !text.chars().any(char::is_control);
    if plain { Ok(text.to_owned()) } else { Err(wrong(field, "text_too_long")) }
}

fn url(text: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let parsed = url::Url::parse(text).map_err(|_| wrong("url", "url_invalid"))?;
    if matches!(parsed.scheme(), "http" | "https") && text.len() <= 2000 {
        Ok(Some(parsed.to_string()))
    } else {
        Err(wrong("url", "url_invalid"))
    }
}
