use super::*;
use crate::calendar::parse_date;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// A small profile: four kinds that back a firm pledge, one that does not, eight vehicles.
pub(crate) fn plain() -> Profile {
    const FIRM: [&str; 4] =
        ["deliberation", "delegated_decision", "purchase_order", "signed_agreement"];
    let rule = |kind: &str, backs| EvidenceRule {
        kind: kind.to_owned(),
        backs,
        needs: vec![EvidenceField::Number, EvidenceField::Date],
        enforceable_with: Vec::new(),
        second_check: false,
    };
    let mut evidence: Vec<_> = FIRM.iter().map(|kind| rule(kind, Backs::FirmPledge)).collect();
    evidence.push(rule("mou", Backs::IntentionOnly));
    let vehicle = |code: &str, basis| Vehicle {
        code: code.to_owned(),
        basis,
        evidence: FIRM.map(str::to_owned).to_vec(),
    };
    Profile {
        code: "generic".to_owned(),
        country: None,
        valid_from: day("2026-01-01"),
        checked_on: day("2026-11-01"),
        csv_separator: ',',
        registers: Vec::new(),
        evidence,
        vehicles: vec![
            vehicle("each_buys", Some(Basis::Gross)),
            vehicle("public_cooperation", None),
        ],
        vat_rates: Vec::new(),
        bands: Vec::new(),
        thresholds: Vec::new(),
        holidays: Holidays::default(),
    }
}

#[test]
fn a_profile_hangs_together_or_says_why_not() {
    assert_eq!(plain().check(), []);
    let mut wrong = plain();
    wrong.checked_on = day("2025-12-31");
    wrong.vehicles[0].evidence = vec!["mou".to_owned(), "promise".to_owned()];
    wrong.vehicles[1].evidence.clear();
    wrong.evidence.push(wrong.evidence[0].clone());
    wrong.bands = vec![Bands { code: "strata".to_owned(), upto: vec![500, 500] }];
    let accepts = |kind: &str| ProfileFault::Accepts {
        vehicle: "each_buys".to_owned(),
        kind: kind.to_owned(),
    };
    assert_eq!(
        wrong.check(),
        [
            ProfileFault::CheckedBefore(day("2025-12-31")),
            ProfileFault::Twice("deliberation".to_owned()),
            accepts("mou"),
            accepts("promise"),
            ProfileFault::AcceptsNothing("public_cooperation".to_owned()),
            ProfileFault::BandsNotRising("strata".to_owned()),
        ]
    );
}

#[test]
fn rows_of_the_same_thing_never_hold_on_the_same_day() {
    let row = |bp, from: &str, until: Option<&str>| VatRate {
        bp,
        valid: Validity { from: day(from), until: until.map(day) },
    };
    let check = |rows: Vec<VatRate>| Profile { vat_rates: rows, ..plain() }.check();
    let then_now =
        || vec![row(2000, "2014-01-01", Some("2027-12-31")), row(2000, "2028-01-01", None)];
    assert_eq!(check(then_now()), []);
    let crossing = vec![row(2000, "2014-01-01", None), row(2000, "2028-01-01", None)];
    assert_eq!(check(crossing), [ProfileFault::Crossing("2000".to_owned())]);
    let backwards = vec![row(2000, "2014-01-01", Some("2013-12-31"))];
    assert_eq!(check(backwards), [ProfileFault::EndsFirst("2000".to_owned())]);
    assert_eq!(check(vec![row(10_001, "2014-01-01", None)]), [ProfileFault::VatRate(10_001)]);
}

#[test]
fn a_rate_of_vat_is_one_of_the_day() {
    let rate = |bp, from: &str, until: Option<&str>| VatRate {
        bp,
        valid: Validity { from: day(from), until: until.map(day) },
    };
    let rates = vec![rate(1960, "2000-04-01", Some("2013-12-31")), rate(2000, "2014-01-01", None)];
    let profile = Profile { vat_rates: rates, ..plain() };
    assert!(profile.has_vat_rate(2000, day("2026-11-22")));
    assert!(!profile.has_vat_rate(1960, day("2026-11-22")));
    assert!(profile.has_vat_rate(1960, day("2013-12-31")));
    assert!(!profile.has_vat_rate(0, day("2026-11-22")));
    assert!(plain().has_vat_rate(2000, day("2026-11-22")), "without a list, any rate");
    assert!(!plain().has_vat_rate(10_001, day("2026-11-22")));
}
