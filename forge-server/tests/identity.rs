//! Who people are and what they may do: from an empty forge to a signatory with a mandate, and
//! what is refused on the way.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod world;

use axum::{
    body::Body,
    http::{Request, header},
};
use forge_domain::{
    access::TokenScope,
    names::{PathInRepo, RefName},
};
use forge_server::{
    actions::{
        invitations::{AcceptInvitation, InviteAdministrator, InviteToCouncil},
        people::{CreateAdministrator, DisablePerson, NewAccount},
    },
    app::{By, Via},
    auth::{console, secret},
    error::Error,
};
use forge_store::modules;
use forge_tests::{Engine, on_both};
use serde_json::{Value, json};

use crate::world::{World, slug};

const NOTHING: Value = Value::Null;

on_both! {
    from_nothing_to_a_signatory_with_a_mandate
    nobody_gives_themself_the_power_to_sign
    a_role_reaches_no_further_than_its_council_and_its_days
    a_council_keeps_a_lead_and_a_forge_an_administrator
    an_identifier_belongs_to_one_verified_council
    a_council_that_is_not_verified_neither_founds_nor_joins
    a_space_is_founded_with_its_charter_and_joined
    a_link_works_once_for_a_time_and_for_whom_it_is_meant
    a_token_reaches_no_further_than_its_scope
    rights_cannot_be_slipped_into_a_body
    a_disabled_account_is_out_at_once
    a_form_is_taken_only_from_its_own_page
    a_refused_form_comes_back_as_it_was_filled_in
    pages_show_each_reader_what_is_theirs
    people_join_and_leave_by_plain_forms
    every_list_says_how_long_it_is
}

async fn from_nothing_to_a_signatory_with_a_mandate(engine: Engine) {
    let world = World::new(engine).await;
    let anne = world.token("anne", TokenScope::Write).await;
    let new = json!({
        "slug": "Aubervac", "name": "Aubervac",
        "ids": [{ "scheme": "siren", "value": "213 000 003" }],
        "populations": [{ "kind": "municipale", "value": 12345, "vintage": "2026" }],
        "email_domains": ["mairie-aubervac.example"],
    });
    let (status, council) = world.api("POST", "/councils", &anne, new).await;
    assert_eq!((status, &council["status"]), (201, &json!("pending")), "{council}");
    assert_eq!(council["ids"][0]["value"], "213000003");
    let proof = json!({ "proof": "letter of 30 November" });
    let (_, council) = world.api("POST", "/councils/aubervac/verify", &anne, proof).await;
    assert_eq!(council["status"], "verified");

    // Claire comes by a link and leads; she names Bilal signatory and gives him a mandate.
    let invite = json!({ "role": "lead" });
    let (_, link) = world.api("POST", "/councils/aubervac/invitations", &anne, invite).await;
    accept(&world, link["url"].as_str().unwrap(), "claire").await.unwrap();
    world.person("bilal").await;
    let claire = world.token("claire", TokenScope::Write).await;
    let role = json!({ "person": "bilal", "role": "signatory" });
    let roles = "/councils/aubervac/roles";
    assert_eq!(world.api("POST", roles, &claire, role).await.0, 201);
    let mandate = json!({
        "person": "bilal", "max_amount": "25 000,00", "valid_until": "2027-12-31",
        "act_ref": "2026-112",
    });
    let mandates = "/councils/aubervac/mandates";
    let (status, told) = world.api("POST", mandates, &claire, mandate).await;
    assert_eq!((status, &told["max_amount"]), (201, &json!("25000.00")), "{told}");
    let bilal = world.token("bilal", TokenScope::ReadOnly).await;
    let (_, me) = world.api("GET", "/me", &bilal, NOTHING).await;
    assert_eq!(me["roles"][0]["role"], "signatory");
    assert_eq!(me["mandates"][0]["valid_until"], "2027-12-31");

    // The role over, the mandate is over too.
    let held = me["roles"][0]["id"].as_str().unwrap();
    let gone = world.api("DELETE", &format!("{roles}/{held}"), &claire, NOTHING).await;
    assert_eq!(gone.0, 204);
    let (_, me) = world.api("GET", "/me", &bilal, NOTHING).await;
    assert_eq!((&me["roles"], &me["mandates"]), (&json!([]), &json!([])));
}

