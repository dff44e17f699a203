//! What pages read, compared with git where git has an answer.

use forge_domain::names::{Oid, PathInRepo};
use forge_git::{EntryKind, FileChange, FileContent, GitError, Limits};

use crate::support::{Work, World, branch, git, oid, path, tag};

#[tokio::test]
async fn a_name_leads_to_its_commit() {
    let world = World::new().await;
    let work = world.work();
    let one = work.commit("one", 1);
    work.git(&["tag", "-a", "v1", "-m", "first"]);
    work.git(&["tag", "both"]);
    let two = work.commit("two", 2);
    work.git(&["branch", "both"]);
    work.git(&["checkout", "-q", "--detach"]);
    let lost = work.commit("lost", 3);
    let repo = world.mirror_of(&work).await;
    work.git(&["push", "-q", repo.folder().to_str().unwrap(), "HEAD:refs/heads/gone"]);
    git(&repo.folder(), &["update-ref", "-d", "refs/heads/gone"], b"");
    let resolve = async |text: &str| repo.resolve(&text.parse().unwrap()).await;
    assert_eq!(resolve("HEAD").await.unwrap(), two);
    assert_eq!(resolve("v1").await.unwrap(), one, "an annotated tag is peeled");
    assert_eq!(resolve("both").await.unwrap(), two, "a branch comes before a tag");
    assert_eq!(resolve("refs/tags/both").await.unwrap(), one);
    assert_eq!(resolve(&one.to_string()).await.unwrap(), one);
    for absent in ["nothing", &"1".repeat(40), &lost.to_string()] {
        let missing = resolve(absent).await;
        assert!(matches!(missing, Err(GitError::NotFound(_))), "{absent}: {missing:?}");
    }
    let branches = repo.branches().await.unwrap();
    let names: Vec<_> = branches.iter().map(|branch| branch.name.short()).collect();
    assert_eq!(names, ["both", "main"]);
    let tags = repo.tags().await.unwrap();
    assert_eq!((tags[0].name.clone(), tags[0].annotation.clone()), (tag("both"), None));
    assert_eq!(tags[1].annotation.as_ref().unwrap().subject, "first");
    assert_eq!(tags[1].commit, Some(one));
}

