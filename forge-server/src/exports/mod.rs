//! What everybody may take away: one table a subject (domain.md §e), as CSV, JSON or JSON lines,
//! with the state of the ledgers it was made at in every row, so that a reader can prove which it
//! shows.
//!
//! Only what is public stands here: intentions kept to a space, drafts and open ballots are left
//! out, and so is whatever tells that a payment is late.

mod money;
mod rows;
mod scdl;
mod write;

use forge_domain::{calendar, hex, ledger};
use forge_store::{ledger::last_checkpoint, spaces};

pub use rows::{Source, rows};
pub use write::{Format, beginning, end, row, schema};

use crate::{app::App, error::Error};

/// The most spaces whose ledgers are told.
const SPACES_MAX: i64 = 65_535;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, a date, or an amount in decimal form.
    Text(String),
    /// A count.
    Number(i64),
    /// Nothing to say.
    Nothing,
}

impl Cell {
    /// Words that may be absent.
    pub fn some(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A table that is exported.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name, which is the file's.
    pub name: &'static str,
    /// Its columns, counts marked by a `#` before their name.
    pub columns: &'static [&'static str],
    /// Whether these are all of them: a national schema leaves no place for the state.
    pub exact: bool,
}

impl Table {
    /// A table of our own, each row of which ends with its state.
    const fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, exact: false }
    }
}

/// The columns at the end of every row.
pub const STATE: &[&str] = &["generated_at", "#ledger_size", "ledger_root"];

/// Every table.
pub const TABLES: &[Table] = &[
    Table::new("councils", &["council_id", "slug", "name", "kind", "country", "status", "website"]),
    Table::new(
        "spaces",
        &[
            "slug",
            "title",
            "status",
            "lead_id",
            "treasurer_id",
            "currency",
            "licence_spdx",
            "#members",
            "#ledger_entries",
            "ledger_checkpoint_root",
            "url",
        ],
    ),
    Table::new("modules", &["owner", "slug", "title", "licence_spdx", "lang", "url"]),
    Table::new(
        "calls",
        &[
            "ref",
            "space",
            "module",
            "title",
            "state",
            "currency",
            "basis",
            "vat_rate",
            "target",
            "minimum",
            "capacity_firm",
            "deadline",
            "confirmed_on",
            "rule_json",
            "vehicle",
            "lead_id",
            "treasurer_id",
            "supplier_id",
            "contract_ref",
            "licence_spdx",
            "url",
        ],
    ),
    Table::new(
        "shares",
        &[
            "call",
            "council_id",
            "#weight",
            "floor",
            "cap",
            "ceiling",
            "indicative",
            "final_net",
            "final_vat",
            "final_gross",
            "called",
            "paid",
            "refunded",
        ],
    ),
    Table::new(
        "pledges",
        &[
            "ref",
            "call",
            "council_id",
            "state",
            "since",
            "ceiling",
            "evidence_kind",
            "evidence_number",
            "evidence_date",
            "enforceable_on",
        ],
    ),
    Table::new("milestones", &["call", "#n", "title", "amount", "due_on", "state", "tag", "swhid"]),
    Table::new(
        "votes",
        &[
            "ref",
            "kind",
            "question",
            "rule",
            "council_id",
            "#weight",
            "choice",
            "closed_on",
            "result",
        ],
    ),
    Table::new(
        "funds_calls",
        &[
            "ref",
            "call",
            "#milestone",
            "council_id",
            "net",
            "vat",
            "gross",
            "issued_on",
            "due_on",
            "calc_sha256",
        ],
    ),
    Table::new(
        "payments",
        &[
            "ref",
            "funds_call",
            "payer_id",
            "amount",
            "value_date",
            "payment_order_no",
            "acknowledged_on",
        ],
    ),
    Table::new("ledger", &["space", "#seq", "entry_json", "hash"]),
    // SCDL «subventions».
    Table {
        name: "scdl-subventions",
        columns: &[
            "nomAttribuant",
            "idAttribuant",
            "dateConvention",
            "referenceDecision",
            "nomBeneficiaire",
            "idBeneficiaire",
            "rnaBeneficiaire",
            "objet",
            "montant",
            "nature",
            "conditionsVersement",
            "datesPeriodeVersement",
            "idRAE",
            "notificationUE",
            "pourcentageSubvention",
        ],
        exact: true,
    },
    // SCDL «délibérations» 2.1.4.
    Table {
        name: "scdl-deliberations",
        columns: &[
            "COLL_NOM",
            "COLL_SIRET",
            "DELIB_ID",
            "DELIB_DATE",
            "DELIB_MATIERE_CODE",
            "DELIB_MATIERE_NOM",
            "DELIB_OBJET",
            "BUDGET_ANNEE",
            "BUDGET_NOM",
            "PREF_ID",
            "PREF_DATE",
            "VOTE_EFFECTIF",
            "VOTE_REEL",
            "VOTE_POUR",
            "VOTE_CONTRE",
            "VOTE_ABSTENTION",
            "DELIB_URL",
        ],
        exact: true,
    },
];

/// The table of a name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The state an export shows.
#[derive(Debug, Clone)]
pub struct State {
    /// When it was made.
    pub generated_at: String,
    /// How many entries all ledgers have that were signed.
    pub ledger_size: i64,
    /// The root, in hexadecimal, of the tree whose leaves are the signed heads of all spaces in the
    /// order of their addresses.
    pub ledger_root: String,
}

impl State {
    /// The state of now.
    pub async fn now(app: &App) -> Result<Self, Error> {
        let (mut size, mut leaves) = (0_i64, Vec::new());
        let mut all = spaces::list(&app.db, None, None, (SPACES_MAX, 0)).await?;
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        for space in all {
            if let Some(head) = last_checkpoint(&app.db, space.id).await? {
                size = size.saturating_add(head.size);
                leaves.push(ledger::leaf_hash(head.note.as_bytes()));
            }
        }
        Ok(Self {
            generated_at: calendar::format_instant(app.clock.now()),
            ledger_size: size,
            ledger_root: hex::encode(&ledger::merkle_root(&leaves)),
        })
    }

    /// The cells of [`STATE`].
    pub fn cells(&self) -> [Cell; 3] {
        [
            Cell::Text(self.generated_at.clone()),
            Cell::Number(self.ledger_size),
            Cell::Text(self.ledger_root.clone()),
        ]
    }
}
