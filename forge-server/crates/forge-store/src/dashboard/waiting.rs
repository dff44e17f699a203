//! What waits for a hand: pledges, ballots, milestones, and what somebody else has handed over.

use forge_domain::{
    Id, id,
    milestone::MilestoneState,
    pledge::{PledgeState, VisaDecision},
};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A pledge whose council has a step to take.
    pub struct OpenPledge {
        /// Its reference.
        pub reference: String,
        /// The call.
        pub call_ref: String,
        /// The address of its space.
        pub space_slug: String,
        /// The council.
        pub council_id: Id<id::Council>,
        /// The council's name.
        pub council_name: String,
        /// Where it stands.
        pub state: PledgeState,
        /// The day its body decides.
        pub planned_on: Option<Date>,
        /// When it was signed, its act still waiting.
        pub signed_at: Option<Timestamp>,
        /// The most the council may owe.
        pub ceiling: Option<i64>,
        /// The last word of its finance service.
        pub visa: Option<VisaDecision>,
        /// The last day of the call.
        pub deadline: Date,
        /// How many acts it has.
        pub acts: i64,
        /// How many of them others uploaded and nobody has checked.
        pub to_check: i64,
    }
}

/// The undecided pledges of a person's councils on calls that take pledges, and the confirmed ones
/// for which no money is reserved yet.
pub async fn pledges(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<OpenPledge>, StoreError> {
    db.query(
        "select pledge.ref as reference, call.ref as call_ref, owner.slug as space_slug,
                pledge.council_id, council.name as council_name, pledge.state,
                pledge.planned_on, pledge.signed_at, pledge.ceiling, call.deadline,
                (select visa.decision from pledge_visa as visa
                 where visa.pledge_id = pledge.id
                 order by visa.number desc limit 1) as visa,
                (select count(*) from evidence where evidence.pledge_id = pledge.id) as acts,
                (select count(*) from evidence
                 where evidence.pledge_id = pledge.id and evidence.checked_by is null
                   and evidence.rejected_by is null
                   and evidence.uploaded_by <> $1) as to_check
         from pledge
         join call on call.id = pledge.call_id
         join owner on owner.id = call.space_id
         join council on council.id = pledge.council_id
         where (
             pledge.state in ('intention', 'pending_decision')
               and call.state in ('open', 'reached')
             or pledge.state = 'confirmed' and call.state in ('confirmed', 'executing')
           )
           and exists (
             select 1 from role
             where role.person_id = $1 and role.council_id = pledge.council_id
               and role.valid_from <= $2 and (role.valid_until is null or role.valid_until > $2)
           )
         order by call.deadline, pledge.ref",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// An open vote that asks a council.
    pub struct Ballot {
        /// The vote's reference.
        pub reference: String,
        /// The space.
        pub space_id: Id<id::Space>,
        /// The address of the space.
        pub space_slug: String,
        /// The question.
        pub question: String,
        /// When it closes.
        pub closes_at: Timestamp,
        /// The zone in which that is a day.
        pub time_zone: String,
        /// The council.
        pub council_id: Id<id::Council>,
        /// The council's name.
        pub council_name: String,
        /// Whether the council has voted.
        pub done: bool,
    }
}

/// The open votes that ask a person's councils, those that close first before the others.
pub async fn ballots(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Ballot>, StoreError> {
    db.query(
        "select vote.ref as reference, vote.space_id, owner.slug as space_slug, vote.question,
                vote.closes_at, space.time_zone, vote_elector.council_id,
                council.name as council_name, vote_ballot.vote_id is not null as done
         from vote_elector
         join vote on vote.id = vote_elector.vote_id
         join space on space.id = vote.space_id
         join owner on owner.id = vote.space_id
         join council on council.id = vote_elector.council_id
         left join vote_ballot on vote_ballot.vote_id = vote.id
           and vote_ballot.council_id = vote_elector.council_id
         where vote.state = 'open' and exists (
           select 1 from role
           where role.person_id = $1 and role.council_id = vote_elector.council_id
             and role.valid_from <= $2 and (role.valid_until is null or role.valid_until > $2)
         )
         order by vote.closes_at, vote.ref, council.name",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// A milestone of a call being carried out, not accepted or not called for yet.
    pub struct Slice {
        /// The call.
        pub call_ref: String,
        /// The space.
        pub space_id: Id<id::Space>,
        /// The address of the space.
        pub space_slug: String,
        /// Its place, from 1.
        pub position: i64,
        /// Its title.
        pub title: String,
        /// The day it is promised for.
        pub due_on: Option<Date>,
        /// Where it stands.
        pub state: MilestoneState,
        /// Whether its delivery was put to a vote.
        pub voted: bool,
        /// Whether funds were called for it.
        pub called: bool,
        /// The legal vehicle of the call: under some, councils pay the supplier themselves.
        pub vehicle: String,
        /// The council that leads the call.
        pub lead_id: Id<id::Council>,
        /// The council that calls for funds.
        pub treasurer_id: Id<id::Council>,
    }
}

/// The milestones still to be carried out or called for in a person's spaces, by their day.
pub async fn slices(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Slice>, StoreError> {
    db.query(
        "select call.ref as call_ref, call.space_id, owner.slug as space_slug,
                slice.position, slice.title, slice.due_on, slice.state,
                exists (
                  select 1 from delivery
                  where delivery.call_id = call.id and delivery.position = slice.position
                    and delivery.vote_ref is not null and delivery.decided_at is null
                ) as voted,
                exists (
                  select 1 from funds_call
                  where funds_call.call_id = call.id and funds_call.milestone = slice.position
                    and funds_call.state not in ('draft', 'cancelled')
                ) as called,
                call.vehicle, call.lead_id, call.treasurer_id
         from call_milestone as slice
         join call on call.id = slice.call_id
         join space on space.id = call.space_id
         join owner on owner.id = call.space_id
         where call.state in ('confirmed', 'executing', 'settling') and slice.state <> 'dropped'
           and exists (
             select 1 from role
             where role.person_id = $1 and role.valid_from <= $2
               and (role.valid_until is null or role.valid_until > $2)
               and (role.council_id = space.lead_id or exists (
                 select 1 from space_member as member
                 where member.space_id = space.id and member.council_id = role.council_id
                   and member.status in ('observer', 'contributor')
               ))
           )
         order by slice.due_on, call.ref, slice.position",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

record! {
    /// Something another party has done its half of.
    pub struct Handed {
        /// `payment_declared`, `payment_received`, `invoice`, `asked`, `place_offered`,
        /// `place_taken` or `work_offered`.
        pub kind: String,
        /// What it is about: a reference; the asking council's address for `asked`.
        pub subject: String,
        /// The call; none for `asked`.
        pub call_ref: Option<String>,
        /// The address of the space.
        pub space_slug: String,
        /// The council whose half is missing.
        pub council_id: Id<id::Council>,
        /// The name of the council, or of the supplier, that has done its half.
        pub from_name: String,
    }
}

/// What waits for the other half of a person's councils, oldest reference first: payments only
/// one side has told, invoices to approve, councils that ask to join, places to take or to agree
/// to, days of work to agree to. An invoice that the person has approved already is left out, and
/// work that they offered themself.
pub async fn handed(
    db: impl Queryable<'_>,
    person: Id<id::Person>,
    now: Timestamp,
) -> Result<Vec<Handed>, StoreError> {
    db.query(
        "with handed as (
           select case payment.state when 'declared' then 'payment_declared'
                    else 'payment_received' end as kind,
                  payment.ref as subject, call.ref as call_ref, call.space_id,
                  case payment.state when 'declared' then call.treasurer_id
                    else payment.council_id end as council_id, council.name as from_name
           from payment join call on call.id = payment.call_id
           join council on council.id = case payment.state
             when 'declared' then payment.council_id else call.treasurer_id end
           where payment.kind = 'contribution' and payment.state in ('declared', 'received')
           union all
           select 'invoice', invoice.ref, call.ref, call.space_id, council.id,
                  invoice.supplier_name
           from invoice join call on call.id = invoice.call_id
           join council on council.id in (call.treasurer_id, call.lead_id)
           where invoice.state in ('recorded', 'approved_once') and not exists (
             select 1 from invoice_approval as approval
             where approval.invoice_id = invoice.id and approval.person_id = $1
           )
           union all
           select 'asked', owner.slug, null, member.space_id, space.lead_id, council.name
           from space_member as member join space on space.id = member.space_id
           join council on council.id = member.council_id
           join owner on owner.id = member.council_id
           where member.status = 'asked'
           union all
           select case when place.taking_id is null then 'place_offered'
                    else 'place_taken' end, pledge.ref, call.ref, call.space_id,
                  case when place.taking_id is null then place.council_id
                    else call.lead_id end, council.name
           from substitution as place join pledge on pledge.id = place.pledge_id
           join call on call.id = pledge.call_id
           join council on council.id = pledge.council_id
           where place.done_at is null
             and (place.taking_id is null or place.approved_at is null)
           union all
           select 'work_offered', work.ref, call.ref, call.space_id, call.lead_id, council.name
           from work join call on call.id = work.call_id
           join council on council.id = work.council_id
           where work.state = 'offered' and work.offered_by <> $1
             and call.state in ('open', 'reached', 'confirmed', 'executing')
         )
         select handed.kind, handed.subject, handed.call_ref, owner.slug as space_slug,
                handed.council_id, handed.from_name
         from handed join owner on owner.id = handed.space_id
         where exists (
           select 1 from role
           where role.person_id = $1 and role.council_id = handed.council_id
             and role.valid_from <= $2 and (role.valid_until is null or role.valid_until > $2)
         )
         order by handed.kind, handed.subject",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}
