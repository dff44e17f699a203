//! Verification from entries and signatures alone: no stored hash, balance or size is believed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    Checkpoint, CheckpointError, Entry, EntryKind, Hash, Head, LedgerError, Verifier, chain, event,
};
use crate::hex;

/// An entry as it was found, with what was found beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The entry, rebuilt from its parts.
    pub entry: Entry,
    /// The line it was read from, which has to be its canonical form byte for byte.
    pub line: Option<Vec<u8>>,
    /// The link a database stores beside it.
    pub link: Option<Hash>,
}

impl From<Entry> for Recorded {
    fn from(entry: Entry) -> Self {
        Self { entry, line: None, link: None }
    }
}

/// What the entries are held against.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// The ledger's name in its checkpoints.
    pub origin: &'a str,
    /// The key its checkpoints are signed with.
    pub verifier: &'a Verifier,
    /// The signed notes found with the entries, oldest first.
    pub notes: &'a [String],
    /// Heads known from elsewhere, as from an older clone, already opened.
    pub known: &'a [Checkpoint],
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The numbers do not follow: an entry is missing, doubled or out of place.
    Gap {
        /// The number that comes next.
        expected: u64,
        /// The number found there.
        found: u64,
    },
    /// An entry that could never have been written.
    Unlawful {
        /// Its number.
        seq: u64,
        /// The invariant it breaks, such as postings that do not sum to zero.
        why: LedgerError,
    },
    /// A line that is not the canonical form of its entry.
    NotCanonical {
        /// Its number.
        seq: u64,
    },
    /// The link stored with an entry does not follow from it and the link before.
    BrokenLink {
        /// Its number.
        seq: u64,
    },
    /// A reversal that mirrors nothing before it, or reverses something a second time.
    WrongReversal {
        /// Its number.
        seq: u64,
    },
    /// An idempotency key that stands twice.
    Repeated {
        /// The number of the second.
        seq: u64,
    },
    /// A checkpoint that cannot be opened.
    BadCheckpoint {
        /// Its place among the notes, from 1.
        place: usize,
        /// Why.
        why: CheckpointError,
    },
    /// The entries are not those that were signed.
    CheckpointMismatch {
        /// The size the checkpoint signs.
        size: u64,
        /// The largest size below it that is still as signed, or 0.
        sound: u64,
    },
    /// Fewer entries than were once signed.
    Rollback {
        /// The size once signed.
        signed: u64,
        /// The entries there are.
        found: u64,
    },
    /// A later checkpoint signs fewer entries than an earlier one.
    CheckpointsShrink {
        /// The size of the earlier.
        from: u64,
        /// The size of the later.
        to: u64,
    },
}

impl Finding {
    /// The stable code of the finding.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Gap { .. } => "gap",
            Self::Unlawful { why: LedgerError::Unbalanced { .. }, .. } => "unbalanced_entry",
            Self::Unlawful { .. } => "unlawful_entry",
            Self::NotCanonical { .. } => "not_canonical",
            Self::BrokenLink { .. } => "broken_link",
            Self::WrongReversal { .. } => "wrong_reversal",
            Self::Repeated { .. } => "repeated_key",
            Self::BadCheckpoint { .. } => "bad_checkpoint",
            Self::CheckpointMismatch { .. } => "checkpoint_mismatch",
            Self::Rollback { .. } => "rollback",
            Self::CheckpointsShrink { .. } => "checkpoints_shrink",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap { expected, found } => {
                write!(f, "Entry {expected} is missing or out of place: {found} stands there.")
            }
            Self::Unlawful { seq, why } => write!(f, "Entry {seq} breaks a rule. {why}"),
            Self::NotCanonical { seq } => {
                write!(f, "The line of entry {seq} was changed: it is not in canonical form.")
            }
            Self::BrokenLink { seq } => {
                write!(f, "The chain breaks at entry {seq}: it was changed after it was written.")
            }
            Self::WrongReversal { seq } => {
                write!(f, "Entry {seq} says it reverses an entry, and does not mirror one.")
            }
            Self::Repeated { seq } => write!(f, "Entry {seq} repeats an act already written."),
            Self::BadCheckpoint { place, why } => write!(f, "Checkpoint {place}: {why}"),
            Self::CheckpointMismatch { size, sound } => write!(
                f,
                "An entry between {} and {size} is not the one that was signed.",
                sound + 1
            ),
            Self::Rollback { signed, found } => {
                write!(f, "{signed} entries were signed and {found} are here: the end was cut off.")
            }
            Self::CheckpointsShrink { from, to } => {
                write!(f, "A checkpoint of {to} entries follows one of {from}.")
            }
        }
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries there are.
    pub entries: u64,
    /// How many checkpoints and known heads were opened and agree.
    pub checkpoints: usize,
    /// The last link, as computed.
    pub link: Hash,
    /// The Merkle root, as computed.
    pub root: Hash,
    /// What is wrong, in the order of the entries, then of the checkpoints.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "entries {}  checkpoints {}", self.entries, self.checkpoints)?;
        writeln!(f, "root {}", hex::encode(&self.root))?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}

