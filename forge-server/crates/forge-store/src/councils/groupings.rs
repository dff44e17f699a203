//! Councils of councils: whose inhabitants are counted already (domain.md §c1).

use forge_domain::{Id, id};

use crate::{Queryable, StoreError, record};

record! {
    /// A council at one end of a membership.
    pub struct Grouping {
        /// Its id.
        pub id: Id<id::Council>,
        /// Its address.
        pub slug: String,
        /// Its name.
        pub name: String,
    }
}

/// The groupings a council belongs to, by address.
pub async fn groupings(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Grouping>, StoreError> {
    db.query(
        "select council.id, owner.slug, council.name
         from council_grouping
         join council on council.id = council_grouping.grouping_id
         join owner on owner.id = council.id
         where council_grouping.council_id = $1
         order by owner.slug",
    )
    .bind(council)
    .all()
    .await
}

/// The members of a grouping, by address.
pub async fn members_of(
    db: impl Queryable<'_>,
    grouping: Id<id::Council>,
) -> Result<Vec<Grouping>, StoreError> {
    db.query(
        "select council.id, owner.slug, council.name
         from council_grouping
         join council on council.id = council_grouping.council_id
         join owner on owner.id = council.id
         where council_grouping.grouping_id = $1
         order by owner.slug",
    )
    .bind(grouping)
    .all()
    .await
}

/// Says that a council belongs to a grouping; said again, it stays so.
pub async fn add_grouping(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    grouping: Id<id::Council>,
) -> Result<(), StoreError> {
    db.query(
        "insert into council_grouping (council_id, grouping_id) values ($1, $2)
         on conflict (council_id, grouping_id) do nothing",
    )
    .bind(council)
    .bind(grouping)
    .run()
    .await?;
    Ok(())
}

/// Says that a council does not belong to a grouping any more.
pub async fn remove_grouping(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
    grouping: Id<id::Council>,
) -> Result<(), StoreError> {
    db.query("delete from council_grouping where council_id = $1 and grouping_id = $2")
        .bind(council)
        .bind(grouping)
        .run()
        .await?;
    Ok(())
}
