//! Days of work that councils give to the milestones of calls (domain.md §c8). Amounts are minor
//! units of the call's currency.

use forge_domain::{
    Id, id,
    work::{Days, WorkState},
};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// Work in kind.
    pub struct Work {
        /// Its id.
        pub id: Id<id::Work>,
        /// Its reference, `WRK-2026-0003`.
        pub reference: String,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The call's reference.
        pub call_ref: String,
        /// The place of its milestone, from 1; one that an amendment took away is not there.
        pub position: i64,
        /// The council whose agents do it.
        pub council_id: Id<id::Council>,
        /// The council's address.
        pub council_slug: String,
        /// The council's name.
        pub council_name: String,
        /// Where it stands.
        pub state: WorkState,
        /// How much.
        pub days: Days,
        /// What a day is worth, by the charter when it was offered or agreed to.
        pub day_rate: i64,
        /// What the whole is worth.
        pub value: i64,
        /// What is done.
        pub task: String,
        /// Why it was refused.
        pub reason: Option<String>,
        /// Whether it was counted in shares that are frozen.
        pub counted: bool,
        /// Who offered it.
        pub offered_by: Id<id::Person>,
        /// When.
        pub offered_at: Timestamp,
        /// Who agreed to it or refused it.
        pub judged_by: Option<Id<id::Person>>,
        /// When.
        pub judged_at: Option<Timestamp>,
        /// When it was said to be done.
        pub delivered_at: Option<Timestamp>,
        /// Its entry of the ledger.
        pub entry_seq: Option<i64>,
        /// How often it changed.
        pub version: i64,
    }
}

/// Inserts an offer.
pub async fn insert(db: impl Queryable<'_>, work: &Work) -> Result<(), StoreError> {
    db.query(
        "insert into work
           (id, ref, call_id, position, council_id, state, days, day_rate, value, task, counted,
            offered_by, offered_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(work.id)
    .bind(work.reference.as_str())
    .bind(work.call_id)
    .bind(work.position)
    .bind(work.council_id)
    .bind(work.state)
    .bind(work.days)
    .bind(work.day_rate)
    .bind(work.value)
    .bind(work.task.as_str())
    .bind(work.counted)
    .bind(work.offered_by)
    .bind(work.offered_at)
    .bind(work.version)
    .run()
    .await?;
    Ok(())
}

/// Moves work on; false where it is not of this version any more.
pub async fn step(db: impl Queryable<'_>, work: &Work) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "update work
             set state = $3, day_rate = $4, value = $5, reason = $6, judged_by = $7,
                 judged_at = $8, delivered_at = $9, entry_seq = $10, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(work.id)
        .bind(work.version)
        .bind(work.state)
        .bind(work.day_rate)
        .bind(work.value)
        .bind(work.reason.clone())
        .bind(work.judged_by)
        .bind(work.judged_at)
        .bind(work.delivered_at)
        .bind(work.entry_seq)
        .run()
        .await?;
    Ok(touched == 1)
}

/// Says that the agreed work of a council on the first `kept` milestones of a call was counted in
/// its frozen share.
pub async fn count(
    db: impl Queryable<'_>,
    (call, council): (Id<id::Call>, Id<id::Council>),
    kept: i64,
) -> Result<(), StoreError> {
    db.query(
        "update work set counted = true, version = version + 1
         where call_id = $1 and council_id = $2 and position <= $3 and state = 'agreed'",
    )
    .bind(call)
    .bind(council)
    .bind(kept)
    .run()
    .await?;
    Ok(())
}

/// All work on a call, whatever became of it, in the order of its references.
pub async fn of_call(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<Vec<Work>, StoreError> {
    db.query(
        "select work.id, work.ref as reference, work.call_id, call.ref as call_ref,
                work.position, work.council_id, owner.slug as council_slug,
                council.name as council_name, work.state, work.days, work.day_rate, work.value,
                work.task, work.reason, work.counted, work.offered_by, work.offered_at,
                work.judged_by, work.judged_at, work.delivered_at, work.entry_seq, work.version
         from work join call on call.id = work.call_id
         join council on council.id = work.council_id
         join owner on owner.id = work.council_id
         where work.call_id = $1
         order by work.ref",
    )
    .bind(call)
    .all()
    .await
}

record! {
    /// Work of one council on some call, as everyone may see it.
    pub struct Given {
        /// Its reference.
        pub reference: String,
        /// The call's reference.
        pub call_ref: String,
        /// The address of its space.
        pub space_slug: String,
        /// The call's title.
        pub title: String,
        /// The language of the title.
        pub lang: String,
        /// The call's currency.
        pub currency: String,
        /// Where it stands.
        pub state: WorkState,
        /// How much.
        pub days: Days,
        /// What it is worth.
        pub value: i64,
    }
}

/// The work of a council that was agreed on or done, the latest first.
pub async fn of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    most: i64,
) -> Result<Vec<Given>, StoreError> {
    db.query(
        "select work.ref as reference, call.ref as call_ref, owner.slug as space_slug,
                call.title, call.lang, call.currency, work.state, work.days, work.value
         from work join call on call.id = work.call_id
         join owner on owner.id = call.space_id
         where work.council_id = $1 and work.state in ('agreed', 'delivered')
         order by work.offered_at desc, work.ref desc
         limit $2",
    )
    .bind(council)
    .bind(most)
    .all()
    .await
}

/// Whether a council has given work to some call of a space.
pub async fn has_delivered(
    db: impl Queryable<'_>,
    (council, space): (Id<id::Council>, Id<id::Space>),
) -> Result<bool, StoreError> {
    let found: i64 = db
        .query(
            "select count(*) as value
             from work join call on call.id = work.call_id
             where work.council_id = $1 and call.space_id = $2 and work.state = 'delivered'",
        )
        .bind(council)
        .bind(space)
        .value()
        .await?;
    Ok(found > 0)
}
