use std::sync::LazyLock;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    funds::{Books, Closing},
    hex,
    money::{Amount, Currency},
};

const ORIGIN: &str = "forge.example/enfance/ledger";

static VECTORS: LazyLock<serde_json::Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/vectors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

fn entry(seq: u64, event: &Event) -> Entry {
    Entry {
        seq,
        ts: "2026-11-02T09:00:00Z".parse().unwrap(),
        kind: event.kind(),
        call: "CALL-2026-0007".parse().unwrap(),
        currency: Currency::EUR,
        actor: Uuid::from_u128(7),
        council: None,
        postings: event.postings().unwrap(),
        evidence: vec![[0xab; 32]],
        reverses: None,
        idempotency_key: None,
    }
}

fn firm(council: &str, ceiling: i64) -> Event {
    Event::PledgeFirm { council: key(council), ceiling: amount(ceiling) }
}

fn signer() -> Signer {
    Signer::new("forge.example", &[7; 32]).unwrap()
}

/// Ten entries with their links, and the notes signed after the fourth, seventh and tenth.
fn ledger() -> (Vec<Recorded>, Vec<String>) {
    static LEDGER: LazyLock<(Vec<Recorded>, Vec<String>)> = LazyLock::new(make_ledger);
    LEDGER.clone()
}

fn make_ledger() -> (Vec<Recorded>, Vec<String>) {
    let mut head = Head::EMPTY;
    let (mut entries, mut notes) = (Vec::new(), Vec::new());
    for seq in 1..=10_u32 {
        let entry = entry(seq.into(), &firm(&format!("council-{seq}"), i64::from(seq) * 100_000));
        let link = head.append(&entry).unwrap();
        let line = Some(entry.canonical_bytes());
        entries.push(Recorded { entry, line, link: Some(link) });
        if [4, 7, 10].contains(&seq) {
            notes.push(Checkpoint::of(ORIGIN, &head).sign(&signer()).unwrap());
        }
    }
    (entries, notes)
}

/// What a forger who holds the database does: new lines, new links, all consistent.
fn rehash(entries: &mut [Recorded]) {
    let mut head = Head::EMPTY;
    for recorded in entries {
        let bytes = recorded.entry.canonical_bytes();
        recorded.link = Some(head.push(&bytes));
        recorded.line = Some(bytes);
    }
}

fn found(entries: &[Recorded], notes: &[String], known: &[Checkpoint]) -> Vec<&'static str> {
    let verifier = signer().verifier();
    let evidence = Evidence { origin: ORIGIN, verifier: &verifier, notes, known };
    verify(entries, &evidence).findings.iter().map(Finding::code).collect()
}

fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Number(number) => Value::Integer(number.as_i64().unwrap()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(from_json).collect()),
        serde_json::Value::Object(members) => {
            // Reversed, so that the order of the file is not what sorts them.
            let member = |(name, value): (&String, _)| (name.clone(), from_json(value));
            Value::Object(members.iter().rev().map(member).collect())
        }
        other => panic!("the ledger holds no {other}"),
    }
}

#[test]
fn the_chain_and_the_root_of_example_e15() {
    let example = &VECTORS["E15"];
    let mut head = Head::EMPTY;
    for (entry, expected) in
        example["entries"].as_array().unwrap().iter().zip(example["chain"].as_array().unwrap())
    {
        let link = head.push(&from_json(entry).to_bytes());
        assert_eq!(hex::encode(&link), expected.as_str().unwrap());
    }
    assert_eq!(hex::encode(&head.root()), example["merkle_root"].as_str().unwrap());
}

