//! `/catalogue`: the public modules of councils and spaces.

use std::collections::{HashMap, hash_map::Entry};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use forge_domain::Id;
use forge_messages::Locale;
use forge_store::{
    councils,
    modules::{self, Module},
    owners::OwnerKind,
    spaces,
};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use uuid::Uuid;

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    themes::{Chrome, Crumb, ModuleCard, Nav},
    web::{cards as card, page},
};

/// Modules of one page.
const PAGE: usize = 20;
/// Longer words are nobody's search.
const WORDS_CHARS_MAX: usize = 200;

/// `pages/catalogue.html`.
#[derive(Debug, Serialize)]
struct CataloguePage {
    /// The frame.
    page: Chrome,
    /// The words asked for.
    q: String,
    /// How many there are in all.
    total: i64,
    /// This part of them.
    modules: Vec<ModuleCard>,
    /// The first part, where another is shown.
    first_href: Option<String>,
    /// The next part.
    next_href: Option<String>,
}

/// What is asked of the catalogue.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// The id of the last module before.
    after: Option<Uuid>,
}

/// Until other things can be searched, a search is one of the catalogue.
pub(super) async fn search(Query(asked): Query<Asked>) -> Response {
    Redirect::to(&address(&asked.q, None)).into_response()
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q: String = asked.q.trim().chars().take(WORDS_CHARS_MAX).collect();
    let pattern = pattern(&q);
    let before = match asked.after {
        Some(id) => modules::by_id(&app.db, Id::new(id)).await?,
        None => None,
    };
    // What is not public is no place to go on from: it would tell its title.
    let before =
        before.filter(|module| module.visibility == forge_domain::access::Visibility::Public);
    let after = before.as_ref().map(|module| (module.title.as_str(), module.id));
    let most = 1 + i64::try_from(PAGE).unwrap_or_default();
    let mut found = modules::catalogue(&app.db, pattern.as_deref(), after, most).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next_href = found.last().filter(|_| more).map(|last| address(&q, Some(last.id.uuid())));
    let title = page::text(&app, &viewer, "catalogue-title");
    let mut chrome = page::chrome(&app, &viewer, title.clone());
    chrome.nav = Some(Nav::Catalogue);
    chrome.crumbs = vec![Crumb::here(title)];
    let body = CataloguePage {
        page: chrome,
        total: modules::catalogue_size(&app.db, pattern.as_deref()).await?,
        modules: cards(&app, found, viewer.locale()).await?,
        first_href: after.map(|_| address(&q, None)),
        next_href,
        q,
    };
    page::page(&app, &viewer, "pages/catalogue.html", &body)
}

/// Modules as cards, each with its owner's name.
pub(super) async fn cards(
    app: &App,
    modules: Vec<Module>,
    locale: Locale,
) -> Result<Vec<ModuleCard>, Error> {
    let mut names: HashMap<Uuid, String> = HashMap::new();
    let mut cards = Vec::with_capacity(modules.len());
    for module in modules {
        let id = module.owner_id;
        let name = match names.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(owner(app, &module).await?),
        };
        cards.push(card::module(module, name, locale));
    }
    Ok(cards)
}

async fn owner(app: &App, module: &Module) -> Result<String, Error> {
    let id = module.owner_id;
    let name = match module.owner_kind {
        OwnerKind::Council => councils::by_id(&app.db, Id::new(id)).await?.map(|row| row.name),
        OwnerKind::Space => spaces::by_id(&app.db, Id::new(id)).await?.map(|row| row.title),
        OwnerKind::Person => None,
    };
    Ok(name.unwrap_or_else(|| module.owner.clone()))
}

/// The words in their order, whatever stands between; `!` escapes what LIKE reads.
fn pattern(q: &str) -> Option<String> {
    let word = |word: &str| word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let words: Vec<String> = q.split_whitespace().map(word).collect();
    (!words.is_empty()).then(|| format!("%{}%", words.join("%")))
}

fn address(q: &str, after: Option<Uuid>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !q.is_empty() {
        query.append_pair("q", q);
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    match query.finish() {
        query if query.is_empty() => "/catalogue".to_owned(),
        query => format!("/catalogue?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words_and_no_pattern() {
        assert_eq!(pattern("  "), None);
        assert_eq!(pattern("100% a_b!").as_deref(), Some("%100!%%a!_b!!%"));
        assert_eq!(address("a&b", None), "/catalogue?q=a%26b");
    }
}
