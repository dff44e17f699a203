//! Copies taken, damaged, verified and put back.

use std::path::{Path, PathBuf};

use forge_git::{Depth, GitError};
use uuid::Uuid;

use crate::support::{World, branch, git, new_commit};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect()
}

#[tokio::test]
async fn a_copy_is_a_repository_and_comes_back_as_it_was() {
    let world = World::new().await;
    let work = world.work();
    for n in 0..5 {
        work.write("a", n.to_string());
        work.commit(&n.to_string(), n);
    }
    work.git(&["tag", "-a", "v1", "-m", "v1"]);
    let repo = world.mirror_of(&work).await;
    repo.set_default_branch(&branch("principale")).await.unwrap();
    repo.commit_files(&branch("principale"), new_commit("loose", &[("b", Some("b"))]))
        .await
        .unwrap();
    let copy = world.scratch.path().join("copy");
    let snapshot = repo.snapshot(copy.clone()).await.unwrap();
    assert_eq!(snapshot.references, 3);
    git(&copy, &["fsck", "--strict"], b"");
    let refs = |folder: &Path| git(folder, &["for-each-ref"], b"");
    assert_eq!(refs(&copy), refs(&repo.folder()));
    let id = Uuid::now_v7();
    let restored = world.repositories.restore(id, &copy).await.unwrap();
    assert_eq!(refs(&restored.folder()), refs(&repo.folder()));
    assert_eq!(restored.default_branch().await.unwrap(), branch("principale"));
    assert_eq!(restored.verify(Depth::Full).await.unwrap(), Vec::<String>::new());
    let taken = world.repositories.restore(id, &copy).await;
    assert!(matches!(taken, Err(GitError::Exists)));
    assert!(matches!(repo.snapshot(copy).await, Err(GitError::Io { .. })));
}

#[tokio::test]
async fn a_copy_taken_during_pushes_has_all_its_references_lead_to() {
    let world = World::new().await;
    let repo = world.create().await;
    let writer = repo.clone();
    let pushes = tokio::spawn(async move {
        for n in 0..30 {
            let name = n.to_string();
            let commit = new_commit(&name, &[("a", Some(name.as_str()))]);
            writer.commit_files(&branch("main"), commit).await.unwrap();
        }
    });
    for n in 0..10 {
        let copy = world.scratch.path().join(format!("copy-{n}"));
        repo.snapshot(copy.clone()).await.unwrap();
        git(&copy, &["fsck", "--strict"], b"");
    }
    pushes.await.unwrap();
}

#[tokio::test]
async fn damage_is_found_named_and_not_put_back() {
    let world = World::new().await;
    let work = world.work();
    work.write("a", "some content");
    work.commit("one", 1);
    let repo = world.mirror_of(&work).await;
    let copy = world.scratch.path().join("copy");
    repo.snapshot(copy.clone()).await.unwrap();
    let blob = git(&repo.folder(), &["rev-parse", "main:a"], b"");
    for folder in [repo.folder(), copy.clone()] {
        let loose = folder.join("objects").join(&blob[..2]).join(&blob[2..]);
        assert!(files(&folder.join("objects/pack"), ".pack").is_empty(), "objects are loose");
        std::fs::remove_file(loose).unwrap();
    }
    let problems = repo.verify(Depth::Connectivity).await.unwrap();
    assert!(problems.iter().any(|line| line.contains(&blob)), "{problems:?}");
    let id = Uuid::now_v7();
    let refused = world.repositories.restore(id, &copy).await;
    assert!(matches!(refused, Err(GitError::Damaged(_))), "{refused:?}");
    assert!(!world.repositories.exists(id).await.unwrap());
}

#[tokio::test]
async fn a_flipped_bit_is_found_by_the_full_check() {
    let world = World::new().await;
    let repo = world.create().await;
    let text = "text ".repeat(1000);
    let commit = new_commit("one", &[("a", Some(text.as_str()))]);
    repo.commit_files(&branch("main"), commit).await.unwrap();
    assert!(repo.verify(Depth::Full).await.unwrap().is_empty());
    let blob = git(&repo.folder(), &["rev-parse", "main:a"], b"");
    let loose = repo.folder().join("objects").join(&blob[..2]).join(&blob[2..]);
    let mut bytes = std::fs::read(&loose).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::remove_file(&loose).unwrap();
    std::fs::write(&loose, bytes).unwrap();
    let problems = repo.verify(Depth::Full).await.unwrap();
    assert!(problems.iter().any(|line| line.contains(&blob)), "{problems:?}");
}

#[tokio::test]
async fn what_a_copy_says_about_itself_is_not_believed() {
    let world = World::new().await;
    let work = world.work();
    work.commit("one", 1);
    let repo = world.mirror_of(&work).await;
    let copy = world.scratch.path().join("copy");
    repo.snapshot(copy.clone()).await.unwrap();
    let witness = world.scratch.path().join("witness");
    std::fs::create_dir(copy.join("hooks")).unwrap();
    let config = format!(
        "[core]\n\tbare = true\n\tfsmonitor = touch {0}\n\thooksPath = hooks\n\
         [uploadpack]\n\tpackObjectsHook = touch {0}\n",
        witness.display()
    );
    std::fs::write(copy.join("config"), config).unwrap();
    let restored = world.repositories.restore(Uuid::now_v7(), &copy).await.unwrap();
    assert!(!restored.folder().join("hooks").exists() && !witness.exists());
    assert!(!std::fs::read_to_string(restored.folder().join("config")).unwrap().contains("touch"));
    std::fs::write(copy.join("HEAD"), "ref: ../../etc/passwd\n").unwrap();
    let refused = world.repositories.restore(Uuid::now_v7(), &copy).await;
    assert!(matches!(refused, Err(GitError::Damaged(_))), "{refused:?}");
}
