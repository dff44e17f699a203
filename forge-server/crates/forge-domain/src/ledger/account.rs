//! The plan of accounts, as types with one canonical text each.

use std::{fmt, str::FromStr};

use super::LedgerError;

/// The stable name of a council, a grant, a milestone or a supplier inside an account. Never a
/// person's, never free text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'_' | b'-');
        if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(LedgerError::Key(text.chars().take(80).flat_map(char::escape_default).collect()))
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The two books of a call: what is committed, and what is owed and paid. Each balances by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Book {
    /// Memo: pledges up to their ceilings.
    Commitments,
    /// Money owed, received, spent.
    Funds,
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Commitments => "commitments",
            Self::Funds => "funds",
        })
    }
}

/// Who owes or is owed: a council, or a grant by its own name (`grant:state`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A council.
    Council(Key),
    /// Whoever gives a grant.
    Grant(Key),
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Council(key) => write!(f, "council/{key}"),
            Self::Grant(key) => key.fmt(f),
        }
    }
}

impl FromStr for Party {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        match text.strip_prefix("council/") {
            Some(council) => council.parse().map(Self::Council),
            None => text.parse().map(Self::Grant),
        }
    }
}

/// An account of one call and currency (domain.md §c13).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What a council has committed.
    CommitmentsCouncil(Key),
    /// The counterpart of all commitments of the call.
    CommitmentsCall,
    /// What a council or a grant still owes.
    Receivable(Party),
    /// What councils were asked for.
    Contributions,
    /// What grants bring.
    Grants,
    /// What the treasurer holds.
    CashTreasurer,
    /// What a milestone cost, net of tax.
    Cost(Key),
    /// Tax on invoices.
    VatInput,
    /// What is owed to a supplier.
    PayableSupplier(Key),
    /// What is owed back.
    PayableRefund(Party),
    /// The memo pair of contributions in kind.
    InKind,
    /// What a council pays its supplier directly.
    Direct(Key),
}

impl Account {
    /// The book the account stands in.
    pub const fn book(&self) -> Book {
        match self {
            Self::CommitmentsCouncil(_) | Self::CommitmentsCall => Book::Commitments,
            Self::Receivable(_)
            | Self::Contributions
            | Self::Grants
            | Self::CashTreasurer
            | Self::Cost(_)
            | Self::VatInput
            | Self::PayableSupplier(_)
            | Self::PayableRefund(_)
            | Self::InKind
            | Self::Direct(_) => Book::Funds,
        }
    }
}

impl Account {
    /// Appends the account's text.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (prefix, key) = match self {
            Self::CommitmentsCouncil(council) => ("commitments/council/", Some(council)),
            Self::CommitmentsCall => ("commitments/call", None),
            Self::Receivable(Party::Council(council)) => {
                ("funds/receivable/council/", Some(council))
            }
            Self::Receivable(Party::Grant(grant)) => ("funds/receivable/", Some(grant)),
            Self::Contributions => ("funds/contributions", None),
            Self::Grants => ("funds/grants", None),
            Self::CashTreasurer => ("funds/cash/treasurer", None),
            Self::Cost(milestone) => ("funds/cost/", Some(milestone)),
            Self::VatInput => ("funds/vat_input", None),
            Self::PayableSupplier(supplier) => ("funds/payable/supplier:", Some(supplier)),
            Self::PayableRefund(Party::Council(council)) => {
                ("funds/payable/refund/council/", Some(council))
            }
            Self::PayableRefund(Party::Grant(grant)) => ("funds/payable/refund/", Some(grant)),
            Self::InKind => ("funds/in_kind", None),
            Self::Direct(council) => ("funds/direct/", Some(council)),
        };
        out.extend(prefix.as_bytes());
        out.extend(key.map_or("", Key::as_str).as_bytes());
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(80);
        self.write(&mut text);
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

impl FromStr for Account {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let unknown = || {
            LedgerError::Account(text.chars().take(120).flat_map(char::escape_default).collect())
        };
        if let Some(council) = text.strip_prefix("commitments/council/") {
            return council.parse().map(Self::CommitmentsCouncil);
        }
        if text == "commitments/call" {
            return Ok(Self::CommitmentsCall);
        }
        let rest = text.strip_prefix("funds/").ok_or_else(unknown)?;
        match rest {
            "contributions" => return Ok(Self::Contributions),
            "grants" => return Ok(Self::Grants),
            "cash/treasurer" => return Ok(Self::CashTreasurer),
            "vat_input" => return Ok(Self::VatInput),
            "in_kind" => return Ok(Self::InKind),
            _ => {}
        }
        let (head, tail) = rest.split_once('/').ok_or_else(unknown)?;
        match head {
            "receivable" => tail.parse().map(Self::Receivable),
            "cost" => tail.parse().map(Self::Cost),
            "direct" => tail.parse().map(Self::Direct),
            "payable" => match (tail.strip_prefix("supplier:"), tail.strip_prefix("refund/")) {
                (Some(supplier), _) => supplier.parse().map(Self::PayableSupplier),
                (_, Some(party)) => party.parse().map(Self::PayableRefund),
                (None, None) => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }
}
