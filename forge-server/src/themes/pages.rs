//! The page structs of the general pages; those of a noun stand beside its handlers in `web/`.

use serde::Serialize;

use super::{Chrome, Conformity, Form, Html, Money};

/// `pages/home.html`: what is here, in figures and in its newest parts.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The frame.
    pub page: Chrome,
    /// Four counts, each a link to its list.
    pub figures: HomeFigures,
    /// The newest public modules, at most six.
    pub modules: Vec<ModuleCard>,
    /// Calls that can still be joined, the nearest deadline first, at most six.
    pub calls: Vec<CallCard>,
}

/// Counts of what everyone may see.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct HomeFigures {
    /// Public modules.
    pub modules: u64,
    /// Verified councils.
    pub councils: u64,
    /// Mutualised spaces.
    pub spaces: u64,
    /// Calls open or reached.
    pub open_calls: u64,
}

/// A module in a list: `partials/card-module.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleCard {
    /// Its name for people.
    pub name: String,
    /// Its page.
    pub href: String,
    /// One sentence, in `lang`.
    pub description: Option<String>,
    /// Language of the description where it is not the page's.
    pub lang: Option<String>,
    /// SPDX licence.
    pub licence: Option<String>,
    /// Name of the council or space that owns it.
    pub owner: String,
    /// Latest release, where there is one.
    pub release: Option<String>,
    /// How many councils declared using it.
    pub users: u64,
    /// Day of the last change, ISO 8601.
    pub updated_on: Option<String>,
}

/// A call in a list: `partials/card-call.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CallCard {
    /// Its reference, `CALL-2026-001`.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Name of its space.
    pub space: String,
    /// Its state, the end of a key `call-state-…`.
    pub state: String,
    /// Deadline, ISO 8601 day.
    pub deadline: String,
    /// What is needed.
    pub target: Money,
    /// Σ ceilings of the firm pledges, clipped at the target.
    pub firm: Money,
    /// `firm` of `target` in basis points.
    pub firm_bp: u32,
}

/// `pages/error.html`: what went wrong and what to do.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// The frame; its title is the error's.
    pub page: Chrome,
    /// HTTP status.
    pub status: u16,
    /// The sentence, already in the reader's language.
    pub text: String,
    /// What to quote when reporting it, for the server's own faults.
    pub reference: Option<String>,
}

/// `locked/sign-in.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// The frame.
    pub page: Chrome,
    /// Fields `login`, `password`.
    pub form: Form,
    /// Where to go on: a path of this site.
    pub next: String,
    /// Identity providers of the settings.
    pub providers: Vec<Provider>,
    /// Whether passwords are accepted at all.
    pub passwords: bool,
    /// Whether someone signed in proves again who they are, before an act with consequences.
    pub again: bool,
}

/// An identity provider.
#[derive(Debug, Clone, Serialize)]
pub struct Provider {
    /// Its name for people.
    pub name: String,
    /// Where signing in with it begins.
    pub href: String,
}

/// `pages/text.html`: a long text such as the legal notice.
#[derive(Debug, Clone, Serialize)]
pub struct TextPage {
    /// The frame; its title is the text's.
    pub page: Chrome,
    /// The text, from [`super::Themes::prose`].
    pub text: Html,
}

/// What the long texts say of this instance: the context of [`super::Themes::prose`].
#[derive(Debug, Clone, Serialize)]
pub struct Instance {
    /// The name of the site.
    pub site_name: String,
    /// Who publishes it: name, address, director of publication.
    pub publisher: Option<String>,
    /// Where to write.
    pub contact: Option<String>,
    /// Who hosts it: name and address.
    pub host: Option<String>,
    /// What the accessibility statement says.
    pub conformity: Conformity,
}
