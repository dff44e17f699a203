//! Clone, fetch and push with the stock client.

use forge_domain::{
    access::{Role, TokenScope, Visibility},
    names::RefName,
};
use forge_store::{modules, pushes};
use forge_tests::{Engine, on_both};

use crate::support::{Clone, Forge, slug};

/// A council with a maintainer and a developer, and one public module of it.
struct Council {
    forge: Forge,
    maintainer: String,
    developer: String,
    module: forge_domain::Id<forge_domain::id::Module>,
}

async fn council(engine: Engine) -> Council {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let (nadia, omar) = (forge.person("nadia").await, forge.person("omar").await);
    forge.role(nadia, council, Role::Maintainer).await;
    forge.role(omar, council, Role::Developer).await;
    let maintainer = forge.token(nadia, TokenScope::Write).await;
    let developer = forge.token(omar, TokenScope::Write).await;
    let module = forge.module(council.uuid(), "facturation", Visibility::Public).await;
    Council { forge, maintainer, developer, module }
}

const PATH: &str = "/aubervac/facturation";

on_both! {
    what_is_pushed_is_cloned_and_fetched_by_protocol_2
    a_protected_branch_says_why_and_the_rest_of_the_push_lands
    nobody_forces_or_deletes_a_protected_branch
    who_may_not_push_is_told_at_the_door
    a_token_that_only_reads_does_not_push
    a_member_pushes_to_create_and_is_told_so
    an_interrupted_push_is_closed_at_the_next_start
}

async fn what_is_pushed_is_cloned_and_fetched_by_protocol_2(engine: Engine) {
    let Council { forge, maintainer, module, .. } = council(engine).await;
    let work = Clone::new();
    work.git(&["push", "-q", &forge.remote(PATH, Some(&maintainer)), "main"]).ok();
    let row = modules::by_id(&forge.app.db, module).await.unwrap().unwrap();
    assert!(!row.empty && row.pushed_at.is_some());

    let copy = Clone::empty();
    copy.git(&["clone", "-q", &forge.remote(&format!("{PATH}.git"), None), "."]).ok();
    assert_eq!(copy.head(), work.head());
    work.commit("Go on");
    work.git(&["push", "-q", &forge.remote(PATH, Some(&maintainer)), "main"]).ok();
    let said = copy.git(&["-c", "protocol.version=2", "fetch", "-q", "origin"]);
    said.ok();
    assert_eq!(copy.git(&["rev-parse", "origin/main"]).ok().trim(), work.head());
    for version in ["0", "1", "2"] {
        let setting = format!("protocol.version={version}");
        let list = copy.git(&["-c", &setting, "ls-remote", "origin"]).ok();
        assert!(list.contains(&format!("{}\trefs/heads/main", work.head())), "{list}");
    }
}

async fn a_protected_branch_says_why_and_the_rest_of_the_push_lands(engine: Engine) {
    let Council { forge, maintainer, developer, .. } = council(engine).await;
    let work = Clone::new();
    work.git(&["push", "-q", &forge.remote(PATH, Some(&maintainer)), "main"]).ok();
    work.commit("Of a developer");
    let remote = forge.remote(PATH, Some(&developer));
    let said = work.git(&["push", &remote, "main", "main:refs/heads/topic", "main:refs/tags/v1"]);
    let said = said.failed();
    assert!(said.contains("[remote rejected] main -> main (protected branch)"), "{said}");
    assert!(said.contains("remote: refs/heads/main: This branch is protected"), "{said}");
    assert!(said.contains("remote: refs/tags/v1: Tags are made by maintainers"), "{said}");
    let list = work.git(&["ls-remote", &forge.remote(PATH, None)]).ok();
    assert!(list.contains(&format!("{}\trefs/heads/topic", work.head())), "{list}");
    assert!(!list.contains(&format!("{}\trefs/heads/main", work.head())), "{list}");
    assert!(!list.contains("v1"), "{list}");
    // All or nothing where that was asked.
    let said = work.git(&["push", "--atomic", &remote, "main", "main:refs/heads/other"]).failed();
    assert!(said.contains("protected"), "{said}");
    let list = work.git(&["ls-remote", &remote]).ok();
    assert!(!list.contains("refs/heads/other"), "{list}");
}

async fn nobody_forces_or_deletes_a_protected_branch(engine: Engine) {
    let Council { forge, maintainer, .. } = council(engine).await;
    let work = Clone::new();
    let remote = forge.remote(PATH, Some(&maintainer));
    work.git(&["push", "-q", &remote, "main", "main:refs/heads/topic", "main:refs/tags/v1"]).ok();
    let first = work.head();
    work.git(&["commit", "-q", "--amend", "-m", "Another beginning"]).ok();
    let said = work.git(&["push", "--force", &remote, "main"]).failed();
    assert!(said.contains("its history is not rewritten"), "{said}");
    let said = work.git(&["push", &remote, ":main"]).failed();
    assert!(said.contains("cannot be deleted"), "{said}");
    let list = work.git(&["ls-remote", &remote]).ok();
    assert!(list.contains(&format!("{first}\trefs/heads/main")), "{list}");
    // Other branches and tags may be, by whoever maintains.
    work.git(&["push", "-q", "--force", &remote, "main:topic", "main:refs/tags/v1"]).ok();
    work.git(&["push", "-q", &remote, ":topic"]).ok();
}

