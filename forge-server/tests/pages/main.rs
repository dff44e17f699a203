//! Pages of co-funding, rendered by a whole server for each state a call can be in.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod dashboard;
mod drafts;
mod flow;
mod late;
mod statements;
mod states;
mod transparency;
mod visa;
mod votes;
mod world;
