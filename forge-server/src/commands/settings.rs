//! Where the settings come from: the command line, `FORGE_…`, one file, the defaults.

use std::path::PathBuf;

use clap::Args;
use forge_server::{
    clock::Clock,
    config::{self, Config, Layer, RawConfig, Shown},
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
    /// Reads the file and lays the environment and the given options over it.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let lay = |below, layer: Layer| layer.raw.over(below);
        Ok(self.layers()?.into_iter().fold(RawConfig::default(), lay).resolve()?)
    }

    /// Every setting in force and where it comes from.
    pub fn shown(self) -> anyhow::Result<Vec<Shown>> {
        Ok(config::shown(&self.layers()?)?)
    }

    /// The sources, the weakest first.
    fn layers(self) -> anyhow::Result<Vec<Layer>> {
        let mut layers = Vec::new();
        if let Some(path) = &self.config {
            let origin = format!("the file {}", path.display());
            layers.push(Layer { origin, raw: RawConfig::read(path)? });
        }
        // An option that only repeats its variable came from there.
        let environment = RawConfig::from_environment(|name| std::env::var(name).ok())?;
        let given = |option: Option<String>, variable: &Option<String>| {
            option.filter(|option| Some(option) != variable.as_ref())
        };
        let options = RawConfig {
            data: self.data.filter(|data| Some(data) != environment.data.as_ref()),
            listen: given(self.listen, &environment.listen),
            database_url: given(self.database_url, &environment.database_url),
            public_url: given(self.public_url, &environment.public_url),
            ..RawConfig::default()
        };
        layers.push(Layer { origin: "the environment (FORGE_…)".to_owned(), raw: environment });
        layers.push(Layer { origin: "the command line".to_owned(), raw: options });
        Ok(layers)
    }
}
