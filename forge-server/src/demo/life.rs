//! What happens to a call once it is confirmed: its contract, what is delivered and voted on, the
//! money that comes in and goes out, and the closing of its books.

use std::collections::HashMap;

use forge_api::{
    Amount,
    calls::{NewContract, NewOffer},
    funds::{
        ClosingSignature, FundsCall, GrantAward, GrantReceipt, NewInvoice, NewPayment, OtherSide,
        SentPayment,
    },
    milestones::Delivery,
};
use forge_domain::names::Slug;
use serde::Deserialize;

use super::{build::Play, calls::acted, script};
use crate::{
    actions::{
        calls::{ConfirmEarly, ProposeJoining, ProposeSupplier, RecordContract},
        evidence::NewAct,
        funds::{
            ApproveInvoice, CloseBooks, ConfirmPayment, DraftFundsCall, IssueFundsCall, PayInvoice,
            PlanRefunds, ReceiveGrant, RecordInvoice, SecureGrant, SendRefund, TellPayment,
        },
        milestones::{AskAcceptance, DeliverMilestone},
        pledges::AskToJoin,
        votes::CastBallot,
    },
    app::By,
    error::Error,
};

/// An act on a call: on its day, by its person.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(super) day: i32,
    #[serde(deserialize_with = "script::parsed")]
    by: Slug,
    #[serde(flatten)]
    act: Act,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Act {
    Work(Work),
    Money(Money),
}

/// What concerns the work.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
enum Work {
    Confirm,
    Contract { number: String, supplier: String, amount: Amount },
    Deliver { milestone: i64, tag: String, notes: String },
    AskAcceptance { milestone: i64 },
    Ballot { choice: String, offer: Option<u32> },
    AskSupplier { offers: Vec<NewOffer>, reason: String },
    AskToJoin { council: String, ceiling: Amount, number: String },
    AskJoining { council: String, reason: String },
}

/// What concerns the money.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
enum Money {
    SecureGrant { act_ref: String },
    ReceiveGrant,
    CallFunds { milestone: String },
    Pay { order: String },
    Acknowledge { council: String },
    Invoice(Invoice),
    ApproveInvoice,
    PayInvoice,
    Refund,
    Sign { lessons: Option<String> },
}

#[derive(Debug, Deserialize)]
struct Invoice {
    milestone: String,
    supplier: String,
    supplier_name: String,
    number: String,
    net: Amount,
}

/// The references that came out of earlier steps of a call.
#[derive(Debug, Default)]
pub(super) struct Papers {
    vote: String,
    funds_call: Option<FundsCall>,
    /// Payments that wait for the treasurer, by the council that paid.
    payments: HashMap<String, String>,
    invoice: String,
}

impl Step {
    /// Does it.
    pub(super) async fn play(
        &self,
        play: &Play<'_>,
        call: &str,
        papers: &mut Papers,
    ) -> Result<(), Error> {
        let by = play.by(&self.by).await?;
        match &self.act {
            Act::Work(act) => self.work(act, (play, &by), (call, papers)).await,
            Act::Money(act) => self.money(act, (play, &by), (call, papers)).await,
        }
    }

