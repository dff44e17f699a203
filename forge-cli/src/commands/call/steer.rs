//! What becomes of a call after it is published: `forge call amend`, `extend`, `contract`, `scope`,
//! `stop`, `supplier`, `joining`, `default`, `propose`, `reopen`.

use clap::Args;
use forge_api::{
    Amount,
    calls::{
        Call, CallAmend, CallReopen, NewContract, NewCouncilVote, NewExtension, NewOffer, NewScope,
        NewStop, NewSupplierVote, Proposed,
    },
};
use serde::Serialize;
use serde_json::json;
use ureq::http::Method;

use super::{draft::draft, stands};
use crate::{
    client::path,
    context::Context,
    failure::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct Amend {
    call: String,
    #[arg(long, value_name = "FILE")]
    from: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Contract {
    call: String,
    #[arg(long = "ref", value_name = "REF")]
    reference: String,
    #[arg(long)]
    supplier: Option<String>,
    #[arg(long)]
    amount: Option<String>,
    #[arg(long, value_name = "DATE")]
    signed_on: String,
}

#[derive(Debug, Args)]
pub(crate) struct Reopen {
    call: String,
    #[arg(long, value_name = "DATE")]
    deadline: String,
}

#[derive(Debug, Args)]
pub(crate) struct Extend {
    call: String,
    #[arg(long, value_name = "DATE")]
    deadline: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Scope {
    call: String,
    #[arg(long, value_name = "N")]
    keep: u32,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Stop {
    call: String,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Propose {
    call: String,
}

#[derive(Debug, Args)]
pub(crate) struct Supplier {
    call: String,
    #[arg(long = "offer", value_name = "SUPPLIER;REF;AMOUNT", required = true)]
    offers: Vec<String>,
    #[arg(long)]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct OfCouncil {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long)]
    reason: String,
}

impl Amend {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let terms = draft(context, &self.from)?;
        let before: Call = client.get(&path(&["calls", &self.call]))?;
        // Whoever changed it between the two requests is not overwritten.
        let at = format!("{}?version={}", path(&["calls", &self.call, "amend"]), before.version);
        let body = CallAmend { reason: self.reason.clone(), terms };
        stands(context, &client.change(Method::POST, &at, &body)?)
    }
}

impl Contract {
    /// Who was chosen by a vote, and for how much, is what is recorded where nothing is said.
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let (mut supplier, mut amount) = (self.supplier.clone(), self.amount.clone());
        if supplier.is_none() || amount.is_none() {
            let call: Call = context.client()?.get(&path(&["calls", &self.call]))?;
            if let Some(chosen) = call.chosen_supplier {
                supplier = supplier.or(Some(chosen.supplier));
                amount = amount.or(Some(chosen.amount.0));
            }
        }
        let body = NewContract {
            reference: self.reference.clone(),
            supplier: supplier.unwrap_or_default(),
            amount: Amount(amount.unwrap_or_default()),
            signed_on: self.signed_on.clone(),
        };
        super::step(context, &self.call, "contract", &body)
    }
}

impl Reopen {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        super::step(context, &self.call, "reopen", &CallReopen { deadline: self.deadline.clone() })
    }
}

impl Extend {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewExtension { deadline: self.deadline.clone(), reason: self.reason.clone() };
        put_to_vote(context, &["calls", &self.call, "extend"], &body)
    }
}

impl Scope {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewScope { keep: self.keep, reason: self.reason.clone() };
        put_to_vote(context, &["calls", &self.call, "scope"], &body)
    }
}

impl Stop {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let body = NewStop { reason: self.reason.clone() };
        put_to_vote(context, &["calls", &self.call, "stop"], &body)
    }
}

impl Supplier {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let offers = self.offers.iter().map(|text| offer(context, text));
        let offers = offers.collect::<Result<_, _>>()?;
        let body = NewSupplierVote { offers, reason: self.reason.clone() };
        put_to_vote(context, &["calls", &self.call, "supplier"], &body)
    }
}

/// An offer as it is written, in three parts.
fn offer(context: &Context, text: &str) -> Result<NewOffer, Failure> {
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let [supplier, reference, amount] = parts[..] else {
        let form = context.texts.say("cli-offer-form-code");
        let said = context.texts.with("cli-offer-how", &[("form", form.into())]);
        return Err(Failure::new(Exit::Usage, "usage", said));
    };
    Ok(NewOffer {
        supplier: supplier.to_owned(),
        reference: reference.to_owned(),
        amount: Amount(amount.to_owned()),
    })
}

impl OfCouncil {
    /// Puts what is asked of a council to the vote: `joining`, or `default`.
    pub fn run(&self, context: &Context, what: &str) -> Result<(), Failure> {
        let body = NewCouncilVote { council: self.council.clone(), reason: self.reason.clone() };
        put_to_vote(context, &["calls", &self.call, what], &body)
    }
}

impl Propose {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        put_to_vote(context, &["calls", &self.call, "propose"], &json!({}))
    }
}

/// Puts something to the vote, and says which vote.
pub(crate) fn put_to_vote(
    context: &Context,
    at: &[&str],
    body: &impl Serialize,
) -> Result<(), Failure> {
    let told: Proposed = context.client()?.change(Method::POST, &path(at), body)?;
    context
        .output
        .answer(&told, || context.texts.with("cli-call-voted", &[("vote", (&told.vote).into())]))
}
