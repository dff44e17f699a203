//! `forge-server verify`.

use std::process::ExitCode;

use clap::Args;
use forge_messages::Arg;
use forge_server::{
    app::App,
    clock::Clock,
    verification::{self, Depth, Report},
};

use super::settings::Settings;

/// What a verification that found something ends with (product.md).
const FAILED: u8 = 6;

/// Check everything the forge holds, while its server runs.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    settings: Settings,
    /// Check that every branch and tag is whole, without reading each object.
    #[arg(long)]
    quick: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        super::start_logging();
        let config = self.settings.resolve()?;
        let depth = if self.quick { Depth::Connectivity } else { Depth::Full };
        super::block_on(async {
            let app = forge_server::attach(config, Clock::System).await?;
            let report = verification::verify(&app, app.config.locale, depth).await;
            app.db.close().await;
            let report = report?;
            if self.json {
                println!("{}", serde_json::to_string(&report)?);
            } else {
                print(&app, &report);
            }
            Ok(if report.verified { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
        })
    }
}

fn print(app: &App, report: &Report) {
    let text = |key: &str, words: &[(&str, Arg<'_>)]| {
        println!("{}", app.messages.text(app.config.locale, key, words));
    };
    for part in &report.parts {
        let words =
            [("checked", Arg::from(part.checked)), ("faults", Arg::from(part.faults.len()))];
        text(&format!("verify-part-{}", part.name), &words);
        for fault in &part.faults {
            let subject = if fault.subject.is_empty() { part.name } else { &fault.subject };
            println!("  {subject}: {} [{}]", fault.message, fault.code);
        }
    }
    let faults = report.parts.iter().map(|part| part.faults.len()).sum::<usize>();
    let key = if report.verified { "verify-sound" } else { "verify-unsound" };
    text(key, &[("schema", Arg::from(report.schema)), ("faults", Arg::from(faults))]);
}
