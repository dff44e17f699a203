//! All of Beffroi's SQL, and only SQL: one file per noun, one function per question.
//!
//! Each text is written once in the dialect that SQLite and PostgreSQL share; [`Db`] and [`Tx`]
//! run it on the engine at hand. Nothing here decides who may do what.

pub mod audit;
pub mod buy_ins;
pub mod calls;
pub mod charters;
pub mod commit_statuses;
pub mod councils;
pub mod dashboard;
pub mod db;
pub mod dump;
pub mod error;
pub mod events;
pub mod evidence;
pub mod funds;
pub mod invitations;
pub mod invoices;
pub mod jobs;
pub mod ledger;
pub mod mandates;
pub mod migrations;
pub mod milestones;
pub mod modules;
pub mod notices;
pub mod owners;
pub mod payments;
pub mod people;
pub mod pledges;
pub mod pushes;
pub mod query;
pub mod refunds;
pub mod reminders;
pub mod retention;
pub mod roles;
pub mod sessions;
pub mod settings;
pub mod spaces;
pub mod substitutions;
pub mod tokens;
pub mod transparency;
pub mod tx;
pub mod types;
pub mod votes;
pub mod webhooks;
pub mod work;

pub use db::{Db, Engine, Location};
pub use error::StoreError;
pub use query::{FromRow, Queryable, Row};
pub use tx::Tx;
