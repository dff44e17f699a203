use std::{collections::BTreeMap, sync::LazyLock};

use jiff::ToSpan as _;
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{money::Amount, sharing::Band};

static VECTORS: LazyLock<serde_json::Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/vectors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

fn terms(rule: VoteRule) -> VoteTerms {
    VoteTerms { rule, ..VoteTerms::usual(VoteKind::Other) }
}

fn body(council: &str, contribution: i64) -> Body {
    Body {
        council: council.to_owned(),
        contribution: Amount::from_minor(contribution),
        inhabitants: None,
        in_default: false,
        leads: false,
        coordinates: false,
    }
}

/// Bodies `c0`, `c1` … with these contributions, weighed by the rule.
fn weighed(terms: &VoteTerms, contributions: &[i64]) -> Vec<Elector> {
    let bodies: Vec<Body> = (0..)
        .zip(contributions)
        .map(|(n, &minor): (u8, _)| body(&format!("c{n}"), minor))
        .collect();
    electors(terms, &bodies).unwrap()
}

fn weights_of(electors: &[Elector]) -> Vec<u64> {
    electors.iter().map(|elector| elector.weight).collect()
}

/// Ballots of `c0`, `c1` …: y, n, a, or - for silence.
fn ballots(letters: &str) -> BTreeMap<String, Choice> {
    let choice = |letter| match letter {
        'y' => Some(Choice::Yes),
        'n' => Some(Choice::No),
        'a' => Some(Choice::Abstain),
        _ => None,
    };
    let cast = letters.chars().enumerate();
    cast.filter_map(|(n, letter)| Some((format!("c{n}"), choice(letter)?))).collect()
}

fn outcome(terms: &VoteTerms, contributions: &[i64], letters: &str) -> Reason {
    tally(terms, &weighed(terms, contributions), &ballots(letters)).outcome.reason
}

#[test]
fn heads_carry_and_money_does_not_so_the_double_majority_fails() {
    let vector = &VECTORS["E14"];
    let names = |key: &str| -> Vec<String> {
        vector[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap().into()).collect()
    };
    let bodies: Vec<Body> = vector["funding"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(council, minor)| body(council, minor.as_i64().unwrap()))
        .collect();
    let mut cast = BTreeMap::new();
    for (key, choice) in [("yes", Choice::Yes), ("no", Choice::No), ("abstain", Choice::Abstain)] {
        cast.extend(names(key).into_iter().map(|council| (council, choice)));
    }
    let double = VoteTerms::usual(VoteKind::ScopeChange);
    assert_eq!(double.rule, VoteRule::DoubleMajority);
    let counted = tally(&double, &electors(&double, &bodies).unwrap(), &cast);
    assert_eq!(counted.heads, Chamber { yes: 3, no: 1, abstain: 1, silent: 0 });
    assert_eq!((counted.weights.yes, counted.weights.no), (483_211, 2_974_609));
    assert_eq!(counted.outcome.passed, vector["double"].as_bool().unwrap());
    assert_eq!(counted.outcome.reason, Reason::NoMoneyMajority);
    let heads = terms(VoteRule::OneBodyOneVote);
    let by_heads = tally(&heads, &electors(&heads, &bodies).unwrap(), &cast);
    assert_eq!(by_heads.outcome.passed, vector["heads"].as_bool().unwrap());
}

#[test]
fn a_double_majority_needs_both() {
    let double = terms(VoteRule::DoubleMajority);
    assert_eq!(outcome(&double, &[60, 30, 10], "yyn"), Reason::Carried);
    assert_eq!(outcome(&double, &[60, 30, 10], "ynn"), Reason::NoMajority);
    assert_eq!(outcome(&double, &[60, 30, 10], "nyy"), Reason::NoMoneyMajority);
    assert_eq!(outcome(&double, &[50, 30, 20], "nyy"), Reason::NoMoneyMajority);
}

