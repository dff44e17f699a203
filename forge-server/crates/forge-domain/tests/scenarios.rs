//! What a council is told before it commits, and what the computation refuses.
#![expect(clippy::unwrap_used, reason = "a step that is refused here is a failed test")]

use forge_domain::{
    charter::LateJoinerPolicy,
    money::{Amount, Currency},
    sharing::{
        BackstopOrder, Band, Basis, Bounds, Change, Criterion, Envelope, Guarantee, Measure,
        Offers, Participant, PopulationBasis, Rule, RuleFault, Scenario, ShareRequest, Shares,
        SharingError, Subsidy, Surplus, allocate, capacity, check_milestones, clamp, compute,
        compute_guaranteed, join, longest_prefix, tranches,
    },
};

const fn euros(major: i64) -> Amount {
    Amount::from_minor(major * 100)
}

fn with_ceiling(id: &str, ceiling: i64) -> Participant {
    Participant { ceiling: Some(euros(ceiling)), ..Participant::new(id) }
}

fn inhabited(id: &str, population: u64) -> Participant {
    Participant { population: Some(population), ..Participant::new(id) }
}

/// The call of the domain paper's example session: 60 000.00 shared equally.
fn permits() -> ShareRequest {
    let firm = vec![
        with_ceiling("belrive", 12_000),
        with_ceiling("corbelle", 16_000),
        with_ceiling("dormont", 12_000),
        with_ceiling("esterey", 15_000),
    ];
    ShareRequest::new(Currency::EUR, euros(60_000), Rule::EQUAL, firm)
}

#[test]
fn a_council_sees_its_share_today_and_at_best() {
    let firm = permits();
    let me = with_ceiling("aubervac", 12_000);
    let intentions = [Participant::new("fontclaire"), Participant::new("grandpre")];
    let scenario = Scenario { firm: &firm, intentions: &intentions, me: &me };
    assert_eq!(scenario.today().unwrap().shares["aubervac"], euros(12_000));
    let best = scenario.if_all_join().unwrap();
    assert_eq!(best.shares["aubervac"], Amount::from_minor(857_143));
    assert_eq!(best.shares.len(), 7);
    // The ceiling to vote is what would fall to it, not what it happens to have voted.
    assert_eq!(scenario.reference_share(2).unwrap(), Amount::from_minor(857_143));
    let stingy = with_ceiling("aubervac", 100);
    let scenario = Scenario { me: &stingy, ..scenario };
    assert_eq!(scenario.today().unwrap().shares["aubervac"], euros(100));
    assert_eq!(scenario.reference_share(2).unwrap(), Amount::from_minor(857_143));
}

#[test]
fn a_council_counts_once_whatever_it_was_before() {
    let mut firm = permits();
    firm.councils.push(with_ceiling("aubervac", 1));
    let me = with_ceiling("aubervac", 12_000);
    let intentions = [Participant::new("aubervac"), Participant::new("belrive")];
    let scenario = Scenario { firm: &firm, intentions: &intentions, me: &me };
    let best = scenario.if_all_join().unwrap();
    assert_eq!(best.shares.len(), 5);
    assert_eq!(best.shares["aubervac"], euros(12_000));
}

#[test]
fn missing_councils_are_taken_to_be_average() {
    let councils = vec![inhabited("belrive", 3_000)];
    let firm = ShareRequest::new(Currency::EUR, euros(40_000), Rule::population(), councils);
    let me = inhabited("aubervac", 1_000);
    let scenario = Scenario { firm: &firm, intentions: &[], me: &me };
    // 1 000 of 4 000, then of 8 000: two stand-ins of 2 000 each.
    assert_eq!(scenario.reference_share(2).unwrap(), euros(10_000));
    assert_eq!(scenario.reference_share(4).unwrap(), euros(5_000));
}

