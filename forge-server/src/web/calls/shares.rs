//! Who pays what: one line a council, and what each milestone asks of it.

use forge_domain::{
    money::Amount,
    pledge::PledgeState,
    sharing::{self, Rule},
};
use forge_store::pledges::Pledge;
use serde::Serialize;

use super::say::Say;
use crate::{
    error::Error,
    funding::{
        CallBook,
        answer::{final_in_basis, shares_and_gifts},
    },
    themes::Money,
};

/// The table of shares.
#[derive(Debug, Clone, Serialize)]
pub struct Shares {
    /// One line a council.
    pub rows: Vec<ShareRow>,
    /// Whether shares are final, with tax told apart.
    pub settled: bool,
    /// Whether weights are shown, and by which heading: the end of a key `call-weight-…`.
    pub weight: Option<&'static str>,
    /// The sum of the shares of today, of firm pledges only.
    pub total_now: Option<Money>,
    /// The sum of the shares if all join.
    pub total_best: Option<Money>,
    /// The sum of firm ceilings.
    pub capacity: Option<Money>,
    /// The sums of final shares.
    pub total: Option<Settled>,
    /// Whether some council gives work that is credited.
    pub work: bool,
    /// Why there are no shares, where they cannot be reckoned.
    pub fault: Option<String>,
}

/// One council's line.
#[derive(Debug, Clone, Serialize)]
pub struct ShareRow {
    /// The council's name.
    pub council: String,
    /// Its page.
    pub href: String,
    /// What it weighs by the rule.
    pub weight: Option<i64>,
    /// What it would pay if the call ended now; firm pledges only.
    pub now: Option<Money>,
    /// What it would pay if all intentions joined.
    pub best: Option<Money>,
    /// The work that is credited against its share.
    pub work: Option<Credited>,
    /// The most it may ever owe.
    pub ceiling: Option<Money>,
    /// The final share.
    pub settled: Option<Settled>,
    /// Its pledge's state, the end of a key `pledge-state-…`.
    pub state: &'static str,
    /// Its pledge's page.
    pub pledge: String,
}

/// Work that is credited against a share.
#[derive(Debug, Clone, Serialize)]
pub struct Credited {
    /// The share before, in the basis of the call.
    pub before: Money,
    /// How many days, in hundredths.
    pub days: i64,
    /// What they are worth.
    pub value: Money,
    /// What of that nobody pays back; none where it is nothing.
    pub gift: Option<Money>,
}

/// A final share.
#[derive(Debug, Clone, Serialize)]
pub struct Settled {
    /// Without tax.
    pub net: Money,
    /// Tax.
    pub vat: Money,
    /// With tax.
    pub gross: Money,
}

/// What each milestone asks of each council.
#[derive(Debug, Clone, Serialize)]
pub struct Tranches {
    /// The titles of the milestones.
    pub milestones: Vec<String>,
    /// One line a council.
    pub rows: Vec<TrancheRow>,
    /// The last line: what each milestone brings.
    pub totals: Vec<Money>,
}

/// One council's line of tranches.
#[derive(Debug, Clone, Serialize)]
pub struct TrancheRow {
    /// The council's name.
    pub council: String,
    /// What each milestone asks of it.
    pub amounts: Vec<Money>,
}

/// Reads the table of shares.
pub fn shares(book: &CallBook, say: Say<'_>) -> Result<Shares, Error> {
    let settled = book.call.snapshot.is_some() && book.kept()?.is_some();
    let over = book.call.state.is_over();
    let (now, best) =
        if over { (Ok(None), Ok(None)) } else { (book.shares_now(), book.shares_if_all_join()) };
    let fault = [&now, &best].into_iter().find_map(|outcome| outcome.as_ref().err());
    let fault = fault
        .map(|error| say.with("call-shares-fault", &[("why", say.refusal(error.code()).into())]));
    let ((now, now_gifts), (best, best_gifts)) = (shares_and_gifts(now), shares_and_gifts(best));
    let frozen = book.frozen_gifts()?;
    let shown = book.pledges.iter().filter(|row| is_shown(row.state));
    let line = |row: &Pledge| {
        let own = |shares: &sharing::Shares| shares.get(&row.council_slug).copied();
        let (share, gifts) = match row.state {
            state if state.is_frozen() => (final_in_basis(book, row), &frozen),
            state if state.is_binding() => (own(&now), &now_gifts),
            _ => (own(&best), &best_gifts),
        };
        Ok(ShareRow { work: credited(book, row, (share, gifts))?, ..line(book, row, &now, &best) })
    };
    let rows = shown.map(line).collect::<Result<Vec<_>, Error>>()?;
    let capacity = (!over).then(|| book.capacity().ok()).flatten();
    let money = |amount| Money::new(amount, book.currency);
    let sum = |shares: &sharing::Shares| {
        let sum = Amount::checked_sum(shares.values().copied()).ok();
        sum.filter(|_| !shares.is_empty()).map(money)
    };
    Ok(Shares {
        settled,
        weight: weight_word(&book.rule).filter(|_| rows.iter().any(|row| row.weight.is_some())),
        total_now: sum(&now),
        total_best: sum(&best),
        capacity: capacity.filter(|sum| !sum.is_zero()).map(money),
        total: settled.then(|| totals(book)).transpose()?,
        work: rows.iter().any(|row| row.work.is_some()),
        fault,
        rows,
    })
}

