//! The ledger of a space as a clone of its meta-repository tells it, without any server, or as a
//! server tells it.

pub(crate) mod check;
pub(crate) mod clone;
pub(crate) mod served;
pub(crate) mod wire;
pub(crate) mod words;
