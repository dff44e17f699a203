//! What each role finds on its dashboard.

use axum::http::StatusCode;
use forge_api::calls::NewCall;
use forge_tests::{Engine, on_both};

use crate::world::{World, call, call_by_population};

on_both! {
    each_role_finds_its_own_work
    the_table_of_spaces_is_a_file_too
}

async fn todo(world: &World, login: &str) -> String {
    let cookie = world.cookie(login).await;
    let page = world.get("/-/dashboard?lang=en", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK, "{login}: {}", page.html);
    page.html
}

async fn each_role_finds_its_own_work(engine: Engine) {
    let world = World::found(engine).await;
    let draft = world.draft(call()).await;
    // In France a deliberation waits for its dates and for a second check.
    let french = NewCall { profile: Some("fr".to_owned()), ..call_by_population() };
    let open = world.open_call(french).await;
    world.commit(&open, "aubervac", "20000").await;
    world.intend(&open, "belrive", Some("5000")).await;

    let lead = todo(&world, "aubervac-lead").await;
    assert!(lead.contains("Finish and publish the draft"), "{lead}");
    assert!(lead.contains(&format!("/enfance/-/calls/{draft}\"")), "{lead}");
    assert!(!lead.contains("Gather the funding"), "the deadline is months away");

    let finance = todo(&world, "aubervac-fin").await;
    assert!(finance.contains("Check a supporting document"), "{finance}");
    assert!(finance.contains("Complete the signed act"));
    assert!(!finance.contains("Finish and publish the draft"));
    let signatory = todo(&world, "aubervac-sig").await;
    assert!(!signatory.contains("Check a supporting document"), "who uploads never checks");

    let other = todo(&world, "belrive-fin").await;
    assert!(other.contains("Say when the body decides") && other.contains("Belrive"), "{other}");
    assert!(!other.contains("Complete the signed act"), "that is another council’s");
    let nobody = todo(&world, "admin").await;
    assert!(nobody.contains("You hold no role in a council"));

    world.pass("2027-01-26T08:00:00Z").await;
    let lead = todo(&world, "aubervac-lead").await;
    assert!(lead.contains("Gather the funding"), "{lead}");
    assert!(lead.contains("1 call to fund within seven days"), "{lead}");
    assert!(lead.contains("<h3>January 2027</h3>"), "{lead}");
}

async fn the_table_of_spaces_is_a_file_too(engine: Engine) {
    let world = World::found(engine).await;
    let open = world.open_call(call_by_population()).await;
    world.commit(&open, "corbelle", "25000").await;
    let cookie = world.cookie("corbelle-lead").await;
    let file = world.get("/-/dashboard.csv", Some(&cookie)).await.html;
    let mut lines = file.lines();
    assert!(lines.next().unwrap().starts_with("space,title,currency,target,committed_bp"));
    // 25 000 of 48 000, rounded down.
    let line = "enfance,Enfance et jeunesse,EUR,48000.00,5208,0,2027-01-31,call,\
                Facturation périscolaire,0,0,0";
    assert_eq!(lines.next(), Some(line));
    assert_eq!(lines.next(), None);
    let visitor = world.get("/-/dashboard.csv", None).await;
    assert_eq!(visitor.status, StatusCode::SEE_OTHER, "{}", visitor.html);
}
