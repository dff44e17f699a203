//! What whoever carries a call looks at: what each council does next, and what was put to the vote.

use forge_domain::{access::MemberStatus, call::CallState, pledge::PledgeState};
use forge_store::{spaces::Member, votes};
use serde::Serialize;

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, open::OpenedCall},
};

/// What one council does next.
#[derive(Debug, Clone, Serialize)]
pub struct NextStep {
    /// What it is called.
    pub council: String,
    /// Its page.
    pub href: String,
    /// The end of a key `call-next-…`.
    pub step: &'static str,
}

/// A vote on the call.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Its reference.
    pub reference: String,
    /// What was asked.
    pub question: String,
    /// Its state: `open`, `passed` or `rejected`.
    pub state: &'static str,
    /// Its page.
    pub href: String,
}

/// What each council of the space does next on a call that takes pledges, for readers who see what
/// the space keeps to itself; nothing for others.
pub(super) fn steps(viewer: &Viewer, opened: &OpenedCall, members: &[Member]) -> Vec<NextStep> {
    let book = &opened.book;
    let collects = matches!(book.call.state, CallState::Open | CallState::Reached);
    if !collects || !opened.internal || viewer.person.is_none() {
        return Vec::new();
    }
    let takes_part = |member: &&Member| {
        matches!(member.status, MemberStatus::Contributor | MemberStatus::Observer)
    };
    let step = |member: &Member| NextStep {
        council: member.name.clone(),
        href: format!("/{}", member.slug),
        step: match book.position(member.council_id).map(|row| row.state) {
            None => "invite",
            Some(PledgeState::Intention) => "decide",
            Some(PledgeState::Firm) => "wait",
            Some(_) => "follow",
        },
    };
    members.iter().filter(takes_part).map(step).collect()
}

/// The votes on a call, the newest first.
pub(super) async fn decisions(app: &App, book: &CallBook) -> Result<Vec<Decision>, Error> {
    let rows = votes::of_call(&app.db, book.call.id).await?;
    let one = |row: votes::Vote| Decision {
        href: format!("/{}/-/decisions/{}", row.space_slug, row.reference),
        reference: row.reference,
        question: row.question,
        state: row.state.name(),
    };
    Ok(rows.into_iter().map(one).collect())
}
