//! Repositories made, written to by the server, removed and swept.

use std::{os::unix::fs::PermissionsExt, time::Duration};

use forge_git::{GitError, NewTag};
use uuid::Uuid;

use crate::support::{World, branch, git, new_commit, signature, tag};

#[tokio::test]
async fn a_new_repository_is_one_git_accepts() {
    let world = World::new().await;
    let id = Uuid::now_v7();
    let repo = world.repositories.create(id, &branch("principale")).await.unwrap();
    let folder = repo.folder();
    git(&folder, &["fsck", "--strict"], b"");
    assert_eq!(git(&folder, &["symbolic-ref", "HEAD"], b""), "refs/heads/principale");
    assert_eq!(git(&folder, &["config", "core.bare"], b""), "true");
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(!folder.join("hooks").exists());
    assert_eq!(repo.default_branch().await.unwrap(), branch("principale"));
    assert_eq!(repo.branches().await.unwrap(), []);
    let again = world.repositories.create(id, &branch("main")).await;
    assert!(matches!(again, Err(GitError::Exists)), "{again:?}");
    assert_eq!(world.repositories.list().await.unwrap(), [id]);
}

#[tokio::test]
async fn commits_of_the_server_carry_the_authors_and_times_given() {
    let world = World::new().await;
    let repo = world.create().await;
    let main = branch("main");
    let first = new_commit(
        "charte : adopter",
        &[("CHARTER.md", Some("# Charte\n")), ("ledger/2026/a.json", Some("{}")), ("b", Some("b"))],
    );
    let first = repo.commit_files(&main, first).await.unwrap();
    let second = new_commit(
        "charte : corriger\n\nPourquoi.",
        &[("ledger/2026/b.json", Some("[]")), ("b", None), ("ledger/2026/a.json", None)],
    );
    let second = repo.commit_files(&main, second).await.unwrap();
    let folder = repo.folder();
    git(&folder, &["fsck", "--strict"], b"");
    assert_eq!(
        git(&folder, &["ls-tree", "-r", "--name-only", "main"], b""),
        "CHARTER.md\nledger/2026/b.json"
    );
    let shown = git(&folder, &["log", "-1", "--format=%an|%ae|%aI|%cn|%cI|%P|%B", "main"], b"");
    let expected = format!(
        "Ada|ada@aubervac.example|2026-03-01T10:00:00+01:00|Bruno|2026-03-01T11:00:00+01:00|{first}\
         |charte : corriger\n\nPourquoi."
    );
    assert_eq!(shown, expected);
    let read = repo.commit(second).await.unwrap();
    assert_eq!((read.subject.as_str(), read.body.as_str()), ("charte : corriger", "Pourquoi."));
    assert_eq!((read.author.time_s, read.author.offset_s), (1_772_355_600, 3600));
}

#[tokio::test]
async fn a_commit_prepared_on_an_older_tip_is_refused() {
    let world = World::new().await;
    let repo = world.create().await;
    let main = branch("main");
    let mut first = new_commit("one", &[("a", Some("1"))]);
    first.onto = Some(None);
    let tip = repo.commit_files(&main, first.clone()).await.unwrap();
    let late = repo.commit_files(&main, first.clone()).await;
    assert!(matches!(late, Err(GitError::Moved(_))), "{late:?}");
    first.onto = Some(Some(tip));
    let next = repo.commit_files(&main, first).await.unwrap();
    assert_eq!(repo.tip(&main).await.unwrap(), Some(next));
}

