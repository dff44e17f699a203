//! What git asks when it needs a password for the forge (gitcredentials(7)).

use std::io::{self, BufRead};

use clap::Args;

use crate::{
    context::Context,
    failure::{Exit, Failure},
    hosts::Host,
};

#[derive(Debug, Args)]
pub(crate) struct GitCredential {
    #[arg(value_parser = ["get", "store", "erase"])]
    operation: String,
}

impl GitCredential {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        // Tokens are kept by `login` and forgotten by `logout`, never by git.
        if self.operation != "get" {
            return Ok(());
        }
        let asked = asked(io::stdin().lock())
            .map_err(|error| Failure::new(Exit::Failed, "git", error.to_string()))?;
        let hosts = context.hosts()?;
        // A forge may stand below a path git does not tell: the origin decides.
        let same = |host: &Host| {
            asked.as_ref().is_some_and(|asked| {
                host == asked || host.as_str().starts_with(&format!("{asked}/"))
            })
        };
        match hosts.all().find(|(host, _)| same(host)) {
            Some((_, account)) => context.output.bytes(
                format!("username={}\npassword={}\n", account.login, account.token).as_bytes(),
            ),
            // Silence lets git go on to ask the person.
            None => Ok(()),
        }
    }
}

/// The forge git asks about.
fn asked(input: impl BufRead) -> io::Result<Option<Host>> {
    let (mut protocol, mut host) = (None, None);
    for line in input.lines() {
        let line = line?;
        match line.split_once('=') {
            Some(("protocol", value)) => protocol = Some(value.to_owned()),
            Some(("host", value)) => host = Some(value.to_owned()),
            Some(_) => {}
            None => break,
        }
    }
    let whole = protocol.zip(host);
    Ok(whole.and_then(|(protocol, host)| Host::parse(&format!("{protocol}://{host}"))))
}
