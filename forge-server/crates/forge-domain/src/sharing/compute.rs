//! The whole computation, in the fixed order of the domain paper §c7: cost, subsidies, weights,
//! floors and caps, ceilings, largest remainder, own work, tax, tranches.

use super::{
    ShareOutcome, ShareRequest, SharingError, Tranche, VatSplit,
    allocate::named,
    bill::Bill,
    capacity::{Backing, BackstopOrder, Guarantee, backstop},
    divide::{Division, Limits, divide},
    field::Field,
    tranches::tranche_columns,
    vat::distribute_column,
};
use crate::money::Amount;

/// Computes the shares of a request; the same request gives the same cents everywhere.
pub fn compute(request: &ShareRequest) -> Result<ShareOutcome, SharingError> {
    let bill = Bill::of(request)?;
    let field = Field::of(&request.rule, &request.councils)?;
    let bill = bill.extended(request, &field)?;
    let division = divide_bill(request, &bill, &field)?;
    outcome(request, &bill, &field, &division)
}

/// Computes the shares of a request behind a guarantee of closing. The gap of the outcome is what
/// the councils do not pay; the guarantor pays its part of it like any other share.
pub fn compute_guaranteed(
    request: &ShareRequest,
    guarantee: Guarantee,
) -> Result<(ShareOutcome, Backing), SharingError> {
    let field = Field::of(&request.rule, &request.councils)?;
    let mut bill = Bill::of(request)?.extended(request, &field)?;
    let whole = bill.base;
    let set_aside = match guarantee.order {
        BackstopOrder::AfterCeilings => Amount::ZERO,
        BackstopOrder::BeforeCeilings => {
            above_ceilings(request, &bill, &field)?.min(guarantee.limit)
        }
    };
    bill.base = whole.checked_sub(set_aside)?;
    let limits = Limits { floor: request.floor, cap: request.cap };
    request.rule.check_base(whole)?;
    let mut division = divide(bill.base.minor(), &field, limits)?;
    division.gap = division.gap.checked_add(set_aside.minor()).ok_or(SharingError::Overflow)?;
    bill.base = whole;
    let outcome = outcome(request, &bill, &field, &division)?;
    let backing = backstop(outcome.gap, guarantee.limit);
    Ok((outcome, backing))
}

/// What would fall to the councils above their ceilings, were there none.
fn above_ceilings(
    request: &ShareRequest,
    bill: &Bill,
    field: &Field,
) -> Result<Amount, SharingError> {
    let free = divide_bill(request, bill, &field.without_ceilings())?;
    let mut above = Amount::ZERO;
    for (share, ceiling) in free.shares.iter().zip(&field.ceilings) {
        let over = ceiling.map_or(0, |ceiling| share.saturating_sub(ceiling).max(0));
        above = above.checked_add(Amount::from_minor(over))?;
    }
    Ok(above)
}

/// Divides what a bill leaves to the councils of a field.
pub(super) fn divide_bill(
    request: &ShareRequest,
    bill: &Bill,
    field: &Field,
) -> Result<Division, SharingError> {
    request.rule.check_base(bill.base)?;
    let limits = Limits { floor: request.floor, cap: request.cap };
    divide(bill.base.minor(), field, limits)
}

/// Tax and tranches of a division. The gap takes part in both as if someone paid it: whoever closes
/// it later gets a share like any other, and no line before it moves.
fn outcome(
    request: &ShareRequest,
    bill: &Bill,
    field: &Field,
    division: &Division,
) -> Result<ShareOutcome, SharingError> {
    let mut due = division.shares.clone();
    due.push(division.gap);
    let named = |column: &[i64]| named(field.ids.iter(), column);
    let vat = if request.vat_bp == 0 {
        None
    } else {
        let lines = distribute_column(bill.vat.minor(), &due)?;
        Some(VatSplit { total: bill.vat, shares: named(&lines) })
    };
    let tranches = tranche_columns_of(bill, &due)?
        .into_iter()
        .zip(&bill.milestones)
        .map(|(row, &amount)| Tranche { amount: Amount::from_minor(amount), shares: named(&row) })
        .collect();
    Ok(ShareOutcome {
        currency: request.currency,
        basis: request.basis,
        base: bill.base,
        shares: named(&division.shares),
        gap: Amount::from_minor(division.gap),
        gifts: named(&division.gifts).into_iter().filter(|(_, gift)| !gift.is_zero()).collect(),
        vat,
        tranches,
    })
}

fn tranche_columns_of(bill: &Bill, due: &[i64]) -> Result<Vec<Vec<i64>>, SharingError> {
    if bill.milestones.is_empty() { Ok(Vec::new()) } else { tranche_columns(due, &bill.milestones) }
}