#[test]
fn an_entry_is_written_in_the_shape_of_example_e15() {
    let given = &VECTORS["E15"]["entries"][0];
    let entry = Entry {
        seq: 1,
        ts: given["ts"].as_str().unwrap().parse().unwrap(),
        kind: given["kind"].as_str().unwrap().parse().unwrap(),
        call: given["call"].as_str().unwrap().parse().unwrap(),
        currency: Currency::EUR,
        actor: given["actor"].as_str().unwrap().parse().unwrap(),
        council: None,
        postings: firm("aubervac", 362_714).postings().unwrap(),
        evidence: vec![[0xab; 32]],
        reverses: None,
        idempotency_key: None,
    };
    // The example's account names are illustrative; everything else is the same, byte for byte.
    let text = String::from_utf8(from_json(given).to_bytes()).unwrap();
    let expected = text
        .replace("commitment/receivable/aubervac", "commitments/council/aubervac")
        .replace("commitment/total/CALL-2026-0007", "commitments/call");
    assert_eq!(String::from_utf8(entry.canonical_bytes()).unwrap(), expected);

    let mut fuller = entry;
    fuller.council = Some(key("aubervac"));
    fuller.reverses = Some(3);
    fuller.idempotency_key = Some(key("PLG-2026-0031:firm"));
    let read: serde_json::Value = serde_json::from_slice(&fuller.canonical_bytes()).unwrap();
    assert_eq!(read["council"], "aubervac");
    assert_eq!(read["reverses"], 3);
    assert_eq!(from_json(&read).to_bytes(), fuller.canonical_bytes());
}

/// The life of example E5-B, from the first pledge to the last refund.
fn life_of_e19() -> Vec<Event> {
    let councils = ["aubervac", "belrive", "corbelle"];
    let ceilings = [1_300_000, 400_000, 4_700_000];
    let shares = [1_267_222, 329_509, 4_688_877];
    let refunds = [17_308, 4_501, 64_044];
    let state = || key("grant:state");
    let each = |make: &dyn Fn(Key, usize) -> Event| -> Vec<Event> {
        councils.iter().enumerate().map(|(at, council)| make(key(council), at)).collect()
    };
    let mut events = each(&|council, at| firm(council.as_str(), ceilings[at]));
    events.extend(each(&|council, at| Event::PledgeConfirmed {
        council,
        ceiling: amount(ceilings[at]),
        share: amount(shares[at]),
    }));
    events.push(Event::GrantSecured { grant: state(), amount: amount(2_500_000) });
    events.extend(each(&|council, at| Event::FundsCallIssued {
        council,
        committed: amount(shares[at]),
        due: amount(shares[at]),
    }));
    events.extend(each(&|council, at| Event::PaymentAcknowledged {
        payer: Party::Council(council),
        amount: amount(shares[at]),
    }));
    events.push(Event::PaymentAcknowledged {
        payer: Party::Grant(state()),
        amount: amount(2_500_000),
    });
    let cost = Cost { milestone: key("M1"), net: amount(7_221_340) };
    let (supplier, vat) = (key("opensoft"), amount(1_444_268));
    events.push(Event::InvoiceApproved { supplier: supplier.clone(), cost: cost.clone(), vat });
    events.push(Event::PaymentSent { supplier, amount: amount(8_665_608) });
    let mut owed: Vec<(Party, Amount)> = councils
        .iter()
        .zip(refunds)
        .map(|(council, refund)| (Party::Council(key(council)), amount(refund)))
        .collect();
    owed.push((Party::Grant(state()), amount(34_147)));
    events.push(Event::Closing {
        contributions: amount(6_285_608),
        grants: amount(2_500_000),
        direct: vec![],
        in_kind: Amount::ZERO,
        costs: vec![cost],
        vat,
        refunds: owed.clone(),
    });
    events.extend(owed.into_iter().map(|(party, amount)| Event::RefundSent { party, amount }));
    events
}

