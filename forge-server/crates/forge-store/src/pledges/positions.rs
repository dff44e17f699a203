//! What one council has said on all calls, with what is needed to read it alone.

use forge_domain::{
    Id, id,
    pledge::{PledgeState, Section},
};
use jiff::{Timestamp, civil::Date};

use crate::{Queryable, StoreError, record};

record! {
    /// A position of a council, with its call and its space.
    pub struct Position {
        /// The pledge.
        pub id: Id<id::Pledge>,
        /// Its reference.
        pub reference: String,
        /// Where it stands.
        pub state: PledgeState,
        /// The most the council may owe.
        pub ceiling: Option<i64>,
        /// Whether everyone sees it while it is an intention.
        pub published: bool,
        /// The share without tax, once frozen.
        pub final_net: Option<i64>,
        /// The tax of that share.
        pub final_vat: Option<i64>,
        /// The share with tax.
        pub final_gross: Option<i64>,
        /// When it last changed.
        pub updated_at: Timestamp,
        /// The day its body decides.
        pub planned_on: Option<Date>,
        /// When it became firm.
        pub committed_at: Option<Timestamp>,
        /// The number of the council's own commitment or purchase order.
        pub commitment_no: Option<String>,
        /// The service of the council that pays.
        pub service_code: Option<String>,
        /// The call's reference.
        pub call_ref: String,
        /// The call's title.
        pub call_title: String,
        /// The language of the title.
        pub call_lang: String,
        /// ISO 4217.
        pub currency: String,
        /// `net` or `gross`.
        pub basis: String,
        /// The space.
        pub space_id: Id<id::Space>,
        /// The space's address.
        pub space_slug: String,
        /// The space's title.
        pub space_title: String,
        /// The council that carries the space.
        pub lead_id: Id<id::Council>,
        /// In which its days end (IANA name).
        pub time_zone: String,
    }
}

/// Every position of a council, newest first.
pub async fn positions_of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<Position>, StoreError> {
    db.query(
        "select pledge.id, pledge.ref as reference, pledge.state, pledge.ceiling,
                pledge.published, pledge.final_net, pledge.final_vat, pledge.final_gross,
                pledge.updated_at, pledge.planned_on, pledge.committed_at,
                pledge.commitment_no, pledge.service_code, call.ref as call_ref,
                call.title as call_title, call.lang as call_lang, call.currency, call.basis,
                call.space_id, owner.slug as space_slug, space.title as space_title,
                space.lead_id, space.time_zone
         from pledge
         join call on call.id = pledge.call_id
         join space on space.id = call.space_id
         join owner on owner.id = call.space_id
         where pledge.council_id = $1
         order by pledge.created_at desc, pledge.ref desc",
    )
    .bind(council)
    .all()
    .await
}

record! {
    /// The part of a ceiling that falls into one budget, and whose.
    pub struct YearOf {
        /// The pledge.
        pub pledge_id: Id<id::Pledge>,
        /// The year.
        pub year: i64,
        /// The section of the budget.
        pub section: Section,
        /// Minor units.
        pub amount: i64,
    }
}

/// The years of every position of a council, each in the order of its years.
pub async fn years_of_council(
    db: impl Queryable<'_>,
    council: Id<id::Council>,
) -> Result<Vec<YearOf>, StoreError> {
    db.query(
        "select pledge_year.pledge_id, pledge_year.year, pledge_year.section, pledge_year.amount
         from pledge_year join pledge on pledge.id = pledge_year.pledge_id
         where pledge.council_id = $1
         order by pledge_year.pledge_id, pledge_year.year, pledge_year.section",
    )
    .bind(council)
    .all()
    .await
}
