//! Signing in by password, sessions, and what attackers try on them (security.md A6).

use forge_tests::{Browser, Engine, Forge, Page, Town, on_both};
use serde_json::json;

const PASSWORD: &str = "trois petites tours de guet";
const ELSEWHERE: [&str; 12] = [
    "//e",
    "///e",
    "/\\e",
    "\\\\e",
    "https:e",
    "https://e/x",
    "http:/e",
    "@e",
    "javascript:alert(1)",
    "/\t/e",
    "/..//e",
    "",
];

/// A running forge whose administrator signs in with a password, as the first visitor made it.
struct Hall {
    forge: Forge,
}

impl Hall {
    fn open(engine: Engine) -> Self {
        let hall = Self { forge: Forge::with(engine).on_the_real_clock().start() };
        let printed = hall.forge.printed();
        let at = printed.find("/-/setup/").expect("the console shows the link");
        let link = &printed[at..at + "/-/setup/".len() + 64];
        let browser = hall.forge.browser();
        let page = browser.get(link);
        let form = page.form(&format!("form[action='{link}']"));
        // Everything that is wrong is said at once, and what was typed stays.
        let refused = browser.submit(&account(form.clone(), "Édith !", "no address", "short"));
        assert_eq!(refused.status(), 422);
        assert_eq!(refused.texts(".error-summary li").len(), 3, "{:?}", refused.texts(".error"));
        assert_eq!(refused.attributes("#name", "value"), ["Camille Maire"]);
        assert_eq!(refused.attributes("#password", "value"), Vec::<String>::new());
        let made = browser.submit(&account(form, "camille", "camille@forge.example", PASSWORD));
        assert_eq!(made.status(), 200, "{}", made.html());
        assert_eq!(hall.forge.browser().get(link).status(), 422, "the link works once");
        hall
    }

    fn sign_in(&self, browser: &Browser, login: &str, password: &str) -> Page {
        let page = browser.get("/-/login?next=/-/settings");
        let form = page.form("form[action='/-/login']");
        browser.submit(&form.fill("login", login).fill("password", password))
    }

    fn signed_in(&self) -> Browser {
        let browser = self.forge.browser();
        let page = self.sign_in(&browser, "camille", PASSWORD);
        assert!(page.address().ends_with("/-/settings"), "{}", page.address());
        browser
    }
}

fn account(form: forge_tests::Form, login: &str, email: &str, password: &str) -> forge_tests::Form {
    let form = form.fill("login", login).fill("name", "Camille Maire");
    form.fill("email", email).fill("password", password)
}

/// Whether a browser is known: its settings open without a detour.
fn is_known(browser: &Browser) -> bool {
    browser.ask("/-/settings").status() == 200
}