#[test]
fn the_whole_life_of_example_e19_ends_at_zero() {
    let journal = VECTORS["E19"]["journal"].as_array().unwrap();
    let events = life_of_e19();
    assert_eq!(events.len(), journal.len());
    let mut head = Head::EMPTY;
    let mut entries = Vec::new();
    for (seq, (event, expected)) in (1..).zip(events.iter().zip(journal)) {
        let entry = entry(seq, event);
        let written: Vec<serde_json::Value> = entry
            .postings
            .iter()
            .map(|line| serde_json::json!([line.account.to_string(), line.amount.minor()]))
            .collect();
        assert_eq!(serde_json::json!([entry.kind.name(), written]), *expected, "entry {seq}");
        for line in &entry.postings {
            assert_eq!(line.account.to_string().parse(), Ok(line.account.clone()));
        }
        head.append(&entry).unwrap();
        entries.push(entry);
    }
    let call = "CALL-2026-0007".parse().unwrap();
    assert!(balances(&entries, &call, Currency::EUR).is_empty());
    assert!(!balances(&entries[..20], &call, Currency::EUR).is_empty());
}

#[test]
fn an_act_undone_leaves_nothing_behind() {
    let council = || key("aubervac");
    for end in [
        Event::PledgeWithdrawn { council: council(), ceiling: amount(90_000) },
        Event::PledgeReleased { council: council(), ceiling: amount(90_000) },
    ] {
        let amended =
            Event::PledgeAmended { council: council(), from: amount(120_000), to: amount(90_000) };
        let entries = [firm("aubervac", 120_000), amended, end].map(|event| entry(1, &event));
        assert!(balances(&entries, &entries[0].call, Currency::EUR).is_empty());
    }
    let original = entry(1, &firm("aubervac", 120_000));
    let mut mirror = original.clone();
    (mirror.seq, mirror.kind, mirror.reverses) = (2, EntryKind::Reversal, Some(1));
    mirror.postings = reversal_of(&original).unwrap();
    assert!(mirror.check().is_ok());
    assert_eq!(reversal_of(&mirror), Err(LedgerError::ReversalOfReversal));
    let both = [original, mirror];
    assert!(balances(&both, &both[0].call, Currency::EUR).is_empty());
    assert_eq!(found(&both.clone().map(Recorded::from), &[], &[]), Vec::<&str>::new());

    let [original, mut mirror] = both;
    mirror.postings[0].amount = amount(-119_999);
    mirror.postings[1].amount = amount(119_999);
    let forged = [original, mirror].map(Recorded::from);
    assert_eq!(found(&forged, &[], &[]), ["wrong_reversal"]);
}

#[test]
fn a_share_equal_to_its_ceiling_writes_no_entry() {
    let confirmed = |share| Event::PledgeConfirmed {
        council: key("aubervac"),
        ceiling: amount(100),
        share: amount(share),
    };
    assert_eq!(confirmed(100).postings(), Ok(vec![]));
    assert_eq!(confirmed(101).postings(), Err(LedgerError::Amounts));
    assert_eq!(firm("aubervac", -1).postings(), Err(LedgerError::Amounts));
}

#[test]
fn what_breaks_a_rule_is_not_appended() {
    let good = entry(1, &firm("aubervac", 100));
    let mut unbalanced = good.clone();
    unbalanced.postings[0].amount = amount(101);
    let mut between_books = good.clone();
    between_books.postings[1].account = Account::CashTreasurer;
    let mut alone = good.clone();
    alone.postings.pop();
    let mut zero = good.clone();
    zero.postings.push(Posting { account: Account::CashTreasurer, amount: Amount::ZERO });
    let large = entry(1, &firm("aubervac", Value::INTEGER_MAX + 1));
    for (wrong, code) in [
        (unbalanced, "ledger_unbalanced"),
        (between_books, "ledger_unbalanced"),
        (alone, "ledger_unbalanced"),
        (zero, "ledger_unbalanced"),
        (large, "overflow"),
        (entry(2, &firm("aubervac", 100)), "stale_version"),
    ] {
        let mut head = Head::EMPTY;
        assert_eq!(head.append(&wrong).unwrap_err().code(), code);
        assert_eq!(head, Head::EMPTY, "nothing was written");
    }
}

