//! Calls: what moves them and what does not.

use forge_api::calls::NewCall;
use forge_domain::call::CallState;
use forge_server::{
    actions::calls::{CancelCall, ConfirmEarly, CreateCall, EditCall, PublishCall},
    error::Error,
    funding::{answer, audit, open},
};
use forge_store::{calls, jobs};
use forge_tests::{engine::block_on, on_both};

use crate::world::{World, call, call_of_three, code, equal_call, slug};

async fn state(world: &World, reference: &str) -> CallState {
    calls::by_ref(&world.app.db, reference).await.unwrap().unwrap().state
}

on_both! {
    /// The whole line: draft, publication, intentions, firm pledges, deadline, shares.
    fn from_draft_to_confirmed(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(call_of_three()).await;
            assert_eq!(reference, "CALL-2026-0001");
            world.intend(&reference, "dormont").await.unwrap();
            for council in ["aubervac", "belrive", "corbelle"] {
                let pledge = world.commit(&reference, council, "16000").await.unwrap();
                assert_eq!(pledge.ledger_seq.unwrap(), ["aubervac", "belrive", "corbelle"]
                    .iter().position(|one| *one == council).unwrap() as i64 + 1);
            }
            assert_eq!(state(&world, &reference).await, CallState::Reached);
            world.set_clock("2027-01-31T22:59:59Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Reached);
            // The day is over in Paris.
            world.set_clock("2027-01-31T23:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Confirmed);
            let actor = forge_domain::access::Actor::visitor();
            let opened = open::call(&world.app, &actor, &reference).await.unwrap();
            let told = answer::call(&world.app, &opened.book).unwrap();
            let shares: Vec<_> = told.shares.iter()
                .map(|one| {
                    let share = one.share.as_ref().map(|share| share.as_str());
                    (one.council.as_str(), one.state, share)
                })
                .collect();
            use forge_api::pledges::PledgeState::{Confirmed, Lapsed};
            assert_eq!(shares, [
                ("aubervac", Confirmed, Some("16000.00")),
                ("belrive", Confirmed, Some("16000.00")),
                ("corbelle", Confirmed, Some("16000.00")),
                ("dormont", Lapsed, None),
            ]);
            let snapshot: serde_json::Value =
                serde_json::from_str(opened.book.call.snapshot.as_deref().unwrap()).unwrap();
            assert_eq!(snapshot["result"]["shares"]["belrive"]["gross"], "16000.00");
            assert_eq!(snapshot["inputs"]["councils"].as_array().unwrap().len(), 3);
        });
    }

    /// 40 000.00 of 48 000.00, with a minimum of 33 600.00: the first two milestones are kept.
    fn a_partial_success_keeps_the_first_milestones(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = equal_call();
            new.low_ceilings = true;
            let reference = world.open_call(new).await;
            for (council, ceiling) in [("aubervac", "20000"), ("belrive", "20000")] {
                world.commit(&reference, council, ceiling).await.unwrap();
            }
            world.set_clock("2027-02-01T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Confirmed);
            let row = calls::by_ref(&world.app.db, &reference).await.unwrap().unwrap();
            let snapshot: serde_json::Value =
                serde_json::from_str(row.snapshot.as_deref().unwrap()).unwrap();
            assert_eq!(snapshot["result"]["kept"], 2);
            assert_eq!(snapshot["result"]["cost"], "33600.00");
            assert_eq!(snapshot["result"]["shares"]["aubervac"]["net"], "16800.00");
        });
    }

    fn a_call_that_misses_its_threshold_fails_and_frees_everyone(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = equal_call();
            new.low_ceilings = true;
            new.grace_days = 10;
            let reference = world.open_call(new).await;
            world.commit(&reference, "aubervac", "10000").await.unwrap();
            world.intend(&reference, "belrive").await.unwrap();
            world.set_clock("2027-02-01T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Open, "days of grace");
            let late = world.commit(&reference, "corbelle", "10000").await.unwrap_err();
            assert_eq!(code(&late), "call_not_open", "no intention before the deadline");
            world.set_clock("2027-02-10T23:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Failed);
            let pledges = forge_store::pledges::of_call(
                &world.app.db,
                calls::by_ref(&world.app.db, &reference).await.unwrap().unwrap().id,
            ).await.unwrap();
            let states: Vec<_> = pledges.iter().map(|one| one.state.name()).collect();
            assert_eq!(states, ["released", "lapsed"]);
        });
    }

    /// A server that was off at the deadline, and one that is started twice, end a call once.
    fn the_deadline_comes_once_across_restarts(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let reference = world.open_call(call_of_three()).await;
            for council in ["aubervac", "belrive", "corbelle"] {
                world.commit(&reference, council, "16000").await.unwrap();
            }
            world.do_jobs().await;
            let due = jobs::due(&world.app.db, "2028-01-01T00:00:00Z".parse().unwrap(), 9)
                .await.unwrap();
            let alarm = due.iter().find(|job| job.kind == "deadline").unwrap().clone();
            world.set_clock("2027-03-01T00:00:00Z");
            world.restart().await;
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Confirmed);
            let entries = entries(&world).await;
            // The same alarm again, as a second server would have read it before.
            let close = forge_server::actions::calls::CloseCall { reference: reference.clone() };
            assert!(world.app.act_for_job(&alarm, close).await.unwrap().is_none());
            world.restart().await;
            world.do_jobs().await;
            assert_eq!(entries, self::entries(&world).await);
        });
    }

    fn a_lead_confirms_early_only_where_the_call_allows_it(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            let strict = world.open_call(equal_call()).await;
            let early = world.open_call({
                let mut new = equal_call();
                new.early_close = true;
                new
            }).await;
            for reference in [&strict, &early] {
                for council in ["aubervac", "belrive"] {
                    world.commit(reference, council, "24000").await.unwrap();
                }
            }
            let refused =
                world.app.act(&lead, ConfirmEarly { reference: strict }).await.unwrap_err();
            assert_eq!(code(&refused), "early_close_refused");
            world.app.act(&lead, ConfirmEarly { reference: early.clone() }).await.unwrap();
            assert_eq!(state(&world, &early).await, CallState::Confirmed);
            let frozen = world.commit(&early, "corbelle", "16000").await.unwrap_err();
            assert!(matches!(frozen, Error::Conflict(_)) && code(&frozen) == "snapshot_frozen");
            world.set_clock("2027-03-01T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &early).await, CallState::Confirmed);
        });
    }

    fn a_cancelled_call_says_why(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            let reference = world.open_call(equal_call()).await;
            world.commit(&reference, "belrive", "24000").await.unwrap();
            let cancel = |reason: &str| CancelCall {
                reference: reference.clone(),
                reason: reason.to_owned(),
            };
            let silent = world.app.act(&lead, cancel(" ")).await.unwrap_err();
            assert_eq!(code(&silent), "reason_missing");
            world.app.act(&lead, cancel("le besoin a disparu")).await.unwrap();
            let row = calls::by_ref(&world.app.db, &reference).await.unwrap().unwrap();
            assert_eq!(row.state, CallState::Cancelled);
            assert_eq!(row.end_reason.as_deref(), Some("le besoin a disparu"));
            world.set_clock("2027-03-01T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(state(&world, &reference).await, CallState::Cancelled);
        });
    }

    /// Every fault of a call is a field with a stable code, and nothing is kept of it.
    fn a_call_that_cannot_be_is_refused(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            let wrong: [(&str, serde_json::Value, &str); 12] = [
                ("target", "-1".into(), "invalid_amount"),
                ("target", "0".into(), "amount_zero"),
                ("target", "1e3".into(), "invalid_amount"),
                ("target", "48000.001".into(), "invalid_amount"),
                ("target", "99999999999999999999".into(), "overflow"),
                ("currency", "XXX".into(), "invalid_amount"),
                ("minimum", "30000".into(), "below_minimum_prefix"),
                ("min_councils", 1.into(), "too_few_councils"),
                ("deadline", "2026-10-14".into(), "deadline_past"),
                ("deadline", "2026-10-20".into(), "deadline_too_near"),
                ("deadline", "31/01/2027".into(), "invalid_date"),
                ("licence", "Proprietary".into(), "licence_not_open"),
            ];
            for (key, value, expected) in wrong {
                let mut body = serde_json::to_value(call()).unwrap();
                body[key] = value.clone();
                let new = serde_json::from_value(body).unwrap();
                let create = CreateCall { space: slug("enfance"), new };
                let error = world.app.act(&lead, create).await.unwrap_err();
                assert_eq!(code(&error), expected, "{key} = {value}");
                assert_eq!(error.refusal().unwrap().fields.len(), 1, "{key} = {value}");
            }
            // Refused drafts take no number.
            assert_eq!(world.open_call(call()).await, "CALL-2026-0001");
        });
    }

    fn a_draft_is_its_spaces_and_changes_freely_until_published(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            let create = CreateCall { space: slug("enfance"), new: call() };
            let reference = world.app.act(&lead, create).await.unwrap();
            let visitor = forge_domain::access::Actor::visitor();
            let hidden = open::call(&world.app, &visitor, &reference).await.unwrap_err();
            assert!(matches!(hidden, Error::NotFound));
            let edit = |version| EditCall {
                reference: reference.clone(),
                version: Some(version),
                new: equal_call(),
            };
            world.app.act(&lead, edit(1)).await.unwrap();
            let stale = world.app.act(&lead, edit(1)).await.unwrap_err();
            assert_eq!(code(&stale), "stale_version");
            let publish = PublishCall { reference: reference.clone(), version: Some(2) };
            world.app.act(&lead, publish.clone()).await.unwrap();
            assert!(open::call(&world.app, &visitor, &reference).await.is_ok());
            assert_eq!(code(&world.app.act(&lead, edit(3)).await.unwrap_err()), "call_not_open");
            let other = world.by("belrive-fin").await;
            let denied = world.app.act(&other, publish).await.unwrap_err();
            assert!(matches!(denied, Error::Forbidden(_)));
        });
    }

    /// Nothing is kept for contingencies that the draft did not ask for.
    fn slices_that_fall_short_of_the_target_are_refused(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            for (reserve_bp, refusal) in [(0, Some("milestone_sum_mismatch")), (500, None)] {
                let target = forge_api::Amount("50400".to_owned());
                let new = NewCall { target, reserve_bp, ..equal_call() };
                let create = CreateCall { space: slug("enfance"), new };
                let done = world.app.act(&lead, create).await;
                assert_eq!(done.err().as_ref().map(code), refusal);
            }
        });
    }
}

