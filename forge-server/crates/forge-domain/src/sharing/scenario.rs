//! What a council sees before it commits: its share today, its share if everyone who intends to
//! joins, and how the share falls as others come (domain paper §c9).

use std::collections::BTreeMap;

use super::{
    Participant, ShareOutcome, ShareRequest, SharingError,
    bill::Bill,
    compute::{compute, divide_bill},
    field::Field,
};
use crate::money::Amount;

/// The prospects of one council, `me`, in a call.
#[derive(Clone, Debug)]
pub struct Scenario<'a> {
    /// The call, with the firm pledges as its councils, each with its ceiling.
    pub firm: &'a ShareRequest,
    /// The councils that intend to join, without ceiling where no act is known.
    pub intentions: &'a [Participant],
    /// The council that looks. It counts once, as given here, whatever else is listed of it.
    pub me: &'a Participant,
}

/// One point of a price curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricePoint {
    /// How many councils take part, the one that looks among them.
    pub councils: usize,
    /// What it would pay, in the basis of the call.
    pub share: Amount,
}

impl Scenario<'_> {
    /// The shares today: the firm pledges and me, each within its ceiling.
    pub fn today(&self) -> Result<ShareOutcome, SharingError> {
        compute(&self.with(&[]))
    }

    /// The shares if all intentions join too: the best case, each within its ceiling.
    pub fn if_all_join(&self) -> Result<ShareOutcome, SharingError> {
        compute(&self.with(self.intentions))
    }

    /// What would fall to me if all intentions join, my own ceiling put aside: the ceiling a firm
    /// pledge has to cover (guard of P3).
    ///
    /// Where that makes fewer than `min_councils`, the missing ones are taken to be of average
    /// weight. Under a rule of offers this is my offer, scaled down where too much is offered.
    pub fn reference_share(&self, min_councils: usize) -> Result<Amount, SharingError> {
        let request = self.with(self.intentions);
        let mut field = Field::of(&request.rule, &request.councils)?;
        field.add_stand_ins(min_councils.saturating_sub(field.ids.len()))?;
        self.free_share(&request, field)
    }

    /// What I would pay with 1, 2, … `most` councils in all, ceilings put aside. At the number of
    /// councils known (firm and intentions) these are the others; at any other number the others
    /// are of their average weight.
    ///
    /// The curve ends early where the floors of so many councils would exceed the cost.
    pub fn price_curve(&self, most: usize) -> Result<Vec<PricePoint>, SharingError> {
        let request = self.with(self.intentions);
        let known = Field::of(&request.rule, &request.councils)?;
        let me = known.position(&self.me.id)?;
        let mut curve = Vec::new();
        for councils in 1..=most {
            let field = if councils == known.ids.len() {
                known.without_ceilings()
            } else {
                known.alone_with(me, councils - 1)?
            };
            match self.free_share(&request, field) {
                Ok(share) => curve.push(PricePoint { councils, share }),
                Err(SharingError::FloorsExceedTotal { .. }) if !curve.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok(curve)
    }

    /// My share in a field, without my ceiling.
    fn free_share(&self, request: &ShareRequest, mut field: Field) -> Result<Amount, SharingError> {
        let me = field.position(&self.me.id)?;
        field.lift_ceiling(me);
        let bill = Bill::of(request)?.extended(request, &field)?;
        let division = divide_bill(request, &bill, &field)?;
        division
            .shares
            .get(me)
            .map(|&share| Amount::from_minor(share))
            .ok_or_else(|| SharingError::NotListed(self.me.id.clone()))
    }

    /// The call with the firm pledges, `others` who have none, and me.
    fn with(&self, others: &[Participant]) -> ShareRequest {
        let firm = self.firm.councils.iter();
        let mut councils: BTreeMap<&str, &Participant> = BTreeMap::new();
        for council in others.iter().chain(firm).chain([self.me]) {
            councils.insert(&council.id, council);
        }
        let councils = councils.into_values().cloned().collect();
        ShareRequest { councils, ..self.firm.clone() }
    }
}