async fn nobody_gives_themself_the_power_to_sign(engine: Engine) {
    let world = World::new(engine).await;
    let lead = world.council("aubervac", "213000003").await;
    let role = json!({ "person": "aubervac-lead", "role": "signatory" });
    let (status, told) = world.api("POST", "/councils/aubervac/roles", &lead, role).await;
    assert_eq!((status, &told["code"]), (403, &json!("to_oneself")));
    let invite = json!({ "role": "signatory" });
    let (status, told) = world.api("POST", "/councils/aubervac/invitations", &lead, invite).await;
    assert_eq!((status, &told["errors"][0]["code"]), (422, &json!("invite_signatory")));
    let mandate = json!({
        "person": "aubervac-lead", "max_amount": "1", "valid_until": "2027-01-01", "act_ref": "x",
    });
    let (status, _) = world.api("POST", "/councils/aubervac/mandates", &lead, mandate).await;
    assert_eq!(status, 403);
}

async fn a_role_reaches_no_further_than_its_council_and_its_days(engine: Engine) {
    let world = World::new(engine).await;
    let aubervac = world.council("aubervac", "213000003").await;
    let belrive = world.council("belrive", "213000011").await;
    world.person("dora").await;
    let role = json!({ "person": "dora", "role": "lead", "valid_until": "2026-12-31" });
    // Another council's lead neither gives roles here nor learns who acts here.
    let roles = "/councils/aubervac/roles";
    assert_eq!(world.api("POST", roles, &belrive, role.clone()).await.0, 403);
    assert_eq!(world.api("GET", roles, &belrive, NOTHING).await.0, 404);
    assert_eq!(world.api("GET", roles, "", NOTHING).await.0, 404);
    let (status, told) = world.api("POST", roles, &aubervac, role).await;
    assert_eq!((status, &told["valid_until"]), (201, &json!("2026-12-31")));

    let dora = world.token("dora", TokenScope::Write).await;
    let invite = json!({ "role": "developer" });
    let invitations = "/councils/aubervac/invitations";
    world.set_clock("2026-12-31T23:59:59Z");
    assert_eq!(world.api("POST", invitations, &dora, invite.clone()).await.0, 201);
    world.set_clock("2027-01-01T00:00:00Z");
    let (status, told) = world.api("POST", invitations, &dora, invite).await;
    assert_eq!((status, &told["code"]), (403, &json!("role_missing")));
}

async fn a_council_keeps_a_lead_and_a_forge_an_administrator(engine: Engine) {
    let world = World::new(engine).await;
    let lead = world.council("aubervac", "213000003").await;
    let (_, held) = world.api("GET", "/councils/aubervac/roles", &lead, NOTHING).await;
    let only = format!("/councils/aubervac/roles/{}", held[0]["id"].as_str().unwrap());
    let (status, told) = world.api("DELETE", &only, &lead, NOTHING).await;
    assert_eq!((status, &told["code"]), (409, &json!("last_lead")));
    // Not even by naming another council in the address.
    world.council("belrive", "213000011").await;
    let anne = world.token("anne", TokenScope::Write).await;
    let elsewhere = only.replace("aubervac", "belrive");
    assert_eq!(world.api("DELETE", &elsewhere, &anne, NOTHING).await.0, 404);
    let by = console::administrator(&world.app).await.unwrap();
    let last = world.app.act(&by, DisablePerson { login: slug("anne") }).await.unwrap_err();
    assert_eq!(last.refusal().unwrap().code, "last_administrator");
}

