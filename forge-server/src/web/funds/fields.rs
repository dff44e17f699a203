//! The fields of each act's form, and the action they make.

use forge_api::funds::{
    ClosingSignature, DirectPayment, GrantAward, GrantReceipt, LineReferences, NewInvoice,
    NewPayment, OtherSide, SentPayment,
};
use serde::{Deserialize, Serialize};

use super::acts::{Act, councils};
use crate::{
    actions::funds::{
        ApproveInvoice, CancelFundsCall, CloseBooks, ConfirmPayment, DraftFundsCall,
        IssueFundsCall, PayDirectly, PayInvoice, PlanRefunds, ReceiveGrant, RecordInvoice,
        RefuseInvoice, RetractPayment, ReversePayment, SecureGrant, SendRefund, SetReferences,
        TellPayment,
    },
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        funds::{documents, milestone_key},
        open::OpenedCall,
    },
    web::{
        form::day,
        page::text,
        pledges::{self, Choice},
    },
};

/// A field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// `text`, `money`, `date`, `area`, `select` or `check`.
    pub kind: &'static str,
    /// Its name and id.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// What is chosen from.
    pub options: Vec<Choice>,
}

/// What a form sends; each act reads its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    on: String,
    council: String,
    milestone: String,
    due_on: String,
    pay_to: String,
    reason: String,
    amount: String,
    value_date: String,
    payment_order_no: String,
    bank_ref: String,
    external_ref: String,
    service_code: String,
    commitment_no: String,
    awarded_on: String,
    act_ref: String,
    refund_first: String,
    supplier: String,
    supplier_name: String,
    number: String,
    date: String,
    net: String,
    vat: String,
    lessons: String,
}

impl Fields {
    /// What the act is done to.
    pub(super) fn on(&self) -> &str {
        &self.on
    }
}

/// The fields of an act: kind, name, whether it may stay empty.
const fn listed(act: Act) -> &'static [(&'static str, &'static str, bool)] {
    const SENT: &[(&str, &str, bool)] = &[
        ("money", "amount", true),
        ("date", "value_date", false),
        ("text", "payment_order_no", true),
        ("text", "bank_ref", true),
    ];
    match act {
        Act::Draft => {
            &[("select", "milestone", false), ("date", "due_on", true), ("area", "pay_to", true)]
        }
        Act::Issue | Act::Approve | Act::Plan => &[],
        Act::Cancel | Act::Retract | Act::Reverse | Act::Refuse => &[("area", "reason", false)],
        Act::References => &[
            ("text", "external_ref", true),
            ("text", "service_code", true),
            ("text", "commitment_no", true),
        ],
        Act::Declare | Act::Receive => &[
            ("money", "amount", false),
            ("date", "value_date", false),
            ("text", "payment_order_no", true),
            ("text", "bank_ref", true),
        ],
        Act::Acknowledge => &[("text", "payment_order_no", true), ("text", "bank_ref", true)],
        Act::Secure => &[
            ("money", "amount", true),
            ("date", "awarded_on", false),
            ("text", "act_ref", false),
            ("check", "refund_first", true),
        ],
        Act::Grant => {
            &[("money", "amount", true), ("date", "value_date", false), ("text", "bank_ref", true)]
        }
        Act::Invoice => &[
            ("select", "milestone", false),
            ("text", "supplier", false),
            ("text", "supplier_name", true),
            ("text", "number", false),
            ("date", "date", false),
            ("money", "net", false),
            ("money", "vat", true),
        ],
        Act::Pay => SENT,
        Act::Direct => &[
            ("select", "council", false),
            ("select", "milestone", false),
            ("text", "supplier", false),
            ("text", "supplier_name", true),
            ("money", "net", false),
            ("money", "vat", true),
            ("date", "value_date", false),
            ("text", "payment_order_no", true),
            ("text", "bank_ref", true),
        ],
        Act::Refund => &[
            ("date", "value_date", false),
            ("text", "payment_order_no", true),
            ("text", "bank_ref", true),
        ],
        Act::Sign => &[("area", "lessons", true)],
    }
}

