//! Versions of merge requests: recorded, listed, fetched, copied, and paid for by those alone
//! who ask for them.

use forge_git::{GitError, NewVersion, Protocol, Repository, Service, Versions};

use crate::{
    door,
    fetching::{ask, client, fetch_v2, line},
    support::{World, git, oid},
};

fn version(number: u64, previous: Option<forge_domain::names::Oid>) -> NewVersion {
    NewVersion { request: 7, number, previous }
}

/// A repository in which a request has two versions, neither of them on a branch.
async fn with_request(world: &World) -> (Repository, Versions) {
    let work = world.work();
    work.write("a", "1\n");
    work.commit("base", 1);
    work.git(&["checkout", "-q", "-b", "topic"]);
    work.write("a", "2\n");
    let one = work.commit("one", 2);
    work.git(&["reset", "-q", "--hard", "main"]);
    work.write("a", "3\n");
    let two = work.commit("two", 3);
    work.git(&["branch", "other", &one.to_string()]);
    let repo = world.mirror_of(&work).await;
    repo.record_version(version(1, None), one).await.unwrap();
    repo.record_version(version(2, Some(one)), two).await.unwrap();
    for name in ["topic", "other"] {
        git(&repo.folder(), &["update-ref", "-d", &format!("refs/heads/{name}")], b"");
    }
    (repo, Versions { head: Some(two), all: vec![(1, one), (2, two)] })
}