#[test]
fn a_tie_leaves_things_as_they_are_unless_the_lead_decides() {
    let mut terms = terms(VoteRule::OneBodyOneVote);
    assert_eq!(outcome(&terms, &[1, 1], "yn"), Reason::Tie);
    assert_eq!(outcome(&terms, &[1, 1], "aa"), Reason::Tie);
    terms.casting_vote = true;
    assert_eq!(outcome(&terms, &[1, 1], "yn"), Reason::Tie, "nobody leads");
    let mut electors = weighed(&terms, &[1, 1]);
    electors[0].leads = true;
    let reason = |letters| tally(&terms, &electors, &ballots(letters)).outcome.reason;
    assert_eq!(reason("yn"), Reason::CastingVote);
    assert_eq!(reason("ny"), Reason::Tie);
    assert_eq!(reason("aa"), Reason::Tie, "there is no tie to break where nobody is for it");
}

#[test]
fn two_of_three_are_two_thirds() {
    let charter = VoteTerms { quorum_bp: 6_667, ..VoteTerms::usual(VoteKind::Charter) };
    assert_eq!(charter.majority_bp, 6_667);
    assert_eq!(outcome(&charter, &[1; 3], "yyn"), Reason::Carried);
    assert_eq!(outcome(&charter, &[1; 3], "yy-"), Reason::Carried);
    assert_eq!(outcome(&charter, &[1; 3], "y--"), Reason::NoQuorum);
    assert_eq!(outcome(&charter, &[1; 8], "yyyyynnn"), Reason::NoMajority);
    assert_eq!(outcome(&charter, &[1; 9], "yyyyyynnn"), Reason::Carried);
}

#[test]
fn abstaining_takes_part_and_counts_against_only_where_the_charter_says() {
    let mut terms = terms(VoteRule::OneBodyOneVote);
    assert_eq!(outcome(&terms, &[1; 4], "yaa-"), Reason::Carried);
    assert_eq!(outcome(&terms, &[1; 4], "y---"), Reason::NoQuorum);
    terms.abstentions_count = true;
    assert_eq!(outcome(&terms, &[1; 4], "yaa-"), Reason::NoMajority);
    assert_eq!(outcome(&terms, &[1; 4], "yya-"), Reason::Carried);
}

#[test]
fn consent_is_that_nobody_objects() {
    let consent = terms(VoteRule::Consent);
    assert_eq!(outcome(&consent, &[1; 4], "yya-"), Reason::NoObjection);
    assert_eq!(outcome(&consent, &[1; 4], "yyyn"), Reason::Objection);
    assert_eq!(outcome(&consent, &[1; 4], "y---"), Reason::NoQuorum);
}

#[test]
fn the_coordination_group_stops_what_most_of_it_is_against() {
    let veto = VoteTerms { technical_veto: true, ..terms(VoteRule::OneBodyOneVote) };
    let mut electors = weighed(&veto, &[1; 6]);
    electors[4].coordinates = true;
    electors[5].coordinates = true;
    let reason = |letters| tally(&veto, &electors, &ballots(letters)).outcome.reason;
    assert_eq!(reason("yyyynn"), Reason::Veto);
    assert_eq!(reason("yyyyn-"), Reason::Veto);
    assert_eq!(reason("yyyyny"), Reason::Carried, "half of the group is not most of it");
    assert_eq!(reason("yyyy--"), Reason::Carried, "a group that says nothing stops nothing");
}

#[test]
fn no_body_weighs_more_than_the_cap_once_there_are_four() {
    let rule = terms(VoteRule::ByContribution);
    // 40 = 40 % of 100; the others keep theirs.
    assert_eq!(weights_of(&weighed(&rule, &[900, 30, 20, 10])), [40, 30, 20, 10]);
    // Two are too heavy: 24 = 40 % of 60 each.
    assert_eq!(weights_of(&weighed(&rule, &[900, 400, 8, 4])), [24, 24, 8, 4]);
    assert_eq!(weights_of(&weighed(&rule, &[900, 30, 20])), [900, 30, 20], "three voters");
    assert_eq!(weights_of(&weighed(&rule, &[900, 30, 20, 0])), [900, 30, 20, 0], "three voters");
    assert_eq!(outcome(&rule, &[900, 30, 20, 10], "ynnn"), Reason::NoMajority);
    // Both majorities are needed there, so that nobody decides alone anyhow (E14).
    let double = terms(VoteRule::DoubleMajority);
    assert_eq!(weights_of(&weighed(&double, &[900, 30, 20, 10])), [900, 30, 20, 10]);
}

