//! A forge in this process, with a database and a folder of its own and a clock that stands still.

use std::sync::OnceLock;

use axum::{
    Router,
    body::Body,
    http::{HeaderName, HeaderValue, Request, Response, header},
};
use forge_domain::{access::TokenScope, names::Slug};
use forge_server::{
    actions::{
        people::{CreateAdministrator, CreatePerson, NewAccount},
        tokens::MakeToken,
    },
    app::App,
    auth::{console, session},
    clock::Clock,
    config::RawConfig,
};
use forge_store::{owners, sessions};
use forge_tests::{Database, Engine, browser::Answer, contract::Document};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use serde_json::Value;
use tower::ServiceExt as _;

/// The forge, and the folder that goes with it.
pub struct World {
    pub app: App,
    router: Router,
    _data: tempfile::TempDir,
    _database: Database,
}

/// A person at a browser: their cookie, and what their forms carry.
pub struct Browser {
    pub cookie: String,
    pub csrf: String,
}

impl World {
    /// A forge where Anne administers, at noon of 1 December 2026.
    pub async fn new(engine: Engine) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut config = RawConfig::default().resolve().unwrap();
        config.data = data.path().join("data");
        let database = Database::fresh(engine);
        config.database = database.location();
        config.public_url = Some("http://forge.example".parse().unwrap());
        let noon: Timestamp = "2026-12-01T12:00:00Z".parse().unwrap();
        let app = forge_server::open(config, None, Clock::standing_at(noon)).await.unwrap();
        let router = forge_server::router(app.clone());
        let world = Self { app, router, _data: data, _database: database };
        let by = console::administrator(&world.app).await.unwrap();
        let anne = CreateAdministrator { link: None, account: account("anne") };
        world.app.act(&by, anne).await.unwrap();
        world
    }

    /// Makes an account without a password.
    pub async fn person(&self, login: &str) {
        let by = console::administrator(&self.app).await.unwrap();
        self.app.act(&by, CreatePerson { account: account(login) }).await.unwrap();
    }

    /// A new token of a person.
    pub async fn token(&self, login: &str, scope: TokenScope) -> String {
        let by = console::person(&self.app, &slug(login)).await.unwrap();
        let name = format!("{scope} {}", uuid::Uuid::new_v4());
        self.app.act(&by, MakeToken { name, scope, expires_at: None }).await.unwrap().secret
    }

    /// A session of a person.
    pub async fn browser(&self, login: &str) -> Browser {
        let owner = owners::by_slug(&self.app.db, &slug(login)).await.unwrap().unwrap();
        let set = session::begin(&self.app, forge_domain::Id::new(owner.id), None);
        let set = set.await.unwrap();
        let cookie = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        let secret = cookie.split_once('=').unwrap().1;
        let hash = forge_server::auth::secret::digest(secret);
        let now = self.app.clock.now();
        let living = sessions::living(&self.app.db, &hash, now, Timestamp::UNIX_EPOCH).await;
        Browser { csrf: living.unwrap().unwrap().csrf, cookie }
    }

    /// A verified council with a lead of the same name and “-lead”, who has a token.
    pub async fn council(&self, name: &str, siren: &str) -> String {
        let anne = self.token("anne", TokenScope::Write).await;
        let body = serde_json::json!({
            "slug": name, "name": name, "ids": [{ "scheme": "siren", "value": siren }],
        });
        assert_eq!(self.api("POST", "/councils", &anne, body).await.0, 201);
        let verify = format!("/councils/{name}/verify");
        assert_eq!(self.api("POST", &verify, &anne, serde_json::json!({})).await.0, 200);
        let lead = format!("{name}-lead");
        self.person(&lead).await;
        let role = serde_json::json!({ "person": lead, "role": "lead" });
        let roles = format!("/councils/{name}/roles");
        assert_eq!(self.api("POST", &roles, &anne, role).await.0, 201);
        self.token(&lead, TokenScope::Write).await
    }

    /// Calls the API with a token, or as nobody where it is empty.
    pub async fn api(&self, method: &str, path: &str, token: &str, body: Value) -> (u16, Value) {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("token {token}"));
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(if body.is_null() { String::new() } else { body.to_string() }));
        let answer = self.send(request.unwrap()).await;
        let status = answer.status().as_u16();
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        let headers = answer.headers().iter().map(text).collect();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let answer = Answer { status, headers, body };
        described().hold(method, &format!("/api/v1{path}"), &answer);
        (status, answer.body)
    }

    /// Opens a page; what it answers and its source.
    pub async fn get(&self, path: &str, browser: Option<&Browser>) -> (u16, String) {
        let mut request = Request::get(path);
        if let Some(browser) = browser {
            request = request.header(header::COOKIE, &browser.cookie);
        }
        let answer = self.send(request.body(Body::empty()).unwrap()).await;
        let status = answer.status().as_u16();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// Sends a form as the page of this browser would.
    pub async fn post(&self, path: &str, browser: &Browser, fields: &[(&str, &str)]) -> u16 {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields).append_pair("csrf", &browser.csrf);
        let request = Request::post(path)
            .header(header::COOKIE, &browser.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.finish()));
        self.send(request.unwrap()).await.status().as_u16()
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Moves the clock.
    pub fn set_clock(&self, now: &str) {
        self.app.clock.set(now.parse().unwrap());
    }
}

/// What the API says of itself: every answer is held against it.
fn described() -> &'static Document {
    static DESCRIBED: OnceLock<Document> = OnceLock::new();
    DESCRIBED.get_or_init(|| {
        let document = forge_server::api::described().into_openapi();
        Document::new(serde_json::to_value(document).unwrap())
    })
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn account(login: &str) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: format!("{login} the person"),
        email: format!("{login}@agents.example"),
        password_hash: None,
    }
}
