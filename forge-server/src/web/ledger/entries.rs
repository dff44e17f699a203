//! `/{space}/-/ledger` and `/{space}/-/calls/{ref}/ledger`: entries with their postings, balances,
//! the head, and how to check it all.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_domain::{
    Id, calendar, hex, id,
    ledger::Account,
    money::{Amount, Currency},
    names::Slug,
};
use forge_store::{
    ledger as store,
    spaces::{self, Member, Space},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    ledger::standing,
    themes::{Chrome, Money, Nav},
    web::{
        calls::view as call_view,
        page::{page, text},
        spaces::view::{self as space_view, Tab},
    },
};

const PAGE: i64 = 50;
/// The most accounts of a call one page shows.
const ACCOUNTS_MAX: i64 = 60;

/// Which entries are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Those before this one.
    before: String,
    /// This one and those before it.
    at: String,
}

/// `pages/ledger.html`.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerPage {
    /// The frame.
    pub page: Chrome,
    /// The sections of the space.
    pub tabs: Vec<Tab>,
    /// The space's title.
    pub space: String,
    /// Reference and title of the call, where only its entries are shown.
    pub call: Option<(String, String)>,
    /// How many entries there are.
    pub size: i64,
    /// The hash of the last, in hexadecimal.
    pub head: String,
    /// The root of the tree over them, in base64; none where some were not read yet.
    pub root: Option<String>,
    /// How many signed heads were checked.
    pub checkpoints: i64,
    /// Whether everything held when this page was made.
    pub verified: bool,
    /// Up to which entry they were verified before, and when; none where all was read.
    pub trusted: Option<(i64, String)>,
    /// Up to which entry they are verified, where that is not the last.
    pub behind: Option<i64>,
    /// What did not hold.
    pub faults: Vec<String>,
    /// When this page was made.
    pub as_of: String,
    /// What each account holds, by call.
    pub balances: Vec<BalanceRow>,
    /// This part of the entries, newest first.
    pub entries: Vec<EntryRow>,
    /// The address of the older part.
    pub next: Option<String>,
    /// The address of the newest part, where this is not it.
    pub first: Option<String>,
    /// The address of the entries as they are hashed.
    pub lines: String,
    /// The address of the newest signed head.
    pub checkpoint: String,
    /// The address that verifies everything now.
    pub verify: String,
    /// The command that fetches what a check needs.
    pub clone: String,
    /// The command that checks.
    pub check: &'static str,
}

