//! What is committed, called, paid and spent on published calls (domain.md §e): sums of rows that
//! both sides have told, never of the ledger's entries. Amounts are minor units of their currency.

use forge_domain::{Id, call::CallState, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

/// Which calls are summed up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Those of this space.
    pub space: Option<Id<id::Space>>,
    /// Those in this state.
    pub state: Option<CallState>,
    /// Those published from this instant on, and before that one.
    pub published: Option<(Timestamp, Timestamp)>,
    /// What concerns this council alone, on the calls it takes part in.
    pub council: Option<Id<id::Council>>,
}

impl Filter {
    fn from(self) -> Timestamp {
        self.published.map_or(Timestamp::MIN, |(from, _)| from)
    }

    fn before(self) -> Timestamp {
        self.published.map_or(Timestamp::MAX, |(_, before)| before)
    }
}

record! {
    /// What moved on one call.
    pub struct CallSums {
        /// Its reference.
        pub reference: String,
        /// The address of its space.
        pub space_slug: String,
        /// The title of its space.
        pub space_title: String,
        /// Its title.
        pub title: String,
        /// The language of the title.
        pub lang: String,
        /// Where it stands.
        pub state: CallState,
        /// ISO 4217.
        pub currency: String,
        /// `net` or `gross`: of what is committed.
        pub basis: String,
        /// Ceilings of firm pledges and frozen shares, in the basis of the call.
        pub committed: i64,
        /// What councils were asked for.
        pub called: i64,
        /// What councils paid, to the treasurer or to suppliers.
        pub paid: i64,
        /// What came in of grants.
        pub granted: i64,
        /// What suppliers were paid.
        pub spent: i64,
        /// What went back.
        pub refunded: i64,
    }
}

