//! What a second look comes to: an act that is rejected, and the word of a finance service.

use forge_domain::pledge::VisaDecision;
use forge_server::{
    actions::{
        evidence::{AddEvidence, CheckEvidence, CompleteEvidence, NewAct, RejectEvidence},
        pledges::AttestPledge,
    },
    error::Error,
};
use forge_store::{
    events::{self, Window},
    evidence, pledges,
};
use forge_tests::{engine::block_on, on_both};

use crate::world::{World, code, deliberation, equal_call};

impl World {
    async fn row(&self, reference: &str) -> pledges::Pledge {
        pledges::by_ref(&self.app.db, reference).await.unwrap().unwrap()
    }

    async fn acts(&self, reference: &str) -> Vec<evidence::Evidence> {
        evidence::of_pledge(&self.app.db, self.row(reference).await.id).await.unwrap()
    }

    /// What was told about a pledge, by name, with who may read it.
    async fn told_of(&self, reference: &str) -> Vec<(String, &'static str)> {
        let row = self.row(reference).await;
        let window = Window { public_only: false, before: None, most: 1000 };
        let all = events::of_council(&self.app.db, row.council_id, window).await.unwrap();
        let own = all.iter().filter(|event| event.subject == reference);
        let mut told: Vec<_> =
            own.map(|event| (event.kind.name().to_owned(), event.visibility.name())).collect();
        told.sort();
        told
    }

    async fn attest(
        &self,
        reference: &str,
        (decision, reason): (VisaDecision, &str),
    ) -> Result<(), Error> {
        let action = AttestPledge {
            reference: reference.to_owned(),
            decision,
            ceiling: (decision == VisaDecision::Attested)
                .then(|| forge_api::Amount("24000".to_owned())),
            years: Vec::new(),
            commitment_no: None,
            reason: reason.to_owned(),
        };
        self.app.act(&self.by("aubervac-fin").await, action).await.map(drop)
    }
}

on_both! {
    /// An act that a second person cannot accept backs nothing: the pledge waits for another.
    fn a_rejected_act_is_replaced_by_another(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let mut new = equal_call();
            new.profile = Some("fr".to_owned());
            new.vehicle = Some("joint_procurement_full".to_owned());
            let call = world.open_call(new).await;
            let pledge = world.commit(&call, "aubervac", "24000").await.unwrap().reference;
            let first = world.acts(&pledge).await.remove(0).id;
            let reject = |reason: &str| {
                let reason = reason.to_owned();
                RejectEvidence { evidence: first, reason }
            };
            let own = world.app.act(&world.signatory("aubervac").await, reject("Non")).await;
            assert!(matches!(own, Err(Error::Forbidden(_))), "the one who uploaded does not judge");
            let finance = world.by("aubervac-fin").await;
            let silent = world.app.act(&finance, reject(" ")).await.unwrap_err();
            assert_eq!(code(&silent), "reason_missing");
            world.app.act(&finance, reject("Ce n’est pas la bonne délibération.")).await.unwrap();
            let told = world.told_of(&pledge).await;
            let rejected = ("evidence.rejected".to_owned(), "members");
            assert!(told.contains(&rejected), "{told:?}");

            let check = CheckEvidence { evidence: first };
            let late = world.app.act(&finance, check).await.unwrap_err();
            assert_eq!(code(&late), "evidence_rejected");
            let dates = |evidence| CompleteEvidence {
                evidence,
                prefecture_receipt: Some("2026-10-14".to_owned()),
                published: Some("2026-10-15".to_owned()),
            };
            let late = world.app.act(&finance, dates(first)).await.unwrap_err();
            assert_eq!(code(&late), "evidence_rejected");

            let act = NewAct::parse(&deliberation(), None).unwrap();
            let add = AddEvidence { pledge: pledge.clone(), act };
            let signatory = world.signatory("aubervac").await;
            let second = world.app.act(&signatory, add).await.unwrap();
            world.app.act(&finance, dates(second)).await.unwrap();
            assert_eq!(world.row(&pledge).await.state.name(), "pending_decision");
            world.app.act(&finance, CheckEvidence { evidence: second }).await.unwrap();
            assert_eq!(world.row(&pledge).await.state.name(), "firm");
        });
    }

    /// Approved and returned are told to the council; refused ends the pledge, and is told so.
    fn the_word_of_a_finance_service_is_told(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let call = world.open_call(equal_call()).await;
            let pledge = world.intend(&call, "aubervac").await.unwrap().reference;
            let silent = world.attest(&pledge, (VisaDecision::Refused, "")).await.unwrap_err();
            assert_eq!(code(&silent), "reason_missing");
            world.attest(&pledge, (VisaDecision::Returned, "Quel exercice ?")).await.unwrap();
            world.attest(&pledge, (VisaDecision::Attested, "")).await.unwrap();
            assert_eq!(world.row(&pledge).await.state.name(), "intention");
            let no = (VisaDecision::Refused, "Aucun crédit avant 2029.");
            world.attest(&pledge, no).await.unwrap();
            let row = world.row(&pledge).await;
            assert_eq!(row.state.name(), "refused");
            assert_eq!(row.reason.as_deref(), Some("Aucun crédit avant 2029."));
            let expected = [
                ("pledge.attested", "members"),
                ("pledge.intended", "public"),
                ("pledge.refused", "public"),
                ("pledge.returned", "members"),
            ];
            assert_eq!(world.told_of(&pledge).await, expected.map(|(k, v)| (k.to_owned(), v)));
            let again = world.commit(&call, "aubervac", "24000").await.unwrap();
            assert_ne!(again.reference, pledge, "another pledge, another day");
        });
    }
}
