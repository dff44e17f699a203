//! The calls of a person's spaces with what councils promised and paid, and what is still owed.

use forge_domain::{Id, call::CallState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A call that is drafted, open or being carried out, with its sums.
    pub struct SpaceCall {
        /// Its reference.
        pub reference: String,
        /// Its space.
        pub space_id: Id<id::Space>,
        /// Its title.
        pub title: String,
        /// Where it stands.
        pub state: CallState,
        /// ISO 4217.
        pub currency: String,
        /// `net` or `gross`.
        pub basis: String,
        /// The rate of tax, in basis points.
        pub vat_bp: i64,
        /// The full cost, in its basis.
        pub target: i64,
        /// The last day.
        pub deadline: Date,
        /// The instant it ends.
        pub deadline_at: Timestamp,
        /// The council that leads it.
        pub lead_id: Id<id::Council>,
        /// The council that receives and pays.
        pub treasurer_id: Id<id::Council>,
        /// Whether its contract is recorded.
        pub contracted: bool,
        /// Ceilings of firm pledges and frozen shares, in its basis.
        pub committed: i64,
        /// What councils and grants have paid, both sides agreeing, tax included.
        pub paid: i64,
    }
}

/// The calls of a person's spaces that are not over, by reference.
pub async fn calls(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<SpaceCall>, StoreError> {
    db.query(
        "select call.ref as reference, call.space_id, call.title, call.state, call.currency,
                call.basis, call.vat_bp, call.target, call.deadline, call.deadline_at,
                call.lead_id, call.treasurer_id, call_contract.call_id is not null as contracted,
                cast(coalesce((
                  select sum(case
                    when pledge.state = 'firm' then pledge.ceiling
                    when call.basis = 'gross' then pledge.final_gross
                    else pledge.final_net end)
                  from pledge
                  where pledge.call_id = call.id
                    and pledge.state in ('firm', 'confirmed', 'ordered', 'settled', 'defaulted')
                ), 0) as bigint) as committed,
                cast(coalesce((
                  select sum(payment.amount) from payment
                  where payment.call_id = call.id and payment.state = 'reconciled'
                    and payment.kind in ('contribution', 'grant', 'direct')
                ), 0) as bigint) as paid
         from call
         join space on space.id = call.space_id
         left join call_contract on call_contract.call_id = call.id
         where call.state in ('draft', 'open', 'reached', 'confirmed', 'executing', 'settling')
           and space.status <> 'archived' and exists (
             select 1 from role
             where role.person_id = $1 and role.valid_from <= $2
               and (role.valid_until is null or role.valid_until > $2)
               and (role.council_id = space.lead_id or exists (
                 select 1 from space_member as member
                 where member.space_id = space.id and member.council_id = role.council_id
                   and member.status in ('observer', 'contributor')
               ))
           )
         order by call.ref",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// A grant that is deducted before a call is shared.
    pub struct SpaceSubsidy {
        /// The call's reference.
        pub call_ref: String,
        /// The amount, where it is fixed.
        pub amount: Option<i64>,
        /// The rate, in basis points, where it is a part of the cost.
        pub rate_bp: Option<i64>,
        /// The most such a part brings.
        pub amount_max: Option<i64>,
    }
}

/// The grants of the calls that [`calls`] answers with.
pub async fn subsidies(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<SpaceSubsidy>, StoreError> {
    db.query(
        "select call.ref as call_ref, call_subsidy.amount, call_subsidy.rate_bp,
                call_subsidy.amount_max
         from call_subsidy
         join call on call.id = call_subsidy.call_id
         join space on space.id = call.space_id
         where call.state in ('draft', 'open', 'reached', 'confirmed', 'executing', 'settling')
           and space.status <> 'archived' and exists (
             select 1 from role
             where role.person_id = $1 and role.valid_from <= $2
               and (role.valid_until is null or role.valid_until > $2)
               and (role.council_id = space.lead_id or exists (
                 select 1 from space_member as member
                 where member.space_id = space.id and member.council_id = role.council_id
                   and member.status in ('observer', 'contributor')
               ))
           )
         order by call.ref, call_subsidy.position",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// A line of a call for funds that is not paid in full.
    pub struct Owed {
        /// The call for funds.
        pub reference: String,
        /// The call.
        pub call_ref: String,
        /// The space of the call.
        pub space_id: Id<id::Space>,
        /// The address of that space.
        pub space_slug: String,
        /// The council that owes.
        pub council_id: Id<id::Council>,
        /// Its name.
        pub council_name: String,
        /// The council that is owed.
        pub treasurer_id: Id<id::Council>,
        /// ISO 4217.
        pub currency: String,
        /// When it is due.
        pub due_on: Date,
        /// What is still owed, tax included.
        pub owed: i64,
        /// Whether the council has said that it paid.
        pub declared: bool,
    }
}

/// What a person's councils owe, or are owed as treasurers: the earliest due first.
pub async fn owed(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Owed>, StoreError> {
    db.query(
        "with line as (
           select funds_call.ref as reference, funds_call.call_id, funds_call.due_on,
                  funds_call_line.council_id,
                  funds_call_line.gross - funds_call_line.written_off - coalesce((
                    select sum(payment.amount) from payment
                    where payment.funds_call_id = funds_call.id
                      and payment.council_id = funds_call_line.council_id
                      and payment.state = 'reconciled'
                  ), 0) as owed,
                  exists (
                    select 1 from payment
                    where payment.funds_call_id = funds_call.id
                      and payment.council_id = funds_call_line.council_id
                      and payment.state = 'declared'
                  ) as declared
           from funds_call_line
           join funds_call on funds_call.id = funds_call_line.funds_call_id
           where funds_call.state in ('issued', 'partly_paid')
         )
         select line.reference, call.ref as call_ref, call.space_id, owner.slug as space_slug,
                line.council_id, council.name as council_name, call.treasurer_id, call.currency,
                line.due_on, cast(line.owed as bigint) as owed, line.declared
         from line
         join call on call.id = line.call_id
         join owner on owner.id = call.space_id
         join council on council.id = line.council_id
         where line.owed > 0 and exists (
           select 1 from role
           where role.person_id = $1 and role.valid_from <= $2
             and (role.valid_until is null or role.valid_until > $2)
             and role.council_id in (line.council_id, call.treasurer_id)
         )
         order by line.due_on, line.reference, council.name",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}
