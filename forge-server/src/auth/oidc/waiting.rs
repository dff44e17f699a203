//! What the server remembers of a browser that went to a provider: one use, ten minutes.
//!
//! Kept in memory, so that asking for a page changes no row; a restart sends people back to the
//! sign-in page.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

use crate::auth::secret;

/// For how long it is remembered.
pub const SECONDS: i64 = 10 * 60;
/// Beyond so many at once the oldest are forgotten.
const MOST: usize = 10_000;

/// Things remembered under the hash of a cookie.
#[derive(Debug)]
pub(super) struct Waiting<T>(Mutex<HashMap<Vec<u8>, (i64, T)>>);

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Waiting<T> {
    pub(super) fn put(&self, cookie: &str, thing: T, now: Timestamp) {
        let now = now.as_second();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (since, _)| lasts(*since, now));
        if all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, (since, _))| *since);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                all.remove(&oldest);
            }
        }
        all.insert(secret::digest(cookie), (now, thing));
    }

    /// Looks without using it up.
    pub(super) fn look(&self, cookie: &str, now: Timestamp) -> Option<T> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, thing) = all.get(&secret::digest(cookie))?;
        lasts(*since, now.as_second()).then(|| thing.clone())
    }

    /// Uses it up: the second of two answers finds nothing.
    pub(super) fn take(&self, cookie: &str, now: Timestamp) -> Option<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, thing) = all.remove(&secret::digest(cookie))?;
        lasts(since, now.as_second()).then_some(thing)
    }
}

fn lasts(since: i64, now: i64) -> bool {
    (0..SECONDS).contains(&(now - since))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn it_is_there_once_and_for_ten_minutes() {
        let waiting = Waiting::default();
        waiting.put("a", 1, at(0));
        waiting.put("b", 2, at(0));
        assert_eq!(waiting.look("a", at(1)), Some(1));
        assert_eq!(waiting.take("a", at(1)), Some(1));
        assert_eq!(waiting.take("a", at(1)), None);
        assert_eq!(waiting.take("b", at(600)), None);
    }

    #[test]
    fn those_who_never_come_back_are_forgotten() {
        let waiting = Waiting::default();
        for n in 0..=MOST {
            waiting.put(&n.to_string(), n, at(i64::try_from(n / 100).unwrap()));
        }
        assert_eq!(waiting.0.lock().unwrap().len(), MOST);
        assert_eq!(waiting.look(&MOST.to_string(), at(100)), Some(MOST));
    }
}
