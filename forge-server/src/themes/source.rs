//! Where the files of a theme come from: the embedded default and the folders laid over it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use forge_messages::{Locale, Messages};
use rust_embed::Embed;

use super::{
    ThemeError, check,
    manifest::{self, Manifest},
};

/// How many themes may stand between the active one and the default.
const PARENTS_MAX: usize = 4;
/// The largest file a theme may bring; a page is to stay light.
const FILE_BYTES_MAX: u64 = 512 * 1024;
const MANIFEST: &str = "theme.toml";

/// What a theme may replace; all else of `templates/` is locked. New templates go under `own/`.
const REPLACEABLE: [&str; 12] = [
    "partials/head-meta.html",
    "partials/header.html",
    "partials/footer.html",
    "partials/hero.html",
    "partials/card-module.html",
    "partials/card-call.html",
    "partials/card-space.html",
    "partials/empty.html",
    "partials/share-explain.html",
    "pages/home.html",
    "pages/text.html",
    "pages/error.html",
];

#[derive(Embed)]
#[folder = "../themes/default"]
struct Default;

/// The files of one theme by their path inside it.
pub(super) struct Layer {
    files: BTreeMap<String, Vec<u8>>,
    pub(super) manifest: Manifest,
}

/// The active theme first, then its parents, the embedded default last.
pub(super) struct Sources {
    layers: Vec<Layer>,
}

impl Sources {
    pub(super) fn read(data: &Path, active: Option<&str>) -> Result<Self, ThemeError> {
        let mut layers: Vec<Layer> = Vec::new();
        let mut next = active.filter(|id| *id != manifest::DEFAULT_ID).map(str::to_owned);
        while let Some(id) = next {
            if layers.len() > PARENTS_MAX || layers.iter().any(|seen| seen.manifest.id == id) {
                let reason = format!("the parents of this theme come back to “{id}” or never end");
                return Err(ThemeError::new(MANIFEST, reason));
            }
            let layer = Layer::of_folder(&data.join("themes").join(folder_name(&id)?), &id)?;
            next = layer.manifest.parent.clone().filter(|id| id != manifest::DEFAULT_ID);
            layers.push(layer);
        }
        layers.push(Layer::embedded()?);
        Ok(Self { layers })
    }

    pub(super) fn is_default_only(&self) -> bool {
        self.layers.len() == 1
    }

    /// Active first.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// All manifests laid over each other, key by key.
    pub(super) fn manifest(&self) -> Result<Manifest, ThemeError> {
        let mut layers = self.layers.iter().rev();
        let Some(default) = layers.next() else {
            return Err(ThemeError::new(MANIFEST, "there is no default theme in this build"));
        };
        layers.try_fold(default.manifest.clone(), |below, layer| layer.manifest.over(below))
    }

    /// Every template by name, and the default's again as `default:NAME` for `extends`.
    pub(super) fn templates(&self) -> Result<BTreeMap<String, String>, ThemeError> {
        let mut templates = self.default_templates()?;
        for layer in self.layers.iter().rev().skip(1) {
            for (name, text) in layer.templates()? {
                check::template(&name, &text)?;
                templates.insert(name, text);
            }
        }
        Ok(templates)
    }

    /// The embedded templates alone.
    pub(super) fn default_templates(&self) -> Result<BTreeMap<String, String>, ThemeError> {
        let mut templates = BTreeMap::new();
        if let Some(default) = self.layers.last() {
            for (name, text) in default.templates()? {
                templates.insert(format!("default:{name}"), text.clone());
                templates.insert(name, text);
            }
        }
        Ok(templates)
    }

    /// `messages` with the wording of the layers over them, or as they are where there is none.
    pub(super) fn worded(&self, messages: Arc<Messages>) -> Result<Arc<Messages>, ThemeError> {
        let mut overrides = Vec::new();
        for layer in self.layers.iter().rev().skip(1) {
            for locale in Locale::ALL {
                let file = format!("locales/{}.ftl", locale.tag());
                if let Some(text) = layer.text(&file)? {
                    overrides.push((locale, text));
                }
            }
        }
        if overrides.is_empty() {
            return Ok(messages);
        }
        Messages::with_overrides(&overrides)
            .map(Arc::new)
            .map_err(|error| ThemeError::new("locales", error.to_string()))
    }
}

