//! What a webhook is signed with: told once, if at all, and sealed at rest (security.md A4 #71,
//! A11 #159).

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_domain::{Id, id};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};

use crate::{app::App, auth::secret::random, error::Error, keys};

/// The key that seals them.
const KEY: &str = "webhooks";
/// What the secrets of Standard Webhooks begin with.
const PREFIX: &str = "whsec_";
/// As many bytes as SHA-256 gives.
const FRESH_BYTES: usize = 32;
/// How many bytes Standard Webhooks lets a secret have.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// How long a secret of another form may be.
const TEXT_BYTES: std::ops::RangeInclusive<usize> = 16..=200;

/// A secret both sides know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, in the form of Standard Webhooks.
    pub fn fresh() -> Result<Self, Error> {
        Ok(Self(format!("{PREFIX}{}", BASE64_STANDARD.encode(random::<FRESH_BYTES>()?))))
    }

    /// One that was given: `whsec_` and base64 of 24 to 64 bytes, or 16 to 200 characters of any
    /// other form.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn given(text: &str) -> Result<Self, &'static str> {
        let fits = match text.strip_prefix(PREFIX) {
            Some(coded) => {
                let key = BASE64_STANDARD.decode(coded);
                key.is_ok_and(|key| KEY_BYTES.contains(&key.len()))
            }
            None => TEXT_BYTES.contains(&text.len()) && !text.contains(char::is_control),
        };
        if fits { Ok(Self(text.to_owned())) } else { Err("webhook_secret_invalid") }
    }

    /// The text itself, for whoever made it, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// HMAC-SHA-256 as Standard Webhooks has it: the key is what the base64 stands for.
    pub(super) fn sign_standard(&self, message: &[u8]) -> Vec<u8> {
        let coded = self.0.strip_prefix(PREFIX);
        let key = coded.and_then(|coded| BASE64_STANDARD.decode(coded).ok());
        sign(key.as_deref().unwrap_or(self.0.as_bytes()), message)
    }

    /// HMAC-SHA-256 as other forges have it: the key is the text.
    pub(super) fn sign_plain(&self, message: &[u8]) -> Vec<u8> {
        sign(self.0.as_bytes(), message)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Seals the secret of a webhook; what was sealed for one opens for no other.
pub fn seal(app: &App, hook: Id<id::Webhook>, secret: &Secret) -> Result<Vec<u8>, Error> {
    let nonce = random::<NONCE_LEN>()?;
    let mut sealed = secret.0.clone().into_bytes();
    cipher(app)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound(hook), &mut sealed)
        .map_err(|_| anyhow::anyhow!("a secret could not be sealed"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens what was sealed.
///
/// # Errors
/// Internal where the key of the data folder is not the one it was sealed with.
pub fn open(app: &App, hook: Id<id::Webhook>, sealed: &[u8]) -> Result<Secret, Error> {
    let other = || anyhow::anyhow!("the secret of a webhook was sealed with another key");
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(other)?;
    let mut opened = sealed.to_vec();
    let opened = cipher(app)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), bound(hook), &mut opened)
        .map_err(|_| other())?;
    let text = String::from_utf8(opened.to_vec()).map_err(|_| other())?;
    Ok(Secret(text))
}

fn cipher(app: &App) -> Result<LessSafeKey, Error> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &keys::secret(app, KEY)?);
    Ok(LessSafeKey::new(key.map_err(|_| anyhow::anyhow!("the key of the webhooks is no key"))?))
}

fn bound(hook: Id<id::Webhook>) -> Aad<[u8; 16]> {
    Aad::from(hook.uuid().into_bytes())
}

fn sign(key: &[u8], message: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_the_standard_form_holds_enough_bytes() {
        for good in [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "sixteen letters!",
            "un secret à nous, en français",
        ] {
            assert!(Secret::given(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "short",
            "whsec_",
            "whsec_c2hvcnQ=",
            "whsec_not base64 at all!",
            "a\nbcdefghijklmnopq",
        ] {
            assert_eq!(Secret::given(bad), Err("webhook_secret_invalid"), "{bad}");
        }
        let fresh = Secret::fresh().unwrap();
        assert!(Secret::given(fresh.reveal()).is_ok());
        assert_ne!(fresh, Secret::fresh().unwrap());
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::given("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        assert!(!format!("{secret:?}").contains("MfKQ"));
    }
}
