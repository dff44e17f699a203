//! Style sheet, script, images and fonts, each at an address that changes with its content.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::{ThemeError, check, manifest::Manifest, source::Sources};

/// Which layers win, weakest first: a theme needs no `!important`, and nothing beats paper.
const LAYERS: &str =
    "@layer reset, tokens, base, layout, components, utilities, theme, council, print;\n";

/// The parts of the one style sheet, in order.
const STYLES: [&str; 8] = [
    "tokens.css",
    "css/base.css",
    "css/chrome.css",
    "css/components.css",
    "css/forms.css",
    "css/funding.css",
    "css/code.css",
    "css/print.css",
];

/// A file served under `/_a/`; its address never serves anything else, so it may be kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Media type, with the charset where it is text.
    pub content_type: &'static str,
    /// Strong validator, quotes included.
    pub etag: String,
}

/// All assets, by address and by name.
pub(super) struct Assets {
    by_path: BTreeMap<String, Asset>,
    addresses: BTreeMap<String, String>,
}

impl Assets {
    pub(super) fn build(sources: &Sources, manifest: &Manifest) -> Result<Self, ThemeError> {
        let mut assets = Self { by_path: BTreeMap::new(), addresses: BTreeMap::new() };
        let default_at = sources.layers().len().saturating_sub(1);
        // The default first, so that a theme's file of the same name takes its place.
        for (at, layer) in sources.layers().iter().enumerate().rev() {
            for (name, bytes) in layer.below("assets") {
                if at != default_at {
                    may_bring(name, bytes)?;
                }
                assets.add(name, bytes.to_vec())?;
            }
        }
        let sheet = assets.style_sheet(sources, manifest)?;
        assets.add("forge.css", sheet.into_bytes())?;
        Ok(assets)
    }

    /// The asset at this path below `/_a/`.
    pub(super) fn at(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(path)
    }

    /// The whole address of the asset called `name`.
    pub(super) fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }

    /// Every name with its address.
    pub(super) fn addresses(&self) -> &BTreeMap<String, String> {
        &self.addresses
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), ThemeError> {
        let Some((stem, extension)) = name.rsplit_once('.') else {
            return Err(ThemeError::new(name, "an asset needs a file extension"));
        };
        let Some(content_type) = content_type(extension) else {
            let reason = format!("files of type .{extension} are not served");
            return Err(ThemeError::new(format!("assets/{name}"), reason));
        };
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .take(5)
            .fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
        let path = format!("{stem}.{hash}.{extension}");
        if let Some(old) = self.addresses.insert(name.to_owned(), format!("/_a/{path}")) {
            self.by_path.remove(old.trim_start_matches("/_a/"));
        }
        let etag = format!("\"{hash}\"");
        self.by_path.insert(path, Asset { bytes, content_type, etag });
        Ok(())
    }

    fn style_sheet(&self, sources: &Sources, manifest: &Manifest) -> Result<String, ThemeError> {
        let mut sheet = LAYERS.to_owned();
        sheet.push_str(&manifest.css());
        let Some((default, themes)) = sources.layers().split_last() else { return Ok(sheet) };
        for file in STYLES {
            let text = default.text(file)?;
            sheet.push_str(&text.ok_or_else(|| ThemeError::new(file, "is missing"))?);
        }
        for theme in themes.iter().rev() {
            let Some(css) = theme.text("theme.css")? else { continue };
            check::style("theme.css", &css)?;
            sheet.push_str(&format!("@layer theme {{\n{}\n}}\n", self.addressed(&css)?));
        }
        Ok(sheet)
    }

    /// Replaces `assets/NAME` in `url()` by the address of that asset.
    fn addressed(&self, css: &str) -> Result<String, ThemeError> {
        let mut rest = css;
        let mut out = String::with_capacity(css.len());
        while let Some(at) = rest.find("url(") {
            let (before, after) = rest.split_at(at + 4);
            let end = after.find(')').unwrap_or(after.len());
            let named = after[..end].trim_matches(['"', '\'', ' ']);
            let name = named.strip_prefix("assets/").unwrap_or(named);
            let address = self.address(name).ok_or_else(|| {
                ThemeError::new("theme.css", format!("there is no file assets/{name}"))
            })?;
            out.push_str(before);
            out.push_str(&format!("\"{address}\""));
            rest = &after[end..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// Refuses scripts and style sheets among a theme's assets, and images that hold a script.
fn may_bring(name: &str, bytes: &[u8]) -> Result<(), ThemeError> {
    let file = format!("assets/{name}");
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if matches!(extension, "js" | "css") {
        let reason = "a theme brings no script, and its style goes into theme.css";
        return Err(ThemeError::new(file, reason));
    }
    if extension == "svg" {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| ThemeError::new(file.as_str(), "this file is not UTF-8 text"))?;
        check::template(&file, text)?;
        let lower = text.to_ascii_lowercase();
        let elsewhere =
            ["href=\"http", "href='http", "href=\"//", "href='//", "<!doctype", "<!entity"];
        if elsewhere.iter().any(|sign| lower.contains(sign)) {
            let reason = "an image may not refer to another site or declare entities";
            return Err(ThemeError::new(file, reason));
        }
    }
    Ok(())
}

fn content_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}
