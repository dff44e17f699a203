//! `/{space}/-/calls/{ref}/closing`: the closing report, the public final account of a call.

use axum::{
    extract::{Path, State},
    response::Response,
};
use forge_domain::{
    hex,
    money::{Amount, NumberStyle},
    work::Days,
};
use forge_store::ledger::checkpoint_over;
use serde::Serialize;
use serde_json::Value;

use super::acts::{Act, ActLink, link};
use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{
        CallBook, Reader,
        funds::{FundsBook, report},
    },
    themes::{Chrome, Html, Money},
    web::{
        calls::view::{at, call_href, frame_below},
        page::{page, text},
        prose,
    },
};

/// `pages/closing.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ClosingPage {
    /// The frame.
    pub page: Chrome,
    /// The call's reference, title and page.
    pub call: (String, String, String),
    /// Whether both sides signed and the call is closed.
    pub closed: bool,
    /// Published, confirmed, refunds planned, closed; each where it is known.
    pub dates: Vec<(&'static str, String)>,
    /// Planned against actual.
    pub milestones: Vec<Row>,
    /// What each council paid and got back.
    pub councils: Vec<Row>,
    /// What each grant paid and got back.
    pub grants: Vec<Row>,
    /// The days of work that were agreed on.
    pub work: Vec<WorkRow>,
    /// What went back to each, its reference before its name.
    pub refunds: Vec<Row>,
    /// Reference, page, question, result and day of each vote on the call.
    pub votes: Vec<VoteRow>,
    /// What was accepted.
    pub releases: Vec<Release>,
    /// Reference, supplier, amount and day of the contract.
    pub contract: Option<(String, String, Money, String)>,
    /// Came in, spent, given back, carried, and what is left: nothing.
    pub totals: Vec<(&'static str, Money)>,
    /// Whether all of it adds up to nothing.
    pub reconciles: bool,
    /// The accounts that are not at zero, and by how much.
    pub open_accounts: Vec<String>,
    /// The licence of the result.
    pub licence: String,
    /// The modules that were paid for.
    pub modules: Vec<String>,
    /// What was learnt.
    pub lessons: Option<Html>,
    /// Size and hash of the ledger when it was signed.
    pub ledger: Option<(i64, String)>,
    /// The signed head that covers it: size, root and the page of all of them.
    pub checkpoint: Option<(i64, String, String)>,
    /// Council and instant of each signature: lead, treasurer.
    pub signed: Vec<(&'static str, String, Option<String>)>,
    /// SHA-256 of the signed report.
    pub digest: Option<String>,
    /// The report for programs.
    pub api: String,
    /// The same as a table.
    pub csv: String,
    /// Where the reader signs.
    pub sign: Option<ActLink>,
}

/// A row of the report: who or what, and its amounts in the order of the table's columns.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// A milestone, a council, a grant.
    pub name: String,
    /// Its amounts; none where nothing is known.
    pub amounts: Vec<Option<Money>>,
}

/// Days of work that were agreed on.
#[derive(Debug, Clone, Serialize)]
pub struct WorkRow {
    /// Its reference.
    pub reference: String,
    /// The council whose agents did it.
    pub council: String,
    /// The milestone.
    pub milestone: String,
    /// What was done.
    pub task: String,
    /// How many days, in hundredths.
    pub days: i64,
    /// What they are worth.
    pub value: Money,
    /// Whether they were agreed on and not given.
    pub missing: bool,
}

/// A vote on the call.
#[derive(Debug, Clone, Serialize)]
pub struct VoteRow {
    /// Its reference and page.
    pub vote: (String, String),
    /// What was asked.
    pub question: String,
    /// Its state: the end of a key `vote-state-…`.
    pub result: String,
    /// For, against, abstaining.
    pub heads: [i64; 3],
    /// When it was closed.
    pub closed_at: Option<String>,
}

/// What was accepted for a milestone.
#[derive(Debug, Clone, Serialize)]
pub struct Release {
    /// The milestone.
    pub milestone: String,
    /// The module and its tag.
    pub module: (String, String),
    /// The software hash identifiers of the tag and of the tree.
    pub swhids: [String; 2],
}

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path((space, call)): Path<(String, String)>,
) -> Result<Response, Error> {
    let opened = at(&app, &viewer, (&space, &call)).await?;
    let book = &opened.book;
    let money = FundsBook::load(&mut Reader::Db(&app.db), book).await?;
    let told = report::shown(&mut Reader::Db(&app.db), book, &money).await?;
    let closing = money.closing.as_ref().ok_or(Error::NotFound)?;
    let read = Read(book);
    let text_of = |value: &Value| value.as_str().map(str::to_owned);
    let dates = ["published_at", "confirmed_at", "refunds_planned_at", "closed_at"];
    let lessons = told["lessons"].as_str().filter(|text| !text.is_empty());
    let signed = ["lead", "treasurer"].map(|side| {
        let name = text_of(&told[format!("{side}_name")]).unwrap_or_default();
        (side, name, text_of(&told["signed"][side]["at"]))
    });
    let size = told["ledger"]["size"].as_i64();
    let covered = match size {
        Some(size) => checkpoint_over(&app.db, book.space.id, size).await?,
        None => None,
    };
    let open_accounts: Vec<String> = told["accounts_not_at_zero"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| format!("{} {}", one[0].as_str().unwrap_or(""), one[1].as_str().unwrap_or("")))
        .collect();
    let title = text(&app, &viewer, "closing-title");
    let open = closing.closed_at.is_none();
    let body = ClosingPage {
        page: frame_below(&app, &viewer, &opened, title),
        call: (book.call.reference.clone(), book.call.title.clone(), call_href(book)),
        closed: !open,
        dates: dates
            .into_iter()
            .filter_map(|name| text_of(&told["dates"][name]).map(|at| (name, at)))
            .collect(),
        milestones: read.rows(&told["milestones"], ("milestone", Some("title")), &MILESTONE),
        councils: read.rows(&told["councils"], ("name", None), &COUNCIL),
        grants: read.rows(&told["grants"], ("grant", None), &GRANT),
        work: read.work(&told["in_kind"]),
        refunds: read.rows(&told["refunds"], ("ref", Some("to")), &["amount"]),
        votes: votes(&told, &book.space.slug),
        releases: releases(&told),
        contract: read.contract(&told["contract"]),
        totals: TOTALS.map(|name| (name, read.money(&told["totals"][name]))).to_vec(),
        reconciles: open_accounts.is_empty() && told["totals"]["difference"] == read.zero(),
        open_accounts,
        licence: book.call.licence.clone(),
        modules: told["modules"].as_array().into_iter().flatten().filter_map(text_of).collect(),
        lessons: lessons.map(|lessons| prose::html(lessons, &book.space.slug)),
        ledger: size.zip(text_of(&told["ledger"]["hash"])),
        checkpoint: covered.map(|head| {
            let page = format!("/{}/-/ledger", book.space.slug);
            (head.size, hex::encode(&head.root), page)
        }),
        signed: signed.to_vec(),
        digest: closing.digest.as_deref().map(hex::encode),
        api: format!("/api/v1/calls/{}/closing/report", book.call.reference),
        csv: format!("/api/v1/calls/{}/closing/report.csv", book.call.reference),
        sign: link((&viewer, &opened), Act::Sign, "", None).filter(|_| open),
    };
    page(&app, &viewer, "pages/closing.html", &body)
}

