//! The properties of the domain paper §c8, over random divisions.

use std::collections::BTreeMap;

use forge_domain::{
    charter::LateJoinerPolicy,
    money::{Amount, Currency},
    sharing::{
        Basis, Bounds, Clamped, Criterion, Envelope, Measure, Participant, PopulationBasis, Rule,
        Scenario, ShareRequest, Shares, SharingError, Weights, allocate, capacity, clamp, compute,
        distribute_vat, join, refund, tranches, vat_of,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::Index};

const AMOUNT: std::ops::RangeInclusive<i64> = 0..=10_000_000_000;

/// One to a dozen weights, some of them zero, not all.
fn weights() -> impl Strategy<Value = Weights> {
    let weight = prop_oneof![1 => Just(0), 4 => 1..20_u64, 4 => 1..2_000_000_u64];
    vec(weight, 1..12)
        .prop_map(|column| {
            column
                .into_iter()
                .enumerate()
                .map(|(at, weight)| (format!("c{at:02}"), weight))
                .collect()
        })
        .prop_filter("some weight", |weights: &Weights| weights.values().any(|&weight| weight > 0))
}

/// The properties §c8 names; a failure is shown, and not kept in a file.
fn many_cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) }
}

/// What follows from them.
fn some_cases() -> ProptestConfig {
    ProptestConfig { cases: 2_000, ..many_cases() }
}

fn sum(shares: &Shares) -> i64 {
    shares.values().map(|share| share.minor()).sum()
}

/// Councils with a population, often a ceiling, and a rule of one or two parts for them.
fn call() -> impl Strategy<Value = ShareRequest> {
    let ceiling = option::of(0..5_000_000_i64);
    let council = (0..300_000_u64, ceiling);
    let rule = prop_oneof![
        Just(Rule::EQUAL),
        Just(Rule::population()),
        (1..10_000_u32).prop_map(|bp| Rule::Envelopes(vec![
            Envelope { bp, measure: Measure::Equal },
            Envelope { bp: 10_000 - bp, measure: Measure::Population(PopulationBasis::default()) },
        ])),
    ];
    (1..10_000_000_i64, rule, vec(council, 1..10)).prop_map(|(total, rule, councils)| {
        let councils = councils
            .into_iter()
            .enumerate()
            .map(|(at, (population, ceiling))| Participant {
                population: Some(population + 1),
                ceiling: ceiling.map(Amount::from_minor),
                ..Participant::new(format!("c{at:02}"))
            })
            .collect();
        ShareRequest::new(Currency::EUR, Amount::from_minor(total), rule, councils)
    })
}

