//! The clock that acts read. Time is an argument everywhere else.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::Timestamp;

/// Tells the time: the machine's, or one that is set by hand.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still at so many microseconds of UTC until it is set: the example world's script and
    /// the tests.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn standing_at(now: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    /// The instant it shows.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Set(micros) => {
                Timestamp::from_microsecond(micros.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Moves a standing clock; the machine's cannot be moved.
    pub fn set(&self, now: Timestamp) -> bool {
        match self {
            Self::System => false,
            Self::Set(micros) => {
                micros.store(now.as_microsecond(), Ordering::SeqCst);
                true
            }
        }
    }
}