#[test]
fn texts_that_are_no_account_are_refused() {
    for wrong in [
        "",
        "funds",
        "funds/",
        "funds/cash/lead",
        "commitments/council/",
        "commitments/council/a b",
        "commitments/council/a/b",
        "funds/receivable/council/",
        "funds/payable/opensoft",
        "funds/payable/supplier:",
        "cash/treasurer",
        "funds/cost/É",
        "funds/unknown/x",
    ] {
        assert!(wrong.parse::<Account>().is_err(), "{wrong}");
    }
    for wrong in ["", "CALL-2026", "call-2026-0007", "CALL-2026-7", "CALL-26-0007", "C-2026-0007"] {
        assert!(wrong.parse::<Reference>().is_err(), "{wrong}");
    }
}

#[test]
fn an_untouched_ledger_is_sound() {
    let (entries, notes) = ledger();
    let verifier = signer().verifier();
    let known = [Checkpoint::open(&notes[0], ORIGIN, &verifier).unwrap()];
    let evidence = Evidence { origin: ORIGIN, verifier: &verifier, notes: &notes, known: &known };
    let report = verify(&entries, &evidence);
    assert!(report.is_sound(), "{report}");
    assert_eq!((report.entries, report.checkpoints), (10, 4));
}

/// What follows a trusted head is verified from there, and what comes before is not read.
#[test]
fn a_ledger_is_verified_from_the_last_trusted_head_on() {
    let (entries, notes) = ledger();
    let verifier = signer().verifier();
    let evidence = Evidence { origin: ORIGIN, verifier: &verifier, notes: &notes, known: &[] };
    let whole = verify(&entries, &evidence);
    for size in 0..=entries.len() {
        let mut start = Head::EMPTY;
        for recorded in &entries[..size] {
            start.append(&recorded.entry).unwrap();
        }
        let kept = Head::from_parts(start.size(), start.link(), start.peaks().to_vec()).unwrap();
        assert_eq!(kept, start);
        let report = verify_after(&kept, &entries[size..], &evidence);
        assert!(report.is_sound(), "{size}: {report}");
        assert_eq!((report.link, report.root), (whole.link, whole.root));
        if size < entries.len() {
            let mut forged = entries[size..].to_vec();
            forged[0].entry.postings.reverse();
            assert!(!verify_after(&kept, &forged, &evidence).is_sound(), "{size}");
        }
        assert_eq!(Head::from_parts(1 << 40, [0; 32], Vec::new()), None);
    }
}

/// The bytes of an entry are the canonical JSON of its members.
#[test]
fn an_entry_is_canonical_json() {
    let mut full = entry(1 << 40, &firm("conseil.x:1_a", (1 << 53) - 1));
    full.council = Some(key("belrive"));
    full.reverses = Some(17);
    full.idempotency_key = Some(key("PLG-2026-0031:firm:2"));
    full.evidence.push([0x01; 32]);
    for event in life_of_e19() {
        let bare = Entry { evidence: Vec::new(), ..entry(9, &event) };
        for entry in [&bare, &Entry { postings: bare.postings.clone(), ..full.clone() }] {
            let bytes = entry.canonical_bytes();
            let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(from_json(&json).to_bytes(), bytes);
            for (posting, read) in entry.postings.iter().zip(json["postings"].as_array().unwrap()) {
                assert_eq!(read[0], posting.account.to_string());
                assert_eq!(read[0].as_str().unwrap().parse(), Ok(posting.account.clone()));
                assert_eq!(read[1], posting.amount.minor());
            }
            assert_eq!(json["ts"], crate::calendar::format_instant(entry.ts));
        }
    }
}

#[test]
fn a_changed_amount_is_named() {
    let (mut entries, notes) = ledger();
    for posting in &mut entries[4].entry.postings {
        posting.amount = amount(posting.amount.minor() * 2);
    }
    let verifier = signer().verifier();
    let evidence = Evidence { origin: ORIGIN, verifier: &verifier, notes: &notes, known: &[] };
    let findings = verify(&entries, &evidence).findings;
    assert_eq!(
        findings,
        [
            Finding::NotCanonical { seq: 5 },
            Finding::BrokenLink { seq: 5 },
            Finding::CheckpointMismatch { size: 7, sound: 4 },
            Finding::CheckpointMismatch { size: 10, sound: 4 },
        ]
    );
    entries[4].entry.postings[0].amount = amount(1);
    assert!(found(&entries, &notes, &[]).contains(&"unbalanced_entry"));
}

