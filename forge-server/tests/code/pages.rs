//! Pages, bytes and the other doors, as a browser without a script sees them.

use forge_domain::access::{Role, TokenScope, Visibility};
use forge_tests::{Engine, on_both};
use ureq::{Agent, http::HeaderMap};

use crate::support::{Clone, Forge};

const PATH: &str = "/aubervac/facturation";

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    fn shows(&self, words: &str) -> &Self {
        assert_eq!(self.status, 200, "{}", self.text());
        assert!(self.text().contains(words), "no {words:?} in\n{}", self.text());
        self
    }

    #[track_caller]
    fn lacks(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "{words:?} in\n{}", self.text());
        self
    }
}

fn get(forge: &Forge, path: &str) -> Answer {
    asked(forge, path, &[("accept-language", "en")])
}

fn asked(forge: &Forge, path: &str, headers: &[(&str, &str)]) -> Answer {
    let agent: Agent =
        Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let mut request = agent.get(format!("{}{path}", forge.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut answer = request.call().unwrap();
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: answer.body_mut().read_to_vec().unwrap(),
    }
}

async fn with(engine: Engine, visibility: Visibility, work: &Clone) -> (Forge, String) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let nadia = forge.person("nadia").await;
    forge.role(nadia, council, Role::Maintainer).await;
    let token = forge.token(nadia, TokenScope::Write).await;
    forge.module(council.uuid(), "facturation", visibility).await;
    let remote = forge.remote(PATH, Some(&token));
    work.git(&["push", "-q", &remote, "--all"]).ok();
    work.git(&["push", "-q", &remote, "--tags"]).ok();
    (forge, token)
}

on_both! {
    a_module_is_read_from_its_page_to_its_last_line
    the_addresses_of_crawlers_are_served
    hostile_names_and_files_are_text
    what_is_private_answers_like_what_is_absent
    an_empty_module_says_how_to_begin
    the_site_says_what_is_public_and_nothing_else
}

async fn a_module_is_read_from_its_page_to_its_last_line(engine: Engine) {
    let work = Clone::new();
    work.write(
        "README.md",
        "# Facturation\n\nSee [the rules](docs/rules.md) and ![logo](logo.png).\n",
    );
    work.write("src/parts.rs", "fn main() {\n    let a = 1;\n}\n");
    work.write("docs/rules.md", "# Rules\n");
    work.write("logo.png", b"\x89PNG\r\n\x1a\n\0\0");
    work.commit("Share the bill");
    work.git(&["tag", "-m", "First release", "v1.0"]).ok();
    let (forge, _) = with(engine, Visibility::Public, &work).await;
    let oid = work.head();

    let page = get(&forge, PATH);
    page.shows("<h3 id=\"user-content-facturation\">Facturation</h3>");
    page.shows("href=\"/aubervac/facturation/blob/main:docs/rules.md\"");
    page.shows("src=\"/aubervac/facturation/raw/main:logo.png\"");
    page.shows(&format!("{}/aubervac/facturation.git", forge.url)).shows("v1.0");
    assert_eq!(get(&forge, "/aubervac/facturation.git").status, 308);

    let tree = get(&forge, &format!("{PATH}/tree/main"));
    tree.shows("/tree/main:src\"").shows("/blob/main:README.md\"").shows("Share the bill");
    get(&forge, &format!("{PATH}/tree/main:src")).shows("parts.rs").shows("Parent folder");
    assert_eq!(get(&forge, &format!("{PATH}/tree/main:src/parts.rs")).status, 303);
    assert_eq!(get(&forge, &format!("{PATH}/blob/main:src")).status, 303);
    let blob = get(&forge, &format!("{PATH}/blob/v1.0:src/parts.rs?l=2-3"));
    blob.shows("<span class=\"l selected\" id=\"L2\">").shows("    let a = 1;").shows("3 lines");
    let form = get(&forge, &format!("{PATH}/blob/main:src/parts.rs?lines=3-2"));
    assert_eq!(form.header("location"), format!("{PATH}/blob/main:src/parts.rs?l=2-3#L2"));
    get(&forge, &format!("{PATH}/blob/main:docs/rules.md")).shows("id=\"user-content-rules\"");
    get(&forge, &format!("{PATH}/blob/main:docs/rules.md?view=source")).shows("# Rules");
    get(&forge, &format!("{PATH}/blob/main:logo.png")).shows("This file is not text");

    get(&forge, &format!("{PATH}/commits/main")).shows("Share the bill").shows("Nadia Ferrand");
    get(&forge, &format!("{PATH}/commits/main:docs")).shows("Share the bill").lacks(">Begin<");
    let commit = get(&forge, &format!("{PATH}/commit/{oid}"));
    commit.shows("<h3 id=\"f").shows("src/parts.rs").shows("Binary file").shows("File created");
    commit.lacks("nadia@aubervac.example");
    get(&forge, &format!("{PATH}/branches")).shows("Default branch").shows("Protected");
    get(&forge, &format!("{PATH}/tags")).shows("First release").shows("v1.0");
    get(&forge, &format!("{PATH}/about")).shows("publiccode.yml");
    for path in [
        "/tree/none",
        "/blob/main:none",
        "/commit/0123456789012345678901234567890123456789",
        "/raw/main:../x",
        "/tree/--output=x",
    ] {
        assert_eq!(get(&forge, &format!("{PATH}{path}")).status, 404, "{path}");
    }
    let french = asked(&forge, PATH, &[("accept-language", "fr")]);
    french.shows("<html lang=\"fr\"").shows("Récupérer le code");
    assert_eq!(french.header("content-language"), "fr");
}

