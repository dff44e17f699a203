//! Random secrets, and the hashes by which they are known again.

use sha2::{Digest, Sha256};

use crate::error::Error;

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the system gives no randomness: {error}"))?;
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A new secret of 256 random bits, as hexadecimal.
pub fn secret() -> Result<String, Error> {
    Ok(hex(&random::<32>()?))
}

/// What is stored of a secret: a thief of the database cannot use it (security.md A6 #96).
///
/// A plain SHA-256 is enough because every secret has at least 128 random bits.
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
