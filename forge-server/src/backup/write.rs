//! Writing a backup, beside a server that runs.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use forge_git::GitError;
use forge_store::{dump, evidence, ledger, migrations, spaces};
use uuid::Uuid;

use super::{
    BackupError, FORMAT, HEADER, Header, LedgerHead, MANIFEST, Manifest, Summary, VERSION,
    archive::Archive, at, rows,
};
use crate::{
    app::App,
    auth::secret::hex,
    error::Error,
    standstill::{References, Standstill},
};

/// Where copies of repositories stand for the moment: on the file system of the repositories, so
/// that their packs can be linked.
const STAGING: &str = ".backup-";
/// Leftovers of a backup that was killed are removed by a later one, after so long.
const STAGING_AGE: Duration = Duration::from_secs(24 * 3600);

/// Writes the whole forge to `path`, which must not exist. The database is read at one instant;
/// the repositories follow, with their references of that same instant (security.md B2.4).
///
/// # Errors
/// A file that is there already, a disk that is full, a repository that is missing.
pub async fn write(app: &App, path: &Path) -> Result<Summary, BackupError> {
    let made_at = app.clock.now();
    let mut archive = Archive::create(path, made_at)?;
    let header = Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        schema: migrations::latest(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: made_at.to_string(),
    };
    archive.add(HEADER, &json(&header)?)?;
    let staging = Staging::make(&app.config.data)?;
    let mut summary = Summary::default();
    let mut still = Standstill::take(app).await?;
    let ledgers = ledger_heads(&mut still).await?;
    let documents = evidence::with_files(&mut still.tx).await?;
    summary.rows = write_rows(&mut archive, &mut still, &staging).await?;
    let Standstill { tx, modules, repositories } = still;
    tx.rollback().await?;
    for module in &modules {
        let references = repositories.get(&module.id);
        let Some(Ok(references)) = references else {
            return Err(Error::Internal(anyhow::anyhow!(
                "the repository of {}/{} ({}) cannot be read: run `forge-server verify`",
                module.owner,
                module.slug,
                module.id
            ))
            .into());
        };
        write_repository(app, &mut archive, module.id.uuid(), references, &staging).await?;
        summary.repositories += 1;
    }
    let data = &app.config.data;
    for id in &documents {
        archive.add_file(&format!("evidence/{id}"), &data.join("evidence").join(id.to_string()))?;
    }
    summary.evidence = documents.len() as u64;
    add_folder(&mut archive, &data.join("keys"), "keys")?;
    add_folder(&mut archive, &data.join("themes"), "themes")?;
    let manifest = Manifest { header, ledgers, members: archive.members().to_vec() };
    archive.add(MANIFEST, &json(&manifest)?)?;
    summary.size_bytes = archive.finish()?;
    Ok(summary)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, BackupError> {
    let mut text = serde_json::to_vec_pretty(value)
        .map_err(|error| BackupError::Other(Error::Internal(error.into())))?;
    text.push(b'\n');
    Ok(text)
}

async fn ledger_heads(still: &mut Standstill) -> Result<Vec<LedgerHead>, BackupError> {
    let mut heads = Vec::new();
    for space in spaces::list(&mut still.tx, None, None, (i64::MAX, 0)).await? {
        if let Some(head) = ledger::head(&mut still.tx, space.id).await? {
            heads.push(LedgerHead { space: space.slug, seq: head.seq, hash: hex(&head.hash) });
        }
    }
    Ok(heads)
}

async fn write_rows(
    archive: &mut Archive,
    still: &mut Standstill,
    staging: &Staging,
) -> Result<u64, BackupError> {
    let mut count = 0;
    for table in dump::TABLES {
        let path = staging.0.join(format!("{}.jsonl", table.name));
        let mut file = BufWriter::new(File::create_new(&path).map_err(at(&path))?);
        for row in dump::read(&mut still.tx, table).await? {
            writeln!(file, "{}", rows::to_json(table, row)).map_err(at(&path))?;
            count += 1;
        }
        file.flush().map_err(at(&path))?;
        drop(file);
        archive.add_file(&format!("database/{}.jsonl", table.name), &path)?;
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(count)
}

/// A repository as git opens it: HEAD, one file of references, the objects. Its configuration is
/// left out: ours is always the same, and nobody else's is to be trusted.
async fn write_repository(
    app: &App,
    archive: &mut Archive,
    id: Uuid,
    references: &References,
    staging: &Staging,
) -> Result<(), BackupError> {
    let failed = |source: GitError| BackupError::Repository { id, source };
    let copy = staging.0.join(id.to_string());
    let repository = app.repositories.get(id).await.map_err(failed)?;
    repository.snapshot(copy.clone()).await.map_err(failed)?;
    let root = format!("repositories/{id}");
    if let Some(head) = &references.head {
        archive.add(&format!("{root}/HEAD"), format!("ref: {head}\n").as_bytes())?;
    }
    let mut packed = String::from("# pack-refs with: sorted \n");
    for (name, oid) in &references.named {
        packed.push_str(&format!("{oid} {name}\n"));
    }
    archive.add(&format!("{root}/packed-refs"), packed.as_bytes())?;
    add_folder(archive, &copy.join("objects"), &format!("{root}/objects"))?;
    fs::remove_dir_all(&copy).map_err(at(&copy))
}

/// Adds every file below a folder, by name; none where the folder is absent.
fn add_folder(archive: &mut Archive, folder: &Path, name: &str) -> Result<(), BackupError> {
    if !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(at(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(at(&path))?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            add_folder(archive, &path, &name)?;
        } else if kind.is_file() {
            archive.add_file(&name, &path)?;
        }
    }
    Ok(())
}

/// A folder for copies that stand for the moment; gone when dropped.
struct Staging(PathBuf);

impl Staging {
    fn make(data: &Path) -> Result<Self, BackupError> {
        sweep(data);
        let path = data.join(format!("{STAGING}{}", Uuid::now_v7()));
        fs::DirBuilder::new().mode(0o700).create(&path).map_err(at(&path))?;
        Ok(Self(path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "a folder of copies stays behind");
        }
    }
}

/// Removes what killed backups left. A younger folder may be another backup's that runs.
fn sweep(data: &Path) {
    for entry in fs::read_dir(data).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(STAGING);
        let modified = entry.metadata().and_then(|data| data.modified());
        let old = modified.is_ok_and(|at| {
            SystemTime::now().duration_since(at).is_ok_and(|age| age > STAGING_AGE)
        });
        if ours && old {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
