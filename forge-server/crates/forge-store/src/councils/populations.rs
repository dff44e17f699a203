//! Counts of inhabitants, each of a kind and a year (domain.md §c1).

use forge_domain::{Id, id};
use jiff::civil::Date;

use crate::{Queryable, StoreError, record};

record! {
    /// A count of inhabitants.
    pub struct Population {
        /// The kind of count, as in `municipale`.
        pub kind: String,
        /// The year it is published for.
        pub vintage: String,
        /// Inhabitants.
        pub value: i64,
        /// The day it was counted.
        pub reference_date: Option<Date>,
        /// Where it was published.
        pub source_url: Option<String>,
    }
}

/// Records a count of inhabitants; one of the same kind and year is corrected. False where it was
/// known already, to the last detail.
pub async fn set_population(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    population: &Population,
) -> Result<bool, StoreError> {
    let touched = db
        .query(
            "insert into council_population
           (council_id, kind, vintage, value, reference_date, source_url)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (council_id, kind, vintage)
         do update set value = excluded.value, reference_date = excluded.reference_date,
           source_url = excluded.source_url
         where council_population.value <> excluded.value
           or council_population.reference_date is distinct from excluded.reference_date
           or council_population.source_url is distinct from excluded.source_url",
        )
        .bind(council)
        .bind(population.kind.as_str())
        .bind(population.vintage.as_str())
        .bind(population.value)
        .bind(population.reference_date)
        .bind(population.source_url.as_deref())
        .run()
        .await?;
    Ok(touched == 1)
}

/// The counts of a council, newest first.
pub async fn populations(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Population>, StoreError> {
    db.query(
        "select kind, vintage, value, reference_date, source_url from council_population
         where council_id = $1 order by vintage desc, kind",
    )
    .bind(council)
    .all()
    .await
}