/// The published calls with what moved on each, the newest first.
pub async fn calls(
    db: impl Queryable<'_>,
    filter: Filter,
    (most, skip): (i64, i64),
) -> Result<Vec<CallSums>, StoreError> {
    db.query(
        "select call.ref as reference, owner.slug as space_slug, space.title as space_title,
                call.title, call.lang, call.state, call.currency, call.basis,
                cast(coalesce(sum(flow.committed), 0) as bigint) as committed,
                cast(coalesce(sum(flow.called), 0) as bigint) as called,
                cast(coalesce(sum(flow.paid), 0) as bigint) as paid,
                cast(coalesce(sum(flow.granted), 0) as bigint) as granted,
                cast(coalesce(sum(flow.spent), 0) as bigint) as spent,
                cast(coalesce(sum(flow.refunded), 0) as bigint) as refunded
         from call
         join space on space.id = call.space_id
         join owner on owner.id = call.space_id
         left join call_flow as flow on flow.call_id = call.id
           and (flow.council_id = $5 or $5 is null)
         where call.published_at >= $1 and call.published_at < $2
           and (call.space_id = $3 or $3 is null)
           and (cast($4 as text) is null or call.state = $4)
           and ($5 is null or flow.council_id is not null)
         group by call.id, call.ref, owner.slug, space.title, call.title, call.lang, call.state,
                  call.currency, call.basis, call.published_at
         order by call.published_at desc, call.ref desc
         limit $6 offset $7",
    )
    .bind(filter.from())
    .bind(filter.before())
    .bind(filter.space)
    .bind(filter.state)
    .bind(filter.council)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

record! {
    /// A council that takes part in a published call.
    pub struct Party {
        /// Its id.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// Its name.
        pub name: String,
    }
}

/// The councils with anything on a published call, by name.
pub async fn parties(db: impl Queryable<'_>, most: i64) -> Result<Vec<Party>, StoreError> {
    db.query(
        "select council.id as council_id, owner.slug, council.name
         from council join owner on owner.id = council.id
         where exists (
           select 1 from call join call_flow as flow on flow.call_id = call.id
           where flow.council_id = council.id and call.published_at is not null)
         order by council.name, owner.slug
         limit $1",
    )
    .bind(most)
    .all()
    .await
}

record! {
    /// What moved on all the calls of a selection, in one currency.
    pub struct Totals {
        /// ISO 4217.
        pub currency: String,
        /// Ceilings of firm pledges and frozen shares, each in the basis of its call.
        pub committed: i64,
        /// What councils were asked for.
        pub called: i64,
        /// What councils paid.
        pub paid: i64,
        /// What came in of grants.
        pub granted: i64,
        /// What suppliers were paid.
        pub spent: i64,
        /// What went back.
        pub refunded: i64,
    }
}

/// The sums of the calls that [`calls`] answers with, one row a currency.
pub async fn totals(db: impl Queryable<'_>, filter: Filter) -> Result<Vec<Totals>, StoreError> {
    db.query(
        "select call.currency, cast(sum(flow.committed) as bigint) as committed,
                cast(sum(flow.called) as bigint) as called,
                cast(sum(flow.paid) as bigint) as paid,
                cast(sum(flow.granted) as bigint) as granted,
                cast(sum(flow.spent) as bigint) as spent,
                cast(sum(flow.refunded) as bigint) as refunded
         from call join call_flow as flow on flow.call_id = call.id
         where call.published_at >= $1 and call.published_at < $2
           and (call.space_id = $3 or $3 is null)
           and (cast($4 as text) is null or call.state = $4)
           and (flow.council_id = $5 or $5 is null)
         group by call.currency
         order by call.currency",
    )
    .bind(filter.from())
    .bind(filter.before())
    .bind(filter.space)
    .bind(filter.state)
    .bind(filter.council)
    .all()
    .await
}

record! {
    /// What one council promised and paid in one currency.
    pub struct CouncilSums {
        /// Its address.
        pub slug: String,
        /// Its name.
        pub name: String,
        /// ISO 4217.
        pub currency: String,
        /// Ceilings of firm pledges and frozen shares, each in the basis of its call.
        pub committed: i64,
        /// What it was asked for.
        pub called: i64,
        /// What it paid.
        pub paid: i64,
        /// What it got back.
        pub refunded: i64,
    }
}

/// The councils of these calls, by name, one row a council and currency.
pub async fn councils(
    db: impl Queryable<'_>,
    filter: Filter,
    (most, skip): (i64, i64),
) -> Result<Vec<CouncilSums>, StoreError> {
    db.query(
        "select owner.slug, council.name, call.currency,
                cast(sum(flow.committed) as bigint) as committed,
                cast(sum(flow.called) as bigint) as called,
                cast(sum(flow.paid) as bigint) as paid,
                cast(sum(flow.refunded) as bigint) as refunded
         from call join call_flow as flow on flow.call_id = call.id
         join council on council.id = flow.council_id
         join owner on owner.id = flow.council_id
         where call.published_at >= $1 and call.published_at < $2
           and (call.space_id = $3 or $3 is null)
           and (cast($4 as text) is null or call.state = $4)
           and (flow.council_id = $5 or $5 is null)
         group by owner.slug, council.name, call.currency
         order by council.name, owner.slug, call.currency
         limit $6 offset $7",
    )
    .bind(filter.from())
    .bind(filter.before())
    .bind(filter.space)
    .bind(filter.state)
    .bind(filter.council)
    .bind(most)
    .bind(skip)
    .all()
    .await
}

record! {
    /// A space and the head of its ledger.
    pub struct LedgerHead {
        /// The space's address.
        pub slug: String,
        /// Its title.
        pub title: String,
        /// The language of the title.
        pub lang: String,
        /// How many entries its ledger has.
        pub entries: Option<i64>,
        /// The hash of the last.
        pub hash: Option<Vec<u8>>,
    }
}

/// Every space with the head of its ledger, by title, at most `most` of them.
pub async fn heads(db: impl Queryable<'_>, most: i64) -> Result<Vec<LedgerHead>, StoreError> {
    db.query(
        "select owner.slug, space.title, space.lang, entry.seq as entries, entry.hash
         from space
         join owner on owner.id = space.id
         left join ledger_entry as entry on entry.space_id = space.id and entry.seq = (
           select max(last.seq) from ledger_entry as last where last.space_id = space.id
         )
         order by space.title, owner.slug
         limit $1",
    )
    .bind(most)
    .all()
    .await
}

/// When the first call was published.
pub async fn first_published(db: impl Queryable<'_>) -> Result<Option<Timestamp>, StoreError> {
    db.query("select min(published_at) as value from call").value().await
}
