//! Modules from the outside: the stock git client, and a browser that reads pages, against a
//! server started for each test.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod forms;
mod git;
mod pages;
mod support;
mod wire;