#[test]
fn a_price_curve_passes_through_the_real_share() {
    let councils = vec![inhabited("belrive", 3_210), inhabited("corbelle", 45_678)];
    let mut firm = ShareRequest::new(Currency::EUR, euros(48_000), Rule::population(), councils);
    let me = inhabited("aubervac", 12_345);
    let curve =
        |firm: &ShareRequest| Scenario { firm, intentions: &[], me: &me }.price_curve(20).unwrap();
    let points = curve(&firm);
    assert_eq!(points[0].share, euros(48_000));
    let today = Scenario { firm: &firm, intentions: &[], me: &me }.today().unwrap();
    assert_eq!(points[2].councils, 3);
    assert_eq!(points[2].share, today.shares["aubervac"]);
    assert!(points.is_sorted_by(|a, b| a.share > b.share), "{points:?}");

    // Twelve floors of 4 000.00 are all of 48 000.00; a thirteenth council finds no room.
    firm.floor = euros(4_000);
    assert_eq!(curve(&firm).len(), 12);
}

#[test]
fn offers_do_not_move_with_guesses() {
    let me = Participant { amount: Some(euros(5_000)), ..Participant::new("aubervac") };
    let firm =
        ShareRequest::new(Currency::EUR, euros(60_000), Rule::Open(Offers::default()), Vec::new());
    let scenario = Scenario { firm: &firm, intentions: &[], me: &me };
    assert_eq!(scenario.reference_share(9).unwrap(), euros(5_000));
    assert!(scenario.price_curve(3).unwrap().iter().all(|point| point.share == euros(5_000)));
}

#[test]
fn a_ceiling_wins_over_the_floor_of_the_rule() {
    let mut request = permits();
    request.floor = euros(13_000);
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.shares["belrive"], euros(12_000));
    assert_eq!(outcome.shares["corbelle"], euros(16_000));
    assert_eq!(outcome.gap, euros(5_000));
}

#[test]
fn a_cost_the_ceilings_can_pay_leaves_no_gap() {
    // By envelopes, the share of the smallest rounds to nothing; it still carries the rest.
    let rule = Rule::Envelopes(vec![
        Envelope { bp: 5000, measure: Measure::Population(PopulationBasis::default()) },
        Envelope { bp: 5000, measure: Measure::Population(PopulationBasis::default()) },
    ]);
    let ceiling = Some(euros(5));
    let councils = vec![
        Participant { ceiling, ..inhabited("aubervac", 1) },
        Participant { ceiling, ..inhabited("belrive", 1_000_000) },
    ];
    let request = ShareRequest::new(Currency::EUR, euros(10), rule, councils);
    assert_eq!(capacity(&request).unwrap(), Some(euros(10)));
    let outcome = compute(&request).unwrap();
    assert_eq!((outcome.shares["aubervac"], outcome.gap), (euros(5), Amount::ZERO));
}

#[test]
fn a_council_without_weight_takes_no_part() {
    let council = |id: &str, weight| Participant { weight: Some(weight), ..Participant::new(id) };
    let rule = Rule::By(Measure::Criterion(Criterion::default()));
    let councils = vec![council("aubervac", 3), council("belrive", 0)];
    let mut request = ShareRequest::new(Currency::EUR, euros(90), rule, councils);
    request.floor = euros(10);
    request.cap = Some(euros(50));
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.shares["belrive"], Amount::ZERO);
    assert_eq!((outcome.shares["aubervac"], outcome.gap), (euros(50), euros(40)));
    assert_eq!(capacity(&request).unwrap(), Some(euros(50)));
}

#[test]
fn inhabitants_are_not_counted_twice() {
    let member =
        Participant { member_of: vec!["pays".to_owned()], ..inhabited("aubervac", 12_000) };
    let councils = vec![member, inhabited("pays", 36_000)];
    let brought = forge_domain::sharing::counted_once(&councils);
    assert_eq!((brought["aubervac"], brought["pays"]), (12_000, 24_000));
    assert_eq!(forge_domain::sharing::counted_once(&[Participant::new("unknown")])["unknown"], 0);
    let request = ShareRequest::new(Currency::EUR, euros(36_000), Rule::population(), councils);
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.shares["aubervac"], euros(12_000));
    assert_eq!(outcome.shares["pays"], euros(24_000));
}