async fn an_identifier_belongs_to_one_verified_council(engine: Engine) {
    let world = World::new(engine).await;
    world.council("aubervac", "213000003").await;
    let anne = world.token("anne", TokenScope::Write).await;
    for (slug, name, value, code) in [
        ("other", "Other", "213000004", "identifier_invalid"),
        ("catalogue", "Other", "213000011", "name_reserved"),
        ("other", " ", "213000011", "name_empty"),
    ] {
        let new =
            json!({ "slug": slug, "name": name, "ids": [{ "scheme": "siren", "value": value }] });
        let (status, told) = world.api("POST", "/councils", &anne, new).await;
        assert_eq!((status, &told["errors"][0]["code"]), (422, &json!(code)), "{told}");
    }
    // Names that read alike are one name.
    let first = json!({ "slug": "morlaix", "name": "Morlaix" });
    assert_eq!(world.api("POST", "/councils", &anne, first).await.0, 201);
    for look_alike in ["MORLAIX", "rnorlaix", "mor1aix", "anne"] {
        let look_alike = json!({ "slug": look_alike, "name": "Morlaix" });
        let (status, told) = world.api("POST", "/councils", &anne, look_alike).await;
        assert_eq!((status, &told["errors"][0]["code"]), (409, &json!("name_taken")));
    }
    let same = json!({
        "slug": "aubervac-bis", "name": "Aubervac",
        "ids": [{ "scheme": "siren", "value": "213000003" }],
    });
    assert_eq!(world.api("POST", "/councils", &anne, same).await.0, 201);
    let (status, told) = world.api("POST", "/councils/aubervac-bis/verify", &anne, json!({})).await;
    assert_eq!((status, &told["code"]), (409, &json!("identifier_taken")));
    // And nothing of the refused act stayed.
    let (_, bis) = world.api("GET", "/councils/aubervac-bis", "", NOTHING).await;
    assert_eq!(bis["status"], "pending");
}

async fn a_council_that_is_not_verified_neither_founds_nor_joins(engine: Engine) {
    let world = World::new(engine).await;
    world.person("paul").await;
    let paul = world.token("paul", TokenScope::Write).await;
    let new = json!({ "slug": "newtown", "name": "Newtown" });
    assert_eq!(world.api("POST", "/councils", &paul, new).await.0, 201);
    // Who registers it leads it, and verifies nothing.
    let verify = "/councils/newtown/verify";
    assert_eq!(world.api("POST", verify, &paul, json!({})).await.0, 403);
    let space = json!({ "slug": "enfance", "title": "Enfance", "lead": "newtown" });
    let (status, told) = world.api("POST", "/spaces", &paul, space).await;
    assert_eq!((status, &told["errors"][0]["code"]), (422, &json!("council_not_verified")));
    // Suspended, it gives no rights at all.
    let anne = world.token("anne", TokenScope::Write).await;
    let suspend = "/councils/newtown/suspend";
    assert_eq!(world.api("POST", suspend, &anne, json!({})).await.0, 204);
    let (_, me) = world.api("GET", "/me", &paul, NOTHING).await;
    let invite = json!({ "role": "developer" });
    let invited = world.api("POST", "/councils/newtown/invitations", &paul, invite).await;
    assert_eq!(invited.0, 403, "{me}");
}

