//! Templates and assets of the active theme.

use std::{path::Path, sync::Arc};

use forge_messages::Messages;

/// Why a theme is refused.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ThemeError(String);

/// The loaded themes.
pub struct Themes {
    _messages: Arc<Messages>,
}

impl Themes {
    /// Loads the active theme over the default.
    pub fn load(
        _data: &Path,
        _active: Option<&str>,
        messages: Arc<Messages>,
    ) -> Result<Self, ThemeError> {
        Ok(Self { _messages: messages })
    }
}
