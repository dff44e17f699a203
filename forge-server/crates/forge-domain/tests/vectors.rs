//! The golden vectors of the domain paper §g, computed by an independent reference implementation.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a vector that cannot be read is a failed test"
)]

use std::collections::BTreeMap;

use forge_domain::{
    charter::LateJoinerPolicy,
    money::{Amount, Currency},
    sharing::{
        Band, Basis, Bounds, Envelope, LinearTariff, Measure, Offers, Participant, PopulationBasis,
        Prefix, Rule, ShareRequest, Shares, Shortfall, Standing, Subsidy, Thresholds, Verdict,
        Weights, allocate, backstop, capacity, clamp, compute, distribute_vat, for_months, join,
        refund, tranches, vat_of, verdict,
    },
};
use serde_json::Value;

/// One example of the file.
fn example(name: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/vectors.json");
    let text = std::fs::read_to_string(path).expect("tests/vectors.json can be read");
    let all: Value = serde_json::from_str(&text).expect("tests/vectors.json is JSON");
    all[name].clone()
}

fn amount(value: &Value) -> Amount {
    Amount::from_minor(value.as_i64().unwrap_or_else(|| panic!("{value} is no amount")))
}

fn amounts(value: &Value) -> Vec<Amount> {
    value.as_array().expect("a list of amounts").iter().map(amount).collect()
}

fn shares(value: &Value) -> Shares {
    let rows = value.as_object().unwrap_or_else(|| panic!("{value} is no table"));
    rows.iter().map(|(id, value)| (id.clone(), amount(value))).collect()
}

fn weights(value: &Value) -> Weights {
    let rows = value.as_object().unwrap_or_else(|| panic!("{value} is no table"));
    rows.iter().map(|(id, value)| (id.clone(), value.as_u64().expect("a weight"))).collect()
}

/// The councils of a table of populations.
fn inhabited(populations: &Value) -> Vec<Participant> {
    let council = |(id, population): (String, u64)| Participant {
        population: Some(population),
        ..Participant::new(id)
    };
    weights(populations).into_iter().map(council).collect()
}

/// The councils of a table of ceilings or offers.
fn limited(ceilings: &Value) -> Vec<Participant> {
    let council = |(id, ceiling): (String, Amount)| Participant {
        ceiling: Some(ceiling),
        ..Participant::new(id)
    };
    shares(ceilings).into_iter().map(council).collect()
}

fn request(total: &Value, rule: Rule, councils: Vec<Participant>) -> ShareRequest {
    ShareRequest::new(Currency::EUR, amount(total), rule, councils)
}

#[test]
fn e1_equal_shares_tie_by_id() {
    let e1 = example("E1");
    let councils = weights(&e1["weights"]).into_keys().map(Participant::new).collect();
    let outcome = compute(&request(&e1["total"], Rule::EQUAL, councils)).unwrap();
    assert_eq!(outcome.shares, shares(&e1["shares"]));
    assert_eq!(allocate(amount(&e1["total"]), &weights(&e1["weights"])).unwrap(), outcome.shares);
}

#[test]
fn e2_by_population() {
    let e2 = example("E2");
    let councils = inhabited(&e2["weights"]);
    let outcome = compute(&request(&e2["total"], Rule::population(), councils)).unwrap();
    assert_eq!(outcome.shares, shares(&e2["shares"]));
}

fn bands(value: &Value) -> Vec<Band> {
    let band = |row: &Value| Band { upto: row[0].as_u64(), weight: row[1].as_u64().unwrap() };
    value.as_array().unwrap().iter().map(band).collect()
}

#[test]
fn e3_a_bound_belongs_to_the_band_below() {
    let e3 = example("E3");
    let rule =
        Rule::By(Measure::Bands { bands: bands(&e3["bands"]), basis: PopulationBasis::default() });
    let outcome = compute(&ShareRequest {
        currency: Currency::DKK,
        ..request(&e3["total"], rule, inhabited(&e3["population"]))
    })
    .unwrap();
    assert_eq!(outcome.shares, shares(&e3["shares"]));
    assert_eq!(outcome.currency.code(), e3["currency"]);
}

