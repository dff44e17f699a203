//! What a reader may do on the page of a call.

use forge_domain::{
    access::{Deed, councils_for},
    call::{CallAct, CallState, step},
    work::{WorkState, offer},
};
use serde::Serialize;

use super::{shares::pledge_href, steer, view::call_href};
use crate::{actions::allow, auth::Viewer, funding::open::OpenedCall};

/// Addresses of what the reader may do; none of what they may not.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Acts {
    /// The pledges of the reader's own councils: the name of each and its page.
    pub own: Vec<(String, String)>,
    /// Declare an intention.
    pub intend: Option<String>,
    /// Commit a council.
    pub commit: Option<String>,
    /// Ask to join it, its shares being final.
    pub join: Option<String>,
    /// Rewrite the draft.
    pub edit: Option<String>,
    /// Publish the draft.
    pub publish: Option<String>,
    /// Confirm before the deadline.
    pub confirm: Option<String>,
    /// Call it off.
    pub cancel: Option<String>,
    /// Change it, where it is published.
    pub amend: Option<String>,
    /// What a lead does with it after its publication: the end of a key `call-…`, and the address.
    pub steer: Vec<(&'static str, String)>,
    /// What can be done about work in kind, the end of a key `work-…`: `offer` some, or `answer`
    /// what was offered.
    pub work: Option<&'static str>,
    /// Where a visitor signs in to do any of it.
    pub sign_in: Option<String>,
}

/// What the reader may do with the call as it stands; the act itself asks again.
pub(super) fn acts(viewer: &Viewer, opened: &OpenedCall) -> Acts {
    let (call, resource) = (&opened.book.call, opened.resource());
    let href = |page: &str| format!("{}/{page}", call_href(&opened.book));
    let actor = viewer.actor();
    let collects = matches!(call.state, CallState::Open | CallState::Reached);
    if viewer.person.is_none() {
        let next: String =
            url::form_urlencoded::byte_serialize(call_href(&opened.book).as_bytes()).collect();
        let sign_in = collects.then(|| format!("/-/login?next={next}"));
        return Acts { sign_in, ..Acts::default() };
    }
    let may = |deed| allow(actor, deed, &resource).is_ok();
    let free = |deed| {
        let councils = councils_for(actor, deed, &resource);
        councils.into_iter().any(|council| opened.book.position(council).is_none())
    };
    let not_firm = |deed| {
        let councils = councils_for(actor, deed, &resource);
        councils.into_iter().any(|council| {
            let state = opened.book.position(council).map(|row| row.state);
            state.is_none_or(forge_domain::pledge::PledgeState::is_undecided)
        })
    };
    let draft = call.state == CallState::Draft;
    let mine = councils_for(actor, Deed::DeclareIntention, &resource);
    let own = opened.book.living().filter(|row| mine.contains(&row.council_id));
    Acts {
        own: own.map(|row| (row.council_name.clone(), pledge_href(&opened.book, row))).collect(),
        intend: (collects && free(Deed::DeclareIntention)).then(|| href("intend")),
        commit: (collects && not_firm(Deed::CommitPledge)).then(|| href("commit")),
        join: (step(call.state, CallAct::Join).is_ok() && free(Deed::CommitPledge))
            .then(|| href("join")),
        edit: (draft && may(Deed::EditCall)).then(|| href("edit")),
        publish: (draft && may(Deed::PublishCall)).then(|| href("publish")),
        confirm: (call.state == CallState::Reached
            && call.early_close
            && may(Deed::ConfirmCallEarly))
        .then(|| href("confirm")),
        cancel: (!call.state.is_over() && may(Deed::CancelCall)).then(|| href("cancel")),
        amend: (collects && may(Deed::AmendCall)).then(|| href("edit")),
        steer: steer::offered(viewer, opened),
        work: work(viewer, opened),
        sign_in: None,
    }
}

/// Whether the reader answers what is offered, or may offer.
fn work(viewer: &Viewer, opened: &OpenedCall) -> Option<&'static str> {
    let (book, resource) = (&opened.book, opened.resource());
    let waits = book.work.iter().any(|one| one.state == WorkState::Offered);
    let judge = resource.clone().for_council(book.call.lead_id);
    if waits && allow(viewer.actor(), Deed::JudgeWork, &judge).is_ok() {
        return Some("answer");
    }
    let open = |slice: &forge_store::calls::Milestone| offer(book.call.state, slice.state).is_ok();
    let may = !councils_for(viewer.actor(), Deed::OfferWork, &resource).is_empty();
    (may && book.milestones.iter().any(open)).then_some("offer")
}
