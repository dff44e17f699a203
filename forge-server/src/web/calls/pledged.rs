//! The pledges of a call with the acts they rest on, as far as the reader may see them.

use forge_domain::{access::Deed, calendar, hex, money::Amount, pledge::PledgeState};
use forge_store::{
    evidence::{self, Evidence},
    ledger,
    pledges::Pledge,
};
use serde::Serialize;

use super::shares::{Settled, pledge_href, settled};
use crate::{
    actions::allow,
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, answer, evidence::is_readable, open::OpenedCall},
    themes::Money,
};

/// A pledge in a list, or on its own page.
#[derive(Debug, Clone, Serialize)]
pub struct PledgeRow {
    /// Its reference.
    pub reference: String,
    /// Its page.
    pub href: String,
    /// The council's name.
    pub council: String,
    /// The council's page.
    pub council_href: String,
    /// Its state, the end of a key `pledge-state-…`.
    pub state: &'static str,
    /// The most it may ever owe.
    pub ceiling: Option<Money>,
    /// Its final share.
    pub settled: Option<Settled>,
    /// The day it was first said, where the space is.
    pub said_on: String,
    /// The day it became firm.
    pub committed_on: Option<String>,
    /// Whether everyone sees it.
    pub public: bool,
    /// The remark, for the councils of the space.
    pub note: Option<String>,
    /// Why it was taken back or refused.
    pub reason: Option<Reason>,
    /// The acts it rests on.
    pub evidence: Vec<EvidenceRow>,
    /// The number of its last entry in the ledger.
    pub entry: Option<i64>,
    /// The page of the ledger with that entry.
    pub entry_href: String,
}

/// Why a pledge ended.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// The council's own words, or the call's.
    pub text: String,
    /// The act behind it.
    pub act_ref: Option<String>,
}

/// An act.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceRow {
    /// Its id.
    pub id: String,
    /// Its kind, the end of a key `evidence-…`.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// The day it was taken.
    pub decided_on: String,
    /// The day the prefecture received it.
    pub received_on: Option<String>,
    /// The day it was published.
    pub published_on: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The digest of its file.
    pub digest: Option<String>,
    /// Its file, for those who may read it.
    pub file: Option<EvidenceFile>,
    /// The day a second person checked it.
    pub checked_on: Option<String>,
    /// The day a second person rejected it.
    pub rejected_on: Option<String>,
    /// Why, in that person's words.
    pub rejection: Option<String>,
    /// Where the reader can check it.
    pub check: Option<String>,
    /// Where the reader can reject it.
    pub reject: Option<String>,
    /// Where the reader can add the dates it is missing.
    pub dates: Option<String>,
}

/// A file to fetch.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceFile {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: i64,
    /// Its address.
    pub href: String,
}

/// Reads every pledge of a call.
pub async fn pledges(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
) -> Result<Vec<PledgeRow>, Error> {
    let call = &opened.book.call;
    let acts = evidence::of_call(&app.db, call.id).await?;
    let named = (call.id, call.reference.as_str());
    let entries = ledger::last_of_councils(&app.db, call.space_id, named).await?;
    let row = |row: &Pledge| {
        let own: Vec<&Evidence> = acts.iter().filter(|act| act.pledge_id == row.id).collect();
        let entry = entries.iter().find(|entry| entry.council == row.council_slug);
        pledge(app, viewer, opened, (row, &own), entry.map(|entry| entry.seq))
    };
    opened.book.pledges.iter().map(row).collect()
}

