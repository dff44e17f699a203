//! What a call is made of: slices of the work, grants, modules, and the counts of inhabitants its
//! councils' shares are computed from.

use forge_domain::{Id, id, milestone::MilestoneState};
use jiff::civil::Date;

use crate::{Queryable, StoreError, record};

record! {
    /// A slice of the work.
    pub struct Milestone {
        /// Its place, from 1.
        pub position: i64,
        /// What it delivers.
        pub title: String,
        /// What it costs, in the call's basis.
        pub amount: i64,
        /// When it is due.
        pub due_on: Option<Date>,
        /// What must hold for it to be accepted, as a JSON list.
        pub criteria: String,
        /// Where it stands.
        pub state: MilestoneState,
    }
}

record! {
    /// A grant deducted before sharing.
    pub struct Subsidy {
        /// Its place, from 1.
        pub position: i64,
        /// Whose it is.
        pub label: String,
        /// The fixed amount.
        pub amount: Option<i64>,
        /// The rate, in basis points.
        pub rate_bp: Option<i64>,
        /// The most the rate gives.
        pub amount_max: Option<i64>,
    }
}

record! {
    /// A module a call is for.
    pub struct CallModule {
        /// The module.
        pub module_id: Id<id::Module>,
        /// The address of its owner.
        pub owner_slug: String,
        /// Its own.
        pub slug: String,
        /// What it is called.
        pub title: String,
        /// Who sees it.
        pub visibility: forge_domain::access::Visibility,
    }
}

/// The slices of the work, in order.
pub async fn milestones(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Milestone>, StoreError> {
    db.query(
        "select position, title, amount, due_on, criteria, state from call_milestone
         where call_id = $1 order by position",
    )
    .bind(call)
    .all()
    .await
}

/// Inserts a slice of the work.
pub async fn insert_milestone(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    milestone: &Milestone,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_milestone (call_id, position, title, amount, due_on, criteria, state)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(call)
    .bind(milestone.position)
    .bind(milestone.title.as_str())
    .bind(milestone.amount)
    .bind(milestone.due_on)
    .bind(milestone.criteria.as_str())
    .bind(milestone.state)
    .run()
    .await?;
    Ok(())
}

/// Moves a slice of the work on; false where it is not in the state it was seen in.
pub async fn step_milestone(
    db: impl Queryable<'_>,
    (call, position): (Id<id::Call>, i64),
    (from, to): (MilestoneState, MilestoneState),
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update call_milestone set state = $4
             where call_id = $1 and position = $2 and state = $3",
        )
        .bind(call)
        .bind(position)
        .bind(from)
        .bind(to)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Takes every slice out of a call, before others are written.
pub async fn delete_milestones(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<(), StoreError> {
    db.query("delete from call_milestone where call_id = $1").bind(call).run().await?;
    Ok(())
}

/// The grants of a call, in order.
pub async fn subsidies(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Subsidy>, StoreError> {
    db.query(
        "select position, label, amount, rate_bp, amount_max from call_subsidy
         where call_id = $1 order by position",
    )
    .bind(call)
    .all()
    .await
}

/// Inserts a grant.
pub async fn insert_subsidy(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    subsidy: &Subsidy,
) -> Result<(), StoreError> {
    db.query(
        "insert into call_subsidy (call_id, position, label, amount, rate_bp, amount_max)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(call)
    .bind(subsidy.position)
    .bind(subsidy.label.as_str())
    .bind(subsidy.amount)
    .bind(subsidy.rate_bp)
    .bind(subsidy.amount_max)
    .run()
    .await?;
    Ok(())
}

/// Takes every grant out of a call.
pub async fn delete_subsidies(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<(), StoreError> {
    db.query("delete from call_subsidy where call_id = $1").bind(call).run().await?;
    Ok(())
}

/// The modules a call is for, by address.
pub async fn modules(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<CallModule>, StoreError> {
    db.query(
        "select call_module.module_id, owner.slug as owner_slug, module.slug, module.title,
                module.visibility
         from call_module
         join module on module.id = call_module.module_id
         join owner on owner.id = module.owner_id
         where call_module.call_id = $1
         order by owner.slug, module.slug",
    )
    .bind(call)
    .all()
    .await
}

/// Says that a call is for a module.
pub async fn insert_module(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
    module: Id<id::Module>,
) -> Result<(), StoreError> {
    db.query("insert into call_module (call_id, module_id) values ($1, $2)")
        .bind(call)
        .bind(module)
        .run()
        .await?;
    Ok(())
}

/// Takes every module out of a call.
pub async fn delete_modules(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<(), StoreError> {
    db.query("delete from call_module where call_id = $1").bind(call).run().await?;
    Ok(())
}

record! {
    /// A count of a council's inhabitants.
    pub struct Population {
        /// The council.
        pub council_id: Id<id::Council>,
        /// What is counted, such as `municipale`.
        pub kind: String,
        /// The year of the count.
        pub vintage: String,
        /// The inhabitants.
        pub value: i64,
    }
}

/// Every count of every council that has said something on a call, latest first.
pub async fn populations(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Population>, StoreError> {
    db.query(
        "select council_id, kind, vintage, value from council_population
         where council_id in (select council_id from pledge where call_id = $1)
         order by vintage desc, kind",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// The grouping a council belongs to.
    pub struct Grouping {
        /// The council.
        pub council_id: Id<id::Council>,
        /// The address of the grouping.
        pub grouping: String,
    }
}

/// The groupings of every council that has said something on a call.
pub async fn groupings(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Grouping>, StoreError> {
    db.query(
        "select council_grouping.council_id, owner.slug as grouping
         from council_grouping join owner on owner.id = council_grouping.grouping_id
         where council_grouping.council_id in (select council_id from pledge where call_id = $1)
         order by owner.slug",
    )
    .bind(call)
    .all()
    .await
}

/// As [`populations`], of every council that contributes to a space.
pub async fn populations_of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Population>, StoreError> {
    db.query(
        "select council_id, kind, vintage, value from council_population
         where council_id in (
           select council_id from space_member where space_id = $1 and status = 'contributor')
         order by vintage desc, kind",
    )
    .bind(space)
    .all()
    .await
}

/// As [`groupings`], of every council that contributes to a space.
pub async fn groupings_of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Grouping>, StoreError> {
    db.query(
        "select council_grouping.council_id, owner.slug as grouping
         from council_grouping join owner on owner.id = council_grouping.grouping_id
         where council_grouping.council_id in (
           select council_id from space_member where space_id = $1 and status = 'contributor')
         order by owner.slug",
    )
    .bind(space)
    .all()
    .await
}
