//! Creating and publishing a module by its forms, without a script.

use forge_domain::access::{Role, TokenScope, Visibility};
use forge_server::auth::session;
use forge_store::modules;
use forge_tests::{Engine, on_both};
use ureq::Agent;

use crate::support::{Clone, Forge, slug};

struct Browser {
    agent: Agent,
    url: String,
    cookie: String,
}

impl Browser {
    async fn of(forge: &Forge, person: forge_domain::Id<forge_domain::id::Person>) -> Self {
        let cookie = session::begin(&forge.app, person, None).await.unwrap();
        let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Self { agent: config.build().into(), url: forge.url.clone(), cookie }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let request = self.agent.get(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        let mut answer = request.header("accept-language", "en").call().unwrap();
        let kept = answer.headers().get("cache-control").cloned();
        if answer.status() == 200 {
            assert_eq!(kept.unwrap(), "no-store", "{path}: a signed-in page is never stored");
        }
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// Sends the form of a page with its token.
    fn send(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let token = page.split("name=\"csrf\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap();
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        let request = request.header("accept-language", "en").header("origin", &self.url);
        let fields = fields.iter().copied().chain([("csrf", token)]);
        let mut answer = request.send_form(fields).unwrap();
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), to.unwrap_or_default(), text)
    }
}

on_both! {
    a_module_is_created_pushed_and_published
    who_may_not_is_not_offered_the_forms
}

async fn a_module_is_created_pushed_and_published(engine: Engine) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let nadia = forge.person("nadia").await;
    forge.role(nadia, council, Role::Maintainer).await;
    let browser = Browser::of(&forge, nadia).await;
    let new = "/aubervac/-/modules/new";
    let (status, page) = browser.get(new);
    assert_eq!(status, 200, "{page}");

    let (status, _, page) = browser.send(&page, new, &[("slug", "A b"), ("title", "Cantine <b>")]);
    assert_eq!(status, 422);
    assert!(
        page.contains("id=\"errors\"") && page.contains("value=\"Cantine &lt;b&gt;\""),
        "{page}"
    );
    let (status, to, _) = browser.send(&page, new, &[("slug", "cantine"), ("title", "Cantine")]);
    assert_eq!((status, to.as_str()), (303, "/aubervac/cantine"));
    let (status, _, page) = browser.send(&page, new, &[("slug", "cantine")]);
    assert_eq!(status, 422, "the name is taken");
    assert!(page.contains("already has this name") || page.contains("id=\"errors\""), "{page}");

    let publish = "/aubervac/cantine/publish";
    let (_, page) = browser.get(publish);
    assert!(page.contains("cannot be published yet"), "{page}");
    let (status, _, _) = browser.send(&page, publish, &[("confirmed", "yes")]);
    assert_eq!(status, 422, "nothing was pushed");

    let token = forge.token(nadia, TokenScope::Write).await;
    let work = Clone::new();
    work.write("LICENSE", "EUPL-1.2\n");
    work.commit("Say under which terms");
    work.git(&["push", "-q", &forge.remote("/aubervac/cantine", Some(&token)), "main"]).ok();
    let (_, page) = browser.get(publish);
    assert!(page.contains("The whole history becomes public"), "{page}");
    let (status, _, _) = browser.send(&page, publish, &[]);
    assert_eq!(status, 422, "one has to mean it");
    let (owner, name) = (slug("aubervac"), slug("cantine"));
    let find = || modules::at(&forge.app.db, &owner, &name);
    assert_eq!(find().await.unwrap().unwrap().visibility, Visibility::Council);
    let (status, to, _) = browser.send(&page, publish, &[("confirmed", "yes")]);
    assert_eq!((status, to.as_str()), (303, "/aubervac/cantine"));
    assert_eq!(find().await.unwrap().unwrap().visibility, Visibility::Public);
}

async fn who_may_not_is_not_offered_the_forms(engine: Engine) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let bob = forge.person("bob").await;
    let other = forge.council("corbelle").await;
    forge.role(bob, other, Role::Maintainer).await;
    forge.module(council.uuid(), "facturation", Visibility::Public).await;
    let browser = Browser::of(&forge, bob).await;
    assert_eq!(browser.get("/aubervac/-/modules/new").0, 403);
    assert_eq!(browser.get("/aubervac/facturation/publish").0, 403);
    assert_eq!(browser.get("/bob/-/modules/new").0, 200, "one's own drafts");
    let (_, page) = browser.get("/bob/-/modules/new");
    let (status, _, _) = browser.send(&page, "/aubervac/-/modules/new", &[("slug", "x")]);
    assert_eq!(status, 403);
    let (status, _, _) =
        browser.send(&page, "/aubervac/facturation/publish", &[("confirmed", "yes")]);
    assert_eq!(status, 403);
}
