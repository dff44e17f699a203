use std::{collections::BTreeMap, sync::LazyLock};

use super::*;
use crate::{
    access::{Deed, Role},
    ledger::{Account, Event, Party},
    sharing::{Basis, Document, ShareRequest, Subsidy, documents},
};

static VECTORS: LazyLock<serde_json::Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../../tests/vectors.json")).unwrap()
});

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor)
}

fn named(value: &serde_json::Value) -> BTreeMap<String, i64> {
    let rows = value.as_object().unwrap().iter();
    rows.map(|(name, minor)| (name.clone(), minor.as_i64().unwrap())).collect()
}

/// Holds a table of transitions against the rows that are listed: all others are refused.
fn check<S: Copy + PartialEq + std::fmt::Debug, A: Copy + PartialEq + std::fmt::Debug>(
    states: &[S],
    acts: &[A],
    listed: &[(S, A, S)],
    after: impl Fn(S, A) -> Result<S, FundsError>,
) {
    for &from in states {
        for &act in acts {
            let expected = listed.iter().find(|row| (row.0, row.1) == (from, act));
            let found = after(from, act);
            assert_eq!(found.clone().ok(), expected.map(|row| row.2), "{from:?} {act:?}");
            if let Err(error) = found {
                assert_eq!(error.code(), "funds_state");
            }
        }
    }
}

#[test]
fn a_call_for_funds_moves_as_listed_and_not_otherwise() {
    use FundsCallAct as A;
    use FundsCallState as S;
    let listed = [
        (S::Draft, A::Redraft, S::Draft),
        (S::Draft, A::Issue, S::Issued),
        (S::Issued, A::PayPart, S::PartlyPaid),
        (S::Issued, A::PayAll, S::Paid),
        (S::PartlyPaid, A::PayPart, S::PartlyPaid),
        (S::PartlyPaid, A::PayAll, S::Paid),
        (S::Paid, A::Reopen, S::PartlyPaid),
        (S::PartlyPaid, A::Reopen, S::PartlyPaid),
        (S::Paid, A::Unpay, S::Issued),
        (S::PartlyPaid, A::Unpay, S::Issued),
        (S::Issued, A::Cancel, S::Cancelled),
    ];
    check(S::ALL, A::ALL, &listed, funds_call_after);
}

#[test]
fn a_payment_needs_both_sides_in_either_order() {
    use PaymentAct as A;
    use PaymentState as S;
    let listed = [
        (None, A::Declare, Some(S::Declared)),
        (None, A::Receive, Some(S::Received)),
        (Some(S::Declared), A::Receive, Some(S::Reconciled)),
        (Some(S::Received), A::Declare, Some(S::Reconciled)),
        (Some(S::Declared), A::RetractDeclaration, Some(S::Retracted)),
        (Some(S::Received), A::RetractReceipt, Some(S::Retracted)),
        (Some(S::Reconciled), A::Reverse, Some(S::Reversed)),
    ];
    let states: Vec<_> = S::ALL.iter().copied().map(Some).chain([None]).collect();
    check(&states, A::ALL, &listed, |from, act| payment_after(from, act).map(Some));
}

#[test]
fn an_invoice_is_a_cost_after_two_approvals() {
    use InvoiceAct as A;
    use InvoiceState as S;
    let listed = [
        (S::Recorded, A::Approve, S::ApprovedOnce),
        (S::ApprovedOnce, A::Approve, S::Approved),
        (S::Recorded, A::Refuse, S::Refused),
        (S::ApprovedOnce, A::Refuse, S::Refused),
        (S::Approved, A::PayPart, S::Approved),
        (S::Approved, A::PayAll, S::Paid),
    ];
    check(S::ALL, A::ALL, &listed, invoice_after);
    assert_eq!(two_persons(1, 1), Err(FundsError::SamePerson));
    assert_eq!(two_persons(1, 2), Ok(()));
}

