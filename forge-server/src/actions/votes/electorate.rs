//! The bodies a vote asks, as the rows say at its opening.

use std::collections::{BTreeMap, BTreeSet};

use forge_domain::{
    Id,
    access::MemberStatus,
    id,
    money::Amount,
    pledge::PledgeState,
    vote::{Body, Electorate, VoteRule, VoteTerms},
};
use forge_store::{
    Tx, councils,
    pledges::{self, Pledge},
    spaces::{self, Member, Space},
};

use crate::{error::Error, funding::CallBook};

/// The contributing members a vote asks, by name, with what each brings. Observers, suppliers and
/// suspended councils are never among them (domain.md §c4).
pub(super) async fn bodies(
    tx: &mut Tx,
    space: &Space,
    call: Option<&CallBook>,
    terms: &VoteTerms,
) -> Result<Vec<(Id<id::Council>, Body)>, Error> {
    let members = spaces::members(&mut *tx, space.id).await?;
    let asked = asked(space, call, terms.electorate);
    let contributions = match call {
        Some(book) => of_call(book),
        None => of_space(tx, space).await?,
    };
    let owing = owing(tx, space).await?;
    let mut bodies = Vec::new();
    for member in members {
        let contributes =
            member.status == MemberStatus::Contributor || member.council_id == space.lead_id;
        let is_asked = asked.as_ref().is_none_or(|asked| asked.contains(&member.council_id));
        if contributes && is_asked {
            let inhabitants = match terms.rule {
                VoteRule::ByBand => inhabitants(tx, member.council_id).await?,
                _ => None,
            };
            let in_default = owing.contains(&member.slug);
            let body = body(space, member, &contributions, inhabitants);
            bodies.push((body.0, Body { in_default, ..body.1 }));
        }
    }
    Ok(bodies)
}

fn body(
    space: &Space,
    member: Member,
    contributions: &BTreeMap<String, i64>,
    inhabitants: Option<u64>,
) -> (Id<id::Council>, Body) {
    let contribution = contributions.get(&member.slug).copied().unwrap_or_default();
    let body = Body {
        contribution: Amount::from_minor(contribution),
        inhabitants,
        in_default: false,
        leads: member.council_id == space.lead_id,
        coordinates: member.coordinates,
        council: member.slug,
    };
    (member.council_id, body)
}

/// The councils that are in default on a call of the space: more than ninety days overdue, and
/// declared so (P12).
async fn owing(tx: &mut Tx, space: &Space) -> Result<BTreeSet<String>, Error> {
    let rows = pledges::committed_in_space(&mut *tx, space.id).await?;
    let owing = rows.into_iter().filter(|row| row.state == PledgeState::Defaulted);
    Ok(owing.map(|row| row.council_slug).collect())
}

/// The councils asked, where not every contributing member is.
fn asked(
    space: &Space,
    call: Option<&CallBook>,
    electorate: Electorate,
) -> Option<BTreeSet<Id<id::Council>>> {
    let book = call?;
    let mut asked: BTreeSet<_> =
        book.living().filter(|one| one.state.is_binding()).map(|one| one.council_id).collect();
    match electorate {
        Electorate::Members => return None,
        Electorate::Funders => {}
        Electorate::LeadAndPledgers => {
            asked.extend([space.lead_id, book.call.lead_id]);
        }
    }
    Some(asked)
}

/// What each council brings to a call: its final share, or its ceiling while nothing is frozen.
fn of_call(book: &CallBook) -> BTreeMap<String, i64> {
    let net = book.call.basis == "net";
    let brings = |pledge: &Pledge| {
        let share = if net { pledge.final_net } else { pledge.final_gross };
        share.or(pledge.ceiling).unwrap_or_default()
    };
    let bound = book.living().filter(|pledge| pledge.state.is_binding());
    bound.map(|pledge| (pledge.council_slug.clone(), brings(pledge))).collect()
}

/// What each council brings to a space: its final shares of the calls in the space's currency.
async fn of_space(tx: &mut Tx, space: &Space) -> Result<BTreeMap<String, i64>, Error> {
    let mut sums = BTreeMap::new();
    for row in pledges::committed_in_space(&mut *tx, space.id).await? {
        let share = if row.basis == "net" { row.final_net } else { row.final_gross };
        if row.currency == space.currency {
            let sum: &mut i64 = sums.entry(row.council_slug).or_default();
            *sum = sum.saturating_add(share.unwrap_or_default());
        }
    }
    Ok(sums)
}

/// The newest count of inhabitants, of two of one year the one without double counting.
async fn inhabitants(tx: &mut Tx, council: Id<id::Council>) -> Result<Option<u64>, Error> {
    let counts = councils::populations(&mut *tx, council).await?;
    let newest = counts.iter().max_by_key(|count| (&count.vintage, count.kind == "municipale"));
    Ok(newest.and_then(|count| u64::try_from(count.value).ok()))
}
