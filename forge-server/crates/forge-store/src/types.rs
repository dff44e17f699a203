//! What can be bound to a query and read from a column, alike on both engines.
//!
//! Instants are BIGINT microseconds of UTC and dates ISO 8601 text: both sort and compare the same
//! on either engine, which a TIMESTAMPTZ beside SQLite's text would not.

use forge_domain::{
    Id,
    access::{MemberStatus, Role, TokenScope, Visibility},
    call::CallState,
    charter::LateJoinerPolicy,
    funds::{FundsCallState, InvoiceState, PaymentState, RefundState},
    milestone::MilestoneState,
    notices::{EventKind, EventVisibility, MailChoice, Topic},
    pledge::{PledgeState, Section, VisaDecision},
    review::StatusState,
    vote::{Choice, VoteKind, VoteState},
    webhook::{DeliveryState, WebhookFormat, WebhookStop},
    work::{Days, WorkState},
};
use jiff::{Timestamp, civil::Date};
use sqlx::Row as _;
use uuid::Uuid;

use crate::{Row, StoreError};

/// A value on its way to a statement; `None` is a typed null.
#[derive(Debug, Clone)]
pub enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// BOOLEAN; 0 or 1 on SQLite.
    Bool(Option<bool>),
    /// TEXT.
    Text(Option<String>),
    /// UUID; sixteen bytes on SQLite.
    Uuid(Option<Uuid>),
    /// BYTEA or BLOB.
    Bytes(Option<Vec<u8>>),
}

/// A type that can be bound.
pub trait Bind {
    /// The value to send.
    fn value(self) -> Value;
    /// The null of this type.
    fn null() -> Value
    where
        Self: Sized;
}

impl<T: Bind> Bind for Option<T> {
    fn value(self) -> Value {
        self.map_or_else(T::null, T::value)
    }
    fn null() -> Value {
        T::null()
    }
}

/// A type that a column holds.
pub trait Column: Sized {
    /// Reads the column called `name`.
    fn read(row: &Row, name: &str) -> Result<Self, StoreError>;
    /// Reads it where it may be null.
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, StoreError>;
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        T::read_optional(row, name)
    }
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, StoreError> {
        T::read_optional(row, name).map(Some)
    }
}

/// Types both drivers know.
macro_rules! native {
    ($($type:ty => $variant:ident;)+) => {$(
        impl Bind for $type {
            fn value(self) -> Value {
                Value::$variant(Some(self))
            }
            fn null() -> Value {
                Value::$variant(None)
            }
        }

        impl Column for $type {
            fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(name)?,
                    Row::Postgres(row) => row.try_get(name)?,
                })
            }
            fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, StoreError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(name)?,
                    Row::Postgres(row) => row.try_get(name)?,
                })
            }
        }
    )+};
}

native! {
    i64 => Int;
    bool => Bool;
    String => Text;
    Uuid => Uuid;
    Vec<u8> => Bytes;
}

/// Types that are stored as another one: how to bind them, and how to read them back.
#[macro_export]
macro_rules! stored_as {
    ($(impl [$($generic:ident)?] $type:ty as $native:ty: $bind:expr, $read:expr;)+) => {$(
        impl $(<$generic>)? $crate::types::Bind for $type {
            fn value(self) -> $crate::types::Value {
                let bind: fn($type) -> $native = $bind;
                $crate::types::Bind::value(bind(self))
            }
            fn null() -> $crate::types::Value {
                <$native as $crate::types::Bind>::null()
            }
        }

        impl $(<$generic>)? $crate::types::Column for $type {
            fn read(row: &$crate::Row, name: &str) -> Result<Self, $crate::StoreError> {
                let read: fn($native) -> Option<$type> = $read;
                let native = <$native as $crate::types::Column>::read(row, name)?;
                read(native).ok_or_else(|| $crate::types::unreadable(name))
            }
            fn read_optional(
                row: &$crate::Row,
                name: &str,
            ) -> Result<Option<Self>, $crate::StoreError> {
                let read: fn($native) -> Option<$type> = $read;
                let native = <$native as $crate::types::Column>::read_optional(row, name)?;
                native
                    .map(|native| read(native).ok_or_else(|| $crate::types::unreadable(name)))
                    .transpose()
            }
        }
    )+};
}

stored_as! {
    impl [T] Id<T> as Uuid: Id::uuid, |uuid| Some(Id::new(uuid));
    impl [] Timestamp as i64:
        Timestamp::as_microsecond, |micros| Timestamp::from_microsecond(micros).ok();
    impl [] Date as String: |date| date.to_string(), |text| text.parse().ok();
    impl [] Days as i64: Days::hundredths, |hundredths| Days::from_hundredths(hundredths).ok();
}

impl Bind for &str {
    fn value(self) -> Value {
        self.to_owned().value()
    }
    fn null() -> Value {
        Value::Text(None)
    }
}

impl Bind for &[u8] {
    fn value(self) -> Value {
        self.to_vec().value()
    }
    fn null() -> Value {
        Value::Bytes(None)
    }
}

pub(crate) fn unreadable(column: &str) -> StoreError {
    StoreError::Corrupt(format!("column {column}"))
}

/// Words of the domain, stored as they are written.
macro_rules! words {
    ($($type:ty),+) => {$(
        stored_as! {
            impl [] $type as String: |word| word.to_string(), |text| text.parse().ok();
        }
    )+};
}

words!(FundsCallState, InvoiceState, PaymentState, RefundState);
words!(EventKind, EventVisibility, MailChoice, Topic);
words!(VoteKind, VoteState, Choice);
words!(MemberStatus, Visibility, Role, TokenScope, CallState, MilestoneState);
words!(PledgeState, Section, LateJoinerPolicy, VisaDecision, WorkState);
words!(WebhookFormat, WebhookStop, DeliveryState);
words!(StatusState);
