//! `forge-server admin council`.

use clap::{Args, Subcommand};
use forge_domain::{access::Role, names::Slug};
use forge_server::{
    actions::{
        councils::{RegisterCouncil, SuspendCouncil, VerifyCouncil},
        invitations::{DAYS_DEFAULT, InviteToCouncil},
    },
    app::App,
    auth::console,
};
use forge_store::councils::Population;

use super::act;

/// Councils.
#[derive(Subcommand)]
pub enum Council {
    /// Register a council; it waits until it is verified.
    Register(Register),
    /// Say that a council is who it says it is.
    Verify {
        /// Its name in addresses.
        council: Slug,
        /// How you made sure: letter, register, domain. Kept in the audit log.
        #[arg(long, default_value = "")]
        proof: String,
    },
    /// Suspend a council: its people hold no role there until it is verified again.
    Suspend {
        /// Its name in addresses.
        council: Slug,
        /// Why. Kept in the audit log.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Print a one-time link that gives a role in a council.
    Invite {
        /// Its name in addresses.
        council: Slug,
        /// The role: developer, maintainer, lead, finance, auditor or supplier.
        #[arg(long)]
        role: Role,
        /// Whom it is meant for: then it serves that address only.
        #[arg(long, default_value = "")]
        email: String,
        /// For how many days it works.
        #[arg(long, default_value_t = DAYS_DEFAULT)]
        days: i64,
    },
}

/// Register a council.
#[derive(Args)]
pub struct Register {
    /// Its name in addresses.
    #[arg(long)]
    slug: String,
    /// Its name.
    #[arg(long)]
    name: String,
    /// commune, epci, departement …
    #[arg(long, default_value = "commune")]
    kind: String,
    /// Country, as an ISO 3166 code.
    #[arg(long, default_value = "FR")]
    country: String,
    /// The currency it counts in, ISO 4217; the country's where left out.
    #[arg(long, default_value = "")]
    currency: String,
    /// Its own site.
    #[arg(long, default_value = "")]
    website: String,
    /// An official identifier, as in siren:213000003. May be repeated.
    #[arg(long = "id", value_name = "SCHEME:VALUE", value_parser = identifier)]
    ids: Vec<(String, String)>,
    /// A mail domain its people write from. May be repeated.
    #[arg(long = "domain")]
    domains: Vec<String>,
    /// Inhabitants, as in municipale:2026:12345. May be repeated.
    #[arg(long = "population", value_name = "KIND:YEAR:COUNT", value_parser = population)]
    populations: Vec<Population>,
}

impl Council {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<()> {
        let by = console::administrator(app).await?;
        match self {
            Self::Register(new) => {
                let register = RegisterCouncil {
                    slug: new.slug,
                    name: new.name,
                    kind: new.kind,
                    country: new.country,
                    currency: new.currency,
                    website: new.website,
                    domains: new.domains,
                    identifiers: new.ids,
                    populations: new.populations,
                };
                println!("{}", act(app, &by, register).await?.slug);
            }
            Self::Verify { council, proof } => {
                act(app, &by, VerifyCouncil { slug: council, proof }).await?;
            }
            Self::Suspend { council, reason } => {
                act(app, &by, SuspendCouncil { slug: council, reason }).await?;
            }
            Self::Invite { council, role, email, days } => {
                let link = act(app, &by, InviteToCouncil { council, role, email, days }).await?;
                println!("{}/-/invitation/{}", app.public_url, link.secret);
            }
        }
        Ok(())
    }
}

fn identifier(text: &str) -> Result<(String, String), String> {
    let (scheme, value) = text.split_once(':').ok_or("write it as register:value")?;
    Ok((scheme.to_owned(), value.to_owned()))
}

fn population(text: &str) -> Result<Population, String> {
    let wrong = || "write it as kind:year:inhabitants".to_owned();
    let mut parts = text.splitn(3, ':');
    let mut next = || parts.next().ok_or_else(wrong);
    let (kind, vintage, value) = (next()?.to_owned(), next()?.to_owned(), next()?);
    let value = value.parse().map_err(|_| wrong())?;
    Ok(Population { kind, vintage, value, reference_date: None, source_url: None })
}