/// Withdrawn and refused pledges stand in the list of pledges, not among those who pay.
fn is_shown(state: PledgeState) -> bool {
    !matches!(state, PledgeState::Withdrawn | PledgeState::Refused | PledgeState::Substituted)
}

/// The work of a council beside the share it pays, where it gives some.
fn credited(
    book: &CallBook,
    row: &Pledge,
    (share, gifts): (Option<Amount>, &sharing::Shares),
) -> Result<Option<Credited>, Error> {
    let Some((share, credit)) = share.zip(book.credit(row, gifts)) else { return Ok(None) };
    let money = |amount| Money::new(amount, book.currency);
    Ok(Some(Credited {
        before: money(credit.fair_share(share)?),
        days: credit.hundredths,
        value: money(credit.value),
        gift: Some(credit.gift).filter(|gift| !gift.is_zero()).map(money),
    }))
}

fn line(book: &CallBook, row: &Pledge, now: &sharing::Shares, best: &sharing::Shares) -> ShareRow {
    let money = |amount: &Amount| Money::new(*amount, book.currency);
    let ceiling = row.ceiling.map(Amount::from_minor);
    ShareRow {
        council: row.council_name.clone(),
        href: format!("/{}", row.council_slug),
        weight: book.weight(&book.participant(row)).and_then(|weight| i64::try_from(weight).ok()),
        now: now.get(&row.council_slug).map(money),
        best: best.get(&row.council_slug).map(money),
        work: None,
        ceiling: ceiling.as_ref().map(money),
        settled: settled(book, row),
        state: row.state.name(),
        pledge: pledge_href(book, row),
    }
}

/// The page of a pledge.
pub fn pledge_href(book: &CallBook, row: &Pledge) -> String {
    format!("/{}/-/calls/{}/pledges/{}", book.call.space_slug, row.call_ref, row.reference)
}

/// The final share of a pledge, once frozen.
pub fn settled(book: &CallBook, row: &Pledge) -> Option<Settled> {
    let money = |minor| Money::new(Amount::from_minor(minor), book.currency);
    Some(Settled {
        net: money(row.final_net?),
        vat: money(row.final_vat?),
        gross: money(row.final_gross?),
    })
}

fn totals(book: &CallBook) -> Result<Settled, Error> {
    let sum = |part: fn(&Pledge) -> Option<i64>| {
        let parts = book.pledges.iter().filter_map(part).map(Amount::from_minor);
        let sum = Amount::checked_sum(parts).map_err(anyhow::Error::from)?;
        Ok::<_, Error>(Money::new(sum, book.currency))
    };
    Ok(Settled {
        net: sum(|row| row.final_net)?,
        vat: sum(|row| row.final_vat)?,
        gross: sum(|row| row.final_gross)?,
    })
}

/// What weights are called under a rule; rules of offers and of several parts have none to show.
fn weight_word(rule: &Rule) -> Option<&'static str> {
    use forge_domain::sharing::Measure;
    match rule {
        Rule::By(Measure::Population(_)) => Some("population"),
        Rule::By(Measure::Equal | Measure::Bands { .. } | Measure::Criterion(_)) => Some("weight"),
        Rule::Envelopes(_) | Rule::Fixed(_) | Rule::Open(_) => None,
    }
}

/// Reads what each milestone asks of each council, with the shares of today or the final ones.
pub fn tranches(book: &CallBook) -> Result<Option<Tranches>, Error> {
    let outcome = match book.shares_kept()? {
        Some(outcome) => Some(outcome),
        None if book.call.state.is_over() => None,
        None => book.shares_now().ok().flatten(),
    };
    let Some(outcome) = outcome else { return Ok(None) };
    if outcome.tranches.len() < 2 {
        return Ok(None);
    }
    let money = |amount: Amount| Money::new(amount, book.currency);
    let asked = |council: &String| {
        let of = |tranche: &forge_domain::sharing::Tranche| {
            money(tranche.shares.get(council).copied().unwrap_or_default())
        };
        outcome.tranches.iter().map(of).collect()
    };
    let name = |slug: &String| {
        let row = book.pledges.iter().find(|row| row.council_slug == *slug);
        row.map_or_else(|| slug.clone(), |row| row.council_name.clone())
    };
    let titles = book.milestones.iter().map(|milestone| milestone.title.clone());
    let titles = titles.chain(["—".to_owned()]);
    Ok(Some(Tranches {
        milestones: titles.take(outcome.tranches.len()).collect(),
        rows: outcome
            .shares
            .keys()
            .map(|council| TrancheRow { council: name(council), amounts: asked(council) })
            .collect(),
        totals: outcome.tranches.iter().map(|tranche| money(tranche.amount)).collect(),
    }))
}