/// What one account of a call holds.
#[derive(Debug, Clone, Serialize)]
pub struct BalanceRow {
    /// The call's reference.
    pub call: String,
    /// The call's page.
    pub call_href: String,
    /// The account, as it is hashed.
    pub account: String,
    /// The council it is about, by name.
    pub council: Option<String>,
    /// What stands on it; none on the line that leads to the accounts left out.
    pub amount: Option<Money>,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct EntryRow {
    /// Its number.
    pub seq: i64,
    /// When, in UTC.
    pub ts: String,
    /// What happened, the end of a key `entry-…`.
    pub kind: String,
    /// The call's reference.
    pub call: String,
    /// The call's page.
    pub call_href: String,
    /// The council, by name.
    pub council: Option<String>,
    /// Its postings: account and signed amount.
    pub postings: Vec<(String, Money)>,
    /// Digests of the documents behind it.
    pub evidence: Vec<String>,
    /// The entry it undoes.
    pub reverses: Option<i64>,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// The ledger of a space.
pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let slug = slug.parse::<Slug>().map_err(|_| Error::NotFound)?;
    let space = spaces::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
    let title = text(&app, &viewer, "nav-ledger");
    let mut frame = space_view::frame(&app, &viewer, &space, Some(title));
    frame.nav = Some(Nav::Ledger);
    let at = Shown { space, call: None, href: format!("/{slug}/-/ledger") };
    show(&app, &viewer, (frame, at), &asked).await
}

/// The part of a ledger that is about one call.
pub(super) async fn of_call(
    State(app): State<App>,
    viewer: Viewer,
    Path((slug, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let opened = call_view::at(&app, &viewer, (&slug, &reference)).await?;
    let title = text(&app, &viewer, "nav-ledger");
    let frame = call_view::frame_below(&app, &viewer, &opened, title);
    let call = &opened.book.call;
    let at = Shown {
        space: opened.book.space.clone(),
        call: Some((call.reference.clone(), call.title.clone())),
        href: format!("{}/ledger", call_view::call_href(&opened.book)),
    };
    show(&app, &viewer, (frame, at), &asked).await
}

/// Which ledger a page shows.
struct Shown {
    space: Space,
    call: Option<(String, String)>,
    href: String,
}

async fn show(
    app: &App,
    viewer: &Viewer,
    (frame, at): (Chrome, Shown),
    asked: &Asked,
) -> Result<Response, Error> {
    let space = &at.space;
    let members = spaces::members(&app.db, space.id).await?;
    let found = standing::standing(app, space).await?;
    let below = asked.before.parse::<i64>().ok();
    let below = below.or_else(|| asked.at.parse::<i64>().ok().map(|at| at.saturating_add(1)));
    let reference = at.call.as_ref().map(|(reference, _)| reference.as_str());
    let window = (below.unwrap_or(i64::MAX), PAGE + 1);
    let mut rows = store::entries_before(&app.db, space.id, reference, window).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or_default();
    rows.truncate(usize::try_from(PAGE).unwrap_or_default());
    let named = Names { space: &space.slug, members: &members };
    let entries = with_lines(&rows, postings(app, space.id, (reference, &rows)).await?, &named)?;
    let next = rows.last().filter(|_| more).map(|last| format!("{}?before={}", at.href, last.seq));
    let size = match reference {
        Some(reference) => store::count_of_call(&app.db, space.id, reference).await?,
        None => found.entries,
    };
    let belong = members.iter().filter(|member| space_view::belongs(member.status)).count();
    let api = format!("/api/v1/spaces/{}/ledger", space.slug);
    let tabs = match &at.call {
        Some(_) => Vec::new(),
        None => space_view::tabs(app, viewer, space, (belong, "/-/ledger")),
    };
    let body = LedgerPage {
        page: frame,
        tabs,
        space: space.title.clone(),
        call: at.call.clone(),
        size,
        head: found.head,
        root: found.root.map(|root| BASE64_STANDARD.encode(root)),
        checkpoints: found.checkpoints,
        verified: found.faults.is_empty(),
        trusted: found.trusted.map(|(size, at)| (size, calendar::format_instant(at))),
        behind: found.behind,
        faults: found.faults,
        as_of: calendar::format_instant(app.clock.now()),
        balances: balances(app, space, (reference, &rows), &named).await?,
        entries,
        next,
        first: below.map(|_| at.href.clone()),
        lines: format!("{api}/entries"),
        checkpoint: format!("{api}/checkpoint"),
        verify: format!("{api}/verify"),
        clone: format!("git clone {}/{}/meta", app.public_url, space.slug),
        check: "forge ledger verify --repo meta",
    };
    page(app, viewer, "pages/ledger.html", &body)
}

/// What councils and calls of a space are called.
struct Names<'a> {
    space: &'a str,
    members: &'a [Member],
}

impl Names<'_> {
    fn council(&self, slug: &str) -> String {
        let member = self.members.iter().find(|member| member.slug == slug);
        member.map_or_else(|| slug.to_owned(), |member| member.name.clone())
    }

    fn call(&self, reference: &str) -> String {
        format!("/{}/-/calls/{reference}", self.space)
    }
}

/// What stands on the accounts of the call, or of each call that a page of entries names: at most
/// [`ACCOUNTS_MAX`] of each; a call with more has a line that leads to all of them.
async fn balances(
    app: &App,
    space: &Space,
    (call, entries): (Option<&str>, &[store::Entry]),
    named: &Names<'_>,
) -> Result<Vec<BalanceRow>, Error> {
    let most = ACCOUNTS_MAX + 1;
    let found = match (call, entries.first(), entries.last()) {
        (Some(call), ..) => store::standing_of_call(&app.db, space.id, call, most).await?,
        (None, Some(newest), Some(oldest)) => {
            let window = (oldest.seq, newest.seq);
            store::standing_of_entries(&app.db, space.id, window, most).await?
        }
        _ => Vec::new(),
    };
    let shown = usize::try_from(ACCOUNTS_MAX).unwrap_or_default();
    let mut rows = Vec::new();
    for of_call in found.chunk_by(|one, next| one.call_ref == next.call_ref) {
        for one in of_call.iter().take(shown) {
            rows.push(balance(one, named)?);
        }
        if let Some(left_out) = of_call.get(shown) {
            rows.push(BalanceRow {
                call: left_out.call_ref.clone(),
                call_href: format!("/api/v1/spaces/{}/ledger/balances", space.slug),
                account: String::new(),
                council: None,
                amount: None,
            });
        }
    }
    Ok(rows)
}

fn balance(standing: &store::Standing, named: &Names<'_>) -> Result<BalanceRow, Error> {
    let currency = Currency::from_code(&standing.currency).map_err(anyhow::Error::from)?;
    let council = match standing.account.parse::<Account>() {
        Ok(Account::CommitmentsCouncil(council)) => Some(named.council(council.as_str())),
        _ => None,
    };
    Ok(BalanceRow {
        call: standing.call_ref.clone(),
        call_href: named.call(&standing.call_ref),
        account: standing.account.clone(),
        council,
        amount: Some(Money::new(Amount::from_minor(standing.amount), currency)),
    })
}

/// The lines of the entries of a page, by one query however many they are.
async fn postings(
    app: &App,
    space: Id<id::Space>,
    (call, rows): (Option<&str>, &[store::Entry]),
) -> Result<Vec<store::Posting>, Error> {
    let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let (first, last) = (oldest.seq, newest.seq);
    Ok(match call {
        None => store::postings(&app.db, space, first - 1, last).await?,
        Some(call) => store::postings_of_call(&app.db, space, call, (first, last)).await?,
    })
}

/// The entries with their lines.
fn with_lines(
    rows: &[store::Entry],
    postings: Vec<store::Posting>,
    named: &Names<'_>,
) -> Result<Vec<EntryRow>, Error> {
    let mut lines = BTreeMap::<i64, Vec<store::Posting>>::new();
    for line in postings {
        lines.entry(line.seq).or_default().push(line);
    }
    rows.iter()
        .map(|entry| row(entry, lines.remove(&entry.seq).unwrap_or_default(), named))
        .collect()
}

fn row(
    entry: &store::Entry,
    postings: Vec<store::Posting>,
    named: &Names<'_>,
) -> Result<EntryRow, Error> {
    let currency = Currency::from_code(&entry.currency).map_err(anyhow::Error::from)?;
    let posting = |line: store::Posting| {
        (line.account, Money::new(Amount::from_minor(line.amount), currency))
    };
    Ok(EntryRow {
        seq: entry.seq,
        ts: calendar::format_instant(entry.ts),
        kind: entry.kind.replace(['.', '_'], "-"),
        call: entry.call_ref.clone(),
        call_href: named.call(&entry.call_ref),
        council: entry.council.as_ref().map(|council| named.council(council)),
        postings: postings.into_iter().map(posting).collect(),
        evidence: entry.evidence.split_whitespace().map(str::to_owned).collect(),
        reverses: entry.reverses,
        hash: hex::encode(&entry.hash),
    })
}
