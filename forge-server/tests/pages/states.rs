//! A call's page in every state, in both languages.

use axum::http::StatusCode;
use forge_server::actions::calls::CancelCall;
use forge_tests::{Engine, on_both};

use crate::world::{World, call, call_by_population};

/// What a page says, with the address it was asked at for the message of a failing test.
async fn both(world: &World, path: &str, cookie: Option<&str>) -> (String, String) {
    let mut pages = Vec::new();
    for lang in ["fr", "en"] {
        let page = world.get(&format!("{path}?lang={lang}"), cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{path} {lang}: {}", page.html);
        assert!(page.html.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        pages.push(page.html);
    }
    let en = pages.pop().unwrap();
    (pages.pop().unwrap(), en)
}

on_both! {
    a_call_is_read_in_each_state
}

async fn a_call_is_read_in_each_state(engine: Engine) {
    let world = World::found(engine).await;
    let draft = world.draft(call()).await;
    let path = format!("/enfance/-/calls/{draft}");
    let lead = world.cookie("aubervac-lead").await;
    assert_eq!(world.get(&path, None).await.status, StatusCode::NOT_FOUND);
    let (fr, en) = both(&world, &path, Some(&lead)).await;
    assert!(fr.contains("Brouillon") && en.contains("Draft"));

    let open = world.open_call(call_by_population()).await;
    let path = format!("/enfance/-/calls/{open}");
    world.commit(&open, "aubervac", "20000").await;
    world.intend(&open, "belrive", Some("5000")).await;
    let (fr, en) = both(&world, &path, None).await;
    assert!(
        fr.contains("13\u{202f}600,00\u{a0}€ d’engagements fermes et une collectivité"),
        "{fr}"
    );
    assert!(en.contains("€13,600.00 of firm pledges and one more committed council"), "{en}");
    assert!(fr.contains("inclus (fuseau horaire Europe/Paris)"));

    world.commit(&open, "corbelle", "25000").await;
    let (fr, en) = both(&world, &path, None).await;
    assert!(fr.contains("Seuil atteint") && en.contains("Minimum reached"));
    assert!(fr.contains("Il manque encore 3\u{202f}000,00\u{a0}€"), "{fr}");

    let failing = world.open_call(call()).await;
    let cancelled = world.open_call(call()).await;
    let lead = world.by("aubervac-lead").await;
    let reason = "Un autre logiciel existe déjà.".to_owned();
    let cancel = CancelCall { reference: cancelled.clone(), reason: reason.clone() };
    world.app.act(&lead, cancel).await.unwrap();
    let (fr, _) = both(&world, &format!("/enfance/-/calls/{cancelled}"), None).await;
    assert!(fr.contains("Annulé") && fr.contains(&reason));

    world.pass("2027-02-01T12:00:00Z").await;
    let (fr, en) = both(&world, &path, None).await;
    assert!(fr.contains("Quotes-parts définitives") && en.contains("Final shares"));
    // 33 600.00 by 12 345 and 45 678 inhabitants.
    assert!(en.contains("€26,451.3") || en.contains("€25,000.00"), "{en}");
    let (fr, en) = both(&world, &format!("/enfance/-/calls/{failing}"), None).await;
    assert!(fr.contains("il manquait 33\u{202f}600,00\u{a0}€ d’engagements fermes et 2"), "{fr}");
    assert!(en.contains("Nobody owes anything"));

    let (fr, en) = both(&world, "/calls", None).await;
    for reference in [&open, &failing, &cancelled] {
        assert!(fr.contains(reference.as_str()) && en.contains(reference.as_str()));
    }
    assert!(!fr.contains(&draft));
}
