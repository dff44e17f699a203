//! `forge auth`: who one is on which forge.

mod git_credential;
mod login;
mod logout;
mod setup_git;
mod status;
mod token;

use clap::Subcommand;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Subcommand)]
pub(crate) enum Auth {
    Login(login::Login),
    Logout(logout::Logout),
    Status(status::Status),
    Token(token::Token),
    SetupGit(setup_git::SetupGit),
    // What `setup-git` tells git to run; nobody types it.
    #[command(hide = true)]
    GitCredential(git_credential::GitCredential),
}

impl Auth {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Login(command) => command.run(context),
            Self::Logout(command) => command.run(context),
            Self::Status(command) => command.run(context),
            Self::Token(command) => command.run(context),
            Self::SetupGit(command) => command.run(context),
            Self::GitCredential(command) => command.run(context),
        }
    }
}