impl Layer {
    pub(super) fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// A file that must be UTF-8.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, ThemeError> {
        self.file(path).map(|bytes| utf8(path, bytes)).transpose()
    }

    /// The files below `folder`, by their path inside it.
    pub(super) fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files.iter().filter_map(move |(path, bytes)| {
            Some((path.strip_prefix(folder)?.strip_prefix('/')?, bytes.as_slice()))
        })
    }

    /// Templates by name; long texts keep their folder, `legal/fr/about.md`.
    fn templates(&self) -> Result<Vec<(String, String)>, ThemeError> {
        let pages = self.below("templates").map(|(name, bytes)| (name.to_owned(), bytes));
        let texts = self.below("legal").map(|(name, bytes)| (format!("legal/{name}"), bytes));
        pages.chain(texts).map(|(name, bytes)| Ok((name.clone(), utf8(&name, bytes)?))).collect()
    }

    fn embedded() -> Result<Self, ThemeError> {
        let files: BTreeMap<String, Vec<u8>> = Default::iter()
            .filter_map(|path| Some((path.to_string(), Default::get(&path)?.data.into_owned())))
            .collect();
        let manifest = Manifest::parse(files.get(MANIFEST).map_or(&[], Vec::as_slice))?;
        Ok(Self { files, manifest })
    }

    fn of_folder(folder: &Path, id: &str) -> Result<Self, ThemeError> {
        let mut files = BTreeMap::new();
        walk(folder, String::new(), &mut files).map_err(|(path, reason)| {
            let reason = format!("cannot read {}: {reason}", path.display());
            ThemeError::new(MANIFEST, reason)
        })?;
        let Some(bytes) = files.get(MANIFEST) else {
            let reason = format!("there is no {MANIFEST} in {}", folder.display());
            return Err(ThemeError::new(MANIFEST, reason));
        };
        let manifest = Manifest::parse(bytes)?;
        if manifest.id != id {
            let reason = format!("its id is “{}” but its folder is “{id}”", manifest.id);
            return Err(ThemeError::new(MANIFEST, reason));
        }
        for path in files.keys() {
            may_bring(path)?;
        }
        Ok(Self { files, manifest })
    }
}

/// Whether a theme other than the default may bring this file.
fn may_bring(path: &str) -> Result<(), ThemeError> {
    let Some(name) = path.strip_prefix("templates/") else { return Ok(()) };
    if REPLACEABLE.contains(&name) || name.starts_with("own/") {
        return Ok(());
    }
    let reason = "a theme may not replace this template; style it instead, or put new templates \
                  under templates/own/";
    Err(ThemeError::new(path, reason))
}

/// The id as one folder name: nothing that climbs out of `themes/`.
fn folder_name(id: &str) -> Result<&str, ThemeError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.is_empty() && id.len() <= 40 && id.chars().all(plain) {
        return Ok(id);
    }
    let reason = format!("“{id}” is no theme id: use lower-case letters, digits and hyphens");
    Err(ThemeError::new(MANIFEST, reason))
}

fn utf8(path: &str, bytes: &[u8]) -> Result<String, ThemeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(ThemeError::new(path, "this file is not UTF-8 text")),
    }
}

type Unreadable = (PathBuf, String);

/// Reads a folder into memory; links are refused so that a theme shows nothing but itself.
fn walk(
    folder: &Path,
    prefix: String,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Unreadable> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| (path, error.to_string())
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        let Some(name) = entry.file_name().to_str().map(|name| format!("{prefix}{name}")) else {
            return Err((path, "its name is not UTF-8".to_owned()));
        };
        let kind = entry.file_type().map_err(failed(&path))?;
        if kind.is_dir() {
            walk(&path, format!("{name}/"), files)?;
        } else if kind.is_symlink() {
            return Err((path, "a theme holds plain files, not links".to_owned()));
        } else {
            let size = entry.metadata().map_err(failed(&path))?.len();
            if size > FILE_BYTES_MAX {
                return Err((path, format!("larger than {FILE_BYTES_MAX} bytes")));
            }
            files.insert(name, fs::read(&path).map_err(failed(&path))?);
        }
    }
    Ok(())
}
