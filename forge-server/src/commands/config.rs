//! `forge-server config`.

use clap::{Args, Subcommand};
use forge_messages::{Arg, Messages};

use super::settings::Settings;

/// Look at the settings.
#[derive(Args)]
pub struct Config {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print every setting, its value, and where that comes from.
    Show {
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say whether the settings can be used; change nothing.
    Check,
}

impl Config {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        let shown = self.settings.clone().shown()?;
        let config = self.settings.resolve()?;
        match self.command {
            Command::Show { json: true } => println!("{}", serde_json::to_string(&shown)?),
            Command::Show { json: false } => {
                for setting in &shown {
                    println!("{} = {}  # {}", setting.key, setting.value, setting.origin);
                }
            }
            Command::Check => {
                let words = [("keys", Arg::from(shown.len()))];
                println!("{}", Messages::embedded()?.text(config.locale, "config-good", &words));
            }
        }
        Ok(())
    }
}