#[test]
fn e4_envelopes_with_floor_and_cap() {
    let e4 = example("E4");
    let rule = Rule::Envelopes(vec![
        Envelope { bp: 4000, measure: Measure::Equal },
        Envelope { bp: 6000, measure: Measure::Population(PopulationBasis::default()) },
    ]);
    let free = request(&e4["total"], rule, inhabited(&e4["population"]));
    assert_eq!(compute(&free).unwrap().shares, shares(&e4["unclamped"]));

    let cap = Some(amount(&e4["cap"]));
    let outcome = compute(&ShareRequest { floor: amount(&e4["floor"]), cap, ..free }).unwrap();
    assert_eq!(outcome.shares, shares(&e4["shares"]));
    assert_eq!(outcome.gap, amount(&e4["gap"]));
}

#[test]
fn e5_subsidy_and_tax() {
    let e5 = example("E5");
    let grant = Subsidy::Rate { bp: 4000, base: None, cap: Some(Amount::from_minor(2_500_000)) };
    assert_eq!(grant.on(amount(&e5["total_ht"])).unwrap(), amount(&e5["grant"]));
    let net = ShareRequest {
        subsidies: vec![grant],
        ..request(&e5["total_ht"], Rule::population(), inhabited(&e5["weights"]))
    };
    let outcome = compute(&net).unwrap();
    assert_eq!(outcome.base, amount(&e5["net_ht"]));
    assert_eq!(outcome.shares, shares(&e5["net_basis_shares"]));
    assert_eq!(outcome.vat, None);

    let gross = ShareRequest { basis: Basis::Gross, vat_bp: 2000, ..net };
    let outcome = compute(&gross).unwrap();
    let expected = &e5["gross_basis"];
    assert_eq!(outcome.shares, shares(&expected["due"]));
    let vat = outcome.vat.clone().unwrap();
    assert_eq!(vat.total, amount(&e5["vat"]));
    assert_eq!(vat.shares, shares(&expected["vat"]));
    let net_lines: Shares =
        outcome.lines().unwrap().into_iter().map(|(id, line)| (id, line.net)).collect();
    assert_eq!(net_lines, shares(&expected["ht"]));
}

#[test]
fn e5_tax_is_not_rounded_line_by_line() {
    let trap = &example("E5")["trap"];
    let total = amount(&trap["total"]);
    let six: Weights = ('a'..='f').map(|id| (id.to_string(), 1)).collect();
    let lines = allocate(total, &six).unwrap();
    let vat = vat_of(total, 2000).unwrap();
    assert_eq!(vat, amount(&trap["invoice_vat"]));
    let distributed = distribute_vat(vat, &lines).unwrap();
    assert_eq!(Amount::checked_sum(distributed.into_values()).unwrap(), vat);
    let rounded = lines.values().map(|&line| vat_of(line, 2000).unwrap());
    assert_eq!(Amount::checked_sum(rounded).unwrap(), amount(&trap["sum_rounded"]));
}

#[test]
fn e6_ceilings_protect_those_who_stay() {
    let e6 = example("E6");
    let mut councils = limited(&e6["ceilings"]);
    for step in e6["steps"].as_array().unwrap() {
        if let Some(withdrawn) = step["withdrawn"].as_str() {
            councils.retain(|council| council.id != withdrawn);
        }
        let outcome = compute(&request(&e6["total"], Rule::EQUAL, councils.clone())).unwrap();
        assert_eq!(outcome.shares, shares(&step["shares"]), "{step}");
        assert_eq!(outcome.gap, amount(&step["gap"]), "{step}");
    }
}

