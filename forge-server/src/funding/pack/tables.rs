//! The annexes of a draft deliberation that are lists and tables, as Markdown.

use forge_domain::{money::Amount, sharing::ShareOutcome};
use forge_store::{calls::Milestone, pledges::Pledge};

use crate::funding::{CallBook, say::Say};

/// What stands where nothing is known.
const NOTHING: &str = "—";

/// The slices of the work, in order.
pub(super) fn milestones(book: &CallBook, say: Say<'_>) -> String {
    let line = |one: &Milestone| {
        let amount = say.amount(Amount::from_minor(one.amount));
        let args = [("title", one.title.as_str().into()), ("amount", amount)];
        format!("{}. {}\n", one.position, say.with("pack-milestone", &args))
    };
    book.milestones.iter().map(line).collect()
}

/// What the rule is applied to: inhabitants, weight and ceiling of every council.
pub(super) fn inputs(book: &CallBook, say: Say<'_>) -> String {
    let row = |pledge: &Pledge| {
        let one = book.participant(pledge);
        let inhabitants = one.population.and_then(|count| i64::try_from(count).ok());
        let weight = book.weight(&one).and_then(|weight| i64::try_from(weight).ok());
        let count = |n: Option<i64>| n.map_or_else(|| NOTHING.to_owned(), |n| say.number(n));
        [cell(&pledge.council_name), count(inhabitants), count(weight), some(one.ceiling, say)]
    };
    let head = ["org-council", "pack-inhabitants", "pack-weight", "pack-ceiling"];
    table(head.map(|key| say.text(key)), book.living().map(row))
}

/// What each council would pay: with the firm pledges of today, and if all intentions join.
pub(super) fn shares(
    book: &CallBook,
    say: Say<'_>,
    (now, best): (Option<&ShareOutcome>, Option<&ShareOutcome>),
) -> String {
    let share = |of: Option<&ShareOutcome>, slug: &String| {
        some(of.and_then(|outcome| outcome.shares.get(slug)).copied(), say)
    };
    let row = |pledge: &Pledge| {
        let slug = &pledge.council_slug;
        let state = say.text(&format!("pledge-state-{}", pledge.state.name().replace('_', "-")));
        [cell(&pledge.council_name), state, share(now, slug), share(best, slug)]
    };
    let head = ["org-council", "common-state", "pack-now", "pack-best"];
    table(head.map(|key| say.text(key)), book.living().map(row))
}

fn some(amount: Option<Amount>, say: Say<'_>) -> String {
    amount.map_or_else(|| NOTHING.to_owned(), |amount| say.money(amount))
}

/// A text that breaks no row of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table(head: [String; 4], rows: impl Iterator<Item = [String; 4]>) -> String {
    let line = |cells: [String; 4]| format!("| {} |\n", cells.join(" | "));
    let rows: String = rows.map(line).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("{}|---|---:|---:|---:|\n{rows}", line(head))
}
