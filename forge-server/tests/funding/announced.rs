//! The simulation a call is published with (K1).

use forge_api::{
    calls::{CallVersion, NewCall},
    share,
};
use forge_server::{
    actions::calls::{AmendCall, CreateCall, PublishCall},
    funding::written,
};
use forge_tests::{engine::block_on, on_both};

use crate::world::{COUNCILS, World, call, code, slug};

impl World {
    async fn versions(&self, call: &str) -> Vec<CallVersion> {
        let id = self.call_book(call).await.call.id;
        written::versions(&self.app, id).await.unwrap()
    }
}

/// What each council would pay, by slug.
fn shares(version: &CallVersion) -> Vec<(&str, &str)> {
    let simulation = version.simulation.as_ref().unwrap();
    simulation.councils.iter().map(|one| (one.council.as_str(), one.share.as_str())).collect()
}

on_both! {
    /// Example E2 of domain.md, kept with the version and computed again from it alone.
    fn a_published_call_keeps_what_every_member_would_pay(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(call()).await;
            let first = world.versions(&reference).await.remove(0);
            let expected = [
                ("aubervac", "3627.39"),
                ("belrive", "943.21"),
                ("corbelle", "13421.80"),
                ("dormont", "261.51"),
                ("esterey", "29746.09"),
            ];
            assert_eq!(shares(&first), expected);
            let simulation = first.simulation.unwrap();
            let weights: Vec<_> = simulation.councils.iter().map(|one| one.weight).collect();
            let inhabitants = COUNCILS.map(|(_, count)| Some(u64::try_from(count).unwrap()));
            assert_eq!(weights, inhabitants);
            assert_eq!((simulation.total.as_str(), simulation.gap.as_str()), ("48000.00", "0.00"));
            // Written out and read back, as a file would be.
            let file = serde_json::to_string(&simulation.request).unwrap();
            let again = share::compute(&share::ShareRequest::from_json(&file).unwrap()).unwrap();
            let again: Vec<_> =
                again.shares.iter().map(|(id, share)| (id.as_str(), share.as_str())).collect();
            assert_eq!(again, expected);
        });
    }

    /// Who has joined the space since is in the next version; the first stays as it was.
    fn an_amendment_has_a_simulation_of_its_own(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let reference = world.open_call(call()).await;
            world.newcomer("fontclaire", 8_765).await;
            let said = written::written(&world.call_book(&reference).await).unwrap();
            let amend = AmendCall {
                reference: reference.clone(),
                version: None,
                new: NewCall { title: "Facturation".to_owned(), ..said },
                reason: "Plus court".to_owned(),
            };
            world.app.act(&world.by("aubervac-lead").await, amend).await.unwrap();
            let versions = world.versions(&reference).await;
            assert_eq!(shares(&versions[0]).len(), 5);
            // As E10: what the newcomer would have paid from the start.
            assert!(shares(&versions[1]).contains(&("fontclaire", "2444.31")));
        });
    }

    /// A vintage nobody has: nothing is published, and the councils are named.
    fn a_rule_that_weighs_nobody_is_not_published(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let lead = world.by("aubervac-lead").await;
            let rule = r#"{"kind":"population","population":"totale","vintage":"2024"}"#;
            let new = NewCall {
                rule: serde_json::from_str(rule).unwrap(),
                ..call()
            };
            let create = CreateCall { space: slug("enfance"), new };
            let reference = world.app.act(&lead, create).await.unwrap();
            let publish = PublishCall { reference: reference.clone(), version: None };
            let refused = world.app.act(&lead, publish).await.unwrap_err();
            assert_eq!(code(&refused), "nobody_weighed");
            let (_, named) = &refused.refusal().unwrap().args[0];
            assert!(named.starts_with("Commune aubervac, Commune belrive"), "{named}");
            assert!(world.versions(&reference).await.is_empty());
        });
    }
}
