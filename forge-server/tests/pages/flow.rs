//! From a simulation to a firm pledge and out again, as a browser without script does it.

use axum::http::StatusCode;
use forge_tests::{Engine, on_both};

use crate::world::{Fields, World, call};

/// The act and the box, as typed in French.
const ACT: Fields<'_> = &[
    ("council", "belrive"),
    ("ceiling", "17 000,00"),
    ("kind", "deliberation"),
    ("number", "2026-118"),
    ("date", "14/10/2026"),
    ("visibility", "auditors"),
    ("note", "À voir au budget"),
    ("sure", "yes"),
];

on_both! {
    a_council_commits_in_three_steps
    an_old_proof_is_asked_again_and_nothing_typed_is_lost
    an_intention_is_declared_and_refused
    figures_of_all_spaces_stand_side_by_side
}

async fn a_council_commits_in_three_steps(engine: Engine) {
    let world = World::found(engine).await;
    let reference = world.open_call(call()).await;
    let path = format!("/enfance/-/calls/{reference}");
    let session = world.cookie("belrive-sig").await;
    let cookie = Some(session.as_str());

    let step = format!("{path}/commit?council=belrive&ceiling=17+000%2C00");
    let step = world.get(&step, cookie).await;
    assert_eq!(step.status, StatusCode::OK, "{}", step.html);
    assert!(step.html.contains("17\u{202f}000,00\u{a0}€"), "{}", step.html);
    let low = world.get(&format!("{path}/commit?council=belrive&ceiling=zut"), cookie).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.html.contains("value=\"zut\"") && low.html.contains("error-summary"));

    let check = format!("{path}/commit/check?council=belrive&ceiling=17+000%2C00");
    let shown = world.get(&check, cookie).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.html);
    assert!(shown.html.contains("Rien n’est enregistré pour l’instant"));
    assert!(shown.html.contains("arrêté 12"), "the mandate is shown");

    let (post, file) = (format!("{path}/commit"), ("file", "délibération.pdf", &b"%PDF-1.7\n"[..]));
    let unsure = world.upload(&post, &session, &ACT[..7], file).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.html.contains("value=\"2026-118\""), "what was typed is there: {}", unsure.html);
    let odd = world.upload(&post, &session, ACT, ("file", "a.exe", b"MZ\x90\x00")).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.html.contains("href=\"#file\""), "{}", odd.html);

    let done = world.upload(&post, &session, ACT, file).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let pledge = done.location.unwrap();
    let page = world.get(&pledge, cookie).await;
    assert!(page.html.contains("Engagement ferme") && page.html.contains("délibération.pdf"));
    assert!(page.html.contains("À voir au budget"));
    let outside = world.get(&pledge, None).await;
    assert!(outside.html.contains("2026-118") && !outside.html.contains("délibération.pdf"));
    assert!(!outside.html.contains("À voir au budget"));

    checks_and_withdraws(&world, (&reference, &pledge), &session).await;
}

async fn checks_and_withdraws(world: &World, (call, pledge): (&str, &str), signatory: &str) {
    let finance = world.cookie("belrive-fin").await;
    let page = world.get(pledge, Some(&finance)).await;
    let (_, rest) = page.html.split_once("Attester").map_or(("", ""), |parts| parts);
    assert!(!rest.is_empty(), "the second person is offered the check: {}", page.html);
    let (before, _) = page.html.split_once("/check\"").unwrap();
    let check = format!("{}/check", before.rsplit('"').next().unwrap());
    let checked = world.post(&check, &finance, &[]).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.html);
    let own = world.post(&check, signatory, &[]).await;
    assert!(own.status.is_client_error());

    let leave = format!("{pledge}/withdraw");
    let silent = world.post(&leave, signatory, &[("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.html.contains("href=\"#reason\""));
    let reason = [("reason", "Le budget a été refusé.")];
    assert_eq!(world.post(&leave, signatory, &reason).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&format!("/enfance/-/calls/{call}"), None).await;
    assert!(page.html.contains("Le budget a été refusé."), "{}", page.html);

    let ledger = world.get("/enfance/-/ledger", None).await;
    assert_eq!(ledger.status, StatusCode::OK);
    assert!(ledger.html.contains("Engagement retiré") && ledger.html.contains("Vérifié"));
}

