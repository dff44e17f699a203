//! Evidence: acts added to a pledge, and the second person's check.

use forge_api::pledges::{EvidenceVisibility, NewEvidence};
use forge_domain::{Id, access::Deed, id, ledger::Hash, pledge};
use forge_store::{Tx, evidence, evidence::Evidence, pledges};
use jiff::civil::Date;
use serde_json::json;

use super::{Action, Context, pledges::find};
use crate::{
    error::{Error, Refusal},
    funding::{draft, evidence::KeptFile, pledge_refused, wrong},
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
        let optional = |field, text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map(|text| draft::date(field, text)).transpose()
        };
        Ok(Self {
            kind: new.kind.trim().to_owned(),
            number: number(&new.number)?,
            decided_on: draft::date("date", &new.date)?,
            prefecture_receipt_on: optional("prefecture_receipt", &new.prefecture_receipt)?,
            published_on: optional("published", &new.published)?,
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
        })
    }
}

/// An act as the rules judge it.
pub(super) fn as_judged(row: &Evidence) -> pledge::Evidence {
    pledge::Evidence {
        kind: row.kind.clone(),
        number: Some(row.number.clone()),
        date: Some(row.decided_on),
        prefecture_receipt_on: row.prefecture_receipt_on,
        published_on: row.published_on,
        url: row.url.clone(),
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
        let (_, pledge) = find(tx, cx, &self.pledge).await?;
        if pledge.state.way_out().is_none() {
            return Err(Error::Conflict(Refusal::new("pledge_state")));
        }
        let row = self.act.row(cx, pledge.id)?;
        evidence::insert(&mut *tx, &row).await?;
        cx.record_for(
            pledge.council_id,
            self.pledge.clone(),
            json!({ "evidence": row.id.to_string(), "kind": row.kind, "number": row.number }),
        );
        Ok(row.id)
    }
}

/// Records that a second person has checked an act: recorded, and not yet required.
#[derive(Debug, Clone)]
pub struct CheckEvidence {
    /// The act.
    pub evidence: Id<id::Evidence>,
}

impl Action for CheckEvidence {
    const DEED: Deed = Deed::CheckEvidence;
    type Output = Evidence;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Evidence, Error> {
        let row = evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)?;
        let pledge = pledges::by_id(&mut *tx, row.pledge_id).await?.ok_or(Error::NotFound)?;
        let (_, pledge) = find(tx, cx, &pledge.reference).await?;
        let person = cx.person()?;
        pledge::second_check(row.uploaded_by, person).map_err(|fault| pledge_refused(&[fault]))?;
        if !evidence::check(&mut *tx, row.id, person, cx.now).await? {
            return Err(Error::Conflict(Refusal::new("evidence_checked")));
        }
        cx.record_for(
            pledge.council_id,
            pledge.reference.clone(),
            json!({ "evidence_checked": row.id.to_string() }),
        );
        evidence::by_id(&mut *tx, self.evidence).await?.ok_or(Error::NotFound)
    }
}

fn number(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let plain = text.chars().count() <= NUMBER_CHARS_MAX && !text.chars().any(char::is_control);
    if plain { Ok(text.to_owned()) } else { Err(wrong("number", "text_too_long")) }
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
