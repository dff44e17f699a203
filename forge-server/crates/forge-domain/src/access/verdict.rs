//! The answers of the table of rights, and their sentences.

use super::Role;

/// The answer to "may this actor do this here?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Yes,
    /// For this actor the thing does not exist.
    NotFound,
    /// It is visible, and the deed needs an account.
    SignIn,
    /// It may not, for this reason.
    No(Denial),
}

/// Why a deed is refused to someone who may see what it is done to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// No role of the actor allows it.
    #[error("This needs the role {}: ask the lead of your council.", list(.0))]
    RoleMissing(Vec<Role>),
    /// The right role, in a council that has no part in this.
    #[error("Your role is in another council, which may not do this here.")]
    OtherCouncil,
    /// The right role, in a council whose place in the space is not enough.
    #[error("Your council is not a member of this space in the standing this needs.")]
    NotAMember,
    /// A deed in a council's name, and no council named.
    #[error("Say for which council you act.")]
    CouncilMissing,
    /// Only forge administrators do this.
    #[error("Only an administrator of the forge may do this.")]
    AdminOnly,
    /// Only the person it belongs to does this.
    #[error("Only the person it belongs to may do this.")]
    OwnerOnly,
    /// Administrators stay away from money and votes.
    #[error("An administrator of the forge never pledges, votes or touches money.")]
    AdminAndMoney,
    /// Nobody gives themself the power to sign, and someone must be named.
    #[error("Someone else must give you the power to sign.")]
    ToOneself,
    /// The token does not reach this far.
    #[error("This token is not allowed to do this: use one of a wider scope, or sign in.")]
    TokenScope,
    /// A person's module is a draft.
    #[error("A person’s own module is a draft: move it to a council or a space to publish it.")]
    PersonalDraft,
    /// Nobody at all.
    #[error("Nobody may do this; the ledger is corrected by a reversal and a new entry.")]
    Nobody,
}

impl Denial {
    /// The stable code of the refusal, for messages, the API and the CLI.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RoleMissing(_) => "role_missing",
            Self::OtherCouncil => "other_council",
            Self::NotAMember => "not_a_member",
            Self::CouncilMissing => "council_missing",
            Self::AdminOnly => "admin_only",
            Self::OwnerOnly => "owner_only",
            Self::AdminAndMoney => "admin_and_money",
            Self::ToOneself => "to_oneself",
            Self::TokenScope => "token_scope",
            Self::PersonalDraft => "personal_draft",
            Self::Nobody => "nobody",
        }
    }
}

fn list(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" or ")
}
