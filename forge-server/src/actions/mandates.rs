//! Mandates: what a signatory may commit their council to, given and revoked (domain.md §b).

use forge_domain::{
    Id,
    access::{Deed, Role},
    calendar, id,
    money::{Amount, Currency},
    names::Slug,
    pledge::MandateKind,
};
use forge_store::{
    Tx,
    mandates::{self, Mandate, NewMandate},
    roles,
};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;

use super::{
    Action, Context, councils,
    fields::{self, Fields},
    members, people,
};
use crate::error::{Error, Refusal};

/// Gives a signatory a mandate. Nobody gives it to themself.
#[derive(Debug, Clone)]
pub struct GiveMandate {
    /// For which council.
    pub council: Slug,
    /// The login of the signatory.
    pub person: Slug,
    /// The most one act may commit, as it was written.
    pub amount_max: String,
    /// Its currency; the council's where empty.
    pub currency: String,
    /// The kinds of act it covers; all of them where none is named.
    pub kinds: Vec<String>,
    /// Its first day; today where none.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The act that gives it: its number, or where it is.
    pub act_ref: String,
}

impl Action for GiveMandate {
    const DEED: Deed = Deed::GiveMandate;
    type Output = Mandate;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Mandate, Error> {
        let council = councils::by_slug(tx, &self.council).await?;
        let named = people::by_login(tx, &self.person).await;
        let resource = councils::resource(&council);
        cx.allow(&match &named {
            Ok(person) => resource.done_to(person.id),
            Err(_) => resource.done_to(Id::new(uuid::Uuid::nil())),
        })?;
        let person = members::active(named)?;
        let read = self.read(&council.currency, cx)?;
        let place = (person.id, council.id);
        if roles::held(&mut *tx, place, Role::Signatory, cx.now).await? == 0 {
            return Err(Error::Refused(Refusal::field("person", "not_signatory")));
        }
        let id = cx.new_id();
        let new = NewMandate {
            id,
            person: person.id,
            council: council.id,
            amount_max: read.amount.minor(),
            currency: read.currency.code(),
            kinds: &read.kinds,
            act_ref: &read.act_ref,
            days: read.days,
            granted_by: cx.person()?,
            granted_at: cx.now,
        };
        mandates::insert(&mut *tx, new).await?;
        let detail = json!({
            "mandate": id.to_string(), "person": person.id.to_string(),
            "amount_max": read.amount.to_decimal(read.currency),
            "currency": read.currency.code(), "kinds": read.kinds, "act_ref": read.act_ref,
            "from": read.days.0.to_string(), "until": read.days.1.to_string(),
        });
        cx.record_for(council.id, council.slug, detail);
        mandates::by_id(&mut *tx, id).await?.ok_or(Error::NotFound)
    }
}

/// A mandate that was read.
struct Read {
    amount: Amount,
    currency: Currency,
    kinds: String,
    act_ref: String,
    days: (Date, Date),
}

impl GiveMandate {
    fn read(&self, usual: &str, cx: &Context<'_>) -> Result<Read, Error> {
        let mut wrong = Fields::default();
        let code = self.currency.trim();
        let code = if code.is_empty() { usual } else { code };
        let currency = wrong.take("currency", Currency::from_code(code));
        let amount = currency.and_then(|currency| {
            wrong.take("max_amount", Amount::parse(&self.amount_max, currency))
        });
        let kinds = wrong.take("kinds", kinds(&self.kinds));
        let act_ref = wrong.take("act_ref", fields::line(&self.act_ref, 200));
        let from = self.from.unwrap_or_else(|| calendar::date_at(cx.now, &TimeZone::UTC));
        let until = wrong.take("valid_until", self.until.ok_or("date_missing"));
        let days = until.and_then(|until| {
            let order = if until < from { Err("ends_before_it_begins") } else { Ok((from, until)) };
            wrong.take("valid_until", order)
        });
        let whole = || {
            Some(Read {
                amount: amount?,
                currency: currency?,
                kinds: kinds.clone()?,
                act_ref: act_ref.clone()?,
                days: days?,
            })
        };
        let whole = whole();
        wrong.end(whole)
    }
}

/// The kinds of act in the order of their list, words separated by spaces.
fn kinds(named: &[String]) -> Result<String, &'static str> {
    let named: Vec<MandateKind> = named
        .iter()
        .map(|word| word.trim().parse().map_err(|_| "mandate_kind_unknown"))
        .collect::<Result<_, _>>()?;
    let covered = |kind: &&MandateKind| named.is_empty() || named.contains(kind);
    let words: Vec<_> = MandateKind::ALL.iter().filter(covered).map(|kind| kind.name()).collect();
    Ok(words.join(" "))
}

/// Revokes a mandate at once.
#[derive(Debug, Clone)]
pub struct RevokeMandate {
    /// For which council: a mandate of another one is not found.
    pub council: Slug,
    /// The mandate.
    pub mandate: Id<id::Mandate>,
}

impl Action for RevokeMandate {
    const DEED: Deed = Deed::RevokeMandate;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let council = councils::by_slug(tx, &self.council).await?;
        cx.allow(&councils::resource(&council))?;
        let mandate = mandates::by_id(&mut *tx, self.mandate).await?;
        let mandate =
            mandate.filter(|mandate| mandate.council_id == council.id).ok_or(Error::NotFound)?;
        mandates::revoke(&mut *tx, mandate.id, cx.now).await?;
        let detail = json!({
            "revoked": mandate.id.to_string(), "person": mandate.person_id.to_string(),
        });
        cx.record_for(council.id, council.slug, detail);
        Ok(())
    }
}