on_both! {
    /// By login or by address; wrong ones get the same words, whether there is an account or not.
    fn signing_in_tells_nobody_who_has_an_account(engine) {
        let hall = Hall::open(engine);
        let by_address = hall.sign_in(&hall.forge.browser(), "Camille@forge.example", PASSWORD);
        assert!(by_address.says("Camille Maire"));
        let wrong = hall.sign_in(&hall.forge.browser(), "camille", "not the password");
        let unknown = hall.sign_in(&hall.forge.browser(), "nobody", "not the password");
        let seen = |page: &Page| (page.status(), page.texts("main .error"), page.texts("main h1"));
        assert_eq!(seen(&wrong), seen(&unknown));
        assert_eq!(wrong.status(), 422);
        assert_eq!(wrong.attributes("#login", "value"), ["camille"], "what was typed stays");
        assert!(!wrong.html().contains("not the password"));
    }

    /// security.md A6 #88
    fn a_sign_in_leads_to_no_other_site(engine) {
        let hall = Hall::open(engine);
        for next in ELSEWHERE {
            let browser = hall.forge.browser();
            let query: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let page = browser.get(&format!("/-/login?next={query}"));
            let form = page.form("form[action='/-/login']");
            // Both what the page made of the address and what a forged form would send.
            let offered = page.attributes("form[action='/-/login'] [name=next]", "value");
            assert_eq!(offered, ["/"], "{next:?}");
            let csrf = page.attributes("form[action='/-/login'] [name=csrf]", "value");
            drop(form);
            let fields = [
                ("csrf", csrf[0].as_str()), ("login", "camille"), ("password", PASSWORD),
                ("next", next),
            ];
            let answer = browser.post_unasked("/-/login", &fields);
            assert_eq!(answer.status(), 303);
            assert_eq!(answer.header("location"), Some("/"), "{next:?}");
        }
    }

    /// security.md A6 #87
    fn a_form_of_another_site_does_nothing(engine) {
        let hall = Hall::open(engine);
        let browser = hall.signed_in();
        let other = hall.signed_in();
        let page = other.get("/-/settings");
        let foreign = page.attributes("form[action='/-/logout'] [name=csrf]", "value").remove(0);
        let nothing: &[(&str, &str)] = &[];
        let forms = [nothing, &[("csrf", "")], &[("csrf", foreign.as_str())]];
        for path in ["/-/logout", "/-/settings", "/-/settings/tokens", "/-/scheme", "/-/login"] {
            for fields in forms {
                let answer = browser.post_unasked(path, fields);
                assert_eq!(answer.status(), 403, "{path} {fields:?}");
            }
        }
        assert!(is_known(&browser), "nobody was signed out");
        // Nor does asking for an address change anything.
        for path in ["/-/logout", "/-/settings/tokens", "/-/scheme"] {
            assert_eq!(browser.ask(path).status(), 404, "{path}");
        }
        assert!(is_known(&browser));
    }

    /// security.md A6 #94, #95
    fn a_session_gets_a_new_id_and_ends_when_it_should(engine) {
        let hall = Hall::open(engine);
        let browser = hall.signed_in();
        let first = browser.cookie("sid").unwrap();
        assert_eq!(first.len(), 64);
        let stolen = browser.clone();
        let page = browser.get("/-/reauthenticate?next=/-/settings");
        let form = page.form("form[action='/-/reauthenticate']");
        let proved = browser.submit(&form.fill("password", PASSWORD));
        assert!(proved.address().ends_with("/-/settings"), "{}", proved.address());
        assert_ne!(browser.cookie("sid").unwrap(), first);
        assert!(!is_known(&stolen), "the old id is dead");

        let out = browser.clone();
        let page = browser.get("/-/settings");
        let form = page.form("form[action='/-/logout']");
        let answer = browser.post_unasked("/-/logout", &[("csrf", &form.value("csrf"))]);
        assert_eq!(answer.header("clear-site-data"), Some("\"cache\", \"storage\""));
        assert!(!is_known(&browser) && !is_known(&out));
    }

    /// A new password ends the sessions on other devices, not one's own.
    fn a_new_password_ends_the_other_sessions(engine) {
        let hall = Hall::open(engine);
        let (here, there) = (hall.signed_in(), hall.signed_in());
        let form = here.get("/-/settings").form("form[action='/-/settings/password']");
        let wrong = form.clone().fill("current_password", "not the password");
        let wrong = here.submit(&wrong.fill("new_password", "une autre phrase secrète"));
        assert_eq!(wrong.status(), 422);
        let guessable = form.clone().fill("current_password", PASSWORD);
        let guessable = here.submit(&guessable.fill("new_password", "camille-2026!"));
        assert_eq!(guessable.status(), 422);
        assert!(is_known(&there));
        let new = "une autre phrase secrète";
        let done = here.submit(&form.fill("current_password", PASSWORD).fill("new_password", new));
        assert!(done.says("Your password is changed"), "{}", done.html());
        assert!(is_known(&here) && !is_known(&there));
        let old = hall.sign_in(&hall.forge.browser(), "camille", PASSWORD);
        assert_eq!(old.status(), 422);
        let page = hall.sign_in(&hall.forge.browser(), "camille", new);
        assert!(page.address().ends_with("/-/settings"));
    }

    /// security.md A6 #99: ten failures, then even the right password waits; who is signed in
    /// does not.
    fn guessing_a_password_stops(engine) {
        let hall = Hall::open(engine);
        let victim = hall.signed_in();
        let browser = hall.forge.browser();
        for _ in 0..10 {
            assert_eq!(hall.sign_in(&browser, "camille", "not the password").status(), 422);
        }
        let right = hall.sign_in(&hall.forge.browser(), "CAMILLE", PASSWORD);
        assert_eq!(right.status(), 429);
        let wait: u64 = right.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=900).contains(&wait), "{wait}");
        // The address of the account is the same account.
        let address = hall.sign_in(&hall.forge.browser(), "camille@forge.example", PASSWORD);
        assert_eq!(address.status(), 429);
        assert!(is_known(&victim));
        // Nobody else is kept out until the neighbourhood has failed as often as that.
        for n in 0..10 {
            let login = format!("other-{n}");
            assert_eq!(hall.sign_in(&browser, &login, "not the password").status(), 422, "{n}");
        }
        assert_eq!(hall.sign_in(&browser, "somebody", "not the password").status(), 429);
    }

    /// security.md A6 #91
    fn a_disabled_account_is_out_at_once(engine) {
        let hall = Hall::open(engine);
        let town = Town::found(&hall.forge);
        let browser = hall.signed_in();
        town.api();
        hall.forge.command(&["admin", "user", "disable", "camille"]).ok();
        assert!(!is_known(&browser));
        let again = hall.sign_in(&hall.forge.browser(), "camille", PASSWORD);
        let unknown = hall.sign_in(&hall.forge.browser(), "nobody", PASSWORD);
        assert_eq!(again.texts("main .error"), unknown.texts("main .error"));
        assert_eq!(again.status(), 422);
    }

    /// A token is told once, works, and ends at once.
    fn a_token_is_shown_once(engine) {
        let hall = Hall::open(engine);
        let browser = hall.signed_in();
        let form = browser.get("/-/settings").form("form[action='/-/settings/tokens']");
        let made = browser.submit(&form.clone().fill("token", "portable").fill("scope", "read"));
        let secret = made.attributes("#made-token", "value").remove(0);
        assert_eq!(secret.len(), 40);
        assert_eq!(made.header("cache-control"), Some("no-store"));
        let me = hall.forge.api(Some(&secret)).get("/api/v1/user");
        assert_eq!((me.status, &me.body["login"]), (200, &json!("camille")));
        let settings = browser.get("/-/settings");
        assert!(settings.says("portable") && !settings.html().contains(&secret));
        let twice = browser.submit(&form.fill("token", "portable"));
        assert_eq!(twice.status(), 409);
        assert!(twice.attributes("#token", "aria-invalid") == ["true"], "{}", twice.html());
        browser.submit(&settings.form("form[action^='/-/settings/tokens/']"));
        assert_eq!(hall.forge.api(Some(&secret)).get("/api/v1/user").status, 401);
    }

    /// An invitation says who invites and into what; a new account takes it, once.
    fn an_invitation_makes_an_account_with_a_role(engine) {
        let hall = Hall::open(engine);
        let town = Town::found(&hall.forge);
        town.council("aubervac", 12_345);
        let path = "/api/v1/councils/aubervac/invitations";
        let link = town.api().send("POST", path, &json!({ "role": "lead" }));
        let url = forge_tests::town::done(&link)["url"].as_str().unwrap().to_owned();
        let browser = hall.forge.browser();
        let page = browser.get(&url);
        assert!(page.says("Mairie Test invites you to act for aubervac"), "{}", page.html());
        assert!(page.says("Project lead"));
        let form = page.form("form[action^='/-/invitation/']");
        let taken = account(form.clone(), "camille", "ana@aubervac.example", PASSWORD);
        let taken = browser.submit(&taken);
        assert_eq!(taken.status(), 409);
        assert_eq!(taken.attributes("#email", "value"), ["ana@aubervac.example"]);
        browser.submit(&account(form, "ana", "ana@aubervac.example", PASSWORD));
        assert!(is_known(&browser));
        let roles = town.api().get("/api/v1/councils/aubervac/roles");
        assert!(roles.body.to_string().contains("\"ana\""), "{roles:?}");
        assert_eq!(hall.signed_in().get(&url).status(), 422, "the link works once");
    }

    /// The language of an address is kept in a cookie, the appearance too.
    fn language_and_appearance_are_kept(engine) {
        let hall = Hall::open(engine);
        let browser = hall.forge.browser().reading("fr");
        assert_eq!(browser.get("/-/login").text("h1"), "Se connecter");
        assert_eq!(browser.get("/-/login?lang=en").text("h1"), "Sign in");
        assert_eq!(browser.get("/-/login").text("h1"), "Sign in");
        let form = browser.get("/-/login?next=/a").form("form[action='/-/scheme']");
        let page = browser.submit(&form.fill("scheme", "dark"));
        assert_eq!(page.attributes("html", "data-scheme"), ["dark"]);
        assert!(page.address().ends_with("/-/login?next=%2Fa"), "{}", page.address());
    }
}

on_both! {
    /// Where only providers are trusted, a password opens nothing.
    fn passwords_can_be_switched_off(engine) {
        let setup = Forge::with(engine).on_the_real_clock();
        let settings = setup.data().join("forge.toml");
        std::fs::write(&settings, "password_sign_in = false\n").unwrap();
        let forge = setup.set("FORGE_CONFIG", &settings.display().to_string()).start();
        let browser = forge.browser();
        let page = browser.get("/-/login");
        assert!(page.texts("#password").is_empty());
        let csrf = page.attributes("form[action='/-/scheme'] [name=csrf]", "value").remove(0);
        let fields = [("csrf", csrf.as_str()), ("login", "a"), ("password", PASSWORD)];
        assert_eq!(browser.post_unasked("/-/login", &fields).status(), 403);
    }
}