fn votes(told: &Value, space: &str) -> Vec<VoteRow> {
    let row = |one: &Value| {
        let reference = one["ref"].as_str().unwrap_or_default();
        let head = |name: &str| one["heads"][name].as_i64().unwrap_or_default();
        VoteRow {
            vote: (reference.to_owned(), format!("/{space}/-/decisions/{reference}")),
            question: one["question"].as_str().unwrap_or_default().to_owned(),
            result: one["result"].as_str().unwrap_or_default().to_owned(),
            heads: [head("yes"), head("no"), head("abstain")],
            closed_at: one["closed_at"].as_str().map(str::to_owned),
        }
    };
    told["votes"].as_array().into_iter().flatten().map(row).collect()
}

fn releases(told: &Value) -> Vec<Release> {
    let word = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let row = |one: &Value| Release {
        milestone: word(one, "milestone"),
        module: (word(one, "module"), word(one, "tag")),
        swhids: [word(one, "swhid"), word(one, "swhid_tree")],
    };
    told["releases"].as_array().into_iter().flatten().map(row).collect()
}

/// The columns of each table, as the report names them; the template has a heading for each.
const MILESTONE: [&str; 5] = ["planned_net", "planned_vat", "called", "actual_net", "actual_vat"];
const COUNCIL: [&str; 6] = ["share", "called", "paid", "refunded", "carried", "cost"];
const GRANT: [&str; 5] = ["planned", "awarded", "received", "refunded", "cost"];
const TOTALS: [&str; 5] = ["came_in", "spent", "refunded", "carried", "difference"];

/// Reads the amounts of a report, which wrote them.
struct Read<'a>(&'a CallBook);

impl Read<'_> {
    fn rows(
        &self,
        list: &Value,
        (name, title): (&str, Option<&str>),
        columns: &[&str],
    ) -> Vec<Row> {
        let named = |one: &Value| {
            let name = one[name].as_str().unwrap_or_default();
            let title = title.and_then(|title| one[title].as_str());
            title.map_or_else(|| name.to_owned(), |title| format!("{name} — {title}"))
        };
        let row = |one: &Value| Row {
            name: named(one),
            amounts: columns
                .iter()
                .map(|column| one[*column].is_string().then(|| self.money(&one[*column])))
                .collect(),
        };
        list.as_array().into_iter().flatten().map(row).collect()
    }

    fn money(&self, value: &Value) -> Money {
        let text = value.as_str().unwrap_or_default();
        let amount = Amount::parse_signed(text, self.0.currency, NumberStyle::DecimalPoint)
            .unwrap_or_default();
        Money::new(amount, self.0.currency)
    }

    fn contract(&self, one: &Value) -> Option<(String, String, Money, String)> {
        let word = |name: &str| one[name].as_str().map(str::to_owned);
        Some((word("ref")?, word("supplier")?, self.money(&one["amount"]), word("signed_on")?))
    }

    fn work(&self, list: &Value) -> Vec<WorkRow> {
        let word = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let row = |one: &Value| WorkRow {
            reference: word(one, "ref"),
            council: word(one, "name"),
            milestone: word(one, "milestone"),
            task: word(one, "task"),
            days: word(one, "days").parse().map_or(0, Days::hundredths),
            value: self.money(&one["value"]),
            missing: one["missing"] == true,
        };
        list.as_array().into_iter().flatten().map(row).collect()
    }

    fn zero(&self) -> Value {
        Value::String(Amount::ZERO.to_decimal(self.0.currency))
    }
}