#[test]
fn an_absent_council_of_a_fixed_rule_leaves_its_amount_open() {
    let agreed: Shares =
        [("aubervac", 40_000), ("belrive", 20_000)].map(|(id, n)| (id.to_owned(), euros(n))).into();
    let councils = vec![Participant::new("aubervac")];
    let mut request =
        ShareRequest::new(Currency::EUR, euros(60_000), Rule::Fixed(agreed), councils);
    let outcome = compute(&request).unwrap();
    assert_eq!((outcome.shares["aubervac"], outcome.gap), (euros(40_000), euros(20_000)));
    request.total = euros(60_001);
    assert_eq!(compute(&request).unwrap_err().code(), "invalid_amount");
}

#[test]
fn own_work_counts_before_the_ceilings() {
    let mut councils: Vec<Participant> =
        ["aubervac", "belrive", "corbelle"].map(Participant::new).into();
    councils[0].in_kind = euros(20);
    councils[2].ceiling = Some(euros(10));
    let request = ShareRequest::new(Currency::EUR, euros(100), Rule::EQUAL, councils);
    let outcome = compute(&request).unwrap();
    // Fair shares are 40.00 each; 20.00 and 40.00 carry the 90.00 corbelle cannot.
    assert_eq!(outcome.shares.into_values().collect::<Vec<_>>(), [euros(30), euros(60), euros(10)]);
}

#[test]
fn milestones_bear_their_part_of_grants_and_tax() {
    let councils = vec![inhabited("aubervac", 1), inhabited("belrive", 2)];
    let request = ShareRequest {
        basis: Basis::Gross,
        vat_bp: 2000,
        subsidies: vec![Subsidy::Fixed(euros(30))],
        milestones: vec![euros(40), euros(60)],
        ..ShareRequest::new(Currency::EUR, euros(100), Rule::population(), councils)
    };
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.shares["belrive"], euros(60));
    let brought: Vec<Amount> = outcome.tranches.iter().map(|tranche| tranche.amount).collect();
    assert_eq!(brought, [euros(36), euros(54)]);
    assert_eq!(outcome.tranches[0].shares["aubervac"], euros(12));
    // The same tranches, when the milestones are given as what the councils pay.
    let paid = compute(&ShareRequest { milestones: brought, ..request }).unwrap();
    assert_eq!(paid.tranches, outcome.tranches);
}

#[test]
fn a_gap_bears_its_part_of_the_tax() {
    let request = ShareRequest {
        basis: Basis::Gross,
        vat_bp: 2000,
        milestones: vec![euros(500)],
        ..ShareRequest::new(
            Currency::EUR,
            euros(500),
            Rule::EQUAL,
            vec![with_ceiling("aubervac", 30), with_ceiling("belrive", 60)],
        )
    };
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.gap, euros(510));
    let line = outcome.line("aubervac").unwrap().unwrap();
    assert_eq!((line.net, line.vat, line.gross), (euros(25), euros(5), euros(30)));
    assert_eq!(outcome.tranches[0].shares["belrive"], euros(60));
    assert_eq!(outcome.line("nobody").unwrap(), None);
}

#[test]
fn tax_rounds_once_per_milestone() {
    // Three documents of 0.03 at 20 %: 0.006 rounds to 0.01 on each, while 0.09 gives 0.02.
    let request = ShareRequest {
        basis: Basis::Gross,
        vat_bp: 2000,
        milestones: vec![Amount::from_minor(3); 3],
        ..ShareRequest::new(
            Currency::EUR,
            Amount::from_minor(9),
            Rule::EQUAL,
            vec![Participant::new("aubervac")],
        )
    };
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.vat.unwrap().total, Amount::from_minor(3));
    assert_eq!(outcome.shares["aubervac"], Amount::from_minor(12));
}

/// The code a request is refused with, after one change to a good request.
fn refused(change: impl FnOnce(&mut ShareRequest)) -> &'static str {
    let councils = vec![inhabited("aubervac", 12_345), inhabited("belrive", 3_210)];
    let mut request = ShareRequest::new(Currency::EUR, euros(48_000), Rule::population(), councils);
    assert!(compute(&request).is_ok());
    change(&mut request);
    compute(&request).unwrap_err().code()
}

