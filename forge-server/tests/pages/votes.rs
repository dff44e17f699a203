//! Deciding together, as a browser without script does it.

use axum::http::StatusCode;
use forge_tests::{Engine, on_both};

use crate::world::World;

/// Beyond the end of the fifteenth day in Paris.
const CLOSED: &str = "2026-10-30T23:00:00Z";

on_both! {
    a_question_is_put_answered_and_minuted
    a_charter_is_proposed_and_its_faults_keep_what_was_typed
    members_say_who_coordinates_and_who_leaves
}

async fn a_question_is_put_answered_and_minuted(engine: Engine) {
    let world = World::found(engine).await;
    let lead = world.cookie("aubervac-lead").await;
    let empty = world.get("/enfance/-/decisions", Some(&lead)).await;
    assert!(empty.html.contains("Rien n’a encore été mis aux voix"), "{}", empty.html);
    let form = world.get("/enfance/-/decisions/new", Some(&lead)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.html);
    let nothing = [("question", " "), ("explanation", "Le **gîte** est libre.")];
    let refused = world.post("/enfance/-/decisions", &lead, &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("href=\"#question\"") && refused.html.contains("**gîte**"));
    let asked = [("question", "Se réunir à Dormont ?"), ("explanation", "Le **gîte** est libre.")];
    let opened = world.post("/enfance/-/decisions", &lead, &asked).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.html);
    let vote = opened.location.unwrap();
    let page = world.get(&vote, Some(&lead)).await;
    assert!(page.html.contains("<strong>gîte</strong>"), "{}", page.html);
    assert!(!page.html.contains("name=\"choice\""), "a lead does not vote");

    for (council, choice) in [("aubervac", "yes"), ("belrive", "yes"), ("corbelle", "no")] {
        let cookie = world.cookie(&format!("{council}-sig")).await;
        let form = world.get(&vote, Some(&cookie)).await;
        assert!(form.html.contains("name=\"choice\""), "{}", form.html);
        let none = world.post(&vote, &cookie, &[("council", council)]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.html.contains("href=\"#choice\""), "{}", none.html);
        let fields = [("council", council), ("choice", choice), ("comment", "C’est loin.")];
        assert_eq!(world.post(&vote, &cookie, &fields).await.status, StatusCode::SEE_OTHER);
    }
    let before = world.get(&vote, None).await;
    assert!(before.html.contains("3 sur 5") && !before.html.contains("C’est loin."));
    world.pass(CLOSED).await;
    for lang in ["fr", "en"] {
        for path in ["", "/minutes"] {
            let path = match path {
                "" => format!("{vote}?lang={lang}"),
                below => format!("/enfance/-/decisions{below}?lang={lang}"),
            };
            let page = world.get(&path, None).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
            assert!(page.html.contains("C’est loin.") && !page.html.contains('⟦'), "{path}");
        }
    }
    let list = world.get("/belrive/-/decisions", None).await;
    assert!(list.html.contains("Se réunir à Dormont"), "{}", list.html);
    assert!(list.html.contains("Bulletin\u{a0}: Oui"), "{}", list.html);
    let csv = world.get("/enfance/-/decisions/minutes.csv", None).await.html;
    assert_eq!(csv.lines().count(), 6, "{csv}");
    assert!(csv.contains("corbelle,1,no,"), "{csv}");
    let text = world.get("/enfance/-/decisions/minutes.md", None).await.html;
    assert!(text.contains("| Corbelle | 1 | Non |"), "{text}");
}

async fn a_charter_is_proposed_and_its_faults_keep_what_was_typed(engine: Engine) {
    let world = World::found(engine).await;
    let lead = world.cookie("belrive-lead").await;
    let shown = world.get("/enfance/-/charter", Some(&lead)).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.html);
    assert!(shown.html.contains("Un organisme, une voix") && shown.html.contains("Version 1"));
    let form = world.get("/enfance/-/charter/propose", Some(&lead)).await;
    assert!(form.html.contains("version = 2"), "the next version stands there: {}", form.html);
    let wrong = "version = 2\n[votes]\nadmit = { rule = \"au hasard\" }";
    let fields = [("text", "# Notre charte"), ("machine", wrong)];
    let refused = world.post("/enfance/-/charter", &lead, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.html);
    assert!(refused.html.contains("ligne 3") && refused.html.contains("# Notre charte"));
    let fields = [("text", "# Notre charte"), ("machine", "version = 2")];
    let opened = world.post("/enfance/-/charter", &lead, &fields).await;
    let vote = world.get(&opened.location.unwrap(), None).await;
    assert!(vote.html.contains("Adopter la version 2 de la charte"), "{}", vote.html);
}

async fn members_say_who_coordinates_and_who_leaves(engine: Engine) {
    let world = World::found(engine).await;
    let lead = world.cookie("aubervac-lead").await;
    let seat = "/enfance/-/members/dormont/seat";
    let given = world.post(seat, &lead, &[("coordinates", "yes")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.html);
    let dormont = world.cookie("dormont-lead").await;
    let left = world.post("/enfance/-/members/dormont/leave", &dormont, &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.html);
    let page = world.get("/enfance/-/members", None).await;
    assert!(page.html.contains("comité technique"), "{}", page.html);
    assert!(page.html.contains("Part le"), "{}", page.html);
    let office = [("office", "lead"), ("council", "corbelle"), ("why", "À son tour.")];
    let opened = world.post("/enfance/-/offices", &lead, &office).await;
    let vote = world.get(&opened.location.unwrap(), None).await;
    assert!(vote.html.contains("Confier l’espace à Corbelle"), "{}", vote.html);
}
