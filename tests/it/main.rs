//! Every test that drives the product from outside, in one program: files by what a person does,
//! then the tree that checks itself.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so and stops"
)]

mod accounts;
mod auditing;
mod backup;
mod by_command;
mod chapters;
mod crash;
mod deciding;
mod demo;
mod doubting;
mod engines;
mod erasure;
mod exports;
mod feeds;
mod first_council;
mod git;
mod life;
mod mail;
mod openapi;
mod pledging;
mod providers;
mod publishing;
mod refusals;
mod routes;
mod serving;
mod settings;
mod statuses;
mod tampering;
mod visibility;
mod webhooks;
mod working;

mod dependencies;
mod docs;
mod floats;
mod layering;
mod queries;
mod schema;
mod tidy;