#[test]
fn each_refusal_has_its_code() {
    assert_eq!(refused(|r| r.total = euros(-1)), "invalid_amount");
    assert_eq!(refused(|r| r.floor = euros(-1)), "invalid_amount");
    assert_eq!(refused(|r| r.councils[0].ceiling = Some(euros(-1))), "invalid_amount");
    assert_eq!(refused(|r| r.milestones = vec![euros(48_001), euros(-1)]), "invalid_amount");
    assert_eq!(refused(|r| r.vat_bp = 10_001), "invalid_amount");
    assert_eq!(refused(|r| r.subsidies = vec![Subsidy::Fixed(euros(48_001))]), "invalid_amount");
    // Above the cost net of tax, the tax of the councils would be larger than what they pay.
    assert_eq!(
        refused(|r| {
            r.subsidies = vec![Subsidy::Fixed(euros(48_001))];
            (r.basis, r.vat_bp) = (Basis::Gross, 2000);
        }),
        "invalid_amount"
    );
    assert_eq!(refused(|r| r.councils.clear()), "zero_weight");
    assert_eq!(
        refused(|r| r.councils.iter_mut().for_each(|council| council.population = Some(0))),
        "zero_weight"
    );
    assert_eq!(refused(|r| r.councils[1].population = None), "population_missing");
    assert_eq!(refused(|r| r.councils[1].id = "aubervac".to_owned()), "duplicate_council");
    assert_eq!(refused(|r| r.floor = euros(24_001)), "floors_exceed_total");
    assert_eq!(refused(|r| (r.floor, r.cap) = (euros(2), Some(euros(1)))), "floor_above_cap");
    assert_eq!(refused(|r| r.milestones = vec![euros(1)]), "milestone_sum_mismatch");
    assert_eq!(
        refused(|r| {
            r.total = Amount::from_minor(i64::MAX);
            r.basis = Basis::Gross;
            r.vat_bp = 2000;
        }),
        "overflow"
    );
}

#[test]
fn a_rule_that_does_not_cover_everything_is_refused() {
    let bands = |bands: &[(Option<u64>, u64)]| {
        let bands = bands.iter().map(|&(upto, weight)| Band { upto, weight }).collect();
        Rule::By(Measure::Bands { bands, basis: PopulationBasis::default() })
    };
    let fault = Err(SharingError::Rule(RuleFault::BandsNotCovering));
    for rows in [
        &[][..],
        &[(Some(25_000), 22)],
        &[(None, 22), (None, 32)],
        &[(Some(60_000), 22), (Some(25_000), 32), (None, 42)],
        &[(Some(25_000), 22), (Some(25_000), 32), (None, 42)],
    ] {
        assert_eq!(bands(rows).check(), fault, "{rows:?}");
    }
    let parts = |bps: &[u32]| {
        let part = |&bp: &u32| Envelope { bp, measure: Measure::Equal };
        Rule::Envelopes(bps.iter().map(part).collect())
    };
    assert_eq!(parts(&[4000, 6000]).check(), Ok(()));
    for bps in [&[][..], &[4000, 5999], &[4000, 6001], &[u32::MAX, 1]] {
        assert_eq!(parts(bps).check().unwrap_err().code(), "unknown_rule", "{bps:?}");
    }
    let owed = Shares::from([("aubervac".to_owned(), euros(-1))]);
    assert_eq!(Rule::Open(owed.into()).check().unwrap_err().code(), "invalid_amount");
}

#[test]
fn a_message_names_the_amounts() {
    let error = SharingError::FloorAboveCap { floor: euros(2), cap: euros(1) };
    let message = error.message(Currency::EUR);
    assert!(message.contains("2.00 EUR") && message.contains("1.00 EUR"), "{message}");
}

#[test]
fn a_minimum_is_what_some_first_milestones_cost() {
    let milestones = [euros(24), euros(20), euros(20), euros(16)];
    let check = |target, minimum, reserve| {
        check_milestones(euros(target), euros(minimum), &milestones, euros(reserve))
            .map_err(|error| error.code())
    };
    assert_eq!(check(80, 64, 0), Ok(()));
    assert_eq!(check(84, 84, 4), Ok(()));
    assert_eq!(check(80, 60, 0), Err("below_minimum_prefix"));
    assert_eq!(check(81, 64, 0), Err("milestone_sum_mismatch"));
    assert_eq!(longest_prefix(&milestones, euros(44), euros(43)).unwrap(), None);
    let kept = longest_prefix(&milestones, euros(24), euros(79)).unwrap().unwrap();
    assert_eq!((kept.count, kept.cost), (3, euros(64)));
}