proptest! {
    #![proptest_config(many_cases())]

    #[test]
    fn shares_are_exact_and_within_one_unit(total in AMOUNT, weights in weights()) {
        let shares = allocate(Amount::from_minor(total), &weights).unwrap();
        prop_assert_eq!(sum(&shares), total);
        let whole: u128 = weights.values().map(|&weight| u128::from(weight)).sum();
        for (id, &weight) in &weights {
            // |share − exact| < 1, both sides multiplied by the sum of the weights.
            let exact = total as u128 * u128::from(weight);
            let share = shares[id].minor() as u128 * whole;
            prop_assert!(share.abs_diff(exact) < whole, "{id}");
            prop_assert!(weight > 0 || shares[id].is_zero());
        }
    }

    #[test]
    fn a_larger_weight_never_pays_less(total in AMOUNT, weights in weights()) {
        let shares = allocate(Amount::from_minor(total), &weights).unwrap();
        for (a, b) in weights.keys().flat_map(|a| weights.keys().map(move |b| (a, b))) {
            prop_assert!(weights[a] <= weights[b] || shares[a] >= shares[b], "{a} {b}");
        }
    }

    #[test]
    fn shares_of_shares_are_the_shares(total in 1..10_000_000_000_i64, weights in weights()) {
        let shares = allocate(Amount::from_minor(total), &weights).unwrap();
        let again = shares.iter().map(|(id, share)| (id.clone(), share.minor() as u64)).collect();
        prop_assert_eq!(allocate(Amount::from_minor(total), &again).unwrap(), shares);
    }

    #[test]
    fn more_to_share_never_helps_by_more_than_a_cent(total in AMOUNT, weights in weights()) {
        let less = allocate(Amount::from_minor(total), &weights).unwrap();
        let more = allocate(Amount::from_minor(total + 1), &weights).unwrap();
        for id in weights.keys() {
            prop_assert!(more[id].minor() >= less[id].minor() - 1, "{id}");
        }
    }

    #[test]
    fn a_newcomer_costs_nobody_more_than_a_cent(
        total in AMOUNT, weights in weights(), weight in 1..2_000_000_u64,
    ) {
        let total = Amount::from_minor(total);
        let before = allocate(total, &weights).unwrap();
        let mut joined = weights.clone();
        joined.insert("new".to_owned(), weight);
        let after = allocate(total, &joined).unwrap();
        for id in weights.keys() {
            prop_assert!(after[id].minor() <= before[id].minor() + 1, "{id}");
        }
        // Half of every share was called for already.
        let half = |amount: &Amount| Amount::from_minor(amount.minor() / 2);
        let left = before.iter().map(|(id, share)| (id.clone(), half(share))).collect();
        let terms = (LateJoinerPolicy::Redistribute, 10_000);
        let joined = join((&before, &after), "new", &left, terms).unwrap();
        prop_assert_eq!(joined.price, after["new"]);
        let credits: Shares =
            joined.credits.iter().map(|(id, one)| (id.clone(), one.credit)).collect();
        prop_assert_eq!(sum(&credits), joined.price.minor());
        let lowered: Shares =
            joined.credits.iter().map(|(id, one)| (id.clone(), one.lowered)).collect();
        prop_assert_eq!(sum(&lowered) + joined.apart.minor(), joined.amount.minor());
        prop_assert!(lowered.iter().all(|(id, amount)| *amount <= left[id]));
    }

    #[test]
    fn the_order_of_the_councils_does_not_matter(
        (request, shuffled) in call().prop_flat_map(|call| {
            (Just(call.clone()), Just(call.councils).prop_shuffle())
        }),
    ) {
        let again = ShareRequest { councils: shuffled, ..request.clone() };
        prop_assert_eq!(compute(&request), compute(&again));
    }

    #[test]
    fn bounded_shares_lie_within_their_bounds(
        total in AMOUNT,
        weights in weights(),
        limits in vec((0..1_000_000_i64, option::of(0..2_000_000_000_i64)), 12),
    ) {
        let bounds = weights.keys().cloned().zip(limits.iter().map(|&(floor, room)| Bounds {
            floor: Amount::from_minor(floor),
            cap: room.map(|room| Amount::from_minor(floor + room)),
        })).collect();
        let total = Amount::from_minor(total);
        let floors: i64 = limits.iter().take(weights.len()).map(|&(floor, _)| floor).sum();
        match clamp(total, &weights, &bounds) {
            Err(SharingError::FloorsExceedTotal { .. }) => prop_assert!(floors > total.minor()),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(Clamped { shares, gap }) => {
                prop_assert!(floors <= total.minor());
                prop_assert_eq!(sum(&shares) + gap.minor(), total.minor());
                for (id, share) in &shares {
                    prop_assert!(*share >= bounds[id].floor);
                    prop_assert!(bounds[id].cap.is_none_or(|cap| *share <= cap));
                }
                // A gap is left only where nobody with a weight has room.
                let room = weights.iter().filter(|&(_, &weight)| weight > 0);
                let full = room.map(|(id, _)| bounds[id].cap == Some(shares[id]));
                prop_assert!(gap.is_zero() || full.into_iter().all(|full| full));
            }
        }
    }

    #[test]
    fn clamping_what_is_clamped_changes_nothing(
        total in AMOUNT,
        weights in weights(),
        limits in vec((0..1_000_000_i64, option::of(0..2_000_000_000_i64)), 12),
    ) {
        let bounds: BTreeMap<String, Bounds> = weights
            .keys()
            .cloned()
            .zip(limits.iter().map(|&(floor, room)| Bounds {
                floor: Amount::from_minor(floor),
                cap: room.map(|room| Amount::from_minor(floor + room)),
            }))
            .collect();
        let Ok(clamped) = clamp(Amount::from_minor(total), &weights, &bounds) else {
            return Ok(());
        };
        let paid = sum(&clamped.shares);
        prop_assume!(paid > 0);
        let again: Weights =
            clamped.shares.iter().map(|(id, share)| (id.clone(), share.minor() as u64)).collect();
        let fixed = clamp(Amount::from_minor(paid), &again, &bounds).unwrap();
        prop_assert_eq!(fixed, Clamped { shares: clamped.shares, gap: Amount::ZERO });
    }

    #[test]
    fn envelopes_are_exact_and_add_up(call in call(), bp in 1..10_000_u32) {
        let rule = Rule::Envelopes(vec![
            Envelope { bp, measure: Measure::Equal },
            Envelope { bp: 10_000 - bp, measure: Measure::Population(PopulationBasis::default()) },
        ]);
        let mut request = ShareRequest { rule, ..call };
        request.councils.iter_mut().for_each(|council| council.ceiling = None);
        let outcome = compute(&request).unwrap();
        prop_assert_eq!(sum(&outcome.shares), request.total.minor());
        let whole: i128 =
            request.councils.iter().filter_map(|one| one.population).map(i128::from).sum();
        let (n, total) = (request.councils.len() as i128, i128::from(request.total.minor()));
        for council in &request.councils {
            // Each envelope is rounded to a unit, and then each share in it: less than four in all.
            let people = i128::from(council.population.unwrap_or_default());
            let exact = total * (i128::from(bp) * whole + i128::from(10_000 - bp) * people * n);
            let share = i128::from(outcome.shares[&council.id].minor()) * 10_000 * whole * n;
            prop_assert!((share - exact).abs() < 4 * 10_000 * whole * n);
        }
    }

    #[test]
    fn tranches_are_exact_in_rows_and_columns(
        total in 1..10_000_000_000_i64, weights in weights(), cuts in vec(any::<Index>(), 0..6),
    ) {
        let shares = allocate(Amount::from_minor(total), &weights).unwrap();
        let mut marks: Vec<i64> = cuts.iter().map(|cut| cut.index(total as usize) as i64).collect();
        marks.extend([0, total]);
        marks.sort_unstable();
        let milestones: Vec<Amount> =
            marks.windows(2).map(|pair| Amount::from_minor(pair[1] - pair[0])).collect();
        let plan = tranches(&shares, &milestones).unwrap();
        let mut paid: Shares = shares.keys().map(|id| (id.clone(), Amount::ZERO)).collect();
        for (tranche, milestone) in plan.iter().zip(&milestones) {
            prop_assert_eq!(sum(&tranche.shares), milestone.minor());
            for (id, amount) in &tranche.shares {
                prop_assert!(!amount.is_negative());
                let so_far = paid[id].checked_add(*amount).unwrap();
                paid.insert(id.clone(), so_far);
            }
        }
        prop_assert_eq!(paid, shares);
    }
}

