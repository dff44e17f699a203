//! `forge-server migrate`.

use clap::Args;
use forge_messages::{Arg, Messages};
use forge_server::data;
use forge_store::{Db, migrations};

use super::settings::Settings;

/// Bring the database to this program's schema; `serve` does so too when it starts.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    settings: Settings,
    /// Change nothing: end with status 1 where the database is not at this program's schema.
    #[arg(long)]
    check: bool,
}

impl Migrate {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            if self.check {
                data::find(&config.data)?;
            } else {
                data::prepare(&config.data)?;
            }
            let db = Db::open(&config.database).await?;
            let done = if self.check { migrations::check(&db).await } else { db.migrate().await };
            db.close().await;
            done?;
            let words = [("schema", Arg::from(migrations::latest()))];
            println!("{}", Messages::embedded()?.text(config.locale, "migrate-done", &words));
            Ok(())
        })
    }
}
