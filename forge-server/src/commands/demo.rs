//! `forge-server demo`.

use std::{env, net::SocketAddr, path::PathBuf};

use clap::Args;
use forge_domain::calendar;
use forge_messages::Arg;
use forge_server::{
    app::App,
    clock::Clock,
    config::Config,
    demo::{self, Account, World},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{
    serve::stop_on_signal,
    settings::{ClockOption, Settings},
};

/// Serve the example world: invented councils that share and fund real code. The first start makes
/// it, each later one opens it as it was left.
#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    clock: ClockOption,
}

impl Demo {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<()> {
        super::start_logging();
        let config = self.settings.resolve()?;
        super::block_on(async {
            let listener = forge_server::listen(config.listen).await?;
            let address = listener.local_addr()?;
            let world = match demo::find(&config.data)? {
                Some(world) => world,
                None => make(&config, address).await?,
            };
            let app = forge_server::open(config, Some(address), self.clock.clock()).await?;
            let stop = stop_on_signal()?;
            let serving = tokio::spawn(forge_server::serve(app.clone(), listener, stop));
            print(&app, &world)?;
            serving.await??;
            Ok(())
        })
    }
}

/// Makes the world under a clock of its own, which ends at this instant.
async fn make(config: &Config, address: SocketAddr) -> anyhow::Result<World> {
    let now = Timestamp::now();
    demo::begin(&config.data)?;
    let clock = Clock::standing_at(now);
    let app = forge_server::open_unfinished(config.clone(), Some(address), clock).await?;
    let locale = app.config.locale;
    eprintln!("{}", app.messages.text(locale, "demo-making", &[]));
    let made = demo::build(&app, now).await;
    app.db.close().await;
    let world = made?;
    demo::finish(&config.data, &world)?;
    Ok(world)
}

/// What a program reads: one object, on the last line.
#[derive(Serialize)]
struct Ready<'a> {
    ready: bool,
    url: &'a str,
    #[serde(flatten)]
    world: &'a World,
}

/// What a person needs first, then what a program reads.
fn print(app: &App, world: &World) -> anyhow::Result<()> {
    let url = app.public_url.as_str();
    let say = |key: &str| {
        let words = [("url", Arg::from(url)), ("password", Arg::from(demo::PASSWORD))];
        println!("{}", app.messages.text(app.config.locale, key, &words));
    };
    say("demo-ready");
    for account in &world.accounts {
        let council = account.council.as_deref().unwrap_or("—");
        let Account { login, name, role, token, .. } = account;
        println!("  {login:<8} {name:<16} {council:<14} {role:<10} {token}");
    }
    println!();
    for (caption, commands) in steps(app, world) {
        if commands.is_empty() {
            continue;
        }
        say(caption);
        for command in commands {
            println!("     {command}");
        }
    }
    println!();
    println!("{}", serde_json::to_string(&Ready { ready: true, url, world })?);
    Ok(())
}

/// What to try next: a caption and the commands as they are typed.
fn steps(app: &App, world: &World) -> Vec<(&'static str, Vec<String>)> {
    let url = app.public_url.as_str();
    let (scheme, host) = url.split_once("://").unwrap_or(("http", url));
    let module = world.modules.first().map(String::as_str).unwrap_or_default();
    let (space, name) = module.split_once('/').unwrap_or_default();
    let account = |role: &str| world.accounts.iter().find(|account| account.role == role);
    let (Some(lead), Some(signatory)) = (account("lead"), account("signatory")) else {
        return Vec::new();
    };
    let (call, council) = (&world.open_call, signatory.council.as_deref().unwrap_or_default());
    let today = calendar::date_at(app.clock.now(), &TimeZone::UTC);
    vec![
        ("demo-try-path", client_folder().map(on_the_path).into_iter().collect()),
        ("demo-try-clone", vec![format!("git clone {url}/{module}")]),
        (
            "demo-try-push",
            vec![
                format!("cd {name} && git switch -c essai && echo Essai >> README.md"),
                "git commit -am Essai".to_owned(),
                format!("git push {scheme}://{}:{}@{host}/{module} essai", lead.login, lead.token),
            ],
        ),
        (
            "demo-try-publish",
            vec![
                format!("export FORGE_HOST={url} FORGE_TOKEN={}", lead.token),
                format!("forge publish --owner {space} --name mon-module --yes"),
            ],
        ),
        (
            "demo-try-pledge",
            vec![
                format!("export FORGE_HOST={url} FORGE_TOKEN={}", signatory.token),
                format!("forge pledge commit {call} --council {council} --ceiling 12000 \\"),
                format!("  --kind deliberation --number 2026-77 --date {today} --yes"),
            ],
        ),
        (
            "demo-try-see",
            vec![
                format!("{url}/{module}"),
                format!("{url}/{space}/-/calls/{call}"),
                format!("{url}/catalogue"),
            ],
        ),
    ]
}

/// Where the client is: beside the server, as both are built and installed.
fn client_folder() -> Option<PathBuf> {
    let folder = env::current_exe().ok()?.parent()?.to_owned();
    folder.join("forge").is_file().then_some(folder)
}

fn on_the_path(folder: PathBuf) -> String {
    format!("export PATH=\"{}:$PATH\"", folder.display())
}
