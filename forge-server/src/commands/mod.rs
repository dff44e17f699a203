//! One file per command.

pub mod admin;
pub mod backup;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod migrate;
pub mod restore;
pub mod serve;
pub mod settings;
pub mod verify;

/// Logs go to standard error: standard output is for what a program reads.
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FORGE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Runs a command's future to its end.
pub fn block_on<T>(
    work: impl std::future::Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
