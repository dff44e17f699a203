use uuid::Uuid;

use super::*;
use crate::{
    calendar,
    id::Id,
    profiles::{EvidenceField, Profile},
};

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

fn day(text: &str) -> jiff::civil::Date {
    calendar::parse_date(text).unwrap()
}

fn deliberation() -> Evidence {
    Evidence {
        kind: "deliberation".to_owned(),
        number: Some("2026-112".to_owned()),
        date: Some(day("2026-11-16")),
        prefecture_receipt_on: None,
        published_on: None,
        url: None,
        file_digest: Some([1; 32]),
    }
}

fn mandate(max: i64) -> Mandate {
    Mandate {
        amount_max: amount(max),
        currency: Currency::EUR,
        valid_from: day("2026-01-01"),
        valid_until: day("2026-12-31"),
    }
}

/// The codes of what is wrong with the commitment of 12 000.00 after a change to it.
fn faults(change: &dyn Fn(&mut Commitment<'_>)) -> Vec<&'static str> {
    let (mandates, evidence) = ([mandate(2_500_000)], [deliberation()]);
    let profile = Profile::generic();
    let mut commitment = Commitment {
        ceiling: amount(1_200_000),
        currency: Currency::EUR,
        today: day("2026-11-22"),
        mandates: &mandates,
        evidence: &evidence,
        profile: &profile,
        vehicle: "each_buys",
        reference_share: amount(857_143),
        policy: CeilingPolicy::CoversShare,
        budget_years: &[],
    };
    change(&mut commitment);
    commitment.check().iter().map(PledgeError::code).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn every_act_in_every_state_is_listed_or_refused() {
    use PledgeAct as A;
    use PledgeState as S;
    let listed = [
        (None, A::Intend, S::Intention),
        (None, A::Commit, S::Firm),
        (Some(S::Intention), A::Commit, S::Firm),
        (Some(S::Intention), A::Refuse, S::Refused),
        (Some(S::Intention), A::Lapse, S::Lapsed),
        (Some(S::Firm), A::Amend, S::Firm),
        (Some(S::Firm), A::Withdraw, S::Withdrawn),
        (Some(S::Firm), A::Release, S::Released),
        (Some(S::Firm), A::Confirm, S::Confirmed),
    ];
    let states = S::ALL.iter().copied().map(Some).chain([None]);
    for from in states {
        for &act in A::ALL {
            let expected = listed.iter().find(|row| (row.0, row.1) == (from, act));
            let found = transition(from, act);
            assert_eq!(found.clone().ok(), expected.map(|row| row.2), "{from:?} {act}");
            if let Err(error) = found {
                assert!(["pledge_state", "snapshot_frozen"].contains(&error.code()));
            }
        }
    }
    assert_eq!(transition(Some(S::Confirmed), A::Withdraw), Err(PledgeError::Frozen));
}

#[test]
fn what_a_call_does_at_its_end_is_possible_in_each_state() {
    for &state in PledgeState::ALL {
        let acts = [state.way_out(), state.when_call_ends(), state.when_call_confirmed()];
        for act in acts.into_iter().flatten() {
            assert!(transition(Some(state), act).is_ok(), "{state} {act}");
        }
    }
    assert_eq!(PledgeState::Firm.when_call_ends(), Some(PledgeAct::Release));
    assert_eq!(PledgeState::Intention.when_call_ends(), Some(PledgeAct::Lapse));
}

#[test]
fn what_only_the_system_does_is_nobodys_deed() {
    let of_people: Vec<_> = PledgeAct::ALL.iter().filter(|act| act.deed().is_some()).collect();
    assert_eq!(
        of_people,
        [
            &PledgeAct::Intend,
            &PledgeAct::Commit,
            &PledgeAct::Amend,
            &PledgeAct::Refuse,
            &PledgeAct::Withdraw
        ]
    );
}

#[test]
fn a_complete_commitment_has_no_fault() {
    assert_eq!(faults(&|_| {}), NONE);
}

#[test]
fn the_mandate_covers_the_ceiling_on_the_day() {
    let with = |mandates: &[Mandate], ceiling, today: &str| {
        check_mandate(mandates, amount(ceiling), Currency::EUR, day(today))
            .map_err(|error| error.code())
            .err()
    };
    let small = [mandate(1_000)];
    let both = [mandate(1_000), mandate(2_000)];
    assert_eq!(with(&[], 1, "2026-06-01"), Some("mandate_missing"));
    assert_eq!(with(&small, 1_000, "2026-06-01"), None);
    assert_eq!(with(&small, 1_001, "2026-06-01"), Some("mandate_exceeded"));
    assert_eq!(with(&both, 2_000, "2026-06-01"), None);
    assert_eq!(with(&small, 1, "2026-01-01"), None, "its first day");
    assert_eq!(with(&small, 1, "2026-12-31"), None, "its last day");
    assert_eq!(with(&small, 1, "2025-12-31"), Some("mandate_expired"));
    assert_eq!(with(&small, 1, "2027-01-01"), Some("mandate_expired"));
    let krone = Mandate { currency: Currency::DKK, ..mandate(1_000) };
    assert_eq!(with(&[krone], 1, "2026-06-01"), Some("currency_mismatch"));
    let sentence = PledgeError::MandateExceeded {
        max: amount(2_500_000),
        ceiling: amount(2_500_001),
        currency: Currency::EUR,
    };
    let said = sentence.to_string();
    assert!(said.contains("25000.00 EUR") && said.contains("25000.01 EUR"), "{said}");
}

#[test]
fn evidence_is_complete_for_profile_and_vehicle() {
    let profile = Profile::generic();
    let check = |evidence: &[Evidence], profile: &Profile| {
        check_evidence(evidence, profile, "each_buys", day("2026-11-22")).err()
    };
    let incomplete = |gap| Some(PledgeError::EvidenceIncomplete(gap));
    assert_eq!(check(&[], &profile), incomplete(EvidenceGap::Nothing));
    assert_eq!(check(&[deliberation()], &profile), None);
    let of_kind = |kind: &str| Evidence { kind: kind.to_owned(), ..deliberation() };
    assert_eq!(check(&[of_kind("mou")], &profile), incomplete(EvidenceGap::IntentionOnly));
    assert_eq!(
        check(&[of_kind("handshake")], &profile),
        incomplete(EvidenceGap::UnknownKind("handshake".to_owned()))
    );
    let blank = Evidence { number: Some("  ".to_owned()), ..deliberation() };
    assert_eq!(check(&[blank], &profile), incomplete(EvidenceGap::Field(EvidenceField::Number)));
    let undated = Evidence { date: None, ..deliberation() };
    assert_eq!(
        check(&[of_kind("mou"), undated.clone()], &profile),
        incomplete(EvidenceGap::Field(EvidenceField::Date)),
        "the document that comes nearest is spoken of"
    );
    assert_eq!(check(&[undated, deliberation()], &profile), None);
    let tomorrow = Evidence { date: Some(day("2026-11-23")), ..deliberation() };
    assert_eq!(check(&[tomorrow], &profile), incomplete(EvidenceGap::FutureDate));

    // As the law of a country may ask: enforceable once received and published.
    let mut strict = Profile::generic();
    strict.evidence[0].enforceable_with =
        vec![EvidenceField::PrefectureReceipt, EvidenceField::Published];
    let received = Evidence { prefecture_receipt_on: Some(day("2026-11-18")), ..deliberation() };
    assert_eq!(
        check(std::slice::from_ref(&received), &strict),
        Some(PledgeError::EvidenceNotEnforceable(EvidenceField::Published))
    );
    let published = Evidence { published_on: Some(day("2026-11-19")), ..received };
    assert_eq!(check(&[published], &strict), None);
    strict.vehicles[0].evidence = vec!["purchase_order".to_owned()];
    assert_eq!(
        check(&[deliberation()], &strict),
        incomplete(EvidenceGap::VehicleRefuses("deliberation".to_owned()))
    );
}

#[test]
fn the_ceiling_covers_the_share_unless_the_call_allows_less() {
    assert_eq!(faults(&|c| c.reference_share = amount(1_200_000)), NONE);
    assert_eq!(faults(&|c| c.reference_share = amount(1_200_001)), ["ceiling_exceeded"]);
    let low = |c: &mut Commitment<'_>| {
        c.reference_share = amount(1_200_001);
        c.policy = CeilingPolicy::MayBeLow;
    };
    assert_eq!(faults(&low), NONE);
    assert_eq!(faults(&|c| c.ceiling = amount(2_500_001)), ["mandate_exceeded"]);
}

#[test]
fn all_faults_are_said_at_once() {
    const YEARS: &[BudgetYear] = &[BudgetYear { year: 2027, amount: Amount::from_minor(1) }];
    let everything = |c: &mut Commitment<'_>| {
        c.ceiling = Amount::ZERO;
        c.mandates = &[];
        c.evidence = &[];
        c.budget_years = YEARS;
    };
    assert_eq!(
        faults(&everything),
        [
            "invalid_amount",
            "mandate_missing",
            "evidence_incomplete",
            "ceiling_exceeded",
            "budget_years_mismatch"
        ]
    );
}

#[test]
fn the_years_add_up_to_the_ceiling() {
    let years = |parts: [i64; 2]| {
        let years = [2027, 2028].map(|year| (year, parts[usize::from(year == 2028)]));
        let years = years.map(|(year, minor)| BudgetYear { year, amount: amount(minor) });
        let (mandates, evidence) = ([mandate(2_500_000)], [deliberation()]);
        let profile = Profile::generic();
        let commitment = Commitment {
            ceiling: amount(1_200_000),
            currency: Currency::EUR,
            today: day("2026-11-22"),
            mandates: &mandates,
            evidence: &evidence,
            profile: &profile,
            vehicle: "each_buys",
            reference_share: Amount::ZERO,
            policy: CeilingPolicy::CoversShare,
            budget_years: &years,
        };
        commitment.check().iter().map(PledgeError::code).collect::<Vec<_>>()
    };
    assert_eq!(years([700_000, 500_000]), NONE);
    assert_eq!(years([700_000, 500_001]), ["budget_years_mismatch"]);
    assert_eq!(years([1_300_000, -100_000]), ["budget_years_mismatch"]);
    assert_eq!(years([i64::MAX, 1]), ["overflow"]);
}

#[test]
fn raising_a_ceiling_takes_new_evidence_and_lowering_does_not() {
    let profile = Profile::generic();
    let (mandates, evidence) = ([mandate(2_500_000)], [deliberation()]);
    let amended = |from, evidence: &[Evidence]| {
        let new = Commitment {
            ceiling: amount(1_200_000),
            currency: Currency::EUR,
            today: day("2026-11-22"),
            mandates: &mandates,
            evidence,
            profile: &profile,
            vehicle: "each_buys",
            reference_share: amount(857_143),
            policy: CeilingPolicy::CoversShare,
            budget_years: &[],
        };
        amend(amount(from), &new).iter().map(PledgeError::code).collect::<Vec<_>>()
    };
    assert_eq!(amended(1_500_000, &[]), NONE);
    assert_eq!(amended(1_000_000, &[]), ["evidence_incomplete"]);
    assert_eq!(amended(1_000_000, &evidence), NONE);
}

#[test]
fn a_withdrawal_gives_its_reason_and_a_confirmation_stays_below_the_ceiling() {
    assert_eq!(withdraw(PledgeState::Firm, "budget not voted"), Ok(PledgeState::Withdrawn));
    assert_eq!(withdraw(PledgeState::Firm, " "), Err(PledgeError::ReasonMissing));
    assert_eq!(withdraw(PledgeState::Confirmed, "too late"), Err(PledgeError::Frozen));
    let confirm = |share| confirm(PledgeState::Firm, amount(100), amount(share), Currency::EUR);
    assert_eq!(confirm(100), Ok(PledgeState::Confirmed));
    assert_eq!(confirm(101).unwrap_err().code(), "ceiling_exceeded");
}

#[test]
fn nobody_checks_their_own_evidence() {
    let person = |n| Id::new(Uuid::from_u128(n));
    assert_eq!(second_check(person(1), person(1)), Err(PledgeError::SamePerson));
    assert_eq!(second_check(person(1), person(2)), Ok(()));
}

#[test]
fn what_the_ledger_records_balances_to_nothing_in_the_end() {
    let key = || "aubervac".parse::<Key>().unwrap();
    let made = ledger_event(PledgeAct::Commit, key(), amount(5)).unwrap().postings().unwrap();
    for act in [PledgeAct::Withdraw, PledgeAct::Release] {
        let ended = ledger_event(act, key(), amount(5)).unwrap().postings().unwrap();
        for (debit, credit) in made.iter().zip(&ended) {
            assert_eq!(debit.account, credit.account);
            assert_eq!(debit.amount.minor(), -credit.amount.minor());
        }
    }
    assert!(ledger_event(PledgeAct::Intend, key(), amount(5)).is_none());
}
