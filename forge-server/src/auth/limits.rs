//! How often someone may fail to sign in (security.md A6 #99): by account, so that a password
//! cannot be guessed, and by the neighbourhood of an address, so that many accounts cannot be.
//!
//! Kept in memory: a restart forgives, and nothing of it is worth a row. A session that is signed
//! in already is never asked.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

use super::peer::Peer;
use crate::error::Error;

/// Failures after which an account is left alone.
const PER_ACCOUNT: u32 = 10;
/// Failures after which a neighbourhood is left alone.
const PER_NEIGHBOURHOOD: u32 = 20;
/// For how long failures count, from the first of them.
const WINDOW_SECONDS: i64 = 15 * 60;
/// Beyond so many names at once, those that ended are swept out, then the oldest.
const NAMES_MAX: usize = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Account(u64),
    Neighbourhood(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    since: i64,
}

/// The failures of the last quarter of an hour.
#[derive(Debug, Default)]
pub struct SignInLimits {
    failures: Mutex<HashMap<Name, Failures>>,
    /// Logins that were only typed are not kept as text: people type passwords there.
    keyed: RandomState,
}

/// A try that counts as a failure until it is forgiven.
#[derive(Debug)]
#[must_use = "a try that went well must be forgiven"]
pub struct Try([(Name, u32); 2]);

impl SignInLimits {
    /// Counts a try before the password is looked at, so that many at once gain nothing.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait, where either has failed too often.
    pub fn admit(&self, login: &str, peer: Peer, now: Timestamp) -> Result<Try, Error> {
        let account = Name::Account(self.keyed.hash_one(login.trim().to_lowercase()));
        let names = Try([
            (account, PER_ACCOUNT),
            (Name::Neighbourhood(peer.neighbourhood()), PER_NEIGHBOURHOOD),
        ]);
        let now = now.as_second();
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        sweep(&mut failures, now);
        for (name, most) in names.0 {
            if let Some(failed) = failures.get(&name).filter(|failed| failed.lasts(now))
                && failed.count >= most
            {
                let wait = (failed.since + WINDOW_SECONDS - now).max(1);
                return Err(Error::TooMany(wait.unsigned_abs()));
            }
        }
        for (name, _) in names.0 {
            let failed = failures.entry(name).or_insert(Failures { count: 0, since: now });
            if !failed.lasts(now) {
                *failed = Failures { count: 0, since: now };
            }
            failed.count += 1;
        }
        Ok(names)
    }

    /// Forgives a try that went well: the account starts anew, the neighbourhood keeps the
    /// failures of others.
    pub fn forgive(&self, good: &Try) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, _) in &good.0 {
            match name {
                Name::Account(_) => {
                    failures.remove(name);
                }
                Name::Neighbourhood(_) => {
                    if let Some(failed) = failures.get_mut(name) {
                        failed.count = failed.count.saturating_sub(1);
                    }
                }
            }
        }
    }
}

impl Failures {
    fn lasts(self, now: i64) -> bool {
        // A clock that was set back must not keep anyone out for longer.
        (0..WINDOW_SECONDS).contains(&(now - self.since))
    }
}

fn sweep(failures: &mut HashMap<Name, Failures>, now: i64) {
    if failures.len() < NAMES_MAX {
        return;
    }
    failures.retain(|_, failed| failed.lasts(now));
    if failures.len() >= NAMES_MAX {
        let mut begun: Vec<i64> = failures.values().map(|failed| failed.since).collect();
        let (_, middle, _) = begun.select_nth_unstable(NAMES_MAX / 2);
        let middle = *middle;
        failures.retain(|_, failed| failed.since > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn peer(text: &str) -> Peer {
        Peer(text.parse().unwrap())
    }

    fn fail(limits: &SignInLimits, login: &str, from: &str, second: i64) -> Result<(), u64> {
        match limits.admit(login, peer(from), at(second)) {
            Ok(_) => Ok(()),
            Err(Error::TooMany(seconds)) => Err(seconds),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_eleventh_failure_on_an_account_is_not_looked_at_from_anywhere() {
        let limits = SignInLimits::default();
        for n in 0..10 {
            assert_eq!(fail(&limits, "ana", &format!("198.51.{n}.1"), n), Ok(()));
        }
        assert_eq!(fail(&limits, " ANA ", "203.0.113.1", 10), Err(890));
        assert_eq!(fail(&limits, "ben", "203.0.113.1", 10), Ok(()));
        assert_eq!(fail(&limits, "ana", "203.0.113.1", 900), Ok(()), "a quarter of an hour later");
    }

    #[test]
    fn the_twenty_first_failure_of_a_neighbourhood_is_not_looked_at() {
        let limits = SignInLimits::default();
        for n in 0..20 {
            assert_eq!(fail(&limits, &format!("p{n}"), &format!("198.51.100.{n}"), 0), Ok(()));
        }
        assert_eq!(fail(&limits, "ana", "198.51.100.99", 1), Err(899));
        assert_eq!(fail(&limits, "ana", "198.51.101.99", 1), Ok(()));
    }

    #[test]
    fn a_try_that_goes_well_forgives_the_account_and_not_the_neighbours() {
        let limits = SignInLimits::default();
        for _ in 0..9 {
            assert_eq!(fail(&limits, "ana", "198.51.100.1", 0), Ok(()));
        }
        let good = limits.admit("ana", peer("198.51.100.1"), at(1)).unwrap();
        limits.forgive(&good);
        for n in 0..11 {
            assert_eq!(fail(&limits, &format!("p{n}"), "198.51.100.1", 2), Ok(()));
        }
        assert!(fail(&limits, "p11", "198.51.100.1", 2).is_err(), "9 + 11 failures of neighbours");
        assert_eq!(fail(&limits, "ana", "203.0.113.1", 2), Ok(()));
    }

    #[test]
    fn a_million_names_do_not_fill_the_memory() {
        let limits = SignInLimits::default();
        for n in 0..120_000_u32 {
            let from = Peer(IpAddr::V4(std::net::Ipv4Addr::from_bits(n << 8)));
            let _ = limits.admit(&n.to_string(), from, at(i64::from(n / 1000)));
        }
        assert!(limits.failures.lock().unwrap().len() <= NAMES_MAX + 2);
    }
}
