//! Votes between offers, votes that are taken back, claims that are given up.

use forge_api::{
    Amount,
    calls::{NewContract, NewOffer},
};
use forge_domain::vote::VoteState;
use forge_server::{
    actions::{
        calls::{ProposeSupplier, RecordContract},
        votes::{CastBallot, ProposeWriteOff, WithdrawVote},
    },
    error::Error,
    funding::{CallBook, Reader},
};
use forge_tests::{engine::block_on, on_both};

use crate::{
    funds::Life,
    world::{World, call_of_three, code, slug},
};

fn offers() -> Vec<NewOffer> {
    let offer = |supplier: &str, reference: &str, amount: &str| NewOffer {
        supplier: supplier.to_owned(),
        reference: reference.to_owned(),
        amount: Amount(amount.to_owned()),
    };
    vec![
        offer("Opensoft SCOP", "OFF-12", "47500"),
        offer("Librelogic", "D-2027-3", "44000"),
        offer("Nuage & Cie", "N7", "39900"),
    ]
}

impl World {
    async fn between(&self, call: &str, offers: Vec<NewOffer>) -> Result<String, Error> {
        let action = ProposeSupplier {
            reference: call.to_owned(),
            offers,
            reason: "Trois offres conformes.".to_owned(),
        };
        self.app.act(&self.by("aubervac-lead").await, action).await
    }

    async fn for_offer(&self, vote: &str, council: &str, offer: Option<u32>) -> Result<(), Error> {
        let action = CastBallot {
            vote: vote.to_owned(),
            council: council.to_owned(),
            choice: "yes".to_owned(),
            offer,
            comment: String::new(),
        };
        self.app.act(&self.signatory(council).await, action).await
    }

    async fn confirmed_of_three(&self) -> String {
        let call = self.open_call(call_of_three()).await;
        for council in ["aubervac", "belrive", "corbelle"] {
            self.commit(&call, council, "16000").await.unwrap();
        }
        self.set_clock("2027-02-01T08:00:00Z");
        self.do_jobs().await;
        call
    }
}