#[test]
fn dropping_cutting_and_reordering_are_seen() {
    let (entries, notes) = ledger();
    let mut dropped = entries.clone();
    dropped.remove(2);
    assert_eq!(found(&dropped, &[], &[]), ["gap", "broken_link"]);
    let mut swapped = entries.clone();
    swapped.swap(2, 3);
    assert!(found(&swapped, &[], &[]).contains(&"gap"));
    assert_eq!(found(&entries[..8], &notes, &[]), ["rollback"]);
    assert_eq!(found(&[], &notes[..1], &[]), ["rollback"]);
    let mut doubled = entries.clone();
    doubled.insert(3, entries[2].clone());
    assert!(found(&doubled, &[], &[]).contains(&"gap"));
}

#[test]
fn a_chain_rehashed_by_whoever_holds_the_database_is_found_from_an_old_head() {
    let (entries, notes) = ledger();
    let verifier = signer().verifier();
    let known = [Checkpoint::open(&notes[0], ORIGIN, &verifier).unwrap()];
    let mut forged = entries.clone();
    for posting in &mut forged[1].entry.postings {
        posting.amount = amount(posting.amount.minor() + posting.amount.minor().signum());
    }
    rehash(&mut forged);
    // By itself the forgery is perfect, and the signer's key may be on the same machine.
    let mut head = Head::EMPTY;
    forged.iter().for_each(|recorded| {
        head.append(&recorded.entry).unwrap();
    });
    let resigned = [Checkpoint::of(ORIGIN, &head).sign(&signer()).unwrap()];
    assert_eq!(found(&forged, &resigned, &[]), Vec::<&str>::new());
    // The head an old clone remembers is what tells.
    assert_eq!(found(&forged, &resigned, &known), ["checkpoint_mismatch"]);

    let mut shortened = entries[..3].to_vec();
    rehash(&mut shortened);
    assert_eq!(found(&shortened, &[], &known), ["rollback"]);
    // A ledger that only grew has the old head as its prefix.
    assert_eq!(found(&entries, &[], &known), Vec::<&str>::new());
}

#[test]
fn notes_out_of_order_or_of_another_ledger_are_seen() {
    let (entries, notes) = ledger();
    let backwards = [notes[1].clone(), notes[0].clone()];
    assert_eq!(found(&entries, &backwards, &[]), ["checkpoints_shrink"]);
    let verifier = signer().verifier();
    let refusal = Checkpoint::open(&notes[0], "forge.example/other/ledger", &verifier);
    assert!(matches!(refusal, Err(CheckpointError::Origin { .. })));
    let stranger = Signer::new("forge.example", &[8; 32]).unwrap();
    let foreign = Checkpoint::of(ORIGIN, &Head::EMPTY).sign(&stranger).unwrap();
    assert_eq!(found(&entries, &[foreign], &[]), ["bad_checkpoint"]);
}

#[test]
fn a_note_of_the_published_format_is_opened() {
    // The example of C2SP signed-note and Go's sumdb/note package.
    let verifier: Verifier =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
    assert_eq!(hex::encode(&verifier.key_id()), "c74f20a3");
    let note = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf\
        qdngotpRZb6KE6RyyBwJnAM=\n";
    let opened: SignedNote = note.parse().unwrap();
    assert!(opened.text_signed_by(&verifier).unwrap().starts_with("If you think"));
    let changed: SignedNote = note.replace("answer", "Answer").parse().unwrap();
    assert_eq!(
        changed.text_signed_by(&verifier),
        Err(NoteError::BadSignature("PeterNeumann".to_owned()))
    );
    assert_eq!(verifier.to_string().parse(), Ok(verifier));
}