#[test]
fn a_spare_cent_of_equal_remainders_goes_to_the_larger_weight() {
    // 0.02 by 1 and 3: half a cent is left of each.
    let weights = [("aubervac".to_owned(), 1), ("belrive".to_owned(), 3)].into();
    let shares = allocate(Amount::from_minor(2), &weights).unwrap();
    assert_eq!(shares["aubervac"], Amount::ZERO);
    assert_eq!(shares["belrive"], Amount::from_minor(2));
}

#[test]
fn a_buy_in_is_credited_exactly_where_a_share_rises() {
    // The paradox of E13: b and c fall by 0.05 and 0.06, while a rises and the price is 0.10.
    let weights = [("a", 4), ("b", 264), ("c", 355)].map(|(id, n)| (id.to_owned(), n)).into();
    let total = Amount::from_minor(3_180);
    let before = allocate(total, &weights).unwrap();
    let mut joined = weights;
    joined.insert("n".to_owned(), 2);
    let after = allocate(total, &joined).unwrap();
    let bought = |policy, bp| join((&before, &after), "n", &Shares::new(), (policy, bp)).unwrap();
    let credited = |bp| {
        let one = bought(LateJoinerPolicy::Redistribute, bp);
        let credits = one.credits.values().map(|one| (one.credit.minor(), one.lowered.minor()));
        (one.amount.minor(), one.apart.minor(), credits.collect::<Vec<_>>())
    };
    assert_eq!(credited(10_000), (10, 10, vec![(0, 0), (5, 0), (5, 0)]));
    assert_eq!(credited(15_000), (15, 15, vec![(0, 0), (7, 0), (8, 0)]), "with the surcharge");
    let elsewhere = bought(LateJoinerPolicy::ToMaintenance, 12_500);
    assert_eq!((elsewhere.price.minor(), elsewhere.amount.minor()), (10, 13), "half up");
    assert!(elsewhere.credits.is_empty());
}

#[test]
fn the_steps_refuse_what_the_whole_refuses() {
    let one = || Shares::from([("aubervac".to_owned(), euros(1))]);
    assert_eq!(tranches(&one(), &[euros(2)]).unwrap_err().code(), "milestone_sum_mismatch");
    let weights = [("aubervac".to_owned(), 1)].into();
    let bounds = Bounds { floor: euros(2), cap: Some(euros(1)) };
    let rows = [("aubervac".to_owned(), bounds)].into();
    assert_eq!(clamp(euros(9), &weights, &rows).unwrap_err().code(), "floor_above_cap");
    let terms = (LateJoinerPolicy::Redistribute, 10_000);
    let twice = join((&one(), &one()), "aubervac", &one(), terms).unwrap_err();
    assert_eq!(twice.code(), "duplicate_council");
}

/// Offers of 20 000, 15 000 and 30 000 for 50 000, committed in the order of the ranks.
fn offered(surplus: Surplus) -> ShareRequest {
    let offer = |id: &str, amount: i64, rank: u64| Participant {
        amount: Some(euros(amount)),
        rank: Some(rank),
        ..Participant::new(id)
    };
    let councils = vec![
        offer("aubervac", 20_000, 3),
        offer("belrive", 15_000, 1),
        offer("corbelle", 30_000, 2),
    ];
    let rule = Rule::Open(Offers { amounts: Shares::new(), surplus });
    ShareRequest::new(Currency::EUR, euros(50_000), rule, councils)
}

#[test]
fn an_open_call_that_stops_at_its_target_serves_who_came_first() {
    let request = offered(Surplus::StopAtTarget);
    let outcome = compute(&request).unwrap();
    let due = ["aubervac", "belrive", "corbelle"].map(|id| outcome.shares[id]);
    assert_eq!(due, [euros(5_000), euros(15_000), euros(30_000)]);
    assert_eq!(outcome.gap, Amount::ZERO);
    let short = ShareRequest { total: euros(70_000), ..request };
    assert_eq!(compute(&short).unwrap().gap, euros(5_000));
}

