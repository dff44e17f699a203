use super::*;

fn eur(text: &str) -> Result<i64, AmountError> {
    Amount::parse(text, Currency::EUR).map(Amount::minor)
}

fn styled(text: &str, style: NumberStyle) -> Result<i64, AmountError> {
    Amount::parse_styled(text, Currency::EUR, style).map(Amount::minor)
}

#[test]
fn reads_what_people_type() {
    for text in [
        "12500",
        "12500.00",
        "12500.0",
        "12500,00",
        "12500,0",
        "12 500",
        "12 500,00",
        "12\u{a0}500,00",
        "12\u{202f}500,00\u{a0}€",
        "12 500.00",
        "12,500.00",
        "12.500,00",
        "12500 EUR",
        "12500EUR",
        "12500 eur",
        "€12,500.00",
        "EUR 12500",
        "  12500  ",
        "0012500",
    ] {
        assert_eq!(eur(text), Ok(1_250_000), "{text:?}");
    }
    assert_eq!(eur("1,234,567"), Ok(123_456_700));
    assert_eq!(eur("1 234 567,89"), Ok(123_456_789));
    assert_eq!(eur("0"), Ok(0));
    assert_eq!(eur("0,5"), Ok(50));
    assert_eq!(eur("92233720368547758.07"), Ok(i64::MAX));
}

#[test]
fn refuses_each_fault_by_its_name() {
    let too_many = || AmountError::TooManyDecimals { currency: Currency::EUR, max: 2 };
    let mismatch = |found: &str| AmountError::CurrencyMismatch {
        expected: Currency::EUR,
        found: found.to_owned(),
    };
    for (text, error) in [
        ("", AmountError::Empty),
        (" \u{202f} ", AmountError::Empty),
        ("12.500", too_many()),
        ("0,500", too_many()),
        ("1234,567", too_many()),
        ("12 500,001", too_many()),
        ("12,500", AmountError::Ambiguous("12,500".to_owned())),
        ("1e3", AmountError::Exponent),
        ("1E+3", AmountError::Exponent),
        ("１２５００", AmountError::ForeignDigit('１')),
        ("٣٤", AmountError::ForeignDigit('٣')),
        ("12½", AmountError::ForeignDigit('½')),
        ("NaN", AmountError::NotANumber("NaN".to_owned())),
        ("Infinity", AmountError::NotANumber("Infinity".to_owned())),
        ("EUR", AmountError::NotANumber("EUR".to_owned())),
        ("0x1F4", AmountError::NotANumber("0x1F4".to_owned())),
        ("-1", AmountError::Negative),
        ("\u{2212}1,00", AmountError::Negative),
        ("-0", AmountError::Negative),
        ("+1", AmountError::UnexpectedCharacter('+')),
        ("1-2", AmountError::UnexpectedCharacter('-')),
        ("12'500", AmountError::UnexpectedCharacter('\'')),
        ("12500 euros", AmountError::UnexpectedCharacter('e')),
        ("€12€", AmountError::UnexpectedCharacter('€')),
        ("92233720368547758.08", AmountError::Overflow),
        ("99999999999999999999999999999999999999999999", AmountError::Overflow),
        ("12500 GBP", mismatch("GBP")),
        ("£12500", mismatch("£")),
        (".50", AmountError::MissingDigits),
        ("5.", AmountError::MissingDigits),
        (",", AmountError::MissingDigits),
        ("1 2500", AmountError::Grouping),
        ("1234 567", AmountError::Grouping),
        ("1,23,456", AmountError::Grouping),
        ("1 234,567.00", AmountError::Grouping),
        ("12,50 0", AmountError::Grouping),
        ("1,234.567,00", AmountError::Grouping),
    ] {
        assert_eq!(eur(text), Err(error), "{text:?}");
    }
}

#[test]
fn the_style_settles_a_lone_comma() {
    assert_eq!(styled("12,500", NumberStyle::DecimalPoint), Ok(1_250_000));
    assert!(matches!(
        styled("12,500", NumberStyle::DecimalComma),
        Err(AmountError::TooManyDecimals { .. })
    ));
    assert_eq!(styled("12,50", NumberStyle::DecimalComma), Ok(1_250));
    assert_eq!(styled("12,50", NumberStyle::DecimalPoint), Err(AmountError::Grouping));
    let dinar = Currency::from_code("TND").unwrap();
    let comma = Amount::parse_styled("12,500", dinar, NumberStyle::DecimalComma);
    assert_eq!(comma, Ok(Amount::from_minor(12_500)));
}

#[test]
fn a_correction_may_be_negative() {
    let signed = |text| Amount::parse_signed(text, Currency::EUR, NumberStyle::Any);
    assert_eq!(signed("-12,50"), Ok(Amount::from_minor(-1_250)));
    assert_eq!(Amount::from_minor(-5).to_decimal(Currency::EUR), "-0.05");
}

#[test]
fn the_machine_form_has_the_decimals_of_the_currency() {
    let yen = Currency::from_code("JPY").unwrap();
    let dinar = Currency::from_code("KWD").unwrap();
    assert_eq!(Amount::from_minor(1_250_000).to_decimal(Currency::EUR), "12500.00");
    assert_eq!(Amount::from_minor(7).to_decimal(Currency::GBP), "0.07");
    assert_eq!(Amount::from_minor(12_500).to_decimal(yen), "12500");
    assert_eq!(Amount::from_minor(12_500).to_decimal(dinar), "12.500");
    assert_eq!(Amount::from_minor(i64::MIN).to_decimal(Currency::EUR), "-92233720368547758.08");
    assert!(matches!(Amount::parse("1.0", yen), Err(AmountError::TooManyDecimals { max: 0, .. })));
}

#[test]
fn the_machine_form_is_read_back() {
    for code in ["EUR", "JPY", "KWD", "CLF"] {
        let currency = Currency::from_code(code).unwrap();
        for minor in [0, 1, 9, 10, 99, 100, 12_345, i64::MAX] {
            let text = Amount::from_minor(minor).to_decimal(currency);
            assert_eq!(Amount::parse(&text, currency), Ok(Amount::from_minor(minor)), "{text}");
        }
    }
}

#[test]
fn only_listed_codes_are_currencies() {
    for code in ["eur", "EU", "EURO", "XXX", "ABC", "", "€", "EU "] {
        assert_eq!(Currency::from_code(code), Err(AmountError::UnknownCurrency(code.to_owned())));
    }
}

#[test]
fn two_currencies_never_meet() {
    let euros = Money { amount: Amount::from_minor(100), currency: Currency::EUR };
    let pounds = Money { amount: Amount::from_minor(100), currency: Currency::GBP };
    assert_eq!(euros.checked_add(pounds).unwrap_err().code(), "currency_mismatch");
    assert_eq!(euros.checked_add(euros).unwrap().to_string(), "2.00 EUR");
    let most = Amount::from_minor(i64::MAX);
    assert_eq!(most.checked_add(Amount::from_minor(1)).unwrap_err().code(), "overflow");
}

#[test]
fn a_part_is_at_most_the_whole() {
    let bp = |part, whole| Amount::from_minor(part).basis_points_of(Amount::from_minor(whole));
    assert_eq!(bp(1, 3), 3_333);
    assert_eq!(bp(5, 3), 10_000);
    assert_eq!(bp(i64::MAX, i64::MAX), 10_000);
    assert_eq!(bp(5, 0), 0);
    assert_eq!(bp(-5, 10), 0);
}