proptest! {
    #![proptest_config(some_cases())]

    #[test]
    fn loose_bounds_change_nothing(total in AMOUNT, weights in weights()) {
        let total = Amount::from_minor(total);
        let row = Bounds { floor: Amount::ZERO, cap: Some(total) };
        let bounds = weights.keys().map(|id| (id.clone(), row)).collect();
        let clamped = clamp(total, &weights, &bounds).unwrap();
        prop_assert_eq!(clamped.gap, Amount::ZERO);
        prop_assert_eq!(clamped.shares, allocate(total, &weights).unwrap());
    }

    #[test]
    fn a_call_has_no_gap_exactly_when_it_is_fundable(
        call in call(), cap in option::of(0..3_000_000_i64),
    ) {
        let request = ShareRequest { cap: cap.map(Amount::from_minor), ..call };
        let outcome = compute(&request).unwrap();
        prop_assert_eq!(sum(&outcome.shares) + outcome.gap.minor(), outcome.base.minor());
        let fundable = capacity(&request).unwrap().is_none_or(|most| request.total <= most);
        prop_assert_eq!(outcome.gap.is_zero(), fundable);
        for council in &request.councils {
            let share = outcome.shares[&council.id];
            prop_assert!(council.ceiling.is_none_or(|ceiling| share <= ceiling));
            prop_assert!(request.cap.is_none_or(|cap| share <= cap));
        }
    }

    #[test]
    fn own_work_never_changes_what_is_paid_in_all(
        call in call(), work in vec(0..4_000_000_i64, 10),
    ) {
        let mut request = call;
        for (council, &value) in request.councils.iter_mut().zip(&work) {
            council.in_kind = Amount::from_minor(value);
        }
        let outcome = compute(&request).unwrap();
        prop_assert_eq!(sum(&outcome.shares) + outcome.gap.minor(), request.total.minor());
        for council in &request.councils {
            let share = outcome.shares[&council.id];
            prop_assert!(!share.is_negative());
            prop_assert!(council.ceiling.is_none_or(|ceiling| share <= ceiling));
        }
        let fundable = capacity(&request).unwrap().is_none_or(|most| request.total <= most);
        prop_assert_eq!(outcome.gap.is_zero(), fundable);
    }

    #[test]
    fn open_offers_are_never_exceeded(
        total in 1..10_000_000_i64, offers in vec(0..3_000_000_i64, 1..10),
    ) {
        prop_assume!(offers.iter().any(|&offer| offer > 0));
        let offers: Shares = offers
            .into_iter()
            .enumerate()
            .map(|(at, offer)| (format!("c{at:02}"), Amount::from_minor(offer)))
            .collect();
        let councils = offers.keys().map(Participant::new).collect();
        let total = Amount::from_minor(total);
        let rule = Rule::Open(offers.clone().into());
        let outcome = compute(&ShareRequest::new(Currency::EUR, total, rule, councils)).unwrap();
        prop_assert!(outcome.shares.iter().all(|(id, share)| *share <= offers[id]));
        prop_assert_eq!(sum(&outcome.shares), total.minor().min(sum(&offers)));
    }

    #[test]
    fn tax_is_half_up_once_and_fully_distributed(
        net in AMOUNT, bp in 0..=10_000_u32, weights in weights(),
    ) {
        let vat = vat_of(Amount::from_minor(net), bp).unwrap();
        let exact = i128::from(net) * i128::from(bp);
        let error = i128::from(vat.minor()) * 10_000 - exact;
        prop_assert!(error > -5_000 && error <= 5_000);

        let councils = weights
            .iter()
            .map(|(id, &weight)| Participant { weight: Some(weight), ..Participant::new(id) })
            .collect();
        let rule = Rule::By(Measure::Criterion(Criterion::default()));
        let request = ShareRequest {
            basis: Basis::Gross,
            vat_bp: bp,
            ..ShareRequest::new(Currency::EUR, Amount::from_minor(net), rule, councils)
        };
        let outcome = compute(&request).unwrap();
        prop_assert_eq!(sum(&outcome.shares), net + vat.minor());
        let lines = outcome.lines().unwrap();
        let total: i64 = lines.values().map(|line| line.vat.minor()).sum();
        prop_assert_eq!(total, vat.minor());
        for line in lines.values() {
            prop_assert!(!line.net.is_negative());
            prop_assert_eq!(line.net.minor() + line.vat.minor(), line.gross.minor());
        }
        prop_assert_eq!(
            distribute_vat(vat, &outcome.shares).unwrap().values().map(|v| v.minor()).sum::<i64>(),
            if net == 0 { 0 } else { vat.minor() }
        );
    }

    #[test]
    fn a_refund_never_exceeds_what_was_paid(
        paid in AMOUNT, weights in weights(), part in any::<Index>(),
    ) {
        prop_assume!(paid > 0);
        let paid = allocate(Amount::from_minor(paid), &weights).unwrap();
        let unspent = part.index(sum(&paid) as usize + 1) as i64;
        let back = refund(Amount::from_minor(unspent), &paid).unwrap();
        prop_assert_eq!(sum(&back), unspent);
        prop_assert!(back.iter().all(|(id, amount)| *amount <= paid[id]));
    }

    #[test]
    fn a_ceiling_of_the_reference_share_is_never_passed(
        call in call(), population in 1..300_000_u64, least in 0..12_usize,
    ) {
        let mut me = Participant { population: Some(population), ..Participant::new("me") };
        let looked = Scenario { firm: &call, intentions: &[], me: &me };
        let reference = looked.reference_share(least).unwrap();
        let curve = looked.price_curve(8).unwrap();
        prop_assert_eq!(curve.len(), 8);
        prop_assert_eq!(curve[0].share, call.total);
        me.ceiling = Some(reference);
        let today = Scenario { firm: &call, intentions: &[], me: &me }.today().unwrap();
        prop_assert!(today.shares["me"] <= reference);
    }
}
