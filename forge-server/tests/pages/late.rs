//! A supplier chosen, a council that joins late, and acts that stand on the call they belong to, as
//! a browser without script does it.

use axum::http::StatusCode;
use forge_api::{Amount, calls::NewCall};
use forge_domain::names::Slug;
use forge_store::{councils, evidence, pledges};
use forge_tests::{Engine, on_both};

use crate::world::{World, call};

on_both! {
    a_supplier_is_chosen_and_filled_into_the_contract
    a_council_asks_to_join_and_is_let_in
    an_act_is_found_on_its_own_call_alone
    an_act_is_rejected_with_a_reason_everyone_reads
    a_form_keeps_what_it_did_not_make
}

impl World {
    /// A confirmed call of two councils.
    async fn confirmed(&self) -> String {
        let call = self.open_call(NewCall { low_ceilings: true, ..call() }).await;
        for council in ["aubervac", "belrive"] {
            self.commit(&call, council, "25000").await;
        }
        self.pass("2027-02-01T08:00:00Z").await;
        call
    }

    async fn both_say(&self, vote: &str, choice: &str) {
        for council in ["aubervac", "belrive"] {
            let cookie = self.cookie(&format!("{council}-sig")).await;
            let cast = self.post(vote, &cookie, &[("council", council), ("choice", choice)]).await;
            assert_eq!(cast.status, StatusCode::SEE_OTHER, "{}", cast.html);
        }
    }

