//! A small world made by acts alone, and a reader who asks the whole router for pages.

use std::{collections::BTreeMap, path::PathBuf};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use forge_api::{
    Amount,
    calls::NewCall,
    pledges::{NewEvidence, Pledge},
};
use forge_domain::{
    Id,
    access::{Actor, MemberStatus, Role, TokenScope},
    names::Slug,
};
use forge_messages::Locale;
use forge_server::{
    actions::{
        calls::{CreateCall, PublishCall},
        councils::{RegisterCouncil, SetPopulation, VerifyCouncil},
        evidence::NewAct,
        mandates::GiveMandate,
        members::{Grant, GrantRole, GrantSignatory},
        people::{CreateAdministrator, CreatePerson, NewAccount},
        pledges::{CommitPledge, DeclareIntention},
        spaces::{AdmitMember, AskToJoin, FoundSpace},
    },
    app::{App, By, Via},
    auth::{self, session},
    clock::Clock,
    config::RawConfig,
    error::Error,
    jobs::runner,
};
use forge_store::{councils::Population, people};
use forge_tests::{Database, Engine};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use tower::ServiceExt as _;

/// The first day of the world.
pub const START: &str = "2026-10-15T08:00:00Z";
/// The councils, their names, their inhabitants.
pub const COUNCILS: [(&str, &str, i64); 5] = [
    ("aubervac", "Aubervac", 12_345),
    ("belrive", "Belrive", 3_210),
    ("corbelle", "Corbelle", 45_678),
    ("dormont", "Dormont", 890),
    ("esterey", "Estérey", 101_234),
];

/// The world, and the ways to act in it.
pub struct World {
    /// The application.
    pub app: App,
    /// Where its files are.
    pub data: PathBuf,
    clock: Clock,
    people: BTreeMap<String, Id<forge_domain::id::Person>>,
    #[expect(dead_code, reason = "dropped with the world")]
    database: Database,
}

/// A page as it was answered.
#[derive(Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Where it leads on, where it does.
    pub location: Option<String>,
    /// Its HTML.
    pub html: String,
}

/// A form's fields, as a browser sends them.
pub type Fields<'a> = &'a [(&'a str, &'a str)];

impl World {
    /// Makes the world.
    pub async fn found(engine: Engine) -> Self {
        let database = Database::fresh(engine);
        let data = forge_tests::run::folder("data");
        let clock = Clock::standing_at(at(START));
        let app = open(&database, &data, clock.clone()).await;
        let mut world = Self { app, data, clock, people: BTreeMap::new(), database };
        world.people().await;
        world.space().await;
        world
    }

    /// Sets the clock and does every job that is due.
    pub async fn pass(&self, now: &str) {
        assert!(self.clock.set(at(now)));
        runner::run_due(&self.app).await.unwrap();
    }

    /// Somebody acting through the API.
    pub async fn by(&self, login: &str) -> By {
        let person = people::by_id(&self.app.db, self.people[login]).await.unwrap().unwrap();
        let actor = auth::actor_of(&self.app, &person, TokenScope::Full).await.unwrap();
        by(actor, Via::Api)
    }

    /// Drafts a call.
    pub async fn draft(&self, new: NewCall) -> String {
        let lead = self.by("aubervac-lead").await;
        self.app.act(&lead, CreateCall { space: slug("enfance"), new }).await.unwrap()
    }

    /// Drafts and publishes a call.
    pub async fn open_call(&self, new: NewCall) -> String {
        let reference = self.draft(new).await;
        let lead = self.by("aubervac-lead").await;
        let publish = PublishCall { reference: reference.clone(), version: None };
        self.app.act(&lead, publish).await.unwrap();
        reference
    }

    /// Declares an intention.
    pub async fn intend(&self, call: &str, council: &str, ceiling: Option<&str>) {
        let action = DeclareIntention {
            call: call.to_owned(),
            council: council.to_owned(),
            ceiling: ceiling.map(|text| Amount(text.to_owned())),
            note: String::new(),
            public: true,
        };
        self.app.act(&self.by(&format!("{council}-sig")).await, action).await.unwrap();
    }

