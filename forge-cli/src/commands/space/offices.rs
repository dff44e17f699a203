//! `forge space seat` and `entrust`: who coordinates, and who carries a space.

use clap::Args;
use forge_api::votes::{NewOffice, SetSeat, Vote};
use serde_json::json;
use ureq::http::Method;

use crate::{client::path, commands::vote, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Seat {
    space: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    take_back: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Entrust {
    space: String,
    #[arg(long, value_parser = ["lead", "treasurer"])]
    office: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    explanation: Option<String>,
}

impl Seat {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = SetSeat { coordinates: !self.take_back };
        let path = path(&["spaces", &self.space, "members", &self.council, "seat"]);
        context.client()?.changed(Method::PUT, &path, &body)?;
        let answer = json!({"council": self.council, "coordinates": body.coordinates});
        context.output.answer(&answer, || context.texts.say("cli-done"))
    }
}

impl Entrust {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewOffice {
            office: self.office.clone(),
            council: self.council.clone(),
            explanation: self.explanation.clone(),
        };
        let path = path(&["spaces", &self.space, "offices"]);
        let told: Vote = context.client()?.change(Method::POST, &path, &body)?;
        vote::answer(context, &told)
    }
}
