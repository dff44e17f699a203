use super::*;
use crate::{
    calendar,
    money::{Amount, Currency},
    profiles::tests::plain,
    sharing::{Basis, Rule},
};

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

/// The call of example E7: 80 000, of which the first three milestones make 64 000.
fn terms() -> CallTerms {
    let milestone = |(number, minor): (u32, i64)| MilestoneTerms {
        title: format!("M{number}"),
        amount: amount(minor),
    };
    CallTerms {
        currency: Currency::EUR,
        basis: Basis::Net,
        vat_bp: 2000,
        target: amount(8_000_000),
        reserve: Amount::ZERO,
        milestones: [(1, 2_400_000), (2, 2_400_000), (3, 1_600_000), (4, 1_600_000)]
            .map(milestone)
            .to_vec(),
        thresholds: Thresholds {
            min_amount: amount(6_400_000),
            min_councils: 4,
            ..Thresholds::default()
        },
        rule: Rule::EQUAL,
        floor: Amount::ZERO,
        cap: None,
        opens_on: calendar::parse_date("2027-01-04").unwrap(),
        deadline: calendar::parse_date("2027-03-31").unwrap(),
        grace_days: 10,
        early_close: false,
        licence: "EUPL-1.2".to_owned(),
        vehicle: "each_buys".to_owned(),
    }
}

