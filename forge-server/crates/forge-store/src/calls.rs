//! Co-funding calls (domain.md §c6). Amounts are minor units of the call's currency.

mod kept;
mod lists;
mod needs;
mod parts;
mod steps;

use forge_domain::{Id, call::CallState, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

pub use kept::{
    Chosen, Contract, Version, choose, chosen, contract, insert_contract, insert_version,
    set_leave_until, version_of, versions,
};
pub use lists::{count_published, drafts_of_space, published};
pub use needs::{
    Backstop, Required, backstop, delete_backstop, delete_required, insert_backstop,
    insert_required, required,
};
pub use parts::{
    CallModule, Grouping, Milestone, Population, Subsidy, delete_milestones, delete_modules,
    delete_subsidies, groupings, groupings_of_space, insert_milestone, insert_module,
    insert_subsidy, milestones, modules, populations, populations_of_space, step_milestone,
    subsidies,
};

pub use steps::{Step, advance, extend, set_reopens, step};

record! {
    /// A call.
    pub struct Call {
        /// Its id.
        pub id: Id<id::Call>,
        /// Its reference, `CALL-2026-0007`.
        pub reference: String,
        /// Its space.
        pub space_id: Id<id::Space>,
        /// The address of its space.
        pub space_slug: String,
        /// What is to be paid for.
        pub title: String,
        /// The need, in Markdown.
        pub need: String,
        /// What is delivered, in Markdown.
        pub scope: String,
        /// What is not, in Markdown.
        pub out_of_scope: String,
        /// The language of these texts.
        pub lang: String,
        /// Where it stands.
        pub state: CallState,
        /// ISO 4217.
        pub currency: String,
        /// `net` or `gross`.
        pub basis: String,
        /// The rate of VAT, in basis points.
        pub vat_bp: i64,
        /// The full cost, in the call's basis.
        pub target: i64,
        /// The least that lets work start.
        pub minimum: i64,
        /// The part kept for contingencies, in basis points.
        pub reserve_bp: i64,
        /// The sharing rule, as JSON.
        pub rule: String,
        /// The least a share may be.
        pub share_floor: Option<i64>,
        /// The most a share may be.
        pub share_cap: Option<i64>,
        /// How many councils must be firm.
        pub councils_min: i64,
        /// How many inhabitants they must have.
        pub population_min: Option<i64>,
        /// Whether a ceiling below the share of reference is taken.
        pub low_ceilings: bool,
        /// Whether the lead may confirm early.
        pub early_close: bool,
        /// First day.
        pub opens_on: Option<Date>,
        /// Last day.
        pub deadline: Date,
        /// The first instant after the last day.
        pub deadline_at: Timestamp,
        /// Days after the deadline before the call is decided.
        pub grace_days: i64,
        /// Who contracts and pays.
        pub vehicle: String,
        /// The rules of evidence.
        pub profile: String,
        /// SPDX id of the result.
        pub licence: String,
        /// The council that carries the procedure.
        pub lead_id: Id<id::Council>,
        /// Its address.
        pub lead_slug: String,
        /// The body that receives contributions.
        pub treasurer_id: Id<id::Council>,
        /// Its address.
        pub treasurer_slug: String,
        /// Every input and result at its end, as JSON.
        pub snapshot: Option<String>,
        /// Why it failed or was called off.
        pub end_reason: Option<String>,
        /// How often it changed.
        pub version: i64,
        /// When it was drafted.
        pub created_at: Timestamp,
        /// When it was published.
        pub published_at: Option<Timestamp>,
        /// Since when it is reached.
        pub reached_at: Option<Timestamp>,
        /// When it was decided.
        pub ended_at: Option<Timestamp>,
        /// The last day it was published with.
        pub deadline_first: Option<Date>,
        /// How often a vote moved its last day.
        pub extensions: i64,
        /// Until when firm pledgers may leave without fault.
        pub leave_until: Option<Timestamp>,
        /// When its work was over.
        pub settled_at: Option<Timestamp>,
        /// When its books were closed.
        pub closed_at: Option<Timestamp>,
        /// The reference of the call of which it is the second try.
        pub reopens: Option<String>,
    }
}

/// What its lead writes of a call while it is a draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What is to be paid for.
    pub title: String,
    /// The need.
    pub need: String,
    /// What is delivered.
    pub scope: String,
    /// What is not.
    pub out_of_scope: String,
    /// The language of these texts.
    pub lang: String,
    /// ISO 4217.
    pub currency: String,
    /// `net` or `gross`.
    pub basis: String,
    /// Basis points.
    pub vat_bp: i64,
    /// The full cost.
    pub target: i64,
    /// The least that lets work start.
    pub minimum: i64,
    /// Basis points.
    pub reserve_bp: i64,
    /// JSON.
    pub rule: String,
    /// The least a share may be.
    pub share_floor: Option<i64>,
    /// The most a share may be.
    pub share_cap: Option<i64>,
    /// How many councils must be firm.
    pub councils_min: i64,
    /// How many inhabitants they must have.
    pub population_min: Option<i64>,
    /// Whether low ceilings are taken.
    pub low_ceilings: bool,
    /// Whether the lead may confirm early.
    pub early_close: bool,
    /// First day.
    pub opens_on: Option<Date>,
    /// Last day.
    pub deadline: Date,
    /// The first instant after the last day.
    pub deadline_at: Timestamp,
    /// Days of grace.
    pub grace_days: i64,
    /// Who contracts and pays.
    pub vehicle: String,
    /// The rules of evidence.
    pub profile: String,
    /// SPDX id.
    pub licence: String,
    /// The council that carries the procedure.
    pub lead_id: Id<id::Council>,
    /// The body that receives contributions.
    pub treasurer_id: Id<id::Council>,
}

