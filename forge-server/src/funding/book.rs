//! A call with everything its shares are computed from.

use std::collections::BTreeMap;

use forge_domain::{
    Id, calendar,
    call::{CallClock, CallTerms, MilestoneTerms},
    charter::Charter,
    id,
    money::{Amount, Currency},
    pledge::{Leaving, PledgeState},
    sharing::{
        self, BackstopOrder, Basis, Guarantee, Participant, Prefix, Rule, ShareOutcome,
        ShareRequest, SharingError, Shortfall, Standing, Subsidy, Thresholds, vat_of,
    },
};
use forge_store::{
    buy_ins::{self, BuyIn, Credit},
    calls::{self, Call, CallModule, Grouping, Milestone, Population},
    pledges::{self, Pledge},
    spaces::{self, Space},
    work::{self, Work},
};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};

use super::{Reader, refused};
use crate::error::Error;

/// A call, its parts, and everything councils have said on it.
#[derive(Debug, Clone)]
pub struct CallBook {
    /// The call.
    pub call: Call,
    /// Its space.
    pub space: Space,
    /// The time zone its days end in.
    pub zone: TimeZone,
    /// Its one currency.
    pub currency: Currency,
    /// Its sharing rule.
    pub rule: Rule,
    /// The slices of the work, in order.
    pub milestones: Vec<Milestone>,
    /// The grants, in order.
    pub subsidies: Vec<calls::Subsidy>,
    /// The councils it cannot do without.
    pub required: Vec<calls::Required>,
    /// Who covers what is missing at the deadline.
    pub backstop: Option<calls::Backstop>,
    /// The contract under which the work is done.
    pub contract: Option<calls::Contract>,
    /// The supplier a vote chose.
    pub chosen: Option<calls::Chosen>,
    /// Who joined it after its shares were final.
    pub buy_ins: Vec<BuyIn>,
    /// What those before them are credited.
    pub credits: Vec<Credit>,
    /// The modules it is for.
    pub modules: Vec<CallModule>,
    /// Every position, ended ones too.
    pub pledges: Vec<Pledge>,
    /// Days of work that councils give, whatever became of them.
    pub work: Vec<Work>,
    /// Every known count of inhabitants of the councils that have said something.
    pub populations: Vec<Population>,
    /// The groupings these councils belong to.
    pub groupings: Vec<Grouping>,
}

/// What one council sees before it commits (domain.md §c9).
#[derive(Debug, Clone, Copy)]
pub struct Prospect {
    /// Its share with the firm pledges of today.
    pub now: Amount,
    /// Its share if all intentions join.
    pub if_all_join: Amount,
    /// What would fall to it in the reference scenario, its own ceiling put aside.
    pub reference: Amount,
}

impl CallBook {
    /// Puts a call together.
    pub async fn load(reader: &mut Reader<'_>, call: Call) -> Result<Self, Error> {
        let currency = Currency::from_code(&call.currency).map_err(anyhow::Error::from)?;
        let rule = read_rule(&call.rule, currency)?;
        let space = spaces::by_id(&mut *reader, call.space_id).await?.ok_or(Error::NotFound)?;
        let zone = calendar::parse_zone(&space.time_zone).map_err(anyhow::Error::from)?;
        let (mut contract, mut buy_ins, mut credits) = (None, Vec::new(), Vec::new());
        // A contract is signed, and a late council joins, only once shares are final.
        if call.state.is_frozen() {
            contract = calls::contract(&mut *reader, call.id).await?;
            buy_ins = buy_ins::of_call(&mut *reader, call.id).await?;
            credits = buy_ins::credits_of_call(&mut *reader, call.id).await?;
        }
        Ok(Self {
            space,
            zone,
            currency,
            rule,
            milestones: calls::milestones(&mut *reader, call.id).await?,
            subsidies: calls::subsidies(&mut *reader, call.id).await?,
            required: calls::required(&mut *reader, call.id).await?,
            backstop: calls::backstop(&mut *reader, call.id).await?,
            contract,
            chosen: calls::chosen(&mut *reader, call.id).await?,
            buy_ins,
            credits,
            modules: calls::modules(&mut *reader, call.id).await?,
            pledges: pledges::of_call(&mut *reader, call.id).await?,
            work: work::of_call(&mut *reader, call.id).await?,
            populations: calls::populations(&mut *reader, call.id).await?,
            groupings: calls::groupings(&mut *reader, call.id).await?,
            call,
        })
    }

