//! The forge: [`open`] puts the application together, [`serve`] answers until it is told to stop.

pub mod actions;
pub mod api;
pub mod app;
pub mod auth;
pub mod backup;
pub mod census;
pub mod charter;
pub mod clock;
pub mod config;
pub mod connections;
pub mod dashboard;
pub mod data;
pub mod demo;
pub mod error;
pub mod events;
pub mod exports;
pub mod feeds;
pub mod funding;
pub mod git;
pub mod jobs;
pub mod keys;
pub mod ledger;
pub mod mail;
pub mod outbound;
pub mod profiles;
pub mod publication;
pub mod standstill;
#[cfg(feature = "test-clock")]
pub mod test_clock;
pub mod themes;
mod unread;
pub mod verification;
pub mod voting;
pub mod web;
pub mod webhooks;
pub mod wording;

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, middleware};
use forge_git::{Limits, Repositories};
use forge_messages::Messages;
use forge_store::{Db, Location, StoreError, migrations};
use tokio::{net::TcpListener, sync::Mutex};
use tokio_util::sync::CancellationToken;

use crate::{
    app::{App, Parts},
    auth::{limits::SignInLimits, oidc::Providers},
    clock::Clock,
    config::Config,
    jobs::Bell,
    ledger::standing::Reached,
    mail::Mailer,
    outbound::Outbound,
    profiles::Profiles,
    themes::Themes,
};

/// Why the forge cannot start: one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Data(#[from] data::DataError),
    /// The database cannot be opened or is newer.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The repositories cannot be served.
    #[error("{0}")]
    Git(#[from] forge_git::GitError),
    /// The messages do not parse: a defect of the build.
    #[error("the messages cannot be read: {0}")]
    Messages(#[from] forge_messages::MessageError),
    /// The theme is refused.
    #[error("the theme cannot be used: {0}")]
    Theme(#[from] themes::ThemeError),
    /// A country profile is wrong.
    #[error("{0}. Correct the file, or take it away")]
    Profile(#[from] profiles::ProfileError),
    /// What the rows and the references say could not be brought together.
    #[error("the pushes that were interrupted cannot be looked at: {0}")]
    Reconcile(error::Error),
    /// The address is taken or not ours.
    #[error(
        "cannot listen on {address}: {source}. Choose another address with --listen, or stop \
         what uses it"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
}

/// Takes the address, before anything is opened: a port in use must not touch the data.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|source| StartError::Listen { address, source })
}

/// Opens data folder, database, repositories and theme; brings the schema up to date. Where it is
/// to listen, it is the server: then it holds the data folder for itself until its end, and first
/// brings to an end what the one before left open. Without an address it is a command that acts
/// beside the server.
pub async fn open(
    config: Config,
    listening_on: Option<SocketAddr>,
    clock: Clock,
) -> Result<App, StartError> {
    data::refuse_unfinished(&config.data)?;
    open_unfinished(config, listening_on, clock).await
}

/// As [`open`], on a folder that is still being filled.
///
/// # Errors
/// As [`open`].
pub async fn open_unfinished(
    config: Config,
    listening_on: Option<SocketAddr>,
    clock: Clock,
) -> Result<App, StartError> {
    data::prepare(&config.data)?;
    let hold = listening_on.map(|_| data::hold(&config.data)).transpose()?;
    let db = Db::open(&config.database).await?;
    db.migrate().await?;
    let is_server = hold.is_some();
    let app = assemble(config, db, listening_on, clock, hold).await?;
    if is_server {
        // Never beside a server: what is under way there would look like a leftover.
        git::reconcile(&app).await.map_err(StartError::Reconcile)?;
    }
    Ok(app)
}

/// Opens a forge as it is, beside the server that may be running on it: neither makes nor
/// migrates anything.
///
/// # Errors
/// Where there is no forge yet, or where its schema is not exactly this program's.
pub async fn attach(config: Config, clock: Clock) -> Result<App, StartError> {
    data::find(&config.data)?;
    if let Location::Sqlite(path) = &config.database
        && !path.exists()
    {
        return Err(data::DataError::Nothing(config.data).into());
    }
    let db = Db::open(&config.database).await?;
    migrations::check(&db).await?;
    assemble(config, db, None, clock, None).await
}

async fn assemble(
    config: Config,
    db: Db,
    listening_on: Option<SocketAddr>,
    clock: Clock,
    hold: Option<data::Hold>,
) -> Result<App, StartError> {
    let limits = Limits { pack_bytes_max: config.push_size_bytes_max, ..Limits::default() };
    let repositories = Repositories::open(config.data.join("repositories"), limits).await?;
    let messages = Arc::new(Messages::embedded()?);
    let themes = Themes::load(&config.data, config.theme.as_deref(), Arc::clone(&messages))?;
    let profiles = Profiles::load(&config.data)?;
    let public_url = match &config.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{}", listening_on.unwrap_or(config.listen)),
    };
    Ok(App::new(Parts {
        db,
        repositories,
        messages,
        themes,
        profiles,
        clock,
        turn: Mutex::default(),
        bell: Bell::default(),
        sign_ins: SignInLimits::default(),
        reached: Reached::default(),
        mailer: Mailer::new(config.mail.clone(), host_of(&public_url)),
        outbound: Outbound::new(config.outbound.clone(), outbound::WAIT),
        providers: Providers::new(config.providers.clone(), config.outbound.clone()),
        hold,
        public_url,
        config,
    }))
}

/// The name of the machine in an address: what messages name their origin by.
fn host_of(public_url: &str) -> String {
    let url = url::Url::parse(public_url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}

/// Answers until `stop`, then lets what is under way finish.
pub async fn serve(app: App, listener: TcpListener, stop: CancellationToken) {
    if let Err(error) = events::set_alarms(&app).await {
        tracing::error!(%error, "the alarms of every day could not be set");
    }
    let jobs = tokio::spawn(jobs::runner::run(app.clone(), stop.clone()));
    let courier = tokio::spawn(jobs::courier::run(app.clone(), stop.clone()));
    connections::serve(listener, router(app.clone()), app.config.head_max, stop).await;
    for worker in [jobs, courier] {
        if let Err(error) = worker.await {
            tracing::error!(%error, "what works in the background stopped badly");
        }
    }
    app.db.close().await;
}

/// Every door of the forge.
pub fn router(app: App) -> Router {
    let doors = Router::new();
    #[cfg(feature = "test-clock")]
    let doors = doors.merge(test_clock::router());
    doors
        .merge(web::routes::router(web::routes()))
        .merge(git::http::router())
        .merge(api::router())
        .fallback(|| async { error::Error::NotFound })
        .method_not_allowed_fallback(|| async { error::Error::NotFound })
        .layer(middleware::from_fn_with_state(app.clone(), web::errors::word))
        .layer(middleware::from_fn_with_state(app.clone(), web::headers::add))
        .layer(middleware::from_fn(unread::settle))
        .with_state(app)
}
