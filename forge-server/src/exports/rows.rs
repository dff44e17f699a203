//! The rows of each table, a call or a page at a time, so that no export is held whole.

use std::collections::BTreeMap;

use forge_domain::{access::Actor, calendar, hex};
use forge_store::{calls, councils, ledger, modules, spaces, votes};
use jiff::Timestamp;

use super::{Cell, Table, money};
use crate::{
    app::App,
    error::Error,
    funding::{Reader, open},
    ledger::rows as entries,
};

/// How many calls, councils, modules or entries are read together.
const BATCH: i64 = 200;
/// Which identifier names a council, the first it has.
const SCHEMES: &[&str] = &["siren", "siret", "insee", "uk_gss", "cvr", "ipa", "oin", "kbo"];

/// Where an export is.
#[derive(Debug)]
pub struct Source {
    ids: BTreeMap<String, String>,
    sirets: BTreeMap<String, String>,
    /// How many parts were read.
    part: i64,
    /// The last entry that was read, by space.
    seq: i64,
}

impl Source {
    /// The beginning.
    pub async fn new(app: &App) -> Result<Self, Error> {
        let mut ids: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let mut sirets = BTreeMap::new();
        for one in councils::all_identifiers(&app.db).await? {
            let rank = SCHEMES.iter().position(|scheme| *scheme == one.scheme);
            let rank = rank.unwrap_or(SCHEMES.len());
            let id = format!("{}:{}", one.scheme, one.value);
            if one.scheme == "siret" {
                sirets.insert(one.slug.clone(), one.value);
            }
            let known = ids.entry(one.slug).or_insert((usize::MAX, String::new()));
            if rank < known.0 {
                *known = (rank, id);
            }
        }
        let ids = ids.into_iter().map(|(slug, (_, id))| (slug, id)).collect();
        Ok(Self { ids, sirets, part: 0, seq: 0 })
    }

    /// The fourteen digits that French files know a council by; nothing where none are recorded.
    pub fn siret(&self, slug: &str) -> Cell {
        Cell::some(self.sirets.get(slug).map(String::as_str))
    }

    /// The stable id of a council; its address where it has none.
    pub fn council(&self, slug: &str) -> Cell {
        Cell::Text(self.ids.get(slug).cloned().unwrap_or_else(|| format!("slug:{slug}")))
    }
}

/// The next rows of a table; none at its end.
pub async fn rows(
    app: &App,
    table: &Table,
    source: &mut Source,
) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    let skip = source.part * BATCH;
    source.part += 1;
    match table.name {
        "councils" => of_councils(app, source, skip).await,
        "spaces" => of_spaces(app, source, skip).await,
        "modules" => of_modules(app, skip).await,
        "votes" => of_votes(app, source, skip).await,
        "ledger" => of_ledger(app, source).await,
        _ => of_calls(app, table, source, skip).await,
    }
}

async fn of_councils(
    app: &App,
    source: &Source,
    skip: i64,
) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    let wanted =
        councils::Wanted { status: "verified", words: None, after: None, most: BATCH, skip };
    let found = councils::list(&app.db, wanted).await?;
    let row = |one: councils::Council| {
        vec![
            source.council(&one.slug),
            one.slug.into(),
            one.name.into(),
            one.kind.into(),
            one.country.into(),
            one.status.into(),
            Cell::some(one.website),
        ]
    };
    Ok((!found.is_empty()).then(|| found.into_iter().map(row).collect()))
}

async fn of_spaces(app: &App, source: &Source, skip: i64) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    let found = spaces::list(&app.db, None, None, (BATCH, skip)).await?;
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let members = spaces::members(&app.db, one.id).await?;
        let signed = ledger::last_checkpoint(&app.db, one.id).await?;
        let slug = |id| {
            let member = members.iter().find(|member| member.council_id == id);
            member.map_or(Cell::Nothing, |member| source.council(&member.slug))
        };
        let living = members.iter().filter(|member| member.until.is_none()).count();
        rows.push(vec![
            one.slug.as_str().into(),
            one.title.as_str().into(),
            one.status.as_str().into(),
            slug(one.lead_id),
            slug(one.treasurer_id),
            one.currency.as_str().into(),
            one.licence.as_str().into(),
            i64::try_from(living).unwrap_or(i64::MAX).into(),
            signed.as_ref().map_or(0, |signed| signed.size).into(),
            Cell::some(signed.map(|signed| hex::encode(&signed.root))),
            format!("{}/{}", app.public_url, one.slug).into(),
        ]);
    }
    Ok((!found.is_empty()).then_some(rows))
}

