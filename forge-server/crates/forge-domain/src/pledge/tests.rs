use uuid::Uuid;

use super::*;
use crate::{
    access::{Grant, Role},
    calendar,
    id::Id,
    profiles::{EvidenceField, Profile, tests::plain},
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
        delegation_ref: None,
        url: None,
        file_digest: Some([1; 32]),
        checked: false,
    }
}

fn mandate(max: i64) -> Mandate {
    Mandate {
        amount_max: amount(max),
        currency: Currency::EUR,
        kinds: MandateKind::ALL.to_vec(),
        valid_from: day("2026-01-01"),
        valid_until: day("2026-12-31"),
    }
}

/// The codes of what is wrong with the commitment of 12 000.00 after a change to it.
fn faults(change: &dyn Fn(&mut Commitment<'_>)) -> Vec<&'static str> {
    let (mandates, evidence) = ([mandate(2_500_000)], [deliberation()]);
    let profile = plain();
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

/// Who moves a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doer {
    /// Whoever holds this role in the council concerned.
    Holds(Role),
    /// A clock, an account that is even, a vote that passed.
    System,
}

const S: &str = "signatory";
const F: &str = "finance";
const L: &str = "lead";
const EVERYONE: &[&str] = &["developer", "maintainer", L, F, S];

/// The table of domain.md §c9 written by hand, one row a transition: from, act, to, and who does
/// it (nobody: the system). Nothing here is taken from the code.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &[&str])] = &[
    ("-",                "intend",     "intention",        EVERYONE),
    ("intention",        "schedule",   "pending_decision", &[F]),
    ("pending_decision", "schedule",   "pending_decision", &[F]),
    ("intention",        "attest",     "intention",        &[F]),
    ("pending_decision", "attest",     "pending_decision", &[F]),
    ("intention",        "return",     "intention",        &[F]),
    ("pending_decision", "return",     "pending_decision", &[F]),
    ("-",                "sign",       "pending_decision", &[S]),
    ("intention",        "sign",       "pending_decision", &[S]),
    ("pending_decision", "sign",       "pending_decision", &[S]),
    ("-",                "commit",     "firm",             &[S]),
    ("intention",        "commit",     "firm",             &[S]),
    ("pending_decision", "commit",     "firm",             &[S]),
    ("pending_decision", "complete",   "firm",             &[]),
    ("firm",             "amend",      "firm",             &[S]),
    ("intention",        "refuse",     "refused",          &[S, F]),
    ("pending_decision", "refuse",     "refused",          &[S, F]),
    ("firm",             "withdraw",   "withdrawn",        &[S]),
    ("intention",        "lapse",      "lapsed",           &[]),
    ("pending_decision", "lapse",      "lapsed",           &[]),
    ("firm",             "release",    "released",         &[]),
    ("firm",             "confirm",    "confirmed",        &[]),
    ("confirmed",        "order",      "ordered",          &[F]),
    ("confirmed",        "settle",     "settled",          &[]),
    ("ordered",          "settle",     "settled",          &[]),
    ("defaulted",        "settle",     "settled",          &[]),
    ("settled",          "unsettle",   "confirmed",        &[]),
    ("confirmed",        "default",    "defaulted",        &[]),
    ("ordered",          "default",    "defaulted",        &[]),
    ("confirmed",        "substitute", "substituted",      &[S, L]),
    ("pending_decision", "take_place", "confirmed",        &[S, L]),
    ("pending_decision", "join",       "confirmed",        &[]),
];

/// What the rules say of one triple: the state it leads to, nothing where it is refused.
fn judged(from: Option<PledgeState>, act: PledgeAct, doer: Doer) -> Option<PledgeState> {
    let may = match doer {
        Doer::System => act.deeds().is_empty(),
        Doer::Holds(role) => act.deeds().iter().any(|deed| deed.rule().grant(role) == Grant::Own),
    };
    transition(from, act).ok().filter(|_| may)
}

#[test]
fn every_state_event_and_role_is_listed_or_refused() {
    let word = |state: Option<PledgeState>| state.map_or("-", PledgeState::name);
    let doers = Role::ALL.iter().map(|role| Doer::Holds(*role)).chain([Doer::System]);
    let doers: Vec<_> = doers.collect();
    let (mut found, mut triples) = (0, 0);
    for from in PledgeState::ALL.iter().copied().map(Some).chain([None]) {
        for &act in PledgeAct::ALL {
            let row = TABLE.iter().find(|row| (row.0, row.1) == (word(from), act.name()));
            for &doer in &doers {
                let listed = row.filter(|(_, _, _, who)| match doer {
                    Doer::System => who.is_empty(),
                    Doer::Holds(role) => who.contains(&role.name()),
                });
                let to = judged(from, act, doer);
                assert_eq!(
                    to.map(PledgeState::name),
                    listed.map(|row| row.2),
                    "{from:?} {act} {doer:?}"
                );
                triples += 1;
                found += usize::from(to.is_some());
            }
        }
    }
    assert_eq!(triples, 13 * 20 * 8, "states and none, acts, roles and the system");
    let rows: usize = TABLE.iter().map(|row| row.3.len().max(1)).sum();
    assert_eq!(found, rows, "no row of the table is missed");
}

#[test]
fn what_is_refused_says_so_with_a_code() {
    for from in PledgeState::ALL.iter().copied().map(Some).chain([None]) {
        for &act in PledgeAct::ALL {
            if let Err(error) = transition(from, act) {
                assert!(["pledge_state", "snapshot_frozen"].contains(&error.code()));
            }
        }
    }
    let frozen = transition(Some(PledgeState::Confirmed), PledgeAct::Withdraw);
    assert_eq!(frozen, Err(PledgeError::Frozen));
}

#[test]
fn what_a_call_does_at_its_end_is_possible_in_each_state() {
    for &state in PledgeState::ALL {
        let acts = [state.way_out(), state.when_call_ends(), state.when_call_confirmed()];
        for act in acts.into_iter().flatten() {
            assert!(transition(Some(state), act).is_ok(), "{state} {act}");
        }
        assert!(!(state.is_undecided() && state.is_binding()), "{state}");
    }
    assert_eq!(PledgeState::Firm.when_call_ends(), Some(PledgeAct::Release));
    assert_eq!(PledgeState::Intention.when_call_ends(), Some(PledgeAct::Lapse));
    assert_eq!(PledgeState::PendingDecision.when_call_confirmed(), Some(PledgeAct::Lapse));
    assert!(!PledgeState::Substituted.is_living());
}

#[test]
fn a_complete_commitment_has_no_fault() {
    assert_eq!(faults(&|_| {}), NONE);
}

#[test]
fn the_mandate_covers_the_ceiling_on_the_day() {
    let with = |mandates: &[Mandate], ceiling, today: &str| {
        let kind = MandateKind::Pledge;
        check_mandate(mandates, kind, (amount(ceiling), Currency::EUR), day(today))
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
    let leaves = Mandate { kinds: vec![MandateKind::Withdraw], ..mandate(1_000) };
    assert_eq!(with(&[leaves], 1, "2026-06-01"), Some("mandate_kind"));
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
    let profile = plain();
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

    let mut strict = plain();
    strict.vehicles[0].evidence = vec!["purchase_order".to_owned()];
    assert_eq!(
        check(&[deliberation()], &strict),
        incomplete(EvidenceGap::VehicleRefuses("deliberation".to_owned()))
    );
}

#[test]
fn a_complete_act_waits_to_be_enforceable_and_checked_where_the_profile_says_so() {
    let mut strict = plain();
    strict.evidence[0].enforceable_with =
        vec![EvidenceField::PrefectureReceipt, EvidenceField::Published];
    strict.evidence[0].second_check = true;
    let judge = |evidence: &[Evidence]| match check_evidence(
        evidence,
        &strict,
        "each_buys",
        day("2026-11-22"),
    )
    .unwrap()
    {
        Judged::Ready => Vec::new(),
        Judged::Waits(waits) => waits.into_iter().map(Wait::name).collect(),
    };
    assert_eq!(judge(&[deliberation()]), ["prefecture_receipt_on", "published_on", "second_check"]);
    let received = Evidence { prefecture_receipt_on: Some(day("2026-11-18")), ..deliberation() };
    let published = Evidence { published_on: Some(day("2026-11-19")), ..received.clone() };
    let checked = Evidence { checked: true, ..received.clone() };
    assert_eq!(judge(std::slice::from_ref(&received)), ["published_on", "second_check"]);
    assert_eq!(judge(&[deliberation(), checked.clone(), received]), ["published_on"]);
    assert_eq!(judge(&[checked, published.clone()]), ["published_on"], "of two, the nearest first");
    assert_eq!(judge(&[Evidence { checked: true, ..published }]), [""; 0]);
    assert_eq!(Wait::SecondCheck.refusal().code(), "second_check_required");
    assert_eq!(Wait::For(EvidenceField::Url).refusal().code(), "evidence_not_enforceable");
    let order = Evidence { kind: "purchase_order".to_owned(), ..deliberation() };
    assert_eq!(judge(&[order]), [""; 0], "a kind that asks for neither");
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
    const YEARS: &[BudgetYear] =
        &[BudgetYear { year: 2027, amount: Amount::from_minor(1), section: Section::Operating }];
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
        let years = years.map(|(year, minor)| BudgetYear {
            year,
            amount: amount(minor),
            section: Section::Investment,
        });
        let (mandates, evidence) = ([mandate(2_500_000)], [deliberation()]);
        let profile = plain();
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
    let profile = plain();
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

    let mut strict = plain();
    strict.evidence[0].second_check = true;
    let new = Commitment {
        ceiling: amount(1_200_000),
        currency: Currency::EUR,
        today: day("2026-11-22"),
        mandates: &mandates,
        evidence: &evidence,
        profile: &strict,
        vehicle: "each_buys",
        reference_share: Amount::ZERO,
        policy: CeilingPolicy::CoversShare,
        budget_years: &[],
    };
    let raised = amend(amount(1_000_000), &new);
    assert_eq!(raised, [PledgeError::SecondCheckRequired], "a firm pledge is never half amended");
}

#[test]
fn a_withdrawal_gives_its_reason_and_a_confirmation_stays_below_the_ceiling() {
    let now = "2026-11-22T09:00:00Z".parse().unwrap();
    let leave = |from, reason| withdraw(from, reason, Leaving::default(), now);
    assert_eq!(leave(PledgeState::Firm, "budget not voted"), Ok(PledgeState::Withdrawn));
    assert_eq!(leave(PledgeState::Firm, " "), Err(PledgeError::ReasonMissing));
    assert_eq!(leave(PledgeState::Confirmed, "too late"), Err(PledgeError::Frozen));
    let confirm = |share| confirm(PledgeState::Firm, amount(100), amount(share), Currency::EUR);
    assert_eq!(confirm(100), Ok(PledgeState::Confirmed));
    assert_eq!(confirm(101).unwrap_err().code(), "ceiling_exceeded");
}

#[test]
fn a_notice_is_kept_unless_the_call_itself_changed() {
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let last = at("2027-03-01T23:00:00Z");
    let leave = |now: &str, free_until: Option<&str>| {
        let leaving = Leaving { notice: Some((30, last)), free_until: free_until.map(at) };
        withdraw(PledgeState::Firm, "budget not voted", leaving, at(now)).map_err(|e| e.code())
    };
    assert_eq!(leave("2027-03-01T22:59:59Z", None), Ok(PledgeState::Withdrawn));
    assert_eq!(leave("2027-03-01T23:00:00Z", None), Err("withdrawal_notice"));
    let amended = Some("2027-03-10T00:00:00Z");
    assert_eq!(leave("2027-03-09T23:59:59Z", amended), Ok(PledgeState::Withdrawn));
    assert_eq!(leave("2027-03-10T00:00:00Z", amended), Err("withdrawal_notice"));
}

#[test]
fn a_share_is_settled_to_the_cent_and_in_default_only_after_reminders() {
    let settle = |called, paid| {
        settle(PledgeState::Ordered, amount(100), amount(called), amount(paid))
            .map_err(|error| error.code())
    };
    assert_eq!(settle(100, 100), Ok(PledgeState::Settled));
    for short in [(100, 99), (99, 99), (100, 101)] {
        assert_eq!(settle(short.0, short.1), Err("not_reconciled"), "{short:?}");
    }
    assert_eq!(unsettle(PledgeState::Settled, true), Ok(PledgeState::Ordered));
    assert_eq!(unsettle(PledgeState::Settled, false), Ok(PledgeState::Confirmed));
    let overdue = |days, reminders| {
        default(PledgeState::Confirmed, days, reminders).map_err(|error| error.code())
    };
    assert_eq!(overdue(91, 2), Ok(PledgeState::Defaulted));
    assert_eq!(overdue(90, 2), Err("default_too_early"));
    assert_eq!(overdue(91, 1), Err("default_too_early"));
    assert_eq!(order(PledgeState::Confirmed, " "), Err(PledgeError::CommitmentNumberMissing));
    assert_eq!(order(PledgeState::Confirmed, "2027-00481"), Ok(PledgeState::Ordered));
}

#[test]
fn a_place_passes_on_whole_or_not_at_all() {
    let pass = |called, ceiling| {
        let share = (amount(100), amount(called));
        substitute(PledgeState::Confirmed, share, amount(ceiling), Currency::EUR)
            .map_err(|error| error.code())
    };
    assert_eq!(pass(0, 100), Ok(PledgeState::Substituted));
    assert_eq!(pass(1, 100), Err("share_called"));
    assert_eq!(pass(0, 99), Err("ceiling_exceeded"));
    let key = |text: &str| text.parse::<Key>().unwrap();
    let event = Event::PledgeSubstituted {
        council: key("aubervac"),
        by: key("belrive"),
        share: amount(100),
    };
    let moved = event.postings().unwrap();
    let lines: Vec<_> =
        moved.iter().map(|line| (line.account.to_string(), line.amount.minor())).collect();
    let account = |of: &str| format!("commitments/council/{of}");
    assert_eq!(lines, [(account("belrive"), 100), (account("aubervac"), -100)]);
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

#[test]
fn a_visa_lets_another_hand_commit_up_to_what_it_attested() {
    let (finance, signatory) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
    let visa = |decision| Visa { decision, ceiling: amount(1_200_000), by: finance };
    let judged = |decision, by, ceiling| {
        let judged = visa(decision).lets_commit(by, amount(ceiling), Currency::EUR);
        judged.err().map(|fault| fault.code())
    };
    let attested = VisaDecision::Attested;
    assert_eq!(judged(attested, signatory, 1_200_000), None);
    assert_eq!(judged(attested, signatory, 900_000), None);
    assert_eq!(judged(attested, signatory, 1_200_001), Some("visa_exceeded"));
    assert_eq!(judged(attested, finance, 1_200_000), Some("visa_same_person"));
    assert_eq!(judged(VisaDecision::Returned, signatory, 1), Some("visa_returned"));
    assert_eq!(check_visa(attested, ""), Ok(()));
    for decision in [VisaDecision::Returned, VisaDecision::Refused] {
        assert_eq!(check_visa(decision, " "), Err(PledgeError::ReasonMissing));
        assert_eq!(check_visa(decision, "Exercice 2028."), Ok(()));
    }
}