/// Verifies a ledger in the order it was found, and says all that is wrong with it.
pub fn verify(entries: &[Recorded], evidence: &Evidence<'_>) -> Report {
    let mut findings = check_entries(entries);
    let (opened, refused) = open_notes(evidence);
    findings.extend(refused);
    let shrink = opened.windows(2).filter(|pair| pair[1].size < pair[0].size);
    findings.extend(
        shrink.map(|pair| Finding::CheckpointsShrink { from: pair[0].size, to: pair[1].size }),
    );
    let signed: Vec<&Checkpoint> = opened.iter().chain(evidence.known).collect();
    let (head, roots) = grow(entries, signed.iter().map(|checkpoint| checkpoint.size).collect());
    let agrees = |checkpoint: &Checkpoint| roots.get(&checkpoint.size) == Some(&checkpoint.root);
    let mut told = BTreeSet::new();
    for checkpoint in signed.iter().filter(|checkpoint| !agrees(checkpoint)) {
        if !told.insert(checkpoint.size) {
            continue;
        }
        let sound = |below: &&&Checkpoint| below.size < checkpoint.size && agrees(below);
        findings.push(if checkpoint.size > head.size() {
            Finding::Rollback { signed: checkpoint.size, found: head.size() }
        } else {
            let sound = signed.iter().filter(sound).map(|below| below.size).max();
            Finding::CheckpointMismatch { size: checkpoint.size, sound: sound.unwrap_or(0) }
        });
    }
    let checkpoints = signed.iter().filter(|checkpoint| agrees(checkpoint)).count();
    let (entries, link, root) = (head.size(), head.link(), head.root());
    Report { entries, checkpoints, link, root, findings }
}

/// Each entry by itself and against those before it.
fn check_entries(entries: &[Recorded]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut expected, mut stored) = (1, Some([0; 32]));
    let mut keys = BTreeSet::new();
    let mut reversed = BTreeSet::new();
    for (at, recorded) in entries.iter().enumerate() {
        let entry = &recorded.entry;
        let seq = entry.seq;
        if seq != expected {
            findings.push(Finding::Gap { expected, found: seq });
        }
        expected = seq.saturating_add(1);
        if let Err(why) = entry.check() {
            findings.push(Finding::Unlawful { seq, why });
        }
        let bytes = entry.canonical_bytes();
        if recorded.line.as_ref().is_some_and(|line| *line != bytes) {
            findings.push(Finding::NotCanonical { seq });
        }
        // Against the link stored before it, so that the one entry that was changed is named.
        if let (Some(previous), Some(link)) = (stored, recorded.link)
            && chain::link(&previous, &bytes) != link
        {
            findings.push(Finding::BrokenLink { seq });
        }
        stored = recorded.link;
        if entry.idempotency_key.as_ref().is_some_and(|key| !keys.insert(key)) {
            findings.push(Finding::Repeated { seq });
        }
        let before = &entries[..at];
        if !reversal_is_right(entry, before) || !entry.reverses.is_none_or(|n| reversed.insert(n)) {
            findings.push(Finding::WrongReversal { seq });
        }
    }
    findings
}

fn reversal_is_right(entry: &Entry, before: &[Recorded]) -> bool {
    match (entry.kind, entry.reverses) {
        (EntryKind::Reversal, Some(number)) => {
            let original = before.iter().rev().find(|earlier| earlier.entry.seq == number);
            original.is_some_and(|original| {
                let original = &original.entry;
                (&original.call, original.currency) == (&entry.call, entry.currency)
                    && event::reversal_of(original).as_ref() == Ok(&entry.postings)
            })
        }
        (EntryKind::Reversal, None) => false,
        (_, reverses) => reverses.is_none(),
    }
}

fn open_notes(evidence: &Evidence<'_>) -> (Vec<Checkpoint>, Vec<Finding>) {
    let (mut opened, mut refused) = (Vec::new(), Vec::new());
    for (at, note) in evidence.notes.iter().enumerate() {
        match Checkpoint::open(note, evidence.origin, evidence.verifier) {
            Ok(checkpoint) => opened.push(checkpoint),
            Err(why) => refused.push(Finding::BadCheckpoint { place: at + 1, why }),
        }
    }
    (opened, refused)
}

/// The head over all entries, and the roots at the sizes asked for.
fn grow(entries: &[Recorded], sizes: BTreeSet<u64>) -> (Head, BTreeMap<u64, Hash>) {
    let mut head = Head::EMPTY;
    let mut roots = BTreeMap::new();
    for recorded in entries.iter().map(Some).chain([None]) {
        if sizes.contains(&head.size()) {
            roots.insert(head.size(), head.root());
        }
        if let Some(recorded) = recorded {
            head.push(&recorded.entry.canonical_bytes());
        }
    }
    (head, roots)
}