#[test]
fn e6_a_guarantee_closes_a_gap_up_to_its_limit() {
    let e6 = example("E6");
    let limit = amount(&e6["backstop"]);
    // The last two withdrawals leave 5 000.00 and 17 000.00 unpaid.
    let backings: Vec<(i64, i64)> = e6["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| backstop(amount(&step["gap"]), limit))
        .map(|backing| (backing.used.minor(), backing.missing.minor()))
        .collect();
    assert_eq!(backings, [(0, 0), (0, 0), (500_000, 0), (1_000_000, 700_000)]);
}

/// The verdict on one case of E7, whose milestones are 24 000, 20 000, 20 000 and 16 000.
fn e7_verdict(case: &str) -> Verdict {
    let e7 = example("E7");
    let firm = shares(&e7[case]["firm"]);
    let thresholds = Thresholds {
        min_amount: amount(&e7["minimum"]),
        min_councils: e7["min_councils"].as_u64().unwrap() as usize,
        ..Thresholds::default()
    };
    let offers = request(&e7["target"], Rule::Open(Offers::default()), limited(&e7[case]["firm"]));
    let standing = Standing {
        means: capacity(&offers).unwrap().unwrap(),
        councils: firm.into_keys().map(|id| (id, 0)).collect(),
    };
    let milestones = [2_400_000, 2_000_000, 2_000_000, 1_600_000].map(Amount::from_minor);
    verdict(amount(&e7["target"]), &milestones, &thresholds, &standing).unwrap()
}

#[test]
fn e7_a_deadline_keeps_what_is_funded_or_nothing() {
    let missing = Shortfall::Amount(Amount::from_minor(550_000));
    assert_eq!(e7_verdict("case1"), Verdict::Failed(vec![missing]));

    let case = &example("E7")["case2"];
    let count = case["kept"].as_array().unwrap().len();
    assert_eq!(
        e7_verdict("case2"),
        Verdict::Partial(Prefix { count, cost: amount(&case["cost"]) })
    );

    assert_eq!(e7_verdict("case3"), Verdict::Failed(vec![Shortfall::Councils(1)]));
}

#[test]
fn e7_shares_of_a_partial_success() {
    let case = &example("E7")["case2"];
    let rule = Rule::Open(shares(&case["firm"]).into());
    let councils = shares(&case["firm"]).into_keys().map(Participant::new).collect();
    let outcome = compute(&request(&case["cost"], rule, councils)).unwrap();
    assert_eq!(outcome.shares, shares(&case["shares"]));
}

#[test]
fn e8_open_offers_are_scaled_down() {
    let e8 = example("E8");
    // The same offers, once agreed in the rule and once as the ceilings of the councils.
    let named: Vec<Participant> =
        shares(&e8["pledges"]).into_keys().map(Participant::new).collect();
    let in_rule = request(&e8["target"], Rule::Open(shares(&e8["pledges"]).into()), named);
    let by_ceiling = request(&e8["target"], Rule::Open(Offers::default()), limited(&e8["pledges"]));
    for request in [in_rule, by_ceiling] {
        let outcome = compute(&request).unwrap();
        assert_eq!(outcome.shares, shares(&e8["shares"]));
        assert_eq!(outcome.gap, Amount::ZERO);
    }
}

#[test]
fn e9_tranches_are_exact_both_ways() {
    let e9 = example("E9");
    let plan = tranches(&shares(&e9["shares"]), &amounts(&e9["amounts"])).unwrap();
    let expected: Vec<Shares> = e9["plan"].as_array().unwrap().iter().map(shares).collect();
    let columns: Vec<Shares> = plan.into_iter().map(|tranche| tranche.shares).collect();
    assert_eq!(columns, expected);

    let e2 = example("E2");
    let outcome = compute(&ShareRequest {
        milestones: amounts(&e9["amounts"]),
        ..request(&e2["total"], Rule::population(), inhabited(&e2["weights"]))
    })
    .unwrap();
    let columns: Vec<Shares> = outcome.tranches.into_iter().map(|row| row.shares).collect();
    assert_eq!(columns, expected);
}

#[test]
fn e10_a_late_joiner_buys_in() {
    let (e2, e10) = (example("E2"), example("E10"));
    let before = allocate(amount(&e2["total"]), &weights(&e2["weights"])).unwrap();
    let after = allocate(amount(&e2["total"]), &weights(&e10["weights"])).unwrap();
    let terms = (LateJoinerPolicy::Redistribute, 10_000);
    let joined = join((&before, &after), "fontclaire", &before, terms).unwrap();
    assert_eq!((joined.price, joined.amount), (amount(&e10["buy_in"]), amount(&e10["buy_in"])));
    assert_eq!(joined.apart, Amount::ZERO, "the others are asked for less in its place");
    let credited = joined.credits.into_iter().map(|(council, one)| (council, one.lowered));
    assert_eq!(credited.collect::<Shares>(), shares(&e10["credits"]));
}

#[test]
fn e11_refunds_include_the_grant() {
    let e11 = example("E11");
    let paid = shares(&e11["funders"]);
    let collected = Amount::checked_sum(paid.values().copied()).unwrap();
    let unspent = collected.checked_sub(amount(&e11["spent"])).unwrap();
    assert_eq!(unspent, amount(&e11["unspent"]));
    assert_eq!(refund(unspent, &paid).unwrap(), shares(&e11["refunds"]));
}

#[test]
fn e12_own_work_is_credited() {
    let e12 = example("E12");
    let work = shares(&e12["in_kind"]);
    let council = |id: String| Participant {
        in_kind: work.get(&id).copied().unwrap_or_default(),
        ..Participant::new(id)
    };
    let councils = shares(&e12["cash_shares"]).into_keys().map(council).collect();
    let outcome = compute(&request(&e12["cash"], Rule::EQUAL, councils)).unwrap();
    assert_eq!(outcome.shares, shares(&e12["cash_shares"]));
    assert_eq!(outcome.gap, Amount::ZERO);
    let gift = work["dormont"].checked_sub(amount(&e12["gross_shares"]["dormont"])).unwrap();
    assert_eq!(outcome.gifts, [("dormont".to_owned(), gift)].into());
}

#[test]
fn e13_a_new_council_can_cost_another_a_cent() {
    let e13 = example("E13");
    let total = amount(&e13["total"]);
    let mut weighed = weights(&e13["weights"]);
    let before = allocate(total, &weighed).unwrap();
    assert_eq!(before, shares(&e13["before"]));
    weighed.extend(weights(&e13["new"]));
    let after = allocate(total, &weighed).unwrap();
    assert_eq!(after, shares(&e13["after"]));
    let raised = e13["raised"].as_str().unwrap();
    assert_eq!(after[raised].minor() - before[raised].minor(), 1);
}

#[test]
fn e17_a_year_of_maintenance() {
    let e17 = example("E17");
    let reserve = vat_of(amount(&e17["budget"]), 500).unwrap();
    assert_eq!(reserve, amount(&e17["reserve"]));
    let with_reserve = amount(&e17["budget"]).checked_add(reserve).unwrap();
    let need = with_reserve.checked_sub(amount(&e17["carry"])).unwrap();
    assert_eq!(need, amount(&e17["need"]));
    let mut weighed = weights(&e17["weights"]);
    assert_eq!(allocate(need, &weighed).unwrap(), shares(&e17["shares"]));
    weighed.insert("fontclaire".to_owned(), 22);
    let joined = allocate(need, &weighed).unwrap();
    assert_eq!(joined["fontclaire"], amount(&e17["joiner_full"]));
    assert_eq!(for_months(joined["fontclaire"], 4), amount(&e17["joiner_prorata"]));
}

#[test]
fn e18_a_linear_tariff() {
    let e18 = example("E18");
    let tariff = LinearTariff {
        currency: Currency::DKK,
        base: amount(&e18["base"]),
        rate_millionths: e18["rate_millionths"].as_u64().unwrap(),
        cap: Some(amount(&e18["cap"])),
    };
    let fee = |(id, population)| (id, tariff.fee(population).unwrap());
    let fees: Shares = weights(&e18["population"]).into_iter().map(fee).collect();
    assert_eq!(fees, shares(&e18["fees"]));
}

#[test]
fn clamping_in_one_pass_would_lose_money() {
    let e4 = example("E4");
    let bounds = Bounds { floor: amount(&e4["floor"]), cap: Some(amount(&e4["cap"])) };
    let unclamped = shares(&e4["unclamped"]);
    let one_pass = unclamped.values().map(|&share| share.clamp(bounds.floor, bounds.cap.unwrap()));
    let lost = amount(&e4["total"]).checked_sub(Amount::checked_sum(one_pass).unwrap()).unwrap();
    assert_eq!(lost, Amount::from_minor(256_786));

    let weighed = unclamped.iter().map(|(id, share)| (id.clone(), share.minor() as u64)).collect();
    let rows: BTreeMap<String, Bounds> = unclamped.keys().map(|id| (id.clone(), bounds)).collect();
    let clamped = clamp(amount(&e4["total"]), &weighed, &rows).unwrap();
    assert_eq!(clamped.shares, shares(&e4["shares"]));
}