async fn who_may_not_push_is_told_at_the_door(engine: Engine) {
    let Council { forge, maintainer, module: _, .. } = council(engine).await;
    let outsider = forge.person("bob").await;
    let outsider = forge.token(outsider, TokenScope::Write).await;
    let work = Clone::new();
    work.git(&["push", "-q", &forge.remote(PATH, Some(&maintainer)), "main"]).ok();
    let said = work.git(&["push", &forge.remote(PATH, Some(&outsider)), "main:x"]).failed();
    assert!(said.contains("Your role does not allow this") && said.contains("403"), "{said}");
    let said = work.git(&["push", &forge.remote(PATH, None), "main:x"]).failed();
    assert!(said.contains("could not read Username"), "{said}");
    let wrong = "0".repeat(40);
    let said = work.git(&["push", &forge.remote(PATH, Some(&wrong)), "main:x"]).failed();
    assert!(said.contains("Authentication failed"), "{said}");
    // A token that is none is no visitor, even where visitors may read.
    let shown = format!("http.extraHeader=Authorization: token {wrong}");
    let said = work.git(&["-c", &shown, "ls-remote", &forge.remote(PATH, None)]).failed();
    assert!(said.contains("could not read Username"), "{said}");
}

async fn a_token_that_only_reads_does_not_push(engine: Engine) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let nadia = forge.person("nadia").await;
    forge.role(nadia, council, Role::Maintainer).await;
    let reads = forge.token(nadia, TokenScope::ReadOnly).await;
    forge.module(council.uuid(), "facturation", Visibility::Council).await;
    let work = Clone::new();
    let remote = forge.remote(PATH, Some(&reads));
    work.git(&["ls-remote", &remote]).ok();
    let said = work.git(&["push", &remote, "main"]).failed();
    assert!(said.contains("This token does not reach this far"), "{said}");
    // The token as the only user name, as some clients send it.
    let alone = forge.url.replace("http://", &format!("http://{reads}@")) + PATH;
    work.git(&["-c", "core.askPass=true", "ls-remote", &alone]).ok();
}

async fn a_member_pushes_to_create_and_is_told_so(engine: Engine) {
    let Council { forge, developer, .. } = council(engine).await;
    let work = Clone::new();
    work.git(&["branch", "-q", "-m", "principal"]).ok();
    let remote = forge.remote("/aubervac/cantine.git", Some(&developer));
    let said = work.git(&["push", &remote, "principal"]).ok();
    assert!(said.contains("remote: The module aubervac/cantine was created."), "{said}");
    let row = modules::at(&forge.app.db, &slug("aubervac"), &slug("cantine")).await.unwrap();
    let row = row.unwrap();
    assert_eq!(row.visibility, Visibility::Council);
    assert_eq!(row.default_branch, "principal", "HEAD must lead somewhere");
    let copy = Clone::empty();
    copy.git(&["clone", "-q", &remote, "."]).ok();
    assert_eq!(copy.head(), work.head());
    // Asking what is there creates nothing, nor does a name that is none.
    let asked = forge.remote("/aubervac/autre", Some(&developer));
    work.git(&["push", "--dry-run", &asked, "principal"]).ok();
    assert!(modules::at(&forge.app.db, &slug("aubervac"), &slug("autre")).await.unwrap().is_none());
    let said = work.git(&["push", &forge.remote("/aubervac/meta", Some(&developer)), "principal"]);
    assert!(said.failed().contains("422"));
    let said = work.git(&["push", &forge.remote("/corbelle/x", Some(&developer)), "principal"]);
    assert!(said.failed().contains("not found"));
}

async fn an_interrupted_push_is_closed_at_the_next_start(engine: Engine) {
    let Council { forge, maintainer, module, .. } = council(engine).await;
    let work = Clone::new();
    work.git(&["push", "-q", &forge.remote(PATH, Some(&maintainer)), "main"]).ok();
    let head = work.head();
    let (landed, lost) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
    let now = forge.app.clock.now();
    let mut tx = forge.app.db.begin(None).await.unwrap();
    for (id, name) in [(landed, "refs/heads/main"), (lost, "refs/heads/never")] {
        let id = forge_domain::Id::new(id);
        pushes::insert(&mut tx, id, module, None, now).await.unwrap();
        let name = name.to_owned();
        let row = pushes::PushRef { name, old_oid: None, new_oid: Some(head.clone()) };
        pushes::insert_ref(&mut tx, id, row).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(pushes::open(&forge.app.db).await.unwrap().len(), 2);

    let again = forge.open_again().await;
    assert!(pushes::open(&again.db).await.unwrap().is_empty());
    let stands = |id| pushes::refs(&again.db, forge_domain::Id::new(id));
    assert_eq!(stands(landed).await.unwrap().len(), 1);
    assert_eq!(stands(lost).await.unwrap().len(), 0, "what did not land is not in the row");
    let repository = again.repositories.get(module.uuid()).await.unwrap();
    let never = RefName::branch("never").unwrap();
    assert_eq!(repository.reference(&never).await.unwrap(), None);
}
