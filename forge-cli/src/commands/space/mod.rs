//! `forge space`: the spaces councils share.

mod charter;
mod found;
mod membership;
mod offices;

use clap::{Args, Subcommand};
use forge_api::spaces::Space as Told;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Subcommand)]
pub(crate) enum Space {
    List(List),
    View(View),
    Found(found::Found),
    Join(membership::Join),
    Admit(membership::Admit),
    Leave(membership::Leave),
    Seat(offices::Seat),
    Entrust(offices::Entrust),
    #[command(subcommand)]
    Charter(charter::Charter),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    words: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct View {
    space: String,
}

impl Space {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::View(command) => {
                let told: Told = context.client()?.get(&path(&["spaces", &command.space]))?;
                context.output.answer(&told, || sheet(&told, &context.texts))
            }
            Self::Found(command) => command.run(context),
            Self::Join(command) => command.run(context),
            Self::Admit(command) => command.run(context),
            Self::Leave(command) => command.run(context),
            Self::Seat(command) => command.run(context),
            Self::Entrust(command) => command.run(context),
            Self::Charter(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", self.words.as_deref().unwrap_or_default());
        let found: Vec<Told> = context.client()?.list(&format!("/spaces?{}", query.finish()))?;
        context.output.answer(&found, || {
            let headings = ["cli-col-space", "cli-col-name", "cli-col-lead", ">cli-col-members"];
            let mut table = Table::headed(&context.texts, &headings);
            for space in &found {
                let members = i64::try_from(space.members.len()).unwrap_or(i64::MAX);
                table.row(vec![
                    space.slug.clone(),
                    space.title.clone(),
                    space.lead.clone(),
                    context.texts.formats().number(members),
                ]);
            }
            context.listed(found.len(), &table)
        })
    }
}

fn sheet(told: &Told, texts: &Texts) -> String {
    let mut table = Table::of_pairs();
    table.pair(texts.say("cli-col-space"), &*told.slug);
    table.pair(texts.say("cli-col-name"), &*told.title);
    table.pair(texts.say("cli-col-purpose"), &*told.purpose);
    table.pair(texts.say("cli-col-lead"), &*told.lead);
    table.pair(texts.say("cli-col-treasurer"), &*told.treasurer);
    table.pair(texts.say("cli-col-licence"), &*told.default_licence);
    table.pair(texts.say("cli-col-page"), &*told.html_url);
    table.pair("git".to_owned(), &*told.meta_clone_url);
    let mut members = Table::headed(texts, &["cli-col-council", "cli-col-state", "cli-col-since"]);
    for member in &told.members {
        members.row(vec![
            member.council.clone(),
            shown::word("cli-membership", &member.status, texts),
            shown::day(&member.since, texts),
        ]);
    }
    format!("{}\n\n{}", table.render(), members.render())
}