#[tokio::test]
async fn an_empty_repository_reads_as_empty() {
    let world = World::new().await;
    let repo = world.create().await;
    let head = repo.resolve(&"HEAD".parse().unwrap()).await;
    assert!(matches!(head, Err(GitError::NotFound(_))), "{head:?}");
    assert_eq!(repo.tip(&branch("main")).await.unwrap(), None);
    assert!(repo.branches().await.unwrap().is_empty() && repo.tags().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_folder_lists_folders_first_with_sizes_and_kinds() {
    let world = World::new().await;
    let work = world.work();
    work.write("z/deep/file", "x");
    work.write("README.md", "# Hi\n");
    work.write("LISEZMOI", "");
    work.write("run.sh", "#!/bin/sh\n");
    work.git(&["update-index", "--add", "--chmod=+x", "run.sh"]);
    std::os::unix::fs::symlink("/etc/passwd", work.folder.join("link")).unwrap();
    let submodule = format!("160000,{},vendor", "1".repeat(40));
    work.git(&["update-index", "--add", "--cacheinfo", &submodule]);
    work.git(&["update-index", "--add", "README.md", "LISEZMOI", "link", "z/deep/file"]);
    work.git(&["commit", "-q", "-m", "all kinds"]);
    let head = work.head();
    let repo = world.mirror_of(&work).await;
    let listing = repo.tree(head, None).await.unwrap();
    let shown: Vec<_> = listing
        .entries
        .iter()
        .map(|entry| (std::str::from_utf8(&entry.name).unwrap(), entry.kind, entry.size))
        .collect();
    assert_eq!(
        shown,
        [
            ("z", EntryKind::Folder, None),
            ("LISEZMOI", EntryKind::File, Some(0)),
            ("README.md", EntryKind::File, Some(5)),
            ("link", EntryKind::Link, Some(11)),
            ("run.sh", EntryKind::Executable, Some(10)),
            ("vendor", EntryKind::Submodule, None),
        ]
    );
    assert_eq!(repo.tree(head, Some(&path("z/deep"))).await.unwrap().entries.len(), 1);
    for absent in ["README.md", "none", "z/none/deeper", "link/x"] {
        let missing = repo.tree(head, Some(&path(absent))).await;
        assert!(matches!(missing, Err(GitError::NotFound(_))), "{absent}: {missing:?}");
    }
    let readme = repo.find_readme(head, None, Some("fr")).await.unwrap().unwrap();
    assert_eq!(readme.name, b"README.md");
    assert!(repo.find_readme(head, Some(&path("z")), None).await.unwrap().is_none());
    let link = repo.blob(head, &path("link"), 100).await.unwrap();
    assert_eq!(link.content.as_deref(), Some(&b"/etc/passwd"[..]), "never followed");
    let entry = repo.entry(head, &path("run.sh")).await.unwrap().unwrap();
    assert_eq!(entry.kind, EntryKind::Executable);
}

#[tokio::test]
async fn a_long_folder_is_cut_and_says_so() {
    let world = World::with(Limits { tree_entries_max: 5, ..Limits::default() }).await;
    let work = world.work();
    for n in 0..6 {
        work.write(&format!("f{n}"), "");
    }
    let head = work.commit("six", 1);
    let repo = world.mirror_of(&work).await;
    let listing = repo.tree(head, None).await.unwrap();
    assert_eq!((listing.entries.len(), listing.cut), (5, true));
}

#[tokio::test]
async fn a_file_is_held_only_up_to_what_was_asked() {
    use tokio::io::AsyncReadExt;
    let world = World::new().await;
    let work = world.work();
    let big: Vec<u8> = (0..6_000_000_u32).map(|n| (n % 251) as u8).collect();
    work.write("big.bin", &big);
    work.write("small", "a\0b");
    work.write("text", "caf\u{e9}");
    let head = work.commit("files", 1);
    let repo = world.mirror_of(&work).await;
    let blob = repo.blob(head, &path("big.bin"), 1000).await.unwrap();
    assert_eq!((blob.size, blob.content), (6_000_000, None));
    assert!(repo.blob(head, &path("small"), 1000).await.unwrap().is_binary);
    assert!(!repo.blob(head, &path("text"), 1000).await.unwrap().is_binary);
    for (name, expected) in [("big.bin", big.as_slice()), ("text", "caf\u{e9}".as_bytes())] {
        let entry = repo.entry(head, &path(name)).await.unwrap().unwrap();
        let (size, mut stream) = repo.blob_stream(entry.oid).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(size, expected.len() as u64);
        assert!(bytes == expected, "{name} arrives byte for byte");
    }
    let tree = repo.blob_stream(repo.tree(head, None).await.unwrap().oid).await;
    assert!(matches!(tree, Err(GitError::NotFound(_))));
}

/// main: one, two (b), merge of side (c changed twice there).
fn branching(work: &Work) -> Vec<Oid> {
    work.write("a", "1");
    work.write("dir/b", "1");
    work.write("dir/c", "1");
    let one = work.commit("one", 1);
    work.git(&["checkout", "-q", "-b", "side"]);
    work.write("dir/c", "2");
    let c2 = work.commit("c2", 2);
    work.write("dir/c", "3");
    let c3 = work.commit("c3", 3);
    work.git(&["checkout", "-q", "main"]);
    work.write("dir/b", "2");
    let b2 = work.commit("b2", 4);
    work.git(&["merge", "-q", "--no-ff", "-m", "merge side", "side"]);
    let merge = work.head();
    work.write("d", "1");
    let last = work.commit("d1", 6);
    vec![one, c2, c3, b2, merge, last]
}

#[tokio::test]
async fn histories_agree_with_git() {
    let world = World::new().await;
    let work = world.work();
    let commits = branching(&work);
    let head = *commits.last().unwrap();
    let repo = world.mirror_of(&work).await;
    for name in ["", "a", "dir", "dir/b", "dir/c", "d", "none"] {
        let pathspec = if name.is_empty() { "." } else { name };
        let expected: Vec<Oid> =
            git(&work.folder, &["log", "--format=%H", "main", "--", pathspec], b"")
                .lines()
                .map(oid)
                .collect();
        let path = (!name.is_empty()).then(|| path(name));
        let page = repo.log(head, path.as_ref(), 0, 100).await.unwrap();
        let found: Vec<Oid> = page.commits.iter().map(|commit| commit.oid).collect();
        if name.is_empty() {
            let all = git(&work.folder, &["log", "--format=%H", "main"], b"");
            assert_eq!(found, all.lines().map(oid).collect::<Vec<_>>());
        } else {
            assert_eq!(found, expected, "{name}");
        }
        assert!(!page.more && page.complete);
    }
    let page = repo.log(head, None, 1, 2).await.unwrap();
    assert_eq!((page.commits.len(), page.commits[0].oid, page.more), (2, commits[4], true));
    let count = repo.count_commits(head).await.unwrap();
    assert_eq!((count.commits, count.complete), (6, true));
    for folder in [None, Some(path("dir"))] {
        let changes = repo.last_changes(head, folder.as_ref()).await.unwrap();
        assert!(changes.complete);
        for (name, commit) in changes.by_name {
            let name = String::from_utf8(name).unwrap();
            let full = folder.as_ref().map_or(name.clone(), |folder| format!("{folder}/{name}"));
            let expected =
                git(&work.folder, &["log", "-1", "--format=%H", "main", "--", &full], b"");
            assert_eq!(commit.oid, oid(&expected), "{full}");
        }
    }
}

#[tokio::test]
async fn the_column_of_last_changes_may_be_absent_but_never_wrong() {
    let hurried = std::time::Duration::ZERO;
    let world = World::with(Limits { last_change_max: hurried, ..Limits::default() }).await;
    let work = world.work();
    let commits = branching(&work);
    let repo = world.mirror_of(&work).await;
    let changes = repo.last_changes(*commits.last().unwrap(), None).await.unwrap();
    assert!(!changes.complete && changes.by_name.is_empty());
}

#[tokio::test]
async fn every_state_of_a_file_is_told_apart() {
    let world = World::new().await;
    let work = world.work();
    let body: String = (0..40).map(|n| format!("line {n}\n")).collect();
    work.write("moved.txt", &body);
    work.write("gone.txt", "bye\n");
    work.write("edited.txt", "one\ntwo\nthree\n");
    work.write("run.sh", "#!/bin/sh\n");
    work.write("image.png", b"\x89PNG\0\0");
    work.write("large.csv", "x,y\n".repeat(300_000));
    work.write("latin.txt", b"\xe9t\xe9\n");
    let first = work.commit("first", 1);
    std::fs::remove_file(work.folder.join("gone.txt")).unwrap();
    std::fs::rename(work.folder.join("moved.txt"), work.folder.join("new place.txt")).unwrap();
    work.write("new place.txt", body.replace("line 7\n", "line seven\n"));
    work.write("edited.txt", "one\n2\nthree");
    work.write("image.png", b"\x89PNG\0\0\0");
    work.write("large.csv", "x,z\n".repeat(300_000));
    work.write("latin.txt", b"\xe0 l'\xe9t\xe9\n");
    work.write("empty", "");
    work.git(&["add", "-A"]);
    work.git(&["update-index", "--chmod=+x", "run.sh"]);
    work.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},sub", "1".repeat(40))]);
    work.git(&["commit", "-q", "-m", "second"]);
    let second = work.head();
    let repo = world.mirror_of(&work).await;
    let diff = repo.diff(second).await.unwrap();
    let file = |name: &str| {
        diff.files
            .iter()
            .find(|file| file.path == name.as_bytes())
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(file("gone.txt").change, FileChange::Deleted);
    assert_eq!(file("empty").change, FileChange::Added);
    assert_eq!(file("empty").content, FileContent::Empty);
    assert_eq!(file("new place.txt").change, FileChange::Renamed { from: b"moved.txt".to_vec() });
    let FileContent::Text { added: 1, removed: 1, .. } = file("new place.txt").content else {
        panic!("{:?}", file("new place.txt"))
    };
    assert!(file("run.sh").mode_changed());
    assert_eq!(file("run.sh").content, FileContent::Same);
    assert_eq!(
        file("image.png").content,
        FileContent::Binary { old_size: Some(6), new_size: Some(7) }
    );
    assert!(matches!(file("large.csv").content, FileContent::TooLarge { .. }));
    assert_eq!(file("sub").content, FileContent::Submodule);
    let FileContent::Text { hunks, .. } = &file("latin.txt").content else { panic!() };
    assert_eq!(hunks[0].lines[1].text, b"\xe0 l'\xe9t\xe9");
    let FileContent::Text { hunks, added, removed, cut } = &file("edited.txt").content else {
        panic!()
    };
    assert_eq!((*added, *removed, *cut, hunks[0].lines.len()), (2, 2, false, 5));
    assert!(!diff.cut);
    assert!(repo.diff(first).await.unwrap().files.iter().all(|f| f.change == FileChange::Added));
}

#[tokio::test]
async fn a_vast_difference_is_cut_and_still_counted() {
    let world = World::with(Limits { diff_files_max: 3, ..Limits::default() }).await;
    let work = world.work();
    for n in 0..5 {
        work.write(&format!("f{n}"), format!("{n}\n"));
    }
    let head = work.commit("five", 1);
    let repo = world.mirror_of(&work).await;
    let diff = repo.diff(head).await.unwrap();
    assert_eq!((diff.files.len(), diff.stats.files, diff.stats.added, diff.cut), (3, 5, 3, true));
}

#[tokio::test]
async fn two_branches_are_compared_from_where_they_parted() {
    let world = World::new().await;
    let work = world.work();
    let commits = branching(&work);
    let repo = world.mirror_of(&work).await;
    let [one, c2, c3, b2, ..] = commits[..] else { panic!() };
    let comparison = repo.compare(b2, c3).await.unwrap();
    let added: Vec<_> = comparison.commits.iter().map(|commit| commit.oid).collect();
    assert_eq!((comparison.merge_base, comparison.ahead, comparison.behind), (Some(one), 2, 1));
    assert_eq!(added, [c3, c2]);
    assert_eq!(comparison.diff.files.len(), 1);
    assert!(repo.is_ancestor(one, c3).await.unwrap());
    assert!(!repo.is_ancestor(c3, b2).await.unwrap());
    work.git(&["checkout", "-q", "--orphan", "alone"]);
    let alone = work.commit("alone", 9);
    work.git(&["push", "-q", repo.folder().to_str().unwrap(), "alone"]);
    let unrelated = repo.compare(one, alone).await.unwrap();
    assert_eq!((unrelated.merge_base, unrelated.ahead), (None, 1));
}

#[tokio::test]
async fn hostile_content_is_shown_and_never_breaks_the_reader() {
    let world = World::new().await;
    let work = world.work();
    work.write("seed", "x");
    work.commit("seed", 1);
    let blob = work.git(&["hash-object", "-w", "seed"]);
    // Names in Latin-1 and with control bytes, a message and an author that are not UTF-8.
    let entries = format!("100644 blob {blob}\tcaf\u{0}100644 blob {blob}\ta\nb\u{0}");
    let entries = entries.replace("caf", "caf?").into_bytes();
    let entries: Vec<u8> = entries.iter().map(|b| if *b == b'?' { 0xe9 } else { *b }).collect();
    let tree = git(&work.folder, &["mktree", "-z"], &entries);
    let commit = [
        format!("tree {tree}\n").as_bytes(),
        b"author J\xe9r\xf4me <j@x> 1772355600 +0100\n",
        b"committer J\xe9r\xf4me <j@x> 99999999999999999999 +0100\n",
        b"encoding ISO-8859-1\n\n",
        b"\xe9t\xe9\n",
    ]
    .concat();
    let commit = git(
        &work.folder,
        &["hash-object", "--literally", "-t", "commit", "-w", "--stdin"],
        &commit,
    );
    work.git(&["update-ref", "refs/heads/odd", &commit]);
    let mut deep = git(&work.folder, &["rev-parse", "HEAD^{tree}"], b"");
    for _ in 0..600 {
        deep = git(&work.folder, &["mktree"], format!("040000 tree {deep}\td\n").as_bytes());
    }
    let deep = work.git(&["commit-tree", &deep, "-m", "deep"]);
    work.git(&["update-ref", "refs/heads/deep", &deep]);
    let repo = world.mirror_of(&work).await;
    let read = repo.commit(oid(&commit)).await.unwrap();
    assert_eq!(
        (read.author.name.as_str(), read.subject.as_str()),
        ("J\u{e9}r\u{f4}me", "\u{e9}t\u{e9}")
    );
    let listing = repo.tree(oid(&commit), None).await.unwrap();
    assert_eq!(listing.entries.len(), 2);
    let name = PathInRepo::from_bytes(b"caf\xe9").unwrap();
    assert_eq!(repo.blob(oid(&commit), &name, 10).await.unwrap().size, 1);
    assert_eq!(repo.diff(oid(&commit)).await.unwrap().files.len(), 2);
    let bottom = path(&format!("{}seed", "d/".repeat(600)));
    assert_eq!(repo.blob(oid(&deep), &bottom, 10).await.unwrap().size, 1);
    assert_eq!(repo.diff(oid(&deep)).await.unwrap().files.len(), 1);
    assert_eq!(repo.log(oid(&deep), Some(&bottom), 0, 10).await.unwrap().commits.len(), 1);
}