async fn entries(world: &World) -> Vec<(i64, String)> {
    let space = forge_store::spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap();
    let rows = forge_store::ledger::entries(&world.app.db, space.unwrap().id, 0, 100).await;
    rows.unwrap().into_iter().map(|row| (row.seq, row.kind)).collect()
}

on_both! {
    /// What is published of a call is enough to reckon its shares again, to the cent.
    fn anyone_computes_the_shares_again(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = call();
            new.basis = forge_api::share::Basis::Gross;
            new.vat_bp = 2000;
            new.low_ceilings = true;
            new.subsidies = serde_json::from_str(
                r#"[{"label":"Région","rate_bp":4000,"cap":"10000.00"}]"#,
            ).unwrap();
            let reference = world.open_call(new).await;
            for council in ["aubervac", "corbelle", "dormont"] {
                world.commit(&reference, council, "25000").await.unwrap();
            }
            let actor = forge_domain::access::Actor::visitor();
            let opened = open::call(&world.app, &actor, &reference).await.unwrap();
            let request = audit::request_told(&opened.book).unwrap();
            let body = serde_json::to_string(&request).unwrap();
            let read = forge_api::share::ShareRequest::from_json(&body).unwrap();
            let again = forge_api::share::compute(&read).unwrap();
            let shown = answer::call(&world.app, &opened.book).unwrap();
            assert_eq!(again.shares.len(), 3);
            for share in shown.shares {
                assert_eq!(again.shares.get(&share.council), share.share.as_ref());
            }
            // 48 000.00 with tax, less the grant.
            let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
            let sum: i64 = again.shares.values().map(|amount| cents(amount.as_str())).sum();
            assert_eq!(sum + cents(again.gap.as_str()), 3_800_000);
        });
    }

    /// What was confirmed is computed from what was known then, whatever is counted since.
    fn a_confirmed_call_tells_the_inputs_that_were_frozen(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = call();
            new.low_ceilings = true;
            let reference = world.open_call(new).await;
            for council in ["aubervac", "corbelle", "dormont"] {
                world.commit(&reference, council, "25000").await.unwrap();
            }
            let request = async || {
                let actor = forge_domain::access::Actor::visitor();
                let opened = open::call(&world.app, &actor, &reference).await.unwrap();
                audit::request_told(&opened.book).unwrap()
            };
            let doubled = "update council_population set value = value * 2 where council_id in
                           (select id from owner where slug = 'dormont')";
            world.set_clock("2027-02-15T08:00:00Z");
            world.do_jobs().await;
            let before = request().await;
            world.database.execute(&[doubled]).await.unwrap();
            assert_eq!(request().await, before);
            let again = forge_api::share::compute(&before).unwrap();
            let actor = forge_domain::access::Actor::visitor();
            let opened = open::call(&world.app, &actor, &reference).await.unwrap();
            assert_eq!(opened.book.call.state.name(), "confirmed");
            for pledge in &opened.book.pledges {
                let share = opened.book.decimal(pledge.final_net.unwrap());
                assert_eq!(again.shares[&pledge.council_slug].as_str(), share);
            }
        });
    }
}
