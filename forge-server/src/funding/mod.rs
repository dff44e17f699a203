//! Co-funding as the server sees it: the rows of a call put together, and what the pure rules of
//! forge-domain say about them. Acts, pages, the API and jobs all read a call through here, so
//! that a figure is the same wherever it stands.

pub mod answer;
pub mod book;
pub mod decision;
pub mod draft;
pub mod evidence;
pub mod reader;

pub use book::CallBook;
pub use reader::Reader;

use forge_domain::{money::AmountError, sharing::SharingError};

use crate::error::{Error, Refusal};

/// A refusal of the sharing rules, with its stable code.
pub fn refused(error: &SharingError) -> Error {
    Error::Refused(Refusal::new(error.code()).arg("why", error))
}

/// An amount that is none, in a field of a form.
pub fn wrong_amount(field: &'static str, error: &AmountError) -> Error {
    let mut refusal = Refusal::field(field, error.code());
    refusal.fields[0].args = vec![("why", error.to_string())];
    Error::Refused(refusal)
}
