//! Identifiers: UUIDv7, made by us, typed by what they name.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use uuid::Uuid;

/// The identifier of a `T`. An `Id<Council>` cannot be passed where an `Id<Space>` is wanted.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// Wraps a UUID that is known to name a `T`.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The UUID itself, for the store and for what is hashed.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

// By hand: derives would ask the same of `T`, which is only a name.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}
impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self::new(uuid)
    }
}

/// What an [`Id`] may name. The types carry no data: rows live in the store.
macro_rules! named {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $($(#[doc = $doc])+ #[derive(Debug)] pub enum $name {})+
    };
}

named! {
    /// A person with an account.
    Person;
    /// A public body (domain.md §c1).
    Council;
    /// A mutualised project space (domain.md §c3).
    Space;
    /// A module: one git repository and its sheet (domain.md §c5).
    Module;
    /// A co-funding call (domain.md §c6).
    Call;
    /// A council's position on a call (domain.md §c9).
    Pledge;
    /// A vote of the councils of a space (domain.md §c4).
    Vote;
    /// A place offered to another council (domain.md §c9, P13).
    Substitution;
    /// A document that backs a pledge (domain.md §c9).
    Evidence;
    /// A call for funds (domain.md §c12).
    FundsCall;
    /// A supplier's invoice (domain.md §c12).
    Invoice;
    /// A payment one side or both know of (domain.md §c12).
    Payment;
    /// Unspent money owed back (domain.md §c14).
    Refund;
    /// What was delivered for a milestone (domain.md §c11).
    Delivery;
    /// Days of work that a council gives (domain.md §c8).
    Work;
    /// A role that a person holds in a council (domain.md §b).
    Role;
    /// A mandate to sign for a council (domain.md §b).
    Mandate;
    /// A personal access token.
    Token;
    /// One push to a module.
    Push;
    /// What a program said of a commit.
    CommitStatus;
    /// A one-time link.
    Invitation;
    /// Something that happened, for those who follow it (domain.md §c18).
    Event;
    /// A message to a person.
    Letter;
    /// A program that is told what happens (domain.md §c18).
    Webhook;
    /// One event told to one such program.
    WebhookDelivery;
    /// A row of the job queue.
    Job;
}
