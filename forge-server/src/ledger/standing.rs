//! Where a ledger stands, for its pages: verified whole while it is short, and from a head that was
//! verified before once it is long, so that a page costs the same however long its ledger is.
//!
//! Such a head is one that this server's key signed, or one that this server has read up to by
//! itself since it started. Whoever holds the database alone can rewrite rows before it, which only
//! a whole verification finds: the page says how far it read.

use std::{collections::BTreeMap, sync::Mutex};

use forge_domain::{
    Id, hex, id,
    ledger::{self, Checkpoint, Evidence, Hash, Head, Recorded},
};
use forge_store::{
    ledger::{Verified, head, last_checkpoint, verified},
    settings,
    spaces::Space,
};
use jiff::Timestamp;

use super::{key, rows, verify};
use crate::{app::App, error::Error, funding::Reader};

/// So many entries are read again at every look: some milliseconds.
const WHOLE_MAX: usize = 500;
/// The most entries one look reads. The next goes on from there.
const STEP: i64 = 1000;

/// Where a ledger stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// How many entries there are.
    pub entries: i64,
    /// The last link, in hexadecimal.
    pub head: String,
    /// The root over all entries; none where some were not read yet.
    pub root: Option<Hash>,
    /// How many signed heads were held against them.
    pub checkpoints: i64,
    /// What does not hold.
    pub faults: Vec<String>,
    /// Up to which entry a head was believed, and when it was verified; none where all was read.
    pub trusted: Option<(i64, Timestamp)>,
    /// Up to which entry they are verified, where that is not the last.
    pub behind: Option<i64>,
}

/// How far this server has read ledgers by itself, beyond their signed heads.
#[derive(Debug, Default)]
pub struct Reached(Mutex<BTreeMap<Id<id::Space>, (Head, Timestamp)>>);

impl Reached {
    fn of(&self, space: Id<id::Space>) -> Option<(Head, Timestamp)> {
        self.0.lock().ok()?.get(&space).cloned()
    }

    fn keep(&self, space: Id<id::Space>, head: Head, now: Timestamp) {
        if let Ok(mut reached) = self.0.lock() {
            reached.insert(space, (head, now));
        }
    }
}

/// Looks at a ledger.
pub async fn standing(app: &App, space: &Space) -> Result<Standing, Error> {
    standing_within(app, space, (WHOLE_MAX, STEP)).await
}

/// As [`standing`], where a ledger of at most `whole_max` entries is read whole, and of a longer
/// one at most `step` entries.
pub async fn standing_within(
    app: &App,
    space: &Space,
    (whole_max, step): (usize, i64),
) -> Result<Standing, Error> {
    let from = before(app, space, whole_max).await?.unwrap_or_default();
    let after = i64::try_from(from.head.size()).map_err(anyhow::Error::from)?;
    let tail = rows::some_after(&mut Reader::Db(&app.db), space.id, (after, step)).await;
    match tail {
        Ok(all) if after == 0 && all.len() <= whole_max => whole(app, space, &all).await,
        Ok(tail) => onward(app, space, from, &tail).await,
        Err(Error::Internal(cause)) => {
            let mut standing = onward(app, space, from, &[]).await?;
            standing.faults.push(format!("{cause:#}."));
            Ok(standing)
        }
        Err(other) => Err(other),
    }
}

async fn whole(app: &App, space: &Space, recorded: &[Recorded]) -> Result<Standing, Error> {
    let report = verify::verify_these(app, space, recorded).await?;
    Ok(Standing {
        entries: report.entries,
        root: Some(verify::root(&report)?),
        head: report.head,
        checkpoints: report.checkpoints,
        faults: report.faults.into_iter().map(|fault| fault.message).collect(),
        trusted: None,
        behind: None,
    })
}

/// A head that a look goes on from; the empty one where nothing is believed.
struct Trusted {
    head: Head,
    /// The note that signs it, and the name of the ledger in it.
    signed: Option<(String, String)>,
    at: Timestamp,
}