/// The fields of an act's form, for a reader.
pub(super) fn fields(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    act: Act,
) -> Result<Vec<Field>, Error> {
    let mut fields = Vec::new();
    for &(kind, name, optional) in listed(act) {
        let key = format!("funds-field-{}", name.replace('_', "-"));
        let hint = format!("{key}-hint");
        let known = app.themes.messages().has(viewer.locale(), &hint);
        fields.push(Field {
            kind,
            name,
            label: text(app, viewer, &key),
            hint: known.then(|| text(app, viewer, &hint)),
            optional,
            options: match name {
                "milestone" => milestones(opened)?,
                "council" => councils(viewer, opened)
                    .into_iter()
                    .map(|(value, label)| Choice { value, label })
                    .collect(),
                _ => Vec::new(),
            },
        });
    }
    Ok(fields)
}

fn milestones(opened: &OpenedCall) -> Result<Vec<Choice>, Error> {
    let book = &opened.book;
    let choice = |position: i64| {
        let key = milestone_key(book, position);
        let title = book.milestones.iter().find(|one| one.position == position);
        let label = title.map_or_else(|| key.clone(), |one| format!("{key} — {}", one.title));
        Choice { value: key, label }
    };
    Ok(documents(book)?.into_iter().map(|(position, _)| choice(position)).collect())
}

/// Does what a form asks.
///
/// # Errors
/// What the act refuses, field by field.
pub(super) async fn perform(
    app: &App,
    viewer: &Viewer,
    opened: &OpenedCall,
    (act, given): (Act, Fields),
) -> Result<(), Error> {
    let by = &viewer.by;
    let call = opened.book.call.reference.clone();
    let on = given.on.clone();
    let read = Read { viewer, opened };
    match act {
        Act::Draft => {
            let due_on = read.day("due_on", &given.due_on)?;
            let pay_to = filled(&given.pay_to);
            let milestone = given.milestone;
            app.act(by, DraftFundsCall { call, milestone, due_on, pay_to }).await.map(drop)
        }
        Act::Issue => app.act(by, IssueFundsCall { reference: on, version: None }).await.map(drop),
        Act::Cancel => {
            app.act(by, CancelFundsCall { reference: on, reason: given.reason }).await.map(drop)
        }
        Act::References => {
            let references = LineReferences {
                external_ref: filled(&given.external_ref),
                service_code: filled(&given.service_code),
                commitment_no: filled(&given.commitment_no),
            };
            let action = SetReferences { reference: on, council: given.council, references };
            app.act(by, action).await.map(drop)
        }
        Act::Declare | Act::Receive => {
            let payment = read.payment(act, &given)?;
            app.act(by, TellPayment { funds_call: on, payment }).await.map(drop)
        }
        Act::Acknowledge => {
            let side = OtherSide {
                payment_order_no: filled(&given.payment_order_no),
                bank_ref: filled(&given.bank_ref),
            };
            app.act(by, ConfirmPayment { reference: on, side }).await.map(drop)
        }
        Act::Retract => {
            app.act(by, RetractPayment { reference: on, reason: given.reason }).await.map(drop)
        }
        Act::Reverse => {
            app.act(by, ReversePayment { reference: on, reason: given.reason }).await.map(drop)
        }
        Act::Refuse => {
            app.act(by, RefuseInvoice { reference: on, reason: given.reason }).await.map(drop)
        }
        Act::Approve => app.act(by, ApproveInvoice { reference: on }).await.map(drop),
        Act::Plan => app.act(by, PlanRefunds { call }).await.map(drop),
        Act::Secure | Act::Grant => grant(app, &read, (act, &given)).await,
        Act::Invoice | Act::Pay | Act::Refund | Act::Direct => {
            spend(app, &read, (act, given)).await
        }
        Act::Sign => {
            let signature = ClosingSignature { lessons: filled(&given.lessons) };
            app.act(by, CloseBooks { call, signature }).await.map(drop)
        }
    }
}

