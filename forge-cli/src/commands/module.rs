//! `forge module`: what there is, a copy of it, and what its page says.

use std::process::Stdio;

use clap::{Args, Subcommand};
use forge_api::{
    dialect::{EditRepo, Repository, SearchResults, User},
    modules::Visibility,
};
use serde_json::json;
use ureq::http::Method;

use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
    git::{self, Git},
    shown,
    table::Table,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Module {
    List(List),
    View(View),
    Clone(CloneModule),
    Edit(Edit),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    words: Option<String>,
    #[arg(long)]
    owner: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct View {
    #[arg(value_name = "OWNER/MODULE")]
    module: String,
}

#[derive(Debug, Args)]
pub(crate) struct CloneModule {
    #[arg(value_name = "OWNER/MODULE")]
    module: String,
    folder: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    #[arg(value_name = "OWNER/MODULE")]
    module: String,
    #[arg(long)]
    description: Option<String>,
    #[arg(long)]
    branch: Option<String>,
    #[arg(long, value_parser = ["council", "space"])]
    visibility: Option<String>,
}

impl Module {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::View(command) => command.run(context),
            Self::Clone(command) => command.run(context),
            Self::Edit(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let found: Vec<Repository> = match &self.owner {
            Some(owner) => client.list(&path(&["users", owner, "repos"]))?,
            None => {
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.append_pair("q", self.words.as_deref().unwrap_or_default());
                query.append_pair("limit", "50");
                let results: SearchResults =
                    client.get(&format!("/repos/search?{}", query.finish()))?;
                results.data
            }
        };
        context.output.answer(&found, || {
            let headings =
                ["cli-col-module", "cli-col-visibility", "cli-col-updated", "cli-col-description"];
            let mut table = Table::headed(&context.texts, &headings);
            for module in &found {
                table.row(vec![
                    module.full_name.clone(),
                    visibility(context, module),
                    shown::some_day(module.updated_at.as_deref(), &context.texts),
                    module.description.clone(),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

impl View {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        show(context, &find(context, &self.module)?)
    }
}

impl Edit {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let module = find(context, &self.module)?;
        let edit = EditRepo {
            description: self.description.clone(),
            default_branch: self.branch.clone(),
            visibility: self.visibility.as_deref().map(|word| match word {
                "space" => Visibility::Space,
                _ => Visibility::Council,
            }),
            ..EditRepo::default()
        };
        let place = path(&["repos", &module.owner.login, &module.name]);
        show(context, &context.client()?.change(Method::PATCH, &place, &edit)?)
    }
}

fn show(context: &Context, module: &Repository) -> Result<(), Failure> {
    context.output.answer(module, || {
        let texts = &context.texts;
        let mut table = Table::of_pairs();
        table.pair(texts.say("cli-col-module"), &*module.full_name);
        table.pair(texts.say("cli-col-description"), &*module.description);
        table.pair(texts.say("cli-col-visibility"), visibility(context, module));
        table.pair(texts.say("cli-col-branch"), &*module.default_branch);
        table.pair(texts.say("cli-col-page"), &*module.html_url);
        table.pair("git".to_owned(), &*module.clone_url);
        table.render()
    })
}

impl CloneModule {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let module = find(context, &self.module)?;
        let client = context.client()?;
        let git = Git::new(".", &context.texts);
        let folder = self.folder.clone().unwrap_or_else(|| module.name.clone());
        let mut arguments = Vec::new();
        if client.token().is_some() {
            arguments.extend(git::sign_in_options());
        }
        arguments.extend(["clone", "--", &module.clone_url, &folder]);
        let mut command = git.command(&arguments);
        if let Some(token) = client.token() {
            let user: User = client.get("/user")?;
            git::sign_in(&mut command, &user.login, token);
        }
        // Its progress is for the person; its output is not the answer.
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        let status = status.map_err(|error| git.failed(&error.to_string()))?;
        if !status.success() {
            return Err(git.failed("clone"));
        }
        let answer = json!({"module": module.full_name, "folder": folder});
        context.output.answer(&answer, || {
            context.texts.with("cli-module-cloned", &[("folder", folder.clone().into())])
        })
    }
}

/// A module by `owner/name`.
fn find(context: &Context, module: &str) -> Result<Repository, Failure> {
    let parts = module
        .split_once('/')
        .filter(|(owner, name)| !owner.is_empty() && !name.is_empty() && !name.contains('/'));
    let (owner, name) = parts.ok_or_else(|| {
        let message = context.texts.with("cli-module-name", &[("module", module.into())]);
        Failure::new(Exit::Usage, "invalid_module", message)
    })?;
    context.client()?.get(&path(&["repos", owner, name.trim_end_matches(".git")]))
}

fn visibility(context: &Context, module: &Repository) -> String {
    let key = match module.visibility {
        Visibility::Council => "cli-module-council",
        Visibility::Space => "cli-module-space",
        Visibility::Public => "cli-module-public",
    };
    context.texts.say(key)
}
