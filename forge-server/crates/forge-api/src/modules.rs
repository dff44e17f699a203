//! Modules in our own words, and their publication.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who may see a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The people of the council that made it.
    #[default]
    Council,
    /// The councils of the space.
    Space,
    /// Everybody.
    Public,
}

answer! {
    /// A module.
    pub struct Module {
        /// Its identifier.
        pub id: Uuid,
        /// `owner/name`.
        pub module: String,
        /// The owner's slug.
        pub owner: String,
        /// Its name under the owner.
        pub name: String,
        /// The name people write.
        pub title: String,
        /// One line on what it is for.
        pub description: String,
        /// Who may see it.
        pub visibility: Visibility,
        /// Its licence, as an SPDX expression; `null` while none was found.
        pub licence: Option<String>,
        /// The status its publiccode.yml declares.
        pub development_status: Option<String>,
        /// The branch a clone begins on.
        pub default_branch: String,
        /// When it was published.
        pub published_at: Option<String>,
        /// Absolute address of its page.
        pub url: String,
        /// Absolute address for git over HTTP.
        pub clone_url: String,
    }

    /// The answer to a publication.
    pub struct Published {
        /// `owner/name`.
        pub module: String,
        /// Absolute address of the module's page.
        pub url: String,
        /// Who may see it now.
        pub visibility: Visibility,
        /// What one should mend, though it did not stop the publication.
        pub warnings: Vec<String>,
    }
}

strict_body! {
    /// The body that publishes a module, deliberately.
    pub struct Publish {
        /// One line on what it is for; taken from publiccode.yml when nothing is said.
        #[serde(default)]
        pub description: Option<String>,
        /// The commit the publisher looked at: the publication is refused when the default branch
        /// has moved since.
        #[serde(default)]
        pub commit: Option<String>,
    }
}
