//! What a row of the table of rights is made of.

use super::Role;

/// What a deed touches; decides how far tokens reach and where administrators stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing.
    Read,
    /// Changes code, pages or memberships.
    Write,
    /// Pledges, votes or moves amounts: never a forge administrator's.
    Money,
    /// Gives someone the power to bind a council: never to oneself.
    Power,
    /// Changes an account or makes tokens: never by token.
    Account,
}

/// Who may do it without holding any role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Whoever sees the thing, with or without an account.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Nobody: the columns decide.
    Granted,
}

/// How far one role reaches in one deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Not at all.
    No,
    /// In the owning council, or in any council of the space in the right standing (●).
    Any,
    /// Only in the council the deed is done for (○).
    Own,
    /// Only in the owning council, or in the lead council of the space.
    Chief,
}

/// What place in the space a council needs for the deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A contributing member.
    Contributor,
    /// A contributing member or an observer.
    Observer,
    /// Any place; for what is a council's own, even none: it always leaves, withdraws, rereads.
    Free,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What the deed touches.
    pub kind: Kind,
    /// Who may without a role.
    pub base: Base,
    /// What place a council needs in a space.
    pub standing: Standing,
    /// Whether forge administrators may.
    pub admin: bool,
    /// Whether a person may with what is theirs.
    pub owner: bool,
    pub(super) grants: [Grant; 7],
}

impl Rule {
    /// How far this role reaches.
    pub const fn grant(&self, role: Role) -> Grant {
        self.grants[role as usize]
    }

    /// The roles that reach at all.
    pub fn roles(&self) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|&role| self.grant(role) != Grant::No).collect()
    }
}