#[test]
fn a_refund_is_sent_or_carried_once() {
    use RefundAct as A;
    use RefundState as S;
    let listed = [(S::Planned, A::Send, S::Sent), (S::Planned, A::Carry, S::Carried)];
    check(S::ALL, A::ALL, &listed, refund_after);
}

/// Every act of people against every role: whoever may, may by the table of rights alone.
#[test]
fn each_act_is_open_to_the_roles_of_its_side() {
    let may = |deed: Deed| -> Vec<Role> { deed.rule().roles() };
    let both = vec![Role::Lead, Role::Finance];
    for act in FundsCallAct::ALL.iter().filter_map(|act| act.deed()) {
        assert_eq!(may(act), both, "{act}");
    }
    for &act in PaymentAct::ALL {
        let expected = match act.side() {
            Side::Payer => vec![Role::Finance],
            Side::Treasurer => both.clone(),
        };
        assert_eq!(may(act.deed()), expected, "{act}");
    }
    for &act in InvoiceAct::ALL {
        assert_eq!(may(act.deed()), both, "{act}");
    }
    for act in RefundAct::ALL.iter().filter_map(|act| act.deed()) {
        assert_eq!(may(act), both, "{act}");
    }
}

fn positions(shares: &BTreeMap<String, i64>) -> BTreeMap<String, Position> {
    let position = |&share: &i64| Position {
        share: amount(share),
        ceiling: amount(share + 100),
        called: Amount::ZERO,
    };
    shares.iter().map(|(council, share)| (council.clone(), position(share))).collect()
}

/// Calls milestone after milestone; what each asked of each.
fn call_all(basis: Basis, all: &[Document], shares: &BTreeMap<String, i64>) -> Vec<Claim> {
    let mut councils = positions(shares);
    let mut claims = Vec::new();
    for at in 0..all.len() {
        let claim = claim(basis, &all[at..], 0, &councils).unwrap();
        for (council, line) in &claim.lines {
            let position = councils.get_mut(council).unwrap();
            position.called = position.called.checked_add(line.amount).unwrap();
        }
        claims.push(claim);
    }
    assert!(councils.values().all(|position| position.called == position.share));
    claims
}

#[test]
fn e9_every_call_is_its_milestone_and_every_council_pays_its_share() {
    let e9 = &VECTORS["E9"];
    let bases: Vec<i64> =
        e9["amounts"].as_array().unwrap().iter().map(|value| value.as_i64().unwrap()).collect();
    let document =
        |&base: &i64| Document { net: amount(base), base: amount(base), ..Document::default() };
    let all: Vec<Document> = bases.iter().map(document).collect();
    let claims = call_all(Basis::Net, &all, &named(&e9["shares"]));
    for (claim, expected) in claims.iter().zip(e9["plan"].as_array().unwrap()) {
        let found: BTreeMap<String, i64> =
            claim.lines.iter().map(|(id, line)| (id.clone(), line.amount.minor())).collect();
        assert_eq!(found, named(expected));
        assert_eq!(claim.total().unwrap().net, claim.document.base);
    }
    let last = &claims[2].lines["aubervac"];
    assert_eq!(last.to_call, Amount::ZERO);
    assert_eq!(last.ceiling_left, amount(100));
    assert_eq!(last.before.called, amount(108_822 + 145_095));
}

/// The documents of example E5 in gross amounts, in one milestone or two.
fn e5(parts: &[i64]) -> Vec<Document> {
    let e5 = &VECTORS["E5"];
    let minor = |name: &str| amount(e5[name].as_i64().unwrap());
    documents(&ShareRequest {
        total: minor("total_ht"),
        basis: Basis::Gross,
        vat_bp: 2000,
        subsidies: vec![Subsidy::Fixed(minor("grant"))],
        milestones: parts.iter().copied().map(amount).collect(),
        ..ShareRequest::new(
            crate::money::Currency::EUR,
            Amount::ZERO,
            crate::sharing::Rule::Open(crate::sharing::Offers::default()),
            vec![],
        )
    })
    .unwrap()
}