#[test]
fn steps_and_bands_weigh_by_what_they_say() {
    let step = |from, votes| Step { from: Amount::from_minor(from), votes };
    let steps = vec![step(0, 1), step(500_000, 2), step(1_000_000, 4)];
    let stepped = VoteTerms { steps, ..terms(VoteRule::Stepped) };
    assert!(stepped.check().is_empty());
    let paid = [0, 499_999, 500_000, 5_000_000, 1];
    assert_eq!(
        weights_of(&weighed(&stepped, &paid)),
        [1, 1, 2, 3, 1],
        "four votes, capped at 40 %"
    );
    let bands = vec![Band { upto: Some(25_000), weight: 22 }, Band { upto: None, weight: 52 }];
    let banded = VoteTerms { bands, ..terms(VoteRule::ByBand) };
    assert!(banded.check().is_empty());
    let sized = |n| Body { inhabitants: n, ..body("c", 0) };
    let two = [sized(Some(25_000)), sized(Some(25_001))];
    assert_eq!(weights_of(&electors(&banded, &two).unwrap()), [22, 52]);
    let unknown = electors(&banded, &[sized(None)]).unwrap_err();
    assert_eq!(unknown.code(), "population_missing");
}

#[test]
fn a_body_in_default_keeps_its_head_and_loses_its_money() {
    let double = terms(VoteRule::DoubleMajority);
    let owing = Body { in_default: true, ..body("c0", 900) };
    let bodies = [owing, body("c1", 30), body("c2", 20)];
    let counted = tally(&double, &electors(&double, &bodies).unwrap(), &ballots("nyy"));
    assert_eq!((counted.heads.no, counted.weights.no), (1, 0));
    assert_eq!(counted.outcome.reason, Reason::Carried);
}

#[test]
fn where_nobody_has_paid_each_counts_one() {
    assert_eq!(weights_of(&weighed(&terms(VoteRule::ByContribution), &[0, 0])), [1, 1]);
    assert_eq!(electors(&terms(VoteRule::ByContribution), &[]).unwrap_err().code(), "no_electors");
}

#[test]
fn ballots_are_taken_until_the_hour_and_not_at_it() {
    let closes_at: Timestamp = "2027-03-31T22:00:00Z".parse().unwrap();
    let before = closes_at - 1.nanoseconds();
    let open = (VoteState::Open, closes_at);
    let plain = (VoteRule::OneBodyOneVote, Choice::No, "");
    assert_eq!(cast(open, plain, before), Ok(()));
    assert_eq!(cast(open, plain, closes_at), Err(VoteError::Closed));
    assert_eq!(cast((VoteState::Passed, closes_at), plain, before), Err(VoteError::Closed));
    assert!(!is_due(VoteState::Open, closes_at, before));
    assert!(is_due(VoteState::Open, closes_at, closes_at));
    assert!(!is_due(VoteState::Rejected, closes_at, closes_at));
    let objection = |reason| cast(open, (VoteRule::Consent, Choice::No, reason), before);
    assert_eq!(objection(" "), Err(VoteError::ReasonMissing));
    assert_eq!(objection("No way back."), Ok(()));
}

#[test]
fn terms_that_cannot_be_are_named() {
    let usual = VoteTerms::usual(VoteKind::Charter);
    assert!(usual.check().is_empty());
    let faults = |terms: VoteTerms| terms.check();
    assert_eq!(faults(VoteTerms { quorum_bp: 10_001, ..usual.clone() }), [TermsFault::Quorum]);
    assert_eq!(faults(VoteTerms { majority_bp: 4_999, ..usual.clone() }), [TermsFault::Majority]);
    assert_eq!(faults(VoteTerms { days: 0, ..usual.clone() }), [TermsFault::Days]);
    assert_eq!(faults(VoteTerms { rule: VoteRule::ByBand, ..usual.clone() }), [TermsFault::Bands]);
    assert_eq!(faults(VoteTerms { rule: VoteRule::Stepped, ..usual }), [TermsFault::Steps]);
}

