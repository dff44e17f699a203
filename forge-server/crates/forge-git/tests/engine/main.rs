//! The engine on real repositories, beside the system's git.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod anchors;
mod backup;
mod door;
mod fetching;
mod merging;
mod pushing;
mod reads;
mod requests;
mod support;
mod writes;
