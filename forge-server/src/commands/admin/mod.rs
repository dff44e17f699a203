//! `forge-server admin`: what an administrator does without a browser, through the same acts.

mod council;
mod mail;
mod token;
mod user;

use std::io::Read as _;

use clap::{Args, Subcommand};
use forge_server::{
    actions::{Action, invitations::InviteAdministrator},
    app::{App, By},
    auth::{console, password},
    clock::Clock,
    error::Error,
    wording,
};

use super::settings::Settings;

/// Administer the forge from its own server.
#[derive(Args)]
pub struct Admin {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Accounts of people.
    #[command(subcommand)]
    User(user::User),
    /// Councils.
    #[command(subcommand)]
    Council(council::Council),
    /// The mail server.
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Personal access tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Print a one-time link for a new administrator.
    InviteLink,
}

impl Admin {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            let app = forge_server::open(config, None, Clock::System).await?;
            let done = match self.command {
                Command::User(user) => user.run(&app).await,
                Command::Council(council) => council.run(&app).await,
                Command::Mail(mail) => mail.run(&app).await,
                Command::Token(token) => token.run(&app).await,
                Command::InviteLink => invite(&app).await,
            };
            app.db.close().await;
            done
        })
    }
}

async fn invite(app: &App) -> anyhow::Result<()> {
    let link = act(app, &console::administrator(app).await?, InviteAdministrator).await?;
    println!("{}/-/setup/{}", app.public_url, link.secret);
    Ok(())
}

/// Does an act; what it refuses is said in the instance's language.
async fn act<A: Action>(app: &App, by: &By, action: A) -> anyhow::Result<A::Output> {
    app.act(by, action).await.map_err(|error| said(app, error))
}

/// An error as sentences, one for each wrong field.
fn said(app: &App, error: Error) -> anyhow::Error {
    let locale = app.config.locale;
    if let Error::Internal(cause) = error {
        return cause;
    }
    let mut text = wording::sentence(app, locale, &error, "");
    for field in error.refusal().into_iter().flat_map(|refusal| &refusal.fields) {
        let sentence = wording::code(app, locale, field.code, &field.args);
        text.push_str(&format!("\n  {}: {sentence}", field.field));
    }
    anyhow::anyhow!(text)
}

/// Reads a password from standard input, where `ps` does not show it, and hashes it.
async fn password_from_input(app: &App) -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().take(4096).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    password::hash(line).await.map_err(|error| said(app, error))
}
