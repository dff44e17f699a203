//! Verification of a ledger on the server: everything is derived from the rows — bytes, links,
//! root, balances — and held against the signed heads, the published files and the pledges. No
//! stored hash and no stored balance is believed.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_api::ledger::{LedgerFault, LedgerVerification};
use forge_domain::{
    hex,
    ledger::{self, Account, Evidence, Finding, Hash, Recorded, Reference},
    money::Currency,
    names::RefName,
    pledge::PledgeState,
};
use forge_store::{
    ledger::{checkpoints, standing_of_space},
    pledges::{self, Committed},
    settings,
    spaces::Space,
};

use super::{key, publish, rows, votes};
use crate::{app::App, error::Error, funding::Reader};

/// Verifies the ledger of a space.
pub async fn verify(app: &App, space: &Space) -> Result<LedgerVerification, Error> {
    let recorded = match rows::recorded(&mut Reader::Db(&app.db), space.id).await {
        Ok(recorded) => recorded,
        Err(Error::Internal(cause)) => return Ok(unreadable(space, &cause)),
        Err(other) => return Err(other),
    };
    verify_these(app, space, &recorded).await
}

/// Verifies the ledger of a space, whose entries these are, all of them.
pub(super) async fn verify_these(
    app: &App,
    space: &Space,
    recorded: &[Recorded],
) -> Result<LedgerVerification, Error> {
    let held = held_against(app, space, recorded).await?;
    let report = {
        let origin = held.origin.as_deref().unwrap_or_default();
        let verifier =
            key::signer(app, if origin.is_empty() { "none" } else { origin })?.verifier();
        let evidence = Evidence { origin, verifier: &verifier, notes: &held.notes, known: &[] };
        ledger::verify(recorded, &evidence)
    };
    let mut faults: Vec<LedgerFault> = report.findings.iter().map(fault).collect();
    faults.extend(held.faults);
    faults.extend(pledge_faults(app, space, recorded).await?);
    faults.extend(balance_faults(app, space, recorded).await?);
    faults.extend(votes::faults(app, space, recorded).await?);
    Ok(LedgerVerification {
        space: space.slug.clone(),
        verified: faults.is_empty(),
        entries: i64::try_from(report.entries).unwrap_or(i64::MAX),
        head: hex::encode(&report.link),
        root: BASE64_STANDARD.encode(report.root),
        checkpoints: i64::try_from(report.checkpoints).unwrap_or(i64::MAX),
        faults,
    })
}

/// The root a verification came to.
pub(super) fn root(report: &LedgerVerification) -> Result<Hash, Error> {
    let bytes = BASE64_STANDARD.decode(&report.root).map_err(anyhow::Error::from)?;
    Ok(Hash::try_from(bytes.as_slice()).unwrap_or_default())
}

/// What is known of a ledger beside its rows.
#[derive(Debug, Default)]
struct Held {
    origin: Option<String>,
    notes: Vec<String>,
    faults: Vec<LedgerFault>,
}

/// Collects the signed heads and compares the published files with what the rows make.
async fn held_against(app: &App, space: &Space, recorded: &[Recorded]) -> Result<Held, Error> {
    let mut held = Held {
        origin: settings::get(&app.db, &format!("ledger_origin/{}", space.id)).await?,
        ..Held::default()
    };
    let Some(origin) = held.origin.clone() else { return Ok(held) };
    held.notes = checkpoints(&app.db, space.id).await?.into_iter().map(|row| row.note).collect();
    let Some(module) = publish::meta(app, space).await? else {
        held.faults.push(plain("meta_missing", "The meta-repository of the space is not there."));
        return Ok(held);
    };
    let repository = app.repositories.get(module.id.uuid()).await.map_err(anyhow::Error::from)?;
    let branch = RefName::branch(&module.default_branch).map_err(anyhow::Error::from)?;
    let Some(tip) = repository.tip(&branch).await.map_err(anyhow::Error::from)? else {
        if !held.notes.is_empty() {
            held.faults.push(plain("meta_missing", "The meta-repository of the space is empty."));
        }
        return Ok(held);
    };
    let made = match publish::compose(app, &origin, recorded) {
        Ok(made) => made,
        // Entries that cannot follow each other are found by the domain's own verification.
        Err(_) => return Ok(held),
    };
    for (path, bytes) in &made.files {
        let Some(published) = publish::file(&repository, tip, path).await? else { continue };
        let text = String::from_utf8_lossy(&published).into_owned();
        if path == publish::CHECKPOINT {
            held.notes.push(text);
        } else if path == publish::KEY && published != *bytes {
            let message = "The published key is not the one this server signs with.";
            held.faults.push(plain("key_mismatch", message));
        } else if path.ends_with(".jsonl") && !bytes.starts_with(&published) {
            let message = format!("{path} was published with other entries than the rows make.");
            held.faults.push(LedgerFault {
                code: "published_differs".to_owned(),
                seq: first_difference(bytes, &published),
                message,
            });
        }
    }
    Ok(held)
}

