//! The pure rules of Beffroi: no I/O, no async, no serde, no clock.
//!
//! Time, randomness and profiles reach this crate as arguments; what it refuses is an error type
//! whose message is a sentence a person can act on.

pub mod access;
pub mod calendar;
pub mod call;
pub mod charter;
pub mod funds;
pub mod hex;
pub mod id;
pub mod ledger;
pub mod milestone;
pub mod money;
pub mod names;
pub mod notices;
pub mod pledge;
pub mod profiles;
pub mod reach;
pub mod review;
pub mod sharing;
pub mod vote;
pub mod webhook;
mod words;
pub mod work;
pub mod working_time;

pub use id::Id;