#[test]
fn a_checkpoint_is_three_lines_and_a_signature() {
    let (_, notes) = ledger();
    let lines: Vec<&str> = notes[0].lines().collect();
    assert_eq!(&lines[..2], [ORIGIN, "4"]);
    assert_eq!(lines[3], "");
    assert!(lines[4].starts_with("\u{2014} forge.example "));
    assert_eq!(lines.len(), 5);
    for wrong in [
        "",
        "a\n\n",
        "a\n\n\u{2014} x\n",
        "a\n\n\u{2014} x y\n",
        "a\nb\n",
        "a\r\n\n\u{2014} x AAAAAAAA\n",
    ] {
        assert!(wrong.parse::<SignedNote>().is_err(), "{wrong:?}");
    }
    let text = |text: &str| signer().sign(text).unwrap();
    for wrong in ["o\n04\nAAAA\n", "o\n-1\nAAAA\n", "o\n4\nAAAA\n", "o\n4\n", "\n4\nAAAA\n"] {
        let opened = Checkpoint::open(&text(wrong), "o", &signer().verifier());
        assert!(matches!(opened, Err(CheckpointError::Malformed(_))), "{wrong:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever byte of a line is changed, and whichever bit of it.
    #[test]
    fn a_flipped_byte_is_found(at in 0_usize..10, place: prop::sample::Index, flip in 1_u8..) {
        let (mut entries, notes) = ledger();
        let line = entries[at].line.as_mut().unwrap();
        let place = place.index(line.len());
        line[place] ^= flip;
        prop_assert_eq!(found(&entries, &notes, &[]), ["not_canonical"]);
    }

    /// Whatever byte of a signed note is changed, it is refused or reads the same.
    #[test]
    fn a_flipped_byte_of_a_note_is_found(place: prop::sample::Index, flip in 1_u8..) {
        let (entries, mut notes) = ledger();
        let mut bytes = notes[2].clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        if let Ok(changed) = String::from_utf8(bytes) {
            notes[2] = changed;
            prop_assert_eq!(found(&entries, &notes, &[]), ["bad_checkpoint"]);
        }
    }

    /// A forger who changes any amount and rehashes everything is betrayed by any later head.
    #[test]
    fn any_rehash_is_found(at in 0_usize..10, by in 1_i64..1_000_000) {
        let (mut entries, notes) = ledger();
        let postings = &mut entries[at].entry.postings;
        postings[0].amount = amount(postings[0].amount.minor() + by);
        postings[1].amount = amount(postings[1].amount.minor() - by);
        rehash(&mut entries);
        let found = found(&entries, &notes, &[]);
        prop_assert!(!found.is_empty());
        prop_assert!(found.iter().all(|code| *code == "checkpoint_mismatch"));
    }
}

/// Days of work are a cost that no money pays for: they leave the cash as it is, and the closing
/// clears both sides of the pair.
#[test]
fn work_in_kind_is_a_pair_that_the_closing_clears() {
    let delivered = Event::InKindDelivered {
        council: key("corbelle"),
        cost: Cost { milestone: key("M2"), net: amount(540_000) },
    };
    assert_eq!(delivered.amount(), Some(amount(540_000)));
    let delivered = entry(1, &delivered);
    let lines: Vec<_> = delivered
        .postings
        .iter()
        .map(|one| (one.account.to_string(), one.amount.minor()))
        .collect();
    assert_eq!(
        lines,
        [("funds/cost/M2".to_owned(), 540_000), ("funds/in_kind".to_owned(), -540_000)]
    );
    let books = Books(balances([&delivered], &delivered.call, Currency::EUR));
    assert_eq!(books.cash(), Ok(Amount::ZERO));
    let plan = Closing::plan(&books, &[], &[], Amount::ZERO).unwrap();
    assert_eq!((plan.unspent, plan.refunds.len()), (Amount::ZERO, 0));
    let both = [delivered, entry(2, &plan.event)];
    assert!(balances(&both, &both[0].call, Currency::EUR).is_empty());
}
