//! Checkpoints (C2SP tlog-checkpoint): the size and root of a ledger at one moment, signed.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Hash, Head, NoteError, SignedNote, Signer, Verifier};

/// The head of a ledger as the forge published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger: the instance and the space, one line without spaces at its ends.
    pub origin: String,
    /// How many entries it covers.
    pub size: u64,
    /// The Merkle root over them.
    pub root: Hash,
}

/// Why a checkpoint cannot be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note or its signature.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text inside the note.
    #[error("The checkpoint is malformed: {0}.")]
    Malformed(&'static str),
    /// A checkpoint of another ledger.
    #[error("This is the checkpoint of {found}, not of {expected}.")]
    Origin {
        /// The ledger asked for.
        expected: String,
        /// The ledger it names.
        found: String,
    },
}

impl Checkpoint {
    /// The checkpoint of this head.
    pub fn of(origin: &str, head: &Head) -> Self {
        Self { origin: origin.to_owned(), size: head.size(), root: head.root() }
    }

    /// The text that is signed: origin, size, base64 of the root, a line each.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// The signed note, as it stands in `ledger/checkpoint`.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        let text = self.text();
        Self::from_text(&text)?;
        Ok(signer.sign(&text)?)
    }

    /// Reads a signed note of this ledger, believing only the signature of `verifier`.
    pub fn open(note: &str, origin: &str, verifier: &Verifier) -> Result<Self, CheckpointError> {
        let note: SignedNote = note.parse()?;
        let checkpoint = Self::from_text(note.text_signed_by(verifier)?)?;
        if checkpoint.origin == origin {
            return Ok(checkpoint);
        }
        Err(CheckpointError::Origin { expected: origin.to_owned(), found: checkpoint.origin })
    }

    fn from_text(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Malformed("it has three lines"));
        };
        if origin.is_empty() || origin.trim() != origin {
            return Err(CheckpointError::Malformed("its origin is empty or padded"));
        }
        let plain = size == "0" || !size.starts_with('0');
        let size = Some(size)
            .filter(|size| plain && size.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|size| size.parse().ok())
            .ok_or(CheckpointError::Malformed("its size is not a plain number"))?;
        let root = STANDARD
            .decode(root)
            .ok()
            .and_then(|root| root.try_into().ok())
            .ok_or(CheckpointError::Malformed("its root is not 32 bytes in base64"))?;
        // Extension lines, which the format allows, are covered by the signature and left aside.
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}
