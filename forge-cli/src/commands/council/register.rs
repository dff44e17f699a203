//! `forge council register`.

use clap::Args;
use forge_api::councils::{Council, NewCouncil, OfficialId, Population};
use ureq::http::Method;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Register {
    #[arg(long)]
    slug: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    kind: Option<String>,
    #[arg(long)]
    country: Option<String>,
    #[arg(long)]
    currency: Option<String>,
    #[arg(long, value_name = "URL")]
    website: Option<String>,
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
    #[arg(long = "id", value_name = "SCHEME:VALUE", value_parser = identifier)]
    ids: Vec<OfficialId>,
    #[arg(long = "population", value_name = "KIND:YEAR:COUNT", value_parser = population)]
    populations: Vec<Population>,
}

impl Register {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewCouncil {
            slug: self.slug.clone(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            country: self.country.clone(),
            currency: self.currency.clone(),
            website: self.website.clone(),
            email_domains: self.domains.clone(),
            ids: self.ids.clone(),
            populations: self.populations.clone(),
        };
        let told: Council = context.client()?.change(Method::POST, "/councils", &body)?;
        context.output.answer(&told, || {
            context.texts.with("cli-council-registered", &[("council", (&told.name).into())])
        })
    }
}

fn identifier(text: &str) -> Result<OfficialId, &'static str> {
    let (scheme, value) = text.split_once(':').ok_or("siren:213000003")?;
    Ok(OfficialId { scheme: scheme.to_owned(), value: value.to_owned() })
}

/// Reads `municipale:2026:12345`.
pub(super) fn population(text: &str) -> Result<Population, &'static str> {
    const EXAMPLE: &str = "municipale:2026:12345";
    let mut parts = text.splitn(3, ':');
    let mut next = || parts.next().filter(|part| !part.is_empty()).ok_or(EXAMPLE);
    let (kind, vintage, value) = (next()?.to_owned(), next()?.to_owned(), next()?);
    let value = value.parse().map_err(|_| EXAMPLE)?;
    Ok(Population { kind, vintage, value, reference_date: None, source: None })
}
