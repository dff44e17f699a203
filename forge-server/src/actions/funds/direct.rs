//! Where each council buys its part: what it paid to the supplier itself.

use forge_api::funds::{DirectPayment, Payment as Answer};
use forge_domain::{
    access::Deed,
    funds::{PaymentAct, Side, payment_after, within},
    money::Amount,
    names::Slug,
    sharing::Basis,
};
use forge_store::{Tx, councils, payments as rows};
use serde_json::json;

use super::{Purse, payments, value_date};
use crate::{
    actions::{Action, Context},
    error::Error,
    funding::{
        draft,
        funds::{milestone_place, refused, share},
        wrong,
    },
};

/// Tells a payment that a council made to its supplier itself; the lead's side acknowledges it.
#[derive(Debug, Clone)]
pub struct PayDirectly {
    /// The call.
    pub call: String,
    /// What is told.
    pub payment: DirectPayment,
}

impl Action for PayDirectly {
    const DEED: Deed = Deed::DeclarePayment;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        let new = &self.payment;
        let unknown = || wrong("council", "council_unknown");
        let slug = new.council.trim().parse::<Slug>().map_err(|_| unknown())?;
        let council = councils::by_slug(&mut *tx, &slug).await?.ok_or_else(unknown)?;
        cx.allow(&purse.seen.clone().for_council(council.id))?;
        purse.is_open()?;
        let pledge = purse.book.position(council.id).ok_or_else(unknown)?;
        let milestone = milestone_place(&purse.book, &new.milestone)?;
        let net = draft::positive("net", &new.net, purse.book.currency)?;
        let vat = match &new.vat {
            Some(text) => text
                .to_domain(purse.book.currency)
                .map_err(|error| crate::funding::wrong_amount("vat", &error))?,
            None => Amount::ZERO,
        };
        let gross = net.checked_add(vat).map_err(anyhow::Error::from)?;
        let taken = if purse.book.basis() == Basis::Net { net } else { gross };
        let called = purse.money.called(&purse.book, council.id);
        let left = share(&purse.book, pledge).checked_sub(called).map_err(anyhow::Error::from)?;
        within(taken, left).map_err(|error| refused(&error))?;
        let state = payment_after(None, PaymentAct::Declare).map_err(|error| refused(&error))?;
        let mut payment = payments::blank(tx, cx, &purse, ("direct", state)).await?;
        payment.council_id = Some(council.id);
        payment.milestone = Some(milestone);
        let named = (new.supplier.as_str(), new.supplier_name.as_deref());
        let (supplier, name) = super::invoices::supplier(named)?;
        payment.supplier = Some(supplier);
        payment.supplier_name = Some(name);
        payment.vat = vat.minor();
        payment.amount = gross.minor();
        payment.value_date = value_date(&purse, cx, &new.value_date)?;
        payments::sign(&mut payment, cx, Side::Payer, (&new.payment_order_no, &new.bank_ref))?;
        rows::insert(&mut *tx, &payment).await?;
        payments::tell_declared(tx, cx, &purse, (&payment, council.id)).await?;
        cx.record_for(
            council.id,
            payment.reference.clone(),
            json!({ "call": self.call, "state": state.name(), "direct": true }),
        );
        payments::tell(tx, cx, &payment.reference).await
    }
}
