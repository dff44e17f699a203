//! Clone and fetch.

mod wants;

pub(crate) use wants::unreachable;
