//! The one table of rights: who may do what, as a pure function of actor, deed and resource.
//!
//! Pages, actions, git and the API all ask [`judge`]. The table itself is [`Deed`], row by row
//! (domain.md §b); this file is what a row means.

mod deeds;
mod rule;
mod verdict;

pub use crate::words::UnknownWord;
pub use deeds::Deed;
pub use rule::{Base, Grant, Kind, Rule, Standing};
pub use verdict::{Denial, Verdict};

use crate::{
    id::{Council, Id, Person, Space},
    words::words,
};

words! {
    /// What a person does for a council. A role is always held in one council.
    Role {
        /// Writes code.
        Developer = "developer",
        /// Merges, tags, protects branches, publishes.
        Maintainer = "maintainer",
        /// Carries calls, people and the council's place in spaces.
        Lead = "lead",
        /// Prepares pledges and checks evidence.
        Finance = "finance",
        /// Commits the council within a mandate.
        Signatory = "signatory",
        /// Reads everything of the council and its spaces, evidence included; does nothing.
        Auditor = "auditor",
        /// Works for the council under contract; no say over money.
        Supplier = "supplier",
    }
}

words! {
    /// Who may see a thing at all.
    Visibility {
        /// The agents of the owning council; in a space, of the councils that contribute to it;
        /// of a person's draft, that person.
        Council = "council",
        /// The agents of every council that belongs to the space, observers included.
        Space = "space",
        /// Everyone, without an account.
        Public = "public",
    }
}

words! {
    /// Where a council stands in a space (domain.md §c3).
    MemberStatus {
        /// Its lead asked to join and nobody has answered: not a member yet.
        Asked = "asked",
        /// Sees, and may pledge; no say over code.
        Observer = "observer",
        /// Full member.
        Contributor = "contributor",
        /// Still sees; does nothing until admitted again.
        Suspended = "suspended",
        /// No longer a member.
        Left = "left",
    }
}

words! {
    /// How far what the request carries reaches.
    TokenScope {
        /// A session: all its person may do.
        Full = "full",
        /// A token that reads and writes, but makes no tokens and changes no account.
        Write = "write",
        /// A token that changes nothing.
        ReadOnly = "read",
        /// A token that reads what everyone may read, and nothing else.
        PublicOnly = "public_only",
    }
}

/// A role a person holds now, in one council.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeldRole {
    /// The council it is held in.
    pub council: Id<Council>,
    /// The role.
    pub role: Role,
}

/// Who asks: a visitor, or a person with the roles that are valid at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Nothing for a visitor who is not signed in.
    pub person: Option<Id<Person>>,
    /// Whether the person administers the forge: that opens no private code, and closes money.
    pub forge_admin: bool,
    /// The roles valid now; whoever builds an actor leaves out those that are over.
    pub roles: Vec<HeldRole>,
    /// How far the session or token reaches.
    pub scope: TokenScope,
}

impl Actor {
    /// A visitor without an account.
    pub const fn visitor() -> Self {
        Self { person: None, forge_admin: false, roles: Vec::new(), scope: TokenScope::PublicOnly }
    }

    /// Whether the actor holds this role in this council.
    pub fn holds(&self, role: Role, council: Id<Council>) -> bool {
        self.roles.contains(&HeldRole { council, role })
    }

    fn speaks_for(&self, council: Id<Council>) -> bool {
        self.roles.iter().any(|held| held.council == council)
    }
}

/// To whom a thing belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// The forge itself.
    Instance,
    /// A council.
    Council(Id<Council>),
    /// A space, with the councils in it.
    Space {
        /// The space.
        id: Id<Space>,
        /// Its lead council, a contributor whatever `members` says.
        lead: Id<Council>,
        /// The councils in it and where each stands.
        members: Vec<(Id<Council>, MemberStatus)>,
    },
    /// A person: a draft.
    Person(Id<Person>),
}

/// What the deed is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// To whom it belongs.
    pub owner: Holder,
    /// Who may see it at all. A call that is a draft has [`Visibility::Space`].
    pub visibility: Visibility,
    /// The council in whose name the deed is done, where it is done in one's name: the pledging
    /// council, the council that makes a module in a space, the treasurer of a call for funds.
    pub acting: Option<Id<Council>>,
    /// The person the deed is done to, for roles and mandates.
    pub subject: Option<Id<Person>>,
    /// The person who made the module: its maintainer for as long as they hold any role in a
    /// council concerned (domain.md §b, «becomes its maintainer»).
    pub maintainer: Option<Id<Person>>,
}