    /// The call of a reference, put together.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn of(reader: &mut Reader<'_>, reference: &str) -> Result<Self, Error> {
        let call = calls::by_ref(&mut *reader, reference).await?.ok_or(Error::NotFound)?;
        Self::load(reader, call).await
    }

    /// The same call for readers who may not see what a space keeps to its members: intentions
    /// that were not made public are left out of every figure, and work that was not agreed on.
    #[must_use]
    pub fn for_public(mut self) -> Self {
        self.work.retain(|work| work.state.is_part());
        self.pledges.retain(|pledge| pledge.published || pledge.committed_at.is_some());
        self
    }

    /// The positions in this state.
    pub fn in_state(&self, state: PledgeState) -> impl Iterator<Item = &Pledge> {
        self.pledges.iter().filter(move |pledge| pledge.state == state)
    }

    /// The living position of a council.
    pub fn position(&self, council: Id<id::Council>) -> Option<&Pledge> {
        self.living().find(|pledge| pledge.council_id == council)
    }

    /// The name of a council on the call; its address where it has no pledge there.
    pub fn named(&self, slug: &str) -> String {
        let row = self.pledges.iter().find(|row| row.council_slug == slug);
        row.map_or(slug, |row| row.council_name.as_str()).to_owned()
    }

    /// The positions that still stand.
    pub fn living(&self) -> impl Iterator<Item = &Pledge> {
        self.pledges.iter().filter(|pledge| pledge.state.is_living())
    }

    /// The instants the call turns on.
    pub fn clock(&self) -> Result<CallClock, Error> {
        let days = i32::try_from(self.call.grace_days).map_err(anyhow::Error::from)?;
        if days == 0 {
            // The instant that was announced, whatever zone the space has since.
            let deadline = self.call.deadline_at;
            return Ok(CallClock { deadline, grace: deadline });
        }
        let grace = calendar::grace_instant(self.call.deadline, days, &self.zone)
            .map_err(anyhow::Error::from)?;
        Ok(CallClock { deadline: self.call.deadline_at, grace })
    }

    /// What the call says, as it is judged; `today` stands for the day it opens where it does not
    /// say one.
    pub fn terms(&self, today: Date) -> CallTerms {
        CallTerms {
            currency: self.currency,
            basis: self.basis(),
            vat_bp: u32::try_from(self.call.vat_bp).unwrap_or(u32::MAX),
            target: Amount::from_minor(self.call.target),
            reserve: self.reserve(),
            milestones: self
                .milestones
                .iter()
                .map(|slice| MilestoneTerms {
                    title: slice.title.clone(),
                    amount: Amount::from_minor(slice.amount),
                })
                .collect(),
            thresholds: self.thresholds(),
            rule: self.rule.clone(),
            floor: self.call.share_floor.map(Amount::from_minor).unwrap_or_default(),
            cap: self.call.share_cap.map(Amount::from_minor),
            opens_on: self.call.opens_on.unwrap_or(today),
            deadline: self.call.deadline,
            grace_days: i32::try_from(self.call.grace_days).unwrap_or(i32::MAX),
            early_close: self.call.early_close,
            licence: self.call.licence.clone(),
            vehicle: self.call.vehicle.clone(),
        }
    }

    /// What the call keeps for contingencies: its rate of all slices, to the cent. The slices and
    /// this are the goal, or the call is not published (domain.md §c6).
    fn reserve(&self) -> Amount {
        let slices = Amount::from_minor(self.milestones.iter().map(|slice| slice.amount).sum());
        let rate = u32::try_from(self.call.reserve_bp).unwrap_or(u32::MAX);
        vat_of(slices, rate).unwrap_or_default()
    }

    /// Every slice of the work and the reserve.
    pub fn whole(&self) -> Prefix {
        Prefix { count: self.milestones.len(), cost: Amount::from_minor(self.call.target) }
    }

    /// An amount of the call, for the machine.
    pub fn decimal(&self, minor: i64) -> String {
        Amount::from_minor(minor).to_decimal(self.currency)
    }

    /// Whether amounts are net or gross.
    pub fn basis(&self) -> Basis {
        if self.call.basis == "gross" { Basis::Gross } else { Basis::Net }
    }

    /// How a firm pledge may be withdrawn: by the notice of the charter, counted back from the
    /// deadline, and freely for a while after the call changed (domain.md §c10).
    pub fn leaving(&self, charter: &Charter) -> Result<Leaving, Error> {
        let days = i32::try_from(charter.days_of_notice()).map_err(anyhow::Error::from)?;
        let last = || {
            let day = self.call.deadline.checked_sub(days.days()).map_err(anyhow::Error::from)?;
            let last = calendar::deadline_instant(day, &self.zone).map_err(anyhow::Error::from)?;
            Ok::<_, Error>((days, last))
        };
        let notice = if days > 0 { Some(last()?) } else { None };
        Ok(Leaving { notice, free_until: self.call.leave_until })
    }

    /// The amounts of the slices of the work, the reserve last where there is one.
    pub fn slices(&self) -> Vec<Amount> {
        let mut slices: Vec<i64> = self.milestones.iter().map(|slice| slice.amount).collect();
        let reserve = self.call.target.saturating_sub(slices.iter().sum());
        if reserve > 0 {
            slices.push(reserve);
        }
        slices.into_iter().map(Amount::from_minor).collect()
    }

    /// What shares are computed from, for the part of the work that is kept.
    pub fn request_for(
        &self,
        kept: Prefix,
        councils: Vec<Participant>,
    ) -> Result<ShareRequest, SharingError> {
        let bp = u32::try_from(self.call.vat_bp).map_err(|_| SharingError::Overflow)?;
        // The reserve is kept with the whole, and not with a part.
        let count = if kept == self.whole() { usize::MAX } else { kept.count };
        let documents = self.slices().into_iter().take(count);
        let milestones: Vec<Amount> = match self.basis() {
            Basis::Net => documents.collect(),
            Basis::Gross => documents.map(|gross| net_of(gross, bp)).collect::<Result<_, _>>()?,
        };
        Ok(ShareRequest {
            total: Amount::checked_sum(milestones.iter().copied())?,
            floor: self.call.share_floor.map(Amount::from_minor).unwrap_or_default(),
            cap: self.call.share_cap.map(Amount::from_minor),
            subsidies: self.subsidies.iter().map(subsidy).collect(),
            basis: self.basis(),
            vat_bp: bp,
            milestones,
            ..ShareRequest::new(self.currency, Amount::ZERO, self.rule.clone(), councils)
        })
    }

    /// What shares are computed from, for the whole call.
    pub fn request(&self, councils: Vec<Participant>) -> Result<ShareRequest, SharingError> {
        self.request_for(self.whole(), councils)
    }

    /// The shares of the firm pledges today; none while there is none.
    pub fn shares_now(&self) -> Result<Option<ShareOutcome>, SharingError> {
        self.shares_of(self.firm())
    }

    /// The shares if all intentions join; none while nobody has said anything.
    pub fn shares_if_all_join(&self) -> Result<Option<ShareOutcome>, SharingError> {
        let mut everyone = self.firm();
        everyone.extend(self.intentions());
        self.shares_of(everyone)
    }

    /// The shares of these councils.
    pub fn shares_of(
        &self,
        councils: Vec<Participant>,
    ) -> Result<Option<ShareOutcome>, SharingError> {
        if councils.is_empty() {
            return Ok(None);
        }
        sharing::compute(&self.request(councils)?).map(Some)
    }

    /// What the grants bring together, on the whole call.
    pub fn granted(&self) -> Result<Amount, SharingError> {
        let request = self.request(Vec::new())?;
        let mut sum = Amount::ZERO;
        for subsidy in &request.subsidies {
            sum = sum.checked_add(subsidy.on(request.total)?)?;
        }
        Ok(sum)
    }

    /// The sum of firm ceilings that the rule can use: what the call can rely on.
    pub fn capacity(&self) -> Result<Amount, SharingError> {
        let firm = self.firm();
        if firm.is_empty() {
            return Ok(Amount::ZERO);
        }
        // A firm pledge always has a ceiling, so that the capacity is bounded.
        Ok(sharing::capacity(&self.request(firm)?)?.unwrap_or_default())
    }

    /// What has to be reached.
    pub fn thresholds(&self) -> Thresholds {
        Thresholds {
            min_amount: Amount::from_minor(self.call.minimum),
            min_councils: usize::try_from(self.call.councils_min).unwrap_or(0),
            min_population: self.call.population_min.and_then(|n| u64::try_from(n).ok()),
            required_councils: self.required.iter().map(|one| one.slug.clone()).collect(),
        }
    }

    /// What has been reached.
    pub fn standing(&self) -> Result<Standing, SharingError> {
        let councils: BTreeMap<String, u64> = sharing::counted_once(&self.firm());
        Ok(Standing { means: self.capacity()?.checked_add(self.granted()?)?, councils })
    }

    /// What has been reached with the guarantee of closing, which counts at the deadline only.
    pub fn standing_at_end(&self) -> Result<Standing, SharingError> {
        let standing = self.standing()?;
        let limit =
            self.backstop.as_ref().map_or(Amount::ZERO, |one| Amount::from_minor(one.amount_max));
        Ok(Standing { means: standing.means.checked_add(limit)?, ..standing })
    }

    /// The guarantee of closing, as the sharing rules take it.
    pub fn guarantee(&self) -> Option<Guarantee> {
        self.backstop.as_ref().map(|one| Guarantee {
            limit: Amount::from_minor(one.amount_max),
            order: if one.before_ceilings {
                BackstopOrder::BeforeCeilings
            } else {
                BackstopOrder::AfterCeilings
            },
        })
    }

    /// What is missing; nothing when the thresholds are reached (K2).
    pub fn shortfalls(&self) -> Result<Vec<Shortfall>, SharingError> {
        Ok(self.thresholds().shortfalls(&self.standing()?))
    }
}