#[test]
fn the_final_state_has_one_form() {
    let terms = VoteTerms::usual(VoteKind::Other);
    let electors = weighed(&terms, &[1, 1]);
    let at: Timestamp = "2027-03-01T10:00:00Z".parse().unwrap();
    let ballot = |council: &str, choice| Ballot {
        council: council.to_owned(),
        choice,
        offer: None,
        actor: uuid::Uuid::nil(),
        at,
    };
    let mut cast = vec![ballot("c1", Choice::No), ballot("c0", Choice::Yes)];
    let counted = tally(&terms, &electors, &ballots("yn"));
    let bytes = |cast: &[Ballot]| {
        let closed = Closed {
            reference: "VOTE-2027-0001",
            space: "enfance",
            call: None,
            kind: VoteKind::Other,
            question: "Meet in June?",
            offers: &[],
            terms: &terms,
            span: (at, at),
            electors: &electors,
            ballots: cast,
            tally: &counted,
        };
        closed.canonical_bytes()
    };
    let first = bytes(&cast);
    cast.reverse();
    assert_eq!(first, bytes(&cast), "the order of the rows says nothing");
    let read: serde_json::Value = serde_json::from_slice(&first).unwrap();
    assert_eq!(read["result"], "rejected");
    assert_eq!(read["ballots"][0]["council"], "c0");
    cast[0].choice = Choice::No;
    assert_ne!(first, bytes(&cast));
}

#[test]
fn an_offer_wins_where_it_has_more_than_half_alone() {
    let terms = VoteTerms::usual(VoteKind::Supplier);
    let electors = weighed(&terms, &[1, 1, 1, 1, 1]);
    let count = |said: [Option<u32>; 5]| {
        let ballots = (0..).zip(said).filter_map(|(n, offer): (u8, _)| {
            let said = match offer? {
                0 => (Choice::Abstain, None),
                9 => (Choice::No, None),
                offer => (Choice::Yes, Some(offer)),
            };
            Some((format!("c{n}"), said))
        });
        let (tally, won) = tally_offers(&terms, &electors, &ballots.collect(), 3);
        (won, tally.outcome.reason.name(), tally.heads.yes)
    };
    let of = |said: [u32; 5]| count(said.map(Some));
    assert_eq!(of([2, 2, 2, 1, 3]), (Some(2), "carried", 3));
    assert_eq!(of([2, 2, 1, 1, 0]), (None, "tie", 2), "an abstention is no ballot for another");
    assert_eq!(of([2, 2, 1, 3, 9]), (None, "no_majority", 2), "the nearest is told");
    assert_eq!(of([9, 9, 9, 1, 1]), (None, "no_majority", 2));
    let silent = count([Some(3), Some(3), None, None, None]);
    assert_eq!(silent, (None, "no_quorum", 2));
}

#[test]
fn a_ballot_names_an_offer_where_there_are_some() {
    let check = |choice, offer, offers| check_offer(choice, offer, offers).is_ok();
    assert!(check(Choice::Yes, Some(3), 3) && !check(Choice::Yes, Some(4), 3));
    assert!(!check(Choice::Yes, Some(0), 3) && !check(Choice::Yes, None, 3));
    assert!(check(Choice::No, None, 3) && !check(Choice::No, Some(1), 3));
    assert!(check(Choice::Yes, None, 0) && !check(Choice::Yes, Some(1), 0));
}

#[test]
fn a_vote_is_taken_back_while_nobody_has_voted() {
    let closes: Timestamp = "2027-03-01T10:00:00Z".parse().unwrap();
    let back = |state, ballots, now: Timestamp| {
        withdraw((state, closes), ballots, now).map_err(|error| error.code())
    };
    let before = closes - 1.seconds();
    assert_eq!(back(VoteState::Open, 0, before), Ok(VoteState::Withdrawn));
    assert_eq!(back(VoteState::Open, 1, before), Err("ballot_cast"));
    assert_eq!(back(VoteState::Open, 0, closes), Err("vote_closed"));
    assert_eq!(back(VoteState::Rejected, 0, before), Err("vote_closed"));
}