/// The number of the first published entry that differs, read from its own line.
fn first_difference(made: &[u8], published: &[u8]) -> Option<i64> {
    let mut made = made.split(|byte| *byte == b'\n');
    let line = published.split(|byte| *byte == b'\n').find(|line| made.next() != Some(line))?;
    let entry: serde_json::Value = serde_json::from_slice(line).ok()?;
    entry["seq"].as_i64()
}

/// Every pledge is the sum of its entries: what is committed on an account is what the pledge
/// says, and nothing is committed by anyone else.
async fn pledge_faults(
    app: &App,
    space: &Space,
    recorded: &[Recorded],
) -> Result<Vec<LedgerFault>, Error> {
    let mut expected: BTreeMap<(String, String), BTreeMap<String, i128>> = BTreeMap::new();
    for row in pledges::committed_in_space(&app.db, space.id).await? {
        let council = expected.entry((row.call_ref.clone(), row.currency.clone())).or_default();
        *council.entry(row.council_slug.clone()).or_default() += i128::from(outstanding(&row));
    }
    for Recorded { entry, .. } in recorded {
        let key = (entry.call.to_string(), entry.currency.code().to_owned());
        expected.entry(key).or_default();
    }
    let mut faults = Vec::new();
    for ((call, currency), councils) in &expected {
        let reference = call.parse::<Reference>().map_err(anyhow::Error::from)?;
        let currency = Currency::from_code(currency).map_err(anyhow::Error::from)?;
        let entries = recorded.iter().map(|recorded| &recorded.entry);
        let mut found: BTreeMap<String, i128> = BTreeMap::new();
        for (account, sum) in ledger::balances(entries, &reference, currency) {
            if let Account::CommitmentsCouncil(council) = account {
                found.insert(council.to_string(), sum);
            }
        }
        let all = councils.keys().chain(found.keys());
        for council in all.collect::<std::collections::BTreeSet<_>>() {
            let says = councils.get(council).copied().unwrap_or_default();
            let is = found.get(council).copied().unwrap_or_default();
            if says != is {
                let message = format!(
                    "{council} has committed {is} minor units on {call} by the ledger, and {says} \
                     by its pledges."
                );
                faults.push(LedgerFault { code: "pledge_mismatch".to_owned(), seq: None, message });
            }
        }
    }
    Ok(faults)
}

/// What a pledge commits now: its ceiling while firm, its share once confirmed.
pub fn committed(row: &Committed) -> i64 {
    match row.state {
        PledgeState::Firm => row.ceiling,
        state if !state.is_frozen() => None,
        _ if row.basis == "gross" => row.final_gross,
        _ => row.final_net,
    }
    .unwrap_or_default()
}

/// What of that is not called for yet: what the accounts of commitments say (domain.md §c13).
fn outstanding(row: &Committed) -> i64 {
    if row.settled_at.is_some() { 0 } else { committed(row) - row.called }
}

/// What is kept as standing on each account is what the entries add up to.
async fn balance_faults(
    app: &App,
    space: &Space,
    recorded: &[Recorded],
) -> Result<Vec<LedgerFault>, Error> {
    let mut sums: BTreeMap<(String, String, String), i128> = BTreeMap::new();
    for Recorded { entry, .. } in recorded {
        for posting in &entry.postings {
            let account = posting.account.to_string();
            let key = (entry.call.to_string(), entry.currency.code().to_owned(), account);
            *sums.entry(key).or_default() += i128::from(posting.amount.minor());
        }
    }
    for row in standing_of_space(&app.db, space.id).await? {
        let key = (row.call_ref, row.currency, row.account);
        *sums.entry(key).or_default() -= i128::from(row.amount);
    }
    let differs = sums.into_iter().filter(|(_, rest)| *rest != 0);
    Ok(differs
        .map(|((call, _, account), rest)| LedgerFault {
            code: "balance_mismatch".to_owned(),
            seq: None,
            message: format!("{account} of {call} is kept {rest} minor units below its entries."),
        })
        .collect())
}

fn fault(finding: &Finding) -> LedgerFault {
    let seq = match finding {
        Finding::Gap { expected, .. } => Some(*expected),
        Finding::Unlawful { seq, .. }
        | Finding::NotCanonical { seq }
        | Finding::BrokenLink { seq }
        | Finding::WrongReversal { seq }
        | Finding::Repeated { seq } => Some(*seq),
        Finding::CheckpointMismatch { sound, .. } => Some(sound + 1),
        Finding::Rollback { found, .. } => Some(found + 1),
        Finding::BadCheckpoint { .. } | Finding::CheckpointsShrink { .. } => None,
    };
    LedgerFault {
        code: finding.code().to_owned(),
        seq: seq.and_then(|seq| i64::try_from(seq).ok()),
        message: finding.to_string(),
    }
}

fn plain(code: &str, message: &str) -> LedgerFault {
    LedgerFault { code: code.to_owned(), seq: None, message: message.to_owned() }
}

fn unreadable(space: &Space, cause: &anyhow::Error) -> LedgerVerification {
    LedgerVerification {
        space: space.slug.clone(),
        verified: false,
        entries: 0,
        head: String::new(),
        root: String::new(),
        checkpoints: 0,
        faults: vec![plain("unreadable", &format!("{cause:#}."))],
    }
}
