//! How figures are written, to the code point.

#![expect(clippy::unwrap_used, reason = "a test that meets it must fail")]

use forge_messages::{Formats, Locale, Messages};
use jiff::civil::date;
use jiff::tz::TimeZone;

fn french() -> Formats {
    Formats::new(Locale::Fr).unwrap()
}

fn english() -> Formats {
    Formats::new(Locale::En).unwrap()
}

#[test]
fn formats_and_messages_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Formats>();
    shared::<Messages>();
}

#[test]
fn money_follows_the_language() {
    let cases: &[(i64, &str, u8, &str, &str)] = &[
        (1_234_567, "EUR", 2, "12\u{202f}345,67\u{a0}€", "€12,345.67"),
        (0, "EUR", 2, "0,00\u{a0}€", "€0.00"),
        (5, "EUR", 2, "0,05\u{a0}€", "€0.05"),
        (99_999, "EUR", 2, "999,99\u{a0}€", "€999.99"),
        (-27_674, "EUR", 2, "\u{2212}276,74\u{a0}€", "\u{2212}€276.74"),
        (-5, "EUR", 2, "\u{2212}0,05\u{a0}€", "\u{2212}€0.05"),
        (1_250_000, "GBP", 2, "12\u{202f}500,00\u{a0}£", "£12,500.00"),
        (1_234_567, "XYZ", 2, "12\u{202f}345,67\u{a0}XYZ", "XYZ\u{a0}12,345.67"),
        (-100, "DKK", 2, "\u{2212}1,00\u{a0}DKK", "\u{2212}DKK\u{a0}1.00"),
        (1_234_567, "JPY", 0, "1\u{202f}234\u{202f}567\u{a0}JPY", "JPY\u{a0}1,234,567"),
        (1_234_567, "TND", 3, "1\u{202f}234,567\u{a0}TND", "TND\u{a0}1,234.567"),
        (
            i64::MAX,
            "EUR",
            2,
            "92\u{202f}233\u{202f}720\u{202f}368\u{202f}547\u{202f}758,07\u{a0}€",
            "€92,233,720,368,547,758.07",
        ),
        (
            i64::MIN,
            "EUR",
            2,
            "\u{2212}92\u{202f}233\u{202f}720\u{202f}368\u{202f}547\u{202f}758,08\u{a0}€",
            "\u{2212}€92,233,720,368,547,758.08",
        ),
    ];
    for (minor, currency, exponent, fr, en) in cases {
        assert_eq!(french().money(*minor, currency, *exponent), *fr);
        assert_eq!(english().money(*minor, currency, *exponent), *en);
    }
}

#[test]
fn numbers_are_grouped_by_thousands() {
    let cases = [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_000, "1\u{202f}000", "1,000"),
        (12_345, "12\u{202f}345", "12,345"),
        (-1_234_567, "\u{2212}1\u{202f}234\u{202f}567", "\u{2212}1,234,567"),
    ];
    for (number, fr, en) in cases {
        assert_eq!(french().number(number), fr);
        assert_eq!(english().number(number), en);
    }
}

#[test]
fn percentages_round_half_away_from_zero() {
    let cases = [
        (3_177, 1, "31,8\u{a0}%", "31.8%"),
        (10_000, 0, "100\u{a0}%", "100%"),
        (10_000, 1, "100,0\u{a0}%", "100.0%"),
        (2_000, 0, "20\u{a0}%", "20%"),
        (850, 1, "8,5\u{a0}%", "8.5%"),
        (5, 1, "0,1\u{a0}%", "0.1%"),
        (4, 1, "0,0\u{a0}%", "0.0%"),
        (1_250, 2, "12,50\u{a0}%", "12.50%"),
        (-250, 1, "\u{2212}2,5\u{a0}%", "\u{2212}2.5%"),
        (123_456, 0, "1\u{202f}235\u{a0}%", "1,235%"),
    ];
    for (basis_points, decimals, fr, en) in cases {
        assert_eq!(french().percent(basis_points, decimals), fr);
        assert_eq!(english().percent(basis_points, decimals), en);
    }
}

#[test]
fn dates_are_written_out() {
    let cases = [
        (date(2026, 3, 1), "1 mars 2026", "1 March 2026", "01/03/2026"),
        (date(2026, 8, 31), "31 août 2026", "31 August 2026", "31/08/2026"),
        (date(2024, 2, 29), "29 février 2024", "29 February 2024", "29/02/2024"),
    ];
    for (day, fr, en, short) in cases {
        assert_eq!(french().date(day), fr);
        assert_eq!(english().date(day), en);
        assert_eq!(french().short_date(day), short);
        assert_eq!(english().short_date(day), short);
    }
}

#[test]
fn a_month_heads_its_days() {
    let cases = [
        (date(2026, 3, 31), "mars 2026", "March 2026"),
        (date(2026, 8, 1), "août 2026", "August 2026"),
    ];
    for (day, fr, en) in cases {
        assert_eq!(french().month(day), fr);
        assert_eq!(english().month(day), en);
    }
}

#[test]
fn moments_name_their_zone_and_its_season() {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let winter = date(2026, 11, 30).at(23, 59, 0, 0).to_zoned(paris.clone()).unwrap();
    let summer = date(2026, 7, 14).at(9, 5, 0, 0).to_zoned(paris).unwrap();
    assert_eq!(
        french().date_time(&winter),
        "30 novembre 2026 à 23:59 heure normale d’Europe centrale"
    );
    assert_eq!(
        french().date_time(&summer),
        "14 juillet 2026 à 09:05 heure d’été d’Europe centrale"
    );
    assert_eq!(
        english().date_time(&winter),
        "30 November 2026 at 23:59 Central European Standard Time"
    );
    let utc = winter.with_time_zone(TimeZone::UTC);
    assert_eq!(english().date_time(&utc), "30 November 2026 at 22:59 Coordinated Universal Time");
}

#[test]
fn sizes_take_the_unit_that_reads_best() {
    let messages = Messages::embedded().unwrap();
    let cases = [
        (0, "0\u{a0}octet", "0\u{a0}bytes"),
        (1, "1\u{a0}octet", "1\u{a0}byte"),
        (999, "999\u{a0}octets", "999\u{a0}bytes"),
        (1_000, "1\u{a0}Ko", "1\u{a0}KB"),
        (1_250, "1,3\u{a0}Ko", "1.3\u{a0}KB"),
        (240_400, "240\u{a0}Ko", "240\u{a0}KB"),
        (1_500_000, "1,5\u{a0}Mo", "1.5\u{a0}MB"),
        (300_000_000, "300\u{a0}Mo", "300\u{a0}MB"),
        (2_000_000_000, "2\u{a0}Go", "2\u{a0}GB"),
    ];
    for (bytes, fr, en) in cases {
        assert_eq!(messages.file_size(Locale::Fr, bytes), fr);
        assert_eq!(messages.file_size(Locale::En, bytes), en);
    }
}