fn some_rule() -> impl Strategy<Value = VoteTerms> {
    let rules = vec![
        VoteRule::OneBodyOneVote,
        VoteRule::ByContribution,
        VoteRule::DoubleMajority,
        VoteRule::Consent,
    ];
    (select(rules), 0..=10_000_u32, 5_000..=10_000_u32, any::<[bool; 3]>()).prop_map(
        |(rule, quorum_bp, majority_bp, [abstentions_count, casting_vote, technical_veto])| {
            let usual = VoteTerms::usual(VoteKind::Other);
            VoteTerms {
                rule,
                quorum_bp,
                majority_bp,
                abstentions_count,
                casting_vote,
                technical_veto,
                ..usual
            }
        },
    )
}

/// A body with its money, whether it coordinates, and what it says.
fn some_vote() -> impl Strategy<Value = Vec<(i64, bool, Option<Choice>)>> {
    let choice = proptest::option::of(select(Choice::ALL));
    vec((0..1_000_000_i64, any::<bool>(), choice), 1..12)
}

fn set_up(
    terms: &VoteTerms,
    bodies: &[(i64, bool, Option<Choice>)],
) -> (Vec<Elector>, BTreeMap<String, Choice>) {
    let minor: Vec<i64> = bodies.iter().map(|body| body.0).collect();
    let mut electors = weighed(terms, &minor);
    for (elector, body) in electors.iter_mut().zip(bodies) {
        elector.coordinates = body.1;
    }
    electors[0].leads = true;
    let cast = electors.iter().zip(bodies);
    let cast = cast.filter_map(|(elector, body)| Some((elector.council.clone(), body.2?)));
    let cast = cast.collect();
    (electors, cast)
}

fn many_cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5_000) }
}

proptest! {
    #![proptest_config(many_cases())]

    #[test]
    fn a_voice_for_it_never_sinks_it(
        terms in some_rule(),
        bodies in some_vote(),
        at in any::<prop::sample::Index>(),
    ) {
        let (electors, mut cast) = set_up(&terms, &bodies);
        let before = tally(&terms, &electors, &cast);
        let council = &electors[at.index(electors.len())].council;
        cast.insert(council.clone(), Choice::Yes);
        let after = tally(&terms, &electors, &cast);
        prop_assert!(after.outcome.passed || !before.outcome.passed);
    }

    #[test]
    fn the_order_of_bodies_and_the_ballots_of_strangers_change_nothing(
        terms in some_rule(),
        bodies in some_vote(),
    ) {
        let (mut electors, mut cast) = set_up(&terms, &bodies);
        let before = tally(&terms, &electors, &cast);
        electors.reverse();
        cast.insert("stranger".to_owned(), Choice::Yes);
        prop_assert_eq!(before, tally(&terms, &electors, &cast));
    }

    #[test]
    fn every_body_is_counted_once_and_a_result_has_a_majority(
        terms in some_rule(),
        bodies in some_vote(),
    ) {
        let (electors, cast) = set_up(&terms, &bodies);
        let counted = tally(&terms, &electors, &cast);
        let Chamber { yes, no, abstain, silent } = counted.heads;
        prop_assert_eq!(yes + no + abstain + silent, electors.len() as u64);
        if counted.outcome.passed {
            prop_assert!(yes + no + abstain >= counted.quorum);
            match terms.rule {
                VoteRule::Consent => prop_assert_eq!(no, 0),
                VoteRule::OneBodyOneVote => prop_assert!(yes >= no && yes > 0),
                VoteRule::DoubleMajority => {
                    prop_assert!(yes >= no && counted.weights.yes >= counted.weights.no);
                }
                _ => prop_assert!(counted.weights.yes >= counted.weights.no),
            }
        }
    }

    #[test]
    fn the_cap_keeps_the_order_and_holds(minor in vec(0..10_000_000_i64, 1..12)) {
        let electors = weighed(&terms(VoteRule::ByContribution), &minor);
        let weights = weights_of(&electors);
        let sum: u64 = weights.iter().sum();
        let voters = minor.iter().filter(|&&minor| minor > 0).count();
        for (weight, &given) in weights.iter().zip(&minor) {
            if voters >= 4 {
                prop_assert!(*weight * 10 <= sum * 4, "{weight} of {sum}");
            }
            if voters > 0 {
                prop_assert!(*weight <= given.unsigned_abs());
                prop_assert!((*weight == 0) == (given == 0));
            }
            for (other, &beside) in weights.iter().zip(&minor) {
                prop_assert!(given < beside || weight >= other);
            }
        }
    }
}
