//! What clients and the server say to each other: the JSON of `/api/v1`, and nothing else.
//!
//! [`dialect`] holds the objects existing Forgejo clients know; the other modules hold ours, in
//! the same style. Every key of an answer is always present (`null` when there is nothing to say),
//! timestamps are RFC 3339 in UTC, dates are `YYYY-MM-DD`, and amounts are decimal strings.
//!
//! Bodies of the dialect tolerate `null` and unknown keys, because its clients send both. Bodies
//! that touch money or rights refuse a key they do not know, so that nobody can set what a form
//! does not offer.

/// Declares an answer: every field is written always, and the schema says so.
///
/// `Option` fields become `null`, never absent: clients fail on an absent key, not on a null one.
macro_rules! answer {
    ($($(#[$outer:meta])* pub struct $name:ident {
        $($(#[$inner:meta])* pub $field:ident: $kind:ty,)+
    })+) => {$(
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub struct $name {
            $($(#[$inner])* #[schema(required = true)] pub $field: $kind,)+
        }
    )+};
}

/// Declares a body that touches money or rights: a key it does not know is refused.
macro_rules! strict_body {
    ($($(#[$outer:meta])* pub struct $name:ident {
        $($(#[$inner:meta])* pub $field:ident: $kind:ty,)+
    })+) => {$(
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$inner])* pub $field: $kind,)+
        }
    )+};
}

mod amount;
pub mod calls;
pub mod councils;
pub mod dashboard;
pub mod dialect;
pub mod exports;
pub mod funds;
pub mod ledger;
pub mod members;
pub mod milestones;
pub mod modules;
pub mod notices;
pub mod packs;
pub mod pledges;
pub mod share;
pub mod simulation;
pub mod spaces;
pub mod tokens;
pub mod verification;
pub mod votes;
pub mod webhooks;
pub mod work;

pub use amount::Amount;
