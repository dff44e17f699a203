//! `/{space}/-/ledger`: entries with their postings, balances, the head, and how to check it all.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use forge_domain::{
    calendar, hex,
    ledger::{self, Account, Entry, Recorded, Reference},
    money::{Amount, Currency},
};
use forge_store::spaces::{self, Member};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{Reader, open},
    ledger::{rows, verify},
    themes::{Chrome, Money, Nav},
    web::{
        page::{page, text},
        spaces::view::{self as space_view, Tab},
    },
};

const PAGE: usize = 50;

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
    /// How many entries there are.
    pub size: i64,
    /// The hash of the last, in hexadecimal.
    pub head: String,
    /// The root of the tree over them, in base64.
    pub root: String,
    /// How many signed heads were checked.
    pub checkpoints: i64,
    /// Whether everything held when this page was made.
    pub verified: bool,
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
    /// What stands on it.
    pub amount: Money,
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

pub(super) async fn view(
    State(app): State<App>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (space, _) = open::space(&app, &slug).await?;
    let members = spaces::members(&app.db, space.id).await?;
    let found = verify::verify(&app, &space).await?;
    // A ledger that was changed by hand is still shown: its faults are what the reader came for.
    let recorded = match rows::recorded(&mut Reader::Db(&app.db), space.id).await {
        Ok(recorded) => recorded,
        Err(Error::Internal(_)) => Vec::new(),
        Err(other) => return Err(other),
    };
    let below = asked.before.parse::<u64>().ok();
    let below = below.or_else(|| asked.at.parse::<u64>().ok().map(|at| at.saturating_add(1)));
    let wanted = recorded.iter().rev();
    let mut shown: Vec<&Recorded> = wanted
        .filter(|one| below.is_none_or(|below| one.entry.seq < below))
        .take(PAGE + 1)
        .collect();
    let more = shown.len() > PAGE;
    shown.truncate(PAGE);
    let base = format!("/{}/-/ledger", space.slug);
    let next =
        shown.last().filter(|_| more).map(|last| format!("{base}?before={}", last.entry.seq));
    let title = text(&app, &viewer, "nav-ledger");
    let mut frame = space_view::frame(&app, &viewer, &space, Some(title));
    frame.nav = Some(Nav::Ledger);
    let belong = members.iter().filter(|member| space_view::belongs(member.status)).count();
    let named = Names { space: &space.slug, members: &members };
    let api = format!("/api/v1/spaces/{}/ledger", space.slug);
    let body = LedgerPage {
        page: frame,
        tabs: space_view::tabs(&app, &viewer, &space, (belong, "/-/ledger")),
        space: space.title.clone(),
        size: i64::try_from(recorded.len()).unwrap_or(i64::MAX),
        head: found.head,
        root: found.root,
        checkpoints: found.checkpoints,
        verified: found.verified,
        faults: found.faults.into_iter().map(|fault| fault.message).collect(),
        as_of: calendar::format_instant(app.clock.now()),
        balances: balances(&recorded, &named)?,
        entries: shown.into_iter().map(|one| row(one, &named)).collect(),
        next,
        first: below.map(|_| base.clone()),
        lines: format!("{api}/entries"),
        checkpoint: format!("{api}/checkpoint"),
        clone: format!("git clone {}/{}/meta", app.public_url, space.slug),
        check: "forge ledger verify --repo meta",
    };
    page(&app, &viewer, "pages/ledger.html", &body)
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

fn balances(recorded: &[Recorded], named: &Names<'_>) -> Result<Vec<BalanceRow>, Error> {
    let mut calls: Vec<(&Reference, Currency)> =
        recorded.iter().map(|one| (&one.entry.call, one.entry.currency)).collect();
    calls.sort_by(|a, b| (a.0.as_str(), a.1.code()).cmp(&(b.0.as_str(), b.1.code())));
    calls.dedup();
    let mut rows = Vec::new();
    for (call, currency) in calls {
        let entries = recorded.iter().map(|one| &one.entry);
        for (account, sum) in ledger::balances(entries, call, currency) {
            let sum = i64::try_from(sum).map_err(anyhow::Error::from)?;
            let council = match &account {
                Account::CommitmentsCouncil(council) => Some(named.council(council.as_str())),
                _ => None,
            };
            rows.push(BalanceRow {
                call: call.to_string(),
                call_href: named.call(call.as_str()),
                account: account.to_string(),
                council,
                amount: Money::new(Amount::from_minor(sum), currency),
            });
        }
    }
    Ok(rows)
}

fn row(recorded: &Recorded, named: &Names<'_>) -> EntryRow {
    let entry: &Entry = &recorded.entry;
    let number = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    EntryRow {
        seq: number(entry.seq),
        ts: calendar::format_instant(entry.ts),
        kind: entry.kind.to_string().replace(['.', '_'], "-"),
        call: entry.call.to_string(),
        call_href: named.call(entry.call.as_str()),
        council: entry.council.as_ref().map(|council| named.council(council.as_str())),
        postings: entry
            .postings
            .iter()
            .map(|posting| {
                (posting.account.to_string(), Money::new(posting.amount, entry.currency))
            })
            .collect(),
        evidence: entry.evidence.iter().map(|digest| hex::encode(digest)).collect(),
        reverses: entry.reverses.map(number),
        hash: recorded.link.map(|link| hex::encode(&link)).unwrap_or_default(),
    }
}
