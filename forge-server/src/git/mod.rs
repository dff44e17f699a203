//! The doors git uses.

pub mod http;
