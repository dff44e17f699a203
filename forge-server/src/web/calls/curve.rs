//! The price by the number of councils, for one of them: a drawing and its table.

use forge_domain::sharing::{Participant, PricePoint};
use serde::Serialize;

use super::say::Say;
use crate::{funding::CallBook, themes::Money};

/// Where the line begins and ends, in the units of the drawing (360 by 200).
const LEFT: i64 = 28;
const RIGHT: i64 = 332;
/// Where the highest price and a price of nothing stand.
const TOP: i64 = 34;
const BOTTOM: i64 = 164;

/// The price curve of one council.
#[derive(Debug, Clone, Serialize)]
pub struct Curve {
    /// Whose.
    pub council: String,
    /// The points, from one council on.
    pub points: Vec<Point>,
    /// The points as an SVG polyline reads them.
    pub line: String,
    /// The drawing in words.
    pub description: String,
}

/// One point.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// How many councils take part.
    pub councils: i64,
    /// What the council would pay.
    pub share: Money,
    /// Across.
    pub x: i64,
    /// Down.
    pub y: i64,
    /// The amount, where the drawing has room for it: at both ends and where the call stands.
    pub label: Option<String>,
    /// On which side of the point the label stands: an SVG `text-anchor`.
    pub anchor: &'static str,
    /// Whether this is the number of councils known today.
    pub known: bool,
}

/// Draws the price curve of a council; none where its shares cannot be reckoned.
pub fn curve(book: &CallBook, say: Say<'_>, (me, name): (&Participant, &str)) -> Option<Curve> {
    let prices = book.price_curve(me).ok()?;
    let highest = prices.iter().map(|point| point.share.minor()).max().filter(|most| *most > 0)?;
    let known = known(book, me);
    let last = prices.len().saturating_sub(1);
    if last == 0 {
        return None;
    }
    let point = |(at, price): (usize, &PricePoint)| {
        let is_known = price.councils == known;
        let step = i64::try_from(at).unwrap_or(0) * (RIGHT - LEFT);
        let drop = i128::from(highest - price.share.minor()) * i128::from(BOTTOM - TOP);
        Point {
            councils: i64::try_from(price.councils).unwrap_or(i64::MAX),
            share: Money::new(price.share, book.currency),
            x: LEFT + step / i64::try_from(last).unwrap_or(1),
            y: TOP + i64::try_from(drop / i128::from(highest)).unwrap_or(0),
            label: (at == 0 || at == last || is_known).then(|| say.money(price.share)),
            anchor: match at {
                0 => "start",
                at if at == last => "end",
                // The line falls to the right: above and right of the point is free.
                _ => "start",
            },
            known: is_known,
        }
    };
    let points: Vec<Point> = prices.iter().enumerate().map(point).collect();
    let line: Vec<String> = points.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
    let (first, end) = (prices.first()?, prices.last()?);
    let description = say.with(
        "call-curve-text",
        &[
            ("council", name.into()),
            ("alone", say.amount(first.share)),
            ("least", say.amount(end.share)),
            ("n", end.councils.into()),
        ],
    );
    Some(Curve { council: name.to_owned(), points, line: line.join(" "), description })
}

/// How many councils have said something, the one that looks among them.
fn known(book: &CallBook, me: &Participant) -> usize {
    let (firm, intentions) = (book.firm(), book.intentions());
    let mut ids: Vec<&str> =
        firm.iter().chain(&intentions).chain([me]).map(|council| council.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}
