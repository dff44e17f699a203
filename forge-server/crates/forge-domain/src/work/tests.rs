use super::{Days, WorkError, WorkState, judged_by, offer, terms, withdraw};
use crate::{
    call::CallState,
    charter::InKindTerms,
    milestone::MilestoneState,
    money::{Amount, Currency},
};

fn days(text: &str) -> Days {
    text.parse().unwrap()
}

fn at(day_rate: i64, max_share_bp: u32) -> InKindTerms {
    let day_rate = Amount::from_minor(day_rate);
    InKindTerms { day_rate, currency: Currency::EUR, max_share_bp }
}

fn worth(text: &str, day_rate: i64) -> i64 {
    at(day_rate, 10_000).value(days(text)).unwrap().minor()
}

#[test]
fn days_are_read_in_hundredths_with_a_point_or_a_comma() {
    for (text, hundredths, told) in [
        ("12", 1200, "12"),
        ("2.5", 250, "2.5"),
        ("0,25", 25, "0.25"),
        (" 1.05 ", 105, "1.05"),
        ("3.00", 300, "3"),
        ("10000", 1_000_000, "10000"),
    ] {
        assert_eq!(days(text).hundredths(), hundredths, "{text}");
        assert_eq!(days(text).to_string(), told, "{text}");
    }
    for text in ["", "0", "0.00", "-1", "+1", "1.234", "1.", ".5", "1e3", "1 000", "١", "10000.01"]
    {
        assert_eq!(text.parse::<Days>(), Err(WorkError::Days), "{text}");
    }
}

#[test]
fn e12_the_days_are_worth_what_the_example_says() {
    assert_eq!(worth("12", 45_000), 540_000);
    assert_eq!(worth("30", 45_000), 1_350_000);
}

#[test]
fn half_a_cent_is_rounded_up_once() {
    // 0.25 × 450.02 = 112.505; 0.25 × 450.01 = 112.5025.
    assert_eq!(worth("0.25", 45_002), 11_251);
    assert_eq!(worth("0.25", 45_001), 11_250);
    assert_eq!(worth("0.01", 50), 1);
    assert_eq!(worth("0.01", 49), 0);
}

#[test]
fn a_value_beyond_reckoning_is_an_error() {
    let rate = at(i64::MAX, 10_000);
    assert_eq!(rate.value(days("2")).unwrap_err().code(), "overflow");
}

#[test]
fn work_is_at_most_its_part_of_the_whole_cost() {
    let target = Amount::from_minor(4_000_000);
    // Half of the whole: as much work as money.
    let half = at(45_000, 5000);
    assert_eq!(half.most(target).unwrap(), Some(target));
    // A third of the whole is half of the money.
    let third = at(45_000, 3333);
    assert_eq!(third.most(target).unwrap(), Some(Amount::from_minor(1_999_700)));
    let (already, value) = (Amount::from_minor(1_900_000), Amount::from_minor(99_700));
    assert_eq!(third.admits(target, already, value), Ok(()));
    let more = Amount::from_minor(99_701);
    assert_eq!(
        third.admits(target, already, more),
        Err(WorkError::TooMuch { left: Amount::from_minor(99_700) })
    );
    assert_eq!(at(45_000, 0).most(target).unwrap(), Some(Amount::ZERO));
    assert_eq!(at(45_000, 10_000).most(target).unwrap(), None);
}

#[test]
fn work_is_valued_by_the_charter_in_the_currency_of_the_call() {
    let eur = at(45_000, 5000);
    assert_eq!(terms(None, Currency::EUR), Err(WorkError::NotTaken));
    assert_eq!(terms(Some(&eur), Currency::EUR), Ok(eur));
    let other = terms(Some(&eur), Currency::DKK).unwrap_err();
    assert_eq!(other, WorkError::Currency { rate: Currency::EUR, call: Currency::DKK });
}

#[test]
fn work_is_offered_while_the_call_collects_or_is_carried_out() {
    for &call in CallState::ALL {
        let takes = matches!(
            call,
            CallState::Open | CallState::Reached | CallState::Confirmed | CallState::Executing
        );
        let expected = if takes { Ok(WorkState::Offered) } else { Err(WorkError::Call(call)) };
        assert_eq!(offer(call, MilestoneState::Planned), expected, "{call}");
    }
    assert_eq!(offer(CallState::Open, MilestoneState::Dropped), Err(WorkError::Dropped));
}

#[test]
fn counted_work_stays_and_nobody_judges_their_own() {
    assert_eq!(withdraw(false), Ok(()));
    assert_eq!(withdraw(true), Err(WorkError::Counted));
    assert_eq!(judged_by(1, 2), Ok(()));
    assert_eq!(judged_by(1, 1), Err(WorkError::SamePerson));
}