impl Default for Trusted {
    fn default() -> Self {
        Self { head: Head::EMPTY, signed: None, at: Timestamp::UNIX_EPOCH }
    }
}

/// The furthest head that is believed, read by this server or signed by it, where a ledger is
/// longer than `whole_max`.
async fn before(app: &App, space: &Space, whole_max: usize) -> Result<Option<Trusted>, Error> {
    let long = |size: u64| usize::try_from(size).is_ok_and(|size| size > whole_max);
    let kept = verified(&app.db, space.id).await?;
    let signed = kept.as_ref().and_then(|kept| u64::try_from(kept.size).ok()).unwrap_or_default();
    match (app.reached.of(space.id), kept) {
        (Some((head, at)), _) if long(head.size()) && head.size() > signed => {
            Ok(Some(Trusted { head, signed: None, at }))
        }
        (_, Some(kept)) if long(signed) => trusted(app, space, &kept).await,
        _ => Ok(None),
    }
}

/// The head to go on from: what was kept of it must make the root that was signed.
async fn trusted(app: &App, space: &Space, kept: &Verified) -> Result<Option<Trusted>, Error> {
    let Some(origin) = settings::get(&app.db, &format!("ledger_origin/{}", space.id)).await? else {
        return Ok(None);
    };
    let Some(signed) = last_checkpoint(&app.db, space.id).await? else { return Ok(None) };
    let verifier = key::signer(app, &origin)?.verifier();
    let believed = || {
        let checkpoint = Checkpoint::open(&signed.note, &origin, &verifier).ok()?;
        let size = u64::try_from(kept.size).ok()?;
        let link = Hash::try_from(kept.link.as_slice()).ok()?;
        let peaks: Vec<Hash> =
            kept.peaks.chunks(32).map(|peak| peak.try_into().ok()).collect::<Option<_>>()?;
        let head = Head::from_parts(size, link, peaks)?;
        (head.size() == checkpoint.size && head.root() == checkpoint.root).then_some(head)
    };
    let head = believed();
    let at = kept.verified_at;
    Ok(head.map(|head| Trusted { head, signed: Some((signed.note, origin)), at }))
}

/// Verifies what follows a head, and keeps how far that was.
async fn onward(
    app: &App,
    space: &Space,
    from: Trusted,
    tail: &[Recorded],
) -> Result<Standing, Error> {
    let checkpoints = i64::from(from.signed.is_some());
    let (note, origin) = from.signed.unzip();
    let origin = origin.as_deref().unwrap_or("none");
    let verifier = key::signer(app, origin)?.verifier();
    let notes: Vec<String> = note.into_iter().collect();
    let evidence = Evidence { origin, verifier: &verifier, notes: &notes, known: &[] };
    let report = ledger::verify_after(&from.head, tail, &evidence);
    let mut faults: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let number = |n: u64| i64::try_from(n).map_err(anyhow::Error::from);
    let (start, read) = (number(from.head.size())?, number(report.entries)?);
    let last = head(&app.db, space.id).await?;
    let entries = last.as_ref().map_or(0, |last| last.seq);
    if entries < start {
        faults.push(format!("{start} entries were verified and fewer are here."));
    }
    if faults.is_empty() && !tail.is_empty() {
        let mut reached = from.head;
        for one in tail {
            reached.push(&one.entry.canonical_bytes());
        }
        app.reached.keep(space.id, reached, app.clock.now());
    }
    let behind = entries > read;
    let link = last.filter(|_| behind).map_or_else(|| report.link.to_vec(), |last| last.hash);
    Ok(Standing {
        entries: entries.max(read),
        head: hex::encode(&link),
        root: (!behind).then_some(report.root),
        checkpoints,
        faults,
        trusted: (start > 0).then_some((start, from.at)),
        behind: behind.then_some(read),
    })
}
