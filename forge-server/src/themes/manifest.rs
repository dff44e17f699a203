//! `theme.toml`: who a theme is, its brand, and its colours as CSS.

use std::{collections::BTreeMap, fmt::Write as _};

use forge_messages::Locale;
use serde::Deserialize;

use super::ThemeError;

/// The major of the template API this build speaks.
const API: u32 = 1;
/// The id of the embedded theme.
pub(super) const DEFAULT_ID: &str = "default";
const FILE: &str = "theme.toml";

/// A theme's manifest; unknown keys are refused, so that a misspelt one is not silently nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Template API major.
    api: u32,
    /// Id, which is the folder's name.
    pub(super) id: String,
    /// The theme's own version, for people.
    #[expect(dead_code, reason = "read by the pages of administration, not by rendering")]
    version: String,
    /// Id of the theme below this one; the default when absent.
    pub(super) parent: Option<String>,
    /// SPDX licence of the theme.
    #[serde(default)]
    #[expect(dead_code, reason = "read by the pages of administration, not by rendering")]
    licence: Option<String>,
    /// Name for people.
    #[expect(dead_code, reason = "read by the pages of administration, not by rendering")]
    name: Wording,
    #[serde(default)]
    pub(super) brand: Brand,
    #[serde(default)]
    pub(super) tokens: Tokens,
    #[serde(default)]
    pub(super) footer: Footer,
}

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    fr: String,
    en: String,
}

impl Wording {
    pub(super) fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}

/// Logo, icon and name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Brand {
    /// Path of the logo, `assets/logo.svg`.
    pub(super) logo: Option<String>,
    /// Path of the icon, `assets/favicon.svg`.
    pub(super) favicon: Option<String>,
    /// The name of the site where the settings give none.
    pub(super) site_name: Option<Wording>,
}

/// Colours by name for light and dark, and a few other custom properties.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tokens {
    /// Colours of the light scheme.
    #[serde(default)]
    pub(super) light: BTreeMap<String, String>,
    /// Colours of the dark scheme.
    #[serde(default)]
    pub(super) dark: BTreeMap<String, String>,
    /// `font-…` and `r-…` properties, whatever the scheme.
    #[serde(default)]
    pub(super) base: BTreeMap<String, String>,
}

/// What a theme adds to the footer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Footer {
    /// Links after ours.
    #[serde(default)]
    pub(super) links: Vec<FooterLink>,
}

/// One link of the footer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FooterLink {
    /// An `https:` address or a path of this site.
    pub(super) href: String,
    /// Its words.
    pub(super) label: Wording,
}

impl Manifest {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, ThemeError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| ThemeError::new(FILE, "this file is not UTF-8 text"))?;
        let manifest: Self = toml::from_str(text).map_err(|error| ThemeError {
            file: FILE.to_owned(),
            line: error.span().map(|span| text[..span.start].matches('\n').count() + 1),
            reason: error.message().to_owned(),
        })?;
        manifest.check()?;
        Ok(manifest)
    }

    /// This manifest laid over `below`, key by key.
    pub(super) fn over(&self, below: Self) -> Result<Self, ThemeError> {
        let mut merged = self.clone();
        merged.tokens.light = laid_over(below.tokens.light, &self.tokens.light)?;
        merged.tokens.dark = laid_over(below.tokens.dark, &self.tokens.dark)?;
        merged.tokens.base = below.tokens.base;
        merged.tokens.base.extend(self.tokens.base.clone());
        merged.brand.logo = merged.brand.logo.or(below.brand.logo);
        merged.brand.favicon = merged.brand.favicon.or(below.brand.favicon);
        merged.brand.site_name = merged.brand.site_name.or(below.brand.site_name);
        if merged.footer.links.is_empty() {
            merged.footer = below.footer;
        }
        Ok(merged)
    }

    pub(super) fn site_name(&self, locale: Locale) -> &str {
        self.brand.site_name.as_ref().map_or("Beffroi", |name| name.of(locale))
    }

    /// The custom properties as CSS. The dark colours stand twice: for whoever's system is dark,
    /// and for whoever chose dark on this site.
    pub(super) fn css(&self) -> String {
        let base: String = declarations("", &self.tokens.base, "    ");
        let light = declarations("c-", &self.tokens.light, "    ");
        let dark = declarations("c-", &self.tokens.dark, "    ");
        let darker = declarations("c-", &self.tokens.dark, "      ");
        format!(
            "@layer tokens {{\n  :root {{\n    color-scheme: light dark;\n{base}{light}  }}\n\
             \x20 @media (prefers-color-scheme: dark) {{\n    :root:not([data-scheme=\"light\"]) \
             {{\n{darker}    }}\n  }}\n  :root[data-scheme=\"dark\"] {{\n    color-scheme: dark;\n\
             {dark}  }}\n  :root[data-scheme=\"light\"] {{\n    color-scheme: light;\n  }}\n}}\n"
        )
    }

    fn check(&self) -> Result<(), ThemeError> {
        if self.api != API {
            let reason = format!("it is written for template API {}, this is {API}", self.api);
            return Err(ThemeError::new(FILE, reason));
        }
        for (name, value) in self.tokens.light.iter().chain(&self.tokens.dark) {
            if rgb(value).is_none() {
                let reason = format!("{name} = “{value}” is not a colour like #0f5263");
                return Err(ThemeError::new(FILE, reason));
            }
        }
        for (name, value) in &self.tokens.base {
            let known = name.starts_with("font-") || name.starts_with("r-");
            if !known || value.contains(['{', '}', ';', '(', '<', '\\']) {
                let reason = format!("{name} = “{value}”: base tokens are font-… and r-… values");
                return Err(ThemeError::new(FILE, reason));
            }
        }
        for link in &self.footer.links {
            let local = link.href.starts_with('/') && !link.href.starts_with("//");
            if !local && !link.href.starts_with("https://") {
                let reason = format!("the footer link “{}” is neither https nor ours", link.href);
                return Err(ThemeError::new(FILE, reason));
            }
        }
        Ok(())
    }
}

/// The channels of `#rgb` or `#rrggbb`.
pub(super) fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#')?;
    let channel = |text: &str| u8::from_str_radix(text, 16).ok();
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => {
            let twice = |at: usize| channel(&digits[at..=at].repeat(2));
            Some([twice(0)?, twice(1)?, twice(2)?])
        }
        6 => Some([channel(&digits[..2])?, channel(&digits[2..4])?, channel(&digits[4..])?]),
        _ => None,
    }
}

fn laid_over(
    mut below: BTreeMap<String, String>,
    above: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, ThemeError> {
    for (name, value) in above {
        match below.get_mut(name) {
            Some(colour) => colour.clone_from(value),
            None => {
                let reason = format!("there is no colour called “{name}”");
                return Err(ThemeError::new(FILE, reason));
            }
        }
    }
    Ok(below)
}

fn declarations(prefix: &str, tokens: &BTreeMap<String, String>, indent: &str) -> String {
    tokens.iter().fold(String::new(), |mut css, (name, value)| {
        // Writing to a String does not fail.
        let _ = writeln!(css, "{indent}--{prefix}{}: {value};", name.replace('_', "-"));
        css
    })
}