    /// Where a form led, without what is said there.
    async fn led(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> String {
        let done = self.post(path, cookie, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
        done.location.unwrap().split('?').next().unwrap().to_owned()
    }
}

async fn a_supplier_is_chosen_and_filled_into_the_contract(engine: Engine) {
    let world = World::found(engine).await;
    let call = world.confirmed().await;
    let here = format!("/enfance/-/calls/{call}");
    let lead = world.cookie("aubervac-lead").await;
    let path = format!("{here}/supplier");
    assert!(world.get(&here, Some(&lead)).await.html.contains(&path));
    let none = world.post(&path, &lead, &[("reason", "Trois offres")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.html.contains("href=\"#offers\"") && none.html.contains("Trois offres"));
    let fields = [
        ("offer_supplier_1", "Opensoft SCOP"),
        ("offer_ref_1", "OFF-12"),
        ("offer_amount_1", "47 500,00"),
        ("offer_supplier_2", "Librelogic"),
        ("offer_ref_2", "D-3"),
        ("offer_amount_2", "44000"),
        ("reason", "Deux offres"),
    ];
    let wrong = world.led(&path, &lead, &fields).await;
    let page = world.get(&wrong, Some(&lead)).await;
    assert!(page.html.contains("/withdraw"), "{}", page.html);
    assert_eq!(world.led(&format!("{wrong}/withdraw"), &lead, &[]).await, wrong);
    for lang in ["fr", "en"] {
        let page = world.get(&format!("{wrong}?lang={lang}"), Some(&lead)).await;
        assert!(!page.html.contains("/withdraw") && !page.html.contains('⟦'), "{}", page.html);
    }
    let vote = world.led(&path, &lead, &fields).await;
    let signatory = world.cookie("belrive-sig").await;
    let ballot = world.get(&vote, Some(&signatory)).await;
    assert!(ballot.html.contains("value=\"2\"") && ballot.html.contains("Librelogic (D-3)"));
    let fields = [("council", "belrive"), ("choice", "yes")];
    let unsaid = world.post(&vote, &signatory, &fields).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.both_say(&vote, "2").await;
    world.pass("2027-02-18T08:00:00Z").await;
    for lang in ["fr", "en"] {
        for path in [&vote, &here] {
            let page = world.get(&format!("{path}?lang={lang}"), None).await;
            assert!(page.html.contains("Librelogic") && !page.html.contains('⟦'), "{}", page.html);
        }
    }
    // The session of before is over.
    let lead = world.cookie("aubervac-lead").await;
    let contract = world.get(&format!("{here}/contract"), Some(&lead)).await;
    assert!(contract.html.contains("value=\"Librelogic\""), "{}", contract.html);
    assert!(contract.html.contains("44000.00"), "{}", contract.html);
}

async fn a_council_asks_to_join_and_is_let_in(engine: Engine) {
    let world = World::found(engine).await;
    let call = world.confirmed().await;
    let here = format!("/enfance/-/calls/{call}");
    let signatory = world.cookie("dormont-sig").await;
    let form = world.get(&format!("{here}/join"), Some(&signatory)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.html);
    let lead = world.cookie("aubervac-lead").await;
    let before = world.get(&here, Some(&lead)).await;
    assert!(!before.html.contains(&format!("{here}/joining")), "nobody asked");
    let act = |ceiling| {
        [
            ("council", "dormont"),
            ("ceiling", ceiling),
            ("kind", "deliberation"),
            ("number", "2026-118"),
            ("date", "14/10/2026"),
            ("visibility", "auditors"),
        ]
    };
    let file = ("file", "d.pdf", &b"%PDF-1.7"[..]);
    let refused = world.upload(&format!("{here}/join"), &signatory, &act("x"), file).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("2026-118"));
    let asked = world.upload(&format!("{here}/join"), &signatory, &act("20 000"), file).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.html);
    let page = world.get(&format!("{here}/joining"), Some(&lead)).await;
    assert!(page.html.contains("value=\"dormont\""), "{}", page.html);
    let fields = [("council", "dormont"), ("reason", "Elle en a besoin.")];
    let vote = world.led(&format!("{here}/joining"), &lead, &fields).await;
    world.both_say(&vote, "yes").await;
    world.pass("2027-02-18T08:00:00Z").await;
    for lang in ["fr", "en"] {
        let page = world.get(&format!("{here}?lang={lang}"), None).await;
        assert!(page.html.contains("id=\"late\"") && !page.html.contains('⟦'), "{}", page.html);
    }
}

async fn an_act_is_found_on_its_own_call_alone(engine: Engine) {
    let world = World::found(engine).await;
    let (call, other) =
        (world.open_call(call()).await, world.open_call(crate::world::call()).await);
    world.commit(&call, "belrive", "20000").await;
    let slug: Slug = "belrive".parse().unwrap();
    let council = councils::by_slug(&world.app.db, &slug).await.unwrap().unwrap();
    let pledge = pledges::of_council(&world.app.db, council.id).await.unwrap().remove(0);
    let act = evidence::of_pledge(&world.app.db, pledge.id).await.unwrap().remove(0);
    let finance = world.cookie("belrive-fin").await;
    let check = |call: &str| format!("/enfance/-/calls/{call}/evidence/{}/check", act.id);
    let elsewhere = world.post(&check(&other), &finance, &[]).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let dates = format!("/enfance/-/calls/{other}/evidence/{}/dates", act.id);
    let fields = [("published", "15/10/2026")];
    assert_eq!(world.post(&dates, &finance, &fields).await.status, StatusCode::NOT_FOUND);
    let file = format!("/enfance/-/calls/{other}/evidence/{}", act.id);
    assert_eq!(world.get(&file, Some(&finance)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post(&check(&call), &finance, &[]).await.status, StatusCode::SEE_OTHER);
}

async fn an_act_is_rejected_with_a_reason_everyone_reads(engine: Engine) {
    let world = World::found(engine).await;
    let call = world.open_call(call()).await;
    world.commit(&call, "belrive", "20000").await;
    let slug: Slug = "belrive".parse().unwrap();
    let council = councils::by_slug(&world.app.db, &slug).await.unwrap().unwrap();
    let pledge = pledges::of_council(&world.app.db, council.id).await.unwrap().remove(0);
    let act = evidence::of_pledge(&world.app.db, pledge.id).await.unwrap().remove(0);
    let path = format!("/enfance/-/calls/{call}/pledges/{}", pledge.reference);
    let reject = format!("/enfance/-/calls/{call}/evidence/{}/reject", act.id);
    let finance = world.cookie("belrive-fin").await;
    let page = world.get(&path, Some(&finance)).await;
    assert!(page.html.contains(&format!("action=\"{reject}\"")), "{}", page.html);
    let silent = world.post(&reject, &finance, &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.html.contains("href=\"#reason\""), "{}", silent.html);
    let done = world.post(&reject, &finance, &[("reason", "Une page manque.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let read = world.get(&path, None).await;
    assert!(read.html.contains("Une page manque."), "{}", read.html);
    assert!(read.html.contains("rejetée par une seconde personne"), "{}", read.html);
    let again = world.get(&path, Some(&finance)).await;
    assert!(!again.html.contains(&reject), "answered once: {}", again.html);
}

/// A reserve and a grant by rate, written by a program, stay when the form is sent again.
async fn a_form_keeps_what_it_did_not_make(engine: Engine) {
    let world = World::found(engine).await;
    let mut new = NewCall { target: Amount("50400".to_owned()), reserve_bp: 500, ..call() };
    new.milestones = vec![
        serde_json::from_value(serde_json::json!({ "title": "Tout", "amount": "48000" })).unwrap(),
    ];
    new.minimum = Some(Amount("50400".to_owned()));
    let grant = serde_json::json!({ "label": "État", "rate_bp": 4000, "cap": "9000.00" });
    new.subsidies = vec![serde_json::from_value(grant).unwrap()];
    let draft = world.draft(new).await;
    let lead = world.cookie("aubervac-lead").await;
    let edit = format!("/enfance/-/calls/{draft}/edit");
    let form = world.get(&edit, Some(&lead)).await;
    for (field, value) in
        [("reserve_bp", "5.00"), ("grant_rate_1", "40.00"), ("grant_cap_1", "9000.00")]
    {
        let (_, rest) = form.html.split_once(&format!("name=\"{field}\"")).unwrap();
        assert!(rest[..200].contains(&format!("value=\"{value}\"")), "{field}: {}", &rest[..200]);
    }
    assert!(form.html.contains("name=\"profile\""), "{}", form.html);
}