/// One pledge with its acts, and the last entry about its council.
pub fn pledge(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (row, acts): (&Pledge, &[&Evidence]),
    entry: Option<i64>,
) -> Result<PledgeRow, Error> {
    let book = &opened.book;
    let day = |at| calendar::date_at(at, &book.zone).to_string();
    let entry = entry.filter(|_| row.committed_at.is_some());
    let note = Some(row.note.clone()).filter(|note| opened.internal && !note.is_empty());
    let profile = app.profiles.of(&book.call.profile)?;
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let dated = |act: &Evidence| answer::undated(book, profile, act, today).is_empty();
    let told = |act: &&Evidence| evidence_row(viewer, opened, row, (act, dated(act)));
    Ok(PledgeRow {
        reference: row.reference.clone(),
        href: pledge_href(book, row),
        council: row.council_name.clone(),
        council_href: format!("/{}", row.council_slug),
        state: row.state.name(),
        ceiling: row.ceiling.map(|minor| Money::new(Amount::from_minor(minor), book.currency)),
        settled: settled(book, row),
        said_on: day(row.created_at),
        committed_on: row.committed_at.map(day),
        public: row.published || row.committed_at.is_some(),
        note,
        reason: reason(row),
        evidence: acts.iter().map(told).collect(),
        entry,
        entry_href: entry
            .map(|seq| format!("/{}/-/ledger?at={seq}#entry-{seq}", book.call.space_slug))
            .unwrap_or_default(),
    })
}

/// A pledge that its call released repeats the call's reason, which stands on the page already.
fn reason(row: &Pledge) -> Option<Reason> {
    let own = matches!(
        row.state,
        PledgeState::Withdrawn | PledgeState::Refused | PledgeState::Substituted
    );
    let text = row.reason.clone().filter(|_| own)?;
    Some(Reason { text, act_ref: row.act_ref.clone().filter(|act| !act.is_empty()) })
}

fn evidence_row(
    viewer: &Viewer,
    opened: &OpenedCall,
    pledge: &Pledge,
    (act, dated): (&Evidence, bool),
) -> EvidenceRow {
    let book = &opened.book;
    let address = address(book, act);
    let readable = act.digest.is_some() && is_readable(viewer.actor(), opened, pledge, act);
    let open = act.checked_at.is_none() && act.rejected_at.is_none();
    let checkable = open
        && viewer.person.as_ref().is_some_and(|person| person.id != act.uploaded_by)
        && may_check(viewer, opened, pledge);
    let completable = open
        && (act.prefecture_receipt_on.is_none() || act.published_on.is_none())
        && pledge.state.is_undecided()
        && may_prepare(viewer, opened, pledge);
    EvidenceRow {
        id: act.id.to_string(),
        kind: act.kind.replace('_', "-"),
        number: act.number.clone(),
        decided_on: act.decided_on.to_string(),
        received_on: act.prefecture_receipt_on.map(|day| day.to_string()),
        published_on: act.published_on.map(|day| day.to_string()),
        url: act.url.clone(),
        digest: act.digest.as_deref().map(hex::encode),
        file: readable.then(|| EvidenceFile {
            name: act.file_name.clone().unwrap_or_default(),
            bytes: act.size_bytes.unwrap_or_default(),
            href: address.clone(),
        }),
        checked_on: act.checked_at.map(|at| calendar::date_at(at, &book.zone).to_string()),
        rejected_on: act.rejected_at.map(|at| calendar::date_at(at, &book.zone).to_string()),
        rejection: act.rejection.clone(),
        reject: checkable.then(|| format!("{address}/reject")),
        check: (checkable && dated).then(|| format!("{address}/check")),
        dates: completable.then(|| format!("{address}/dates")),
    }
}

fn may_check(viewer: &Viewer, opened: &OpenedCall, pledge: &Pledge) -> bool {
    let resource = opened.resource().for_council(pledge.council_id);
    allow(viewer.actor(), Deed::CheckEvidence, &resource).is_ok()
}

fn may_prepare(viewer: &Viewer, opened: &OpenedCall, pledge: &Pledge) -> bool {
    let resource = opened.resource().for_council(pledge.council_id);
    viewer.person.is_some() && allow(viewer.actor(), Deed::PreparePledge, &resource).is_ok()
}

/// The address of an act's file; of its check, followed by `/check`.
fn address(book: &CallBook, act: &Evidence) -> String {
    format!("/{}/-/calls/{}/evidence/{}", book.call.space_slug, book.call.reference, act.id)
}
