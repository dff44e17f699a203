//! What councils have said on a call (domain.md §c9). Amounts are minor units of its currency.

mod positions;
mod visas;
mod years;

pub use positions::{Position, YearOf, positions_of_council, years_of_council};
pub use visas::{NewVisa, Visa, insert_visa, visas};
pub use years::{Year, replace_years, years};

use forge_domain::{Id, id, pledge::PledgeState};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A council's position on a call.
    pub struct Pledge {
        /// Its id.
        pub id: Id<id::Pledge>,
        /// Its reference, `PLG-2026-0031`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// The council.
        pub council_id: Id<id::Council>,
        /// The council's address.
        pub council_slug: String,
        /// The council's name.
        pub council_name: String,
        /// Where it stands.
        pub state: PledgeState,
        /// The most the council may owe; none for an intention that names none.
        pub ceiling: Option<i64>,
        /// A remark for the councils of the space.
        pub note: String,
        /// Whether everyone sees it while it is an intention.
        pub published: bool,
        /// The share without tax, once frozen.
        pub final_net: Option<i64>,
        /// The tax of that share.
        pub final_vat: Option<i64>,
        /// The share with tax.
        pub final_gross: Option<i64>,
        /// Why it was taken back or refused.
        pub reason: Option<String>,
        /// The act that takes it back.
        pub act_ref: Option<String>,
        /// How often it changed.
        pub version: i64,
        /// When it was first said.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
        /// The day its body decides.
        pub planned_on: Option<Date>,
        /// The body that decides.
        pub body: Option<String>,
        /// Who signed, its act still waiting for something.
        pub signed_by: Option<Id<id::Person>>,
        /// When.
        pub signed_at: Option<Timestamp>,
        /// When it became firm.
        pub committed_at: Option<Timestamp>,
        /// The number of the council's own commitment or purchase order.
        pub commitment_no: Option<String>,
        /// The service of the council that pays.
        pub service_code: Option<String>,
    }
}

/// A pledge to insert.
#[derive(Debug)]
pub struct NewPledge<'a> {
    /// Its id.
    pub id: Id<id::Pledge>,
    /// Its reference.
    pub reference: &'a str,
    /// The call.
    pub call: Id<id::Call>,
    /// The council.
    pub council: Id<id::Council>,
    /// Where it starts.
    pub state: PledgeState,
    /// The most the council may owe.
    pub ceiling: Option<i64>,
    /// A remark.
    pub note: &'a str,
    /// Whether everyone sees it.
    pub published: bool,
    /// Who said it.
    pub created_by: Id<id::Person>,
    /// When.
    pub now: Timestamp,
}

/// Inserts a pledge.
///
/// # Errors
/// [`StoreError::Duplicate`] where the council has a living position on the call.
pub async fn insert(db: impl Queryable<'_>, pledge: NewPledge<'_>) -> Result<(), StoreError> {
    db.query(
        "insert into pledge
           (id, ref, call_id, council_id, state, ceiling, note, published, version, created_by,
            created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $10)",
    )
    .bind(pledge.id)
    .bind(pledge.reference)
    .bind(pledge.call)
    .bind(pledge.council)
    .bind(pledge.state)
    .bind(pledge.ceiling)
    .bind(pledge.note)
    .bind(pledge.published)
    .bind(pledge.created_by)
    .bind(pledge.now)
    .run()
    .await?;
    Ok(())
}

/// What a step leaves in a pledge.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state it goes to.
    pub state: PledgeState,
    /// The most the council may owe.
    pub ceiling: Option<i64>,
    /// The remark.
    pub note: String,
    /// Whether everyone sees it while it is an intention.
    pub published: bool,
    /// The frozen share: net, tax, gross.
    pub share: Option<(i64, i64, i64)>,
    /// Why it was taken back or refused.
    pub reason: Option<String>,
    /// The act that takes it back.
    pub act_ref: Option<String>,
    /// When which body decides.
    pub planned: Option<(Date, String)>,
    /// Who signed, where this is that step.
    pub signed_by: Option<Id<id::Person>>,
    /// Who committed, where this is that step.
    pub committed_by: Option<Id<id::Person>>,
    /// The number of the council's own commitment, and its service, where this is that step.
    pub ordered: Option<(String, Option<String>)>,
}

