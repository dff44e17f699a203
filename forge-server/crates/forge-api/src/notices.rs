//! What people are told, and when mail goes out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

answer! {
    /// A line of one's inbox.
    pub struct Notice {
        /// The identifier of the event.
        pub id: Uuid,
        /// What happened, such as `pledge.firm`.
        pub kind: String,
        /// When.
        pub at: String,
        /// The sentence, in the language of the request.
        pub text: String,
        /// The space.
        pub space: String,
        /// The call it belongs to.
        pub call: Option<String>,
        /// The council it is about.
        pub council: Option<String>,
        /// What it is about, such as `PLG-2026-0031`.
        pub subject: String,
        /// Absolute address of its page.
        pub html_url: String,
        /// Whether it was read.
        pub read: bool,
    }
}

/// When mail goes out about a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailChoice {
    /// `calls`, `pledges`, `votes`, `money`, `spaces` or `reminders`.
    pub topic: String,
    /// `at_once`, `daily` or `never`.
    pub mail: String,
}

strict_body! {
    /// What was read.
    pub struct Read {
        /// The events; all of them where there is none.
        pub ids: Vec<Uuid>,
    }
}
