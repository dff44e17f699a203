//! Passwords: argon2id, and never more than two at once.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::{
    actions::fields::{Fault, Fields},
    error::Error,
};

/// Shortest password (security.md A12).
pub const LENGTH_MIN: usize = 12;
/// Longest password: longer ones only cost time.
pub const LENGTH_MAX: usize = 128;

/// Each hash takes 64 MiB: more at once would be a way to exhaust the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Checked where a login is unknown, so that both answers take the same time.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this one").ok());

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Its length is out of bounds.
    Length,
    /// It is one of those that are tried first.
    Guessable,
}

impl Fault for PasswordFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length => "password_length",
            Self::Guessable => "password_guessable",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Length => vec![("min", LENGTH_MIN.to_string()), ("max", LENGTH_MAX.to_string())],
            Self::Guessable => Vec::new(),
        }
    }
}

/// Judges a new password. `own_words` are those an attacker tries for this person: their login,
/// their name, their address.
pub fn judge(password: &str, own_words: &[&str]) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&length) {
        return Err(PasswordFault::Length);
    }
    if is_guessable(password) || is_own_words(password, own_words) {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
}

/// Hashes a new password.
///
/// # Errors
/// [`Error::Refused`] where [`judge`] refuses it, for the field `password`.
pub async fn hash(password: String) -> Result<String, Error> {
    let mut wrong = Fields::default();
    let judged = wrong.take("password", judge(&password, &[]));
    wrong.end(judged)?;
    run(move || hash_now(&password)).await?
}

/// Whether a password is a person's own words with a few characters around them.
fn is_own_words(password: &str, own_words: &[&str]) -> bool {
    let mut rest = password.to_lowercase();
    for word in own_words {
        let word = word.to_lowercase();
        if word.chars().count() >= 3 {
            rest = rest.replace(&word, "");
        }
    }
    // A sentence that names somebody is fine; a name and a year is not.
    rest.chars().count() < LENGTH_MIN * 2 / 3
}

/// Long passwords that are tried first all the same. The lists attackers use hold few of twelve
/// characters and more; those are these, or are made by [`is_guessable`]'s rules.
const TRIED_FIRST: &[&str] = &[
    "administrator",
    "administrateur",
    "changemeplease",
    "changeme1234",
    "correcthorsebatterystaple",
    "iloveyou1234",
    "jetaimejetaime",
    "letmein12345",
    "motdepasse",
    "motdepasse12",
    "motdepasse123",
    "motdepasse1234",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "qwertyuiop12",
    "azertyuiop12",
    "azertyuiop123",
    "qwertyuiop123",
    "welcome12345",
    "bienvenue123",
    "bienvenue1234",
    "beffroi12345",
    "unmotdepasse",
    "trustno1trustno1",
];

/// Keys that stand beside each other, and the alphabet.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "012345678901234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Whether a password is one of the few long ones that everyone tries: a known one, a walk along
/// the keys, or hardly more than one character.
fn is_guessable(password: &str) -> bool {
    let folded = password.to_lowercase();
    let mut distinct: Vec<char> = folded.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let backwards: String = folded.chars().rev().collect();
    distinct.len() < 5
        || TRIED_FIRST.contains(&folded.as_str())
        || ROWS.iter().any(|row| row.contains(&folded) || row.contains(&backwards))
}

/// Whether a password is the one that was hashed; takes as long where there is none.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    run(move || {
        let known = hash.is_some();
        let Some(text) = hash.or_else(|| NOBODY.clone()) else { return false };
        let Ok(parsed) = PasswordHash::new(&text) else { return false };
        hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &parsed).is_ok())
            && known
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(anyhow::Error::from)?;
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

fn hasher() -> Result<Argon2<'static>, Error> {
    // m = 64 MiB, t = 3, p = 1 (security.md A12).
    let params = Params::new(64 * 1024, 3, 1, None)
        .map_err(|error| anyhow::anyhow!("argon2 parameters: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String, Error> {
    let salt = super::secret::random::<16>()?;
    let hashed = hasher()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hashed.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_password_that_everyone_tries_is_refused() {
        for tried in
            ["aaaaaaaaaaaa", "abababababab", "PasswordPassword", "azertyuiopqs", "098765432109"]
        {
            assert!(is_guessable(tried), "{tried}");
        }
        for fine in ["le beffroi sonne à midi", "k8Wq-zz0-hop!", "quatre-vingt-douze moulins"] {
            assert!(!is_guessable(fine), "{fine}");
        }
    }
}