on_both! {
    fn the_councils_choose_between_offers_and_the_winner_is_recorded(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.confirmed_of_three().await;
            assert_eq!(code(&world.between(&call, vec![]).await.unwrap_err()), "offers_count");
            let twice = vec![offers()[0].clone(), offers()[0].clone()];
            assert_eq!(code(&world.between(&call, twice).await.unwrap_err()), "offers_twice");
            let vote = world.between(&call, offers()).await.unwrap();
            for wrong in [None, Some(0), Some(4)] {
                let refused = world.for_offer(&vote, "belrive", wrong).await.unwrap_err();
                assert_eq!(code(&refused), "option_missing", "{wrong:?}");
            }
            world.for_offer(&vote, "aubervac", Some(1)).await.unwrap();
            world.for_offer(&vote, "belrive", Some(2)).await.unwrap();
            world.for_offer(&vote, "corbelle", Some(2)).await.unwrap();
            world.set_clock("2027-02-18T08:00:00Z");
            world.do_jobs().await;
            let book = world.book(&vote).await;
            assert_eq!(book.vote.state, VoteState::Passed);
            assert_eq!(book.winner().unwrap().0, 2);
            let record = book.vote.record.unwrap();
            let listed = r#""offers":["Opensoft SCOP (OFF-12)","Librelogic (D-2027-3)""#;
            assert!(record.contains(listed), "{record}");
            assert!(record.contains(r#""choice":"yes","council":"belrive","offer":2"#), "{record}");
            let chosen = CallBook::of(&mut Reader::Db(&world.app.db), &call).await.unwrap().chosen;
            let chosen = chosen.unwrap();
            assert_eq!((chosen.supplier.as_str(), chosen.amount), ("Librelogic", 4_400_000));
            assert_eq!(chosen.vote_ref, vote);
        });
    }

    /// One each: nobody has more than half, and nobody is chosen.
    fn no_offer_wins_without_a_majority_of_its_own(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.confirmed_of_three().await;
            let vote = world.between(&call, offers()).await.unwrap();
            for (council, offer) in [("aubervac", 1), ("belrive", 2), ("corbelle", 3)] {
                world.for_offer(&vote, council, Some(offer)).await.unwrap();
            }
            world.set_clock("2027-02-18T08:00:00Z");
            world.do_jobs().await;
            let book = world.book(&vote).await;
            assert_eq!(book.vote.state, VoteState::Rejected);
            assert!(book.winner().is_none());
            let book = CallBook::of(&mut Reader::Db(&world.app.db), &call).await.unwrap();
            assert!(book.chosen.is_none());
            let new = NewContract {
                reference: "2027-MAPA-014".to_owned(),
                supplier: "Opensoft SCOP".to_owned(),
                amount: Amount("47500".to_owned()),
                signed_on: "2027-02-17".to_owned(),
            };
            let lead = world.by("aubervac-lead").await;
            world.app.act(&lead, RecordContract { reference: call.clone(), new }).await.unwrap();
            let late = world.between(&call, offers()).await.unwrap_err();
            assert_eq!(code(&late), "snapshot_frozen", "who does the work is settled");
        });
    }

    fn a_vote_is_taken_back_by_its_opener_before_anybody_has_voted(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let wrong = world.ask("Ouvrir un second module ?").await;
            let withdraw = |vote: &str| WithdrawVote { reference: vote.to_owned() };
            let by = world.by("aubervac-lead").await;
            let other = world.app.act(&world.by("belrive-lead").await, withdraw(&wrong)).await;
            assert_eq!(code(&other.unwrap_err()), "not_the_opener");
            world.app.act(&by, withdraw(&wrong)).await.unwrap();
            let book = world.book(&wrong).await;
            assert_eq!(book.vote.state, VoteState::Withdrawn);
            assert!(book.vote.record.is_none());
            let late = world.vote(&wrong, "belrive", "yes").await.unwrap_err();
            assert_eq!(code(&late), "vote_closed");
            let again = world.app.act(&by, withdraw(&wrong)).await.unwrap_err();
            assert_eq!(code(&again), "vote_closed");
            let right = world.ask("Ouvrir un module de paie ?").await;
            world.vote(&right, "belrive", "yes").await.unwrap();
            let cast = world.app.act(&by, withdraw(&right)).await.unwrap_err();
            assert_eq!(code(&cast), "ballot_cast");
            // Its hour comes and counts nothing.
            world.set_clock("2026-11-15T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.book(&wrong).await.vote.state, VoteState::Withdrawn);
            assert_eq!(world.book(&right).await.vote.state, VoteState::Rejected);
            let space = world.the_space().await;
            let entries = forge_store::ledger::entries(&world.app.db, space.id, 0, 10);
            let entries = entries.await.unwrap();
            let kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
            assert_eq!(kinds, ["vote.withdrawn", "vote.closed"]);
        });
    }

    /// A double majority gives up what a council owes; what came in since is not given up.
    fn the_funders_give_up_a_claim(engine) {
        block_on(async move {
            let life = Life::begun(engine).await;
            let fc = life.issue().await.unwrap();
            let propose = |debtor: &str| ProposeWriteOff {
                space: slug("enfance"),
                call: life.call.clone(),
                debtor: debtor.to_owned(),
                explanation: "Liquidée.".to_owned(),
            };
            let lead = life.world.by("aubervac-lead").await;
            let nobody = life.world.app.act(&lead, propose("dormont")).await.unwrap_err();
            assert_eq!(code(&nobody), "nothing_owed");
            let vote = life.world.app.act(&lead, propose("belrive")).await.unwrap();
            let part = life.declare(&fc.reference, "belrive", "1000.00").await.unwrap();
            life.acknowledge("aubervac-fin", &part.reference).await.unwrap();
            life.world.all_vote(&vote, "yes").await;
            life.world.set_clock("2027-06-01T08:00:00Z");
            life.world.do_jobs().await;
            assert_eq!(life.world.book(&vote).await.vote.effect_state, "done");
            let last = life.journal().await.pop().unwrap();
            assert_eq!(last[0], "receivable.written_off");
            assert_eq!(last[1][0][1], 229_509, "3 295.09 less the 1 000.00 that came in");
            life.is_sound().await;
        });
    }
}