fn clock() -> CallClock {
    let zone = calendar::parse_zone("Europe/Paris").unwrap();
    let terms = terms();
    CallClock {
        deadline: calendar::deadline_instant(terms.deadline, &zone).unwrap(),
        grace: calendar::grace_instant(terms.deadline, terms.grace_days, &zone).unwrap(),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn standing(pledges: &[(&str, i64)]) -> Standing {
    Standing {
        means: amount(pledges.iter().map(|(_, minor)| minor).sum()),
        councils: pledges.iter().map(|(council, _)| ((*council).to_owned(), 1000)).collect(),
    }
}

fn five() -> Standing {
    standing(&[
        ("aubervac", 2_000_000),
        ("belrive", 1_500_000),
        ("corbelle", 1_350_000),
        ("dormont", 1_000_000),
        ("esterey", 750_000),
    ])
}

#[test]
fn a_complete_call_has_no_fault_and_opens() {
    let faults = terms().check(&plain());
    assert_eq!(faults, []);
    let now = at("2027-01-04T08:00:00Z");
    assert_eq!(publish(CallState::Draft, faults, clock(), now), Ok(CallState::Open));
    let late = publish(CallState::Draft, vec![], clock(), clock().deadline);
    assert_eq!(late, Err(CallError::DeadlineOver));
    assert_eq!(terms().whole().cost, amount(8_000_000));
}

#[test]
fn all_faults_are_said_at_once() {
    let mut wrong = terms();
    wrong.target = amount(7_999_999);
    wrong.thresholds.min_amount = amount(3_000_000);
    wrong.thresholds.min_councils = 1;
    wrong.milestones[1].title = " ".to_owned();
    wrong.floor = amount(2);
    wrong.cap = Some(amount(1));
    wrong.deadline = calendar::parse_date("2027-01-17").unwrap();
    wrong.vehicle = "handshake".to_owned();
    wrong.licence = "BUSL-1.1".to_owned();
    wrong.vat_bp = 10_001;
    let faults = wrong.check(&plain());
    let codes: Vec<_> = faults.iter().map(TermsFault::code).collect();
    assert_eq!(
        codes,
        [
            "floor_above_cap",
            "milestone_missing",
            "milestone_sum_mismatch",
            "below_minimum_prefix",
            "too_few_councils",
            "deadline_too_near",
            "vat_rate_unknown",
            "vehicle_unknown",
            "licence_not_open",
        ]
    );
    let now = at("2027-01-04T08:00:00Z");
    let refusal = publish(CallState::Draft, faults, clock(), now).unwrap_err();
    assert_eq!(refusal.code(), "terms_incomplete");
}

#[test]
fn the_edges_of_the_terms() {
    let fault = |change: &dyn Fn(&mut CallTerms)| {
        let mut terms = terms();
        change(&mut terms);
        terms.check(&plain()).iter().map(TermsFault::code).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    let day = |text: &str| calendar::parse_date(text).unwrap();
    assert_eq!(fault(&|t| t.deadline = day("2027-01-18")), none, "fourteen days are enough");
    assert_eq!(fault(&|t| t.deadline = day("2027-01-17")), ["deadline_too_near"]);
    assert_eq!(fault(&|t| t.thresholds.min_amount = t.target), none);
    assert_eq!(fault(&|t| t.thresholds.min_amount = amount(2_400_000)), none);
    assert_eq!(fault(&|t| t.thresholds.min_amount = Amount::ZERO), ["below_minimum_prefix"]);
    assert_eq!(fault(&|t| t.thresholds.min_amount = amount(8_000_001)), ["minimum_above_target"]);
    assert_eq!(fault(&|t| t.grace_days = -1), ["date_out_of_range"]);
    assert_eq!(
        fault(&|t| {
            t.reserve = reserve_of(t.target, 500).unwrap();
            t.target = t.target.checked_add(t.reserve).unwrap();
        }),
        none,
        "a reserve is part of the target"
    );
    assert_eq!(fault(&|t| t.reserve = amount(-1)), ["invalid_amount", "milestone_sum_mismatch"]);
    assert!(fault(&|t| t.milestones[0].amount = amount(i64::MAX)).contains(&"overflow"));
    assert_eq!(fault(&|t| t.rule = Rule::Envelopes(vec![])), ["unknown_rule"]);
}

#[test]
fn pledges_make_a_call_reached_and_open_again() {
    let thresholds = terms().thresholds;
    let four = standing(&[("a", 2_000_000), ("b", 2_000_000), ("c", 2_000_000), ("d", 399_999)]);
    assert_eq!(recount(CallState::Open, &thresholds, &five()), CallState::Reached);
    assert_eq!(recount(CallState::Reached, &thresholds, &five()), CallState::Reached);
    assert_eq!(recount(CallState::Reached, &thresholds, &four), CallState::Open, "a cent short");
    for over in [CallState::Draft, CallState::Confirmed, CallState::Failed, CallState::Cancelled] {
        assert_eq!(recount(over, &thresholds, &five()), over);
    }
}

#[test]
fn the_three_endings_of_example_e7() {
    let end = clock().grace;
    let judge = |standing: &Standing| {
        judge_deadline(CallState::Open, &terms(), standing, clock(), end).unwrap()
    };
    let first = standing(&[
        ("aubervac", 2_000_000),
        ("belrive", 1_500_000),
        ("corbelle", 1_350_000),
        ("dormont", 1_000_000),
    ]);
    assert_eq!(judge(&first), Ending::Failed(vec![Shortfall::Amount(amount(550_000))]));
    let kept = Prefix { count: 3, cost: amount(6_400_000) };
    assert_eq!(judge(&five()), Ending::Confirmed(kept));
    let third =
        standing(&[("aubervac", 2_000_000), ("corbelle", 2_500_000), ("dormont", 2_000_000)]);
    assert_eq!(judge(&third), Ending::Failed(vec![Shortfall::Councils(1)]));
    let whole = Standing { means: amount(9_000_000), ..five() };
    assert_eq!(judge(&whole), Ending::Confirmed(terms().whole()));
}

#[test]
fn a_deadline_waits_for_its_day_then_for_grace() {
    let judge = |standing: &Standing, now| {
        judge_deadline(CallState::Open, &terms(), standing, clock(), at(now)).unwrap()
    };
    let nobody = Standing::default();
    // 31 March ends at 22:00 UTC in Paris, ten days later grace does.
    for early in ["2027-01-05T00:00:00Z", "2027-03-31T21:59:59Z"] {
        assert_eq!(judge(&five(), early), Ending::NotYet(at("2027-03-31T22:00:00Z")));
    }
    assert!(matches!(judge(&five(), "2027-03-31T22:00:00Z"), Ending::Confirmed(_)));
    let wait = Ending::NotYet(at("2027-04-10T22:00:00Z"));
    assert_eq!(judge(&nobody, "2027-03-31T22:00:00Z"), wait);
    assert_eq!(judge(&nobody, "2027-04-10T21:59:59Z"), wait);
    assert!(matches!(judge(&nobody, "2027-04-10T22:00:00Z"), Ending::Failed(_)));
    assert!(matches!(judge(&nobody, "2031-01-01T00:00:00Z"), Ending::Failed(_)));
}

#[test]
fn a_call_ends_once() {
    let now = clock().grace;
    for &state in CallState::ALL {
        let judged = judge_deadline(state, &terms(), &five(), clock(), now);
        let open = matches!(state, CallState::Open | CallState::Reached);
        assert_eq!(judged.is_ok(), open, "{state}");
        assert_eq!(state.is_over(), !open && state != CallState::Draft, "{state}");
    }
}

#[test]
fn early_confirmation_needs_leave_and_the_whole_target() {
    let whole = Standing { means: amount(8_000_000), ..five() };
    let mut terms = terms();
    let early = |state, terms: &CallTerms, standing: &Standing| {
        confirm_early(state, terms, standing, false).map_err(|error| error.code().to_owned())
    };
    assert_eq!(early(CallState::Reached, &terms, &whole), Err("early_close_refused".to_owned()));
    terms.early_close = true;
    assert_eq!(early(CallState::Reached, &terms, &whole), Ok(terms.whole()));
    assert_eq!(early(CallState::Reached, &terms, &five()), Err("target_not_covered".to_owned()));
    assert_eq!(early(CallState::Open, &terms, &whole), Err("call_not_open".to_owned()));
    assert_eq!(early(CallState::Confirmed, &terms, &whole), Err("snapshot_frozen".to_owned()));
}

#[test]
fn every_act_in_every_state_is_listed_or_refused() {
    use CallState::{Cancelled, Confirmed, Draft, Failed, Open, Reached};
    let now = at("2027-02-01T00:00:00Z");
    let row = |state| {
        [
            publish(state, vec![], clock(), now).is_ok(),
            edit(state).is_ok(),
            cancel(state, "no longer needed").is_ok(),
            takes_intentions(state, clock(), now).is_ok(),
            takes_decisions(state, clock(), now).is_ok(),
        ]
    };
    //                            publish edit  cancel intend decide
    assert_eq!(row(Draft), [true, true, true, false, false]);
    assert_eq!(row(Open), [false, false, true, true, true]);
    assert_eq!(row(Reached), [false, false, true, true, true]);
    for over in [Confirmed, Failed, Cancelled] {
        assert_eq!(row(over), [false; 5], "{over}");
    }
    assert_eq!(cancel(Open, " \n"), Err(CallError::ReasonMissing));
    let (deadline, grace) = (clock().deadline, clock().grace);
    assert_eq!(takes_intentions(Open, clock(), deadline), Err(CallError::DeadlineOver));
    assert_eq!(takes_decisions(Open, clock(), deadline), Ok(()));
    assert_eq!(takes_decisions(Open, clock(), grace), Err(CallError::DeadlineOver));
}