/// Inserts a draft.
pub async fn insert(
    db: impl Queryable<'_>,
    (id, reference): (Id<id::Call>, &str),
    space: Id<id::Space>,
    draft: &Draft,
    created_by: Id<id::Person>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let query = db.query(
        "insert into call
           (title, need, scope, out_of_scope, lang, currency, basis, vat_bp, target, minimum,
            reserve_bp, rule, share_floor, share_cap, councils_min, population_min, low_ceilings,
            early_close, opens_on, deadline, deadline_at, grace_days, vehicle, profile, licence,
            lead_id, treasurer_id, id, ref, space_id, created_by, created_at, state, version,
            extensions)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,
                 'draft', 1, 0)",
    );
    bind_draft(query, draft)
        .bind(id)
        .bind(reference)
        .bind(space)
        .bind(created_by)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Rewrites what a call says, a draft or one that is amended; false where it is of another version
/// meanwhile.
pub async fn update_terms(
    db: impl Queryable<'_>,
    id: Id<id::Call>,
    version: i64,
    draft: &Draft,
) -> Result<bool, StoreError> {
    let query = db.query(
        "update call
         set title = $1, need = $2, scope = $3, out_of_scope = $4, lang = $5, currency = $6,
             basis = $7, vat_bp = $8, target = $9, minimum = $10, reserve_bp = $11, rule = $12,
             share_floor = $13, share_cap = $14, councils_min = $15, population_min = $16,
             low_ceilings = $17, early_close = $18, opens_on = $19, deadline = $20,
             deadline_at = $21, grace_days = $22, vehicle = $23, profile = $24, licence = $25,
             lead_id = $26, treasurer_id = $27, version = version + 1
         where id = $28 and version = $29 and state in ('draft', 'open', 'reached')",
    );
    Ok(bind_draft(query, draft).bind(id).bind(version).run().await? == 1)
}

