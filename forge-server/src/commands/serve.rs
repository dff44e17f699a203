//! `forge-server serve`.

use clap::Args;
use forge_server::clock::Clock;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::settings::Settings;

/// Serve the forge until SIGTERM or Ctrl-C.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            let listener = forge_server::listen(config.listen).await?;
            let address = listener.local_addr()?;
            let app = forge_server::open(config, Some(address), Clock::System).await?;
            println!("{}", serde_json::json!({ "ready": true, "url": app.public_url }));
            let stop = stop_on_signal()?;
            forge_server::serve(app, listener, stop).await?;
            Ok(())
        })
    }
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
