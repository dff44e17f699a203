//! Holding a ledger against signatures, heads known from before, and an older clone.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_api::ledger::{LedgerFault, LedgerVerification};
use forge_domain::{
    hex,
    ledger::{self, Checkpoint, Entry, EntryKind, Evidence, Hash, Report, Verifier},
};

use super::{clone::Found, words};
use crate::text::Texts;

/// What a ledger is held against.
#[derive(Debug, Default)]
pub(crate) struct Against {
    /// Heads somebody wrote down: how many entries, and the root over them.
    pub known: Vec<(u64, Hash)>,
    /// An older clone.
    pub older: Option<Found>,
    /// Whether entries may wait for their signature: a server signs a moment after it writes.
    pub may_wait: bool,
}

/// Verifies what a clone holds, believing the signatures of one key.
pub(crate) fn check(
    found: &Found,
    key: &Verifier,
    against: &Against,
    texts: &Texts,
) -> LedgerVerification {
    let origin = key.name();
    let mut faults = Vec::new();
    for (file, line, why) in &found.unreadable {
        faults.push(words::unreadable(texts, file, *line, why));
    }
    let known = against.known.iter().map(|&(size, root)| {
        let origin = origin.to_owned();
        Checkpoint { origin, size, root }
    });
    let mut known: Vec<Checkpoint> = known.collect();
    known.extend(believed(&found.seen, key));
    if let Some(older) = &against.older {
        known.extend(opened(older, key));
        faults.extend(differences(found, older, texts));
    }
    let evidence = Evidence { origin, verifier: key, notes: &found.notes, known: &known };
    let report = ledger::verify(&found.entries, &evidence);
    faults.extend(report.findings.iter().map(|finding| words::finding(texts, finding)));
    let keys = found.keys.iter().map(|key| key.trim());
    if keys.into_iter().any(|other| other != key.to_string()) {
        faults.push(words::plain(texts, "key_changed", None));
    }
    if !against.may_wait {
        faults.extend(unsigned(&opened(found, key), &report, texts));
    }
    // The same fault may be seen from two sides.
    let mut told: Vec<LedgerFault> = Vec::new();
    for fault in faults {
        if !told.contains(&fault) {
            told.push(fault);
        }
    }
    answer(origin, &report, told)
}

/// The heads of a clone that this key signed.
pub(crate) fn opened(found: &Found, key: &Verifier) -> Vec<Checkpoint> {
    believed(&found.notes, key)
}

fn believed(notes: &[String], key: &Verifier) -> Vec<Checkpoint> {
    let open = |note: &String| Checkpoint::open(note, key.name(), key).ok();
    notes.iter().filter_map(open).collect()
}

/// A head that was known before, and where from.
#[derive(Debug)]
pub(crate) struct KnownHead {
    /// The end of a key `cli-ledger-known-…`.
    pub from: &'static str,
    /// The day it was published, where that is known.
    pub day: Option<String>,
    /// So many entries.
    pub size: u64,
}

/// The heads a ledger was held against that somebody else than its last commit vouches for.
pub(crate) fn known_heads(found: &Found, key: &Verifier, against: &Against) -> Vec<KnownHead> {
    let given = against.known.iter().map(|&(size, _)| KnownHead { from: "given", day: None, size });
    let older = against.older.as_ref().and_then(|older| {
        let size = opened(older, key).iter().map(|head| head.size).max()?;
        Some(KnownHead { from: "older", day: older.dated.clone(), size })
    });
    let before = found.before.as_ref().and_then(|(note, day)| {
        let head = Checkpoint::open(note, key.name(), key).ok()?;
        Some(KnownHead { from: "clone", day: Some(day.clone()), size: head.size })
    });
    given.chain(older).chain(before).collect()
}

/// Each call whose books were closed, and how many of its accounts do not stand at zero.
pub(crate) fn closed(found: &Found) -> Vec<(String, usize)> {
    let entries = || found.entries.iter().map(|recorded| &recorded.entry);
    let closing = entries().filter(|entry| entry.kind == EntryKind::ClosingAppropriation);
    let left = |entry: &Entry| ledger::balances(entries(), &entry.call, entry.currency).len();
    closing.map(|entry| (entry.call.to_string(), left(entry))).collect()
}

/// Where the lines of an older clone are no longer what they were.
fn differences(found: &Found, older: &Found, texts: &Texts) -> Option<LedgerFault> {
    let pairs = older.lines.iter().zip(&found.lines);
    let at = pairs.enumerate().find(|(_, (before, now))| before != now).map(|(at, _)| at);
    if let Some(at) = at {
        return Some(words::plain(texts, "entry_differs", i64::try_from(at + 1).ok()));
    }
    let missing = older.lines.len() > found.lines.len();
    let first = i64::try_from(found.lines.len() + 1).ok();
    missing.then(|| words::plain(texts, "entry_missing", first))
}

/// Whether every entry is under a signature.
fn unsigned(signed: &[Checkpoint], report: &Report, texts: &Texts) -> Option<LedgerFault> {
    let size = signed.iter().map(|checkpoint| checkpoint.size).max().unwrap_or(0);
    let first = i64::try_from(size + 1).ok();
    (report.entries > size).then(|| words::plain(texts, "unsigned_entry", first))
}

fn answer(origin: &str, report: &Report, faults: Vec<LedgerFault>) -> LedgerVerification {
    LedgerVerification {
        space: origin.rsplit('/').next().unwrap_or(origin).to_owned(),
        verified: faults.is_empty(),
        entries: i64::try_from(report.entries).unwrap_or(i64::MAX),
        head: hex::encode(&report.link),
        root: BASE64_STANDARD.encode(report.root),
        checkpoints: i64::try_from(report.checkpoints).unwrap_or(i64::MAX),
        faults,
    }
}
