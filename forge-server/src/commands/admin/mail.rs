//! `forge-server admin mail`.

use clap::Subcommand;
use forge_messages::Arg;
use forge_server::{app::App, auth::secret, mail::Post};

/// The mail server.
#[derive(Subcommand)]
pub enum Mail {
    /// Send a message to an address, to see whether it arrives.
    Test {
        /// Where to.
        address: String,
    },
}

impl Mail {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<()> {
        let Self::Test { address } = self;
        let site = [("site", Arg::from(app.config.site_name.as_str()))];
        let say = |key: &str| app.themes.messages().text(app.config.locale, key, &site);
        app.mailer
            .send(Post {
                to: address,
                subject: say("mail-test-subject"),
                text: format!("{}\n", say("mail-test-text")),
                id: secret::secret()?,
                thread: None,
                unsubscribe: None,
            })
            .await?;
        println!("{}", say("mail-test-sent"));
        Ok(())
    }
}
