//! One entry: what happened, for which call, by whom, and its postings.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Account, Book, Hash, Key, LedgerError, jcs::Value};
use crate::{
    calendar, hex,
    money::{Amount, Currency},
    words::words,
};

words! {
    /// What an entry records; also the name of the event.
    EntryKind {
        /// A council commits itself up to its ceiling.
        PledgeFirm = "pledge.firm",
        /// A firm pledge changes its ceiling.
        PledgeAmended = "pledge.amended",
        /// A firm pledge is withdrawn.
        PledgeWithdrawn = "pledge.withdrawn",
        /// A firm pledge is released, its call failed or cancelled.
        PledgeReleased = "pledge.released",
        /// The ceiling gives way to the final share.
        PledgeConfirmed = "pledge.confirmed",
        /// Another council takes the place of one that was confirmed.
        PledgeSubstituted = "pledge.substituted",
        /// A grant is certain.
        GrantSecured = "grant.secured",
        /// A council is asked to pay.
        FundsCallIssued = "funds_call.issued",
        /// A payment arrived and both sides say so.
        PaymentAcknowledged = "payment.acknowledged",
        /// An invoice of a supplier is approved.
        InvoiceApproved = "invoice.approved",
        /// A supplier is paid.
        PaymentSent = "payment.sent",
        /// A council pays the supplier itself.
        PaymentDirect = "payment.direct",
        /// A council's agents have given the days of work that were agreed on.
        InKindDelivered = "in_kind.delivered",
        /// What is owed will not come, given up by a vote.
        WrittenOff = "receivable.written_off",
        /// Contributions and grants meet what was spent; the rest is owed back.
        ClosingAppropriation = "closing.appropriation",
        /// What was owed back is sent.
        RefundSent = "refund.sent",
        /// What was owed back goes to the maintenance of the space.
        RefundCarried = "refund.carried",
        /// The mirror of an earlier entry.
        Reversal = "reversal",
        /// A vote of the councils is closed; its evidence is the digest of its final state.
        VoteClosed = "vote.closed",
        /// A vote was taken back by who opened it, before anybody had voted.
        VoteWithdrawn = "vote.withdrawn",
        /// A council has reserved its share in its own accounts.
        PledgeOrdered = "pledge.ordered",
        /// A council does not pay, as the funders have voted.
        PledgeDefaulted = "pledge.defaulted",
    }
}

impl EntryKind {
    /// Whether entries of this kind record an act and move no amount: they have no postings.
    pub const fn is_memo(self) -> bool {
        matches!(
            self,
            Self::VoteClosed | Self::VoteWithdrawn | Self::PledgeOrdered | Self::PledgeDefaulted
        )
    }
}

/// A human reference, `CALL-2026-0007`: letters, a year, a number without gaps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

impl Reference {
    /// The reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [word, year, number]
                if (2..=8).contains(&word.len())
                    && word.bytes().all(|b| b.is_ascii_uppercase())
                    && year.len() == 4
                    && digits(year)
                    && (4..=9).contains(&number.len())
                    && digits(number) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(LedgerError::Reference(
                text.chars().take(40).flat_map(char::escape_default).collect(),
            )),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line of an entry: an account and a signed amount, debit above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// Minor units; never zero.
    pub amount: Amount,
}

/// An entry of the ledger, in its typed parts. [`Entry::check`] says whether it may be written;
/// what is read back for verification may be wrong, and is a value of this type all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the space, from 1, without gaps.
    pub seq: u64,
    /// When it was written; whole seconds are hashed.
    pub ts: Timestamp,
    /// What it records.
    pub kind: EntryKind,
    /// The call it belongs to; the vote itself, where that concerns the whole space.
    pub call: Reference,
    /// The one currency of that call.
    pub currency: Currency,
    /// Who acted, by a random identifier that outlives the person's account.
    pub actor: Uuid,
    /// The council it was done for.
    pub council: Option<Key>,
    /// The lines, in the order of the event.
    pub postings: Vec<Posting>,
    /// Digests of the evidence behind it.
    pub evidence: Vec<Hash>,
    /// The entry this one mirrors.
    pub reverses: Option<u64>,
    /// What makes a repetition recognisable: made by us (as `PLG-2026-0031:firm`), not by a client.
    pub idempotency_key: Option<Key>,
}

