//! Signed notes (C2SP signed-note v1): a text, and signatures of it by named Ed25519 keys.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::hex;

/// The algorithm byte of Ed25519 in key ids and encoded keys.
const ED25519: u8 = 0x01;
const SIGNATURES_MAX: usize = 16;
const NOTE_LEN_MAX: usize = 64 * 1024;

/// Why a note is not a note, or not one signed by the key asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not the format.
    #[error("This is not a signed note: {0}.")]
    Malformed(&'static str),
    /// A name that cannot stand in a signature line.
    #[error("A key name has no spaces and no plus sign.")]
    KeyName,
    /// A public key that cannot be read.
    #[error("This is not the public key of a signed note (name+id+key).")]
    Key,
    /// No signature by the key asked for.
    #[error("The note carries no signature by {0}.")]
    Unsigned(String),
    /// A signature by the key asked for that does not fit the text.
    #[error("The signature by {0} does not fit the text: one of them was changed.")]
    BadSignature(String),
}

/// What signs notes: a name and a private key.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// The signer of this name with this 32-byte secret.
    pub fn new(name: &str, secret: &[u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(secret) })
    }

    /// What checks its signatures.
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The note of this text, which ends with a line end, with one signature.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        let mut bytes = self.verifier().key_id().to_vec();
        bytes.extend(self.key.sign(text.as_bytes()).to_bytes());
        Ok(format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(bytes)))
    }
}

/// What checks notes: a name and a public key, written `name+id+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

impl Verifier {
    /// The name in the signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 of the name, a line end, the algorithm and the key.
    pub fn key_id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let digest: [u8; 32] = hasher.finalize().into();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

impl std::str::FromStr for Verifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        check_name(name)?;
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::Key)?;
        let Some((&ED25519, key)) = bytes.split_first() else { return Err(NoteError::Key) };
        let key: [u8; 32] = key.try_into().map_err(|_| NoteError::Key)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| NoteError::Key)?;
        let verifier = Self { name: name.to_owned(), key };
        if hex::decode(id) == Some(verifier.key_id()) { Ok(verifier) } else { Err(NoteError::Key) }
    }
}

impl std::fmt::Display for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, hex::encode(&self.key_id()), STANDARD.encode(key))
    }
}

/// A note taken apart; nothing in it is believed before [`SignedNote::text_signed_by`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<(String, Vec<u8>)>,
}

impl SignedNote {
    /// The text, if it carries a signature by this key and every one in its name fits. Signatures
    /// by keys we do not know are left aside, as the format says.
    pub fn text_signed_by(&self, verifier: &Verifier) -> Result<&str, NoteError> {
        let mut signed = false;
        for (name, bytes) in &self.signatures {
            let Some((id, signature)) = bytes.split_first_chunk::<4>() else { continue };
            if *name != verifier.name || *id != verifier.key_id() {
                continue;
            }
            let fits = <[u8; 64]>::try_from(signature).is_ok_and(|signature| {
                let signature = Signature::from_bytes(&signature);
                verifier.key.verify_strict(self.text.as_bytes(), &signature).is_ok()
            });
            if !fits {
                return Err(NoteError::BadSignature(verifier.name.clone()));
            }
            signed = true;
        }
        if signed { Ok(&self.text) } else { Err(NoteError::Unsigned(verifier.name.clone())) }
    }
}

impl std::str::FromStr for SignedNote {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_LEN_MAX {
            return Err(NoteError::Malformed("it is too long"));
        }
        if note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NoteError::Malformed("it contains a control character"));
        }
        // The signatures follow the last empty line.
        let split = note.rfind("\n\n").ok_or(NoteError::Malformed("it has no signatures"))?;
        let (text, lines) = (&note[..=split], &note[split + 2..]);
        check_text(text)?;
        let lines =
            lines.strip_suffix('\n').ok_or(NoteError::Malformed("its last line has no end"))?;
        let signatures: Vec<_> = lines.split('\n').map(signature_line).collect::<Result<_, _>>()?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(NoteError::Malformed("it has too many signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

fn signature_line(line: &str) -> Result<(String, Vec<u8>), NoteError> {
    let malformed = NoteError::Malformed("a signature line is not “— name base64”");
    let Some((name, encoded)) =
        line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' '))
    else {
        return Err(malformed);
    };
    check_name(name)?;
    match STANDARD.decode(encoded) {
        Ok(bytes) if bytes.len() >= 5 => Ok((name.to_owned(), bytes)),
        _ => Err(malformed),
    }
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let plain = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
    if plain { Ok(()) } else { Err(NoteError::KeyName) }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    let controls = text.chars().any(|c| c.is_control() && c != '\n');
    if text.is_empty() || !text.ends_with('\n') || controls {
        return Err(NoteError::Malformed("its text is not lines of visible characters"));
    }
    Ok(())
}
