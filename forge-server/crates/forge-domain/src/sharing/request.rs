//! What a computation of shares is asked with.

use super::Rule;
use crate::money::{Amount, Currency};

/// Everything shares are computed from; published with the call, so that anyone can do it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRequest {
    /// The one currency of the call.
    pub currency: Currency,
    /// What is to be paid for, always net of tax.
    pub total: Amount,
    /// How it is divided.
    pub rule: Rule,
    /// The least each council pays, in the basis of the call.
    pub floor: Amount,
    /// The most each council pays by the rule, in the basis of the call.
    pub cap: Option<Amount>,
    /// Who takes part, in any order.
    pub councils: Vec<Participant>,
    /// What is deducted before sharing.
    pub subsidies: Vec<Subsidy>,
    /// Whether shares, ceilings, floors and caps are net or gross of tax.
    pub basis: Basis,
    /// The rate of tax in basis points: 2000 is 20 %.
    pub vat_bp: u32,
    /// The cost of each milestone, in order: net of tax and adding up to `total`, or already in the
    /// basis of the call and adding up to what is shared. Empty where there is only one payment.
    pub milestones: Vec<Amount>,
}

impl ShareRequest {
    /// A request with nothing but the essential: net, without tax, subsidies, bounds, milestones.
    pub fn new(currency: Currency, total: Amount, rule: Rule, councils: Vec<Participant>) -> Self {
        Self {
            currency,
            total,
            rule,
            floor: Amount::ZERO,
            cap: None,
            councils,
            subsidies: Vec::new(),
            basis: Basis::Net,
            vat_bp: 0,
            milestones: Vec::new(),
        }
    }
}

/// One council in a computation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participant {
    /// Its stable id; councils are listed, and ties decided, in the order of these.
    pub id: String,
    /// Its inhabitants, for rules that count them.
    pub population: Option<u64>,
    /// Its agreed weight, for rules by a criterion.
    pub weight: Option<u64>,
    /// The most its own act authorises, in the basis of the call; `None` while no act is known.
    pub ceiling: Option<Amount>,
    /// The value of the work it does itself, credited against its share.
    pub in_kind: Amount,
    /// What it offers under an `open` or `fixed` rule, where the rule does not say it.
    pub amount: Option<Amount>,
    /// When it committed itself, as any rising number: earlier ones are served first under an
    /// `open` rule that stops at the target. One without comes after all others.
    pub rank: Option<u64>,
    /// The groupings it belongs to. Where one of them takes part too, its inhabitants are not
    /// counted a second time in the grouping's.
    pub member_of: Vec<String>,
}

impl Participant {
    /// A council of which only the id is known.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }
}

/// Whether the amounts of a call are without or with tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Net of tax (HT).
    #[default]
    Net,
    /// Gross of tax (TTC): what is allocated and capped is the amount due.
    Gross,
}

/// A grant deducted before the cost is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subsidy {
    /// A fixed amount.
    Fixed(Amount),
    /// A part of the eligible cost, rounded down, up to a cap.
    Rate {
        /// Which part, in basis points.
        bp: u32,
        /// The eligible cost net of tax; `None` is the whole.
        base: Option<Amount>,
        /// The most that is granted.
        cap: Option<Amount>,
    },
}
