//! The finance service approves a pledge, sends it back, and the signatory sees what it said.

use axum::http::StatusCode;
use forge_domain::access::Role;
use forge_server::{
    actions::members::{Grant, GrantRole},
    error::Error,
};
use forge_tests::{Engine, on_both};

use crate::world::{World, call_by_population};

on_both! {
    a_pledge_is_sent_back_approved_and_committed
    who_approves_does_not_commit
    a_visa_is_the_councils_own
}

/// An open call with an intention of Belrive up to 5 000; the call, and the page of the visa.
async fn intended(world: &World) -> (String, String) {
    let call = world.open_call(call_by_population()).await;
    world.intend(&call, "belrive", Some("5000")).await;
    let signatory = world.cookie("belrive-sig").await;
    let page = world.get(&format!("/enfance/-/calls/{call}"), Some(&signatory)).await.html;
    let (_, rest) = page.split_once("/pledges/PLG-").unwrap();
    let number = rest.split(['"', '/']).next().unwrap();
    let visa = format!("/enfance/-/calls/{call}/pledges/PLG-{number}/visa");
    (call, visa)
}

fn code(error: &Error) -> &str {
    error.refusal().unwrap().code
}

async fn a_pledge_is_sent_back_approved_and_committed(engine: Engine) {
    let world = World::found(engine).await;
    let (call, visa) = intended(&world).await;
    let finance = world.cookie("belrive-fin").await;
    let page = world.get(&visa, Some(&finance)).await;
    assert!(page.html.contains("value=\"5000.00\""), "{}", page.html);
    assert!(page.html.contains("ne s’est pas prononcé"));

    let unsaid = [("decision", "returned"), ("ceiling", "5000"), ("reason", " ")];
    let refused = world.post(&visa, &finance, &unsaid).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("href=\"#reason\""), "{}", refused.html);
    let back = [("decision", "returned"), ("reason", "Le budget 2028 n’est pas voté.")];
    let sent = world.post(&visa, &finance, &back).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let error = world.try_commit(&call, "belrive", "5000").await.unwrap_err();
    assert_eq!(code(&error), "visa_returned");

    // The years make the ceiling, and nothing is written where they do not.
    let years = [
        ("decision", "attested"),
        ("sure", "yes"),
        ("ceiling", "6 000,00"),
        ("year_1", "2027"),
        ("year_amount_1", "4000"),
        ("year_section_1", "investment"),
        ("year_account_1", "2051"),
        ("year_2", "2028"),
    ];
    let off = [&years[..], &[("year_amount_2", "1000")]].concat();
    let refused = world.post(&visa, &finance, &off).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("value=\"2051\""), "what was typed stays: {}", refused.html);
    let right = [&years[..], &[("year_amount_2", "2000"), ("commitment_no", "2027-14")]].concat();
    let done = world.post(&visa, &finance, &right).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let page = world.get(&visa, Some(&finance)).await.html;
    assert!(page.contains("Le budget 2028 n’est pas voté.") && page.contains("2027-14"), "{page}");

    let signatory = world.cookie("belrive-sig").await;
    let check = format!("/enfance/-/calls/{call}/commit/check?council=belrive&ceiling=6000");
    let page = world.get(&check, Some(&signatory)).await;
    assert!(page.html.contains("Visée"), "{}", page.html);
    // The years that finance wrote make the ceiling that is signed.
    let error = world.try_commit(&call, "belrive", "5999.99").await.unwrap_err();
    assert_eq!(code(&error), "budget_years_mismatch");
    let pledge = world.try_commit(&call, "belrive", "6000").await.unwrap();
    assert_eq!(pledge.budget_years.len(), 2);
    assert_eq!(pledge.budget_years[0].account_hint.as_deref(), Some("2051"));
    let late = world.post(&visa, &finance, &right).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it is firm: {}", late.html);
}

async fn who_approves_does_not_commit(engine: Engine) {
    let world = World::found(engine).await;
    let (call, visa) = intended(&world).await;
    let admin = world.by("admin").await;
    let grant = Grant {
        council: "belrive".parse().unwrap(),
        person: "belrive-sig".parse().unwrap(),
        role: Role::Finance,
        from: None,
        until: None,
    };
    world.app.act(&admin, GrantRole(grant)).await.unwrap();
    let both = world.cookie("belrive-sig").await;
    let fields = [("decision", "attested"), ("sure", "yes"), ("ceiling", "5000")];
    assert_eq!(world.post(&visa, &both, &fields).await.status, StatusCode::SEE_OTHER);
    let error = world.try_commit(&call, "belrive", "5000").await.unwrap_err();
    assert_eq!(code(&error), "visa_same_person");
    let finance = world.cookie("belrive-fin").await;
    assert_eq!(world.post(&visa, &finance, &fields).await.status, StatusCode::SEE_OTHER);
    let error = world.try_commit(&call, "belrive", "5000.01").await.unwrap_err();
    assert_eq!(code(&error), "visa_exceeded");
    world.commit(&call, "belrive", "5000").await;
}

async fn a_visa_is_the_councils_own(engine: Engine) {
    let world = World::found(engine).await;
    let (_, visa) = intended(&world).await;
    let signatory = world.cookie("belrive-sig").await;
    let page = world.get(&visa, Some(&signatory)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.html.contains("name=\"decision\""), "a signatory does not approve");
    let other = world.cookie("corbelle-fin").await;
    assert_eq!(world.get(&visa, Some(&other)).await.status, StatusCode::NOT_FOUND);
    let fields = [("decision", "attested"), ("sure", "yes"), ("ceiling", "5000")];
    let refused = world.post(&visa, &other, &fields).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "{}", refused.html);
    assert_eq!(world.get(&visa, None).await.status, StatusCode::SEE_OTHER);
}
