//! Verification from entries and signatures alone: no stored hash, balance or size is believed.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
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
    verify_after(&Head::EMPTY, entries, evidence)
}

/// As [`verify`], of what follows a head that is trusted already: the entries before it are taken
/// as they were when that head was signed, and are not read again. Checkpoints of fewer entries are
/// left aside, since that head agreed with them.
pub fn verify_after(start: &Head, entries: &[Recorded], evidence: &Evidence<'_>) -> Report {
    let (opened, refused) = open_notes(evidence);
    let shrink = opened.windows(2).filter(|pair| pair[1].size < pair[0].size);
    let shrink: Vec<Finding> = shrink
        .map(|pair| Finding::CheckpointsShrink { from: pair[0].size, to: pair[1].size })
        .collect();
    let later = |checkpoint: &&Checkpoint| checkpoint.size >= start.size();
    let signed: Vec<&Checkpoint> = opened.iter().chain(evidence.known).filter(later).collect();
    let sizes = signed.iter().map(|checkpoint| checkpoint.size).collect();
    // The chain and the tree are hashed side by side: together they are most of the work.
    let ((head, roots), (link, mut findings)) = std::thread::scope(|scope| {
        let tree = scope.spawn(|| grow(start, entries, sizes));
        let chain = check_entries(start, entries);
        let tree = tree.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (tree, chain)
    });
    findings.extend(refused);
    findings.extend(shrink);
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
            let sound = sound.unwrap_or(start.size());
            Finding::CheckpointMismatch { size: checkpoint.size, sound }
        });
    }
    let checkpoints = signed.iter().filter(|checkpoint| agrees(checkpoint)).count();
    let (entries, root) = (head.size(), head.root());
    Report { entries, checkpoints, link, root, findings }
}

/// Each entry by itself and against those before it, and the last link.
fn check_entries(start: &Head, entries: &[Recorded]) -> (Hash, Vec<Finding>) {
    let mut findings = Vec::new();
    let (mut expected, mut stored) = (start.size() + 1, Some(start.link()));
    let mut link = start.link();
    let mut keys = HashSet::with_capacity(entries.len());
    let mut reversed = BTreeSet::new();
    let mut bytes = Vec::with_capacity(512);
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
        bytes.clear();
        entry.write_canonical(&mut bytes);
        if recorded.line.as_ref().is_some_and(|line| *line != bytes) {
            findings.push(Finding::NotCanonical { seq });
        }
        // Against the link stored before it, so that the one entry that was changed is named.
        let follows = stored.unwrap_or(link);
        let own = chain::link(&follows, &bytes);
        if stored.is_some() && recorded.link.is_some_and(|link| link != own) {
            findings.push(Finding::BrokenLink { seq });
        }
        // What is told as the last link is derived from the entries alone.
        link = if follows == link { own } else { chain::link(&link, &bytes) };
        stored = recorded.link;
        if entry.idempotency_key.as_ref().is_some_and(|key| !keys.insert(key)) {
            findings.push(Finding::Repeated { seq });
        }
        let before = &entries[..at];
        if !reversal_is_right(entry, before, start.size())
            || !entry.reverses.is_none_or(|n| reversed.insert(n))
        {
            findings.push(Finding::WrongReversal { seq });
        }
    }
    (link, findings)
}

/// Whether a reversal mirrors what it says; one of an entry that is trusted was judged with it.
fn reversal_is_right(entry: &Entry, before: &[Recorded], trusted: u64) -> bool {
    match (entry.kind, entry.reverses) {
        (EntryKind::Reversal, Some(number)) if number <= trusted => true,
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

/// The tree over all entries, and the roots at the sizes asked for.
fn grow(start: &Head, entries: &[Recorded], sizes: BTreeSet<u64>) -> (Head, BTreeMap<u64, Hash>) {
    let mut head = start.clone();
    let mut roots = BTreeMap::new();
    let mut bytes = Vec::with_capacity(512);
    for recorded in entries.iter().map(Some).chain([None]) {
        if sizes.contains(&head.size()) {
            roots.insert(head.size(), head.root());
        }
        if let Some(recorded) = recorded {
            bytes.clear();
            recorded.entry.write_canonical(&mut bytes);
            head.push_leaf(chain::leaf_hash(&bytes));
        }
    }
    (head, roots)
}
