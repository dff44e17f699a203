//! Templates and assets of the active theme, over the embedded default.
//!
//! A theme is a folder of the data folder, `themes/ID/`, that overrides part of
//! `themes/default/`: files by name, wording and tokens by key. Everything is read, checked and
//! compiled once by [`Themes::load`], which refuses a faulty theme with file, line and reason;
//! nothing is read from the disk while pages are rendered. Themes carry no script, and what holds
//! money, rights or proof (`locked/`, forms, ledger, code) can be styled but not replaced.

mod assets;
mod check;
mod chrome;
mod contrast;
mod environment;
mod manifest;
mod pages;
mod prose;
mod source;
#[cfg(test)]
mod tests;

use std::{path::Path, sync::Arc};

use forge_messages::{Locale, Messages};
use minijinja::value::{Serde, Value};
use serde::Serialize;

pub use assets::Asset;
pub use chrome::{
    Chrome, Conformity, Crumb, FieldError, Flash, FlashKind, Form, Html, LanguageLink, Money, Nav,
    PersonLink, Scheme, Tone,
};
pub use pages::{
    CallCard, ErrorPage, HomeFigures, HomePage, Instance, ModuleCard, Provider, SignInPage,
    TextPage,
};

use environment::Environments;
use source::Sources;

/// Why a theme is refused, or a page could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct ThemeError {
    /// The file, as it is named inside the theme's folder.
    pub file: String,
    /// The line, where the fault has one.
    pub line: Option<usize>,
    /// What is wrong, in a sentence.
    pub reason: String,
}

impl ThemeError {
    fn new(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, reason: reason.into() }
    }
}

/// The loaded themes. Cheap to share; a new theme means loading again and swapping the whole.
pub struct Themes {
    messages: Arc<Messages>,
    manifest: manifest::Manifest,
    assets: assets::Assets,
    active: Environments,
    /// The embedded default alone, where another theme is active: its fallback.
    fallback: Option<Environments>,
}

impl Themes {
    /// Loads `data/themes/ID` over its parents and the embedded default, or the default alone.
    ///
    /// The wording of a theme is laid over `messages`: use [`Themes::messages`] from then on.
    ///
    /// # Errors
    /// The theme does not exist, asks for another major of the template API, holds forbidden
    /// markup, colours that cannot be read, a template that does not compile, or a message file
    /// that does not parse.
    pub fn load(
        data: &Path,
        active: Option<&str>,
        messages: Arc<Messages>,
    ) -> Result<Self, ThemeError> {
        let sources = Sources::read(data, active)?;
        let manifest = sources.manifest()?;
        contrast::check(&manifest)?;
        let assets = assets::Assets::build(&sources, &manifest)?;
        let messages = sources.worded(messages)?;
        let environments =
            |templates| Environments::build(templates, &messages, &assets, &manifest);
        let fallback = (!sources.is_default_only())
            .then(|| environments(sources.default_templates()?))
            .transpose()?;
        let active = environments(sources.templates()?)?;
        Ok(Self { active, fallback, messages, manifest, assets })
    }

    /// Renders `template` (`pages/home.html`) with one documented page struct, whose field `page`
    /// is its [`Chrome`]. A template of the active theme that fails gives way to the default's.
    ///
    /// # Errors
    /// The template does not exist or asks for a field the struct lacks, or the page grew beyond
    /// the limits.
    pub fn render<T: Serialize>(
        &self,
        template: &str,
        locale: Locale,
        page: &T,
    ) -> Result<String, ThemeError> {
        let value = Value::from(Serde(page));
        match (self.active.render(template, locale, value.clone()), &self.fallback) {
            (Err(error), Some(default)) => {
                tracing::warn!(%error, template, "the active theme failed; the default answers");
                default.render(template, locale, value)
            }
            (result, _) => result,
        }
    }

    /// The long text `name` of `legal/LANG/NAME.md`, as sanitised HTML; `context` fills its
    /// placeholders.
    ///
    /// # Errors
    /// There is no such text, or a placeholder has no value.
    pub fn prose<T: Serialize>(
        &self,
        name: &str,
        locale: Locale,
        context: &T,
    ) -> Result<Html, ThemeError> {
        let template = format!("legal/{}/{name}.md", locale.tag());
        let markdown = self.render(&template, locale, context)?;
        Ok(Html::from_sanitised(prose::html(&markdown)))
    }

    /// The asset at the address `/_a/PATH`, if the hash in it is still ours.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.at(path)
    }

    /// The address of the asset `name` (`forge.css`), as templates get it.
    pub fn asset_path(&self, name: &str) -> Option<&str> {
        self.assets.address(name)
    }

    /// The words with the theme's wording over them.
    pub fn messages(&self) -> &Arc<Messages> {
        &self.messages
    }

    /// The name the theme gives the site, where the settings give none.
    pub fn site_name(&self, locale: Locale) -> &str {
        self.manifest.site_name(locale)
    }
}
