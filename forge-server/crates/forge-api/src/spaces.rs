//! Mutualised project spaces and the councils in them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a council belongs to a space (domain.md §c3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpaceMembership {
    /// Has asked to join and waits for the lead's answer.
    Asked,
    /// Reads and comments.
    Observer,
    /// Takes part.
    Contributor,
    /// Kept, but may not act.
    Suspended,
    /// Has left.
    Left,
}

answer! {
    /// A space.
    pub struct Space {
        /// Its identifier.
        pub id: Uuid,
        /// Its name in addresses.
        pub slug: String,
        /// The name people write.
        pub title: String,
        /// What it is for.
        pub purpose: String,
        /// `incubating`, `active`, `dormant` or `archived`.
        pub status: String,
        /// The language its papers are written in, as a BCP 47 tag.
        pub lang: String,
        /// The slug of the council that carries it.
        pub lead: String,
        /// The slug of the council that receives and pays.
        pub treasurer: String,
        /// The currency its calls are made in, ISO 4217.
        pub currency: String,
        /// The licence its modules are given, as an SPDX expression.
        pub default_licence: String,
        /// The IANA time zone its deadlines end in.
        pub time_zone: String,
        /// Its councils.
        pub members: Vec<SpaceMember>,
        /// When it was founded.
        pub created_at: String,
        /// Absolute address of its page.
        pub html_url: String,
        /// Absolute address for git of its meta-repository.
        pub meta_clone_url: String,
    }

    /// A council in a space.
    pub struct SpaceMember {
        /// The council's slug.
        pub council: String,
        /// The council's name.
        pub name: String,
        /// How it belongs.
        pub status: SpaceMembership,
        /// Since when.
        pub since: String,
        /// Until when: the end of its notice, or the day it left.
        pub until: Option<String>,
        /// The act it joined by.
        pub act_ref: Option<String>,
    }
}

strict_body! {
    /// The body that founds a space.
    pub struct NewSpace {
        /// Its name in addresses.
        pub slug: String,
        /// The name people write.
        pub title: String,
        /// What it is for.
        #[serde(default)]
        pub purpose: Option<String>,
        /// The slug of the council that founds and carries it.
        pub lead: String,
        /// The slug of the council that receives and pays; the lead when nothing is said.
        #[serde(default)]
        pub treasurer: Option<String>,
        /// The language its papers are written in; the founder's when nothing is said.
        #[serde(default)]
        pub lang: Option<String>,
        /// The currency its calls are made in; the lead's when nothing is said.
        #[serde(default)]
        pub currency: Option<String>,
        /// The licence its modules are given; `EUPL-1.2` when nothing is said.
        #[serde(default)]
        pub default_licence: Option<String>,
        /// The IANA time zone its deadlines end in; `Europe/Paris` when nothing is said.
        #[serde(default)]
        pub time_zone: Option<String>,
    }

    /// The body by which a council joins a space.
    pub struct JoinSpace {
        /// The slug of the council that joins.
        pub council: String,
        /// How it wishes to belong; contributor when nothing is said.
        #[serde(default)]
        pub status: Option<SpaceMembership>,
        /// The act it joins by.
        #[serde(default)]
        pub act_ref: Option<String>,
    }

    /// The body by which the lead answers a council that asked, or ends its membership.
    pub struct SetSpaceMember {
        /// What the council is to be.
        pub status: SpaceMembership,
        /// The act it rests on.
        #[serde(default)]
        pub act_ref: Option<String>,
    }
}