fn bind_draft<'q>(query: crate::query::Query<'q>, draft: &Draft) -> crate::query::Query<'q> {
    query
        .bind(draft.title.as_str())
        .bind(draft.need.as_str())
        .bind(draft.scope.as_str())
        .bind(draft.out_of_scope.as_str())
        .bind(draft.lang.as_str())
        .bind(draft.currency.as_str())
        .bind(draft.basis.as_str())
        .bind(draft.vat_bp)
        .bind(draft.target)
        .bind(draft.minimum)
        .bind(draft.reserve_bp)
        .bind(draft.rule.as_str())
        .bind(draft.share_floor)
        .bind(draft.share_cap)
        .bind(draft.councils_min)
        .bind(draft.population_min)
        .bind(draft.low_ceilings)
        .bind(draft.early_close)
        .bind(draft.opens_on)
        .bind(draft.deadline)
        .bind(draft.deadline_at)
        .bind(draft.grace_days)
        .bind(draft.vehicle.as_str())
        .bind(draft.profile.as_str())
        .bind(draft.licence.as_str())
        .bind(draft.lead_id)
        .bind(draft.treasurer_id)
}

/// The call of a reference.
pub async fn by_ref(db: impl Queryable<'_>, reference: &str) -> Result<Option<Call>, StoreError> {
    db.query(
        "select call.id, call.ref as reference, call.space_id, space_owner.slug as space_slug,
                call.title, call.need, call.scope, call.out_of_scope, call.lang, call.state,
                call.currency, call.basis, call.vat_bp, call.target, call.minimum,
                call.reserve_bp, call.rule, call.share_floor, call.share_cap, call.councils_min,
                call.population_min, call.low_ceilings, call.early_close, call.opens_on,
                call.deadline, call.deadline_at, call.grace_days, call.vehicle, call.profile,
                call.licence, call.lead_id, lead_owner.slug as lead_slug, call.treasurer_id,
                treasurer_owner.slug as treasurer_slug, call.snapshot, call.end_reason,
                call.version, call.created_at, call.published_at, call.reached_at, call.ended_at,
                call.deadline_first, call.extensions, call.leave_until, call.settled_at,
                call.closed_at, reopened.ref as reopens
         from call
         left join call as reopened on reopened.id = call.reopens_id
         join owner as space_owner on space_owner.id = call.space_id
         join owner as lead_owner on lead_owner.id = call.lead_id
         join owner as treasurer_owner on treasurer_owner.id = call.treasurer_id
         where call.ref = $1",
    )
    .bind(reference)
    .optional()
    .await
}

/// The call with an id.
pub async fn by_id(db: impl Queryable<'_>, id: Id<id::Call>) -> Result<Option<Call>, StoreError> {
    db.query(
        "select call.id, call.ref as reference, call.space_id, space_owner.slug as space_slug,
                call.title, call.need, call.scope, call.out_of_scope, call.lang, call.state,
                call.currency, call.basis, call.vat_bp, call.target, call.minimum,
                call.reserve_bp, call.rule, call.share_floor, call.share_cap, call.councils_min,
                call.population_min, call.low_ceilings, call.early_close, call.opens_on,
                call.deadline, call.deadline_at, call.grace_days, call.vehicle, call.profile,
                call.licence, call.lead_id, lead_owner.slug as lead_slug, call.treasurer_id,
                treasurer_owner.slug as treasurer_slug, call.snapshot, call.end_reason,
                call.version, call.created_at, call.published_at, call.reached_at, call.ended_at,
                call.deadline_first, call.extensions, call.leave_until, call.settled_at,
                call.closed_at, reopened.ref as reopens
         from call
         left join call as reopened on reopened.id = call.reopens_id
         join owner as space_owner on space_owner.id = call.space_id
         join owner as lead_owner on lead_owner.id = call.lead_id
         join owner as treasurer_owner on treasurer_owner.id = call.treasurer_id
         where call.id = $1",
    )
    .bind(id)
    .optional()
    .await
}
