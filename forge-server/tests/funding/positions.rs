//! The long way of a pledge: pending, enforceable, checked, amended, ordered, passed on; and
//! inhabitants that count once.

use forge_api::pledges::PledgeState;
use forge_server::{
    actions::{
        councils::{ImportPopulations, Imported, SetGrouping},
        evidence::{CheckEvidence, CompleteEvidence, NewAct},
        pledges::{
            AmendPledge, ApproveSubstitution, NewYear, OfferPlace, OrderPledge, SchedulePledge,
            TakePlace, WithdrawPledge,
        },
    },
    census::Sheet,
    error::Error,
    ledger::verify,
};
use forge_store::{evidence, pledges, spaces};
use forge_tests::{engine::block_on, on_both};

use crate::world::{World, call, code, commitment, deliberation, equal_call, slug};

on_both! {
    /// France: a deliberation binds once the prefecture has it and it is published, and counts
    /// once another agent has checked it.
    fn a_french_pledge_is_firm_with_the_last_thing_it_waited_for(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = equal_call();
            new.profile = Some("fr".to_owned());
            new.vehicle = Some("joint_procurement_full".to_owned());
            let call = world.open_call(new).await;
            let mut order = commitment(&call, "aubervac", "24000");
            let mut act = deliberation();
            act.kind = "purchase_order".to_owned();
            order.act = Some(NewAct::parse(&act, None).unwrap());
            let signatory = world.signatory("aubervac").await;
            let refused = world.app.act(&signatory, order).await.unwrap_err();
            assert_eq!(code(&refused), "evidence_incomplete", "it takes an assembly");

            let pledge = world.commit(&call, "aubervac", "24000").await.unwrap();
            assert_eq!(pledge.state, PledgeState::PendingDecision);
            assert_eq!(
                pledge.awaits,
                ["prefecture_receipt_on", "published_on", "second_check"]
            );
            assert_eq!((pledge.ledger_seq, firm(&world, &call).await), (None, 0));
            let id = evidence_of(&world, &pledge.reference).await;
            let finance = world.by("aubervac-fin").await;
            let early = world.app.act(&finance, CheckEvidence { evidence: id }).await.unwrap_err();
            assert_eq!(code(&early), "evidence_not_enforceable", "a check covers the dates");
            let dates = CompleteEvidence {
                evidence: id,
                prefecture_receipt: Some("2026-10-14".to_owned()),
                published: Some("2026-10-15".to_owned()),
            };
            world.app.act(&finance, dates).await.unwrap();
            assert_eq!(state(&world, &pledge.reference).await, "pending_decision");
            let own = world.app.act(&signatory, CheckEvidence { evidence: id }).await;
            assert!(matches!(own, Err(Error::Forbidden(_))), "the one who uploaded does not check");
            world.app.act(&finance, CheckEvidence { evidence: id }).await.unwrap();
            assert_eq!(state(&world, &pledge.reference).await, "firm");
            assert_eq!(firm(&world, &call).await, 1);
            assert!(sound(&world).await);
        });
    }

    fn a_pledge_is_scheduled_split_by_year_amended_and_withdrawn_in_time(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.open_call(equal_call()).await;
            let intended = world.intend(&call, "belrive").await.unwrap();
            let schedule = |day: &str| SchedulePledge {
                reference: intended.reference.clone(),
                planned_on: day.to_owned(),
                body: "Conseil municipal".to_owned(),
            };
            let finance = world.by("belrive-fin").await;
            let past = world.app.act(&finance, schedule("2026-10-14")).await.unwrap_err();
            assert_eq!(code(&past), "planned_past");
            let pending = world.app.act(&finance, schedule("2026-11-16")).await.unwrap();
            assert_eq!(pending.state, PledgeState::PendingDecision);
            assert_eq!(pending.planned_on.as_deref(), Some("2026-11-16"));

            let year = |year, amount: &str| NewYear {
                year,
                amount: forge_api::Amount(amount.to_owned()),
                section: forge_domain::pledge::Section::Investment,
                account_hint: Some("2051".to_owned()),
            };
            let mut commit = commitment(&call, "belrive", "24000");
            commit.years = vec![year(2027, "14000"), year(2028, "9999.99")];
            let by = world.signatory("belrive").await;
            let short = world.app.act(&by, commit.clone()).await.unwrap_err();
            assert_eq!(code(&short), "budget_years_mismatch");
            commit.years[1] = year(2028, "10000");
            let firm = world.app.act(&by, commit).await.unwrap();
            assert_eq!((firm.state, firm.budget_years.len()), (PledgeState::Firm, 2));

            let amend = |ceiling: &str, act: Option<NewAct>| AmendPledge {
                reference: firm.reference.clone(),
                ceiling: forge_api::Amount(ceiling.to_owned()),
                act,
                years: Vec::new(),
            };
            let raised = world.app.act(&by, amend("24500", None)).await.unwrap_err();
            assert_eq!(code(&raised), "evidence_incomplete", "a rise takes an act of its own");
            let act = NewAct::parse(&deliberation(), None).unwrap();
            let raised = world.app.act(&by, amend("24500", Some(act))).await.unwrap();
            assert_eq!(raised.ceiling.unwrap().as_str(), "24500.00");
            let lowered = world.app.act(&by, amend("24100", None)).await.unwrap();
            assert_eq!(lowered.ledger_seq, Some(3), "each difference is an entry");
            assert!(sound(&world).await);

            let withdraw = WithdrawPledge {
                reference: firm.reference,
                reason: "budget non voté".to_owned(),
                act_ref: None,
            };
            // The charter asks for thirty days before the deadline of 31 January.
            world.set_clock("2027-01-02T00:00:00Z");
            let late = world.app.act(&by, withdraw).await.unwrap_err();
            assert_eq!(code(&late), "withdrawal_notice");
        });
    }

    /// P13 and P10: the place passes with the last of three agreements, to the cent.
    fn a_place_passes_on_and_is_ordered(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.open_call(equal_call()).await;
            for council in ["aubervac", "belrive"] {
                world.commit(&call, council, "24000").await.unwrap();
            }
            world.set_clock("2027-02-01T00:00:00Z");
            world.do_jobs().await;
            let offer = OfferPlace {
                reference: "PLG-2026-0002".to_owned(),
                to: "corbelle".to_owned(),
                reason: "fusion".to_owned(),
                act_ref: None,
            };
            let by = world.signatory("belrive").await;
            world.app.act(&by, offer.clone()).await.unwrap();
            assert!(world.app.act(&by, offer).await.is_err(), "one offer at a time");
            let take = |council: &str, ceiling: &str| TakePlace {
                reference: "PLG-2026-0002".to_owned(),
                council: council.to_owned(),
                ceiling: forge_api::Amount(ceiling.to_owned()),
                act: NewAct::parse(&deliberation(), None).unwrap(),
            };
            let taker = world.signatory("corbelle").await;
            let low = world.app.act(&taker, take("corbelle", "23999.99")).await.unwrap_err();
            assert_eq!(code(&low), "ceiling_exceeded");
            let other = world.signatory("dormont").await;
            let other = world.app.act(&other, take("dormont", "24000")).await.unwrap_err();
            assert_eq!(code(&other), "place_not_offered");
            let taking = world.app.act(&taker, take("corbelle", "24500")).await.unwrap();
            assert_eq!(taking.state, PledgeState::PendingDecision);
            assert_eq!(state(&world, "PLG-2026-0002").await, "confirmed");

            let lead = world.by("aubervac-lead").await;
            let approve = ApproveSubstitution { reference: "PLG-2026-0002".to_owned() };
            let own = world.by("belrive-lead").await;
            assert!(matches!(world.app.act(&own, approve.clone()).await, Err(Error::Forbidden(_))));
            world.app.act(&lead, approve).await.unwrap();
            assert_eq!(state(&world, "PLG-2026-0002").await, "substituted");
            assert_eq!(state(&world, &taking.reference).await, "confirmed");
            let finance = world.by("corbelle-fin").await;
            let order = |number: &str| OrderPledge {
                reference: taking.reference.clone(),
                number: number.to_owned(),
                service_code: Some("DSI".to_owned()),
            };
            let empty = world.app.act(&finance, order(" ")).await.unwrap_err();
            assert_eq!(code(&empty), "commitment_no_missing");
            let ordered = world.app.act(&finance, order("2027-00481")).await.unwrap();
            assert_eq!(ordered.state, PledgeState::Ordered);
            assert_eq!(ordered.final_share.unwrap().net.as_str(), "24000.00");
            assert!(sound(&world).await, "the ledger says what the pledges say");
        });
    }

    fn the_inhabitants_of_a_member_count_once(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let admin = world.by("odile").await;
            let belongs = |council: &str, grouping: &str| SetGrouping {
                council: slug(council),
                grouping: slug(grouping),
                belongs: true,
            };
            world.app.act(&admin, belongs("corbelle", "esterey")).await.unwrap();
            let circle = world.app.act(&admin, belongs("esterey", "corbelle")).await.unwrap_err();
            let field = circle.refusal().and_then(|refusal| refusal.fields.first());
            assert_eq!(field.map(|field| field.code), Some("grouping_circle"));
            let lead = world.by("corbelle-lead").await;
            let own = world.app.act(&lead, belongs("corbelle", "aubervac")).await;
            assert!(matches!(own, Err(Error::Forbidden(_))), "whose weight falls does not decide");

            let call = world.open_call(call()).await;
            world.intend(&call, "esterey").await.unwrap();
            let alone = world.commit(&call, "corbelle", "25000").await.unwrap();
            // 45 678 of its own, and 101 234 − 45 678 that the grouping brings.
            assert_eq!(alone.share_if_all_join.unwrap().as_str(), "21658.18");
        });
    }

    fn a_file_of_inhabitants_is_recorded_whole_and_once(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let admin = world.by("odile").await;
            let read = |text: &str| {
                let mut sheet = Sheet::default();
                sheet.push(text.as_bytes()).and_then(|()| sheet.end())
            };
            let head = "council,kind,vintage,inhabitants,reference_date,source\n";
            let row = "siren:213000003,municipale,2027,12400,2024-01-01,https://s.example/27\n";
            let broken = format!("{head}{row}siren:213000004,municipale,2027,5,,\n");
            assert_eq!(code(&read(&broken).unwrap_err()), "census_wrong");
            let counts = read(&format!("{head}{row}")).unwrap();
            let import = ImportPopulations { counts };
            let nobody = Imported { unknown: 1, ..Imported::default() };
            assert_eq!(world.app.act(&admin, import.clone()).await.unwrap(), nobody);
            world.register_as("tourcelle", "213000003").await;
            let first = Imported { recorded: 1, ..Imported::default() };
            assert_eq!(world.app.act(&admin, import.clone()).await.unwrap(), first);
            let again = Imported { unchanged: 1, ..Imported::default() };
            assert_eq!(world.app.act(&admin, import.clone()).await.unwrap(), again);
            let lead = world.by("aubervac-lead").await;
            assert!(matches!(world.app.act(&lead, import).await, Err(Error::Forbidden(_))));
        });
    }
}

async fn state(world: &World, reference: &str) -> &'static str {
    pledges::by_ref(&world.app.db, reference).await.unwrap().unwrap().state.name()
}

async fn evidence_of(
    world: &World,
    reference: &str,
) -> forge_domain::Id<forge_domain::id::Evidence> {
    let pledge = pledges::by_ref(&world.app.db, reference).await.unwrap().unwrap();
    evidence::of_pledge(&world.app.db, pledge.id).await.unwrap()[0].id
}

/// How many councils the call counts.
async fn firm(world: &World, call: &str) -> usize {
    let found = forge_store::calls::by_ref(&world.app.db, call).await.unwrap().unwrap();
    let rows = pledges::of_call(&world.app.db, found.id).await.unwrap();
    rows.iter().filter(|row| row.state.is_binding()).count()
}

async fn sound(world: &World) -> bool {
    let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
    let report = verify::verify(&world.app, &space).await.unwrap();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    report.verified
}
