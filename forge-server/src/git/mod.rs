//! The doors git uses.

mod answer;
mod entrance;
pub mod http;
mod push;
mod reconcile;

pub use reconcile::reconcile;