#[test]
fn offers_beyond_the_cost_pay_for_the_slices_that_come_next() {
    let next = vec![euros(10_000), euros(20_000)];
    let mut request = offered(Surplus::NextMilestone(next));
    request.milestones = vec![euros(50_000)];
    // 65 000 are offered: the first further slice is paid for, the second is not.
    let outcome = compute(&request).unwrap();
    assert_eq!(outcome.base, euros(60_000));
    assert_eq!(Amount::checked_sum(outcome.shares.values().copied()).unwrap(), euros(60_000));
    assert_eq!(outcome.tranches.len(), 2);
    assert_eq!(outcome.tranches[1].amount, euros(10_000));
    request.total = euros(70_000);
    request.milestones = vec![euros(70_000)];
    assert_eq!(compute(&request).unwrap().gap, euros(5_000));
}

#[test]
fn a_guarantor_pays_before_or_after_the_others_are_at_their_ceilings() {
    // Equal shares of 15 000 for four councils, two of which may pay 12 000 only.
    let councils = vec![
        with_ceiling("aubervac", 12_000),
        with_ceiling("belrive", 12_000),
        with_ceiling("corbelle", 16_000),
        with_ceiling("esterey", 15_000),
    ];
    let request = ShareRequest::new(Currency::EUR, euros(60_000), Rule::EQUAL, councils);
    let run = |order, limit| {
        let guarantee = Guarantee { limit: euros(limit), order };
        let (outcome, backing) = compute_guaranteed(&request, guarantee).unwrap();
        let due = ["aubervac", "belrive", "corbelle", "esterey"].map(|id| outcome.shares[id]);
        let paid = Amount::checked_sum(due).unwrap().checked_add(backing.used).unwrap();
        assert_eq!(paid.checked_add(backing.missing).unwrap(), euros(60_000));
        (due[2], backing.used, backing.missing)
    };
    let none = Amount::ZERO;
    assert_eq!(run(BackstopOrder::AfterCeilings, 10_000), (euros(16_000), euros(5_000), none));
    assert_eq!(run(BackstopOrder::BeforeCeilings, 10_000), (euros(15_000), euros(6_000), none));
    assert_eq!(
        run(BackstopOrder::AfterCeilings, 2_000),
        (euros(16_000), euros(2_000), euros(3_000))
    );
    assert_eq!(
        run(BackstopOrder::BeforeCeilings, 2_000),
        (euros(16_000), euros(2_000), euros(3_000))
    );
}

/// The session of the domain paper §i: without dormont 5 000.00 are missing, and a guarantee of
/// 10 000.00 covers them.
#[test]
fn a_change_is_held_against_what_is() {
    let mut call = permits();
    call.councils.push(with_ceiling("aubervac", 12_000));
    let guarantee = Guarantee { limit: euros(10_000), order: BackstopOrder::AfterCeilings };
    let change = Change {
        removed: ["dormont".to_owned()].into(),
        guarantee: Some(guarantee),
        ..Change::default()
    };
    let compared = change.compare(&call).unwrap();
    let (now, then) = (compared.now.unwrap(), compared.then.unwrap());
    assert!(now.shares.values().all(|&share| share == euros(12_000)));
    let due = ["aubervac", "belrive", "corbelle", "esterey"].map(|id| then.shares[id]);
    assert_eq!(due, [euros(12_000), euros(12_000), euros(16_000), euros(15_000)]);
    assert_eq!((then.gap, compared.backing.unwrap().used), (euros(5_000), euros(5_000)));

    let change = Change {
        added: vec![inhabited("fontclaire", 8_765)],
        ceilings: [("aubervac".to_owned(), euros(3_000))].into(),
        rule: Some(Rule::By(Measure::Equal)),
        total: Some(euros(30_000)),
        ..Change::default()
    };
    let then = change.compare(&call).unwrap().then.unwrap();
    assert_eq!(then.shares.len(), 6);
    assert_eq!((then.shares["aubervac"], then.shares["fontclaire"]), (euros(3_000), euros(5_400)));
    let nobody = Change {
        removed: call.councils.iter().map(|council| council.id.clone()).collect(),
        ..Change::default()
    };
    let compared = nobody.compare(&call).unwrap();
    assert_eq!((compared.then, compared.base), (None, euros(60_000)));
}
