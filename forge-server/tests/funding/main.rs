//! Co-funding, from the draft of a call to its end: the acts and the jobs on real databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod announced;
mod books;
mod calls;
mod changes;
mod choices;
mod doubted;
mod ends;
mod forgotten;
mod funds;
mod joined;
mod late;
mod ledger;
mod pledges;
mod positions;
mod votes;
mod work;
mod world;
