//! x
use std::path::PathBuf;
#[derive(Debug, thiserror::Error)] #[error("x")] pub struct GitError;
#[derive(Default)] pub struct Limits { pub pack_bytes_max: u64, pub x: u8 }
pub struct Repositories;
impl Repositories { pub async fn open(_r: impl Into<PathBuf>, _l: Limits) -> Result<Self, GitError> { Ok(Self) } }
