//! Reading amounts as people type them, in French and in English.

use super::{AmountError, Currency};

/// How to read a lone comma followed by three figures, which two languages read differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// Not known: what can be read in two ways is refused.
    #[default]
    Any,
    /// French and most of Europe: the comma begins the decimals.
    DecimalComma,
    /// English: the comma groups thousands.
    DecimalPoint,
}

/// The minor units of `text`, with its sign.
pub(super) fn parse(
    text: &str,
    currency: Currency,
    style: NumberStyle,
) -> Result<i64, AmountError> {
    let trimmed = text.trim_matches(is_space);
    if trimmed.is_empty() {
        return Err(AmountError::Empty);
    }
    let negative = trimmed.starts_with(MINUS);
    let unsigned = trimmed.strip_prefix(MINUS).unwrap_or(trimmed).trim_start_matches(is_space);
    let figures = strip_currency(unsigned, currency)?;
    figures.chars().try_for_each(|c| check_character(c, unsigned))?;

    let (whole, fraction) = split_at_decimal(figures, style)?;
    let max = currency.exponent();
    if fraction.is_some_and(|digits| digits.len() > max as usize) {
        return Err(AmountError::TooManyDecimals { currency, max });
    }
    let minor = to_minor(whole, fraction.unwrap_or(""), max)?;
    Ok(if negative { -minor } else { minor })
}

/// Whether the text begins with a minus sign, be it before a zero.
pub(super) fn has_minus(text: &str) -> bool {
    text.trim_matches(is_space).starts_with(MINUS)
}

/// The hyphen of keyboards and the minus sign of typography.
const MINUS: [char; 2] = ['-', '\u{2212}'];

/// The spaces that group figures: plain, unbreakable, thin, and both thin and unbreakable.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn is_currency_character(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '€' | '£' | '$' | '¥')
}

/// Takes the code or sign of `currency` away from either end, and refuses another's.
fn strip_currency(text: &str, currency: Currency) -> Result<&str, AmountError> {
    let without_front = text.trim_start_matches(is_currency_character);
    if without_front.is_empty() {
        return Err(AmountError::NotANumber(shortened(text)));
    }
    let front = text.strip_suffix(without_front).unwrap_or("");
    let figures = without_front.trim_end_matches(is_currency_character);
    let back = without_front.strip_prefix(figures).unwrap_or("");
    for mark in [front, back] {
        check_currency(mark, currency)?;
    }
    match (front.chars().next(), back.chars().next()) {
        (Some(_), Some(second)) => Err(AmountError::UnexpectedCharacter(second)),
        _ => Ok(figures.trim_matches(is_space)),
    }
}

fn check_currency(mark: &str, currency: Currency) -> Result<(), AmountError> {
    let Some(first) = mark.chars().next() else { return Ok(()) };
    if mark.eq_ignore_ascii_case(currency.code()) || currency.sign() == Some(mark) {
        return Ok(());
    }
    if Currency::from_code(&mark.to_ascii_uppercase()).is_ok() || Currency::is_sign(mark) {
        let found = mark.to_owned();
        return Err(AmountError::CurrencyMismatch { expected: currency, found });
    }
    Err(AmountError::UnexpectedCharacter(first))
}

fn check_character(c: char, text: &str) -> Result<(), AmountError> {
    match c {
        '0'..='9' | '.' | ',' => Ok(()),
        c if is_space(c) => Ok(()),
        c if c.is_numeric() => Err(AmountError::ForeignDigit(c)),
        'e' | 'E' => Err(AmountError::Exponent),
        c if is_currency_character(c) => Err(AmountError::NotANumber(shortened(text))),
        c => Err(AmountError::UnexpectedCharacter(c)),
    }
}

/// The whole part, groups checked but still in it, and the decimals.
fn split_at_decimal(
    figures: &str,
    style: NumberStyle,
) -> Result<(&str, Option<&str>), AmountError> {
    let Some(last) = figures.rfind(['.', ',']) else {
        check_groups(figures, is_space)?;
        return Ok((figures, None));
    };
    let (before, after) = (&figures[..last], &figures[last + 1..]);
    let mark = if figures[last..].starts_with(',') { ',' } else { '.' };
    if before.contains(mark) {
        // The same mark twice can only group: 1,234,567.
        check_groups(figures, |c| c == mark)?;
        return Ok((figures, None));
    }
    let alone = before.bytes().all(|b| b.is_ascii_digit());
    if mark == ',' && alone && looks_grouped(before, after) {
        match style {
            NumberStyle::Any => return Err(AmountError::Ambiguous(shortened(figures))),
            NumberStyle::DecimalPoint => return Ok((figures, None)),
            NumberStyle::DecimalComma => {}
        }
    } else if mark == ',' && alone && style == NumberStyle::DecimalPoint {
        // An English page: "12,5" is more likely a slip of 12,500 than twelve and a half.
        return Err(AmountError::Grouping);
    }
    if after.is_empty() {
        return Err(AmountError::MissingDigits);
    }
    if !after.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AmountError::Grouping);
    }
    let other = if mark == ',' { '.' } else { ',' };
    if before.contains(other) {
        check_groups(before, |c| c == other)?;
    } else {
        check_groups(before, is_space)?;
    }
    Ok((before, Some(after)))
}

/// Whether `before,after` has the shape of one group of thousands.
fn looks_grouped(before: &str, after: &str) -> bool {
    (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && after.len() == 3
        && after.bytes().all(|b| b.is_ascii_digit())
}

/// One to three figures, then groups of exactly three; or no group at all.
fn check_groups(whole: &str, is_mark: impl Fn(char) -> bool) -> Result<(), AmountError> {
    let mut groups = whole.split(is_mark);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    if whole.is_empty() {
        return Err(AmountError::MissingDigits);
    }
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    let well_formed = digits(first) && rest.iter().all(|group| digits(group));
    if well_formed && (rest.is_empty() || grouped) { Ok(()) } else { Err(AmountError::Grouping) }
}

fn to_minor(whole: &str, fraction: &str, exponent: u32) -> Result<i64, AmountError> {
    let missing = (exponent as usize).saturating_sub(fraction.len());
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    digits.chain(std::iter::repeat_n(b'0', missing)).try_fold(0_i64, |minor, digit| {
        minor
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(i64::from(digit - b'0')))
            .ok_or(AmountError::Overflow)
    })
}

/// What was typed, short enough to be shown back.
fn shortened(text: &str) -> String {
    text.chars().take(32).collect()
}