impl Resource {
    /// A thing of this owner, seen by those `visibility` says.
    pub const fn new(owner: Holder, visibility: Visibility) -> Self {
        Self { owner, visibility, acting: None, subject: None, maintainer: None }
    }

    /// The forge itself, which everyone sees.
    pub const fn instance() -> Self {
        Self::new(Holder::Instance, Visibility::Public)
    }

    /// A call that is not published: the space's alone.
    pub const fn draft_call(space: Holder) -> Self {
        Self::new(space, Visibility::Space)
    }

    /// A call that is published: everyone's to read.
    pub const fn published_call(space: Holder) -> Self {
        Self::new(space, Visibility::Public)
    }

    /// The same, with the deed done in this council's name.
    #[must_use]
    pub fn for_council(mut self, council: Id<Council>) -> Self {
        self.acting = Some(council);
        self
    }

    /// The same, made by this person.
    #[must_use]
    pub fn maintained_by(mut self, person: Option<Id<Person>>) -> Self {
        self.maintainer = person;
        self
    }

    /// The same, with the deed done to this person.
    #[must_use]
    pub fn done_to(mut self, person: Id<Person>) -> Self {
        self.subject = Some(person);
        self
    }
}

/// Judges one deed. Whoever may not even see the thing, or may not read what it asks to read, is
/// answered that it does not exist.
pub fn judge(actor: &Actor, deed: Deed, on: &Resource) -> Verdict {
    if !sees(actor, on) {
        return Verdict::NotFound;
    }
    let verdict = weigh(actor, deed, on);
    let refused = matches!(verdict, Verdict::SignIn | Verdict::No(_));
    // The pages of administration exist for everyone; what a council or a space keeps does not.
    if refused && deed.rule().kind == Kind::Read && on.owner != Holder::Instance {
        return Verdict::NotFound;
    }
    verdict
}

/// The councils in whose name the actor may do this: one is taken as said, several are a choice.
pub fn councils_for(actor: &Actor, deed: Deed, on: &Resource) -> Vec<Id<Council>> {
    let mut councils: Vec<_> = actor.roles.iter().map(|held| held.council).collect();
    councils.sort_unstable();
    councils.dedup();
    councils
        .retain(|&council| judge(actor, deed, &on.clone().for_council(council)) == Verdict::Yes);
    councils
}

/// Whether the actor may know that the thing exists.
fn sees(actor: &Actor, on: &Resource) -> bool {
    if on.visibility == Visibility::Public {
        return true;
    }
    if actor.person.is_none() || actor.scope == TokenScope::PublicOnly {
        return false;
    }
    match &on.owner {
        Holder::Instance => actor.forge_admin,
        Holder::Person(person) => actor.person == Some(*person),
        Holder::Council(council) => actor.speaks_for(*council),
        Holder::Space { .. } => actor.roles.iter().any(|held| {
            matches!(
                (on.visibility, status(&on.owner, held.council)),
                (_, Some(MemberStatus::Contributor))
                    | (Visibility::Space, Some(MemberStatus::Observer | MemberStatus::Suspended))
            )
        }),
    }
}

/// The row of the table against the actor, of whom it is known that the thing is visible.
fn weigh(actor: &Actor, deed: Deed, on: &Resource) -> Verdict {
    let rule = deed.rule();
    if rule.base == Base::Anyone && (rule.kind == Kind::Read || actor.person.is_none()) {
        return Verdict::Yes;
    }
    let Some(person) = actor.person else { return Verdict::SignIn };
    if !reaches(actor.scope, rule.kind) {
        return Verdict::No(Denial::TokenScope);
    }
    if rule.base != Base::Granted {
        return Verdict::Yes;
    }
    if rule.kind == Kind::Money && actor.forge_admin {
        return Verdict::No(Denial::AdminAndMoney);
    }
    if rule.kind == Kind::Power && on.subject.is_none_or(|subject| subject == person) {
        return Verdict::No(Denial::ToOneself);
    }
    let owns = rule.owner && on.owner == Holder::Person(person);
    if owns || (rule.admin && actor.forge_admin) || by_role(actor, &rule, on) {
        return Verdict::Yes;
    }
    Verdict::No(denial(actor, deed, on))
}