/// What goes out: an invoice recorded or paid, a refund sent, a council's own payment.
async fn spend(app: &App, read: &Read<'_>, (act, given): (Act, Fields)) -> Result<(), Error> {
    let by = &read.viewer.by;
    let call = read.opened.book.call.reference.clone();
    let reference = given.on.clone();
    match act {
        Act::Invoice => {
            let invoice = read.invoice(&given)?;
            app.act(by, RecordInvoice { call, invoice }).await.map(drop)
        }
        Act::Pay => {
            let sent = read.sent(&given)?;
            app.act(by, PayInvoice { reference, sent }).await.map(drop)
        }
        Act::Refund => {
            let sent = read.sent(&given)?;
            app.act(by, SendRefund { reference, sent }).await.map(drop)
        }
        _ => {
            let payment = read.direct(&given)?;
            app.act(by, PayDirectly { call, payment }).await.map(drop)
        }
    }
}

async fn grant(app: &App, read: &Read<'_>, (act, given): (Act, &Fields)) -> Result<(), Error> {
    let by = &read.viewer.by;
    let call = read.opened.book.call.reference.clone();
    let position = given.on.parse().map_err(|_| Error::NotFound)?;
    let amount = read.amount(&given.amount);
    if act == Act::Secure {
        let award = GrantAward {
            amount,
            awarded_on: read.day("awarded_on", &given.awarded_on)?.unwrap_or_default(),
            act_ref: given.act_ref.clone(),
            refund_first: given.refund_first == "yes",
        };
        app.act(by, SecureGrant { call, position, award }).await.map(drop)
    } else {
        let value_date = read.day("value_date", &given.value_date)?.unwrap_or_default();
        let receipt = GrantReceipt { amount, value_date, bank_ref: filled(&given.bank_ref) };
        app.act(by, ReceiveGrant { call, position, receipt }).await.map(drop)
    }
}

/// Reads what people type, in their language, into what the acts take.
struct Read<'a> {
    viewer: &'a Viewer,
    opened: &'a OpenedCall,
}

impl Read<'_> {
    fn day(&self, field: &'static str, text: &str) -> Result<Option<String>, Error> {
        Ok(day(field, text)?.map(|day| day.to_string()))
    }

    fn amount(&self, text: &str) -> Option<forge_api::Amount> {
        filled(text).map(|text| pledges::amount(&self.opened.book, self.viewer.locale(), &text))
    }

    /// An amount that must be there; an empty one is refused by the act, beside its field.
    fn needed(&self, text: &str) -> forge_api::Amount {
        self.amount(text).unwrap_or_else(|| forge_api::Amount(String::new()))
    }

    fn payment(&self, act: Act, given: &Fields) -> Result<NewPayment, Error> {
        let side = if act == Act::Declare { "payer" } else { "treasurer" };
        Ok(NewPayment {
            council: given.council.clone(),
            side: Some(side.to_owned()),
            amount: self.needed(&given.amount),
            value_date: self.day("value_date", &given.value_date)?.unwrap_or_default(),
            method: None,
            payment_order_no: filled(&given.payment_order_no),
            bank_ref: filled(&given.bank_ref),
            idempotency_key: None,
        })
    }

    fn sent(&self, given: &Fields) -> Result<SentPayment, Error> {
        Ok(SentPayment {
            amount: self.amount(&given.amount),
            value_date: self.day("value_date", &given.value_date)?.unwrap_or_default(),
            payment_order_no: filled(&given.payment_order_no),
            bank_ref: filled(&given.bank_ref),
        })
    }

    fn invoice(&self, given: &Fields) -> Result<NewInvoice, Error> {
        Ok(NewInvoice {
            milestone: given.milestone.clone(),
            supplier: given.supplier.clone(),
            supplier_name: filled(&given.supplier_name),
            number: given.number.clone(),
            date: self.day("date", &given.date)?.unwrap_or_default(),
            net: self.needed(&given.net),
            vat: self.amount(&given.vat),
            sha256: None,
        })
    }

    fn direct(&self, given: &Fields) -> Result<DirectPayment, Error> {
        Ok(DirectPayment {
            council: given.council.clone(),
            milestone: given.milestone.clone(),
            supplier: given.supplier.clone(),
            supplier_name: filled(&given.supplier_name),
            net: self.needed(&given.net),
            vat: self.amount(&given.vat),
            value_date: self.day("value_date", &given.value_date)?.unwrap_or_default(),
            payment_order_no: filled(&given.payment_order_no),
            bank_ref: filled(&given.bank_ref),
        })
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
