//! People, the roles they hold, mandates to sign, and invitations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Amount;

/// A role, always held in one council and for a time (domain.md §b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Pushes code.
    Developer,
    /// Merges, tags and protects.
    Maintainer,
    /// Carries calls and spaces.
    Lead,
    /// Prepares pledges.
    Finance,
    /// Commits the council, within a mandate.
    Signatory,
    /// Reads everything, does nothing.
    Auditor,
    /// Works for the councils; decides nothing on money.
    Supplier,
}

answer! {
    /// A person, as those who may see more than the name see them.
    pub struct Person {
        /// The identifier, random, all that stays when the person is erased.
        pub id: Uuid,
        /// The name in addresses.
        pub login: String,
        /// The name people write.
        pub full_name: String,
        /// Absolute address of the page.
        pub html_url: String,
    }

    /// The person whose token this is, and what they may do.
    pub struct Me {
        /// Who it is.
        pub person: Person,
        /// Their own address.
        pub email: String,
        /// Preferred language as a BCP 47 tag.
        pub language: String,
        /// Whether they run this server.
        pub is_admin: bool,
        /// The roles they hold today.
        pub roles: Vec<HeldRole>,
        /// The mandates they hold today.
        pub mandates: Vec<Mandate>,
    }

    /// A role somebody holds.
    pub struct HeldRole {
        /// Its identifier.
        pub id: Uuid,
        /// The login of who holds it.
        pub person: String,
        /// The slug of the council it is held in.
        pub council: String,
        /// The role.
        pub role: Role,
        /// First day.
        pub valid_from: String,
        /// Last day; `null` for no end.
        pub valid_until: Option<String>,
    }

    /// What a signatory may commit a council to.
    pub struct Mandate {
        /// Its identifier.
        pub id: Uuid,
        /// The login of the signatory.
        pub person: String,
        /// The slug of the council.
        pub council: String,
        /// The most one act may commit.
        pub max_amount: Amount,
        /// The currency of that amount, ISO 4217.
        pub currency: String,
        /// The kinds of act it covers: `pledge`, `withdraw`.
        pub kinds: Vec<String>,
        /// First day.
        pub valid_from: String,
        /// Last day.
        pub valid_until: String,
        /// The act that gave it.
        pub act_ref: String,
    }

    /// An invitation. Its link is told once, in the answer that makes it.
    pub struct Invitation {
        /// Its identifier.
        pub id: Uuid,
        /// The slug of the council it leads into.
        pub council: String,
        /// The role it gives.
        pub role: Role,
        /// Whom it is meant for, when that was said.
        pub email: Option<String>,
        /// When it stops working.
        pub expires_at: String,
        /// When it was used.
        pub accepted_at: Option<String>,
        /// The absolute link, only in the answer that makes the invitation.
        pub url: Option<String>,
    }
}

strict_body! {
    /// The body that gives a role.
    pub struct GiveRole {
        /// The login of who is to hold it.
        pub person: String,
        /// The role.
        pub role: Role,
        /// First day; today when nothing is said.
        #[serde(default)]
        pub valid_from: Option<String>,
        /// Last day; no end when nothing is said.
        #[serde(default)]
        pub valid_until: Option<String>,
    }

    /// The body that gives a mandate.
    pub struct NewMandate {
        /// The login of the signatory.
        pub person: String,
        /// The most one act may commit.
        pub max_amount: Amount,
        /// The currency of that amount; `EUR` when nothing is said.
        #[serde(default)]
        pub currency: Option<String>,
        /// The kinds of act it covers, `pledge` and `withdraw`; all when nothing is said.
        #[serde(default)]
        pub kinds: Vec<String>,
        /// First day; today when nothing is said.
        #[serde(default)]
        pub valid_from: Option<String>,
        /// Last day.
        pub valid_until: String,
        /// The act that gives it.
        pub act_ref: String,
    }

    /// The body that invites somebody into a council.
    pub struct NewInvitation {
        /// The role the invitation gives.
        pub role: Role,
        /// Whom it is meant for.
        #[serde(default)]
        pub email: Option<String>,
        /// For how many days the link works; 7 when nothing is said, 30 at most.
        #[serde(default)]
        pub days: Option<u16>,
    }

    /// The body that accepts an invitation.
    pub struct AcceptInvitation {
        /// The link, or its last part.
        pub link: String,
    }
}