async fn of_modules(app: &App, skip: i64) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    // The catalogue goes on after a title: all of it is read, since it is short beside money.
    if skip > 0 {
        return Ok(None);
    }
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let asked = after.as_ref().map(|(title, id): &(String, _)| (title.as_str(), *id));
        let found = modules::catalogue(&app.db, None, asked, BATCH).await?;
        let Some(last) = found.last() else { return Ok(Some(rows)) };
        after = Some((last.title.clone(), last.id));
        for one in found {
            let url = format!("{}/{}/{}", app.public_url, one.owner, one.slug);
            rows.push(vec![
                one.owner.into(),
                one.slug.into(),
                one.title.into(),
                Cell::some(one.licence),
                one.lang.into(),
                url.into(),
            ]);
        }
    }
}

async fn of_calls(
    app: &App,
    table: &Table,
    source: &Source,
    skip: i64,
) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    let found = calls::published(&app.db, None, None, (BATCH, skip)).await?;
    let mut rows = Vec::new();
    for call in &found {
        let book = open::call(app, &Actor::visitor(), &call.reference).await?.book;
        rows.extend(money::of_call(app, (table.name, source), &book).await?);
    }
    Ok((!found.is_empty()).then_some(rows))
}

async fn of_votes(app: &App, source: &Source, skip: i64) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    let found = spaces::list(&app.db, None, None, (BATCH, skip)).await?;
    let mut rows = Vec::new();
    for space in &found {
        for vote in votes::of_space(&app.db, space.id).await? {
            // Ballots may be changed until the vote closes, and are nobody's business before.
            let Some(closed) = vote.closed_at else { continue };
            let terms: serde_json::Value =
                serde_json::from_str(&vote.terms).map_err(anyhow::Error::from)?;
            let ballots = votes::ballots(&app.db, vote.id).await?;
            for elector in votes::electors(&app.db, vote.id).await? {
                let ballot = ballots.iter().find(|one| one.council_id == elector.council_id);
                rows.push(vec![
                    vote.reference.as_str().into(),
                    vote.kind.name().into(),
                    vote.question.as_str().into(),
                    Cell::some(terms["rule"].as_str()),
                    source.council(&elector.slug),
                    elector.weight.into(),
                    Cell::some(ballot.map(|ballot| ballot.choice.name())),
                    day(closed).into(),
                    vote.state.name().into(),
                ]);
            }
        }
    }
    Ok((!found.is_empty()).then_some(rows))
}

/// The entries of one space after the other, exactly as they are hashed.
async fn of_ledger(app: &App, source: &mut Source) -> Result<Option<Vec<Vec<Cell>>>, Error> {
    loop {
        // Here a part is a space, which may take several batches.
        source.part -= 1;
        let found = spaces::list(&app.db, None, None, (1, source.part)).await?;
        let Some(space) = found.first() else { return Ok(None) };
        let reader = &mut Reader::Db(&app.db);
        let batch = entries::batch(reader, space.id, source.seq).await?;
        let Some(last) = batch.last() else {
            source.seq = 0;
            source.part += 2;
            continue;
        };
        source.seq = i64::try_from(last.entry.seq).map_err(anyhow::Error::from)?;
        source.part += 1;
        let row = |one: &forge_domain::ledger::Recorded| {
            let bytes = one.entry.canonical_bytes();
            vec![
                space.slug.as_str().into(),
                i64::try_from(one.entry.seq).unwrap_or(i64::MAX).into(),
                String::from_utf8_lossy(&bytes).into_owned().into(),
                Cell::some(one.link.map(|link| hex::encode(&link))),
            ]
        };
        return Ok(Some(batch.iter().map(row).collect()));
    }
}

/// The day of an instant, in UTC.
pub(super) fn day(at: Timestamp) -> String {
    calendar::format_instant(at).chars().take(10).collect()
}
