//! The calendar of reminders (domain.md §c18): which one is due on which day. Days are those of
//! the space; a day has no hours here, so no clock that changes can repeat or skip one.

use jiff::civil::Date;

use crate::calendar;

/// The least days between two reminders of what is overdue.
pub const APART_DAYS: i32 = 7;

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
    /// `since`, where these of the series were `sent`, each on its day.
    ///
    /// Before the date the latest whose day has come stands for those that were missed. After it
    /// each counts, since a default takes two (domain.md §c9, P12): after a sleep they are sent in
    /// order, a week apart. None is sent that announces a date which has passed, and none
    /// whose day had passed when the date became known.
    pub fn due(
        self,
        (date, since): (Date, Date),
        today: Date,
        sent: &[(i32, Date)],
    ) -> Option<i32> {
        let day = |days: i32| calendar::add_days(date, days).ok();
        let has_come = |days: &i32| day(*days).is_some_and(|day| since <= day && day <= today);
        let last = sent.iter().map(|(days, _)| *days).max();
        let unsent = |days: &i32| last.is_none_or(|last| *days > last);
        let mut ours = self.days().iter().copied();
        if today <= date {
            let latest = ours.rfind(|days| day(*days).is_some_and(|day| day <= today))?;
            return Some(latest).filter(|days| has_come(days) && unsent(days));
        }
        let overdue = sent.iter().filter(|(days, _)| *days > 0).map(|(_, on)| *on).max();
        let rested = overdue.is_none_or(|on| {
            calendar::add_days(on, APART_DAYS).is_ok_and(|earliest| earliest <= today)
        });
        let mut ours = ours.filter(|days| *days > 0 && has_come(days) && unsent(days));
        ours.next().filter(|_| rested)
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
            let due = Series::Deadline.due((date, since), day(today), &[]);
            assert_eq!(due, expected, "{today}");
        }
        for (today, expected) in [
            ("2027-03-24", Some(-7)),
            ("2027-03-31", Some(-7)),
            ("2027-04-01", None),
            ("2027-04-07", Some(7)),
            ("2027-04-29", Some(7)),
            ("2027-04-30", Some(7)),
        ] {
            assert_eq!(Series::Due.due((date, since), day(today), &[]), expected, "{today}");
        }
    }

    /// A default takes two reminders: a server that slept past both still sends both.
    #[test]
    fn what_was_missed_after_a_due_date_is_sent_in_order_and_a_week_apart() {
        let due = |today, sent: &[(i32, &str)]| {
            let sent: Vec<_> = sent.iter().map(|(days, on)| (*days, day(on))).collect();
            Series::Due.due((day("2027-03-31"), day("2027-02-01")), day(today), &sent)
        };
        assert_eq!(due("2027-06-10", &[]), Some(7));
        assert_eq!(due("2027-06-16", &[(7, "2027-06-10")]), None, "six days later");
        assert_eq!(due("2027-06-17", &[(7, "2027-06-10")]), Some(30));
        assert_eq!(due("2027-06-30", &[(7, "2027-06-10"), (30, "2027-06-17")]), None);
        // Woken a day before the second: it waits for its week.
        assert_eq!(due("2027-04-30", &[(7, "2027-04-29")]), None);
        assert_eq!(due("2027-05-06", &[(7, "2027-04-29")]), Some(30));
        assert_eq!(due("2027-04-30", &[(-7, "2027-03-24"), (7, "2027-04-07")]), Some(30));
    }

    #[test]
    fn a_leap_day_is_a_day() {
        let since = day("2028-01-01");
        let due = |date, today| Series::Meeting.due((day(date), since), day(today), &[]);
        assert_eq!(due("2028-03-10", "2028-02-28"), None);
        assert_eq!(due("2028-03-10", "2028-02-29"), Some(-10));
        assert_eq!(due("2028-02-29", "2028-02-19"), Some(-10));
    }

    #[test]
    fn a_call_that_opens_late_is_not_announced_with_what_was_due_before() {
        let known = (day("2027-03-31"), day("2027-03-11"));
        assert_eq!(Series::Deadline.due(known, day("2027-03-12"), &[]), None);
        assert_eq!(Series::Deadline.due(known, day("2027-03-24"), &[]), Some(-7));
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
            let mut sent: Vec<(i32, Date)> = Vec::new();
            for offset in -60..=60 {
                let today = calendar::add_days(date, offset).unwrap();
                if let Some(days) = series.due((date, since), today, &sent) {
                    prop_assert_eq!(days, offset);
                    sent.push((days, today));
                }
            }
            let expected = series.days().to_vec();
            prop_assert_eq!(sent.into_iter().map(|(days, _)| days).collect::<Vec<_>>(), expected);
        }

        /// After any sleep nothing is sent before its day, and of what is overdue everything is
        /// sent in the end, never two within a week.
        #[test]
        fn a_sleep_loses_nothing_that_is_overdue(late in 0_i32..400) {
            let date = day("2028-02-29");
            let known = (date, day("2027-01-01"));
            let mut sent: Vec<(i32, Date)> = Vec::new();
            for offset in late.. late + 60 {
                let today = calendar::add_days(date, offset).unwrap();
                if let Some(days) = Series::Due.due(known, today, &sent) {
                    prop_assert!(days <= offset);
                    sent.push((days, today));
                }
            }
            let overdue: Vec<i32> = sent.iter().map(|(days, _)| *days).filter(|d| *d > 0).collect();
            prop_assert_eq!(overdue, vec![7, 30]);
            for pair in sent.windows(2) {
                prop_assert!((pair[1].1 - pair[0].1).get_days() >= APART_DAYS);
            }
        }
    }
}
