//! Webhooks of councils and spaces: the dialect's words (api.md §3), and ours beside them.

answer! {
    /// A webhook. Its secret is never told, but for one the forge made, at creation.
    pub struct Hook {
        /// Its number.
        pub id: i64,
        /// The dialect's word for its form: `forgejo` for JSON, `slack` for a chat.
        pub r#type: String,
        /// In which form it is told: `json` or `rocketchat`.
        pub format: String,
        /// Where it is in the API.
        pub url: String,
        /// Where it is told.
        pub config: HookConfig,
        /// The kinds and families of events it is told; empty for every one.
        pub events: Vec<String>,
        /// Whether it is told.
        pub active: bool,
        /// Why the forge stopped it by itself: `failing` or `maker`.
        pub stopped: Option<String>,
        /// The secret the forge made, in the answer that makes the webhook only.
        pub secret: Option<String>,
        /// Never told; for clients that expect the key.
        pub authorization_header: String,
        /// Not used; for clients that expect the key.
        pub branch_filter: String,
        /// What is sent: always `json`.
        pub content_type: String,
        /// When it was last changed.
        pub updated_at: String,
        /// When it was made.
        pub created_at: String,
    }

    /// Where a webhook is told.
    pub struct HookConfig {
        /// The address.
        pub url: String,
        /// What is sent: always `json`.
        pub content_type: String,
    }

    /// One event told to a webhook, or to be told.
    pub struct HookDelivery {
        /// Its id, the same at every attempt: `webhook-id`.
        pub id: String,
        /// The event's kind; `ping` for a test.
        pub event: String,
        /// What the event is about.
        pub subject: Option<String>,
        /// Where it stands: `waiting`, `delivered`, `failed` or `dropped`.
        pub state: String,
        /// How often it was tried.
        pub attempts: i64,
        /// The status it was last answered with.
        pub status: Option<i64>,
        /// How long that took, in milliseconds.
        pub took_ms: Option<i64>,
        /// The beginning of the answer, or why there was none.
        pub said: Option<String>,
        /// When it was last tried.
        pub tried_at: Option<String>,
        /// When it is tried next.
        pub next_at: Option<String>,
        /// When it was first asked for.
        pub created_at: String,
    }
}

/// The body that makes a webhook, as clients of the dialect send it.
#[derive(
    Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(default)]
pub struct NewHook {
    /// The dialect's word for the form: `forgejo`, `gitea` or `slack`; not needed with `format`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// In which form it is told: `json` or `rocketchat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Where it is told, and by which secret.
    pub config: NewHookConfig,
    /// The kinds and families of events it is told; empty for every one.
    pub events: Option<Vec<String>>,
    /// Whether it is told at once; true when nothing is said.
    pub active: Option<bool>,
}

/// Where a webhook is told, and by which secret.
#[derive(
    Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(default)]
pub struct NewHookConfig {
    /// The address.
    pub url: Option<String>,
    /// What it is signed with; the forge makes one when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// The body that edits a webhook: what is not named stays.
#[derive(
    Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(default)]
pub struct EditHook {
    /// In which form it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Where it is told, and by which secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<NewHookConfig>,
    /// The kinds and families of events it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// Whether it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}
