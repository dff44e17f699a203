//! `forge auth logout`: forget the token kept for a forge.

use clap::Args;
use serde_json::json;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Logout {}

impl Logout {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let host = context.host()?;
        let mut hosts = context.hosts()?;
        if !hosts.sign_out(&host) {
            return Err(context.not_signed_in());
        }
        context.save_hosts(&hosts)?;
        let answer = json!({"host": host.as_str(), "signed_out": true});
        context.output.answer(&answer, || {
            context.texts.with("cli-logout-done", &[("host", host.as_str().into())])
        })
    }
}
