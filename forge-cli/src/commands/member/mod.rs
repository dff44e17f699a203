//! `forge member`: who acts for a council.

mod mandate;
mod role;

use clap::{Args, Subcommand};
use forge_api::members::{
    AcceptInvitation, HeldRole, Invitation, Mandate, NewInvitation, Role as Word,
};
use serde::Serialize;
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, context::Context, failure::Failure, shown, table::Table, text::Texts};

#[derive(Debug, Subcommand)]
pub(crate) enum Member {
    List(List),
    Invite(Invite),
    Accept(Accept),
    #[command(subcommand)]
    Role(role::Role),
    #[command(subcommand)]
    Mandate(mandate::Mandate),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[arg(long)]
    council: String,
}

#[derive(Debug, Args)]
pub(crate) struct Invite {
    #[arg(long)]
    council: String,
    #[arg(long, value_parser = role::word)]
    role: Word,
    #[arg(long)]
    email: Option<String>,
    #[arg(long)]
    days: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct Accept {
    link: String,
}

/// Everybody who acts for a council.
#[derive(Serialize)]
struct Everybody {
    roles: Vec<HeldRole>,
    mandates: Vec<Mandate>,
    invitations: Vec<Invitation>,
}

impl Member {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Invite(command) => command.run(context),
            Self::Accept(command) => command.run(context),
            Self::Role(command) => command.run(context),
            Self::Mandate(command) => command.run(context),
        }
    }
}

impl List {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let of = |what: &str| path(&["councils", &self.council, what]);
        let found = Everybody {
            roles: client.list(&of("roles"))?,
            mandates: client.list(&of("mandates"))?,
            invitations: client.list(&of("invitations"))?,
        };
        context.output.answer(&found, || everybody(&found, &context.texts))
    }
}

impl Invite {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewInvitation { role: self.role, email: self.email.clone(), days: self.days };
        let path = path(&["councils", &self.council, "invitations"]);
        let made: Invitation = context.client()?.change(Method::POST, &path, &body)?;
        context.output.answer(&made, || {
            let args = [
                ("link", made.url.clone().unwrap_or_default().into()),
                ("until", shown::day(&made.expires_at, &context.texts).into()),
            ];
            context.texts.with("cli-member-invited", &args)
        })
    }
}

impl Accept {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = AcceptInvitation { link: self.link.clone() };
        context.client()?.changed(Method::POST, "/invitations/accept", &body)?;
        let answer = json!({"accepted": true});
        context.output.answer(&answer, || context.texts.say("cli-member-accepted"))
    }
}

fn everybody(found: &Everybody, texts: &Texts) -> String {
    let mut roles = Table::headed(
        texts,
        &["cli-col-person", "cli-col-role", "cli-col-since", "cli-col-until", "cli-col-id"],
    );
    for held in &found.roles {
        roles.row(vec![
            held.person.clone(),
            shown::word("role", &held.role, texts),
            shown::day(&held.valid_from, texts),
            shown::some_day(held.valid_until.as_deref(), texts),
            held.id.to_string(),
        ]);
    }
    let mut parts = vec![roles.render()];
    if !found.mandates.is_empty() {
        parts.push(mandate::table(&found.mandates, texts));
    }
    for invitation in &found.invitations {
        let args = [
            ("role", shown::word("role", &invitation.role, texts).into()),
            ("email", invitation.email.clone().unwrap_or_default().into()),
            ("until", shown::day(&invitation.expires_at, texts).into()),
        ];
        parts.push(texts.with("cli-member-invitation", &args));
    }
    parts.join("\n\n")
}
