//! The append-only ledger of each space (domain.md §c13). The database itself refuses to change
//! or delete a row of it.

mod balances;
mod checkpoints;
mod nodes;
mod verified;

use forge_domain::{Id, id};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Queryable, StoreError, query::Single, record};

pub use balances::{
    Balance, Committed, Standing, add_to_balance, balances_of_call, committed_on_call,
    standing_of_call, standing_of_entries, standing_of_space,
};
pub use checkpoints::{
    Checkpoint, append_checkpoint, checkpoint_over, checkpoints, last_checkpoint,
};
pub use nodes::{Kept, Leaves, keep_node, leaves, node};
pub use verified::{Verified, keep_verified, verified};

record! {
    /// An entry without its postings.
    pub struct Entry {
        /// Its place in the space's ledger.
        pub seq: i64,
        /// When.
        pub ts: Timestamp,
        /// What happened.
        pub kind: String,
        /// The call it belongs to.
        pub call_ref: String,
        /// ISO 4217.
        pub currency: String,
        /// Who acted.
        pub actor: Uuid,
        /// The council it is about.
        pub council: Option<String>,
        /// Digests of the documents behind it, separated by spaces.
        pub evidence: String,
        /// The entry it undoes.
        pub reverses: Option<i64>,
        /// What makes a repetition recognisable.
        pub idempotency_key: String,
        /// The hash that was chained when it was written.
        pub hash: Vec<u8>,
    }
}

record! {
    /// A line of an entry.
    pub struct Posting {
        /// The entry.
        pub seq: i64,
        /// Its place in the entry, from 1.
        pub position: i64,
        /// The account.
        pub account: String,
        /// Minor units, debit above zero.
        pub amount: i64,
    }
}

