//! One document from which the shares of a call are computed again and its ledger is verified,
//! without this server.

use std::collections::BTreeMap;

use forge_api::{
    Amount as Text,
    share::{self, Backstop, BackstopOrder},
    verification::CallAudit,
};
use forge_domain::{
    calendar, hex,
    money::Amount,
    sharing::{self, Participant, ShareRequest},
};
use forge_store::{ledger::last_checkpoint, settings};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{CallBook, Reader, answer, refused, simulation};
use crate::{
    app::App,
    error::Error,
    ledger::{key, rows},
};

/// The form of the document.
const FORMAT: &str = "beffroi-call-audit/1";

/// Makes the document.
pub async fn audit(app: &App, book: &CallBook) -> Result<CallAudit, Error> {
    let frozen = book.frozen()?;
    let request = match &frozen {
        Some(_) => frozen_request(book)?,
        None => book.request(book.firm()).map_err(|error| refused(&error))?,
    };
    let wire = wire(book, &request)?;
    let text = |amount: Amount| Text(book.decimal(amount.minor()));
    let (shares, gap) = match &frozen {
        Some(shares) => (shares.clone(), Amount::ZERO),
        None => match book.shares_now().map_err(|error| refused(&error))? {
            Some(outcome) => (outcome.shares, outcome.gap),
            None => (BTreeMap::new(), Amount::ZERO),
        },
    };
    let space = book.space.id;
    let entries = rows::recorded(&mut Reader::Db(&app.db), space).await?;
    let line = |one: &forge_domain::ledger::Recorded| {
        String::from_utf8_lossy(&one.entry.canonical_bytes()).into_owned()
    };
    let origin = settings::get(&app.db, &format!("ledger_origin/{space}")).await?;
    let verifier = origin.map(|origin| key::signer(app, &origin)).transpose()?;
    Ok(CallAudit {
        format: FORMAT.to_owned(),
        generated_at: calendar::format_instant(app.clock.now()),
        call: answer::call(app, book)?,
        is_final: frozen.is_some(),
        digest: digest(&wire)?,
        request: wire,
        guarantor: book.backstop.as_ref().map(|one| one.slug.clone()),
        shares: shares.into_iter().map(|(council, share)| (council, text(share))).collect(),
        gap: text(gap),
        entries: entries.iter().map(line).collect(),
        checkpoint: last_checkpoint(&app.db, space).await?.map(|signed| signed.note),
        key: verifier.map(|signer| signer.verifier().to_string()),
    })
}

/// SHA-256 of a request as it is written.
///
/// # Errors
/// Internal where it cannot be written.
pub fn digest(request: &share::ShareRequest) -> Result<String, Error> {
    let bytes = serde_json::to_vec(request).map_err(anyhow::Error::from)?;
    Ok(hex::encode(&Sha256::digest(bytes)))
}

/// The request of the shares as told: frozen, or of today.
///
/// # Errors
/// What the sharing rules refuse.
pub fn request_told(book: &CallBook) -> Result<share::ShareRequest, Error> {
    let request = match book.frozen()? {
        Some(_) => frozen_request(book)?,
        None => book.request(book.firm()).map_err(|error| refused(&error))?,
    };
    wire(book, &request)
}

fn wire(book: &CallBook, request: &ShareRequest) -> Result<share::ShareRequest, Error> {
    let rule = serde_json::from_str(&book.call.rule).map_err(anyhow::Error::from)?;
    let guarantee = book.guarantee().map(|guarantee| Backstop {
        limit: Text(book.decimal(guarantee.limit.minor())),
        order: Some(match guarantee.order {
            sharing::BackstopOrder::BeforeCeilings => BackstopOrder::BeforeCeilings,
            sharing::BackstopOrder::AfterCeilings => BackstopOrder::AfterCeilings,
        }),
    });
    Ok(simulation::request(book, request, (rule, guarantee)))
}

/// What the frozen shares were computed from: the slices that were kept, and the councils with the
/// inhabitants, the ceilings and the work they had then.
fn frozen_request(book: &CallBook) -> Result<ShareRequest, Error> {
    let snapshot = book.call.snapshot.as_deref().unwrap_or("null");
    let snapshot: Value = serde_json::from_str(snapshot).map_err(anyhow::Error::from)?;
    let councils = snapshot["inputs"]["councils"].as_array().map_or(&[][..], Vec::as_slice);
    let one = |council: &Value| {
        let ceiling = council["ceiling"].as_str();
        let ceiling = ceiling.map(|text| Amount::parse(text, book.currency)).transpose();
        let in_kind = council["in_kind"].as_str();
        let in_kind = in_kind.map(|text| Amount::parse(text, book.currency)).transpose();
        let groupings = council["member_of"].as_array().into_iter().flatten();
        let groupings = groupings.filter_map(|one| one.as_str().map(str::to_owned)).collect();
        let id = council["id"].as_str().unwrap_or_default();
        let pledge = book
            .pledges
            .iter()
            .find(|pledge| Some(pledge.reference.as_str()) == council["pledge"].as_str());
        Ok(Participant {
            population: council["population"].as_u64(),
            ceiling: ceiling.map_err(anyhow::Error::from)?,
            in_kind: in_kind.map_err(anyhow::Error::from)?.unwrap_or_default(),
            member_of: groupings,
            rank: pledge.and_then(|pledge| book.participant(pledge).rank),
            ..Participant::new(id)
        })
    };
    let councils: Vec<Participant> = councils.iter().map(one).collect::<Result<_, Error>>()?;
    let kept = book.kept()?.unwrap_or_else(|| book.whole());
    book.request_for(kept, councils).map_err(|error| refused(&error))
}
