//! How fast shares are computed and a ledger is verified; fails above the limits.
//!
//! `cargo bench --locked -p forge-domain`
#![expect(clippy::unwrap_used, reason = "a measurement that fails stops")]

use std::time::{Duration, Instant};

use forge_domain::{
    ledger::{Checkpoint, Entry, Event, Evidence, Head, Recorded, Signer, verify},
    money::{Amount, Currency},
    sharing::{Participant, Rule, ShareRequest, compute},
};

const COUNCILS: u64 = 35_000;
const SHARES_MAX: Duration = Duration::from_millis(50);
const ENTRIES: u64 = 200_000;
const ENTRIES_A_SECOND_MIN: u128 = 800_000;
const RUNS: usize = 9;

fn main() {
    let request = call();
    let outcome = compute(&request).unwrap();
    let paid = Amount::checked_sum(outcome.shares.values().copied()).unwrap();
    assert_eq!(paid.checked_add(outcome.gap).unwrap(), request.total);
    let shares = median(|| drop(compute(&request).unwrap()));
    println!(
        "shares of {COUNCILS} councils with floor, cap and ceilings: {:.1} ms",
        1e3 * shares.as_secs_f64()
    );

    let (entries, note) = ledger();
    let signer = Signer::new("bench", &[7; 32]).unwrap();
    let verifier = signer.verifier();
    let evidence = Evidence { origin: "bench", verifier: &verifier, notes: &[note], known: &[] };
    assert!(verify(&entries, &evidence).is_sound());
    let verified = median(|| assert!(verify(&entries, &evidence).is_sound()));
    let rate = u128::from(ENTRIES) * 1_000_000 / verified.as_micros();
    println!("ledger verification: {rate} entries a second");
    assert!(shares < SHARES_MAX, "the limit is {SHARES_MAX:?}");
    assert!(rate > ENTRIES_A_SECOND_MIN, "the limit is {ENTRIES_A_SECOND_MIN}");
}

/// The middle of several runs.
fn median(run: impl Fn()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// As many councils as a country has, in sizes that reach the floor, the cap and the ceilings.
fn call() -> ShareRequest {
    let council = |at: u64| {
        let population = 50 + at * at % 20_011 + if at.is_multiple_of(97) { 400_000 } else { 0 };
        let ceiling = i64::try_from(20_000 + population * 3).unwrap();
        Participant {
            population: Some(population),
            ceiling: (!at.is_multiple_of(3)).then_some(Amount::from_minor(ceiling)),
            ..Participant::new(format!("council-{at:05}"))
        }
    };
    let mut request = ShareRequest::new(
        Currency::EUR,
        Amount::from_minor(1_200_000_000),
        Rule::population(),
        (0..COUNCILS).map(council).collect(),
    );
    request.floor = Amount::from_minor(10_000);
    request.cap = Some(Amount::from_minor(900_000));
    request
}

/// Entries with two postings and one document each, and the signed head over them.
fn ledger() -> (Vec<Recorded>, String) {
    let mut head = Head::EMPTY;
    let one = |seq: u64| {
        let council = format!("council-{:05}", seq % COUNCILS).parse().unwrap();
        let ceiling = Amount::from_minor(i64::try_from(seq).unwrap() + 100_000);
        let event = Event::PledgeFirm { council, ceiling };
        let entry = Entry {
            seq,
            ts: "2026-11-02T09:00:00Z".parse().unwrap(),
            kind: event.kind(),
            call: format!("CALL-2026-{:04}", seq % 500 + 1).parse().unwrap(),
            currency: Currency::EUR,
            actor: uuid::Uuid::from_u128(u128::from(seq)),
            council: None,
            postings: event.postings().unwrap(),
            evidence: vec![[0xab; 32]],
            reverses: None,
            idempotency_key: Some(format!("PLG-2026-{seq:06}:firm").parse().unwrap()),
        };
        let link = Some(head.append(&entry).unwrap());
        Recorded { entry, line: None, link }
    };
    let entries: Vec<Recorded> = (1..=ENTRIES).map(one).collect();
    let signer = Signer::new("bench", &[7; 32]).unwrap();
    let note = Checkpoint::of("bench", &head).sign(&signer).unwrap();
    (entries, note)
}
