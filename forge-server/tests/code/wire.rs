//! Git's door by hand: what no stock client sends.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use forge_domain::access::{Role, TokenScope, Visibility};
use forge_tests::{Engine, on_both};
use ureq::Agent;

use crate::support::{Clone, Forge};

const PATH: &str = "/aubervac/facturation";

async fn council(engine: Engine) -> (Forge, String, Clone) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let nadia = forge.person("nadia").await;
    forge.role(nadia, council, Role::Maintainer).await;
    let token = forge.token(nadia, TokenScope::Write).await;
    forge.module(council.uuid(), "facturation", Visibility::Public).await;
    let work = Clone::new();
    work.git(&["push", "-q", &forge.remote(PATH, Some(&token)), "main"]).ok();
    (forge, token, work)
}

fn post(forge: &Forge, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, String) {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = agent.post(format!("{}{path}", forge.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut answer = request.send(body).unwrap();
    let bytes = answer.body_mut().read_to_vec().unwrap();
    (answer.status().as_u16(), String::from_utf8_lossy(&bytes).into_owned())
}

const FETCH: (&str, &str) = ("content-type", "application/x-git-upload-pack-request");
const PUSH: (&str, &str) = ("content-type", "application/x-git-receive-pack-request");
const V2: (&str, &str) = ("git-protocol", "version=2");

on_both! {
    what_is_not_the_protocol_is_refused_with_the_reason
    a_compressed_request_is_read_and_a_bomb_is_stopped
    the_dumb_protocol_is_not_offered
}

async fn what_is_not_the_protocol_is_refused_with_the_reason(engine: Engine) {
    let (forge, token, work) = council(engine).await;
    let fetch = format!("{PATH}/git-upload-pack");
    let push = format!("{PATH}.git/git-receive-pack");
    let basic = format!("token {token}");
    for (body, reason) in [
        (&b"GET / HTTP/1.1"[..], "hexadecimal"),
        (b"0003", "length 3"),
        (b"00", "inside the length"),
        (b"0032want 0123", "inside a pkt-line"),
    ] {
        let (status, words) = post(&forge, &fetch, &[FETCH, V2], body);
        assert_eq!(status, 400, "{words}");
        assert!(words.contains(reason), "{words}");
        let (status, words) = post(&forge, &push, &[PUSH, ("authorization", &basic)], body);
        assert_eq!(status, 400, "{words}");
        assert!(words.contains(reason), "{words}");
    }
    // A page of another site could send these without asking.
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let (status, _) = post(&forge, &fetch, &[("content-type", kind), V2], b"0000");
        assert_eq!(status, 415, "{kind}");
    }
    let (status, words) = post(&forge, &push, &[PUSH], b"0000");
    assert_eq!((status, words.contains("personal access token")), (401, true), "{words}");
    // Nothing of it moved anything.
    let list = work.git(&["ls-remote", &forge.remote(PATH, None)]).ok();
    assert!(list.contains(&work.head()), "{list}");
}

async fn a_compressed_request_is_read_and_a_bomb_is_stopped(engine: Engine) {
    let (forge, _, work) = council(engine).await;
    let fetch = format!("{PATH}/git-upload-pack");
    let zipped = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let gzip = ("content-encoding", "gzip");
    let asked = zipped(b"0014command=ls-refs\n00010009peel\n0000");
    let (status, answer) = post(&forge, &fetch, &[FETCH, V2, gzip], &asked);
    assert_eq!(status, 200, "{answer}");
    assert!(answer.contains(&format!("{} refs/heads/main", work.head())), "{answer}");
    let bomb = zipped(&vec![b'0'; 64 << 20]);
    assert!(bomb.len() < 1 << 17);
    let (status, _) = post(&forge, &fetch, &[FETCH, V2, gzip], &bomb);
    assert!(status == 413 || status == 400, "{status}");
    let (status, _) = post(&forge, &fetch, &[FETCH, V2, gzip], b"not gzip");
    assert_eq!(status, 400);
}

async fn the_dumb_protocol_is_not_offered(engine: Engine) {
    let (forge, ..) = council(engine).await;
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    for path in
        ["/info/refs", "/info/refs?service=git-upload-archive", "/HEAD", "/objects/info/packs"]
    {
        let answer = agent.get(format!("{}{PATH}.git{path}", forge.url)).call().unwrap();
        let status = answer.status().as_u16();
        assert!(status == 403 || status == 404, "{path}: {status}");
    }
    let answer = agent
        .get(format!("{}{PATH}/info/refs?service=git-upload-pack", forge.url))
        .header("git-protocol", "version=2")
        .call()
        .unwrap();
    assert!(answer.headers()["cache-control"].to_str().unwrap().contains("no-cache"));
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert_eq!(kind, "application/x-git-upload-pack-advertisement");
}
