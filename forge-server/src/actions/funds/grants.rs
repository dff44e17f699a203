//! Grants: certain once they are awarded, there once they came in.

use forge_api::funds::{Grant as Answer, GrantAward, GrantReceipt, Payment as PaymentAnswer};
use forge_domain::{
    access::Deed,
    funds::{PaymentState, Side},
    ledger::{Event, Key, Party},
    money::Amount,
};
use forge_store::{
    Tx,
    calls::Subsidy,
    payments,
    refunds::{self, Award},
};
use serde_json::json;

use super::{Purse, at_most, short, value_date};
use crate::{
    actions::{Action, Context},
    error::Error,
    funding::{draft, funds::answer, wrong},
};

/// Records that a grant is certain, by the act that awards it.
#[derive(Debug, Clone)]
pub struct SecureGrant {
    /// The call.
    pub call: String,
    /// Its place among the grants of the call, from 1.
    pub position: i64,
    /// The award.
    pub award: GrantAward,
}

impl Action for SecureGrant {
    const DEED: Deed = Deed::RecordReceipt;
    type Output = Answer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Answer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let grant = subsidy(&purse, self.position)?;
        let amount = match &self.award.amount {
            Some(text) => draft::positive("amount", text, purse.book.currency)?,
            None => answer::planned(&purse.book, grant)?,
        };
        let account = account(&purse, grant);
        let key: Key = account.parse().map_err(anyhow::Error::from)?;
        let named = (None, format!("{}:{account}:secured", self.call));
        let event = Event::GrantSecured { grant: key, amount };
        let act_ref = short("act_ref", Some(&self.award.act_ref))?;
        let award = Award {
            position: self.position,
            account,
            amount: amount.minor(),
            awarded_on: draft::date("awarded_on", &self.award.awarded_on)?,
            act_ref: act_ref.ok_or_else(|| wrong("act_ref", "text_missing"))?,
            refund_first: self.award.refund_first,
            written_off: 0,
            entry_seq: purse.append(tx, cx, named, event).await?,
        };
        let by = (cx.person()?, cx.now);
        refunds::insert_award(&mut *tx, purse.book.call.id, &award, by).await?;
        cx.record(
            self.call.clone(),
            json!({ "grant": award.account, "amount": purse.book.decimal(award.amount) }),
        );
        let purse = Purse::open(tx, cx, &self.call).await?;
        answer::grant(&purse.book, &purse.money, subsidy(&purse, self.position)?)
    }
}

/// Records that a grant, or a part of it, came in.
#[derive(Debug, Clone)]
pub struct ReceiveGrant {
    /// The call.
    pub call: String,
    /// Its place among the grants of the call.
    pub position: i64,
    /// What came in.
    pub receipt: GrantReceipt,
}

impl Action for ReceiveGrant {
    const DEED: Deed = Deed::RecordReceipt;
    type Output = PaymentAnswer;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<PaymentAnswer, Error> {
        let purse = Purse::open(tx, cx, &self.call).await?;
        purse.allow_treasurer(cx)?;
        purse.is_open()?;
        let award = purse.money.awards.iter().find(|award| award.position == self.position);
        let award = award.ok_or_else(|| Error::refused("grant_not_secured"))?;
        let came = purse.money.granted(self.position).minor();
        let left = Amount::from_minor(award.amount - award.written_off - came);
        let amount = at_most(&purse, self.receipt.amount.as_ref(), left)?;
        let mut payment =
            super::payments::blank(tx, cx, &purse, ("grant", PaymentState::Reconciled)).await?;
        payment.grant_position = Some(self.position);
        payment.amount = amount.minor();
        payment.value_date = value_date(&purse, cx, &self.receipt.value_date)?;
        let told = (&None, &self.receipt.bank_ref);
        super::payments::sign(&mut payment, cx, Side::Treasurer, told)?;
        let payer = Party::Grant(award.account.parse().map_err(anyhow::Error::from)?);
        let key = format!("{}:received", payment.reference);
        let event = Event::PaymentAcknowledged { payer, amount };
        payment.entry_seq = purse.append(tx, cx, (None, key), event).await?;
        payments::insert(&mut *tx, &payment).await?;
        cx.record(
            payment.reference.clone(),
            json!({ "grant": award.account, "ledger_seq": payment.entry_seq }),
        );
        super::payments::tell(tx, cx, &payment.reference).await
    }
}

fn subsidy(purse: &Purse, position: i64) -> Result<&Subsidy, Error> {
    purse.book.subsidies.iter().find(|one| one.position == position).ok_or(Error::NotFound)
}

/// The name of a grant in accounts, from its label: `grant:state`; its place is added where two
/// grants of a call would have the same.
fn account(purse: &Purse, grant: &Subsidy) -> String {
    let plain = |label: &str| -> String {
        let folded = label.to_lowercase();
        let letters = folded.chars().map(|c| match c {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        });
        let words: String = letters.take(40).collect();
        words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
    };
    let name = plain(&grant.label);
    let alone = purse.book.subsidies.iter().filter(|one| plain(&one.label) == name).count() == 1;
    if alone && !name.is_empty() {
        format!("grant:{name}")
    } else {
        format!("grant:{name}-{}", grant.position)
    }
}
