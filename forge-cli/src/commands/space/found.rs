//! `forge space found`.

use clap::Args;
use forge_api::spaces::{NewSpace, Space};
use ureq::http::Method;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Found {
    #[arg(long)]
    slug: String,
    #[arg(long)]
    title: String,
    #[arg(long, value_name = "COUNCIL")]
    lead: String,
    #[arg(long, value_name = "COUNCIL")]
    treasurer: Option<String>,
    #[arg(long)]
    purpose: Option<String>,
    #[arg(long)]
    currency: Option<String>,
    #[arg(long, value_name = "SPDX")]
    licence: Option<String>,
    #[arg(long)]
    time_zone: Option<String>,
    // Not `--lang`, which is the language of what the command says.
    #[arg(long, value_parser = ["fr", "en"])]
    papers: Option<String>,
}

impl Found {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewSpace {
            slug: self.slug.clone(),
            title: self.title.clone(),
            purpose: self.purpose.clone(),
            lead: self.lead.clone(),
            treasurer: self.treasurer.clone(),
            lang: self.papers.clone(),
            currency: self.currency.clone(),
            default_licence: self.licence.clone(),
            time_zone: self.time_zone.clone(),
        };
        let told: Space = context.client()?.change(Method::POST, "/spaces", &body)?;
        context.output.answer(&told, || {
            let args = [("space", (&told.title).into()), ("page", (&told.html_url).into())];
            context.texts.with("cli-space-founded", &args)
        })
    }
}
