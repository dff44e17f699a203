//! Whether everything the forge holds is what it says: derived again from the rows and the files,
//! never from a stored hash or balance.

mod audit;
mod evidence;
mod repositories;

use forge_messages::{Arg, Locale};
use forge_store::{migrations, spaces};
use serde::Serialize;

pub use forge_git::Depth;

use crate::{app::App, error::Error, ledger, standstill::Standstill};

/// What was looked at and what is wrong with it.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether nothing is wrong.
    pub verified: bool,
    /// The schema of the database.
    pub schema: i64,
    /// The instant the rows and references were read at.
    pub at: String,
    /// What was looked at, in order.
    pub parts: Vec<Part>,
}

/// One kind of thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// `database`, `audit`, `ledgers`, `repositories` or `evidence`.
    pub name: &'static str,
    /// How many of them: rows, entries, repositories, documents.
    pub checked: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What it is about: a module's path, a space, the number of a row.
    pub subject: String,
    /// Stable snake_case code.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// Words a fault in the reader's language.
#[derive(Clone, Copy)]
struct Wording<'a> {
    app: &'a App,
    locale: Locale,
}

impl Wording<'_> {
    /// The fault of this code; its sentence is the message `verify-CODE`.
    fn fault(self, subject: impl Into<String>, code: &str, args: &[(&str, &str)]) -> Fault {
        let key = format!("verify-{}", code.replace('_', "-"));
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, Arg::from(*text))).collect();
        let message = self.app.messages.text(self.locale, &key, &args);
        Fault { subject: subject.into(), code: code.to_owned(), message }
    }
}

/// Verifies the whole forge while its server goes on.
///
/// # Errors
/// Where the database or the disk does not answer at all; what is wrong with what it holds is in
/// the report.
pub async fn verify(app: &App, locale: Locale, depth: Depth) -> Result<Report, Error> {
    let at = app.clock.now().to_string();
    let wording = Wording { app, locale };
    let mut still = Standstill::take(app).await?;
    let parts = vec![
        database(wording).await?,
        audit::verify(wording, &mut still.tx).await?,
        ledgers(wording).await?,
        repositories::verify(wording, &mut still, depth).await?,
        evidence::verify(wording, &mut still.tx).await?,
    ];
    still.tx.rollback().await?;
    let verified = parts.iter().all(|part| part.faults.is_empty());
    Ok(Report { verified, schema: migrations::latest(), at, parts })
}

async fn database(wording: Wording<'_>) -> Result<Part, Error> {
    let complaints = wording.app.db.complaints().await?;
    let faults = complaints
        .iter()
        .map(|complaint| wording.fault("", "database_damaged", &[("why", complaint)]))
        .collect();
    Ok(Part { name: "database", checked: 1, faults })
}

async fn ledgers(wording: Wording<'_>) -> Result<Part, Error> {
    let app = wording.app;
    let (mut checked, mut faults) = (0, Vec::new());
    for space in spaces::list(&app.db, None, None, (i64::MAX, 0)).await? {
        let found = ledger::verify::verify(app, &space).await?;
        checked += u64::try_from(found.entries).unwrap_or_default();
        faults.extend(found.faults.into_iter().map(|fault| Fault {
            subject: match fault.seq {
                Some(seq) => format!("{} {seq}", space.slug),
                None => space.slug.clone(),
            },
            code: fault.code,
            message: fault.message,
        }));
    }
    Ok(Part { name: "ledgers", checked, faults })
}