    async fn work(
        &self,
        act: &Work,
        (play, by): (&Play<'_>, &By),
        (call, papers): (&str, &mut Papers),
    ) -> Result<(), Error> {
        let reference = call.to_owned();
        match act {
            Work::Confirm => drop(play.act(by, ConfirmEarly { reference }).await?),
            Work::Contract { number, supplier, amount } => {
                let new = NewContract {
                    reference: number.clone(),
                    supplier: supplier.clone(),
                    amount: amount.clone(),
                    signed_on: play.date(self.day)?.to_string(),
                };
                play.act(by, RecordContract { reference, new }).await?;
            }
            Work::Deliver { milestone, tag, notes } => {
                let new = Delivery {
                    tag: tag.clone(),
                    module: None,
                    notes: notes.clone(),
                    report_url: None,
                    report_sha256: None,
                    docs_url: None,
                };
                play.act(by, DeliverMilestone { call: reference, milestone: *milestone, new })
                    .await?;
            }
            Work::AskAcceptance { milestone } => {
                let ask = AskAcceptance { call: reference, milestone: *milestone };
                papers.vote = play.act(by, ask).await?;
            }
            Work::Ballot { choice, offer } => {
                let ballot = CastBallot {
                    offer: *offer,
                    vote: papers.vote.clone(),
                    council: play.person(&self.by)?.council.to_string(),
                    choice: choice.clone(),
                    comment: String::new(),
                };
                play.act(by, ballot).await?;
            }
            Work::AskSupplier { offers, reason } => {
                let (offers, reason) = (offers.clone(), reason.clone());
                papers.vote = play.act(by, ProposeSupplier { reference, offers, reason }).await?;
            }
            Work::AskToJoin { council, ceiling, number } => {
                let act = acted("deliberation", number, play.date(self.day - 2)?);
                let act = NewAct::parse(&act, None)?;
                let (council, ceiling) = (council.clone(), ceiling.clone());
                play.act(by, AskToJoin { call: reference, council, ceiling, act }).await?;
            }
            Work::AskJoining { council, reason } => {
                let (council, reason) = (council.clone(), reason.clone());
                papers.vote = play.act(by, ProposeJoining { reference, council, reason }).await?;
            }
        }
        Ok(())
    }

    async fn money(
        &self,
        act: &Money,
        (play, by): (&Play<'_>, &By),
        (call, papers): (&str, &mut Papers),
    ) -> Result<(), Error> {
        let call = call.to_owned();
        let day = play.date(self.day)?.to_string();
        let sent = || SentPayment {
            amount: None,
            value_date: day.clone(),
            payment_order_no: None,
            bank_ref: None,
        };
        match act {
            Money::SecureGrant { act_ref } => {
                let award = GrantAward {
                    amount: None,
                    awarded_on: day,
                    act_ref: act_ref.clone(),
                    refund_first: false,
                };
                play.act(by, SecureGrant { call, position: 1, award }).await?;
            }
            Money::ReceiveGrant => {
                let receipt = GrantReceipt { amount: None, value_date: day, bank_ref: None };
                play.act(by, ReceiveGrant { call, position: 1, receipt }).await?;
            }
            Money::CallFunds { milestone } => {
                papers.funds_call = Some(call_funds(play, by, (call, milestone)).await?);
            }
            Money::Pay { order } => self.pay(play, by, (papers, order)).await?,
            Money::Acknowledge { council } => {
                let reference = papers.payments.remove(council).ok_or(Error::NotFound)?;
                let side = OtherSide { payment_order_no: None, bank_ref: None };
                play.act(by, ConfirmPayment { reference, side }).await?;
            }
            Money::Invoice(invoice) => {
                let invoice = invoice.dated(day);
                papers.invoice = play.act(by, RecordInvoice { call, invoice }).await?.reference;
            }
            Money::ApproveInvoice => {
                play.act(by, ApproveInvoice { reference: papers.invoice.clone() }).await?;
            }
            Money::PayInvoice => {
                let reference = papers.invoice.clone();
                play.act(by, PayInvoice { reference, sent: sent() }).await?;
            }
            Money::Refund => {
                let planned = play.act(by, PlanRefunds { call }).await?;
                for refund in planned.refunds {
                    let send = SendRefund { reference: refund.reference, sent: sent() };
                    play.act(by, send).await?;
                }
            }
            Money::Sign { lessons } => {
                let signature = ClosingSignature { lessons: lessons.clone() };
                play.act(by, CloseBooks { call, signature }).await?;
            }
        }
        Ok(())
    }

    /// Pays the whole of what the person's council is asked.
    async fn pay(
        &self,
        play: &Play<'_>,
        by: &By,
        (papers, order): (&mut Papers, &str),
    ) -> Result<(), Error> {
        let council = play.person(&self.by)?.council.to_string();
        let funds_call = papers.funds_call.as_ref().ok_or(Error::NotFound)?;
        let line = funds_call.lines.iter().find(|line| line.council == council);
        let payment = NewPayment {
            council: council.clone(),
            side: Some("payer".to_owned()),
            amount: line.ok_or(Error::NotFound)?.gross.clone(),
            value_date: play.date(self.day)?.to_string(),
            method: None,
            payment_order_no: Some(order.to_owned()),
            bank_ref: None,
            idempotency_key: None,
        };
        let tell = TellPayment { funds_call: funds_call.reference.clone(), payment };
        let told = play.act(by, tell).await?;
        papers.payments.insert(council, told.reference);
        Ok(())
    }
}

impl Invoice {
    fn dated(&self, date: String) -> NewInvoice {
        NewInvoice {
            milestone: self.milestone.clone(),
            supplier: self.supplier.clone(),
            supplier_name: Some(self.supplier_name.clone()),
            number: self.number.clone(),
            date,
            net: self.net.clone(),
            vat: None,
            sha256: None,
        }
    }
}

/// Draws up a call for funds and issues it.
async fn call_funds(
    play: &Play<'_>,
    by: &By,
    (call, milestone): (String, &str),
) -> Result<FundsCall, Error> {
    let draft = DraftFundsCall {
        call,
        milestone: milestone.to_owned(),
        due_on: None,
        pay_to: Some("Trésorerie municipale, FR76 0000 0000 0000 0000".to_owned()),
    };
    let draft = play.act(by, draft).await?;
    let issue = IssueFundsCall { reference: draft.reference, version: Some(draft.version) };
    play.act(by, issue).await
}
