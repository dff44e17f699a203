//! `forge-server doctor`.

use std::process::ExitCode;

use clap::Args;
use forge_git::{Limits, Repositories};
use forge_messages::{Arg, Messages};
use forge_server::{config::Config, data, mail::Mailer};
use forge_store::{Db, Location, migrations};

use super::settings::Settings;

/// Look at what the forge needs, and say in a sentence each what is missing; change nothing.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    settings: Settings,
}

/// What was looked at, and what was found or what is wrong.
type Finding = (&'static str, Result<String, String>);

impl Doctor {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        super::start_logging();
        let config = self.settings.resolve()?;
        let locale = config.locale;
        let messages = Messages::embedded()?;
        super::block_on(async {
            let mut healthy = true;
            for (what, found) in look(&config).await {
                let (key, text) = match &found {
                    Ok(text) => ("doctor-good", text),
                    Err(why) => ("doctor-bad", why),
                };
                healthy &= found.is_ok();
                let what = messages.text(locale, &format!("doctor-{what}"), &[]);
                let words = [("what", Arg::from(what)), ("found", Arg::from(text))];
                println!("{}", messages.text(locale, key, &words));
            }
            Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        })
    }
}

async fn look(config: &Config) -> Vec<Finding> {
    let folder = data::refuse_unfinished(&config.data)
        .and_then(|()| data::prepare(&config.data))
        .map(|()| config.data.display().to_string())
        .map_err(|error| error.to_string());
    let usable = folder.is_ok();
    let mut findings = vec![("folder", folder)];
    if usable {
        findings.push(("git", git(config).await));
        findings.push(("database", database(config).await));
    }
    let listened = forge_server::listen(config.listen).await;
    let address = listened.map(|_| config.listen.to_string()).map_err(|error| error.to_string());
    findings.push(("address", address));
    findings.push(("mail", mail(config).await));
    findings
}

async fn mail(config: &Config) -> Result<String, String> {
    let Some(settings) = &config.mail else {
        return Ok("none: people are told in their inbox only".to_owned());
    };
    let mailer = Mailer::new(config.mail.clone(), "localhost".to_owned());
    let server = format!("{}:{}", settings.host, settings.port);
    mailer.answers().await.map(|()| server).map_err(|error| error.to_string())
}

/// Beside the repositories, so that looking leaves nothing where nothing was.
async fn git(config: &Config) -> Result<String, String> {
    let folder = tempfile::tempdir_in(&config.data).map_err(|error| error.to_string())?;
    let opened = Repositories::open(folder.path(), Limits::default()).await;
    let version = opened.map_err(|error| error.to_string())?.git_version();
    Ok(format!("git {version}"))
}

async fn database(config: &Config) -> Result<String, String> {
    if let Location::Sqlite(file) = &config.database
        && !file.exists()
    {
        return Ok("schema 0".to_owned());
    }
    let looked = async {
        let db = Db::open(&config.database).await?;
        let applied = migrations::applied(&db).await?;
        // An empty one is what `serve` fills at its first start.
        let checked = if applied == 0 { Ok(()) } else { migrations::check(&db).await };
        let complaints = db.complaints().await?;
        db.close().await;
        checked.map(|()| (applied, complaints))
    };
    match looked.await {
        Ok((applied, complaints)) if complaints.is_empty() => Ok(format!("schema {applied}")),
        Ok((_, complaints)) => Err(complaints.join("; ")),
        Err(error) => Err(error.to_string()),
    }
}