async fn a_space_is_founded_with_its_charter_and_joined(engine: Engine) {
    let world = World::new(engine).await;
    let lead = world.council("aubervac", "213000003").await;
    let joining = world.council("belrive", "213000011").await;
    let new = json!({
        "slug": "enfance", "title": "Enfance et jeunesse", "purpose": "Factures de cantine.",
        "lead": "aubervac", "lang": "fr",
    });
    let (status, told) = world.api("POST", "/spaces", &joining, new.clone()).await;
    assert_eq!((status, &told["code"]), (403, &json!("other_council")));
    let (status, space) = world.api("POST", "/spaces", &lead, new).await;
    assert_eq!((status, &space["treasurer"]), (201, &json!("aubervac")), "{space}");
    assert_eq!(space["members"][0]["status"], "contributor");

    let meta = modules::at(&world.app.db, &slug("enfance"), &slug("meta")).await.unwrap().unwrap();
    let repository = world.app.repositories.get(meta.id.uuid()).await.unwrap();
    let tip = repository.tip(&RefName::branch("main").unwrap()).await.unwrap().unwrap();
    let path: PathInRepo = "CHARTER.md".parse().unwrap();
    let charter = repository.blob(tip, &path, 1 << 20).await.unwrap();
    let charter = String::from_utf8(charter.content.unwrap().to_vec()).unwrap();
    assert!(charter.contains("Enfance et jeunesse") && charter.contains("aubervac"), "{charter}");

    let members = "/spaces/enfance/members";
    let ask = json!({ "council": "belrive", "act_ref": "2026-7" });
    assert_eq!(world.api("POST", members, &lead, ask.clone()).await.0, 403);
    let (status, asked) = world.api("POST", members, &joining, ask.clone()).await;
    assert_eq!((status, &asked["status"]), (201, &json!("asked")));
    assert_eq!(world.api("POST", members, &joining, ask).await.0, 409);
    let admit = json!({ "status": "contributor" });
    let belrive = format!("{members}/belrive");
    assert_eq!(world.api("PATCH", &belrive, &joining, admit.clone()).await.0, 403);
    let (_, admitted) = world.api("PATCH", &belrive, &lead, admit).await;
    assert_eq!(
        (&admitted["status"], &admitted["act_ref"]),
        (&json!("contributor"), &json!("2026-7"))
    );
    // The lead carries the space and stays; a member leaves when it wishes, after its notice.
    let (status, told) = world.api("DELETE", &format!("{members}/aubervac"), &lead, NOTHING).await;
    assert_eq!((status, &told["code"]), (409, &json!("lead_stays")));
    assert_eq!(world.api("DELETE", &belrive, &joining, NOTHING).await.0, 204);
    let (_, space) = world.api("GET", "/spaces/enfance", "", NOTHING).await;
    assert_eq!(space["members"][1]["status"], "contributor");
    assert!(space["members"][1]["until"].is_string(), "{space}");
}

async fn a_link_works_once_for_a_time_and_for_whom_it_is_meant(engine: Engine) {
    let world = World::new(engine).await;
    world.council("aubervac", "213000003").await;
    let by = console::administrator(&world.app).await.unwrap();
    let invite = |email: &str| InviteToCouncil {
        council: slug("aubervac"),
        role: forge_domain::access::Role::Developer,
        email: email.to_owned(),
        days: 7,
    };
    let once = world.app.act(&by, invite("")).await.unwrap().secret;
    accept(&world, &once, "first").await.unwrap();
    assert_eq!(code(accept(&world, &once, "second").await), "invitation_over");
    let meant = world.app.act(&by, invite("Eva@Aubervac.example")).await.unwrap().secret;
    assert_eq!(code(accept(&world, &meant, "mallory").await), "invalid_form");
    let late = world.app.act(&by, invite("")).await.unwrap().secret;
    world.set_clock("2026-12-08T12:00:00Z");
    assert_eq!(code(accept(&world, &late, "late").await), "invitation_over");
    assert_eq!(code(accept(&world, &"0".repeat(64), "guess").await), "invitation_over");
    // A link into a council makes no administrator, and an administrator's opens no council.
    let link = world.app.act(&by, InviteAdministrator).await.unwrap().secret;
    assert_eq!(code(accept(&world, &link, "wrong-door").await), "invitation_over");
    let nobody = nobody(&world);
    let account = new_account("zoe");
    let link = Some(secret::digest(&link));
    let made = world.app.act(&nobody, CreateAdministrator { link: link.clone(), account }).await;
    made.unwrap();
    let again = CreateAdministrator { link, account: new_account("yann") };
    assert_eq!(code(world.app.act(&nobody, again).await), "invitation_over");
    // Without a link, only the console makes administrators.
    let bare = CreateAdministrator { link: None, account: new_account("xavier") };
    assert!(matches!(world.app.act(&nobody, bare).await, Err(Error::NotFound)));
}