#[test]
fn e5_a_gross_call_for_funds_has_the_tax_of_the_published_vector() {
    let gross = &VECTORS["E5"]["gross_basis"];
    let claims = call_all(Basis::Gross, &e5(&[7_321_340]), &named(&gross["due"]));
    for (council, line) in &claims[0].lines {
        assert_eq!(line.line.vat.minor(), gross["vat"][council].as_i64().unwrap(), "{council}");
        assert_eq!(line.line.net.minor(), gross["ht"][council].as_i64().unwrap(), "{council}");
    }
    let total = claims[0].total().unwrap();
    assert_eq!((total.gross, total.vat), (amount(6_285_608), amount(1_464_268)));
    assert_eq!(claims[0].document.subsidies, amount(2_500_000));
}

#[test]
fn subsidies_are_borne_by_every_milestone() {
    let two = e5(&[4_000_000, 3_321_340]);
    assert_eq!(Amount::checked_sum(two.iter().map(|one| one.subsidies)), Ok(amount(2_500_000)));
    let claims = call_all(Basis::Gross, &two, &named(&VECTORS["E5"]["gross_basis"]["due"]));
    for claim in &claims {
        assert_eq!(claim.total().unwrap().gross, claim.document.base);
        assert_eq!(claim.total().unwrap().vat, claim.document.vat);
    }
}

#[test]
fn a_call_for_funds_that_fits_no_share_is_refused() {
    let shares = named(&VECTORS["E5"]["gross_basis"]["due"]);
    let refused = |all: &[Document], at| {
        claim(Basis::Gross, all, at, &positions(&shares)).unwrap_err().code()
    };
    assert_eq!(refused(&e5(&[7_321_340]), 1), "milestone_unknown");
    assert_eq!(refused(&e5(&[4_000_000, 3_321_340])[..1], 0), "milestone_sum_mismatch");
}

fn council(name: &str) -> Party {
    Party::Council(name.parse().unwrap())
}

fn grant(order: RefundOrder, paid: i64) -> Contribution {
    let party = Party::Grant("grant:state".parse().unwrap());
    Contribution { party, giver: Giver::Grant(order), paid: amount(paid) }
}

/// What example E11 paid, with the grant on these terms.
fn e11(order: RefundOrder) -> Vec<Contribution> {
    let mut all: Vec<Contribution> = named(&VECTORS["E11"]["funders"])
        .into_iter()
        .filter(|(name, _)| name != "grant:state")
        .map(|(name, paid)| Contribution {
            party: council(&name),
            giver: Giver::Council,
            paid: amount(paid),
        })
        .collect();
    all.push(grant(order, 2_500_000));
    all
}

fn books(rows: &[(&str, i128)]) -> Books {
    Books(rows.iter().map(|(account, sum)| (account.parse().unwrap(), *sum)).collect())
}

/// The books of example E11 once every supplier is paid.
fn spent() -> Books {
    books(&[
        ("funds/cash/treasurer", 312_346),
        ("funds/contributions", -4_800_000),
        ("funds/grants", -2_500_000),
        ("funds/cost/M1", 6_987_654),
    ])
}

fn plan(order: RefundOrder, carried_below: i64) -> Closing {
    Closing::plan(&spent(), &e11(order), &[], amount(carried_below)).unwrap()
}

fn given(closing: &Closing) -> BTreeMap<String, i64> {
    let name = |party: &Party| party.to_string().trim_start_matches("council/").to_owned();
    closing.refunds.iter().map(|one| (name(&one.party), one.amount.minor())).collect()
}

#[test]
fn e11_refunds_go_to_all_who_paid_and_the_closing_entry_balances() {
    let closing = plan(RefundOrder::ProRata, 0);
    assert_eq!(given(&closing), named(&VECTORS["E11"]["refunds"]));
    let sum: i64 = closing.event.postings().unwrap().iter().map(|one| one.amount.minor()).sum();
    assert_eq!(sum, 0);
    assert!(closing.refunds.iter().all(|one| one.fate == Fate::Sent));
}

