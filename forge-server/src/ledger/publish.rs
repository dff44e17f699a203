//! Publishing: the entries and a signed head go into the meta-repository of the space, so that
//! every clone of it is a witness.

use std::collections::BTreeMap;

use forge_domain::{
    Id, id,
    ledger::{Checkpoint, Entry, Hash, Head, Recorded, leaf_hash, nodes},
    names::{Oid, PathInRepo, RefName, Slug},
};
use forge_git::{GitError, NewCommit, Repository, Signature};
use forge_store::{
    ledger,
    modules::{self, Module},
    settings,
    spaces::{self, Space},
    votes,
};
use jiff::tz::TimeZone;

use super::{key, rows};
use crate::{app::App, error::Error, funding::Reader};

/// The signed head, as a file.
pub const CHECKPOINT: &str = "ledger/checkpoint";
/// The public key, as a file.
pub const KEY: &str = "ledger/key";
/// The folder of the final states of votes, of each the bytes whose SHA-256 is the evidence of its
/// entry.
pub const VOTES: &str = "votes";
/// The largest file of entries that is read back: a hundred thousand entries of a year.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// What is published of a ledger.
#[derive(Debug)]
pub struct Published {
    /// The files, by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The signed head.
    pub note: String,
    /// The head itself.
    pub head: Head,
    /// The leaf of each entry, in order.
    pub leaves: Vec<Hash>,
}

/// Brings the meta-repository of a space up to date, and answers how many entries it holds then;
/// doing it again changes nothing.
///
/// # Errors
/// Internal where what was published before is not the beginning of what is there now: somebody
/// rewrote the ledger, and signing over it would hide that.
pub async fn publish(app: &App, space: Id<id::Space>) -> Result<i64, Error> {
    let Some(row) = spaces::by_id(&app.db, space).await? else { return Ok(0) };
    let recorded = rows::recorded(&mut Reader::Db(&app.db), space).await?;
    let Some(last) = recorded.last().map(|recorded| recorded.entry.ts) else { return Ok(0) };
    let origin = origin(app, &row).await?;
    let mut published = compose(app, &origin, &recorded)?;
    for vote in votes::records(&app.db, space).await? {
        let path = format!("{VOTES}/{}.json", vote.reference);
        published.files.insert(path, vote.record.into_bytes());
    }
    let missing = || anyhow::anyhow!("the space {} has no meta-repository", row.slug);
    let module = meta(app, &row).await?.ok_or_else(missing)?;
    let repository = app.repositories.get(module.id.uuid()).await.map_err(anyhow::Error::from)?;
    let branch = RefName::branch(&module.default_branch).map_err(anyhow::Error::from)?;
    let tip = repository.tip(&branch).await.map_err(anyhow::Error::from)?;
    let mut changed = Vec::new();
    for (path, bytes) in &published.files {
        let before = match tip {
            None => None,
            Some(tip) => file(&repository, tip, path).await?,
        };
        if let Some(before) = &before
            && path.ends_with(".jsonl")
            && !bytes.starts_with(before)
        {
            return Err(anyhow::anyhow!(
                "{path} of {} was published with other entries than the database holds: run \
                 `forge-server verify`; nothing was signed",
                row.slug
            )
            .into());
        }
        if before.as_ref() != Some(bytes) {
            let path = path.parse::<PathInRepo>().map_err(anyhow::Error::from)?;
            changed.push((path, Some(bytes.clone())));
        }
    }
    if !changed.is_empty() {
        let size = published.head.size();
        let signature = Signature {
            name: app.config.site_name.clone(),
            email: "ledger@localhost".to_owned(),
            time_s: last.as_second(),
            offset_s: 0,
        };
        let commit = NewCommit {
            files: changed,
            author: signature.clone(),
            committer: signature,
            message: format!("ledger: publish entries up to {size}"),
            onto: Some(tip),
        };
        repository.commit_files(&branch, commit).await.map_err(anyhow::Error::from)?;
    }
    keep(app, (&row, module.id), &published).await
}