/// Moves a pledge on; false where it is not of this version any more.
pub async fn step(
    db: impl Queryable<'_>,
    (id, version): (Id<id::Pledge>, i64),
    step: Step,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (planned_on, body) = step.planned.unzip();
    let (commitment_no, service_code) = step.ordered.unzip();
    let touched = db
        .query(
            "update pledge
             set state = $3, ceiling = $4, note = $5, published = $6, final_net = $7,
                 final_vat = $8, final_gross = $9, reason = $10, act_ref = $11,
                 planned_on = $12, body = $13,
                 signed_by = coalesce($14, signed_by),
                 signed_at = coalesce($15, signed_at),
                 committed_by = coalesce($16, committed_by),
                 committed_at = coalesce($17, committed_at),
                 commitment_no = coalesce($18, commitment_no),
                 service_code = coalesce($19, service_code),
                 ordered_at = coalesce($20, ordered_at),
                 updated_at = $21, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(id)
        .bind(version)
        .bind(step.state)
        .bind(step.ceiling)
        .bind(step.note)
        .bind(step.published)
        .bind(step.share.map(|share| share.0))
        .bind(step.share.map(|share| share.1))
        .bind(step.share.map(|share| share.2))
        .bind(step.reason)
        .bind(step.act_ref)
        .bind(planned_on)
        .bind(body)
        .bind(step.signed_by)
        .bind(step.signed_by.map(|_| now))
        .bind(step.committed_by)
        .bind(step.committed_by.map(|_| now))
        .bind(commitment_no.clone())
        .bind(service_code.flatten())
        .bind(commitment_no.map(|_| now))
        .bind(now)
        .run()
        .await?;
    Ok(touched == 1)
}

/// The pledge of a reference.
pub async fn by_ref(db: impl Queryable<'_>, reference: &str) -> Result<Option<Pledge>, StoreError> {
    db.query(
        "select pledge.id, pledge.ref as reference, pledge.call_id, call.ref as call_ref,
                pledge.council_id, owner.slug as council_slug, council.name as council_name,
                pledge.state, pledge.ceiling, pledge.note, pledge.published, pledge.final_net,
                pledge.final_vat, pledge.final_gross, pledge.reason, pledge.act_ref,
                pledge.version, pledge.created_at, pledge.updated_at, pledge.planned_on,
                pledge.body, pledge.signed_by, pledge.signed_at, pledge.committed_at,
                pledge.commitment_no, pledge.service_code
         from pledge
         join call on call.id = pledge.call_id
         join council on council.id = pledge.council_id
         join owner on owner.id = pledge.council_id
         where pledge.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// The pledge with an id.
pub async fn by_id(
    db: impl Queryable<'_>,
    id: Id<id::Pledge>,
) -> Result<Option<Pledge>, StoreError> {
    db.query(
        "select pledge.id, pledge.ref as reference, pledge.call_id, call.ref as call_ref,
                pledge.council_id, owner.slug as council_slug, council.name as council_name,
                pledge.state, pledge.ceiling, pledge.note, pledge.published, pledge.final_net,
                pledge.final_vat, pledge.final_gross, pledge.reason, pledge.act_ref,
                pledge.version, pledge.created_at, pledge.updated_at, pledge.planned_on,
                pledge.body, pledge.signed_by, pledge.signed_at, pledge.committed_at,
                pledge.commitment_no, pledge.service_code
         from pledge
         join call on call.id = pledge.call_id
         join council on council.id = pledge.council_id
         join owner on owner.id = pledge.council_id
         where pledge.id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// Every pledge on a call, ended ones too, by the council's address and then by age.
pub async fn of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Pledge>, StoreError> {
    db.query(
        "select pledge.id, pledge.ref as reference, pledge.call_id, call.ref as call_ref,
                pledge.council_id, owner.slug as council_slug, council.name as council_name,
                pledge.state, pledge.ceiling, pledge.note, pledge.published, pledge.final_net,
                pledge.final_vat, pledge.final_gross, pledge.reason, pledge.act_ref,
                pledge.version, pledge.created_at, pledge.updated_at, pledge.planned_on,
                pledge.body, pledge.signed_by, pledge.signed_at, pledge.committed_at,
                pledge.commitment_no, pledge.service_code
         from pledge
         join call on call.id = pledge.call_id
         join council on council.id = pledge.council_id
         join owner on owner.id = pledge.council_id
         where pledge.call_id = $1
         order by owner.slug, pledge.ref",
    )
    .bind(call)
    .all()
    .await
}

/// Every pledge of a council, newest first.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Pledge>, StoreError> {
    db.query(
        "select pledge.id, pledge.ref as reference, pledge.call_id, call.ref as call_ref,
                pledge.council_id, owner.slug as council_slug, council.name as council_name,
                pledge.state, pledge.ceiling, pledge.note, pledge.published, pledge.final_net,
                pledge.final_vat, pledge.final_gross, pledge.reason, pledge.act_ref,
                pledge.version, pledge.created_at, pledge.updated_at, pledge.planned_on,
                pledge.body, pledge.signed_by, pledge.signed_at, pledge.committed_at,
                pledge.commitment_no, pledge.service_code
         from pledge
         join call on call.id = pledge.call_id
         join council on council.id = pledge.council_id
         join owner on owner.id = pledge.council_id
         where pledge.council_id = $1
         order by pledge.created_at desc, pledge.ref desc",
    )
    .bind(council)
    .all()
    .await
}

/// The answer a person got to a request with this key, and the hash of that request.
pub async fn repeated(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    key: &str,
) -> Result<Option<Repeated>, StoreError> {
    db.query("select request_hash, response from idempotency where person_id = $1 and key = $2")
        .bind(person)
        .bind(key)
        .optional()
        .await
}

record! {
    /// What was answered to a request.
    pub struct Repeated {
        /// The hash of the request.
        pub request_hash: Vec<u8>,
        /// What was answered.
        pub response: String,
    }
}

/// Remembers the answer to a request, in the transaction of its effect.
pub async fn remember(
    db: impl Queryable<'_>,
    (person, key): (Id<id::Person>, &str),
    request_hash: &[u8],
    response: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.query(
        "insert into idempotency (person_id, key, request_hash, response, created_at)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(person)
    .bind(key)
    .bind(request_hash)
    .bind(response)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

record! {
    /// What a pledge commits, for comparison with the ledger.
    pub struct Committed {
        /// The pledge's reference.
        pub reference: String,
        /// The call's reference.
        pub call_ref: String,
        /// ISO 4217.
        pub currency: String,
        /// `net` or `gross`.
        pub basis: String,
        /// The council's address.
        pub council_slug: String,
        /// Where the pledge stands.
        pub state: PledgeState,
        /// The most the council may owe.
        pub ceiling: Option<i64>,
        /// The share without tax, once frozen.
        pub final_net: Option<i64>,
        /// The share with tax, once frozen.
        pub final_gross: Option<i64>,
        /// What of the share was called for, in the basis of the call.
        pub called: i64,
        /// When refunds were planned: nothing is committed after that.
        pub settled_at: Option<Timestamp>,
    }
}

/// What every pledge of a space commits, by call and council.
pub async fn committed_in_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Committed>, StoreError> {
    db.query(
        "select pledge.ref as reference, call.ref as call_ref, call.currency, call.basis,
                owner.slug as council_slug, pledge.state, pledge.ceiling, pledge.final_net,
                pledge.final_gross, closing.planned_at as settled_at,
                cast(coalesce((
                  select sum(line.amount) from funds_call_line as line
                  join funds_call on funds_call.id = line.funds_call_id
                  where funds_call.call_id = pledge.call_id
                    and line.council_id = pledge.council_id
                    and funds_call.state not in ('draft', 'cancelled')
                ), 0) as bigint) as called
         from pledge
         join call on call.id = pledge.call_id
         join owner on owner.id = pledge.council_id
         left join closing on closing.call_id = pledge.call_id
         where call.space_id = $1
         order by call.ref, owner.slug, pledge.ref",
    )
    .bind(space)
    .all()
    .await
}
