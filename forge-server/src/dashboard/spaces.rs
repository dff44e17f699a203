//! How the spaces of a person's councils stand: what is promised, what is paid, what ends next.

use std::collections::BTreeMap;

use forge_domain::{
    Id,
    call::CallState,
    id,
    money::{Amount, Currency},
    sharing::{self, Subsidy},
};
use forge_store::dashboard::{OwnSpace, SpaceCall, SpaceSubsidy};
use jiff::ToSpan as _;

use super::{Deadline, Found, currency, total};
use crate::{error::Error, funding::book::or_refused};

/// So many days before its deadline, a call that lacks money is an alert.
const SHORT_DAYS: i64 = 7;

/// A space, and how its running calls stand.
#[derive(Debug, Clone)]
pub struct SpaceLine {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language of the title.
    pub lang: String,
    /// Its sums, one a currency; none where no call runs.
    pub standings: Vec<Standing>,
    /// What ends next in it.
    pub next: Option<Deadline>,
    /// What is wrong, and how often.
    pub alerts: Vec<(Alert, usize)>,
}

/// How the running calls of a space stand in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The currency.
    pub currency: Currency,
    /// What the calls cost in all, each in its basis.
    pub target: Amount,
    /// What firm pledges, frozen shares and grants cover of that, in basis points.
    pub committed_bp: i64,
    /// What was paid of that, tax included on both sides, in basis points.
    pub paid_bp: i64,
}

/// Something that is wrong in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Calls that end within a week and lack money.
    Short,
    /// Milestones past their day.
    LateMilestone,
    /// Amounts past their day that the person's councils owe or are owed.
    Overdue,
}

impl Alert {
    /// The stable word, for JSON and for the keys of its texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::LateMilestone => "late-milestone",
            Self::Overdue => "overdue",
        }
    }
}

/// One line a space.
pub(super) fn lines(
    found: &Found,
    subsidies: &[SpaceSubsidy],
    deadlines: &[(Id<id::Space>, Deadline)],
) -> Result<Vec<SpaceLine>, Error> {
    let line = |space: &OwnSpace| {
        let next = deadlines.iter().find(|(id, _)| *id == space.id);
        Ok(SpaceLine {
            slug: space.slug.clone(),
            title: space.title.clone(),
            lang: space.lang.clone(),
            standings: standings(found, space, subsidies)?,
            next: next.map(|(_, deadline)| deadline.clone()),
            alerts: alerts(found, space),
        })
    };
    found.spaces.iter().map(line).collect()
}

/// What a call costs, covers and has been paid: target and promises in its basis, payments and
/// what they are measured by with tax.
#[derive(Default)]
struct Sum {
    target: Amount,
    committed: Amount,
    due: Amount,
    paid: Amount,
}

fn standings(
    found: &Found,
    space: &OwnSpace,
    subsidies: &[SpaceSubsidy],
) -> Result<Vec<Standing>, Error> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let running = found.calls.iter().filter(|call| call.state != CallState::Draft);
    for call in running.filter(|call| call.space_id == space.id) {
        let sum = sums.entry(call.currency.as_str()).or_default();
        let (net, gross) = net_and_gross(call)?;
        let target = Amount::from_minor(call.target);
        let granted = granted(call, net, subsidies)?;
        let committed = total([Amount::from_minor(call.committed), granted])?.min(target);
        let paid = Amount::from_minor(call.paid).min(gross);
        sum.target = total([sum.target, target])?;
        sum.committed = total([sum.committed, committed])?;
        sum.due = total([sum.due, gross])?;
        sum.paid = total([sum.paid, paid])?;
    }
    let standing = |(code, sum): (&str, Sum)| {
        Ok(Standing {
            currency: currency(code)?,
            target: sum.target,
            committed_bp: sum.committed.basis_points_of(sum.target),
            paid_bp: sum.paid.basis_points_of(sum.due),
        })
    };
    sums.into_iter().map(standing).collect()
}

/// The full cost of a call without tax and with it.
fn net_and_gross(call: &SpaceCall) -> Result<(Amount, Amount), Error> {
    let target = Amount::from_minor(call.target);
    let bp = u32::try_from(call.vat_bp).unwrap_or_default();
    if call.basis == "gross" {
        // Some amounts have no net that gives them again: one cent either way draws the same.
        let net = or_refused(sharing::net_of(target, bp))?.unwrap_or(target);
        return Ok((net, target));
    }
    let tax = or_refused(sharing::vat_of(target, bp))?;
    Ok((target, total([target, tax])?))
}

fn granted(call: &SpaceCall, net: Amount, subsidies: &[SpaceSubsidy]) -> Result<Amount, Error> {
    let own = subsidies.iter().filter(|one| one.call_ref == call.reference);
    let on = |row: &SpaceSubsidy| {
        let subsidy = match row.rate_bp {
            Some(bp) => Subsidy::Rate {
                bp: u32::try_from(bp).unwrap_or_default(),
                base: None,
                cap: row.amount_max.map(Amount::from_minor),
            },
            None => Subsidy::Fixed(Amount::from_minor(row.amount.unwrap_or_default())),
        };
        or_refused(subsidy.on(net))
    };
    total(own.map(on).collect::<Result<Vec<_>, _>>()?)
}

fn alerts(found: &Found, space: &OwnSpace) -> Vec<(Alert, usize)> {
    let soon = found.today.checked_add(SHORT_DAYS.days()).unwrap_or(found.today);
    let short = found.calls.iter().filter(|call| {
        call.space_id == space.id && call.state == CallState::Open && call.deadline <= soon
    });
    let late = found.slices.iter().filter(|slice| {
        slice.space_id == space.id
            && !slice.state.is_over()
            && slice.due_on.is_some_and(|day| day < found.today)
    });
    let overdue =
        found.owed.iter().filter(|line| line.space_id == space.id && line.due_on < found.today);
    [
        (Alert::Short, short.count()),
        (Alert::LateMilestone, late.count()),
        (Alert::Overdue, overdue.count()),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .collect()
}
