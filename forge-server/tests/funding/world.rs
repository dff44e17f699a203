//! A small world made by acts alone: one space, five councils, people with roles and mandates, and
//! a clock that stands until it is set.

use std::{collections::BTreeMap, path::PathBuf};

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
        councils::{RegisterCouncil, VerifyCouncil},
        evidence::NewAct,
        mandates::GiveMandate,
        members::{Grant, GrantRole, GrantSignatory},
        people::{CreateAdministrator, CreatePerson, NewAccount},
        pledges::{CommitPledge, DeclareIntention},
        spaces::{AdmitMember, AskToJoin, FoundSpace},
    },
    app::{App, By, Via},
    auth,
    clock::Clock,
    config::RawConfig,
    error::Error,
    jobs::runner,
};
use forge_store::{councils::Population, people};
use forge_tests::{Database, Engine};
use jiff::Timestamp;

/// The first day of the world.
pub const START: &str = "2026-10-15T08:00:00Z";
/// The councils, their inhabitants.
pub const COUNCILS: [(&str, i64); 5] = [
    ("aubervac", 12_345),
    ("belrive", 3_210),
    ("corbelle", 45_678),
    ("dormont", 890),
    ("esterey", 101_234),
];

/// The world, and the ways to act in it.
pub struct World {
    /// The application.
    pub app: App,
    /// Its database, for those who tamper.
    pub database: Database,
    data: PathBuf,
    clock: Clock,
    people: BTreeMap<String, Id<forge_domain::id::Person>>,
}

impl World {
    /// Makes the world.
    pub async fn found(engine: Engine) -> Self {
        let database = Database::fresh(engine);
        let data = forge_tests::run::folder("data");
        let clock = Clock::standing_at(at(START));
        let app = open(&database, &data, clock.clone()).await;
        let mut world = Self { app, database, data, clock, people: BTreeMap::new() };
        world.people().await;
        world.space().await;
        world
    }

    /// Stops the server and starts it again on what is there.
    pub async fn restart(&mut self) {
        self.app.db.close().await;
        self.app = open(&self.database, &self.data, self.clock.clone()).await;
    }

    /// Sets the clock.
    pub fn set_clock(&self, now: &str) {
        assert!(self.clock.set(at(now)));
    }

    /// Does every job that is due.
    pub async fn do_jobs(&self) {
        runner::run_due(&self.app).await.unwrap();
    }

    /// Somebody acting through the API.
    pub async fn by(&self, login: &str) -> By {
        let person = people::by_id(&self.app.db, self.people[login]).await.unwrap().unwrap();
        let actor = auth::actor_of(&self.app, &person, TokenScope::Full).await.unwrap();
        by(actor, Via::Api)
    }

    /// The signatory of a council.
    pub async fn signatory(&self, council: &str) -> By {
        self.by(&format!("{council}-sig")).await
    }

    /// Drafts and publishes a call.
    pub async fn open_call(&self, new: NewCall) -> String {
        let lead = self.by("aubervac-lead").await;
        let reference =
            self.app.act(&lead, CreateCall { space: slug("enfance"), new }).await.unwrap();
        let publish = PublishCall { reference: reference.clone(), version: None };
        self.app.act(&lead, publish).await.unwrap();
        reference
    }

    /// Declares an intention.
    pub async fn intend(&self, call: &str, council: &str) -> Result<Pledge, Error> {
        let action = DeclareIntention {
            call: call.to_owned(),
            council: council.to_owned(),
            ceiling: None,
            note: String::new(),
            public: true,
        };
        self.app.act(&self.signatory(council).await, action).await
    }

    /// Commits a council on the strength of a deliberation without a file.
    pub async fn commit(&self, call: &str, council: &str, ceiling: &str) -> Result<Pledge, Error> {
        let action = commitment(call, council, ceiling);
        self.app.act(&self.signatory(council).await, action).await
    }

    /// Registers and verifies another council, with its SIREN.
    pub async fn register_as(&self, council: &str, siren: &str) {
        let admin = self.by("odile").await;
        let register = RegisterCouncil {
            slug: council.to_owned(),
            name: format!("Commune {council}"),
            identifiers: vec![("siren".to_owned(), siren.to_owned())],
            ..RegisterCouncil::default()
        };
        self.app.act(&admin, register).await.unwrap();
        let verify = VerifyCouncil { slug: slug(council), proof: "letter".to_owned() };
        self.app.act(&admin, verify).await.unwrap();
    }

