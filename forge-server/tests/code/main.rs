//! Modules from the outside: the stock git client, and a browser that reads pages, against a
//! server started for each test.

mod forms;
mod git;
mod pages;
mod support;
mod wire;
