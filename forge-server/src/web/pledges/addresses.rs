//! Where the steps of committing a council lead.

use crate::{
    funding::{CallBook, open::OpenedCall},
    web::form::Given,
};

pub(super) fn step_href(opened: &OpenedCall) -> String {
    let call = &opened.book.call;
    format!("/{}/-/calls/{}/commit", call.space_slug, call.reference)
}

pub(super) fn check_href(opened: &OpenedCall) -> String {
    format!("{}/check", step_href(opened))
}

/// Where one proves again who one is, and comes back to this page filled in.
pub(super) fn prove_href(opened: &OpenedCall, given: &Given) -> String {
    let next = format!("{}?{}", check_href(opened), given.query());
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/-/reauthenticate?next={next}")
}

pub(super) fn only(given: &Given, names: &[&str]) -> Given {
    names.iter().fold(Given::default(), |kept, name| kept.with(name, given.get(name)))
}

pub(super) fn pledge_page(book: &CallBook, pledge: &forge_api::pledges::Pledge) -> String {
    let row = &book.call;
    format!("/{}/-/calls/{}/pledges/{}", row.space_slug, row.reference, pledge.reference)
}