impl Entry {
    /// Whether the entry may stand in the ledger: at least two postings, none zero or too large,
    /// and each book in balance; none at all in a memo.
    pub fn check(&self) -> Result<(), LedgerError> {
        if self.kind.is_memo() {
            let empty = self.postings.is_empty();
            return if empty { Ok(()) } else { Err(LedgerError::MemoWithPostings) };
        }
        if self.postings.len() < 2 {
            return Err(LedgerError::TooFewPostings);
        }
        let (mut commitments, mut funds) = (0_i128, 0_i128);
        for posting in &self.postings {
            let minor = posting.amount.minor();
            if minor == 0 {
                return Err(LedgerError::ZeroPosting);
            }
            if minor.unsigned_abs() > Value::INTEGER_MAX.unsigned_abs() {
                return Err(LedgerError::TooLarge);
            }
            match posting.account.book() {
                Book::Commitments => commitments += i128::from(minor),
                Book::Funds => funds += i128::from(minor),
            }
        }
        match (commitments, funds) {
            (0, 0) => Ok(()),
            (0, sum) => Err(LedgerError::Unbalanced { book: Book::Funds, sum }),
            (sum, _) => Err(LedgerError::Unbalanced { book: Book::Commitments, sum }),
        }
    }

    /// The bytes that are hashed and stand in `ledger/entries-YYYY.jsonl`, without a line end.
    ///
    /// They are the canonical JSON of [`Value`], written in the order of the sorted names: a ledger
    /// is verified faster than a tree of values is built. No text of an entry needs an escape,
    /// since each is of a closed alphabet.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        self.write_canonical(&mut bytes);
        bytes
    }

    /// Appends [`Entry::canonical_bytes`].
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        out.extend(b"{\"actor\":\"");
        out.extend(self.actor.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        out.extend(b"\",\"call\":\"");
        out.extend(self.call.as_str().as_bytes());
        if let Some(council) = &self.council {
            out.extend(b"\",\"council\":\"");
            out.extend(council.as_str().as_bytes());
        }
        out.extend(b"\",\"currency\":\"");
        out.extend(self.currency.code().as_bytes());
        out.extend(b"\",\"evidence\":[");
        for (at, digest) in self.evidence.iter().enumerate() {
            out.extend(if at == 0 { &b"\"sha256:"[..] } else { b",\"sha256:" });
            hex::write(digest, out);
            out.push(b'"');
        }
        out.push(b']');
        if let Some(key) = &self.idempotency_key {
            out.extend(b",\"idempotency_key\":\"");
            out.extend(key.as_str().as_bytes());
            out.push(b'"');
        }
        out.extend(b",\"kind\":\"");
        out.extend(self.kind.name().as_bytes());
        out.extend(b"\",\"postings\":[");
        for (at, posting) in self.postings.iter().enumerate() {
            out.extend(if at == 0 { &b"[\""[..] } else { b",[\"" });
            posting.account.write(out);
            out.extend(b"\",");
            write_integer(posting.amount.minor(), out);
            out.push(b']');
        }
        out.push(b']');
        if let Some(reverses) = self.reverses {
            out.extend(b",\"reverses\":");
            write_integer(i64::try_from(reverses).unwrap_or(i64::MAX), out);
        }
        out.extend(b",\"seq\":");
        write_integer(i64::try_from(self.seq).unwrap_or(i64::MAX), out);
        out.extend(b",\"ts\":\"");
        calendar::write_instant(self.ts, out);
        out.extend(b"\"}");
    }
}

/// An integer in decimal digits.
fn write_integer(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(&digits[from..]);
}

/// The digest of an evidence: SHA-256 of the salt, then the file. Without the salt, which is
/// erased with the file, nobody can tell what it was the digest of.
pub fn digest_of_evidence(salt: &[u8; 32], file: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(file);
    hasher.finalize().into()
}
