//! Texts that people wrote, on pages that are not a module's.

use super::markdown::{self, Links};
use crate::themes::Html;

/// A text of a space's call as HTML; what it links to beside itself is in the space's own
/// repository.
pub fn html(text: &str, space: &str) -> Html {
    let links = Links { module: format!("/{space}/meta"), rev: "main".to_owned(), folder: None };
    markdown::html(text, &links)
}
