//! `forge call watch`: says where a call stands each time that changes, until it is decided.

use std::time::Duration;

use clap::Args;
use forge_api::calls::{Call, CallState};

use super::stands;
use crate::{client::path, context::Context, failure::Failure};

/// How often the call is looked at.
const EVERY_SECONDS: u64 = 30;

#[derive(Debug, Args)]
pub(crate) struct Watch {
    call: String,
    #[arg(long, default_value_t = EVERY_SECONDS,
        value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    // Looks so often and no more; until the call is decided where nothing is said.
    #[arg(long)]
    times: Option<u64>,
}

impl Watch {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let mut seen: Option<Call> = None;
        let mut looks = 0;
        loop {
            let told: Call = client.get(&path(&["calls", &self.call]))?;
            if seen.as_ref() != Some(&told) {
                stands(context, &told)?;
            }
            looks += 1;
            let takes_pledges =
                matches!(told.state, CallState::Draft | CallState::Open | CallState::Reached);
            if !takes_pledges || self.times.is_some_and(|times| looks >= times) {
                return Ok(());
            }
            seen = Some(told);
            std::thread::sleep(Duration::from_secs(self.every));
        }
    }
}