async fn an_old_proof_is_asked_again_and_nothing_typed_is_lost(engine: Engine) {
    let world = World::found(engine).await;
    let reference = world.open_call(call()).await;
    let cookie = world.cookie("belrive-sig").await;
    world.pass("2026-10-15T08:06:00Z").await;
    let path = format!("/enfance/-/calls/{reference}/commit");
    let check = format!("{path}/check?council=belrive&ceiling=17000");
    let asked = world.get(&check, Some(&cookie)).await;
    assert!(asked.location.unwrap().starts_with("/-/reauthenticate?next=%2Fenfance"));
    let refused = world.upload(&path, &cookie, ACT, ("file", "a.pdf", b"%PDF-1.7")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("number%3D2026-118"), "{}", refused.html);
    let none = forge_store::pledges::of_council(
        &world.app.db,
        forge_store::councils::by_slug(&world.app.db, &"belrive".parse().unwrap())
            .await
            .unwrap()
            .unwrap()
            .id,
    );
    assert!(none.await.unwrap().is_empty());
    assert_eq!(world.files_of_evidence(), 0, "a refused file does not stay");
}

async fn an_intention_is_declared_and_refused(engine: Engine) {
    let world = World::found(engine).await;
    let reference = world.open_call(call()).await;
    let cookie = world.cookie("dormont-lead").await;
    let path = format!("/enfance/-/calls/{reference}/intend");
    let form = world.get(&path, Some(&cookie)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.html);
    let fields = [("council", "dormont"), ("ceiling", "12,345"), ("public", "yes")];
    let refused = world.post(&path, &cookie, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "three decimals in French");
    assert!(refused.html.contains("value=\"12,345\""));
    let fields = [("council", "dormont"), ("ceiling", "12 345"), ("public", "yes")];
    assert_eq!(world.post(&path, &cookie, &fields).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&format!("/enfance/-/calls/{reference}"), None).await;
    assert!(page.html.contains("12\u{202f}345,00\u{a0}€"), "{}", page.html);
    let (_, rest) = page.html.split_once(&format!("{reference}/pledges/")).unwrap();
    let pledge = rest.split('"').next().unwrap();
    let pledge = format!("/enfance/-/calls/{reference}/pledges/{pledge}");
    let finance = world.cookie("dormont-fin").await;
    let gone = world.post(&format!("{pledge}/refuse"), &finance, &[("reason", "")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.html);
    let outsider = world.get(&path, None).await;
    assert!(outsider.location.unwrap().starts_with("/-/login?next="));
}

async fn figures_of_all_spaces_stand_side_by_side(engine: Engine) {
    let world = World::found(engine).await;
    let reference = world.open_call(call()).await;
    world.commit(&reference, "aubervac", "20000").await;
    for path in ["/transparency", "/enfance/-/funding", "/aubervac/-/funding"] {
        for lang in ["fr", "en"] {
            let page = world.get(&format!("{path}?lang={lang}"), None).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
            let amount = if lang == "fr" { "20\u{202f}000,00\u{a0}€" } else { "€20,000.00" };
            assert!(page.html.contains(amount), "{path}: {}", page.html);
        }
    }
    let question = "simulate=yes&with=aubervac&with=belrive&council=belrive&ceiling=9000";
    let address = format!("/enfance/-/calls/{reference}?{question}");
    let page = world.get(&address, None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("/simulate?add=belrive&amp;remove="), "{}", page.html);
    // Another rule and another cost are asked in the same form: 30 000 by inhabitants.
    let question = "simulate=yes&with=aubervac&with=belrive&rule=population&amount=15555";
    let page = world.get(&format!("/enfance/-/calls/{reference}?lang=en&{question}"), None).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    // 12 345 and 3 210 inhabitants.
    assert!(page.html.contains("€12,345.00") && page.html.contains("€3,210.00"), "{}", page.html);
    let odd = world
        .get(&format!("/enfance/-/calls/{reference}?simulate=yes&council=belrive&ceiling=x"), None)
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}
