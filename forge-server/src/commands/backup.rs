//! `forge-server backup`.

use std::path::PathBuf;

use clap::Args;
use forge_messages::Arg;
use forge_server::{backup, clock::Clock};

use super::settings::Settings;

/// Write the whole forge into one file, while its server runs.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    settings: Settings,
    /// The file to write; it must not exist. It holds keys and documents: keep it private.
    file: PathBuf,
    /// Print what was written as JSON.
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            let app = forge_server::attach(config, Clock::System).await?;
            let written = backup::write(&app, &self.file).await;
            app.db.close().await;
            let summary = written?;
            if self.json {
                println!("{}", serde_json::to_string(&summary)?);
                return Ok(());
            }
            let locale = app.config.locale;
            let file = self.file.display().to_string();
            let words = [
                ("file", Arg::from(file)),
                ("rows", Arg::from(summary.rows)),
                ("repositories", Arg::from(summary.repositories)),
                ("evidence", Arg::from(summary.evidence)),
                ("size", Arg::from(app.messages.file_size(locale, summary.size_bytes))),
            ];
            println!("{}", app.messages.text(locale, "backup-written", &words));
            Ok(())
        })
    }
}
