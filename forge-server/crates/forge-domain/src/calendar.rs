//! Dates and the instants they end at. A deadline is a date in the time zone of its space, and
//! lasts until that day is over there (domain.md §c, conventions).

use jiff::{
    Span, Timestamp,
    civil::{Date, Time},
    tz::{self, Offset, TimeZone},
};

/// The shortest time a call stays open, in days (domain.md §c6).
pub const OPEN_DAYS_MIN: i32 = 14;

/// Why a date, a day span or a time zone cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not `YYYY-MM-DD`, or no such day.
    #[error("“{0}” is not a date: write year-month-day, as in 2027-03-31.")]
    Date(String),
    /// A year nobody plans in.
    #[error("The year {0} is out of range: dates here lie between 1900 and 2199.")]
    Year(i16),
    /// A zone the time zone database does not know.
    #[error("“{0}” is not a time zone: write its name as in Europe/Paris.")]
    Zone(String),
}

impl CalendarError {
    /// The stable code of the refusal, for messages, the API and the CLI.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Date(_) => "invalid_date",
            Self::Year(_) => "date_out_of_range",
            Self::Zone(_) => "invalid_time_zone",
        }
    }
}

/// Reads a date as the forge writes it, `YYYY-MM-DD`, and nothing else.
pub fn parse_date(text: &str) -> Result<Date, CalendarError> {
    let wrong = || CalendarError::Date(text.chars().take(40).collect());
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shape {
        return Err(wrong());
    }
    let date: Date = text.parse().map_err(|_| wrong())?;
    within_range(date)
}

/// Reads the IANA name of a time zone; `UTC` is one.
pub fn parse_zone(name: &str) -> Result<TimeZone, CalendarError> {
    // The bundled database, so that a machine without one gives the same deadlines.
    tz::db().get(name).map_err(|_| CalendarError::Zone(name.chars().take(60).collect()))
}

/// The first instant at which a deadline on `date` is over: the start of the next day in `zone`.
/// An act is in time while the clock shows less.
pub fn deadline_instant(date: Date, zone: &TimeZone) -> Result<Timestamp, CalendarError> {
    let year = date.year();
    let next = within_range(date)?.tomorrow().map_err(|_| CalendarError::Year(year))?;
    // Where clocks skip midnight, jiff gives the first instant that the day has.
    let start = next.to_zoned(zone.clone()).map_err(|_| CalendarError::Year(year))?;
    Ok(start.timestamp())
}

/// The instant at which the days of grace after a deadline are over.
pub fn grace_instant(
    deadline: Date,
    grace_days: i32,
    zone: &TimeZone,
) -> Result<Timestamp, CalendarError> {
    deadline_instant(add_days(deadline, grace_days)?, zone)
}

/// The date it is in `zone` at `now`.
pub fn date_at(now: Timestamp, zone: &TimeZone) -> Date {
    now.to_zoned(zone.clone()).date()
}

/// The earliest deadline of a call that opens on this date.
pub fn earliest_deadline(opens_on: Date) -> Result<Date, CalendarError> {
    add_days(opens_on, OPEN_DAYS_MIN)
}

/// The date this many calendar days later.
pub fn add_days(date: Date, days: i32) -> Result<Date, CalendarError> {
    let later = Span::new()
        .try_days(days)
        .and_then(|span| date.checked_add(span))
        .map_err(|_| CalendarError::Year(date.year()))?;
    within_range(later)
}

