//! Pushes by the stock client and by hand: what lands, what is refused, what is left.

mod client;
mod objects;
mod order;
mod proposals;
mod protocol;

use std::{path::Path, sync::Arc};

use forge_domain::names::Oid;
use forge_git::{Command, Effect, Repository};

use crate::{
    door::{self, Judge, welcome},
    support::{Work, branch, git, try_git},
};

/// The client blocks a thread: it must not be the one that serves it.
pub async fn push(work: &Work, arguments: &[&str]) -> (bool, String) {
    let folder = work.folder.clone();
    let arguments: Vec<String> = ["push"].iter().chain(arguments).map(|&a| a.to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (success, _, words) = try_git(&folder, &arguments, b"");
        (success, words)
    })
    .await
    .unwrap()
}

/// A default branch as a shared module protects it.
pub fn protected() -> Judge {
    Arc::new(|command: &mut Command| {
        if command.name.as_ref() != Some(&branch("main")) {
            return;
        }
        match command.effect {
            Some(Effect::Rewrite) => command.refuse(
                "protected branch",
                "main is shared: nobody may rewrite it. Push a branch and ask for a merge.",
            ),
            Some(Effect::Delete) => {
                command.refuse("protected branch", "main is shared: nobody may delete it.");
            }
            _ => {}
        }
    })
}

/// Nothing of an unfinished push is in the store.
pub fn assert_clean(repo: &Repository, packs: usize) {
    let objects = repo.folder().join("objects");
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let others: Vec<_> =
        names(&objects).into_iter().filter(|name| name != "pack" && name != "info").collect();
    assert!(others.is_empty(), "left behind: {others:?}");
    let found = names(&objects.join("pack")).into_iter().filter(|name| name.ends_with(".pack"));
    assert_eq!(found.count(), packs);
    git(&repo.folder(), &["fsck", "--strict"], b"");
}

/// The body of a push, made by hand.
pub struct Body(pub Vec<u8>);

impl Body {
    pub fn new(commands: &[(Option<Oid>, Option<Oid>, &str)], capabilities: &str) -> Self {
        let id = |oid: &Option<Oid>| oid.unwrap_or(Oid::NULL).to_string();
        let mut body = Vec::new();
        for (at, (old, new, name)) in commands.iter().enumerate() {
            let mut line = format!("{} {} {name}", id(old), id(new));
            if at == 0 {
                line += &format!("\0 report-status {capabilities}");
            }
            body.extend_from_slice(format!("{:04x}{line}", line.len() + 4).as_bytes());
        }
        body.extend_from_slice(b"0000");
        Self(body)
    }

    pub fn with_pack(mut self, work: &Work, revisions: &str) -> Self {
        let pack = try_git(
            &work.folder,
            &["pack-objects", "--revs", "--stdout", "-q", "--thin"],
            revisions.as_bytes(),
        );
        assert!(pack.0, "{}", pack.2);
        self.0.extend_from_slice(&pack.1);
        self
    }

    pub async fn send(&self, repo: &Repository) -> String {
        self.judged(repo, &welcome()).await
    }

    pub async fn judged(&self, repo: &Repository, judge: &Judge) -> String {
        let report = door::push(repo, judge, self.0.as_slice()).await;
        String::from_utf8_lossy(&report).into_owned()
    }
}
