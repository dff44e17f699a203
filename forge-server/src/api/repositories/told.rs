//! How a module, its owner and its commits are told in the dialect.

use forge_api::{
    dialect::{
        Commit, CommitMeta, CommitUser, InternalTracker, PayloadCommit, PayloadUser, Permission,
        RepoCommit, Repository, User,
    },
    modules::Visibility as Told,
};
use forge_domain::access::{Actor, Deed, Visibility};
use forge_store::modules::Module;
use jiff::Timestamp;

use crate::{actions::allow, app::App, auth::module::Opened};

/// A module as a repository, with what the actor may do.
pub fn repository(app: &App, actor: &Actor, opened: &Opened) -> Repository {
    let may = |deed| allow(actor, deed, &opened.resource()).is_ok();
    let permissions =
        Permission { admin: may(Deed::EditModule), push: may(Deed::PushBranch), pull: true };
    Repository { permissions, ..public(app, &opened.module) }
}

/// A module as a repository, without anything about the reader.
pub fn public(app: &App, module: &Module) -> Repository {
    let base = &app.public_url;
    let full_name = format!("{}/{}", module.owner, module.slug);
    Repository {
        id: module.number,
        owner: owner(app, module),
        name: module.slug.clone(),
        description: module.description.clone(),
        empty: module.empty,
        private: module.visibility != Visibility::Public,
        html_url: format!("{base}/{full_name}"),
        url: format!("{base}/api/v1/repos/{full_name}"),
        clone_url: format!("{base}/{full_name}.git"),
        full_name,
        default_branch: module.default_branch.clone(),
        created_at: Some(module.created_at.to_string()),
        updated_at: Some(module.updated_at.to_string()),
        permissions: Permission { pull: true, ..Permission::default() },
        has_issues: false,
        internal_tracker: Some(InternalTracker::default()),
        has_pull_requests: false,
        // At least one way to merge must be told, or a bot calls the repository blocked.
        allow_merge_commits: true,
        visibility: match module.visibility {
            Visibility::Council => Told::Council,
            Visibility::Space => Told::Space,
            Visibility::Public => Told::Public,
        },
        ..Repository::default()
    }
}

/// The owner of a module.
pub fn owner(app: &App, module: &Module) -> User {
    User {
        id: module.owner_number,
        login: module.owner.clone(),
        username: module.owner.clone(),
        html_url: format!("{}/{}", app.public_url, module.owner),
        active: true,
        ..User::default()
    }
}

/// A commit with its addresses.
pub fn commit(app: &App, module: &Module, commit: &forge_git::Commit) -> Commit {
    let base = format!("{}/api/v1/repos/{}/{}", app.public_url, module.owner, module.slug);
    let page = format!("{}/{}/{}/commit", app.public_url, module.owner, module.slug);
    let meta = |oid: &forge_domain::names::Oid| CommitMeta {
        url: format!("{base}/git/commits/{oid}"),
        sha: oid.to_string(),
        created: None,
    };
    Commit {
        url: format!("{base}/git/commits/{}", commit.oid),
        sha: commit.oid.to_string(),
        created: instant(commit.committer.time_s),
        html_url: format!("{page}/{}", commit.oid),
        commit: RepoCommit {
            url: format!("{base}/git/commits/{}", commit.oid),
            author: user(&commit.author),
            committer: user(&commit.committer),
            message: message(commit),
            tree: CommitMeta {
                url: format!("{base}/git/trees/{}", commit.tree),
                sha: commit.tree.to_string(),
                created: instant(commit.committer.time_s),
            },
            verification: None,
        },
        parents: commit.parents.iter().map(meta).collect(),
        ..Commit::default()
    }
}

/// A commit as branches carry it.
pub fn payload(app: &App, module: &Module, commit: &forge_git::Commit) -> PayloadCommit {
    let person = |signature: &forge_git::Signature| PayloadUser {
        name: signature.name.clone(),
        email: signature.email.clone(),
        username: String::new(),
    };
    PayloadCommit {
        id: commit.oid.to_string(),
        message: message(commit),
        url: format!("{}/{}/{}/commit/{}", app.public_url, module.owner, module.slug, commit.oid),
        author: Some(person(&commit.author)),
        committer: Some(person(&commit.committer)),
        timestamp: instant(commit.committer.time_s),
        ..PayloadCommit::default()
    }
}

/// Seconds since 1970 as RFC 3339; none where git holds a time outside the calendar.
pub fn instant(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|instant| instant.to_string())
}

fn user(signature: &forge_git::Signature) -> CommitUser {
    CommitUser {
        name: signature.name.clone(),
        email: signature.email.clone(),
        date: instant(signature.time_s).unwrap_or_else(|| Timestamp::UNIX_EPOCH.to_string()),
    }
}

fn message(commit: &forge_git::Commit) -> String {
    if commit.body.is_empty() {
        commit.subject.clone()
    } else {
        format!("{}\n\n{}", commit.subject, commit.body)
    }
}
