//! The ledger of a space: double-entry, append-only, chained by hashes (domain.md §c13).
//!
//! An [`Entry`] is what is hashed; [`Event`] says which postings an act makes; [`Head`] carries the
//! chain and the Merkle tree forward; a [`Checkpoint`] is the signed size and root that every clone
//! of the meta-repository keeps; [`verify`] trusts nothing but entries and signatures.

mod account;
mod chain;
mod checkpoint;
mod entry;
mod event;
mod jcs;
mod note;
mod proof;
mod verify;

pub use account::{Account, Book, Key, Party};
pub use chain::{Hash, Head, leaf_hash, link, merkle_root};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use entry::{Entry, EntryKind, Posting, Reference, digest_of_evidence};
pub use event::{Cost, Event, balances, reversal_of};
pub use jcs::Value;
pub use note::{NoteError, SignedNote, Signer, Verifier};
pub use proof::{Node, consistency_parts, inclusion_parts, is_continued, is_included, join, nodes};
pub use verify::{Evidence, Finding, Recorded, Report, verify, verify_after};

/// Why an entry may not stand in the ledger, or a text is no part of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The postings of one book do not sum to zero.
    #[error("The entry is out of balance: its postings in {book} sum to {sum} minor units.")]
    Unbalanced {
        /// The book.
        book: Book,
        /// What remains, in minor units.
        sum: i128,
    },
    /// Fewer than two postings.
    #[error("An entry of the ledger has at least two postings.")]
    TooFewPostings,
    /// Postings in an entry that moves nothing.
    #[error("An entry that only records an act has no postings.")]
    MemoWithPostings,
    /// A posting of nothing.
    #[error("A posting of the ledger is never zero.")]
    ZeroPosting,
    /// An amount that JSON numbers do not carry exactly (beyond 2^53).
    #[error("An amount is too large for the ledger.")]
    TooLarge,
    /// Not the next number of the sequence.
    #[error("Entry {found} does not follow: {expected} comes next.")]
    OutOfSequence {
        /// The number that comes next.
        expected: u64,
        /// The number given.
        found: u64,
    },
    /// A key with characters that have no place in an account.
    #[error("“{0}” cannot stand in an account: 1 to 64 letters, digits and . : _ - only.")]
    Key(String),
    /// An account that is none of the plan of accounts.
    #[error("“{0}” is no account of the ledger.")]
    Account(String),
    /// Not a reference such as `CALL-2026-0007`.
    #[error("“{0}” is not a reference such as CALL-2026-0007.")]
    Reference(String),
    /// Not `sha256:` and 64 digits.
    #[error("A digest is written sha256: and 64 hexadecimal digits.")]
    Digest,
    /// A negative or impossible amount given to an event.
    #[error("The amounts of this act do not fit together; nothing was written.")]
    Amounts,
    /// A reversal of an entry that is itself one.
    #[error("A reversal is not reversed: write a new entry instead.")]
    ReversalOfReversal,
}

impl LedgerError {
    /// The stable code of the refusal (domain.md §i).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unbalanced { .. }
            | Self::TooFewPostings
            | Self::MemoWithPostings
            | Self::ZeroPosting
            | Self::Amounts => "ledger_unbalanced",
            Self::TooLarge => "overflow",
            Self::OutOfSequence { .. } => "stale_version",
            Self::ReversalOfReversal => "ledger_immutable",
            Self::Key(_) | Self::Account(_) | Self::Reference(_) | Self::Digest => {
                "ledger_malformed"
            }
        }
    }
}

#[cfg(test)]
mod tests;
