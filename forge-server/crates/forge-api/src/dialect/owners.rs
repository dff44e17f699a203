//! Those who own repositories: people, and councils and spaces told as organisations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who may see that an account exists. Ours are always public; clients read anything else as
/// "every repository of this owner is private".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OwnerVisibility {
    /// Everybody.
    #[default]
    Public,
    /// Those who have signed in.
    Limited,
    /// Members.
    Private,
}

answer! {
    /// An account, as author, owner or reader.
    #[derive(Default)]
    pub struct User {
        /// A number that stays when the account is renamed.
        pub id: i64,
        /// The name in addresses.
        pub login: String,
        /// The same as `login`, under the name older clients read.
        pub username: String,
        /// The name at an outside sign-in, empty when there is none.
        pub login_name: String,
        /// The sign-in source the account came from, 0 for this server.
        pub source_id: i64,
        /// The name people write.
        pub full_name: String,
        /// The address shown to this reader; empty for councils and spaces.
        pub email: String,
        /// Absolute address of a picture, or empty.
        pub avatar_url: String,
        /// Absolute address of the account's page.
        pub html_url: String,
        /// Preferred language as a BCP 47 tag, or empty.
        pub language: String,
        /// Whether the account runs this server.
        pub is_admin: bool,
        /// When the account last signed in; `null` when it never did or this reader may not know.
        pub last_login: Option<String>,
        /// When the account was made.
        pub created: Option<String>,
        /// Whether the account is limited to what it is invited to.
        pub restricted: bool,
        /// Whether the account may act.
        pub active: bool,
        /// Whether sign-in is refused.
        pub prohibit_login: bool,
        /// Where the account says it is.
        pub location: String,
        /// How the person wishes to be spoken of.
        pub pronouns: String,
        /// Absolute address of the account's own site, or empty.
        pub website: String,
        /// A line about the account.
        pub description: String,
        /// Who may see the account.
        pub visibility: OwnerVisibility,
        /// Always 0: there are no social counters here.
        pub followers_count: i64,
        /// Always 0: there are no social counters here.
        pub following_count: i64,
        /// Always 0: there are no social counters here.
        pub starred_repos_count: i64,
    }

    /// A council or a space, told as an organisation.
    #[derive(Default)]
    pub struct Organization {
        /// A number that stays when the owner is renamed.
        pub id: i64,
        /// The name in addresses.
        pub name: String,
        /// The name people write.
        pub full_name: String,
        /// A public address, or empty.
        pub email: String,
        /// Absolute address of a picture, or empty.
        pub avatar_url: String,
        /// What the owner is for.
        pub description: String,
        /// Absolute address of the owner's own site, or empty.
        pub website: String,
        /// Where the owner is.
        pub location: String,
        /// Who may see the owner.
        pub visibility: OwnerVisibility,
        /// Whether a repository's administrators may grant access to teams.
        pub repo_admin_change_team_access: bool,
        /// The same as `name`, under the name older clients read.
        pub username: String,
    }
}
