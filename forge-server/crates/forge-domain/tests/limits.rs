//! At the edge of what can be counted, an answer is exact or an error: never another number, and
//! never a panic.

use forge_domain::{
    charter::LateJoinerPolicy,
    ledger::{Entry, Event, Evidence, Head, Recorded, Signer, verify},
    money::{Amount, Currency, NumberStyle},
    sharing::{
        Basis, Bounds, Criterion, Measure, Participant, Rule, ShareRequest, Shares, Weights,
        allocate, clamp, compute, distribute_vat, join, refund, tranches, vat_of,
    },
};
use proptest::{collection::vec, prelude::*};

fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) }
}

/// Amounts anywhere, most often where they run over.
fn minor() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        Just(i64::MAX),
        Just(i64::MIN),
        (0..1_000_i64).prop_map(|less| i64::MAX - less),
        (0..1_000_i64).prop_map(|more| i64::MIN + more),
        -1_000..1_000_i64,
    ]
}

fn weight() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), Just(u64::MAX), 0..3_u64]
}

fn amounts(column: &[i64]) -> Shares {
    let named = column.iter().enumerate();
    named.map(|(at, &minor)| (format!("c{at:02}"), Amount::from_minor(minor))).collect()
}

fn exact(shares: &Shares) -> i128 {
    shares.values().map(|share| i128::from(share.minor())).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sums_and_differences_are_exact_or_refused(
        a in minor(), b in minor(), more in vec(minor(), 0..6),
    ) {
        let (x, y) = (Amount::from_minor(a), Amount::from_minor(b));
        let fits = |exact: i128| i64::try_from(exact).ok();
        let told = |sum: Result<Amount, _>| sum.ok().map(Amount::minor);
        prop_assert_eq!(told(x.checked_add(y)), fits(i128::from(a) + i128::from(b)));
        prop_assert_eq!(told(x.checked_sub(y)), fits(i128::from(a) - i128::from(b)));
        // A sum that runs over on its way is refused, even where its end would fit again.
        let mut sum = Some(0_i64);
        for one in &more {
            sum = sum.and_then(|sum| sum.checked_add(*one));
        }
        prop_assert_eq!(told(Amount::checked_sum(more.into_iter().map(Amount::from_minor))), sum);
    }

    #[test]
    fn shares_are_exact_or_refused(total in minor(), column in vec(weight(), 0..8)) {
        let weights: Weights =
            column.iter().enumerate().map(|(at, &weight)| (format!("c{at:02}"), weight)).collect();
        let amount = Amount::from_minor(total);
        if let Ok(shares) = allocate(amount, &weights) {
            prop_assert_eq!(exact(&shares), i128::from(total));
        }
        let bounds: std::collections::BTreeMap<String, Bounds> = weights
            .keys()
            .map(|id| (id.clone(), Bounds { floor: Amount::ZERO, cap: Some(amount) }))
            .collect();
        if let Ok(clamped) = clamp(amount, &weights, &bounds) {
            let told = exact(&clamped.shares) + i128::from(clamped.gap.minor());
            prop_assert_eq!(told, i128::from(total));
        }
        let before: Shares = weights.keys().map(|id| (id.clone(), amount)).collect();
        let after: Shares = [("new".to_owned(), amount)].into();
        let terms = (LateJoinerPolicy::Redistribute, u32::MAX);
        let _ = join((&before, &after), "new", &before, terms);
    }

    #[test]
    fn documents_taxes_and_refunds_are_exact_or_refused(
        total in minor(), bp in any::<u32>(), column in vec(minor(), 0..8),
    ) {
        let (amount, shares) = (Amount::from_minor(total), amounts(&column));
        if let Ok(vat) = vat_of(amount, bp) {
            let error = i128::from(vat.minor()) * 10_000 - i128::from(total) * i128::from(bp);
            prop_assert!(error > -5_000 && error <= 5_000);
            let _ = distribute_vat(vat, &shares);
        }
        if let Ok(back) = refund(amount, &shares) {
            prop_assert_eq!(exact(&back), i128::from(total));
        }
        let slices: Vec<Amount> = column.iter().map(|&minor| Amount::from_minor(minor)).collect();
        if let Ok(plan) = tranches(&shares, &slices) {
            for (slice, tranche) in slices.iter().zip(&plan) {
                prop_assert_eq!(exact(&tranche.shares), i128::from(slice.minor()));
            }
        }
    }

    #[test]
    fn a_call_is_computed_exactly_or_refused(
        total in minor(), bp in 0..=10_000_u32, column in vec((weight(), minor()), 1..6),
        floor in minor(), cap in proptest::option::of(minor()),
    ) {
        let councils = column.iter().enumerate().map(|(at, &(weight, ceiling))| Participant {
            weight: Some(weight),
            ceiling: Some(Amount::from_minor(ceiling)),
            ..Participant::new(format!("c{at:02}"))
        });
        let rule = Rule::By(Measure::Criterion(Criterion::default()));
        let mut request = ShareRequest::new(
            Currency::EUR, Amount::from_minor(total), rule, councils.collect(),
        );
        request.basis = Basis::Gross;
        request.vat_bp = bp;
        request.floor = Amount::from_minor(floor);
        request.cap = cap.map(Amount::from_minor);
        if let Ok(outcome) = compute(&request) {
            let vat = vat_of(request.total, bp).unwrap();
            let told = exact(&outcome.shares) + i128::from(outcome.gap.minor());
            prop_assert_eq!(told, i128::from(total) + i128::from(vat.minor()));
        }
    }

    #[test]
    fn a_ledger_with_any_amount_in_it_is_judged(from in minor(), to in minor()) {
        let council: forge_domain::ledger::Key = "aubervac".parse().unwrap();
        let (from, to) = (Amount::from_minor(from), Amount::from_minor(to));
        let event = Event::PledgeAmended { council, from, to };
        let Ok(postings) = event.postings() else { return Ok(()) };
        let entry = Entry {
            seq: 1,
            ts: "2026-11-02T09:00:00Z".parse().unwrap(),
            kind: event.kind(),
            call: "CALL-2026-0001".parse().unwrap(),
            currency: Currency::EUR,
            actor: uuid::Uuid::nil(),
            council: None,
            postings,
            evidence: Vec::new(),
            reverses: None,
            idempotency_key: None,
        };
        let lawful = Head::EMPTY.clone().append(&entry).is_ok();
        let verifier = Signer::new("limits", &[7; 32]).unwrap().verifier();
        let evidence = Evidence { origin: "limits", verifier: &verifier, notes: &[], known: &[] };
        prop_assert_eq!(verify(&[Recorded::from(entry)], &evidence).is_sound(), lawful);
    }

    #[test]
    fn what_is_written_down_is_read_back(minor in 0..=i64::MAX) {
        for code in ["EUR", "JPY", "TND"] {
            let Ok(currency) = Currency::from_code(code) else { continue };
            let amount = Amount::from_minor(minor);
            let machine = amount.to_decimal(currency);
            prop_assert_eq!(Amount::parse(&machine, currency).unwrap(), amount);
            let point = NumberStyle::DecimalPoint;
            prop_assert_eq!(Amount::parse_styled(&machine, currency, point).unwrap(), amount);
            let comma = machine.replace('.', ",");
            let style = NumberStyle::DecimalComma;
            prop_assert_eq!(Amount::parse_styled(&comma, currency, style).unwrap(), amount);
        }
    }
}
