//! `forge-server restore`.

use std::path::PathBuf;

use clap::Args;
use forge_messages::{Arg, Messages};
use forge_server::backup;

use super::settings::Settings;

/// Put a backup back, into an empty data folder and an empty database.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    settings: Settings,
    /// The file that `backup` wrote.
    file: PathBuf,
    /// Print what was put back as JSON.
    #[arg(long)]
    json: bool,
}

impl Restore {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        let locale = config.locale;
        super::block_on(async {
            let data = config.data.display().to_string();
            let summary = backup::restore(config, &self.file).await?;
            if self.json {
                println!("{}", serde_json::to_string(&summary)?);
                return Ok(());
            }
            let words = [
                ("data", Arg::from(data)),
                ("rows", Arg::from(summary.rows)),
                ("repositories", Arg::from(summary.repositories)),
                ("evidence", Arg::from(summary.evidence)),
            ];
            println!("{}", Messages::embedded()?.text(locale, "backup-restored", &words));
            Ok(())
        })
    }
}
