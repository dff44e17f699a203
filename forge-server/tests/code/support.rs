//! A running forge with a few people, and the git client of a developer.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use forge_domain::{
    Id,
    access::{Role, TokenScope, Visibility},
    id,
    names::{RefName, Slug},
};
use forge_server::{
    app::App,
    auth::{secret, token},
    clock::Clock,
    config::{Config, RawConfig},
};
use forge_store::{
    councils::{self, NewCouncil},
    modules::{self, NewModule},
    owners::{self, OwnerKind},
    people::{self, NewPerson},
    roles::{self, NewRole},
    tokens::{self, Token},
};
use forge_tests::{Database, Engine};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A server with a data folder of its own; it ends with the test.
pub struct Forge {
    pub app: App,
    pub url: String,
    data: TempDir,
    database: Database,
    stop: CancellationToken,
}

impl Forge {
    pub async fn start(engine: Engine) -> Self {
        let data = TempDir::new().unwrap();
        let database = Database::of_server(engine, data.path());
        let (app, url, stop) = serve(data.path(), &database).await;
        Self { app, url, data, database, stop }
    }

    /// Opens the same data once more, as the next start would.
    pub async fn open_again(&self) -> App {
        let config = config(self.data.path(), &self.database);
        let app = forge_server::open(config, None, Clock::System).await.unwrap();
        // The first server still holds the folder, as a stopped one would not.
        forge_server::git::reconcile(&app).await.unwrap();
        app
    }

    /// A person with an account and nothing else.
    pub async fn person(&self, login: &str) -> Id<id::Person> {
        let id = Id::new(Uuid::now_v7());
        let now = self.app.clock.now();
        let mut tx = self.app.db.begin(None).await.unwrap();
        let slug = slug(login);
        owners::insert(&mut tx, id.uuid(), &slug, OwnerKind::Person).await.unwrap();
        let email = format!("{login}@aubervac.example");
        let new = NewPerson {
            id,
            name: login,
            email: &email,
            password_hash: None,
            forge_admin: false,
            created_at: now,
        };
        people::insert(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A council that was verified.
    pub async fn council(&self, name: &str) -> Id<id::Council> {
        let id = Id::new(Uuid::now_v7());
        let now = self.app.clock.now();
        let mut tx = self.app.db.begin(None).await.unwrap();
        owners::insert(&mut tx, id.uuid(), &slug(name), OwnerKind::Council).await.unwrap();
        let new = NewCouncil {
            id,
            kind: "commune",
            name,
            country: "FR",
            currency: "EUR",
            website: None,
            created_by: None,
            created_at: now,
        };
        councils::insert(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn role(&self, person: Id<id::Person>, council: Id<id::Council>, role: Role) {
        let now = self.app.clock.now();
        let mut tx = self.app.db.begin(None).await.unwrap();
        let new = NewRole {
            id: Id::new(Uuid::now_v7()),
            person,
            council,
            role,
            valid_from: now,
            valid_until: None,
            granted_by: None,
        };
        roles::insert(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn token(&self, person: Id<id::Person>, scope: TokenScope) -> String {
        let secret = token::generate().unwrap();
        let now = self.app.clock.now();
        let row = Token {
            id: Id::new(Uuid::now_v7()),
            number: 0,
            person_id: person,
            name: secret[..8].to_owned(),
            last_eight: secret[32..].to_owned(),
            scope,
            created_at: now,
            expires_at: now + jiff::SignedDuration::from_hours(24),
            used_at: None,
        };
        let mut tx = self.app.db.begin(None).await.unwrap();
        tokens::insert(&mut tx, row, &secret::digest(&secret)).await.unwrap();
        tx.commit().await.unwrap();
        secret
    }

    /// An empty module that nobody maintains in person.
    pub async fn module(&self, owner: Uuid, name: &str, visibility: Visibility) -> Id<id::Module> {
        let id = Id::new(Uuid::now_v7());
        let mut tx = self.app.db.begin(None).await.unwrap();
        let new = NewModule {
            id,
            owner,
            slug: &slug(name),
            kind: "module",
            title: name,
            description: "",
            lang: "fr",
            visibility,
            default_branch: "main",
            created_by: None,
            created_at: self.app.clock.now(),
        };
        modules::insert(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        let main = RefName::branch("main").unwrap();
        self.app.repositories.create(id.uuid(), &main).await.unwrap();
        id
    }

    /// The address of a module for git, with a token or as nobody.
    pub fn remote(&self, path: &str, token: Option<&str>) -> String {
        match token {
            Some(token) => self.url.replace("http://", &format!("http://someone:{token}@")) + path,
            None => self.url.clone() + path,
        }
    }
}

impl Drop for Forge {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn serve(data: &Path, database: &Database) -> (App, String, CancellationToken) {
    let config = config(data, database);
    let listener = forge_server::listen(config.listen).await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = forge_server::open(config, Some(address), Clock::System).await.unwrap();
    let stop = CancellationToken::new();
    tokio::spawn(forge_server::serve(app.clone(), listener, stop.clone()));
    (app, format!("http://{address}"), stop)
}

fn config(data: &Path, database: &Database) -> Config {
    let raw = RawConfig {
        data: Some(data.to_owned()),
        listen: Some("127.0.0.1:0".to_owned()),
        locale: Some("en".to_owned()),
        ..RawConfig::default()
    };
    let mut config = raw.resolve().unwrap();
    config.database = database.location();
    config
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// A folder with a working copy in it, and the stock git client.
pub struct Clone {
    folder: TempDir,
}

/// What git said, on both streams.
#[derive(Debug)]
pub struct Said {
    pub success: bool,
    pub text: String,
}

impl Said {
    #[track_caller]
    pub fn ok(self) -> String {
        assert!(self.success, "git failed:\n{}", self.text);
        self.text
    }

    #[track_caller]
    pub fn failed(self) -> String {
        assert!(!self.success, "git should have failed:\n{}", self.text);
        self.text
    }
}

impl Clone {
    /// A new repository with one commit on `main`.
    pub fn new() -> Self {
        let clone = Self::empty();
        clone.git(&["init", "-q", "-b", "main"]).ok();
        clone.write("README.md", "# Facturation\n");
        clone.commit("Begin");
        clone
    }

    /// A folder that is no repository yet: for `git clone … .`.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]).ok();
        self.git(&["commit", "-q", "--allow-empty", "-m", message]).ok();
    }

    pub fn git(&self, arguments: &[&str]) -> Said {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_AUTHOR_NAME", "Nadia Ferrand")
            .env("GIT_AUTHOR_EMAIL", "nadia@aubervac.example")
            .env("GIT_COMMITTER_NAME", "Nadia Ferrand")
            .env("GIT_COMMITTER_EMAIL", "nadia@aubervac.example")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        Said { success: output.status.success(), text }
    }

    pub fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"]).ok().trim().to_owned()
    }
}