#[tokio::test]
async fn a_version_is_recorded_once_and_stays() {
    let world = World::new().await;
    let (repo, versions) = with_request(&world).await;
    let (one, two) = (versions.all[0].1, versions.all[1].1);
    for (taken, head) in
        [(version(2, Some(two)), one), (version(3, Some(one)), one), (version(3, None), one)]
    {
        let late = repo.record_version(taken, head).await;
        assert!(matches!(late, Err(GitError::Moved(_))), "{taken:?}: {late:?}");
    }
    let blob = oid(&git(&repo.folder(), &["rev-parse", "main:a"], b""));
    for nothing in [blob, oid(&"5".repeat(40))] {
        let refused = repo.record_version(version(3, Some(two)), nothing).await;
        assert!(matches!(refused, Err(GitError::NotFound(_))), "{refused:?}");
    }
    assert_eq!(repo.versions(7).await.unwrap(), versions);
    assert_eq!(repo.branches().await.unwrap().len(), 1);
    // Its commits can be looked at by their ids, on no branch as they are.
    assert_eq!(repo.resolve(&one.to_string().parse().unwrap()).await.unwrap(), one);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stock_client_fetches_a_request_by_its_names_in_every_version() {
    let world = World::new().await;
    let (repo, versions) = with_request(&world).await;
    let url = door::open(&repo, door::welcome()).await;
    let scratch = world.scratch.path();
    let head = versions.head.unwrap().to_string();
    let one = versions.all[0].1.to_string();
    for protocol in ["0", "1", "2"] {
        let setting = format!("protocol.version={protocol}");
        let target = format!("clone-{protocol}");
        let (ok, _, words) = client(scratch, &["-c", &setting, "clone", "-q", &url, &target]).await;
        assert!(ok, "{words}");
        let clone = scratch.join(&target);
        let absent = client(&clone, &["cat-file", "-e", &head]).await;
        assert!(!absent.0, "a plain clone brings no merge request");
        // A version by its name is listed by version 2 alone; by its id it can always be had.
        let by_name = if protocol == "2" { "refs/merge-requests/7/versions/1" } else { &one };
        for (name, expected) in [
            ("refs/merge-requests/7/head", &head),
            ("pull/7/head", &head),
            ("refs/pull/7/head:from-pull", &head),
            (by_name, &one),
        ] {
            let arguments = ["-c", &setting, "fetch", "-q", "origin", name];
            let (ok, _, words) = client(&clone, &arguments).await;
            assert!(ok, "{protocol} {name}: {words}");
            let fetched = git(&clone, &["rev-parse", "FETCH_HEAD"], b"");
            assert_eq!(&fetched, expected, "{protocol} {name}");
        }
        git(&clone, &["fsck", "--strict"], b"");
    }
    let mirror = ["clone", "-q", "--mirror", &url, "mirror"];
    assert!(client(scratch, &mirror).await.0);
    let all = git(&scratch.join("mirror"), &["for-each-ref", "--format=%(refname)"], b"");
    let expected = "refs/heads/main\nrefs/merge-requests/7/head\nrefs/merge-requests/7/versions/1\n\
                    refs/merge-requests/7/versions/2\nrefs/pull/7/head";
    assert_eq!(all, expected, "a mirror brings all of them");
}

#[tokio::test]
async fn a_file_of_a_version_can_be_had_and_what_is_beside_it_cannot() {
    let world = World::new().await;
    let (repo, versions) = with_request(&world).await;
    let one = versions.all[0].1;
    let file = git(&repo.folder(), &["rev-parse", &format!("{one}:a")], b"");
    let answer =
        ask(&repo, Protocol::V2, &fetch_v2(&[format!("want {file}"), "done".into()])).await;
    assert!(answer.windows(4).any(|bytes| bytes == b"PACK"));
    // A name that is no request's hides what it leads to.
    for hidden in ["refs/merge-requests/x/head", "refs/pull/9/head", "refs/internal/x"] {
        let folder = repo.folder();
        git(&folder, &["update-ref", hidden, &one.to_string()], b"");
        git(&folder, &["update-ref", "-d", "refs/merge-requests/7/versions/1"], b"");
        let wish = fetch_v2(&[format!("want {one}"), "done".into()]);
        let words = ask(&repo, Protocol::V2, &wish).await;
        assert!(String::from_utf8_lossy(&words).contains("not our ref"), "{hidden}");
        let list = line("command=ls-refs") + "0000";
        let listed = ask(&repo, Protocol::V2, list.as_bytes()).await;
        assert!(!String::from_utf8_lossy(&listed).contains(hidden));
    }
}

#[tokio::test]
async fn ten_thousand_requests_cost_a_clone_and_a_push_nothing() {
    let world = World::new().await;
    let (repo, versions) = with_request(&world).await;
    let head = versions.head.unwrap();
    let mut names: Vec<String> = (100..10_100)
        .flat_map(|n| ["head", "versions/1"].map(|name| format!("refs/merge-requests/{n}/{name}")))
        .collect();
    names.sort();
    let mut packed = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
    names.iter().for_each(|name| packed += &format!("{head} {name}\n"));
    std::fs::write(repo.folder().join("packed-refs"), packed).unwrap();
    let list = |prefixes: &[&str]| {
        let mut body = line("command=ls-refs") + "0001" + &line("peel") + &line("symrefs");
        prefixes.iter().for_each(|prefix| body += &line(&format!("ref-prefix {prefix}")));
        body + "0000"
    };
    let answer = async |prefixes: &[&str]| {
        let bytes = ask(&repo, Protocol::V2, list(prefixes).as_bytes()).await;
        String::from_utf8(bytes).unwrap().matches("refs/").count()
    };
    // As a clone asks, as a fetch of one request asks, as nobody should.
    assert_eq!(answer(&["HEAD", "refs/heads/", "refs/tags/"]).await, 2);
    assert_eq!(answer(&["pull/7/head", "refs/pull/7/head", "refs/heads/pull/7/head"]).await, 1);
    assert_eq!(answer(&[]).await, 2 + 4 + 30_000);
    let pushed = repo.advertise(Service::ReceivePack, Protocol::V0).await.unwrap();
    assert!(pushed.len() < 1000, "{} bytes are told to every push", pushed.len());
    // Version 0 has no way to ask: it is told every head, by both names, and no version.
    let told = repo.advertise(Service::UploadPack, Protocol::V0).await.unwrap();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(told.matches("/head\n").count(), 2 * 10_001);
    assert!(!told.contains("versions"));
}

#[tokio::test]
async fn a_copy_brings_the_versions_back() {
    let world = World::new().await;
    let (repo, versions) = with_request(&world).await;
    let copy = world.scratch.path().join("copy");
    assert_eq!(repo.snapshot(copy.clone()).await.unwrap().references, 4);
    let back = world.repositories.restore(uuid::Uuid::now_v7(), &copy).await.unwrap();
    assert_eq!(back.versions(7).await.unwrap(), versions);
}
