//! What follows when a vote passes. The variant is written when the vote opens; the `match` below
//! hands it to the noun that owns the deed.

use forge_domain::vote::VoteKind;
use forge_store::{
    Tx, councils,
    spaces::{self as rows, Space},
    votes::Vote,
};
use serde::{Deserialize, Serialize};

use super::super::{
    Context, calls, charters, funds, milestones, pledges,
    spaces::{self, Office},
};
use crate::{error::Error, voting::Offer};

/// What a vote decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Effect {
    /// A new version of the charter.
    AmendCharter {
        /// Its number.
        version: u32,
        /// `CHARTER.md`.
        text: String,
        /// `charter.toml`.
        machine: String,
    },
    /// Where a council stands in the space.
    Admit {
        /// Its address.
        council: String,
        /// Where it is to stand.
        status: String,
    },
    /// Another council carries the space, or holds its funds.
    Appoint {
        /// What it carries.
        office: Office,
        /// Its address.
        council: String,
    },
    /// A draft is published.
    OpenCall {
        /// The call's reference.
        call: String,
    },
    /// A call gets a later deadline.
    ExtendCall {
        /// The call's reference.
        call: String,
        /// The new last day, `YYYY-MM-DD`.
        deadline: String,
    },
    /// A milestone is accepted.
    AcceptMilestone {
        /// The call's reference.
        call: String,
        /// Its place, from 1.
        milestone: i64,
    },
    /// A confirmed call pays for something else.
    ChangeScope {
        /// The call's reference.
        call: String,
        /// How many of its first milestones are kept; the others are dropped.
        keep: i64,
    },
    /// A call ends before its last milestone.
    StopEarly {
        /// The call's reference.
        call: String,
    },
    /// A claim is given up.
    WriteOff {
        /// The call's reference.
        call: String,
        /// The council that owes.
        council: String,
    },
    /// A supplier does the work.
    ChooseSupplier {
        /// The call's reference.
        call: String,
        /// The offers it chooses between.
        offers: Vec<Offer>,
    },
    /// A council joins a confirmed call.
    LateJoiner {
        /// The call's reference.
        call: String,
        /// Its address.
        council: String,
        /// What it would have paid that day, for the question; reckoned again when it joins.
        amount: String,
    },
    /// A council does not pay.
    DeclareDefault {
        /// The call's reference.
        call: String,
        /// Its address.
        council: String,
    },
    /// Nothing follows by itself.
    Other,
}

impl Effect {
    /// The kind of the vote that decides this.
    pub const fn kind(&self) -> VoteKind {
        match self {
            Self::AmendCharter { .. } | Self::Appoint { .. } => VoteKind::Charter,
            Self::Admit { .. } => VoteKind::Admit,
            Self::OpenCall { .. } => VoteKind::CallOpen,
            Self::ExtendCall { .. } => VoteKind::CallExtend,
            Self::AcceptMilestone { .. } => VoteKind::MilestoneAccept,
            Self::ChangeScope { .. } => VoteKind::ScopeChange,
            Self::StopEarly { .. } => VoteKind::Close,
            Self::WriteOff { .. } => VoteKind::WriteOff,
            Self::ChooseSupplier { .. } => VoteKind::Supplier,
            Self::LateJoiner { .. } => VoteKind::LateJoiner,
            Self::DeclareDefault { .. } => VoteKind::Dispute,
            Self::Other => VoteKind::Other,
        }
    }

    /// The call it is about, where it is about one.
    pub fn call(&self) -> Option<&str> {
        match self {
            Self::OpenCall { call }
            | Self::ExtendCall { call, .. }
            | Self::AcceptMilestone { call, .. }
            | Self::ChangeScope { call, .. }
            | Self::StopEarly { call }
            | Self::WriteOff { call, .. }
            | Self::ChooseSupplier { call, .. }
            | Self::LateJoiner { call, .. }
            | Self::DeclareDefault { call, .. } => Some(call),
            Self::AmendCharter { .. } | Self::Admit { .. } | Self::Appoint { .. } | Self::Other => {
                None
            }
        }
    }

    /// Whether something is to be done once the vote passed.
    pub fn follows(&self) -> bool {
        *self != Self::Other
    }

    /// Refuses at the opening what nobody could carry out at the close.
    pub(super) async fn check(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        match self {
            Self::AmendCharter { .. }
            | Self::Admit { .. }
            | Self::Appoint { .. }
            | Self::OpenCall { .. }
            | Self::ExtendCall { .. }
            | Self::AcceptMilestone { .. }
            | Self::ChangeScope { .. }
            | Self::StopEarly { .. }
            | Self::ChooseSupplier { .. }
            | Self::LateJoiner { .. }
            | Self::DeclareDefault { .. }
            | Self::Other => Ok(()),
            Self::WriteOff { call, council } => {
                funds::check_write_off(tx, cx, (call, council)).await
            }
        }
    }

    /// Carries out what was decided, in the transaction that says so.
    ///
    /// # Errors
    /// A refusal says that things have moved on since the vote opened; the vote stands, and the
    /// refusal is kept with it.
    pub(super) async fn apply(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        vote: &Vote,
    ) -> Result<(), Error> {
        match self {
            Self::AmendCharter { version, text, machine } => {
                charters::amend(tx, cx, vote, (*version, text, machine)).await
            }
            Self::Admit { council, status } => {
                let space = space_of(tx, vote).await?;
                let slug = council.parse().map_err(anyhow::Error::from)?;
                let council = councils::by_slug(&mut *tx, &slug).await?.ok_or(Error::NotFound)?;
                let status = status.parse().map_err(anyhow::Error::from)?;
                spaces::stand(tx, cx, &space, (&council, status, None)).await
            }
            Self::Appoint { office, council } => {
                let space = space_of(tx, vote).await?;
                spaces::appoint(tx, &space, *office, council).await
            }
            Self::OpenCall { call } => calls::voted::opened(tx, cx, call).await,
            Self::ExtendCall { call, deadline } => {
                calls::voted::extended(tx, cx, (call, deadline), vote).await
            }
            Self::AcceptMilestone { call, milestone } => {
                milestones::accepted(tx, cx, (call, *milestone), vote).await
            }
            Self::ChangeScope { call, keep } => {
                calls::voted::scope_changed(tx, cx, (call, *keep), vote).await
            }
            Self::StopEarly { call } => calls::voted::stopped(tx, cx, call, vote).await,
            Self::Other => Ok(()),
            Self::WriteOff { call, council } => funds::write_off(tx, cx, (call, council)).await,
            Self::ChooseSupplier { call, .. } => calls::chosen(tx, call, vote).await,
            Self::LateJoiner { call, council, .. } => {
                calls::joining::joined(tx, cx, (call, council), vote).await
            }
            Self::DeclareDefault { call, council } => {
                pledges::declare_default(tx, cx, (call, council)).await
            }
        }
    }
}

impl Effect {
    /// What follows when the vote does not pass: things stay as they are, but who asked has an
    /// answer.
    pub(super) async fn turned_down(
        &self,
        tx: &mut Tx,
        cx: &Context<'_>,
        vote: &Vote,
    ) -> Result<(), Error> {
        match self {
            Self::Admit { council, .. } => spaces::turn_down(tx, cx, vote, council).await,
            Self::LateJoiner { call, council, .. } => {
                calls::joining::turned_down(tx, cx, (call, council), vote).await
            }
            _ => Ok(()),
        }
    }
}

async fn space_of(tx: &mut Tx, vote: &Vote) -> Result<Space, Error> {
    rows::by_id(&mut *tx, vote.space_id).await?.ok_or(Error::NotFound)
}
