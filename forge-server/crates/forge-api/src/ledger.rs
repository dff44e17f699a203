//! The ledger of a space: entries as they are hashed, signed heads, and what a check found.

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type,
        schema::{ArrayBuilder, ArrayItems},
    },
};

/// One line of an entry: an account and what it gains (or, negative, loses) in minor units.
///
/// On the wire it is an array of two, as in the bytes that are hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting(
    /// The account, such as `commitments/council/aubervac`.
    pub String,
    /// Minor units, never 0.
    pub i64,
);

// The derive describes a tuple as an array of objects.
impl PartialSchema for Posting {
    fn schema() -> RefOr<Schema> {
        let account = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The account, such as `commitments/council/aubervac`."));
        let gained = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .description(Some("Minor units, never 0."));
        let both = [Schema::from(account), Schema::from(gained)];
        ArrayBuilder::new().prefix_items(both).items(ArrayItems::False).into()
    }
}

impl ToSchema for Posting {}

/// An entry, with exactly the members that are hashed (domain.md §c13, RFC 8785).
///
/// `council` and `reverses` are left out where there is none: an absent member and a null one
/// have different bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// Place in the space's ledger, from 1, without gaps.
    pub seq: i64,
    /// When it was written, in UTC.
    pub ts: String,
    /// What happened, such as `pledge.firm`.
    pub kind: String,
    /// The call it belongs to.
    pub call: String,
    /// Currency of every posting, ISO 4217.
    pub currency: String,
    /// The random identifier of who acted.
    pub actor: String,
    /// The council it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council: Option<String>,
    /// Its lines; they add up to 0 in each book.
    pub postings: Vec<Posting>,
    /// Digests of the documents behind it.
    pub evidence: Vec<String>,
    /// The entry it undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<i64>,
    /// What makes a repeated request the same request.
    pub idempotency_key: String,
}

answer! {
    /// A proof over the tree of a ledger.
    pub struct LedgerProof {
        /// How many entries the signed head covers.
        pub size: i64,
        /// Its root, in base64.
        pub root: String,
        /// The signed head.
        pub note: String,
        /// The leaf of the entry, in hexadecimal; `null` for a proof of continuity.
        pub leaf: Option<String>,
        /// The hashes of the proof, in base64, in the order of RFC 6962.
        pub hashes: Vec<String>,
    }

    /// What stands on an account of a call.
    pub struct LedgerBalance {
        /// The reference of the call.
        pub call: String,
        /// The account.
        pub account: String,
        /// What stands on it, debit above zero.
        pub amount: String,
        /// Its currency.
        pub currency: String,
    }
}

answer! {
    /// An entry and its place in the chain.
    pub struct ChainedEntry {
        /// What is hashed.
        pub entry: LedgerEntry,
        /// SHA-256 of the hash before and the bytes of this entry, in hexadecimal.
        pub hash: String,
    }

    /// A signed head of the ledger.
    pub struct Checkpoint {
        /// Whose ledger it is: host and space.
        pub origin: String,
        /// How many entries it covers.
        pub size: i64,
        /// Root of the Merkle tree over them (RFC 6962), in base64.
        pub root: String,
        /// Hash of the last of them, in hexadecimal.
        pub head: String,
        /// The whole signed note, as committed in the meta-repository.
        pub note: String,
    }

    /// What a check of a ledger found. It is sound when `faults` is empty.
    pub struct LedgerVerification {
        /// The space whose ledger it is.
        pub space: String,
        /// Whether nothing was found.
        pub verified: bool,
        /// How many entries were read.
        pub entries: i64,
        /// Hash of the last, in hexadecimal.
        pub head: String,
        /// Root of the Merkle tree over them, in base64.
        pub root: String,
        /// How many signed heads were checked.
        pub checkpoints: i64,
        /// What was found.
        pub faults: Vec<LedgerFault>,
    }

    /// One fault in a ledger.
    pub struct LedgerFault {
        /// A stable word: `broken_link`, `gap`, `unbalanced`, `checkpoint_mismatch`, `rollback`, …
        pub code: String,
        /// The entry it was found at.
        pub seq: Option<i64>,
        /// A sentence on what was expected and what was there.
        pub message: String,
    }
}