/// Appends an entry; its postings follow by [`append_posting`].
pub async fn append(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    entry: &Entry,
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_entry
           (space_id, seq, ts, kind, call_ref, currency, actor, council, evidence, reverses,
            idempotency_key, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(space)
    .bind(entry.seq)
    .bind(entry.ts)
    .bind(entry.kind.as_str())
    .bind(entry.call_ref.as_str())
    .bind(entry.currency.as_str())
    .bind(entry.actor)
    .bind(entry.council.clone())
    .bind(entry.evidence.as_str())
    .bind(entry.reverses)
    .bind(entry.idempotency_key.as_str())
    .bind(entry.hash.as_slice())
    .run()
    .await?;
    Ok(())
}

/// Appends a line of an entry.
pub async fn append_posting(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    posting: &Posting,
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_posting (space_id, seq, position, account, amount)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(space)
    .bind(posting.seq)
    .bind(posting.position)
    .bind(posting.account.as_str())
    .bind(posting.amount)
    .run()
    .await?;
    Ok(())
}

record! {
    /// The newest entry's place in the chain.
    pub struct Head {
        /// Its number.
        pub seq: i64,
        /// Its hash.
        pub hash: Vec<u8>,
    }
}

/// The newest entry of a space's ledger.
pub async fn head(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Option<Head>, StoreError> {
    db.query("select seq, hash from ledger_entry where space_id = $1 order by seq desc limit 1")
        .bind(space)
        .optional()
        .await
}

/// The entries of a space after `after`, in order, at most `most`.
pub async fn entries(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    after: i64,
    most: i64,
) -> Result<Vec<Entry>, StoreError> {
    db.query(
        "select seq, ts, kind, call_ref, currency, actor, council, evidence, reverses,
                idempotency_key, hash
         from ledger_entry
         where space_id = $1 and seq > $2
         order by seq
         limit $3",
    )
    .bind(space)
    .bind(after)
    .bind(most)
    .all()
    .await
}

/// The lines of the entries after `after` up to and with `last`, in order.
pub async fn postings(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    after: i64,
    last: i64,
) -> Result<Vec<Posting>, StoreError> {
    db.query(
        "select seq, position, account, amount from ledger_posting
         where space_id = $1 and seq > $2 and seq <= $3
         order by seq, position",
    )
    .bind(space)
    .bind(after)
    .bind(last)
    .all()
    .await
}

record! {
    /// The place and hash of an entry.
    pub struct Place {
        /// Its number.
        pub seq: i64,
        /// Its hash.
        pub hash: Vec<u8>,
    }
}

/// The last entry about a council on a call.
pub async fn last_of_council(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
    council: &str,
) -> Result<Option<Place>, StoreError> {
    db.query(
        "select seq, hash from ledger_entry
         where space_id = $1 and call_ref = $2 and council = $3
         order by seq desc
         limit 1",
    )
    .bind(space)
    .bind(call_ref)
    .bind(council)
    .optional()
    .await
}

record! {
    /// The number of the last entry about a council.
    pub struct LastOf {
        /// The council's address.
        pub council: String,
        /// The entry.
        pub seq: i64,
    }
}

/// The last entry on a call about each council that has said something on it.
pub async fn last_of_councils(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    (call, call_ref): (Id<id::Call>, &str),
) -> Result<Vec<LastOf>, StoreError> {
    db.query(
        "select council, seq
         from (select owner.slug as council,
                      (select max(entry.seq) from ledger_entry as entry
                       where entry.space_id = $1 and entry.call_ref = $2
                         and entry.council = owner.slug) as seq
               from owner where owner.id in (select council_id from pledge where call_id = $3)
              ) as last
         where seq is not null",
    )
    .bind(space)
    .bind(call_ref)
    .bind(call)
    .all()
    .await
}

/// What stands on an account of a call, in minor units.
pub async fn balance(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
    account: &str,
) -> Result<i64, StoreError> {
    let sum = db
        .query(
            "select cast(coalesce(sum(ledger_posting.amount), 0) as bigint) as value
             from ledger_posting
             join ledger_entry on ledger_entry.space_id = ledger_posting.space_id
               and ledger_entry.seq = ledger_posting.seq
             where ledger_entry.space_id = $1 and ledger_entry.call_ref = $2
               and ledger_posting.account = $3",
        )
        .bind(space)
        .bind(call_ref)
        .bind(account)
        .one::<Single<i64>>()
        .await?;
    Ok(sum.0)
}

/// One entry with this key, where there is one.
pub async fn by_key(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    key: &str,
) -> Result<Option<Entry>, StoreError> {
    db.query(
        "select seq, ts, kind, call_ref, currency, actor, council, evidence, reverses,
                idempotency_key, hash
         from ledger_entry
         where space_id = $1 and idempotency_key = $2",
    )
    .bind(space)
    .bind(key)
    .optional()
    .await
}

/// The entries of a space before `before`, newest first, at most `most`; of one call where it is
/// named.
pub async fn entries_before(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: Option<&str>,
    (before, most): (i64, i64),
) -> Result<Vec<Entry>, StoreError> {
    // Two questions, because each has an index of its own.
    match call_ref {
        None => {
            db.query(
                "select seq, ts, kind, call_ref, currency, actor, council, evidence, reverses,
                        idempotency_key, hash
                 from ledger_entry
                 where space_id = $1 and seq < $2
                 order by seq desc
                 limit $3",
            )
            .bind(space)
            .bind(before)
            .bind(most)
            .all()
            .await
        }
        Some(call_ref) => {
            db.query(
                "select seq, ts, kind, call_ref, currency, actor, council, evidence, reverses,
                        idempotency_key, hash
                 from ledger_entry
                 where space_id = $1 and call_ref = $2 and seq < $3
                 order by seq desc
                 limit $4",
            )
            .bind(space)
            .bind(call_ref)
            .bind(before)
            .bind(most)
            .all()
            .await
        }
    }
}

/// The lines of the entries of a call from `first` to `last`, in order.
pub async fn postings_of_call(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
    (first, last): (i64, i64),
) -> Result<Vec<Posting>, StoreError> {
    db.query(
        "select line.seq, line.position, line.account, line.amount
         from ledger_entry as entry
         join ledger_posting as line on line.space_id = entry.space_id and line.seq = entry.seq
         where entry.space_id = $1 and entry.call_ref = $2
           and entry.seq >= $3 and entry.seq <= $4
         order by line.seq, line.position",
    )
    .bind(space)
    .bind(call_ref)
    .bind(first)
    .bind(last)
    .all()
    .await
}

record! {
    /// How many entries there are.
    pub struct Count {
        /// So many.
        pub n: i64,
    }
}

/// How many entries a call has.
pub async fn count_of_call(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
) -> Result<i64, StoreError> {
    let count: Count = db
        .query("select count(*) as n from ledger_entry where space_id = $1 and call_ref = $2")
        .bind(space)
        .bind(call_ref)
        .one()
        .await?;
    Ok(count.n)
}
