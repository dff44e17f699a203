//! Councils that joined a call after its shares were final, and what those before them are
//! credited (domain.md §c10). Amounts are minor units of the call's currency, in its basis.

use forge_domain::{Id, charter::LateJoinerPolicy, id};
use jiff::Timestamp;

use crate::{Queryable, StoreError, record};

record! {
    /// What a late joiner pays.
    pub struct BuyIn {
        /// Its pledge.
        pub pledge_id: Id<id::Pledge>,
        /// The call.
        pub call_id: Id<id::Call>,
        /// The council.
        pub council_id: Id<id::Council>,
        /// Its place among the buy-ins of the call, from 1.
        pub position: i64,
        /// The vote that let it join.
        pub vote_id: Id<id::Vote>,
        /// Where its money goes.
        pub policy: LateJoinerPolicy,
        /// What it would have paid from the start.
        pub price: i64,
        /// The part of that it pays, in basis points.
        pub escalator_bp: i64,
        /// Why it pays no more than the price though the escalator would ask more.
        pub waiver: Option<String>,
        /// What it pays.
        pub amount: i64,
        /// Of that, what a call for funds of its own asks for.
        pub apart: i64,
        /// The tax on that part.
        pub apart_vat: i64,
        /// Since when it takes part.
        pub joined_at: Timestamp,
    }
}

record! {
    /// What a council that paid before a joiner is credited.
    pub struct Credit {
        /// The pledge of the joiner.
        pub pledge_id: Id<id::Pledge>,
        /// Who is credited.
        pub council_id: Id<id::Council>,
        /// Its address.
        pub council_slug: String,
        /// Its name.
        pub council_name: String,
        /// How much.
        pub credit: i64,
        /// Of that, by how much its share fell: the rest is given back at the closing.
        pub lowered: i64,
    }
}

/// Keeps what a late joiner pays. Its council is that of the pledge.
pub async fn insert(db: impl Queryable<'_>, new: &BuyIn) -> Result<(), StoreError> {
    db.query(
        "insert into buy_in
           (pledge_id, call_id, position, vote_id, policy, price, escalator_bp, waiver, amount,
            apart, apart_vat, joined_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.pledge_id)
    .bind(new.call_id)
    .bind(new.position)
    .bind(new.vote_id)
    .bind(new.policy)
    .bind(new.price)
    .bind(new.escalator_bp)
    .bind(new.waiver.clone())
    .bind(new.amount)
    .bind(new.apart)
    .bind(new.apart_vat)
    .bind(new.joined_at)
    .run()
    .await?;
    Ok(())
}

/// Keeps what a council is credited: how much in all, and by how much of it its share fell.
pub async fn insert_credit(
    db: impl Queryable<'_>,
    (pledge, council): (Id<id::Pledge>, Id<id::Council>),
    (credit, lowered): (i64, i64),
) -> Result<(), StoreError> {
    db.query(
        "insert into buy_in_credit (pledge_id, council_id, credit, lowered)
         values ($1, $2, $3, $4)",
    )
    .bind(pledge)
    .bind(council)
    .bind(credit)
    .bind(lowered)
    .run()
    .await?;
    Ok(())
}

/// The late joiners of a call, in the order they joined.
pub async fn of_call(db: impl Queryable<'_>, call: Id<id::Call>) -> Result<Vec<BuyIn>, StoreError> {
    db.query(
        "select buy_in.pledge_id, buy_in.call_id, pledge.council_id, buy_in.position,
                buy_in.vote_id, buy_in.policy, buy_in.price, buy_in.escalator_bp, buy_in.waiver,
                buy_in.amount, buy_in.apart, buy_in.apart_vat, buy_in.joined_at
         from buy_in join pledge on pledge.id = buy_in.pledge_id
         where buy_in.call_id = $1
         order by buy_in.position",
    )
    .bind(call)
    .all()
    .await
}

/// What the earlier payers of a call are credited, by joiner and council.
pub async fn credits_of_call(
    db: impl Queryable<'_>,
    call: Id<id::Call>,
) -> Result<Vec<Credit>, StoreError> {
    db.query(
        "select buy_in_credit.pledge_id, buy_in_credit.council_id, owner.slug as council_slug,
                council.name as council_name, buy_in_credit.credit, buy_in_credit.lowered
         from buy_in_credit
         join buy_in on buy_in.pledge_id = buy_in_credit.pledge_id
         join council on council.id = buy_in_credit.council_id
         join owner on owner.id = council.id
         where buy_in.call_id = $1
         order by buy_in.position, owner.slug",
    )
    .bind(call)
    .all()
    .await
}
