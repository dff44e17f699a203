//! The files behind the acts pledges rest on: kept on disk under the id of their row, readable by
//! the server alone, known in the ledger by a salted digest.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use forge_domain::{
    Id,
    access::{Actor, Deed},
    id,
    ledger::digest_of_evidence,
};
use forge_store::{
    evidence,
    pledges::{self, Pledge},
};
use uuid::Uuid;

use super::{open::OpenedCall, wrong};
use crate::{actions::allow, app::App, auth::secret, error::Error};

/// The longest file name that is kept.
const NAME_CHARS_MAX: usize = 120;

/// A file that is on disk and not yet in a row.
#[derive(Debug, Clone)]
pub struct KeptFile {
    /// The id the row will have; also the file's name on disk.
    pub id: Id<id::Evidence>,
    /// The name it came with, without folders.
    pub name: String,
    /// What its bytes say it is.
    pub media_type: &'static str,
    /// Its size.
    pub size_bytes: i64,
    /// What the digest is salted with.
    pub salt: [u8; 32],
    /// SHA-256 of salt and file.
    pub digest: [u8; 32],
}

/// Puts a file on disk, durably, before the act that refers to it: a row never points at a file
/// that a power cut took. [`discard`] it where the act is refused.
///
/// # Errors
/// [`Error::Refused`] where it is empty or of a kind that is not taken, [`Error::TooLarge`].
pub async fn keep(app: &App, name: &str, bytes: Vec<u8>) -> Result<KeptFile, Error> {
    if bytes.is_empty() {
        return Err(wrong("evidence", "evidence_empty"));
    }
    if bytes.len() as u64 > app.config.evidence_size_bytes_max {
        return Err(Error::TooLarge);
    }
    let media_type = media_type(&bytes).ok_or_else(|| wrong("evidence", "evidence_file_kind"))?;
    let salt = secret::random::<32>()?;
    let kept = KeptFile {
        id: Id::new(Uuid::now_v7()),
        name: plain_name(name),
        media_type,
        size_bytes: i64::try_from(bytes.len()).map_err(anyhow::Error::from)?,
        salt,
        digest: digest_of_evidence(&salt, &bytes),
    };
    let path = path(app, kept.id);
    let written = tokio::task::spawn_blocking(move || write(&path, &bytes)).await;
    written.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)?;
    Ok(kept)
}

/// Takes away a file whose act was refused.
pub async fn discard(app: &App, kept: &KeptFile) {
    if let Err(error) = tokio::fs::remove_file(path(app, kept.id)).await {
        tracing::warn!(evidence.id = %kept.id, %error, "a refused file stays on disk");
    }
}

/// The file of an act, for a reader: public ones for everyone, others for the councils of the
/// space or for auditors, and always for the council it came from.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none that the actor may read.
pub async fn open(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(evidence::Evidence, Vec<u8>), Error> {
    let id: Id<id::Evidence> = id.parse().map_err(|_| Error::NotFound)?;
    let row = evidence::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
    let pledge = pledges::by_id(&app.db, row.pledge_id).await?.ok_or(Error::NotFound)?;
    let (opened, pledge) = super::open::pledge(app, actor, &pledge.reference).await?;
    let readable = is_readable(actor, &opened, &pledge, &row);
    if !readable || row.digest.is_none() {
        return Err(Error::NotFound);
    }
    let bytes = tokio::fs::read(path(app, id)).await.map_err(anyhow::Error::from)?;
    Ok((row, bytes))
}

/// Whether the actor may read the file of an act, where it has one.
pub fn is_readable(
    actor: &Actor,
    opened: &OpenedCall,
    pledge: &Pledge,
    row: &evidence::Evidence,
) -> bool {
    match row.visibility.as_str() {
        "public" => true,
        "members" if opened.internal => true,
        _ => {
            let resource = opened.resource().for_council(pledge.council_id);
            allow(actor, Deed::ReadEvidenceFile, &resource).is_ok()
        }
    }
}

/// Every file that is missing or is not the one its digest was made of, in words.
pub async fn verify(app: &App) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    for id in evidence::with_files(&app.db).await? {
        let Some(row) = evidence::by_id(&app.db, id).await? else { continue };
        let salt = row.salt.as_deref().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
        match (tokio::fs::read(path(app, id)).await, salt) {
            (Ok(bytes), Some(salt)) => {
                if row.digest.as_deref() != Some(&digest_of_evidence(&salt, &bytes)[..]) {
                    faults.push(format!("The file of evidence {id} was changed."));
                }
            }
            (Err(error), _) => faults.push(format!("The file of evidence {id}: {error}.")),
            (_, None) => faults.push(format!("The salt of evidence {id} is not 32 bytes.")),
        }
    }
    Ok(faults)
}

/// The folder of these files, for backup and verification.
pub fn folder(app: &App) -> PathBuf {
    app.config.data.join("evidence")
}

fn path(app: &App, id: Id<id::Evidence>) -> PathBuf {
    folder(app).join(id.to_string())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // The name is in the folder only when the folder is on disk too.
    fs::File::open(folder)?.sync_all()
}

/// The kinds of file that are taken, by their first bytes: what is only named a PDF is not one.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 5] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"PK\x03\x04", "application/zip"),
        (b"II*\0", "image/tiff"),
    ];
    let found = known.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, name)| *name).or_else(|| {
        let text = std::str::from_utf8(bytes).ok()?;
        (!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
            .then_some("text/plain")
    })
}

/// A name without folders, controls or leading dots.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !"\"<>|:*?".contains(*c))
        .take(NAME_CHARS_MAX)
        .collect();
    let plain = plain.trim_start_matches('.').trim();
    if plain.is_empty() { "evidence".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{media_type, plain_name};

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(media_type(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(media_type("délibération".as_bytes()), Some("text/plain"));
        assert_eq!(media_type(b"\x7fELF\x02\x01\x01\x00"), None);
        assert_eq!(media_type(b"MZ\x90\x00\x03"), None);
    }

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\actes\\délibération 112.pdf"), "délibération 112.pdf");
        assert_eq!(plain_name("..\u{0}\n"), "evidence");
    }
}
