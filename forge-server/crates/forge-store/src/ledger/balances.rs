//! What stands on the accounts of a ledger.

use forge_domain::{Id, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// What stands on an account.
    pub struct Balance {
        /// The account.
        pub account: String,
        /// Minor units, debit above zero.
        pub amount: i64,
    }
}

/// What stands on each account of a call, zeros left out, by account.
pub async fn balances_of_call(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
) -> Result<Vec<Balance>, StoreError> {
    db.query(
        "select ledger_posting.account, cast(sum(ledger_posting.amount) as bigint) as amount
         from ledger_posting
         join ledger_entry on ledger_entry.space_id = ledger_posting.space_id
           and ledger_entry.seq = ledger_posting.seq
         where ledger_posting.space_id = $1 and ledger_entry.call_ref = $2
         group by ledger_posting.account
         having sum(ledger_posting.amount) <> 0
         order by ledger_posting.account",
    )
    .bind(space)
    .bind(call_ref)
    .all()
    .await
}

/// Adds a line to what stands on its account.
pub async fn add_to_balance(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    (call_ref, currency): (&str, &str),
    (account, amount): (&str, i64),
) -> Result<(), StoreError> {
    db.query(
        "insert into ledger_balance (space_id, call_ref, currency, account, amount)
         values ($1, $2, $3, $4, $5)
         on conflict (space_id, call_ref, currency, account)
         do update set amount = ledger_balance.amount + excluded.amount",
    )
    .bind(space)
    .bind(call_ref)
    .bind(currency)
    .bind(account)
    .bind(amount)
    .run()
    .await?;
    Ok(())
}

record! {
    /// What stands on an account of a call.
    pub struct Standing {
        /// The call.
        pub call_ref: String,
        /// Its currency.
        pub currency: String,
        /// The account.
        pub account: String,
        /// Minor units, debit above zero.
        pub amount: i64,
    }
}

/// What stands on the accounts of a call, zeros left out, at most `most` of them.
pub async fn standing_of_call(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
    most: i64,
) -> Result<Vec<Standing>, StoreError> {
    db.query(
        "select call_ref, currency, account, amount from ledger_balance
         where space_id = $1 and call_ref = $2 and amount <> 0
         order by currency, account
         limit $3",
    )
    .bind(space)
    .bind(call_ref)
    .bind(most)
    .all()
    .await
}

/// What stands on the accounts of each call that has an entry from `first` to `last`, zeros left
/// out, at most `most` of each call.
pub async fn standing_of_entries(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    (first, last): (i64, i64),
    most: i64,
) -> Result<Vec<Standing>, StoreError> {
    db.query(
        "select call_ref, currency, account, amount
         from (select call_ref, currency, account, amount,
                      row_number() over (partition by call_ref order by currency, account) as place
               from ledger_balance
               where space_id = $1 and amount <> 0
                 and call_ref in (select call_ref from ledger_entry
                                  where space_id = $1 and seq >= $2 and seq <= $3)) as ranked
         where place <= $4
         order by call_ref, currency, account",
    )
    .bind(space)
    .bind(first)
    .bind(last)
    .bind(most)
    .all()
    .await
}

/// What stands on every account of a space, zeros left out.
pub async fn standing_of_space(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
) -> Result<Vec<Standing>, StoreError> {
    db.query(
        "select call_ref, currency, account, amount from ledger_balance
         where space_id = $1 and amount <> 0
         order by call_ref, currency, account",
    )
    .bind(space)
    .all()
    .await
}

record! {
    /// How much more, or less, councils had committed after an entry.
    pub struct Committed {
        /// When.
        pub ts: Timestamp,
        /// Minor units.
        pub amount: i64,
    }
}

/// What pledges made firm, confirmed and took back on a call, in the order of its ledger. Calls
/// for funds, which turn what is committed into what is owed, are left out.
pub async fn committed_on_call(
    db: impl Queryable<'_>,
    space: Id<id::Space>,
    call_ref: &str,
) -> Result<Vec<Committed>, StoreError> {
    db.query(
        "select entry.ts, cast(-posting.amount as bigint) as amount
         from ledger_entry as entry
         join ledger_posting as posting on posting.space_id = entry.space_id
           and posting.seq = entry.seq
         where entry.space_id = $1 and entry.call_ref = $2
           and posting.account = 'commitments/call' and entry.kind like 'pledge.%'
         order by entry.seq",
    )
    .bind(space)
    .bind(call_ref)
    .all()
    .await
}
