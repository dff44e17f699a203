//! `forge-server admin user`.

use clap::{Args, Subcommand};
use forge_domain::names::Slug;
use forge_server::{
    actions::{
        erasure::ErasePerson,
        people::{
            ChangePassword, CreateAdministrator, CreatePerson, DisablePerson, EnablePerson,
            NewAccount,
        },
    },
    app::App,
    auth::console,
};

use super::{act, password_from_input};

/// Accounts of people.
#[derive(Subcommand)]
pub enum User {
    /// Make an account.
    Create(Create),
    /// Disable an account: its sessions and tokens end at once.
    Disable {
        /// Whose.
        login: Slug,
    },
    /// Let a disabled account sign in again.
    Enable {
        /// Whose.
        login: Slug,
    },
    /// Erase an account: its name and address go for good, what was done stays under a number.
    Erase {
        /// Whose.
        login: Slug,
        /// The login again.
        #[arg(long, value_name = "LOGIN")]
        confirm: String,
    },
    /// Give an account a new password, read from standard input; every session ends.
    Password {
        /// Whose.
        login: Slug,
        /// End the account's tokens too.
        #[arg(long)]
        end_tokens: bool,
    },
}

/// Make an account.
#[derive(Args)]
pub struct Create {
    /// The name in addresses.
    #[arg(long)]
    login: String,
    /// The name people write.
    #[arg(long)]
    name: String,
    /// The professional address.
    #[arg(long)]
    email: String,
    /// Read the password from standard input; without it, the person signs in by a provider.
    #[arg(long)]
    password_stdin: bool,
    /// Make an administrator.
    #[arg(long)]
    administrator: bool,
}

impl User {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<()> {
        let by = console::administrator(app).await?;
        match self {
            Self::Create(create) => return create.run(app).await,
            Self::Disable { login } => act(app, &by, DisablePerson { login }).await?,
            Self::Enable { login } => act(app, &by, EnablePerson { login }).await?,
            Self::Erase { login, confirm } => {
                act(app, &by, ErasePerson { login, confirmation: confirm }).await?;
            }
            Self::Password { login, end_tokens } => {
                let by = console::person(app, &login).await?;
                let password_hash = password_from_input(app).await?;
                let change = ChangePassword { password_hash, kept_session: None, end_tokens };
                act(app, &by, change).await?;
            }
        }
        Ok(())
    }
}

impl Create {
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let password_hash = match self.password_stdin {
            true => Some(password_from_input(app).await?),
            false => None,
        };
        let login = self.login.clone();
        let account =
            NewAccount { login: self.login, name: self.name, email: self.email, password_hash };
        let by = console::administrator(app).await?;
        if self.administrator {
            act(app, &by, CreateAdministrator { link: None, account }).await?;
        } else {
            act(app, &by, CreatePerson { account }).await?;
        }
        println!("{}", login.to_ascii_lowercase());
        Ok(())
    }
}
