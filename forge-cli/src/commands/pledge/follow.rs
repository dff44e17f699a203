//! `forge pledge schedule` and `confirm-order`: what the finance service records.

use clap::Args;
use forge_api::pledges::{Pledge, PledgeOrder, PledgeSchedule};
use ureq::http::Method;

use super::summary;
use crate::{client::path, context::Context, failure::Failure};

#[derive(Debug, Args)]
pub(crate) struct Schedule {
    pledge: String,
    #[arg(long, value_name = "DATE")]
    on: String,
    #[arg(long)]
    body: String,
}

#[derive(Debug, Args)]
pub(crate) struct ConfirmOrder {
    pledge: String,
    #[arg(long)]
    number: String,
    #[arg(long, value_name = "CODE")]
    service: Option<String>,
}

impl Schedule {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = PledgeSchedule { planned_on: self.on.clone(), body: self.body.clone() };
        let path = path(&["pledges", &self.pledge, "schedule"]);
        let told: Pledge = context.client()?.change(Method::POST, &path, &body)?;
        summary(context, &told)
    }
}

impl ConfirmOrder {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body =
            PledgeOrder { commitment_no: self.number.clone(), service_code: self.service.clone() };
        let path = path(&["pledges", &self.pledge, "order"]);
        let told: Pledge = context.client()?.change(Method::POST, &path, &body)?;
        summary(context, &told)
    }
}