const fn reaches(scope: TokenScope, kind: Kind) -> bool {
    match scope {
        TokenScope::Full => true,
        TokenScope::Write => !matches!(kind, Kind::Account),
        TokenScope::ReadOnly => matches!(kind, Kind::Read),
        TokenScope::PublicOnly => false,
    }
}

fn by_role(actor: &Actor, rule: &Rule, on: &Resource) -> bool {
    let made = on.maintainer.is_some() && on.maintainer == actor.person;
    let as_maker = |held: &HeldRole| HeldRole { role: Role::Maintainer, ..*held };
    let made = actor.roles.iter().filter(|_| made).map(as_maker);
    actor.roles.iter().copied().chain(made).any(|held| match rule.grant(held.role) {
        Grant::No => false,
        Grant::Any => concerns(held.council, on) && stands(held.council, rule.standing, on),
        Grant::Own => {
            acted_for(on) == Some(held.council) && stands(held.council, rule.standing, on)
        }
        Grant::Chief => match &on.owner {
            Holder::Council(council) => held.council == *council,
            Holder::Space { lead, .. } => held.council == *lead,
            Holder::Instance | Holder::Person(_) => false,
        },
    })
}

/// Whether the council belongs to the owner at all: a member, though it may be suspended.
fn concerns(council: Id<Council>, on: &Resource) -> bool {
    match &on.owner {
        Holder::Council(owner) => council == *owner,
        Holder::Space { .. } => matches!(
            status(&on.owner, council),
            Some(MemberStatus::Observer | MemberStatus::Contributor | MemberStatus::Suspended)
        ),
        Holder::Instance | Holder::Person(_) => false,
    }
}

/// The council a deed is done for: the one named, or the owner when that is a council.
const fn acted_for(on: &Resource) -> Option<Id<Council>> {
    match (on.acting, &on.owner) {
        (Some(council), _) => Some(council),
        (None, Holder::Council(council)) => Some(*council),
        (None, _) => None,
    }
}

/// Whether this council's place towards the owner is enough.
fn stands(council: Id<Council>, standing: Standing, on: &Resource) -> bool {
    match &on.owner {
        Holder::Council(owner) => council == *owner,
        Holder::Instance => standing == Standing::Free,
        Holder::Person(_) => false,
        Holder::Space { .. } => match standing {
            Standing::Free => true,
            Standing::Observer => matches!(
                status(&on.owner, council),
                Some(MemberStatus::Observer | MemberStatus::Contributor)
            ),
            Standing::Contributor => status(&on.owner, council) == Some(MemberStatus::Contributor),
        },
    }
}

fn status(owner: &Holder, council: Id<Council>) -> Option<MemberStatus> {
    let Holder::Space { lead, members, .. } = owner else { return None };
    if council == *lead {
        return Some(MemberStatus::Contributor);
    }
    members.iter().find(|(member, _)| *member == council).map(|(_, status)| *status)
}

/// The most useful reason: what is missing that could be obtained.
fn denial(actor: &Actor, deed: Deed, on: &Resource) -> Denial {
    let rule = deed.rule();
    let able = rule.roles();
    if matches!(on.owner, Holder::Person(_)) {
        return if deed == Deed::PublishModule { Denial::PersonalDraft } else { Denial::OwnerOnly };
    }
    if able.is_empty() {
        return if rule.admin {
            Denial::AdminOnly
        } else if rule.owner {
            Denial::OwnerOnly
        } else {
            Denial::Nobody
        };
    }
    let mut held = actor.roles.iter().filter(|held| able.contains(&held.role)).peekable();
    if held.peek().is_none() {
        return Denial::RoleMissing(able);
    }
    let own_only = held.clone().all(|held| rule.grant(held.role) == Grant::Own);
    let in_space = matches!(on.owner, Holder::Space { .. });
    let may_choose = !in_space || held.clone().any(|held| stands(held.council, rule.standing, on));
    match acted_for(on) {
        None if own_only && may_choose => Denial::CouncilMissing,
        Some(council) if own_only && !held.any(|held| held.council == council) => {
            Denial::OtherCouncil
        }
        _ if in_space => Denial::NotAMember,
        _ => Denial::OtherCouncil,
    }
}

#[cfg(test)]
mod tests;