/// The signed head becomes a row too, which nobody can change.
async fn keep(
    app: &App,
    (space, module): (&Space, Id<id::Module>),
    published: &Published,
) -> Result<i64, Error> {
    let size = i64::try_from(published.head.size()).map_err(anyhow::Error::from)?;
    let checkpoint = ledger::Checkpoint {
        size,
        root: published.head.root().to_vec(),
        note: published.note.clone(),
        created_at: app.clock.now(),
    };
    let mut tx = app.db.begin(None).await?;
    ledger::append_checkpoint(&mut tx, space.id, &checkpoint).await?;
    // What proofs are made of: two rows an entry, written once.
    let kept = u64::try_from(ledger::leaves(&mut tx, space.id).await?).unwrap_or_default();
    for (node, hash) in nodes(published.leaves.iter().copied()) {
        if (node.position + 1) << node.level > kept {
            ledger::keep_node(&mut tx, space.id, node, &hash).await?;
        }
    }
    // Everything up to here was read, is lawful and begins with what was published before.
    let verified = ledger::Verified {
        size,
        link: published.head.link().to_vec(),
        peaks: published.head.peaks().concat(),
        verified_at: app.clock.now(),
    };
    ledger::keep_verified(&mut tx, space.id, &verified).await?;
    modules::pushed(&mut tx, module, false, app.clock.now()).await?;
    tx.commit().await?;
    Ok(size)
}

/// The files of a ledger: entries by the year they were written in, the signed head, the key.
pub fn compose(app: &App, origin: &str, recorded: &[Recorded]) -> Result<Published, Error> {
    let mut head = Head::EMPTY;
    let mut leaves = Vec::with_capacity(recorded.len());
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for Recorded { entry, .. } in recorded {
        head.append(entry).map_err(anyhow::Error::from)?;
        let file = files.entry(file_of(entry)).or_default();
        let bytes = entry.canonical_bytes();
        leaves.push(leaf_hash(&bytes));
        file.extend(bytes);
        file.push(b'\n');
    }
    let signer = key::signer(app, origin)?;
    let note = Checkpoint::of(origin, &head).sign(&signer).map_err(anyhow::Error::from)?;
    files.insert(CHECKPOINT.to_owned(), note.clone().into_bytes());
    files.insert(KEY.to_owned(), format!("{}\n", signer.verifier()).into_bytes());
    Ok(Published { files, note, head, leaves })
}

/// The file an entry stands in.
pub fn file_of(entry: &Entry) -> String {
    format!("ledger/entries-{}.jsonl", entry.ts.to_zoned(TimeZone::UTC).year())
}

/// A file of the meta-repository; none where it is not there.
pub async fn file(repository: &Repository, tip: Oid, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let path = path.parse::<PathInRepo>().map_err(anyhow::Error::from)?;
    match repository.blob(tip, &path, FILE_BYTES_MAX).await {
        Ok(blob) => match blob.content {
            Some(content) => Ok(Some(content.to_vec())),
            None => Err(anyhow::anyhow!("{path} is too large to be read back").into()),
        },
        Err(GitError::NotFound(_)) => Ok(None),
        Err(error) => Err(Error::Internal(error.into())),
    }
}

/// The name of a space's ledger in its checkpoints: host and space, kept from the first time, so
/// that neither a new address nor a new name makes another ledger of it.
pub async fn origin(app: &App, space: &Space) -> Result<String, Error> {
    let key = format!("ledger_origin/{}", space.id);
    if let Some(origin) = settings::get(&app.db, &key).await? {
        return Ok(origin);
    }
    let host = app.public_url.split("://").nth(1).unwrap_or("localhost");
    let origin = format!("{host}/{}", space.slug);
    let mut tx = app.db.begin(None).await?;
    // Looked at again inside: another job may have been faster.
    if let Some(origin) = settings::get(&mut tx, &key).await? {
        tx.rollback().await?;
        return Ok(origin);
    }
    settings::insert(&mut tx, &key, &origin).await?;
    tx.commit().await?;
    Ok(origin)
}

/// The meta-repository of a space, which its founding made.
pub async fn meta(app: &App, space: &Space) -> Result<Option<Module>, Error> {
    let owner = space.slug.parse::<Slug>().map_err(anyhow::Error::from)?;
    Ok(modules::at(&app.db, &owner, &Slug::meta()).await?)
}