/// Reads a stored rule.
pub fn read_rule(json: &str, currency: Currency) -> Result<Rule, Error> {
    let rule: forge_api::share::Rule = serde_json::from_str(json).map_err(anyhow::Error::from)?;
    rule.to_domain(currency).map_err(|error| anyhow::anyhow!("{}", error.message).into())
}

/// As [`CallBook`] but for acts: a rule that cannot be applied refuses the act.
pub fn or_refused<T>(result: Result<T, SharingError>) -> Result<T, Error> {
    result.map_err(|error| refused(&error))
}

fn subsidy(row: &calls::Subsidy) -> Subsidy {
    match (row.amount, row.rate_bp) {
        (_, Some(bp)) => Subsidy::Rate {
            bp: u32::try_from(bp).unwrap_or_default(),
            base: None,
            cap: row.amount_max.map(Amount::from_minor),
        },
        (amount, None) => Subsidy::Fixed(Amount::from_minor(amount.unwrap_or_default())),
    }
}

/// The net amount of a document that the call states gross; drafts whose amounts have none are
/// refused, so that what is stored has one.
pub fn net_of(gross: Amount, bp: u32) -> Result<Amount, SharingError> {
    let none = SharingError::MilestoneSumMismatch { sum: gross, total: gross };
    sharing::net_of(gross, bp)?.ok_or(none)
}
