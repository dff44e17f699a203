//! Signing in with an identity provider that lies, and with one that does not (security.md A6
//! #89 to #91). A provider written by others is asked in the browser tests.

use forge_tests::{
    Browser, Engine, Forge, Page, Provider, Town, on_both,
    provider::{Asked, Signed},
};
use serde_json::{Value, json};

/// A forge that trusts a provider.
struct Hall {
    forge: Forge,
    provider: Provider,
}

impl Hall {
    fn open(engine: Engine, more: &str) -> Self {
        let provider = Provider::start();
        let setup = Forge::with(engine).on_the_real_clock();
        let settings = setup.data().join("forge.toml");
        std::fs::write(&settings, provider.settings(more)).unwrap();
        let forge = setup.set("FORGE_CONFIG", &settings.display().to_string()).start();
        Self { forge, provider }
    }

    /// Sends a browser to the provider, as the link of the sign-in page does.
    fn leave(browser: &Browser, query: &str) -> Asked {
        let page = browser.ask(&format!("/-/login/oidc/agents{query}"));
        assert_eq!(page.status(), 303, "{}", page.html());
        Asked::of(page.header("location").unwrap())
    }

    /// Comes back with a code for these claims.
    fn come_back(&self, browser: &Browser, asked: &Asked, claims: &Value) -> Page {
        let code = self.provider.code(asked, claims, Signed::Properly);
        browser.get(&callback(&code, asked.get("state")))
    }

    /// There and back, honestly.
    fn sign_in(&self, browser: &Browser, subject: &str) -> Page {
        let asked = Self::leave(browser, "?next=/-/settings");
        let claims = self.provider.claims(&asked, subject);
        self.come_back(browser, &asked, &claims)
    }
}

fn callback(code: &str, state: &str) -> String {
    format!("/-/login/oidc/agents/callback?code={code}&state={state}")
}

fn is_known(browser: &Browser) -> bool {
    browser.ask("/-/settings").status() == 200
}