/// The first instant after `now` at which clocks in `zone` show this time: on a day that skips it,
/// the first they show after.
pub fn next(time: Time, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, CalendarError> {
    let mut date = date_at(now, zone);
    loop {
        let year = date.year();
        let at = zone.to_ambiguous_zoned(date.to_datetime(time)).compatible();
        let at = at.map_err(|_| CalendarError::Year(year))?.timestamp();
        if at > now {
            return Ok(at);
        }
        date = date.tomorrow().map_err(|_| CalendarError::Year(year))?;
    }
}

/// An instant as the ledger writes it: RFC 3339 in UTC, whole seconds.
pub fn format_instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Appends [`format_instant`], for what is written a million times.
pub(crate) fn write_instant(at: Timestamp, out: &mut Vec<u8>) {
    let at = Offset::UTC.to_datetime(at);
    // A year before 0 or after 9999 has no place in the form: jiff ends at 9999.
    let mut digits = |number: i16, places: u32, after: &[u8]| {
        for place in (0..places).rev() {
            let digit = number.unsigned_abs() / 10_u16.pow(place) % 10;
            out.push(b'0' + u8::try_from(digit).unwrap_or(0));
        }
        out.extend(after);
    };
    digits(at.year(), 4, b"-");
    digits(at.month().into(), 2, b"-");
    digits(at.day().into(), 2, b"T");
    digits(at.hour().into(), 2, b":");
    digits(at.minute().into(), 2, b":");
    digits(at.second().into(), 2, b"Z");
}

fn within_range(date: Date) -> Result<Date, CalendarError> {
    match date.year() {
        1900..=2199 => Ok(date),
        year => Err(CalendarError::Year(year)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(date: &str, zone: &str) -> String {
        let zone = parse_zone(zone).unwrap();
        format_instant(deadline_instant(parse_date(date).unwrap(), &zone).unwrap())
    }

    #[test]
    fn a_deadline_lasts_until_its_day_is_over_where_the_space_is() {
        assert_eq!(ends("2027-01-31", "Europe/Paris"), "2027-01-31T23:00:00Z");
        assert_eq!(ends("2027-07-31", "Europe/Paris"), "2027-07-31T22:00:00Z");
        assert_eq!(ends("2027-01-31", "UTC"), "2027-02-01T00:00:00Z");
        assert_eq!(ends("2027-01-31", "Indian/Reunion"), "2027-01-31T20:00:00Z");
        assert_eq!(ends("2027-01-31", "America/Martinique"), "2027-02-01T04:00:00Z");
    }

    #[test]
    fn days_on_which_clocks_change_have_their_own_length() {
        // Clocks go forward on 28 March 2027 and back on 31 October 2027 in Paris.
        for (day, hours) in [("2027-03-28", 23), ("2027-10-31", 25), ("2027-06-01", 24)] {
            let zone = parse_zone("Europe/Paris").unwrap();
            let date = parse_date(day).unwrap();
            let start = deadline_instant(add_days(date, -1).unwrap(), &zone).unwrap();
            let end = deadline_instant(date, &zone).unwrap();
            assert_eq!((end - start).total(jiff::Unit::Hour).unwrap() as i32, hours, "{day}");
        }
        // In Beirut the clock goes from 24:00 to 01:00: the day before ends where the next begins.
        assert_eq!(ends("2026-03-28", "Asia/Beirut"), "2026-03-28T22:00:00Z");
    }

    #[test]
    fn the_last_second_is_in_time_and_the_next_is_not() {
        let zone = parse_zone("Europe/Paris").unwrap();
        let end = deadline_instant(parse_date("2027-03-31").unwrap(), &zone).unwrap();
        let last: Timestamp = "2027-03-31T21:59:59.999999999Z".parse().unwrap();
        assert!(last < end);
        assert_eq!(date_at(last, &zone).to_string(), "2027-03-31");
        assert_eq!(date_at(end, &zone).to_string(), "2027-04-01");
    }

    #[test]
    fn leap_days_exist_when_they_do() {
        assert_eq!(ends("2028-02-28", "UTC"), "2028-02-29T00:00:00Z");
        assert_eq!(ends("2028-02-29", "UTC"), "2028-03-01T00:00:00Z");
        assert_eq!(parse_date("2027-02-29").unwrap_err().code(), "invalid_date");
        assert_eq!(earliest_deadline(parse_date("2028-02-20").unwrap()), parse_date("2028-03-05"));
        assert_eq!(earliest_deadline(parse_date("2027-02-20").unwrap()), parse_date("2027-03-06"));
    }

    #[test]
    fn grace_is_counted_in_calendar_days() {
        let zone = parse_zone("Europe/Paris").unwrap();
        let deadline = parse_date("2027-03-27").unwrap();
        let end = grace_instant(deadline, 3, &zone).unwrap();
        assert_eq!(format_instant(end), "2027-03-30T22:00:00Z");
        assert_eq!(grace_instant(deadline, 0, &zone), deadline_instant(deadline, &zone));
    }

    #[test]
    fn a_date_is_written_one_way() {
        for wrong in [
            "",
            "2027-3-31",
            "31/03/2027",
            "2027-13-01",
            "2027-04-31",
            "20270331",
            "2027-03-31T00",
            " 2027-03-31",
            "+2027-03-3",
            "２027-03-31",
        ] {
            assert_eq!(parse_date(wrong).unwrap_err().code(), "invalid_date", "{wrong}");
        }
        for far in ["0001-01-01", "2200-01-01", "9999-12-31"] {
            assert_eq!(parse_date(far).unwrap_err().code(), "date_out_of_range", "{far}");
        }
        assert_eq!(parse_zone("Europe/Pari").unwrap_err().code(), "invalid_time_zone");
        assert!(add_days(parse_date("2199-12-31").unwrap(), 1).is_err());
        assert!(deadline_instant(Date::MAX, &TimeZone::UTC).is_err());
    }
}
