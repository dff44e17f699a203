//! Modules as cards of a list, wherever a list of them stands.

use forge_messages::Locale;
use forge_store::modules::Module;

use crate::themes::ModuleCard;

/// A module as a card; `owner` is the name people know its owner by.
pub fn module(module: Module, owner: &str, reader: Locale) -> ModuleCard {
    ModuleCard {
        href: format!("/{}/{}", module.owner, module.slug),
        name: module.title,
        lang: (module.lang != reader.tag()).then_some(module.lang),
        description: Some(module.description).filter(|text| !text.is_empty()),
        licence: module.licence,
        owner: owner.to_owned(),
        release: None,
        users: 0,
        updated_on: Some(day(module.updated_at)),
    }
}

/// The day of an instant, for templates.
pub fn day(at: jiff::Timestamp) -> String {
    forge_domain::calendar::date_at(at, &jiff::tz::TimeZone::UTC).to_string()
}
