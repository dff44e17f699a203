//! The whole computation, in the fixed order of the domain paper §c7: cost, subsidies, weights,
//! floors and caps, ceilings, largest remainder, own work, tax, tranches.

use super::{
    ShareOutcome, ShareRequest, SharingError, Tranche, VatSplit,
    allocate::named,
    bill::Bill,
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
    let division = divide_bill(request, &bill, &field)?;
    outcome(request, &bill, &field, &division)
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
        vat,
        tranches,
    })
}

fn tranche_columns_of(bill: &Bill, due: &[i64]) -> Result<Vec<Vec<i64>>, SharingError> {
    if bill.milestones.is_empty() { Ok(Vec::new()) } else { tranche_columns(due, &bill.milestones) }
}