async fn the_addresses_of_crawlers_are_served(engine: Engine) {
    let work = Clone::new();
    work.write("publiccode.yml", "publiccodeYmlVersion: \"0\"\n");
    work.write("a/b.txt", "deep\n");
    work.commit("Say what it is");
    work.git(&["branch", "feature/x"]).ok();
    work.git(&["tag", "v1.0"]).ok();
    let (forge, _) = with(engine, Visibility::Public, &work).await;
    let oid = work.head();
    for path in [
        "/raw/branch/main/publiccode.yml".to_owned(),
        "/raw/branch/feature/x/publiccode.yml".to_owned(),
        "/raw/tag/v1.0/publiccode.yml".to_owned(),
        format!("/raw/commit/{oid}/publiccode.yml"),
        "/raw/main:publiccode.yml".to_owned(),
    ] {
        let raw = get(&forge, &format!("{PATH}{path}"));
        assert_eq!(
            (raw.status, raw.body.as_slice()),
            (200, &b"publiccodeYmlVersion: \"0\"\n"[..]),
            "{path}"
        );
        assert_eq!(raw.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(raw.header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(raw.header("x-content-type-options"), "nosniff");
    }
    let led = get(&forge, &format!("{PATH}/src/branch/feature/x/a/b.txt"));
    assert_eq!(led.header("location"), format!("{PATH}/tree/feature/x:a/b.txt"));
    let led = get(&forge, &format!("{PATH}/src/tag/v1.0"));
    assert_eq!(led.header("location"), format!("{PATH}/tree/refs/tags/v1.0"));
    assert_eq!(get(&forge, &format!("{PATH}/raw/branch/none/x")).status, 404);
    assert_eq!(get(&forge, &format!("{PATH}/raw/main:a")).status, 404, "a folder has no bytes");

    // What names a commit may be kept for ever, what names a branch is asked for again.
    let fixed = get(&forge, &format!("{PATH}/raw/{oid}:a/b.txt"));
    assert!(fixed.header("cache-control").contains("immutable"));
    let moving = get(&forge, &format!("{PATH}/raw/main:a/b.txt"));
    assert_eq!(moving.header("cache-control"), "no-cache");
    let etag = moving.header("etag").to_owned();
    let again = asked(&forge, &format!("{PATH}/raw/main:a/b.txt"), &[("if-none-match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
}

async fn hostile_names_and_files_are_text(engine: Engine) {
    let work = Clone::new();
    let name = "\"><img src=x onerror=alert(1)>.html";
    work.write(name, "<script>alert(1)</script>\n");
    work.write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>\n");
    work.write("bidi.rs", "if admin \u{2066}// check\u{2069} {\n");
    std::os::unix::fs::symlink("/etc/passwd", work.path("link")).unwrap();
    work.commit("<img src=x onerror=alert(2)>");
    let (forge, _) = with(engine, Visibility::Public, &work).await;
    let escaped = "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E.html";
    for path in [
        "",
        "/tree/main",
        "/commits/main",
        &format!("/blob/main:{escaped}"),
        &format!("/commit/{}", work.head()),
    ] {
        let page = get(&forge, &format!("{PATH}{path}"));
        assert_eq!(page.status, 200, "{path}");
        page.lacks("<img src=x").lacks("<script>alert");
    }
    let raw = get(&forge, &format!("{PATH}/raw/main:{escaped}"));
    assert_eq!(raw.header("content-type"), "text/plain; charset=utf-8");
    let svg = get(&forge, &format!("{PATH}/raw/main:a.svg"));
    assert!(svg.header("content-disposition").starts_with("attachment"));
    let marked = get(&forge, &format!("{PATH}/blob/main:bidi.rs"));
    marked.shows("<span class=\"odd\">[U+2066]</span>").shows("marked where they stand");
    get(&forge, &format!("{PATH}/blob/main:link")).shows("/etc/passwd").shows("Symbolic link");
}

async fn what_is_private_answers_like_what_is_absent(engine: Engine) {
    let work = Clone::new();
    let (forge, member) = with(engine, Visibility::Council, &work).await;
    let outsider = forge.person("bob").await;
    let outsider = forge.token(outsider, TokenScope::Write).await;
    let oid = work.head();
    let same = |path: &str, headers: &[(&str, &str)]| {
        let there = asked(&forge, &format!("/aubervac/facturation{path}"), headers);
        let absent = asked(&forge, &format!("/aubervac/neverwas{path}"), headers);
        assert_eq!(there.status, absent.status, "{path}");
        let plain = |answer: &Answer| {
            let text = answer.text();
            // Each visitor's form carries a token of its own.
            let text = text.split("name=\"csrf\" value=\"").enumerate().map(|(at, part)| {
                if at == 0 { part } else { part.split_once('"').map_or(part, |(_, rest)| rest) }
            });
            text.collect::<String>().replace("neverwas", "facturation")
        };
        assert_eq!(plain(&there), plain(&absent), "{path}");
        let names = |answer: &Answer| {
            let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            names.sort();
            names
        };
        assert_eq!(names(&there), names(&absent), "{path}");
        there.status
    };
    let token = format!("token {outsider}");
    let pages = [
        "",
        "/tree/main",
        "/blob/main:README.md",
        "/raw/main:README.md",
        "/commits/main",
        "/branches",
        "/tags",
        "/about",
        "/publish",
        "/raw/branch/main/README.md",
        "/src/branch/main/README.md",
    ];
    for path in pages.iter().map(|path| (*path).to_owned()).chain([format!("/commit/{oid}")]) {
        assert_eq!(same(&path, &[]), 404, "{path}");
    }
    let services = [
        "/info/refs?service=git-upload-pack",
        "/info/refs?service=git-receive-pack",
        ".git/info/refs?service=git-upload-pack",
    ];
    for path in services {
        assert_eq!(same(path, &[]), 401, "{path}");
        assert_eq!(same(path, &[("authorization", &token)]), 404, "{path}");
    }
    let api = |name: &str, headers: &[(&str, &str)]| {
        let answer = asked(&forge, &format!("/api/v1/repos/aubervac/{name}"), headers);
        (answer.status, answer.text())
    };
    for headers in [&[][..], &[("authorization", token.as_str())][..]] {
        assert_eq!(api("facturation", headers), api("neverwas", headers));
    }
    let stranger = Clone::empty();
    for who in [None, Some(outsider.as_str())] {
        for name in ["facturation", "neverwas"] {
            let remote = forge.remote(&format!("/aubervac/{name}"), who);
            stranger.git(&["ls-remote", &remote]).failed();
            stranger.git(&["clone", &remote, "x"]).failed();
        }
    }
    Clone::empty().git(&["clone", "-q", &forge.remote(PATH, Some(&member)), "."]).ok();
}

async fn an_empty_module_says_how_to_begin(engine: Engine) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    forge.module(council.uuid(), "facturation", Visibility::Public).await;
    let page = get(&forge, PATH);
    page.shows("git push -u origin main").shows("git remote add origin");
    for path in ["/branches", "/tags", "/about"] {
        assert_eq!(get(&forge, &format!("{PATH}{path}")).status, 200, "{path}");
    }
    assert_eq!(get(&forge, &format!("{PATH}/tree/main")).status, 404);
}

async fn the_site_says_what_is_public_and_nothing_else(engine: Engine) {
    let forge = Forge::start(engine).await;
    let council = forge.council("aubervac").await;
    let nadia = forge.person("nadia").await;
    forge.module(council.uuid(), "facturation", Visibility::Public).await;
    forge.module(council.uuid(), "canari", Visibility::Council).await;
    forge.module(nadia.uuid(), "brouillon", Visibility::Public).await;
    for path in ["/", "/catalogue", "/catalogue?q=FACT"] {
        get(&forge, path).shows("facturation").lacks("canari").lacks("brouillon");
    }
    get(&forge, "/catalogue?q=canari").shows("No module").lacks("/aubervac/canari");
    let led = get(&forge, "/search?q=a%26b");
    assert_eq!((led.status, led.header("location")), (303, "/catalogue?q=a%26b"));
    for path in ["/about", "/legal", "/privacy", "/accessibility", "/method", "/open-data"] {
        for language in ["fr", "en"] {
            let page = asked(&forge, path, &[("accept-language", language)]);
            page.shows(&format!("<html lang=\"{language}\"")).lacks("⟦");
        }
    }
    get(&forge, "/robots.txt").shows("Disallow: /-/");
    get(&forge, "/-/ready").shows("ready");
    let icon = get(&forge, "/favicon.ico");
    assert_eq!(get(&forge, icon.header("location")).header("content-type"), "image/svg+xml");
}