async fn a_token_reaches_no_further_than_its_scope(engine: Engine) {
    let world = World::new(engine).await;
    world.council("aubervac", "213000003").await;
    let make = json!({ "name": "wider", "scopes": ["all"] });
    let tokens = "/users/aubervac-lead/tokens";
    for scope in [TokenScope::Write, TokenScope::ReadOnly] {
        let token = world.token("aubervac-lead", scope).await;
        let (status, told) = world.api("POST", tokens, &token, make.clone()).await;
        assert_eq!((status, &told["code"]), (403, &json!("token_scope")), "{scope}");
    }
    // A token for what is public does not even see that there are tokens.
    let public = world.token("aubervac-lead", TokenScope::PublicOnly).await;
    assert_eq!(world.api("POST", tokens, &public, make.clone()).await.0, 404);
    let full = world.token("aubervac-lead", TokenScope::Full).await;
    let (status, made) = world.api("POST", tokens, &full, make).await;
    assert_eq!((status, made["sha1"].as_str().map(str::len)), (201, Some(40)), "{made}");
    let (_, listed) = world.api("GET", tokens, &full, NOTHING).await;
    assert!(listed.as_array().unwrap().iter().all(|token| token["sha1"] == ""), "{listed}");
    let another = "/users/anne/tokens";
    assert_eq!(world.api("GET", another, &full, NOTHING).await.0, 404);
    let read = world.token("aubervac-lead", TokenScope::ReadOnly).await;
    let invite = json!({ "role": "developer" });
    let invitations = "/councils/aubervac/invitations";
    assert_eq!(world.api("POST", invitations, &read, invite).await.0, 403);
    assert_eq!(world.api("GET", invitations, &read, NOTHING).await.0, 200);
    assert_eq!(world.api("GET", invitations, &public, NOTHING).await.0, 404);
    let far = json!({ "name": "long", "expires_at": "2028-01-01T00:00:00Z" });
    assert_eq!(world.api("POST", tokens, &full, far).await.0, 422);
    let wrong = "f".repeat(40);
    assert_eq!(world.api("GET", "/councils", &wrong, NOTHING).await.0, 401);
}

async fn rights_cannot_be_slipped_into_a_body(engine: Engine) {
    let world = World::new(engine).await;
    let lead = world.council("aubervac", "213000003").await;
    for (path, body) in [
        ("/councils", json!({ "slug": "x", "name": "X", "status": "verified" })),
        ("/councils/aubervac/roles", json!({ "person": "anne", "role": "lead", "granted_by": 1 })),
        ("/spaces/x/members", json!({ "council": "aubervac", "approved": true })),
    ] {
        let (status, told) = world.api("POST", path, &lead, body).await;
        assert_eq!((status, &told["code"]), (422, &json!("body_invalid")), "{path}");
    }
}

async fn a_disabled_account_is_out_at_once(engine: Engine) {
    let world = World::new(engine).await;
    let lead = world.council("aubervac", "213000003").await;
    let browser = world.browser("aubervac-lead").await;
    assert_eq!(world.get("/aubervac/-/settings", Some(&browser)).await.0, 200);
    let by = console::administrator(&world.app).await.unwrap();
    world.app.act(&by, DisablePerson { login: slug("aubervac-lead") }).await.unwrap();
    assert_eq!(world.api("GET", "/me", &lead, NOTHING).await.0, 401);
    assert_eq!(world.get("/aubervac/-/settings", Some(&browser)).await.0, 404);
}

