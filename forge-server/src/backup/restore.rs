//! Putting a backup back into an empty place.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use forge_git::{Limits, Repositories};
use forge_store::{Db, Location, dump, migrations, notices};
use uuid::Uuid;

use super::{BackupError, Summary, at, contents::Contents, rows};
use crate::{
    config::Config,
    data::{self, UNFINISHED},
};

/// Where the members stand until they are put in their places.
const STAGING: &str = ".restore";

/// Puts a backup back: its rows into the empty database of the settings, everything else into the
/// empty data folder. Sessions are not in a backup, so nobody stays signed in. A restore that is
/// interrupted leaves a folder that the server refuses to start on.
///
/// # Errors
/// An archive that is not whole, another schema, a place that is not empty: nothing is touched.
pub async fn restore(config: Config, path: &Path) -> Result<Summary, BackupError> {
    let mut contents = Contents::check(path)?;
    let header = &contents.manifest.header;
    if header.schema != migrations::latest() {
        return Err(BackupError::OtherSchema {
            backup: header.schema,
            program: header.program.clone(),
            ours: migrations::latest(),
        });
    }
    let data = config.data.clone();
    refuse_filled_folder(&data)?;
    if let Location::Postgres(_) = &config.database {
        refuse_filled_database(&config.database).await?;
    }
    data::prepare(&data).map_err(crate::StartError::from)?;
    let mark = data.join(UNFINISHED);
    fs::write(&mark, "A backup is being put back here.\n").map_err(at(&mark))?;
    let staging = data.join(STAGING);
    extract(&mut contents, &staging)?;
    let mut summary = Summary { size_bytes: contents.size_bytes, ..Summary::default() };
    let db = Db::open(&config.database).await?;
    db.migrate().await?;
    summary.rows = insert_rows(&db, &staging.join("database")).await?;
    db.close().await;
    summary.repositories = restore_repositories(&data, &staging).await?;
    summary.evidence = take_places(&staging, &data)?;
    fs::remove_dir_all(&staging).map_err(at(&staging))?;
    flush(&data)?;
    fs::remove_file(&mark).map_err(at(&mark))?;
    flush(&data)?;
    Ok(summary)
}

/// Whatever stands there, even a half restore, is for a person to look at and remove.
fn refuse_filled_folder(data: &Path) -> Result<(), BackupError> {
    let mut entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(data)(error)),
    };
    // The root of a file system of its own is empty all the same.
    let filled = entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != "lost+found"));
    if filled {
        return Err(BackupError::NotEmpty(format!("the data folder {}", data.display())));
    }
    Ok(())
}

async fn refuse_filled_database(location: &Location) -> Result<(), BackupError> {
    let db = Db::open(location).await?;
    let filled = if migrations::applied(&db).await? == 0 {
        false
    } else {
        migrations::check(&db).await?;
        let mut tx = db.snapshot().await?;
        let empty = dump::is_empty(&mut tx).await?;
        tx.rollback().await?;
        !empty
    };
    db.close().await;
    if filled {
        return Err(BackupError::NotEmpty("the database".to_owned()));
    }
    Ok(())
}

fn extract(contents: &mut Contents, staging: &Path) -> Result<(), BackupError> {
    contents.each(|name, from| {
        let path = staging.join(name);
        if let Some(folder) = path.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let mut file = file.map_err(at(&path))?;
        io::copy(from, &mut file).map_err(at(&path))?;
        Ok(())
    })
}

/// Every row, in one transaction.
async fn insert_rows(db: &Db, folder: &Path) -> Result<u64, BackupError> {
    let mut count = 0;
    let mut tx = db.begin(None).await?;
    dump::clear(&mut tx).await?;
    for table in dump::TABLES {
        let path = folder.join(format!("{}.jsonl", table.name));
        let lines = BufReader::new(File::open(&path).map_err(at(&path))?).lines();
        for line in lines {
            let line = line.map_err(at(&path))?;
            let row = rows::from_json(table, &line)
                .map_err(|why| BackupError::NotWhole { path: path.clone(), why })?;
            dump::insert(&mut tx, table, row).await?;
            count += 1;
        }
    }
    notices::keep_quiet(&mut tx).await?;
    tx.commit().await?;
    Ok(count)
}

async fn restore_repositories(data: &Path, staging: &Path) -> Result<u64, BackupError> {
    let folder = staging.join("repositories");
    let mut ids = BTreeSet::new();
    if folder.exists() {
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let name = entry.map_err(at(&folder))?.file_name();
            if let Ok(id) = name.to_string_lossy().parse::<Uuid>() {
                ids.insert(id);
            }
        }
    }
    let opened = Repositories::open(data.join("repositories"), Limits::default()).await;
    let repositories = opened.map_err(crate::StartError::from)?;
    for id in &ids {
        let copy = folder.join(id.to_string());
        complete(&copy)?;
        let restored = repositories.restore(*id, &copy).await;
        restored.map_err(|source| BackupError::Repository { id: *id, source })?;
    }
    Ok(ids.len() as u64)
}

/// The folders without which git sees no repository; an archive holds files only.
fn complete(copy: &Path) -> Result<(), BackupError> {
    for name in ["objects/pack", "refs/heads", "refs/tags"] {
        let folder = copy.join(name);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    Ok(())
}

/// Moves the plain files to where the server looks for them; how many documents there are.
fn take_places(staging: &Path, data: &Path) -> Result<u64, BackupError> {
    let mut documents = 0;
    for name in ["evidence", "keys", "themes"] {
        let (from, to) = (staging.join(name), data.join(name));
        if !from.exists() {
            continue;
        }
        if name == "evidence" {
            documents = fs::read_dir(&from).map_err(at(&from))?.count() as u64;
        }
        fs::rename(&from, &to).map_err(at(&to))?;
    }
    Ok(documents)
}

/// Waits until everything on the folder's file system is on disk.
fn flush(folder: &Path) -> Result<(), BackupError> {
    let handle = File::open(folder).map_err(at(folder))?;
    rustix::fs::syncfs(&handle).map_err(|error| at(folder)(error.into()))
}
