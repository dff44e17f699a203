//! A lead drafts a call row by row, publishes it and ends it.

use axum::http::StatusCode;
use forge_api::share;
use forge_tests::{Engine, on_both};

use crate::world::World;

fn fields(deadline: &str) -> Vec<(&'static str, String)> {
    [
        ("title", "Paiement en ligne"),
        ("need", "Payer la **cantine**."),
        ("lang", "fr"),
        ("licence", "EUPL-1.2"),
        ("basis", "gross"),
        ("vat_bp", "20"),
        ("target", "33 600,00"),
        ("minimum", "14 400"),
        ("milestone_title_1", "Calcul"),
        ("milestone_amount_1", "14 400"),
        ("milestone_title_3", "Factures"),
        ("milestone_amount_3", "19 200"),
        ("milestone_due_3", "30/06/2027"),
        ("milestone_criteria_3", "Les essais passent\nLe guide est à jour"),
        ("rule", "envelopes"),
        ("rule_equal", "40"),
        ("rule_population", "municipale"),
        ("rule_vintage", "2026"),
        ("min_councils", "2"),
        ("grace_days", "10"),
        ("vehicle", "each_buys"),
        ("rows", "3"),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .chain([("deadline", deadline.to_owned())])
    .collect()
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

on_both! {
    a_lead_drafts_publishes_and_cancels
    a_covered_call_is_confirmed_early
}

async fn a_lead_drafts_publishes_and_cancels(engine: Engine) {
    let world = World::found(engine).await;
    let lead = world.cookie("aubervac-lead").await;
    let path = "/enfance/-/calls/new";
    for lang in ["fr", "en"] {
        let form = world.get(&format!("{path}?lang={lang}"), Some(&lead)).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.html);
    }
    let signatory = world.cookie("belrive-sig").await;
    assert_eq!(world.get(path, Some(&signatory)).await.status, StatusCode::FORBIDDEN);

    let soon = fields("20/10/2026");
    let refused = world.post(path, &lead, &borrowed(&soon)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.html);
    assert!(refused.html.contains("href=\"#deadline\"") && refused.html.contains("19 200"));
    let mut more = fields("31/01/2027");
    more.push(("more", "yes".to_owned()));
    let longer = world.post(path, &lead, &borrowed(&more)).await;
    assert_eq!(longer.status, StatusCode::OK);
    assert!(longer.html.contains("milestone_title_4") && longer.html.contains("Paiement en ligne"));

    let made = world.post(path, &lead, &borrowed(&fields("31/01/2027"))).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.html);
    let call = made.location.unwrap();
    let draft = world.get(&call, Some(&lead)).await;
    assert!(draft.html.contains("<strong>cantine</strong>"), "{}", draft.html);
    assert!(draft.html.contains("40\u{a0}% à parts égales"), "{}", draft.html);

    let edit = world.get(&format!("{call}/edit"), Some(&lead)).await;
    assert_eq!(edit.status, StatusCode::OK, "{}", edit.html);
    assert!(edit.html.contains("value=\"40.00\"") && edit.html.contains("Le guide est à jour"));
    let (_, rest) = edit.html.split_once("name=\"version\" value=\"").unwrap();
    let mut changed = fields("28/02/2027");
    changed.push(("version", rest.split('"').next().unwrap().to_owned()));
    let saved = world.post(&format!("{call}/edit"), &lead, &borrowed(&changed)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    let stale = world.post(&format!("{call}/edit"), &lead, &borrowed(&changed)).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody changed it meanwhile");

    let check = world.get(&format!("{call}/publish"), Some(&lead)).await;
    assert!(check.html.contains("28 février 2027"), "{}", check.html);
    let published = world.post(&format!("{call}/publish"), &lead, &[]).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.html);
    assert_eq!(world.get(&call, None).await.status, StatusCode::OK);
    let versions = world.get(&format!("{call}/versions"), None).await;
    assert!(versions.html.contains("Simulation publiée avec la version 1"), "{}", versions.html);
    assert!(versions.html.contains("Estérey"), "{}", versions.html);
    let (_, rest) = versions.html.split_once("href=\"/api/v1/calls/").unwrap();
    let address = format!("/api/v1/calls/{}", rest.split('"').next().unwrap());
    let request = world.get(&address, None).await;
    let request = share::ShareRequest::from_json(&request.html).unwrap();
    assert_eq!(share::compute(&request).unwrap().shares.len(), 5);

    let cancel = format!("{call}/cancel");
    assert_eq!(world.get(&cancel, Some(&lead)).await.status, StatusCode::OK);
    let silent = world.post(&cancel, &lead, &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = world.post(&cancel, &lead, &[("reason", "Un autre logiciel existe.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let ended = world.get(&call, None).await;
    assert!(ended.html.contains("Annulé") && ended.html.contains("Un autre logiciel existe."));
}

async fn a_covered_call_is_confirmed_early(engine: Engine) {
    let world = World::found(engine).await;
    let reference = world.open_call(crate::world::call()).await;
    world.commit(&reference, "aubervac", "25000").await;
    world.commit(&reference, "belrive", "25000").await;
    let lead = world.cookie("aubervac-lead").await;
    let path = format!("/enfance/-/calls/{reference}/confirm");
    assert_eq!(world.get(&path, Some(&lead)).await.status, StatusCode::OK);
    let done = world.post(&path, &lead, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let page = world.get(&format!("/enfance/-/calls/{reference}?lang=en"), None).await;
    assert!(page.html.contains("€24,000.00"), "{}", page.html);
}