#[test]
fn a_grant_that_demands_it_is_paid_back_first() {
    let closing = plan(RefundOrder::First, 0);
    assert_eq!(given(&closing), BTreeMap::from([("grant:state".to_owned(), 312_346)]));
    let mut few = e11(RefundOrder::First);
    few.retain(|one| one.giver == Giver::Council);
    few.push(grant(RefundOrder::First, 12_346));
    let closing = Closing::plan(&spent(), &few, &[], Amount::ZERO).unwrap();
    let back = given(&closing);
    assert_eq!(back["grant:state"], 12_346);
    assert_eq!(back.values().sum::<i64>(), 312_346);
}

#[test]
fn a_small_refund_is_carried_where_the_charter_says_so() {
    let closing = plan(RefundOrder::ProRata, 5_000);
    let carried: Vec<String> = closing
        .refunds
        .iter()
        .filter(|one| one.fate == Fate::Carried)
        .map(|one| one.party.to_string())
        .collect();
    assert_eq!(carried, ["council/belrive", "council/dormont"]);
}

#[test]
fn books_that_are_not_settled_are_not_closed() {
    let refused = |more: &[(&str, i128)]| {
        let mut rows = vec![("funds/cash/treasurer", 100)];
        rows.extend(more);
        Closing::plan(&books(&rows), &[], &[], Amount::ZERO).unwrap_err()
    };
    let open = FundsError::NotReconciled;
    assert_eq!(refused(&[("funds/receivable/council/a", 1)]), open(Open::Receivable));
    assert_eq!(refused(&[("funds/receivable/grant:state", 1)]), open(Open::Receivable));
    assert_eq!(refused(&[("funds/payable/supplier:x", -1)]), open(Open::Payable));
    assert_eq!(refused(&[("funds/cash/treasurer", -1)]), open(Open::Overspent));
    assert_eq!(spent().are_even(), Err(open(Open::Account)));
    assert_eq!(Books::default().are_even(), Ok(()));
}

#[test]
fn what_councils_paid_themselves_meets_the_costs() {
    let books = books(&[
        ("funds/direct/a", -700),
        ("funds/direct/b", -500),
        ("funds/cost/M1", 1_000),
        ("funds/vat_input", 200),
        ("commitments/council/a", 700),
        ("commitments/council/b", 500),
        ("commitments/call", -1_200),
    ]);
    let closing = Closing::plan(&books, &[], &[], Amount::ZERO).unwrap();
    assert!(closing.refunds.is_empty());
    let left: Vec<_> = closing.event.postings().unwrap();
    assert!(left.iter().any(|one| one.account == "funds/direct/a".parse().unwrap()));
    assert_eq!(left.iter().map(|one| one.amount.minor()).sum::<i64>(), 0);
    let uncalled = books.uncalled().unwrap();
    assert_eq!(
        uncalled,
        [("a".parse().unwrap(), amount(700)), ("b".parse().unwrap(), amount(500))]
    );
}

#[test]
fn no_more_is_paid_than_is_left() {
    assert_eq!(within(amount(5), amount(5)), Ok(()));
    assert_eq!(within(amount(6), amount(5)), Err(FundsError::TooMuch { left: amount(5) }));
    assert_eq!(within(Amount::ZERO, amount(5)), Err(FundsError::Nothing));
    assert_eq!(within(amount(-1), amount(5)), Err(FundsError::Nothing));
}

#[test]
fn what_is_written_off_leaves_the_account_of_who_owed_it() {
    for (payer, given) in [
        (council("a"), Account::Contributions),
        (Party::Grant("grant:state".parse().unwrap()), Account::Grants),
    ] {
        let event = Event::WrittenOff { payer: payer.clone(), amount: amount(300) };
        let lines = event.postings().unwrap();
        assert_eq!((&lines[0].account, lines[0].amount), (&given, amount(300)));
        assert_eq!(
            (&lines[1].account, lines[1].amount),
            (&Account::Receivable(payer), amount(-300))
        );
    }
}
