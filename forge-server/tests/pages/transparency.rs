//! What everyone reads of what is committed and paid, and takes away.

use axum::http::StatusCode;
use forge_tests::{Engine, on_both};

use crate::world::{World, call_by_population};

on_both! {
    sums_are_read_by_call_and_by_council
}

async fn page(world: &World, query: &str) -> String {
    let page = world.get(&format!("/transparency?lang=en{query}"), None).await;
    assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.html);
    page.html
}

async fn sums_are_read_by_call_and_by_council(engine: Engine) {
    let world = World::found(engine).await;
    let draft = world.draft(call_by_population()).await;
    let open = world.open_call(call_by_population()).await;
    world.commit(&open, "aubervac", "20000").await;
    world.commit(&open, "corbelle", "25000").await;
    world.intend(&open, "belrive", Some("5000")).await;

    let all = page(&world, "").await;
    assert!(all.contains("€45,000.00"), "firm ceilings, and no intention: {all}");
    assert!(all.contains("Aubervac") && !all.contains(&draft), "{all}");
    let alone = page(&world, "&council=corbelle").await;
    assert!(alone.contains("€25,000.00") && !alone.contains("€45,000.00"), "{alone}");
    assert!(all.contains("<option value=\"Corbelle\">corbelle</option>"), "{all}");
    for typed in ["CORBELLE", "Corb%C3%A8lle", "%20corb"] {
        let named = page(&world, &format!("&council={typed}")).await;
        assert!(named.contains("€25,000.00") && !named.contains("€45,000.00"), "{typed}: {named}");
    }
    assert!(!alone.contains("<dt>Balance</dt>"), "the treasurer’s balance is no one council’s");
    for nothing in
        ["&state=failed", "&year=2025", "&council=nowhere", "&council=Bel%20rive", "&space=x"]
    {
        let found = page(&world, nothing).await;
        assert!(found.contains("No amount matches."), "{nothing}: {found}");
    }
    let chosen = page(&world, "&space=enfance&state=reached&year=2026").await;
    assert!(chosen.contains("€45,000.00"), "{chosen}");

    let calls = world.get("/transparency.csv", None).await.html;
    let line = format!(
        "{open},enfance,Facturation périscolaire,reached,EUR,gross,45000.00,0.00,0.00,0.00,0.00,\
         0.00,0.00"
    );
    assert_eq!(calls.lines().nth(1), Some(line.as_str()), "{calls}");
    assert_eq!(calls.lines().count(), 2);
    let councils = world.get("/transparency.csv?by=council&council=corbelle", None).await.html;
    assert_eq!(councils.lines().nth(1), Some("corbelle,Corbelle,EUR,25000.00,0.00,0.00,0.00"));
}
