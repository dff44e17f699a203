//! The same request, made again with the same key, gets the answer of the first one and has no
//! second effect (security.md A10 #149).

use forge_domain::access::Deed;
use forge_store::{Tx, pledges};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{Action, Context};
use crate::{
    error::{Error, Refusal},
    funding::wrong,
};

/// The longest key.
const KEY_CHARS_MAX: usize = 200;

/// What makes two requests the same one.
#[derive(Debug, Clone)]
pub struct RequestKey {
    key: String,
    hash: [u8; 32],
}

impl RequestKey {
    /// The key a client sent, with a digest of what it asked: where it went and the whole body.
    ///
    /// # Errors
    /// [`Error::Refused`] where the key is empty, too long or not printable.
    pub fn new(key: &str, asked: &[&[u8]]) -> Result<Self, Error> {
        let plain = (1..=KEY_CHARS_MAX).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        if !plain {
            return Err(wrong("idempotency_key", "idempotency_key_invalid"));
        }
        let mut digest = Sha256::new();
        for part in asked {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Ok(Self { key: key.to_owned(), hash: digest.finalize().into() })
    }
}

/// An act that is done once for a key; as often as asked where there is none.
#[derive(Debug, Clone)]
pub struct Once<A> {
    /// The key.
    pub key: Option<RequestKey>,
    /// The act.
    pub action: A,
}

impl<A> Action for Once<A>
where
    A: Action,
    A::Output: Serialize + DeserializeOwned + Sync,
{
    const DEED: Deed = A::DEED;
    type Output = A::Output;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<A::Output, Error> {
        let Some(RequestKey { key, hash }) = &self.key else {
            return self.action.run(tx, cx).await;
        };
        let person = cx.person()?;
        if let Some(before) = pledges::repeated(&mut *tx, person, key).await? {
            if before.request_hash != hash {
                return Err(Error::Refused(Refusal::new("idempotency_key_reused")));
            }
            cx.record(key.clone(), json!({ "repeated": true }));
            return Ok(serde_json::from_str(&before.response).map_err(anyhow::Error::from)?);
        }
        let output = self.action.run(tx, cx).await?;
        let response = serde_json::to_string(&output).map_err(anyhow::Error::from)?;
        pledges::remember(&mut *tx, (person, key), hash, &response, cx.now).await?;
        Ok(output)
    }
}
