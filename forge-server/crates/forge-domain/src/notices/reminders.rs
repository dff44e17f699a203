//! The calendar of reminders (domain.md §c18): which one is due on which day. Days are those of
//! the space; a day has no hours here, so no clock that changes can repeat or skip one.

use jiff::civil::Date;

use crate::calendar;

/// Reminders around one kind of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Series {
    /// The meeting of a council that decides on a pledge.
    Meeting,
    /// The deadline of a call.
    Deadline,
    /// The day a call for funds is to be paid by.
    Due,
}

impl Series {
    /// The days of the series, counted from its date, in order.
    pub const fn days(self) -> &'static [i32] {
        match self {
            Self::Meeting => &[-10],
            Self::Deadline => &[-30, -7, -1],
            Self::Due => &[-7, 7, 30],
        }
    }

    /// The furthest ahead of its date that the series begins, in days.
    pub fn ahead(self) -> i32 {
        self.days().iter().copied().min().unwrap_or_default().abs()
    }

    /// The reminder to send on `today` for something that falls on `date` and is known since
    /// `since`: the latest whose day has come. One that announces the date is not sent after it,
    /// and none whose day had passed when the date became known.
    pub fn due(self, date: Date, since: Date, today: Date) -> Option<i32> {
        let latest = self
            .days()
            .iter()
            .copied()
            .rev()
            .find(|days| calendar::add_days(date, *days).is_ok_and(|day| day <= today))?;
        let day = calendar::add_days(date, latest).ok()?;
        let is_stale = latest < 0 && today > date;
        (!is_stale && since <= day).then_some(latest)
    }

    /// The reminders of the series after this one.
    pub fn after(self, days: i32) -> impl Iterator<Item = i32> {
        self.days().iter().copied().filter(move |other| *other > days)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Series; 3] = [Series::Meeting, Series::Deadline, Series::Due];

    fn day(text: &str) -> Date {
        calendar::parse_date(text).unwrap()
    }

    #[test]
    fn each_reminder_is_due_on_its_day_and_not_the_day_before() {
        let (date, since) = (day("2027-03-31"), day("2027-01-01"));
        for (today, expected) in [
            ("2027-02-28", None),
            ("2027-03-01", Some(-30)),
            ("2027-03-23", Some(-30)),
            ("2027-03-24", Some(-7)),
            ("2027-03-30", Some(-1)),
            ("2027-03-31", Some(-1)),
            ("2027-04-01", None),
        ] {
            assert_eq!(Series::Deadline.due(date, since, day(today)), expected, "{today}");
        }
        for (today, expected) in [
            ("2027-03-24", Some(-7)),
            ("2027-03-31", Some(-7)),
            ("2027-04-01", None),
            ("2027-04-07", Some(7)),
            ("2027-04-29", Some(7)),
            ("2027-04-30", Some(30)),
            ("2028-04-30", Some(30)),
        ] {
            assert_eq!(Series::Due.due(date, since, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn a_leap_day_is_a_day() {
        let since = day("2028-01-01");
        let due = |date, today| Series::Meeting.due(day(date), since, day(today));
        assert_eq!(due("2028-03-10", "2028-02-28"), None);
        assert_eq!(due("2028-03-10", "2028-02-29"), Some(-10));
        assert_eq!(due("2028-02-29", "2028-02-19"), Some(-10));
    }

    #[test]
    fn a_call_that_opens_late_is_not_announced_with_what_was_due_before() {
        let deadline = day("2027-03-31");
        let since = day("2027-03-11");
        assert_eq!(Series::Deadline.due(deadline, since, day("2027-03-12")), None);
        assert_eq!(Series::Deadline.due(deadline, since, day("2027-03-24")), Some(-7));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whoever looks every day sends each reminder of the series, in order, on its own day:
        /// through leap years and through days on which clocks change.
        #[test]
        fn every_day_in_turn_sends_each_once(start in 0_i32..40_000, which in 0_usize..3) {
            let series = ALL[which];
            let date = calendar::add_days(day("1950-06-01"), start).unwrap();
            let since = calendar::add_days(date, -60).unwrap();
            let mut sent: Vec<(i32, i32)> = Vec::new();
            for offset in -60..=60 {
                let today = calendar::add_days(date, offset).unwrap();
                if let Some(days) = series.due(date, since, today)
                    && sent.last().is_none_or(|(last, _)| *last != days)
                {
                    sent.push((days, offset));
                }
            }
            let expected: Vec<_> = series.days().iter().map(|days| (*days, *days)).collect();
            prop_assert_eq!(sent, expected);
        }

        /// After any sleep at most the latest is sent, and never one whose day is still to come.
        #[test]
        fn a_sleep_sends_the_latest_only(late in 0_i32..400, which in 0_usize..3) {
            let series = ALL[which];
            let date = day("2028-02-29");
            let today = calendar::add_days(date, late - 60).unwrap();
            if let Some(days) = series.due(date, day("2027-01-01"), today) {
                prop_assert!(days <= late - 60);
                for later in series.after(days) {
                    prop_assert!(later > late - 60);
                }
            }
        }
    }
}