async fn a_form_is_taken_only_from_its_own_page(engine: Engine) {
    let world = World::new(engine).await;
    world.person("paul").await;
    let (paul, anne) = (world.browser("paul").await, world.browser("anne").await);
    let send = |content_type: &'static str, site: Option<&'static str>, csrf: String| {
        let mut request = Request::post("/councils")
            .header(header::COOKIE, &paul.cookie)
            .header(header::CONTENT_TYPE, content_type);
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        let body = format!("slug=newtown&name=Newtown&ids=&csrf={csrf}");
        world.send(request.body(Body::from(body)).unwrap())
    };
    let form = "application/x-www-form-urlencoded";
    for (content_type, site, csrf) in [
        (form, Some("cross-site"), paul.csrf.clone()),
        (form, Some("same-site"), paul.csrf.clone()),
        (form, Some("same-origin"), String::new()),
        (form, Some("same-origin"), anne.csrf.clone()),
        ("text/plain", Some("same-origin"), paul.csrf.clone()),
        ("application/json", None, paul.csrf.clone()),
    ] {
        let answer = send(content_type, site, csrf).await;
        assert_eq!(answer.status(), 403, "{content_type} {site:?}");
    }
    assert_eq!(world.api("GET", "/councils/newtown", "", NOTHING).await.0, 404);
    assert_eq!(send(form, Some("same-origin"), paul.csrf.clone()).await.status(), 303);
    assert_eq!(world.api("GET", "/councils/newtown", "", NOTHING).await.0, 200);
}

async fn a_refused_form_comes_back_as_it_was_filled_in(engine: Engine) {
    let world = World::new(engine).await;
    world.person("paul").await;
    let paul = world.browser("paul").await;
    let fields = [("slug", "Nouvelle Ville"), ("name", "Ville <neuve>"), ("ids", "siren:1")];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .append_pair("csrf", &paul.csrf)
        .finish();
    let request = Request::post("/councils")
        .header(header::COOKIE, &paul.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body));
    let answer = world.send(request.unwrap()).await;
    assert_eq!(answer.status(), 422);
    let bytes = http_body_util::BodyExt::collect(answer.into_body()).await.unwrap().to_bytes();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    for kept in ["Nouvelle Ville", "Ville &lt;neuve&gt;", "siren:1", "slug-error", "ids-error"] {
        assert!(page.contains(kept), "{kept} is missing:\n{page}");
    }
}

async fn pages_show_each_reader_what_is_theirs(engine: Engine) {
    let world = World::new(engine).await;
    world.council("aubervac", "213000003").await;
    let (lead, anne) = (world.browser("aubervac-lead").await, world.browser("anne").await);
    let found = [("title", "Enfance"), ("slug", "enfance"), ("lead", "aubervac")];
    assert_eq!(world.post("/spaces", &lead, &found).await, 303);
    for lang in ["fr", "en"] {
        for path in ["/councils", "/aubervac", "/spaces", "/enfance", "/enfance/-/members", "/anne"]
        {
            let (status, page) = world.get(&format!("{path}?lang={lang}"), None).await;
            assert_eq!(status, 200, "{path}: {page}");
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        }
    }
    for path in ["roles/new", "mandates/new", "invitations/new", ""] {
        let path = format!("/aubervac/-/settings/{path}");
        let path = path.trim_end_matches('/');
        assert_eq!(world.get(path, Some(&lead)).await.0, 200, "{path}");
        // Who is nobody yet may sign in to write; what the council keeps to itself is not there.
        let nobody = if path.ends_with("new") { 303 } else { 404 };
        assert_eq!(world.get(path, None).await.0, nobody, "{path}");
    }
    assert_eq!(world.get("/councils/new", Some(&lead)).await.0, 200);
    assert_eq!(world.get("/spaces/new", Some(&lead)).await.0, 200);
    assert_eq!(world.get("/-/admin", Some(&anne)).await.0, 200);
    assert_eq!(world.get("/-/admin", Some(&lead)).await.0, 403);
    assert_eq!(world.get("/-/admin", None).await.0, 303);
    assert_eq!(world.get("/no-such-owner", None).await.0, 404);
    // Names of people are theirs to show (domain.md §e).
    assert!(!world.get("/anne", None).await.1.contains("anne the person"));
    assert!(world.get("/-/admin", Some(&anne)).await.1.contains("aubervac-lead@agents.example"));
}

