//! Councils: public bodies that hold modules, roles and pledges.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a council stands with the administrators (domain.md §c1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CouncilStatus {
    /// Declared, not verified.
    Pending,
    /// Verified by an administrator.
    Verified,
    /// Kept, but may not act.
    Suspended,
}

/// An official identifier of a body: a register and the number in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficialId {
    /// The register: `siren`, `siret`, `insee`, `uk_gss`, …
    pub scheme: String,
    /// The number in it.
    pub value: String,
}

/// How many people live there, of which kind and from which year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// The kind of count, such as `municipale`.
    pub kind: String,
    /// Inhabitants.
    pub value: i64,
    /// The year the count is published for.
    pub vintage: String,
    /// The day it was counted.
    #[serde(default)]
    #[schema(required = true)]
    pub reference_date: Option<String>,
    /// Where it was published.
    #[serde(default)]
    #[schema(required = true)]
    pub source: Option<String>,
}

answer! {
    /// A public body.
    pub struct Council {
        /// Its identifier.
        pub id: Uuid,
        /// Its name in addresses.
        pub slug: String,
        /// The name people write.
        pub name: String,
        /// Commune, grouping, region, agency, …
        pub kind: String,
        /// Country, as an ISO 3166 code of two letters.
        pub country: String,
        /// The currency it counts in, ISO 4217.
        pub currency: String,
        /// Absolute address of its own site.
        pub website: Option<String>,
        /// Its official identifiers.
        pub ids: Vec<OfficialId>,
        /// Its counts of inhabitants, newest first.
        pub populations: Vec<Population>,
        /// The slugs of the groupings it belongs to: its inhabitants count once.
        pub member_of: Vec<String>,
        /// Where it stands.
        pub status: CouncilStatus,
        /// When it was verified.
        pub verified_at: Option<String>,
        /// When it was declared.
        pub created_at: String,
        /// Absolute address of its page.
        pub html_url: String,
    }
}

answer! {
    /// What an import of counts of inhabitants did.
    pub struct PopulationImport {
        /// How many counts were recorded or corrected.
        pub recorded: i64,
        /// How many were known already.
        pub unchanged: i64,
        /// How many are of bodies that are no verified council here.
        pub unknown: i64,
    }
}

strict_body! {
    /// The body that declares a council.
    pub struct NewCouncil {
        /// Its name in addresses.
        pub slug: String,
        /// The name people write.
        pub name: String,
        /// Commune, grouping, region, agency, …; `commune` when nothing is said.
        #[serde(default)]
        pub kind: Option<String>,
        /// Country, as an ISO 3166 code of two letters; `FR` when nothing is said.
        #[serde(default)]
        pub country: Option<String>,
        /// The currency it counts in; the country's when nothing is said.
        #[serde(default)]
        pub currency: Option<String>,
        /// Absolute address of its own site.
        #[serde(default)]
        pub website: Option<String>,
        /// The mail domains its people write from.
        #[serde(default)]
        pub email_domains: Vec<String>,
        /// Its official identifiers.
        #[serde(default)]
        pub ids: Vec<OfficialId>,
        /// Its counts of inhabitants.
        #[serde(default)]
        pub populations: Vec<Population>,
    }

    /// The body that verifies a council.
    pub struct VerifyCouncil {
        /// How the administrator made sure: letter, register, domain. Kept in the audit.
        #[serde(default)]
        pub proof: Option<String>,
    }

    /// The body that changes a council's sheet; what is absent stays.
    pub struct EditCouncil {
        /// The name people write.
        #[serde(default)]
        pub name: Option<String>,
        /// Absolute address of its own site.
        #[serde(default)]
        pub website: Option<String>,
    }

    /// The body that suspends a council.
    pub struct SuspendCouncil {
        /// Why. Kept in the audit.
        #[serde(default)]
        pub reason: Option<String>,
    }
}
