//! `forge auth token`: the token for a forge, for scripts.

use clap::Args;
use serde_json::json;

use crate::{context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Token {}

impl Token {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let host = context.host()?;
        let token = context.token(&host)?.ok_or_else(|| context.not_signed_in())?;
        context.output.answer(&json!({"host": host.as_str(), "token": token}), || token.clone())
    }
}
