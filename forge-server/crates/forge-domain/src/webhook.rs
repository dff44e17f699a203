//! Programs of others that are told what happens: of which events, how often it is tried, and when
//! it is given up (domain.md §c18, security.md B2.7).

use std::{fmt, str::FromStr};

use crate::{
    notices::EventKind,
    words::{UnknownWord, words},
};

words! {
    /// In which form a program is told.
    WebhookFormat {
        /// One JSON document of ours, signed.
        Json = "json",
        /// A message of a chat: Rocket.Chat, Mattermost and Slack all read it.
        Rocketchat = "rocketchat",
    }
}

words! {
    /// Why the forge stopped a webhook by itself.
    WebhookStop {
        /// Nothing got through for [`GIVE_UP_AFTER_S`].
        Failing = "failing",
        /// Whoever made it may not any more.
        Maker = "maker",
    }
}

words! {
    /// Where a delivery stands.
    DeliveryState {
        /// It is tried, at once or again.
        Waiting = "waiting",
        /// The other side said yes.
        Delivered = "delivered",
        /// It was tried for long enough.
        Failed = "failed",
        /// It is not sent: the webhook was stopped, or may not know of the event.
        Dropped = "dropped",
    }
}

/// The first wait after a failure, in seconds; each later one is twice as long …
const WAIT_FIRST_S: i64 = 10;
/// … and never longer than this.
const WAIT_MAX_S: i64 = 6 * 3600;
/// For how long a delivery is tried, in seconds: three days.
pub const GIVE_UP_AFTER_S: i64 = 3 * 24 * 3600;

/// How long to wait after so many failures, in seconds. `jitter` is any number: a tenth of the wait
/// at most is taken off by it, so that many deliveries to one host do not come back together.
pub fn wait_s(failures: i64, jitter: u32) -> i64 {
    let doublings = u32::try_from(failures.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    let wait = WAIT_FIRST_S.saturating_mul(1 << doublings).min(WAIT_MAX_S);
    wait - (wait / 10) * i64::from(jitter % 1000) / 1000
}

/// How long to wait after so many failures, `waited` seconds after the delivery was asked for; none
/// where it is given up. The last attempt is not before the end of [`GIVE_UP_AFTER_S`].
pub fn next_wait_s(failures: i64, waited: i64, jitter: u32) -> Option<i64> {
    (waited < GIVE_UP_AFTER_S).then(|| wait_s(failures, jitter))
}

/// The events a webhook is told of: kinds and families of kinds (`vote.*`); every one where it
/// names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription(Vec<Part>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The family of this kind, by its name up to the point.
    Family(EventKind),
    Kind(EventKind),
}

impl Subscription {
    /// Reads words such as `call.closed` and `vote.*`; `*` is every kind, as is none.
    ///
    /// # Errors
    /// The first word that is no kind and no family.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownWord> {
        let mut parts = Vec::new();
        for word in words {
            if word == "*" {
                return Ok(Self::default());
            }
            let unknown = || UnknownWord(word.escape_default().to_string());
            let mut kinds = told();
            let part = match word.strip_suffix(".*") {
                None => kinds.find(|kind| kind.name() == word).map(Part::Kind),
                Some(name) => kinds.find(|kind| family(*kind) == name).map(Part::Family),
            };
            let part = part.ok_or_else(unknown)?;
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        Ok(Self(parts))
    }

    /// Whether an event of this kind is told.
    pub fn wants(&self, kind: EventKind) -> bool {
        let one = |part: &Part| match part {
            Part::Kind(wanted) => *wanted == kind,
            Part::Family(first) => family(*first) == family(kind),
        };
        told().any(|told| told == kind) && (self.0.is_empty() || self.0.iter().any(one))
    }

    /// The words it was read from; none for every kind.
    pub fn words(&self) -> Vec<String> {
        let word = |part: &Part| match part {
            Part::Kind(kind) => kind.name().to_owned(),
            Part::Family(first) => format!("{}.*", family(*first)),
        };
        self.0.iter().map(word).collect()
    }
}

/// The families of kinds, in the order of the kinds.
pub fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for name in told().map(family) {
        if !families.contains(&name) {
            families.push(name);
        }
    }
    families
}

/// The kinds a webhook is told of: never that a webhook was stopped, or one that is stopped would
/// be told so.
fn told() -> impl Iterator<Item = EventKind> {
    EventKind::ALL.iter().copied().filter(|kind| *kind != EventKind::WebhookStopped)
}

/// What a kind is one of: its name up to the point.
fn family(kind: EventKind) -> &'static str {
    kind.name().split('.').next().unwrap_or_default()
}

impl FromStr for Subscription {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::of(text.split_whitespace())
    }
}

impl fmt::Display for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_waited_out_longer_each_time_and_for_six_hours_at_most() {
        let waits: Vec<_> = (1..=14).map(|failures| wait_s(failures, 0)).collect();
        assert_eq!(waits[..4], [10, 20, 40, 80]);
        assert_eq!(waits[11..], [20_480, 21_600, 21_600]);
        assert_eq!(wait_s(i64::MAX, 0), 21_600);
        assert_eq!(wait_s(0, 0), 10);
    }

    #[test]
    fn a_delivery_is_given_up_after_three_days() {
        let (mut at, mut failures) = (0, 0);
        while let Some(wait) = next_wait_s(failures + 1, at, 0) {
            (at, failures) = (at + wait, failures + 1);
        }
        assert!((GIVE_UP_AFTER_S..GIVE_UP_AFTER_S + 6 * 3600).contains(&at), "{at}");
        assert!((15..40).contains(&failures), "{failures}");
    }

    #[test]
    fn the_jitter_takes_off_a_tenth_at_most() {
        for failures in 1..30 {
            for jitter in [0, 1, 500, 999, 1000, u32::MAX] {
                let (whole, cut) = (wait_s(failures, 0), wait_s(failures, jitter));
                assert!(cut <= whole && cut >= whole - whole / 10, "{failures} {jitter}");
            }
        }
        assert_ne!(wait_s(12, 999), wait_s(12, 1));
    }

    #[test]
    fn a_subscription_names_kinds_and_families() {
        let some: Subscription = "call.closed vote.* call.closed".parse().unwrap();
        assert_eq!(some.to_string(), "call.closed vote.*");
        assert!(some.wants(EventKind::CallClosed) && some.wants(EventKind::VoteOpened));
        assert!(!some.wants(EventKind::CallPublished) && !some.wants(EventKind::PledgeFirm));
        for every in ["", "*", "call.closed *"] {
            let every: Subscription = every.parse().unwrap();
            assert!(EventKind::ALL.iter().filter(|kind| !every.wants(**kind)).count() == 1);
            assert!(!every.wants(EventKind::WebhookStopped));
            assert_eq!(every.to_string(), "");
        }
        for unknown in ["push", "call", ".*", "call.clos", "Call.closed", "webhook.*"] {
            assert!(unknown.parse::<Subscription>().is_err(), "{unknown}");
        }
    }

    #[test]
    fn each_family_is_named_once() {
        let families = families();
        assert!(families.contains(&"call") && families.contains(&"pledge"));
        for name in &families {
            assert_eq!(families.iter().filter(|other| *other == name).count(), 1);
            assert!(format!("{name}.*").parse::<Subscription>().is_ok());
        }
    }
}
