//! Where the settings come from: the command line, `FORGE_…`, one file, the defaults.

use std::path::PathBuf;

use clap::Args;
use forge_server::{
    clock::Clock,
    config::{Config, RawConfig},
};

/// The options every command shares; each is also a `FORGE_…` variable and a key of the file.
#[derive(Args, Debug, Clone, Default)]
pub struct Settings {
    /// The settings file (TOML).
    #[arg(long, global = true, env = "FORGE_CONFIG")]
    config: Option<PathBuf>,
    /// The data folder [default: ./forge-data].
    #[arg(long, global = true, env = "FORGE_DATA")]
    pub data: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:3000].
    #[arg(long, global = true, env = "FORGE_LISTEN")]
    listen: Option<String>,
    /// A postgres:// URL [default: SQLite in the data folder].
    #[arg(
        long,
        alias = "database",
        global = true,
        env = "FORGE_DATABASE_URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// The address people reach the forge at [default: the address listened on].
    #[arg(long, global = true, env = "FORGE_PUBLIC_URL")]
    public_url: Option<String>,
}

/// Whose clock the acts read.
#[derive(Args, Debug, Clone, Default)]
pub struct ClockOption {
    /// Let `POST /-/test/clock` set the time that acts see.
    #[cfg(feature = "test-clock")]
    #[arg(long)]
    test_clock: bool,
}

impl ClockOption {
    /// The machine's, or one that stands until a test sets it.
    pub fn clock(&self) -> Clock {
        #[cfg(feature = "test-clock")]
        if self.test_clock {
            return Clock::standing_at(jiff::Timestamp::now());
        }
        Clock::System
    }
}

impl Settings {
    /// Reads the file and lays the given options over it.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let mut raw = match &self.config {
            Some(path) => RawConfig::read(path)?,
            None => RawConfig::default(),
        };
        raw.data = self.data.or(raw.data);
        raw.listen = self.listen.or(raw.listen);
        raw.database_url = self.database_url.or(raw.database_url);
        raw.public_url = self.public_url.or(raw.public_url);
        Ok(raw.resolve()?)
    }
}