    /// Commits a council on the strength of a deliberation without a file.
    pub async fn commit(&self, call: &str, council: &str, ceiling: &str) {
        self.try_commit(call, council, ceiling).await.unwrap();
    }

    /// As [`World::commit`], and what was refused.
    pub async fn try_commit(
        &self,
        call: &str,
        council: &str,
        ceiling: &str,
    ) -> Result<Pledge, Error> {
        let evidence: NewEvidence = serde_json::from_value(serde_json::json!({
            "kind": "deliberation",
            "number": "2026-112",
            "date": "2026-10-14",
        }))
        .unwrap();
        let action = CommitPledge {
            call: call.to_owned(),
            council: council.to_owned(),
            ceiling: Amount(ceiling.to_owned()),
            act: Some(NewAct::parse(&evidence, None).unwrap()),
            years: Vec::new(),
            note: None,
            version: None,
        };
        self.app.act(&self.by(&format!("{council}-sig")).await, action).await
    }

    /// Signs somebody in: their cookie.
    pub async fn cookie(&self, login: &str) -> String {
        let header = session::begin(&self.app, self.people[login], None).await.unwrap();
        header.to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    /// A page, as a visitor or with a cookie.
    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Page {
        let mut request = Request::get(path);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of the page it stands on.
    pub async fn post(&self, path: &str, cookie: &str, fields: Fields<'_>) -> Page {
        let token = self.token(cookie).await;
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("csrf", &token)
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// Sends a form with a file.
    pub async fn upload(
        &self,
        path: &str,
        cookie: &str,
        fields: Fields<'_>,
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Page {
        let token = self.token(cookie).await;
        let mut body = Vec::new();
        for (key, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let part = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.into_bytes());
        }
        let part = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(part.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.ask(request.body(body.into()).unwrap()).await
    }

    /// How many files of evidence are on disk.
    pub fn files_of_evidence(&self) -> usize {
        std::fs::read_dir(self.data.join("evidence")).map_or(0, Iterator::count)
    }

    async fn token(&self, cookie: &str) -> String {
        let page = self.get("/calls", Some(cookie)).await;
        let (_, rest) = page.html.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    async fn ask(&self, request: Request<Body>) -> Page {
        let answer = forge_server::router(self.app.clone()).oneshot(request).await.unwrap();
        let status = answer.status();
        let location = answer.headers().get(header::LOCATION);
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Page { status, location, html: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn people(&mut self) {
        let console = by(Actor::visitor(), Via::Command);
        let admin = CreateAdministrator { link: None, account: account("root-admin") };
        let id = self.app.act(&console, admin).await.unwrap();
        self.people.insert("admin".to_owned(), id);
        let admin = self.by("admin").await;
        for (council, name, inhabitants) in COUNCILS {
            self.council(&admin, (council, name), inhabitants).await;
            for (suffix, role) in
                [("lead", Role::Lead), ("fin", Role::Finance), ("sig", Role::Signatory)]
            {
                self.person(&admin, council, suffix, role).await;
            }
        }
    }

    async fn council(&self, admin: &By, (council, name): (&str, &str), inhabitants: i64) {
        let register = RegisterCouncil {
            slug: council.to_owned(),
            name: name.to_owned(),
            kind: String::new(),
            country: String::new(),
            currency: String::new(),
            website: String::new(),
            domains: Vec::new(),
            identifiers: Vec::new(),
            populations: Vec::new(),
        };
        self.app.act(admin, register).await.unwrap();
        let verify = VerifyCouncil { slug: slug(council), proof: "letter".to_owned() };
        self.app.act(admin, verify).await.unwrap();
        let population = Population {
            kind: "municipale".to_owned(),
            vintage: "2026".to_owned(),
            value: inhabitants,
            reference_date: None,
            source_url: None,
        };
        let count = SetPopulation { slug: slug(council), population };
        self.app.act(admin, count).await.unwrap();
    }

    async fn person(&mut self, admin: &By, council: &str, suffix: &str, role: Role) {
        let login = format!("{council}-{suffix}");
        let create = CreatePerson { account: account(&login) };
        let id = self.app.act(admin, create).await.unwrap();
        self.people.insert(login.clone(), id);
        let grant =
            Grant { council: slug(council), person: slug(&login), role, from: None, until: None };
        if role == Role::Signatory {
            self.app.act(admin, GrantSignatory(grant)).await.unwrap();
            let mandate = GiveMandate {
                kinds: Vec::new(),
                council: slug(council),
                person: slug(&login),
                amount_max: "25000".to_owned(),
                currency: "EUR".to_owned(),
                from: None,
                until: Some("2027-12-31".parse().unwrap()),
                act_ref: "arrêté 12".to_owned(),
            };
            self.app.act(admin, mandate).await.unwrap();
        } else {
            self.app.act(admin, GrantRole(grant)).await.unwrap();
        }
    }

    async fn space(&self) {
        let lead = self.by("aubervac-lead").await;
        let found = FoundSpace {
            meta: Id::new(uuid::Uuid::now_v7()),
            slug: "enfance".to_owned(),
            title: "Enfance et jeunesse".to_owned(),
            purpose: "Facturation périscolaire".to_owned(),
            lead: slug("aubervac"),
            treasurer: None,
            lang: "fr".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            currency: "EUR".to_owned(),
            licence: "EUPL-1.2".to_owned(),
        };
        self.app.act(&lead, found).await.unwrap();
        for (council, _, _) in &COUNCILS[1..] {
            let ask = AskToJoin {
                space: slug("enfance"),
                council: slug(council),
                wish: MemberStatus::Contributor,
                act_ref: String::new(),
            };
            self.app.act(&self.by(&format!("{council}-lead")).await, ask).await.unwrap();
            let admit = AdmitMember {
                space: slug("enfance"),
                council: slug(council),
                status: MemberStatus::Contributor,
                act_ref: String::new(),
            };
            self.app.act(&lead, admit).await.unwrap();
        }
    }
}

/// A call for 48 000.00 with tax, shared equally, until 31 January.
pub fn call() -> NewCall {
    serde_json::from_value(serde_json::json!({
        "title": "Facturation périscolaire",
        "need": "Calculer les quotients une seule fois.\n\nLes familles reçoivent une facture.",
        "scope": "Un module de facturation.",
        "target": "48000.00",
        "vat_bp": 2000,
        "basis": "gross",
        "rule": { "kind": "equal" },
        "milestones": [
            { "title": "Calcul", "amount": "14400", "criteria": ["Les essais passent"] },
            { "title": "Factures", "amount": "19200", "due_on": "2027-06-30" },
            { "title": "Paiement", "amount": "14400" },
        ],
        "minimum": "33600",
        "deadline": "2027-01-31",
        "early_close": true,
        "low_ceilings": true,
    }))
    .unwrap()
}

/// The same shared by inhabitants.
pub fn call_by_population() -> NewCall {
    let rule = r#"{"kind":"population","population":"municipale","vintage":"2026"}"#;
    NewCall { rule: serde_json::from_str(rule).unwrap(), ..call() }
}

fn by(actor: Actor, via: Via) -> By {
    By { actor, token: None, via, locale: Locale::Fr, authenticated_at: None }
}

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn account(login: &str) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: format!("Agent {login}"),
        email: format!("{login}@collectivite.example"),
        password_hash: None,
    }
}

async fn open(database: &Database, data: &std::path::Path, clock: Clock) -> App {
    let raw = RawConfig { data: Some(data.to_owned()), ..RawConfig::default() };
    let mut config = raw.resolve().unwrap();
    config.database = database.location();
    forge_server::open(config, None, clock).await.unwrap()
}
