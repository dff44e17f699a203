//! `forge status`: what programs say of commits.

use std::{
    thread,
    time::{Duration, Instant},
};

use clap::{Args, Subcommand};
use forge_api::dialect::{CombinedStatus, CommitStatus, CreateStatus, StatusState};
use ureq::http::Method;

use crate::{
    client::{Client, path},
    context::Context,
    failure::{Exit, Failure},
    git::Git,
    hosts::Host,
    shown,
    table::Table,
    text::Texts,
};

/// How long to wait before asking again whether checks have ended.
const PAUSE: Duration = Duration::from_secs(3);

#[derive(Debug, Subcommand)]
pub(crate) enum Status {
    List(List),
    Set(Set),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    revision: Option<String>,
    #[arg(long, short = 'R', value_name = "OWNER/MODULE")]
    module: Option<String>,
    #[arg(long)]
    wait: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, requires = "wait")]
    patience: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    revision: Option<String>,
    #[arg(long, short = 'R', value_name = "OWNER/MODULE")]
    module: Option<String>,
    #[arg(long, value_parser = ["pending", "success", "warning", "failure", "error"])]
    state: String,
    #[arg(long)]
    context: Option<String>,
    #[arg(long)]
    url: Option<String>,
    #[arg(long)]
    description: Option<String>,
}

impl Status {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Set(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let place = Place::find(context, &client, (&self.module, &self.revision))?;
        let at =
            path(&["repos", &place.owner, &place.module, "commits", &place.revision, "status"]);
        let told = if self.wait { self.wait(context, &client, &at)? } else { client.get(&at)? };
        context.output.answer(&told, || words(&told, context))?;
        if !self.wait || matches!(told.state, StatusState::Success | StatusState::Warning) {
            return Ok(());
        }
        // In JSON the answer has told it already.
        if context.output.is_json() {
            return Err(Failure::told(Exit::Failed));
        }
        let said = context.texts.say("cli-status-failed");
        Err(Failure::new(Exit::Failed, "checks_failed", said))
    }

    fn wait(
        &self,
        context: &Context,
        client: &Client<'_>,
        at: &str,
    ) -> Result<CombinedStatus, Failure> {
        let begun = Instant::now();
        let mut shown = String::new();
        loop {
            let told: CombinedStatus = client.get(at)?;
            if told.state != StatusState::Pending {
                return Ok(told);
            }
            let progress = progress(&told, &context.texts);
            if progress != shown {
                eprintln!("{progress}");
                shown = progress;
            }
            if begun.elapsed() >= Duration::from_secs(self.patience) {
                let args = [("seconds", self.patience.to_string().into())];
                let said = context.texts.with("cli-status-impatient", &args);
                return Err(Failure::new(Exit::Failed, "checks_pending", said)
                    .hint(context.texts.say("cli-status-impatient-hint")));
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Set {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let place = Place::find(context, &client, (&self.module, &self.revision))?;
        let body = CreateStatus {
            state: Some(self.state.clone()),
            target_url: self.url.clone(),
            description: self.description.clone(),
            context: self.context.clone(),
        };
        let at = path(&["repos", &place.owner, &place.module, "statuses", &place.revision]);
        let told: CommitStatus = client.change(Method::POST, &at, &body)?;
        context.output.answer(&told, || table(std::slice::from_ref(&told), &context.texts).render())
    }
}

/// A commit of a module, as it was named or found in the present folder.
struct Place {
    owner: String,
    module: String,
    revision: String,
}

impl Place {
    fn find(
        context: &Context,
        client: &Client<'_>,
        (module, revision): (&Option<String>, &Option<String>),
    ) -> Result<Self, Failure> {
        let here = Git::new(".", &context.texts);
        let module = match module {
            Some(named) => Some(named.clone()),
            None => module_here(&here, client.host()),
        };
        let parts = module.as_deref().and_then(|name| name.split_once('/'));
        let Some((owner, module)) = parts else {
            let args = [("host", client.host().to_string().into())];
            let said = context.texts.with("cli-no-module-here", &args);
            return Err(Failure::new(Exit::Usage, "module_missing", said)
                .hint(context.texts.say("cli-no-module-here-hint")));
        };
        let revision = match revision {
            Some(named) => named.clone(),
            None => here.text(&["rev-parse", "--verify", "HEAD^{commit}"])?,
        };
        Ok(Self { owner: owner.to_owned(), module: module.to_owned(), revision })
    }
}

/// The module of the forge that a working copy was cloned from or is pushed to.
fn module_here(here: &Git<'_>, host: &Host) -> Option<String> {
    let remotes = here.text(&["remote", "-v"]).ok()?;
    let addresses = remotes.lines().filter_map(|line| line.split_whitespace().nth(1));
    let base = host.join("/");
    addresses.filter_map(|address| address.strip_prefix(&base)).find_map(|path| {
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let is_module = path.split('/').count() == 2;
        is_module.then(|| path.to_owned())
    })
}

fn progress(told: &CombinedStatus, texts: &Texts) -> String {
    if told.statuses.is_empty() {
        return texts.say("cli-status-none-yet");
    }
    let pending = told.statuses.iter().filter(|one| one.status == StatusState::Pending).count();
    let args = [("pending", pending.into()), ("total", told.statuses.len().into())];
    texts.with("cli-status-waiting", &args)
}

fn words(told: &CombinedStatus, context: &Context) -> String {
    context.listed(told.statuses.len(), &table(&told.statuses, &context.texts))
}

fn table(statuses: &[CommitStatus], texts: &Texts) -> Table {
    let headings = ["cli-col-check", "cli-col-result", "cli-col-description", "cli-col-address"];
    let mut table = Table::headed(texts, &headings);
    for one in statuses {
        table.row(vec![
            one.context.clone(),
            shown::word("status-state", &one.status, texts),
            one.description.clone(),
            one.target_url.clone(),
        ]);
    }
    table
}
