//! Where a ledger stands, for its pages: verified whole while it is short, and from its last signed
//! head on once it is long.
//!
//! A head is believed when this server's key signed its root. Whoever holds the database alone can
//! rewrite rows before it, which only a whole verification finds: the page says how far it read.

use forge_domain::{
    Id, hex, id,
    ledger::{self, Checkpoint, Evidence, Hash, Head},
};
use forge_store::{
    ledger::{last_checkpoint, verified},
    settings,
    spaces::Space,
};
use jiff::Timestamp;

use super::{key, rows, verify};
use crate::{app::App, error::Error, funding::Reader};

/// So many entries are read again at every look: some milliseconds.
const WHOLE_MAX: u64 = 500;

/// Where a ledger stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// How many entries there are.
    pub entries: i64,
    /// The last link, in hexadecimal.
    pub head: String,
    /// The root over all entries.
    pub root: Hash,
    /// How many signed heads were held against them.
    pub checkpoints: i64,
    /// What does not hold.
    pub faults: Vec<String>,
    /// Up to which entry a signed head was believed, and when it was made; none where all was
    /// read.
    pub trusted: Option<(i64, Timestamp)>,
}

/// Looks at a ledger.
pub async fn standing(app: &App, space: &Space) -> Result<Standing, Error> {
    standing_beyond(app, space, WHOLE_MAX).await
}

/// As [`standing`], where a ledger of at most `whole_max` entries is read whole.
pub async fn standing_beyond(app: &App, space: &Space, whole_max: u64) -> Result<Standing, Error> {
    if let Some(from) = trusted(app, space).await?
        && from.head.size() > whole_max
    {
        return after(app, space, from).await;
    }
    let report = verify::verify(app, space).await?;
    let root = verify::root(&report)?;
    Ok(Standing {
        entries: report.entries,
        head: report.head,
        root,
        checkpoints: report.checkpoints,
        faults: report.faults.into_iter().map(|fault| fault.message).collect(),
        trusted: None,
    })
}

/// A head this server signed.
struct Trusted {
    head: Head,
    note: String,
    origin: String,
    at: Timestamp,
}

/// The head to go on from: what was kept of it must make the root that was signed.
async fn trusted(app: &App, space: &Space) -> Result<Option<Trusted>, Error> {
    let Some(origin) = settings::get(&app.db, &format!("ledger_origin/{}", space.id)).await? else {
        return Ok(None);
    };
    let (Some(kept), Some(signed)) =
        (verified(&app.db, space.id).await?, last_checkpoint(&app.db, space.id).await?)
    else {
        return Ok(None);
    };
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
    Ok(head.map(|head| Trusted { head, note: signed.note, origin, at: kept.verified_at }))
}

async fn after(app: &App, space: &Space, from: Trusted) -> Result<Standing, Error> {
    let size = i64::try_from(from.head.size()).map_err(anyhow::Error::from)?;
    let mut standing = Standing {
        entries: size,
        head: hex::encode(&from.head.link()),
        root: from.head.root(),
        checkpoints: 1,
        faults: Vec::new(),
        trusted: Some((size, from.at)),
    };
    let tail = match rows::recorded_after(&mut Reader::Db(&app.db), space.id, size).await {
        Ok(tail) => tail,
        Err(Error::Internal(cause)) => {
            standing.faults.push(format!("{cause:#}."));
            return Ok(standing);
        }
        Err(other) => return Err(other),
    };
    if last(app, space.id).await? < size {
        standing.faults.push(format!("{size} entries were signed and fewer are here."));
    }
    let verifier = key::signer(app, &from.origin)?.verifier();
    let notes = [from.note];
    let evidence =
        Evidence { origin: &from.origin, verifier: &verifier, notes: &notes, known: &[] };
    let report = ledger::verify_after(&from.head, &tail, &evidence);
    standing.entries = i64::try_from(report.entries).map_err(anyhow::Error::from)?;
    standing.head = hex::encode(&report.link);
    standing.root = report.root;
    standing.faults.extend(report.findings.iter().map(ToString::to_string));
    Ok(standing)
}

async fn last(app: &App, space: Id<id::Space>) -> Result<i64, Error> {
    Ok(forge_store::ledger::head(&app.db, space).await?.map_or(0, |head| head.seq))
}
