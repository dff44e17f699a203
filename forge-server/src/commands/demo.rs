//! `forge-server demo`.

use std::{
    env,
    fs::OpenOptions,
    io::Write as _,
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt as _,
    path::{self, Path, PathBuf},
};

use clap::Args;
use forge_domain::calendar;
use forge_messages::Arg;
use forge_server::{
    app::App,
    clock::Clock,
    config::Config,
    demo::{self, World},
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
            serving.await?;
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
    let terminal = terminal(app, world)?;
    let say = |key: &str| {
        let words = [("url", Arg::from(url)), ("password", Arg::from(demo::PASSWORD))];
        println!("{}", app.messages.text(app.config.locale, key, &words));
    };
    say("demo-ready");
    for account in &world.accounts {
        let council = account.council.as_deref().unwrap_or("—");
        println!("  {:<8} {:<16} {:<14} {}", account.login, account.name, council, account.role);
    }
    println!();
    for (caption, commands) in steps(app, world, &terminal) {
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
fn steps(app: &App, world: &World, terminal: &Path) -> Vec<(&'static str, Vec<String>)> {
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
        ("demo-try-terminal", vec![format!(". {}", quoted(terminal))]),
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
                format!("export FORGE_TOKEN={}", variable(&lead.login)),
                format!("forge publish --owner {space} --name mon-module --yes"),
            ],
        ),
        (
            "demo-try-pledge",
            vec![
                format!("export FORGE_TOKEN={}", variable(&signatory.login)),
                format!("forge pledge commit \"$CALL\" --council {council} --ceiling 12000 \\"),
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

/// Writes what a terminal needs to know: where the client is, which forge it speaks to, the token
/// of each person by their name and the calls that the book speaks of.
fn terminal(app: &App, world: &World) -> anyhow::Result<PathBuf> {
    let mut lines = vec![format!("export FORGE_HOST={}", app.public_url.as_str())];
    let program = env::current_exe()?;
    // Beside the server, as both are built and installed.
    if let Some(folder) = program.parent().filter(|folder| folder.join("forge").is_file()) {
        lines.push(format!("export PATH={}:\"$PATH\"", quoted(folder)));
    }
    for account in &world.accounts {
        lines.push(format!("export {}={}", account.login.to_uppercase(), account.token));
    }
    lines.push(format!("export CALL={}", world.open_call));
    lines.extend(world.calls.iter().map(|(name, call)| format!("export {name}={call}")));
    let path = path::absolute(app.config.data.join("demo.sh"))?;
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    writeln!(file, "{}", lines.join("\n"))?;
    Ok(path)
}

/// The variable of a person's token.
fn variable(login: &str) -> String {
    format!("${}", login.to_uppercase())
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-".contains(letter);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
