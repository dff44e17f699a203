//! The ceiling of a pledge by budget year and section.

use forge_domain::{Id, id, pledge::Section};

use crate::{Queryable, StoreError, Tx, record};

record! {
    /// The part of a ceiling that falls into one budget.
    pub struct Year {
        /// The year.
        pub year: i64,
        /// The section of the budget.
        pub section: Section,
        /// Minor units.
        pub amount: i64,
        /// The account it is booked on, as the council writes it.
        pub account_hint: Option<String>,
    }
}

/// The years of a pledge, in order.
pub async fn years(
    db: impl Queryable<'_>,
    pledge: Id<id::Pledge>,
) -> Result<Vec<Year>, StoreError> {
    db.query(
        "select year, section, amount, account_hint from pledge_year
         where pledge_id = $1 order by year, section",
    )
    .bind(pledge)
    .all()
    .await
}

/// Replaces the years of a pledge.
pub async fn replace_years(
    tx: &mut Tx,
    pledge: Id<id::Pledge>,
    years: &[Year],
) -> Result<(), StoreError> {
    tx.query("delete from pledge_year where pledge_id = $1").bind(pledge).run().await?;
    for year in years {
        tx.query(
            "insert into pledge_year (pledge_id, year, section, amount, account_hint)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(pledge)
        .bind(year.year)
        .bind(year.section)
        .bind(year.amount)
        .bind(year.account_hint.clone())
        .run()
        .await?;
    }
    Ok(())
}