    async fn people(&mut self) {
        let console = by(Actor::visitor(), Via::Command);
        let admin = CreateAdministrator { link: None, account: account("odile") };
        let id = self.app.act(&console, admin).await.unwrap();
        self.people.insert("odile".to_owned(), id);
        let admin = self.by("odile").await;
        for (council, inhabitants) in COUNCILS {
            self.council(&admin, (council, inhabitants)).await;
        }
    }

    /// A verified council with its people.
    async fn council(&mut self, admin: &By, (council, inhabitants): (&str, i64)) {
        let register = RegisterCouncil {
            slug: council.to_owned(),
            name: format!("Commune {council}"),
            populations: vec![Population {
                kind: "municipale".to_owned(),
                vintage: "2026".to_owned(),
                value: inhabitants,
                reference_date: None,
                source_url: None,
            }],
            ..RegisterCouncil::default()
        };
        self.app.act(admin, register).await.unwrap();
        let verify = VerifyCouncil { slug: slug(council), proof: "letter".to_owned() };
        self.app.act(admin, verify).await.unwrap();
        for (suffix, role) in
            [("lead", Role::Lead), ("fin", Role::Finance), ("sig", Role::Signatory)]
        {
            self.person(admin, council, suffix, role).await;
        }
    }

    /// Another council with its people, a member of the space.
    pub async fn newcomer(&mut self, council: &str, inhabitants: i64) {
        let admin = self.by("odile").await;
        self.council(&admin, (council, inhabitants)).await;
        self.joins(council).await;
    }

    /// Lets the signatory of a council sign up to an amount.
    pub async fn mandate(&self, council: &str, amount: &str) {
        let mandate = GiveMandate {
            kinds: Vec::new(),
            council: slug(council),
            person: slug(&format!("{council}-sig")),
            amount_max: amount.to_owned(),
            currency: "EUR".to_owned(),
            from: None,
            until: Some("2027-12-31".parse().unwrap()),
            act_ref: "arrêté 13".to_owned(),
        };
        self.app.act(&self.by("odile").await, mandate).await.unwrap();
    }

    /// Makes a council a contributor of the space.
    async fn joins(&self, council: &str) {
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
        self.app.act(&self.by("aubervac-lead").await, admit).await.unwrap();
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
        for (council, _) in &COUNCILS[1..] {
            self.joins(council).await;
        }
    }
}

/// A call for 48 000.00 shared by inhabitants, until 31 January.
pub fn call() -> NewCall {
    serde_json::from_value(serde_json::json!({
        "title": "Facturation périscolaire",
        "need": "Calculer les **quotients** une seule fois.",
        "target": "48000.00",
        "rule": { "kind": "population", "population": "municipale", "vintage": "2026" },
        "milestones": [
            { "title": "Calcul", "amount": "14400" },
            { "title": "Factures", "amount": "19200" },
            { "title": "Paiement", "amount": "14400" },
        ],
        "minimum": "33600",
        "deadline": "2027-01-31",
    }))
    .unwrap()
}

/// The same shared equally, which suits small mandates.
pub fn equal_call() -> NewCall {
    NewCall { rule: serde_json::from_str(r#"{"kind":"equal"}"#).unwrap(), ..call() }
}

/// The same, which needs three councils.
pub fn call_of_three() -> NewCall {
    NewCall { min_councils: Some(3), ..equal_call() }
}

/// A commitment on the strength of a deliberation without a file.
pub fn commitment(call: &str, council: &str, ceiling: &str) -> CommitPledge {
    CommitPledge {
        call: call.to_owned(),
        council: council.to_owned(),
        ceiling: Amount(ceiling.to_owned()),
        act: Some(NewAct::parse(&deliberation(), None).unwrap()),
        years: Vec::new(),
        note: None,
        version: None,
    }
}

/// A deliberation of the day before the world began.
pub fn deliberation() -> NewEvidence {
    serde_json::from_value(serde_json::json!({
        "kind": "deliberation",
        "number": "2026-112",
        "date": "2026-10-14",
    }))
    .unwrap()
}

/// Somebody.
pub fn by(actor: Actor, via: Via) -> By {
    By { actor, token: None, via, locale: Locale::Fr, authenticated_at: None }
}

/// A slug.
pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The stable code of a refusal.
pub fn code(error: &Error) -> &'static str {
    error.refusal().map_or("none", |refusal| refusal.code)
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