#[tokio::test]
async fn many_writers_each_get_their_commit() {
    let world = World::new().await;
    let repo = world.create().await;
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let repo = repo.clone();
            let name = format!("f{n}");
            let commit = new_commit(&name, &[(name.as_str(), Some("x"))]);
            tokio::spawn(async move { repo.commit_files(&branch("main"), commit).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(git(&repo.folder(), &["rev-list", "--count", "main"], b""), "8");
    assert_eq!(git(&repo.folder(), &["ls-tree", "--name-only", "main"], b"").lines().count(), 8);
}

#[tokio::test]
async fn an_annotated_tag_marks_a_release_once() {
    let world = World::new().await;
    let repo = world.create().await;
    let commit = new_commit("one", &[("a", Some("1"))]);
    let target = repo.commit_files(&branch("main"), commit).await.unwrap();
    let new = NewTag {
        name: tag("v1.0.0"),
        target,
        tagger: signature("Ada", 1_772_355_600),
        message: "Première version\n\nNotes.".to_owned(),
    };
    repo.create_tag(new.clone()).await.unwrap();
    assert!(matches!(repo.create_tag(new).await, Err(GitError::Moved(_))));
    git(&repo.folder(), &["fsck", "--strict"], b"");
    let tags = repo.tags().await.unwrap();
    let annotation = tags[0].annotation.as_ref().unwrap();
    assert_eq!((tags[0].name.short(), tags[0].commit), ("v1.0.0", Some(target)));
    assert_eq!(annotation.subject, "Première version");
    assert_eq!(annotation.tagger.as_ref().unwrap().name, "Ada");
}

#[tokio::test]
async fn a_file_where_a_folder_must_be_is_refused() {
    let world = World::new().await;
    let repo = world.create().await;
    let commit = new_commit("one", &[("a", Some("1")), ("a/b", Some("2"))]);
    let refused = repo.commit_files(&branch("main"), commit).await;
    assert!(matches!(refused, Err(GitError::Malformed(_))), "{refused:?}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), None);
}

#[tokio::test]
async fn a_removed_repository_leaves_sight_at_once_and_disk_later() {
    let world = World::new().await;
    let repo = world.create().await;
    let id = repo.id();
    let shelf = repo.folder().parent().unwrap().to_owned();
    world.repositories.remove(id).await.unwrap();
    assert!(!world.repositories.exists(id).await.unwrap());
    assert!(matches!(world.repositories.get(id).await, Err(GitError::NoRepository)));
    assert!(matches!(repo.branches().await, Err(GitError::NoRepository)));
    world.repositories.sweep(Duration::from_secs(3600)).await.unwrap();
    assert_eq!(std::fs::read_dir(&shelf).unwrap().count(), 1);
    assert_eq!(world.repositories.sweep(Duration::ZERO).await.unwrap(), 1);
    assert_eq!(std::fs::read_dir(&shelf).unwrap().count(), 0);
}

#[tokio::test]
async fn leftovers_of_interrupted_work_are_swept() {
    let world = World::new().await;
    let repo = world.create().await;
    let folder = repo.folder();
    std::fs::create_dir(folder.join("objects/incoming-x")).unwrap();
    std::fs::write(folder.join("objects/incoming-x/p"), "x").unwrap();
    std::fs::write(folder.join("refs/heads/main.lock"), "").unwrap();
    std::fs::write(folder.join("packed-refs.lock"), "").unwrap();
    assert_eq!(world.repositories.sweep(Duration::ZERO).await.unwrap(), 3);
    assert!(!folder.join("objects/incoming-x").exists());
    repo.commit_files(&branch("main"), new_commit("one", &[("a", Some("1"))])).await.unwrap();
}

#[tokio::test]
async fn a_repository_of_a_foreign_form_is_refused() {
    let world = World::new().await;
    type Spoil = fn(&std::path::Path);
    let cases: [(&str, Spoil); 3] = [
        ("borrows", |folder| {
            std::fs::write(folder.join("objects/info/alternates"), "/x\n").unwrap();
        }),
        ("link", |folder| {
            std::fs::rename(folder.join("objects/pack"), folder.join("elsewhere")).unwrap();
            std::os::unix::fs::symlink(folder.join("elsewhere"), folder.join("objects/pack"))
                .unwrap();
        }),
        ("hooks", |folder| std::fs::create_dir(folder.join("hooks")).unwrap()),
    ];
    for (word, spoil) in cases {
        let repo = world.create().await;
        spoil(&repo.folder());
        // Another server would open it afresh.
        let other = forge_git::Repositories::open(
            world.scratch.path().join("repos"),
            forge_git::Limits::default(),
        )
        .await
        .unwrap();
        let refused = other.get(repo.id()).await;
        let Err(GitError::Refused { reason, .. }) = refused else { panic!("{word}: {refused:?}") };
        assert!(reason.contains(word), "{reason}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused =
        forge_git::Repositories::open(file.join("repos"), forge_git::Limits::default()).await;
    assert!(refused.unwrap_err().to_string().contains("file/repos"));
}
