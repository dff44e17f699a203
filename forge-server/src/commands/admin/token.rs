//! `forge-server admin token`.

use clap::Subcommand;
use forge_domain::{access::TokenScope, names::Slug};
use forge_server::{
    actions::tokens::{MakeToken, RevokeToken},
    app::App,
    auth::console,
};
use jiff::ToSpan as _;

use super::act;

/// Personal access tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Make a token for a person, and print it; it is told once.
    Create {
        /// Whose.
        #[arg(long)]
        user: Slug,
        /// What it is called.
        #[arg(long, default_value = "console")]
        name: String,
        /// What it allows: full, write, read or public_only.
        #[arg(long, default_value = "write")]
        scope: TokenScope,
        /// For how many days, 365 at most.
        #[arg(long, default_value_t = 90)]
        days: i64,
    },
    /// Revoke a person's token, by its number or its name.
    Revoke {
        /// Whose.
        #[arg(long)]
        user: Slug,
        /// Its number or its name.
        token: String,
    },
}

impl Token {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<()> {
        match self {
            Self::Create { user, name, scope, days } => {
                let by = console::person(app, &user).await?;
                let hours = days.clamp(0, 100_000) * 24;
                let expires_at = Some(app.clock.now() + hours.hours());
                let made = act(app, &by, MakeToken { name, scope, expires_at }).await?;
                println!("{}", made.secret);
            }
            Self::Revoke { user, token } => {
                let by = console::person(app, &user).await?;
                act(app, &by, RevokeToken { which: token }).await?;
            }
        }
        Ok(())
    }
}
