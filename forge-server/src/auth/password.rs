//! Passwords: argon2id, and never more than two at once.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Refusal};

/// Shortest password (security.md A12).
pub const LENGTH_MIN: usize = 12;
/// Longest password: longer ones only cost time.
pub const LENGTH_MAX: usize = 128;

/// Each hash takes 64 MiB: more at once would be a way to exhaust the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Checked where a login is unknown, so that both answers take the same time.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this one").ok());

/// Hashes a new password.
///
/// # Errors
/// [`Error::Refused`] where its length is out of bounds.
pub async fn hash(password: String) -> Result<String, Error> {
    let length = password.chars().count();
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&length) {
        let mut refusal = Refusal::field("password", "password_length");
        refusal.fields[0].args =
            vec![("min", LENGTH_MIN.to_string()), ("max", LENGTH_MAX.to_string())];
        return Err(Error::Refused(refusal));
    }
    run(move || hash_now(&password)).await?
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
