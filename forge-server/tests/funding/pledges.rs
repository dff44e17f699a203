//! Pledges: who may commit a council, to what, and what happens at the same moment.

use forge_server::{
    actions::{
        evidence::{AddEvidence, CheckEvidence, NewAct},
        once::{Once, RequestKey},
        pledges::{RefusePledge, WithdrawPledge},
    },
    app::Via,
    error::Error,
    funding::evidence,
};
use forge_store::pledges;
use forge_tests::{engine::block_on, on_both};
use jiff::ToSpan as _;

use crate::world::{World, call, code, commitment, deliberation, equal_call};

on_both! {
    fn a_council_sees_its_share_today_and_at_best(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(call()).await;
            for council in ["belrive", "corbelle", "dormont", "esterey"] {
                world.intend(&reference, council).await.unwrap();
            }
            let pledge = world.commit(&reference, "aubervac", "12 000,00").await.unwrap();
            assert_eq!(pledge.reference, "PLG-2026-0005");
            // Alone it would pay up to its ceiling; with all, its part by inhabitants (E2).
            assert_eq!(pledge.share_now.unwrap().as_str(), "12000.00");
            assert_eq!(pledge.share_if_all_join.unwrap().as_str(), "3627.39");
            assert_eq!(pledge.ceiling.unwrap().as_str(), "12000.00");
        });
    }

    /// Each guard of P3 with its stable code; nothing is kept of what is refused.
    fn a_commitment_needs_mandate_evidence_and_a_ceiling_that_carries_the_share(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let high = world.commit(&reference, "aubervac", "25000.01").await.unwrap_err();
            assert!(matches!(high, Error::Forbidden(_)));
            assert_eq!(code(&high), "mandate_exceeded");
            // Two councils at least: 24 000.00 would fall to each.
            let low = world.commit(&reference, "aubervac", "23999.99").await.unwrap_err();
            assert_eq!(code(&low), "ceiling_exceeded");
            let mut action = commitment(&reference, "aubervac", "24000");
            let mut mou = deliberation();
            mou.kind = "mou".to_owned();
            action.act = Some(NewAct::parse(&mou, None).unwrap());
            let signatory = world.signatory("aubervac").await;
            let weak = world.app.act(&signatory, action).await.unwrap_err();
            assert_eq!(code(&weak), "evidence_incomplete");
            for (login, council) in [("aubervac-fin", "aubervac"), ("belrive-sig", "aubervac"),
                ("odile", "aubervac")] {
                let action = commitment(&reference, council, "24000");
                let denied = world.app.act(&world.by(login).await, action).await.unwrap_err();
                assert!(matches!(denied, Error::Forbidden(_)), "{login}");
            }
            world.set_clock("2028-01-01T00:00:00Z");
            let late = world.commit(&reference, "aubervac", "24000").await.unwrap_err();
            assert_eq!(code(&late), "call_not_open");
            assert!(world.app.act(&signatory, commitment("CALL-2026-0099", "aubervac", "1"))
                .await.is_err_and(|error| matches!(error, Error::NotFound)));
        });
    }

    fn a_mandate_that_is_over_signs_nothing(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = equal_call();
            new.deadline = "2028-06-30".to_owned();
            let reference = world.open_call(new).await;
            world.set_clock("2028-01-02T00:00:00Z");
            let over = world.commit(&reference, "aubervac", "24000").await.unwrap_err();
            assert_eq!(code(&over), "mandate_expired");
        });
    }

    /// A page asks for a proof of less than five minutes; it is not enough to be signed in.
    fn a_page_needs_a_recent_proof(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let mut by = world.signatory("aubervac").await;
            by.via = Via::Web;
            let now = world.app.clock.now();
            for (proof, expected) in [
                (None, Some("prove_again")),
                (Some(now - 301.seconds()), Some("prove_again")),
                (Some(now - 299.seconds()), None),
            ] {
                by.authenticated_at = proof;
                let result =
                    world.app.act(&by, commitment(&reference, "aubervac", "24000")).await;
                assert_eq!(result.as_ref().err().map(code), expected);
            }
        });
    }

    /// Two signatories of one council at the same moment: one position, one entry.
    fn two_commitments_of_one_council_make_one_pledge(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let by = world.signatory("belrive").await;
            let tasks: Vec<_> = (0..8)
                .map(|_| {
                    let (app, by) = (world.app.clone(), by.clone());
                    let action = commitment(&reference, "belrive", "24000");
                    tokio::spawn(async move { app.act(&by, action).await })
                })
                .collect();
            let mut made = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(_) => made += 1,
                    Err(error) => assert_eq!(code(&error), "pledge_state"),
                }
            }
            assert_eq!(made, 1);
            assert_eq!(entries(&world).await, 1);
        });
    }

    /// Five councils at once on a call that needs two: all are firm, and their shares are the cost.
    fn parallel_commitments_never_share_more_than_the_cost(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let mut tasks = Vec::new();
            for (council, _) in crate::world::COUNCILS {
                let (app, by) = (world.app.clone(), world.signatory(council).await);
                let action = commitment(&reference, council, "24000");
                tasks.push(tokio::spawn(async move { app.act(&by, action).await }));
            }
            for task in tasks {
                task.await.unwrap().unwrap();
            }
            world.set_clock("2027-03-01T00:00:00Z");
            world.do_jobs().await;
            let call = forge_store::calls::by_ref(&world.app.db, &reference).await.unwrap();
            let rows = pledges::of_call(&world.app.db, call.unwrap().id).await.unwrap();
            let sum: i64 = rows.iter().map(|row| row.final_net.unwrap()).sum();
            assert_eq!((rows.len(), sum), (5, 4_800_000));
        });
    }

    /// security.md A10 #149.
    fn a_repeated_request_is_one_pledge_and_one_answer(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let by = world.signatory("belrive").await;
            let once = |body: &[u8]| Once {
                key: Some(RequestKey::new("k-1", &[b"commit", body]).unwrap()),
                action: commitment(&reference, "belrive", "24000"),
            };
            let tasks: Vec<_> = (0..100)
                .map(|_| {
                    let (app, by, action) = (world.app.clone(), by.clone(), once(b"body"));
                    tokio::spawn(async move { app.act(&by, action).await })
                })
                .collect();
            let mut answers = Vec::new();
            for task in tasks {
                answers.push(task.await.unwrap().unwrap());
            }
            assert!(answers.iter().all(|one| *one == answers[0]));
            assert_eq!(entries(&world).await, 1);
            let other = world.app.act(&by, once(b"another body")).await.unwrap_err();
            assert!(matches!(other, Error::Refused(_)));
            assert_eq!(code(&other), "idempotency_key_reused");
            // The key of another person is another key.
            let stranger = world.signatory("corbelle").await;
            let action = Once {
                key: Some(RequestKey::new("k-1", &[b"commit", b"body"]).unwrap()),
                action: commitment(&reference, "corbelle", "24000"),
            };
            assert_eq!(world.app.act(&stranger, action).await.unwrap().council, "corbelle");
        });
    }

    fn a_withdrawal_reopens_the_call_and_frees_the_ceiling(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            world.commit(&reference, "aubervac", "24000").await.unwrap();
            let pledge = world.commit(&reference, "belrive", "24000").await.unwrap();
            let state = async || {
                let call = forge_store::calls::by_ref(&world.app.db, &reference).await.unwrap();
                call.unwrap().state.name()
            };
            assert_eq!(state().await, "reached");
            let by = world.signatory("belrive").await;
            let withdraw = |reason: &str| WithdrawPledge {
                reference: pledge.reference.clone(),
                reason: reason.to_owned(),
                act_ref: Some("2026-140".to_owned()),
            };
            let silent = world.app.act(&by, withdraw("")).await.unwrap_err();
            assert_eq!(code(&silent), "reason_missing");
            let other = world.signatory("corbelle").await;
            assert!(matches!(
                world.app.act(&other, withdraw("non")).await,
                Err(Error::Forbidden(_))
            ));
            let gone = world.app.act(&by, withdraw("budget non voté")).await.unwrap();
            assert_eq!(gone.state, forge_api::pledges::PledgeState::Withdrawn);
            assert_eq!((gone.share_now, gone.ledger_seq), (None, Some(3)));
            assert_eq!(state().await, "open");
            // It may come back with a new act.
            assert_eq!(
                world.commit(&reference, "belrive", "24000").await.unwrap().reference,
                "PLG-2026-0003"
            );
        });
    }

    fn an_intention_ends_with_a_no_and_is_not_declared_twice(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(call()).await;
            let pledge = world.intend(&reference, "dormont").await.unwrap();
            let again = world.intend(&reference, "dormont").await.unwrap_err();
            assert_eq!(code(&again), "pledge_state");
            let by = world.by("dormont-fin").await;
            let refuse = RefusePledge { reference: pledge.reference, reason: String::new() };
            let refused = world.app.act(&by, refuse).await.unwrap();
            assert_eq!(refused.state, forge_api::pledges::PledgeState::Refused);
            assert_eq!(entries(&world).await, 0, "an intention is not in the ledger");
        });
    }

    fn evidence_is_a_file_that_another_person_checks(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let file = evidence::keep(&world.app, "../délib.pdf", b"%PDF-1.7\n".to_vec())
                .await.unwrap();
            let mut action = commitment(&reference, "belrive", "24000");
            action.act = Some(NewAct::parse(&deliberation(), Some(file.clone())).unwrap());
            let pledge =
                world.app.act(&world.signatory("belrive").await, action).await.unwrap();
            let digest = pledge.evidence[0].digest.clone().unwrap();
            assert!(digest.starts_with("sha256:") && digest.len() == 71);
            // The file is the forge's alone, and its plain hash is not what is published.
            let path = evidence::folder(&world.app).join(file.id.to_string());
            let mode = std::os::unix::fs::PermissionsExt::mode(
                &std::fs::metadata(&path).unwrap().permissions(),
            );
            assert_eq!(mode & 0o777, 0o600);
            let check = CheckEvidence { evidence: file.id };
            let own = world.app.act(&world.signatory("belrive").await, check.clone()).await;
            assert!(matches!(own, Err(Error::Forbidden(_))));
            let other = world.app.act(&world.by("corbelle-fin").await, check.clone()).await;
            assert!(matches!(other, Err(Error::Forbidden(_))));
            let finance = world.by("belrive-fin").await;
            assert!(world.app.act(&finance, check.clone()).await.unwrap().checked_at.is_some());
            let twice = world.app.act(&finance, check).await.unwrap_err();
            assert_eq!(code(&twice), "evidence_checked");
            // Whoever uploads does not check.
            let act = NewAct::parse(&deliberation(), None).unwrap();
            let add = AddEvidence { pledge: pledge.reference, act };
            let id = world.app.act(&finance, add).await.unwrap();
            let same = world.app.act(&finance, CheckEvidence { evidence: id }).await.unwrap_err();
            assert_eq!(code(&same), "same_person");
            assert!(evidence::verify(&world.app).await.unwrap().is_empty());
            std::fs::write(&path, b"%PDF-1.7 altered").unwrap();
            assert_eq!(evidence::verify(&world.app).await.unwrap().len(), 1);
        });
    }
}

async fn entries(world: &World) -> usize {
    let space = crate::world::slug("enfance");
    let space = forge_store::spaces::by_slug(&world.app.db, &space).await.unwrap().unwrap();
    forge_store::ledger::entries(&world.app.db, space.id, 0, 1000).await.unwrap().len()
}
