//! Hours that count only on working days, so that nobody's change is merged over a long weekend.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::calendar::{CalendarError, add_days, date_at, deadline_instant};

/// The public holidays of a country: days of the year, and days counted from Easter Sunday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    /// Month and day.
    pub fixed: Vec<(i8, i8)>,
    /// Days after the Easter Sunday of the Gregorian calendar, as 1 for its Monday.
    pub easter: Vec<i32>,
}

impl Holidays {
    /// Whether a date is one of them.
    pub fn contains(&self, date: Date) -> bool {
        let moves = |&days: &i32| add_days(easter_sunday(date.year()), days) == Ok(date);
        self.fixed.contains(&(date.month(), date.day())) || self.easter.iter().any(moves)
    }

    /// Whether councils are at work on a date: Monday to Friday, but for these.
    pub fn is_working(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.contains(date)
    }
}

/// Easter Sunday of a year, by the rule of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter_sunday(year: i16) -> Date {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let corrected = (century + 8) / 25;
    let moon = (19 * golden + century - century / 4 - (century - corrected + 1) / 3 + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * week) / 451;
    let day_of_march = 22 + moon + week - 7 * late;
    // Between 22 March and 25 April, whatever the year.
    let (month, day) = if day_of_march > 31 { (4, day_of_march - 31) } else { (3, day_of_march) };
    jiff::civil::date(year, month, i8::try_from(day).unwrap_or(1))
}

/// The first instant at which `hours` of working days have passed since `from`, where a working
/// day counts whole: from a Friday at two, 48 hours end on the Tuesday at two.
///
/// # Errors
/// [`CalendarError`] beyond the years that are planned in.
pub fn working_hours_after(
    from: Timestamp,
    hours: u32,
    zone: &TimeZone,
    holidays: &Holidays,
) -> Result<Timestamp, CalendarError> {
    let mut left = SignedDuration::from_hours(i64::from(hours));
    let mut at = from;
    let mut day = date_at(from, zone);
    loop {
        let over = deadline_instant(day, zone)?;
        if holidays.is_working(day) {
            let until_over = over.duration_since(at);
            if left <= until_over {
                return Ok(at + left);
            }
            left -= until_over;
        }
        at = over;
        day = add_days(day, 1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar;

    fn france() -> Holidays {
        let fixed = vec![(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
        Holidays { fixed, easter: vec![1, 39, 50] }
    }

    fn paris(from: &str, hours: u32) -> String {
        let zone = calendar::parse_zone("Europe/Paris").unwrap();
        let end = working_hours_after(from.parse().unwrap(), hours, &zone, &france()).unwrap();
        end.to_zoned(zone).strftime("%a %F %R").to_string()
    }

    #[test]
    fn hours_pass_on_working_days_only() {
        // A Friday at two: over the week-end nothing passes.
        assert_eq!(paris("2027-03-05T13:00:00Z", 48), "Tue 2027-03-09 14:00");
        assert_eq!(paris("2027-03-01T13:00:00Z", 48), "Wed 2027-03-03 14:00");
        // From a Saturday the count starts with the Monday.
        assert_eq!(paris("2027-03-06T13:00:00Z", 24), "Tue 2027-03-09 00:00");
        // Easter Monday is 29 March 2027, Ascension 6 May, and 14 July a Wednesday.
        assert_eq!(paris("2027-03-26T13:00:00Z", 24), "Tue 2027-03-30 14:00");
        assert_eq!(paris("2027-05-05T10:00:00Z", 24), "Fri 2027-05-07 12:00");
        assert_eq!(paris("2027-07-13T10:00:00Z", 24), "Thu 2027-07-15 12:00");
        assert_eq!(paris("2027-03-05T13:00:00Z", 0), "Fri 2027-03-05 14:00");
    }

    #[test]
    fn easter_is_where_the_almanac_puts_it() {
        // United States Naval Observatory, “The Date of Easter”.
        let known =
            ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2027-03-28", "2038-04-25"];
        let sunday = Holidays { fixed: Vec::new(), easter: vec![0] };
        for date in known {
            let date = calendar::parse_date(date).unwrap();
            assert!(sunday.contains(date), "{date}");
            assert!(!sunday.contains(date.yesterday().unwrap()));
        }
    }
}