on_both! {
    /// The first time makes an account, the second finds it, whatever it is called by then.
    fn a_provider_leads_to_an_account_of_its_own(engine) {
        let hall = Hall::open(engine, "");
        let browser = hall.forge.browser();
        assert!(browser.get("/-/login").says("Sign in with Compte d’agent"));
        let asked = Hall::leave(&browser, "");
        assert_eq!(asked.get("response_type"), "code");
        assert_eq!(asked.get("code_challenge_method"), "S256");
        for name in ["state", "nonce", "code_challenge"] {
            assert!(asked.get(name).len() >= 43, "{name} has 256 bits");
        }
        let page = hall.sign_in(&browser, "dominique");
        assert!(page.address().ends_with("/-/settings"), "{}", page.html());
        assert!(page.says("dominique Agent") && page.says("dominique@aubervac.example"));
        let again = hall.forge.browser();
        let asked = Hall::leave(&again, "");
        let mut claims = hall.provider.claims(&asked, "dominique");
        claims["email"] = json!("another@aubervac.example");
        hall.come_back(&again, &asked, &claims);
        assert!(again.get("/-/settings").says("dominique@aubervac.example"));
    }

    /// security.md A6 #89
    fn an_answer_that_does_not_hold_signs_nobody_in(engine) {
        let hall = Hall::open(engine, "");
        let now = jiff::Timestamp::now().as_second();
        let lies: [(&str, Value); 6] = [
            ("nonce", json!("another")),
            ("nonce", Value::Null),
            ("iss", json!("https://id.example")),
            ("aud", json!("another-client")),
            ("exp", json!(now - 600)),
            ("sub", Value::Null),
        ];
        for (claim, lie) in lies {
            let browser = hall.forge.browser();
            let asked = Hall::leave(&browser, "");
            let mut claims = hall.provider.claims(&asked, "eve");
            if lie.is_null() {
                claims.as_object_mut().unwrap().remove(claim);
            } else {
                claims[claim] = lie.clone();
            }
            let page = hall.come_back(&browser, &asked, &claims);
            assert_eq!(page.status(), 422, "{claim}: {lie}");
            assert!(page.says("could not be verified"), "{}", page.html());
            assert!(!is_known(&browser), "{claim}: {lie}");
        }
        for signed in [Signed::NotAtAll, Signed::ByAnother, Signed::WithTheSecret] {
            let browser = hall.forge.browser();
            let asked = Hall::leave(&browser, "");
            let claims = hall.provider.claims(&asked, "eve");
            let code = hall.provider.code(&asked, &claims, signed);
            let page = browser.get(&callback(&code, asked.get("state")));
            assert_eq!(page.status(), 422, "{signed:?}");
            assert!(!is_known(&browser), "{signed:?}");
        }
    }

    /// security.md A6 #89: the answer belongs to the question of this browser, once.
    fn an_answer_is_good_once_and_for_one_browser(engine) {
        let hall = Hall::open(engine, "");
        let browser = hall.forge.browser();
        let asked = Hall::leave(&browser, "");
        let claims = hall.provider.claims(&asked, "eve");
        let code = || hall.provider.code(&asked, &claims, Signed::Properly);

        let other = hall.forge.browser();
        assert_eq!(other.get(&callback(&code(), asked.get("state"))).status(), 422);
        let victim = hall.forge.browser();
        Hall::leave(&victim, "");
        assert_eq!(victim.get(&callback(&code(), asked.get("state"))).status(), 422);
        assert!(!is_known(&other) && !is_known(&victim));
        assert_eq!(hall.provider.redeemed(), 0, "the provider was not even asked");

        let thief = browser.clone();
        let path = callback(&code(), asked.get("state"));
        browser.get(&path);
        assert!(is_known(&browser));
        assert_eq!(thief.get(&path).status(), 422, "the question was used up");
        assert!(!is_known(&thief));

        let browser = hall.forge.browser();
        let asked = Hall::leave(&browser, "");
        let claims = hall.provider.claims(&asked, "eve");
        let code = hall.provider.code(&asked, &claims, Signed::Properly);
        let forged = format!("{}&iss=https://id.example", callback(&code, asked.get("state")));
        assert_eq!(browser.get(&forged).status(), 422, "another issuer answers");
        let asked = Hall::leave(&browser, "");
        let path = "/-/login/oidc/agents/callback?error=access_denied&state=";
        let declined = browser.get(&format!("{path}{}", asked.get("state")));
        assert!(declined.says("did not confirm"), "{}", declined.html());
    }

    /// security.md A4 #70
    fn a_provider_that_names_another_issuer_is_not_gone_to(engine) {
        let hall = Hall::open(engine, "");
        hall.provider.name_itself("https://id.example");
        let page = hall.forge.browser().ask("/-/login/oidc/agents");
        assert_eq!(page.status(), 422);
        assert!(page.says("does not answer"), "{}", page.html());
        assert_eq!(hall.forge.browser().ask("/-/login/oidc/others").status(), 404);
    }

    /// security.md A6 #88
    fn a_provider_leads_back_to_this_site(engine) {
        let hall = Hall::open(engine, "");
        for next in ["//e", "/\\e", "https:e", "/%09//e", "@e"] {
            let browser = hall.forge.browser();
            let query: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let asked = Hall::leave(&browser, &format!("?next={query}"));
            let claims = hall.provider.claims(&asked, "dominique");
            let code = hall.provider.code(&asked, &claims, Signed::Properly);
            let page = browser.ask(&callback(&code, asked.get("state")));
            let location = page.header("location").unwrap();
            assert!(location.starts_with('/') && !location.starts_with("//"), "{location}");
        }
    }

    /// security.md A6 #90: an address is no key, checked by the provider or not.
    fn the_address_of_an_account_does_not_open_it(engine) {
        let hall = Hall::open(engine, "");
        let owner = hall.forge.browser();
        hall.sign_in(&owner, "ana");
        for checked in [true, false] {
            let eve = hall.forge.browser();
            let asked = Hall::leave(&eve, "");
            let mut claims = hall.provider.claims(&asked, "eve");
            claims["email"] = json!("ana@aubervac.example");
            claims["email_verified"] = json!(checked);
            let page = hall.come_back(&eve, &asked, &claims);
            assert!(!is_known(&eve), "{}", page.html());
            let words = if checked { "already has an account" } else { "no e-mail address" };
            assert!(page.says(words), "{}", page.html());
        }
    }

    /// Whoever is signed in links another way in, because they say so on a page of ours.
    fn another_identity_is_linked_by_who_says_so(engine) {
        let hall = Hall::open(engine, "");
        let browser = hall.forge.browser();
        hall.sign_in(&browser, "ana");
        let page = hall.sign_in(&browser, "ana-at-work");
        assert!(page.address().ends_with("/-/login/link"), "{}", page.address());
        assert!(page.says("ana-at-work@aubervac.example acts here as ana"), "{}", page.html());
        let elsewhere = hall.forge.browser();
        let stranger = hall.sign_in(&elsewhere, "ana-at-work");
        assert!(stranger.says("ana-at-work Agent"), "nothing was linked by looking");
        // By now the identity is somebody's.
        let taken = browser.submit(&page.form("form[action='/-/login/link']"));
        assert_eq!(taken.status(), 409);

        let page = hall.sign_in(&browser, "ana-at-home");
        let linked = browser.submit(&page.form("form[action='/-/login/link']"));
        assert!(linked.says("is linked to your account"), "{}", linked.html());
        let home = hall.forge.browser();
        assert!(hall.sign_in(&home, "ana-at-home").says("ana@aubervac.example"));
        let unlink = linked.form("li:has([value='ana-at-home']) form");
        assert!(browser.submit(&unlink).says("no longer linked"));
        let last = browser.get("/-/settings").form("form[action='/-/settings/identities']");
        assert_eq!(browser.submit(&last).status(), 409, "one way in remains");
    }

    /// security.md A6 #91
    fn a_disabled_account_stays_out(engine) {
        let hall = Hall::open(engine, "");
        let browser = hall.forge.browser();
        hall.sign_in(&browser, "bob");
        let account = ["--login", "regie", "--name", "Régie", "--email", "regie@forge.example"];
        let create = [&["admin", "user", "create", "--administrator"][..], &account].concat();
        hall.forge.command(&create).ok();
        hall.forge.command(&["admin", "user", "disable", "bob"]).ok();
        assert!(!is_known(&browser));
        let page = hall.sign_in(&browser, "bob");
        assert_eq!(page.status(), 422);
        assert!(page.says("disabled"), "{}", page.html());
        assert!(!is_known(&browser));
    }

    /// A proof anew is the same person's, and no older than the question.
    fn a_proof_anew_is_ones_own_and_new(engine) {
        let hall = Hall::open(engine, "");
        let browser = hall.forge.browser();
        hall.sign_in(&browser, "ana");
        let page = browser.get("/-/reauthenticate?next=/-/settings");
        let link = page.attributes("a[href*='again=yes']", "href").remove(0);
        let prove = |subject: &str, age: i64| {
            let asked = Asked::of(browser.ask(&link).header("location").unwrap());
            assert_eq!((asked.get("prompt"), asked.get("max_age")), ("login", "0"));
            let mut claims = hall.provider.claims(&asked, subject);
            let at = claims["auth_time"].as_i64().unwrap() - age;
            claims["auth_time"] = json!(at);
            hall.come_back(&browser, &asked, &claims)
        };
        assert_eq!(prove("eve", 0).status(), 422);
        assert_eq!(prove("ana", 3600).status(), 422);
        let before = browser.cookie("sid");
        assert!(prove("ana", 0).address().ends_with("/-/settings"));
        assert_ne!(browser.cookie("sid"), before);
    }

    /// The claim of the settings names councils; only verified ones count.
    fn a_claim_gives_a_role_in_a_council(engine) {
        let more = "council_claim = \"councils\"\ncouncil_role = \"maintainer\"";
        let hall = Hall::open(engine, more);
        let town = Town::found(&hall.forge);
        town.council("aubervac", 12_345);
        let waiting = json!({ "slug": "belrive", "name": "Belrive" });
        forge_tests::town::done(&town.api().send("POST", "/api/v1/councils", &waiting));
        let browser = hall.forge.browser();
        for _ in 0..2 {
            let asked = Hall::leave(&browser, "");
            let mut claims = hall.provider.claims(&asked, "dominique");
            claims["councils"] = json!(["aubervac", "belrive", "nowhere", "siren:1", 7]);
            hall.come_back(&browser, &asked, &claims);
        }
        let held = |council: &str| {
            let roles = town.api().get(&format!("/api/v1/councils/{council}/roles"));
            roles.body.to_string().matches("\"dominique\"").count()
        };
        assert_eq!((held("aubervac"), held("belrive")), (1, 0));
    }
}