async fn people_join_and_leave_by_plain_forms(engine: Engine) {
    let world = World::new(engine).await;
    world.council("aubervac", "213000003").await;
    world.council("belrive", "213000011").await;
    world.person("bilal").await;
    let lead = world.browser("aubervac-lead").await;
    let role = [("person", "bilal"), ("role", "signatory"), ("valid_until", "31/12/2027")];
    assert_eq!(world.post("/aubervac/-/settings/roles", &lead, &role).await, 303);
    let mandate = [
        ("person", "bilal"),
        ("max_amount", "25 000,00"),
        ("act_ref", "2026-112"),
        ("valid_until", "31/12/2027"),
    ];
    assert_eq!(world.post("/aubervac/-/settings/mandates", &lead, &mandate).await, 303);
    let wrong = [("person", "bilal"), ("max_amount", "12,345"), ("valid_until", "hier")];
    assert_eq!(world.post("/aubervac/-/settings/mandates", &lead, &wrong).await, 422);
    let invite = [("role", "developer"), ("days", "7")];
    assert_eq!(world.post("/aubervac/-/settings/invitations", &lead, &invite).await, 200);
    let (_, page) = world.get("/aubervac/-/settings?lang=en", Some(&lead)).await;
    assert!(page.contains("bilal the person") && page.contains("25,000"), "{page}");

    let found = [("title", "Enfance"), ("slug", "enfance"), ("lead", "aubervac")];
    assert_eq!(world.post("/spaces", &lead, &found).await, 303);
    let belrive = world.browser("belrive-lead").await;
    let ask = [("council", "belrive"), ("status", "observer")];
    assert_eq!(world.post("/enfance/-/members", &belrive, &ask).await, 303);
    let admit = [("status", "contributor")];
    assert_eq!(world.post("/enfance/-/members/belrive", &belrive, &admit).await, 403);
    assert_eq!(world.post("/enfance/-/members/belrive", &lead, &admit).await, 303);
    let (_, space) = world.api("GET", "/spaces/enfance", "", NOTHING).await;
    assert_eq!(space["members"][1]["status"], "contributor");
    assert_eq!(world.post("/enfance/-/members/belrive/leave", &belrive, &[]).await, 303);
}

async fn every_list_says_how_long_it_is(engine: Engine) {
    let world = World::new(engine).await;
    for path in ["/councils", "/spaces"] {
        let request = Request::get(format!("/api/v1{path}?limit=0")).body(Body::empty()).unwrap();
        let answer = world.send(request).await;
        assert_eq!(answer.headers()["x-total-count"], "0", "{path}");
    }
}

fn code<T>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(error) => error.refusal().map_or("no refusal", |refusal| refusal.code),
    }
}

fn nobody(world: &World) -> By {
    By {
        actor: forge_domain::access::Actor::visitor(),
        token: None,
        via: Via::Web,
        locale: world.app.config.locale,
        authenticated_at: None,
    }
}

fn new_account(login: &str) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: login.to_owned(),
        email: format!("{login}@agents.example"),
        password_hash: None,
    }
}

/// Opens a link as somebody without an account.
async fn accept(world: &World, link: &str, login: &str) -> Result<(), Error> {
    let secret = link.rsplit('/').next().unwrap();
    let link = secret::digest(secret);
    let action = AcceptInvitation { link, account: Some(new_account(login)) };
    world.app.act(&nobody(world), action).await.map(|_| ())
}
