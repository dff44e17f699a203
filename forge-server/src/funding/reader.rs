//! Rows are read the same way for a page and inside an act.

use forge_store::{Db, Queryable, Tx, query::Query};

/// Where rows are read from: what is committed, or what an act's own transaction sees.
#[derive(Debug)]
pub enum Reader<'a> {
    /// What is committed.
    Db(&'a Db),
    /// What the act sees.
    Tx(&'a mut Tx),
}

impl<'q> Queryable<'q> for &'q mut Reader<'_> {
    fn query(self, sql: &'static str) -> Query<'q> {
        match self {
            Reader::Db(db) => db.query(sql),
            Reader::Tx(tx) => (&mut **tx).query(sql),
        }
    }
}
