//! What every command is given: flags, words, and who one is on which forge.

use std::{io, path::PathBuf};

use crate::{
    args::Globals,
    client::Client,
    failure::{Exit, Failure},
    hosts::{self, Host, Hosts},
    output::Output,
    prompt,
    table::Table,
    text::Texts,
};

/// The surroundings of a command.
pub(crate) struct Context {
    /// The flags every command takes.
    pub globals: Globals,
    /// The words.
    pub texts: Texts,
    /// The way of answering.
    pub output: Output,
}

impl Context {
    /// Puts the surroundings together; nothing is read yet.
    pub const fn new(globals: Globals, texts: Texts, output: Output) -> Self {
        Self { globals, texts, output }
    }

    /// The forge meant: by flag, by environment, or the one signed in to last.
    pub fn host(&self) -> Result<Host, Failure> {
        match self.named_host()? {
            Some(host) => Ok(host),
            None => self.hosts()?.default_host().ok_or_else(|| self.not_signed_in()),
        }
    }

    /// The forge named by flag or environment.
    pub fn named_host(&self) -> Result<Option<Host>, Failure> {
        self.globals.host.as_deref().map(|text| self.read_host(text)).transpose()
    }

    /// Reads an address somebody wrote.
    pub fn read_host(&self, text: &str) -> Result<Host, Failure> {
        Host::parse(text).ok_or_else(|| {
            let message = self.texts.with("cli-bad-host", &[("host", text.into())]);
            Failure::new(Exit::Usage, "invalid_host", message)
        })
    }

    /// The token for a forge: by flag, by environment, or the one kept for it.
    pub fn token(&self, host: &Host) -> Result<Option<String>, Failure> {
        let given = self.globals.token.clone().filter(|token| !token.is_empty());
        if given.is_some() {
            return Ok(given);
        }
        Ok(self.hosts()?.account(host).map(|account| account.token.clone()))
    }

    /// Speaks with the forge meant, signed in where one is.
    pub fn client(&self) -> Result<Client<'_>, Failure> {
        let host = self.host()?;
        let token = self.token(&host)?;
        Ok(Client::new(host, token, &self.texts))
    }

    /// The forges one has signed in to.
    pub fn hosts(&self) -> Result<Hosts, Failure> {
        let path = self.hosts_path()?;
        Hosts::load(&path).map_err(|error| self.config_failure(&path, &error))
    }

    /// Keeps the forges one has signed in to.
    pub fn save_hosts(&self, hosts: &Hosts) -> Result<(), Failure> {
        let path = self.hosts_path()?;
        hosts.save(&path).map_err(|error| self.config_failure(&path, &error))
    }

    /// Says that one is not signed in.
    pub fn not_signed_in(&self) -> Failure {
        Failure::new(Exit::NotAllowed, "not_signed_in", self.texts.say("cli-not-signed-in"))
    }

    /// A list in words: its table, or that there is nothing.
    pub fn listed(&self, count: usize, table: &Table) -> String {
        if count == 0 { self.texts.say("cli-empty") } else { table.render() }
    }

    /// Asks for a word to be typed, before something that cannot be undone; `--yes` stands for it
    /// where nobody is at the terminal.
    pub fn typed(&self, question: &str, word: &str) -> Result<(), Failure> {
        let asked = self.texts.with(question, &[("word", word.to_uppercase().into())]);
        let answer = prompt::line(&asked).unwrap_or_default();
        if answer.to_lowercase() == word.to_lowercase() {
            return Ok(());
        }
        Err(Failure::new(Exit::Failed, "not_confirmed", self.texts.say("cli-not-confirmed"))
            .hint(self.texts.say("cli-not-confirmed-hint")))
    }

    fn hosts_path(&self) -> Result<PathBuf, Failure> {
        hosts::path()
            .ok_or_else(|| Failure::new(Exit::Failed, "no_home", self.texts.say("cli-no-home")))
    }

    fn config_failure(&self, path: &std::path::Path, error: &io::Error) -> Failure {
        let args =
            [("path", path.display().to_string().into()), ("reason", error.to_string().into())];
        Failure::new(Exit::Failed, "configuration", self.texts.with("cli-config-failed", &args))
    }
}
