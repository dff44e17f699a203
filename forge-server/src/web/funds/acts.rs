//! What can be done with the money of a call: who may, and where its form is.

use std::str::FromStr;

use forge_domain::{Id, access::Deed, id};
use serde::Serialize;

use crate::{
    actions::allow, auth::Viewer, error::Error, funding::open::OpenedCall,
    web::calls::view::call_href,
};

/// An act with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Draft,
    Issue,
    Cancel,
    References,
    Declare,
    Receive,
    Acknowledge,
    Retract,
    Reverse,
    Secure,
    Grant,
    Invoice,
    Approve,
    Refuse,
    Pay,
    Direct,
    Plan,
    Refund,
    Sign,
}

/// In whose name an act is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Treasurer,
    TreasurerOrLead,
    Council,
    Either,
}

impl Act {
    const ALL: [Self; 19] = [
        Self::Draft,
        Self::Issue,
        Self::Cancel,
        Self::References,
        Self::Declare,
        Self::Receive,
        Self::Acknowledge,
        Self::Retract,
        Self::Reverse,
        Self::Secure,
        Self::Grant,
        Self::Invoice,
        Self::Approve,
        Self::Refuse,
        Self::Pay,
        Self::Direct,
        Self::Plan,
        Self::Refund,
        Self::Sign,
    ];

    /// The end of its address and of its texts' keys.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issue => "issue",
            Self::Cancel => "cancel",
            Self::References => "references",
            Self::Declare => "declare",
            Self::Receive => "receive",
            Self::Acknowledge => "acknowledge",
            Self::Retract => "retract",
            Self::Reverse => "reverse",
            Self::Secure => "secure",
            Self::Grant => "grant",
            Self::Invoice => "invoice",
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::Pay => "pay",
            Self::Direct => "direct",
            Self::Plan => "plan",
            Self::Refund => "refund",
            Self::Sign => "sign",
        }
    }

    const fn deed(self) -> Deed {
        match self {
            Self::Draft | Self::Issue | Self::Cancel | Self::References => Deed::IssueFundsCall,
            Self::Declare | Self::Direct => Deed::DeclarePayment,
            Self::Receive
            | Self::Acknowledge
            | Self::Retract
            | Self::Reverse
            | Self::Secure
            | Self::Grant => Deed::RecordReceipt,
            Self::Invoice => Deed::RecordInvoice,
            Self::Approve | Self::Refuse => Deed::ApproveInvoice,
            Self::Pay | Self::Plan | Self::Refund => Deed::SendPayment,
            Self::Sign => Deed::CloseBooks,
        }
    }

    const fn done_for(self) -> For {
        match self {
            Self::Declare | Self::Direct => For::Council,
            Self::Approve | Self::Refuse | Self::Sign => For::TreasurerOrLead,
            Self::References | Self::Acknowledge | Self::Retract => For::Either,
            _ => For::Treasurer,
        }
    }

    /// Asks the table of rights whether the reader may do this, for `council` where it is a
    /// council's own; the act itself asks again.
    pub(super) fn allow(
        self,
        viewer: &Viewer,
        opened: &OpenedCall,
        council: Option<Id<id::Council>>,
    ) -> Result<(), Error> {
        let call = &opened.book.call;
        let ask =
            |deed, council| allow(viewer.actor(), deed, &opened.resource().for_council(council));
        let treasurer = ask(self.deed(), call.treasurer_id);
        let own = || council.map(|council| ask(Deed::DeclarePayment, council));
        match self.done_for() {
            For::Treasurer => treasurer,
            For::TreasurerOrLead => treasurer.or_else(|_| ask(self.deed(), call.lead_id)),
            For::Either => treasurer.or_else(|error| own().unwrap_or(Err(error))),
            For::Council => own().unwrap_or_else(|| {
                let councils = councils(viewer, opened);
                if councils.is_empty() { treasurer } else { Ok(()) }
            }),
        }
    }
}

/// The councils on the call that the reader may declare payments for.
pub(super) fn councils(viewer: &Viewer, opened: &OpenedCall) -> Vec<(String, String)> {
    crate::funding::funds::confirmed(&opened.book)
        .filter(|pledge| {
            let on = opened.resource().for_council(pledge.council_id);
            allow(viewer.actor(), Deed::DeclarePayment, &on).is_ok()
        })
        .map(|pledge| (pledge.council_slug.clone(), pledge.council_name.clone()))
        .collect()
}

impl FromStr for Act {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.iter().copied().find(|act| act.name() == text).ok_or(Error::NotFound)
    }
}

/// A link to the form of an act.
#[derive(Debug, Clone, Serialize)]
pub struct ActLink {
    /// The end of its texts' keys.
    pub act: &'static str,
    /// Its form.
    pub href: String,
    /// What it is done to, where the button alone would not say: a reference or a council.
    pub on: String,
}

/// The link to the form of an act, where the reader may do it.
pub(super) fn link(
    (viewer, opened): (&Viewer, &OpenedCall),
    act: Act,
    on: &str,
    council: Option<(Id<id::Council>, &str)>,
) -> Option<ActLink> {
    viewer.person.as_ref()?;
    act.allow(viewer, opened, council.map(|(id, _)| id)).ok()?;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !on.is_empty() {
        query.append_pair("on", on);
    }
    if let Some((_, slug)) = council {
        query.append_pair("council", slug);
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    let href = format!("{}/funds/act/{}{mark}{query}", call_href(&opened.book), act.name());
    let named = council.map_or(on, |(_, slug)| slug);
    Some(ActLink { act: act.name(), href, on: named.to_owned() })
}
