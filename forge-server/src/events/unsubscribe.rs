//! The link that ends mail about a topic without signing in: it names the person and the topic,
//! and only this server can make it.

use forge_domain::{Id, id, notices::Topic};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::{app::App, auth::secret::hex, error::Error, keys};

/// The word for every topic.
const ALL: &str = "all";

/// What a link ends: mail to a person, about one topic or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Whose mail.
    pub person: Id<id::Person>,
    /// About what; none for everything.
    pub topic: Option<Topic>,
}

/// The end of the address `/-/unsubscribe/…`.
pub fn token(app: &App, ending: Ending) -> Result<String, Error> {
    let named = named(ending);
    let seal = seal(app, &named)?;
    Ok(format!("{named}.{seal}"))
}

/// What a link ends; none where this server did not make it.
pub fn read(app: &App, token: &str) -> Result<Option<Ending>, Error> {
    let parts: Vec<&str> = token.split('.').collect();
    let [person, topic, given] = parts[..] else { return Ok(None) };
    let Ok(person) = person.parse::<Uuid>() else { return Ok(None) };
    let topic = match topic.parse::<Topic>() {
        Ok(topic) => Some(topic),
        Err(_) if topic == ALL => None,
        Err(_) => return Ok(None),
    };
    let ending = Ending { person: Id::new(person), topic };
    let expected = seal(app, &named(ending))?;
    let ours: bool = given.as_bytes().ct_eq(expected.as_bytes()).into();
    Ok(ours.then_some(ending))
}

fn named(ending: Ending) -> String {
    let topic = ending.topic.map_or(ALL, Topic::name);
    format!("{}.{topic}", ending.person.uuid().simple())
}

/// The first half of an HMAC-SHA256, as hexadecimal: nobody guesses 128 bits.
fn seal(app: &App, named: &str) -> Result<String, Error> {
    let key = keys::secret(app, "unsubscribe")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(anyhow::Error::from)?;
    mac.update(named.as_bytes());
    Ok(hex(&mac.finalize().into_bytes()[..16]))
}
