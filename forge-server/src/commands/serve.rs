//! `forge-server serve`.

use clap::Args;
use forge_messages::Arg;
use forge_server::{actions::invitations::InviteAdministrator, app::App, auth::console};
use forge_store::people;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::settings::{ClockOption, Settings};

/// Serve the forge until SIGTERM or Ctrl-C.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    clock: ClockOption,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            let listener = forge_server::listen(config.listen).await?;
            let address = listener.local_addr()?;
            let app = forge_server::open(config, Some(address), self.clock.clock()).await?;
            offer_setup(&app).await?;
            println!("{}", serde_json::json!({ "ready": true, "url": app.public_url }));
            let stop = stop_on_signal()?;
            forge_server::serve(app, listener, stop).await;
            Ok(())
        })
    }
}

/// Prints a one-time link for the first administrator, at each start until there is one. A forge
/// has no account before somebody with its console makes one (security.md #108).
async fn offer_setup(app: &App) -> anyhow::Result<()> {
    if people::administrators(&app.db).await? > 0 {
        return Ok(());
    }
    let by = console::administrator(app).await?;
    let link = app.act(&by, InviteAdministrator).await?;
    let url = format!("{}/-/setup/{}", app.public_url, link.secret);
    let words = [("url", Arg::from(url.as_str()))];
    println!("{}", app.messages.text(app.config.locale, "serve-setup", &words));
    Ok(())
}

/// A token that is cancelled by SIGTERM or Ctrl-C.
pub fn stop_on_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stopped.cancel();
    });
    Ok(stop)
}
