//! What falls due, for the calendar of reminders (domain.md §c18).

use forge_domain::{Id, id};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A call that still takes pledges.
    pub struct Ending {
        /// Its reference.
        pub reference: String,
        /// Its space.
        pub space_id: Id<id::Space>,
        /// The zone of the space.
        pub zone: String,
        /// Its last day.
        pub deadline: Date,
        /// When it opened.
        pub published_at: Timestamp,
    }
}

/// The calls that take pledges and end on `until` or before.
pub async fn endings(db: impl Queryable<'_>, until: Date) -> Result<Vec<Ending>, StoreError> {
    db.query(
        "select call.ref as reference, call.space_id, space.time_zone as zone, call.deadline,
                call.published_at
         from call join space on space.id = call.space_id
         where call.state in ('open', 'reached') and call.deadline <= $1
           and call.published_at is not null
         order by call.ref",
    )
    .bind(until)
    .all()
    .await
}

record! {
    /// A pledge whose council meets on it.
    pub struct Meeting {
        /// Its reference.
        pub reference: String,
        /// Its call.
        pub call_ref: String,
        /// The space of the call.
        pub space_id: Id<id::Space>,
        /// The zone of the space.
        pub zone: String,
        /// The council.
        pub council_id: Id<id::Council>,
        /// The day it decides.
        pub planned_on: Date,
        /// When that was last said.
        pub updated_at: Timestamp,
    }
}

/// The pledges that are decided on `until` or before, and are not yet.
pub async fn meetings(db: impl Queryable<'_>, until: Date) -> Result<Vec<Meeting>, StoreError> {
    db.query(
        "select pledge.ref as reference, call.ref as call_ref, call.space_id,
                space.time_zone as zone, pledge.council_id, pledge.planned_on, pledge.updated_at
         from pledge
         join call on call.id = pledge.call_id
         join space on space.id = call.space_id
         where pledge.state = 'pending_decision' and pledge.planned_on <= $1
           and call.state in ('open', 'reached')
         order by pledge.ref",
    )
    .bind(until)
    .all()
    .await
}
