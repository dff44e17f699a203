//! Every page of the default theme in both languages, and what a theme may and may not do.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use forge_messages::{Locale, Messages};
use serde::Serialize;

use super::*;

fn messages() -> Arc<Messages> {
    Arc::new(Messages::embedded().unwrap())
}

fn default_theme() -> Themes {
    Themes::load(Path::new("."), None, messages()).unwrap()
}

/// A data folder with the theme `mine`: a valid manifest and these files.
fn with_theme(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Themes, ThemeError>) {
    let data = tempfile::tempdir().unwrap();
    let manifest = "api = 1\nid = \"mine\"\nversion = \"1\"\nname = { fr = \"a\", en = \"b\" }\n";
    for (name, text) in [("theme.toml", manifest)].iter().chain(files) {
        let path = data.path().join("themes/mine").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let loaded = Themes::load(data.path(), Some("mine"), messages());
    (data, loaded)
}

fn refusal(files: &[(&str, &str)]) -> ThemeError {
    match with_theme(files).1 {
        Ok(_) => panic!("the theme was accepted"),
        Err(error) => error,
    }
}

fn chrome(locale: Locale, title: &str) -> Chrome {
    Chrome {
        lang: locale.tag(),
        languages: Locale::ALL
            .into_iter()
            .filter(|other| *other != locale)
            .map(|other| LanguageLink {
                tag: other.tag(),
                name: other.own_name(),
                href: format!("/?lang={}", other.tag()),
            })
            .collect(),
        title: title.to_owned(),
        description: None,
        site_name: "Beffroi".to_owned(),
        nav: Some(Nav::Catalogue),
        person: Some(PersonLink { name: "Nadia <Ferrand>".to_owned(), href: "/nadia".to_owned() }),
        is_admin: true,
        csrf: "token".to_owned(),
        flashes: vec![Flash { kind: FlashKind::Success, text: "Fait & bien fait".to_owned() }],
        crumbs: vec![Crumb::link("Catalogue", "/catalogue"), Crumb::here("Ici")],
        path: "/catalogue?q=a&b".to_owned(),
        canonical: "https://forge.example/catalogue".to_owned(),
        scheme: Scheme::Dark,
        wide: false,
        feed: "/feed.atom?lang=fr".to_owned(),
        conformity: Conformity::None,
    }
}

fn home(locale: Locale) -> HomePage {
    HomePage {
        page: chrome(locale, "Beffroi"),
        figures: HomeFigures { modules: 1_128, councils: 64, spaces: 2, open_calls: 7 },
        modules: vec![ModuleCard {
            name: "Inscriptions <périscolaires>".to_owned(),
            href: "/enfance/inscriptions".to_owned(),
            description: Some("Registration".to_owned()),
            lang: Some("en".to_owned()),
            licence: Some("EUPL-1.2".to_owned()),
            owner: "Enfance et jeunesse".to_owned(),
            release: Some("v3.2".to_owned()),
            users: 8,
            updated_on: Some("2026-10-12".to_owned()),
        }],
        calls: vec![CallCard {
            reference: "CALL-2026-001".to_owned(),
            title: "Facturation".to_owned(),
            href: "/enfance/-/calls/CALL-2026-001".to_owned(),
            space: "Enfance et jeunesse".to_owned(),
            state: "open".to_owned(),
            deadline: "2026-11-30".to_owned(),
            target: Money { minor: 4_000_000, currency: "EUR".to_owned(), exponent: 2 },
            firm: Money { minor: 2_171_788, currency: "EUR".to_owned(), exponent: 2 },
            firm_bp: 5_429,
        }],
    }
}

fn sign_in(locale: Locale, form: Form) -> SignInPage {
    SignInPage {
        page: chrome(locale, "Connexion"),
        form,
        next: "/catalogue".to_owned(),
        providers: vec![Provider { name: "AgentConnect".to_owned(), href: "/-/oidc/a".to_owned() }],
        passwords: true,
        again: false,
    }
}

fn refused_sign_in(locale: Locale) -> SignInPage {
    let form = Form::default()
        .value("login", "nadia\"><b>")
        .error("login", "Remplissez ce champ")
        .error("password", "Remplissez ce champ");
    sign_in(locale, form)
}

/// Every page this module has, under a name for the message of a failing test.
fn pages(themes: &Themes, locale: Locale) -> Vec<(String, String)> {
    fn render<T: Serialize>(themes: &Themes, template: &str, locale: Locale, page: &T) -> String {
        themes.render(template, locale, page).unwrap_or_else(|error| panic!("{error}"))
    }
    let mut pages = vec![
        ("home".to_owned(), render(themes, "pages/home.html", locale, &home(locale))),
        (
            "empty home".to_owned(),
            render(
                themes,
                "pages/home.html",
                locale,
                &HomePage { modules: Vec::new(), calls: Vec::new(), ..home(locale) },
            ),
        ),
        (
            "error".to_owned(),
            render(
                themes,
                "pages/error.html",
                locale,
                &ErrorPage {
                    page: Chrome {
                        person: None,
                        crumbs: Vec::new(),
                        ..chrome(locale, "Introuvable")
                    },
                    status: 404,
                    text: "Rien ici".to_owned(),
                    reference: Some("1a2b3c4d".to_owned()),
                },
            ),
        ),
        (
            "sign-in".to_owned(),
            render(themes, "locked/sign-in.html", locale, &sign_in(locale, Form::default())),
        ),
        (
            "refused sign-in".to_owned(),
            render(themes, "locked/sign-in.html", locale, &refused_sign_in(locale)),
        ),
    ];
    for name in ["about", "legal", "privacy", "accessibility", "method"] {
        let instance = Instance {
            site_name: "Beffroi".to_owned(),
            publisher: None,
            contact: Some("forge@pays.example".to_owned()),
            host: None,
            conformity: Conformity::Partial,
        };
        let text = themes.prose(name, locale, &instance).unwrap_or_else(|error| panic!("{error}"));
        let page = TextPage { page: chrome(locale, name), text };
        pages.push((name.to_owned(), render(themes, "pages/text.html", locale, &page)));
    }
    pages.push(("every macro".to_owned(), parts(locale)));
    pages
}

/// A page made of every macro there is, as the README shows them.
const PARTS: &str = r##"{% extends "base.html" %}
{% import "macros/ui.html" as ui %}
{% import "macros/table.html" as table %}
{% import "macros/code.html" as code %}
{% import "locked/fields.html" as field %}
{% block content %}
<h1>Parts</h1>
{{ ui.tabs("Sections", [
  {"label": "Code", "href": "/a/b", "current": true},
  {"label": "Tickets", "href": "/a/b/issues", "count": 1200, "current": false},
]) }}
{{ ui.steps(["Simuler", "Vérifier"], 2) }}
<p>{{ ui.tag("Rust") }} {{ ui.call_state("open") }} {{ ui.pledge_state("firm") }}
{{ ui.day("2026-03-01") }} {{ ui.moment("2026-11-30T22:59:00Z", "Europe/Paris") }}</p>
{{ ui.meter(3177, 5429) }}
{% call ui.facts() %}<dt>A</dt><dd>{{ percent(3177) }} {{ file_size(17204) }}</dd>{% endcall %}
<section aria-labelledby="people"><h2 id="people">Table</h2>
{% call table.table("Parts", [{"label": "Collectivité"}, {"label": "Montant", "num": true}]) %}
<tr><th scope="row"><a href="/valbourg">Valbourg</a></th>
{{ table.cell("Montant", money(1270950), num=true) }}</tr>
{% endcall %}
{{ ui.pager("Parts", next="?after=x") }}
</section>
<h2>Vide</h2>
{{ ui.empty("Rien", "Pas encore", "/calls", "Voir") }}
<h2>Code</h2>
{{ code.clone_url("https://forge.example/a/b.git") }}
{{ code.command("Commande", "forge clone a/b") }}
{{ code.line_form("/a/b/blob/main:src/a.rs") }}
{{ code.file("src/a.rs", ["fn main() {", "    <b>", "}"]) }}
<section aria-labelledby="f1"><div class="file-head"><h3 id="f1">src/a.rs</h3></div>
{{ code.diff("f1", "src/a.rs", t("diff-summary", path="src/a.rs", added="1", removed="1"), [
  {"header": "@@ -1,2 +1,2 @@", "lines": [
    {"kind": "", "old": 1, "new": 1, "text": "same"},
    {"kind": "d", "old": 2, "new": none, "text": "old"},
    {"kind": "a", "old": none, "new": 2, "text": "new"},
  ]},
]) }}
</section>
<h2>Formulaire</h2>
{% call field.form(page, "/-/x", t("common-continue"), files=true, guard=true) %}
{{ field.text(form, "name", "Nom", hint="Court", fill="name") }}
{{ field.textarea(form, "why", "Motif", optional=true) }}
{{ field.money(form, "ceiling", "Plafond (en euros TTC)") }}
{{ field.date(form, "day", "Date de la délibération") }}
{{ field.select(form, "kind", "Nature",
    [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]) }}
{{ field.radios(form, "rule", "Clé", [
  {"value": "equal", "label": t("call-rule-equal"), "hint": "Une part chacune"},
  {"value": "population", "label": t("call-rule-population")},
]) }}
{{ field.checkbox(form, "sure", "J’ai vérifié", hint="Le montant et la date") }}
{{ field.file(form, "evidence", "Pièce", accept=".pdf") }}
{% endcall %}
{% endblock %}"##;

/// The page of all macros, with every field refused.
fn parts(locale: Locale) -> String {
    #[derive(Serialize)]
    struct Parts {
        page: Chrome,
        form: Form,
    }
    let mut form =
        Form::default().value("kind", "b").value("rule", "population").value("sure", "yes");
    for field in ["name", "why", "ceiling", "day", "kind", "rule", "sure", "evidence"] {
        form = form.error(field, format!("Corrigez {field}"));
    }
    let (_data, themes) = with_theme(&[("templates/own/parts.html", PARTS)]);
    let page = Parts { page: chrome(locale, "Parts"), form };
    themes
        .unwrap()
        .render("own/parts.html", locale, &page)
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The values of `attribute="…"` in a page.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let mark = format!(" {attribute}=\"");
    html.split(&mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_renders_in_both_languages_without_a_missing_text() {
    let themes = default_theme();
    for locale in Locale::ALL {
        for (name, html) in pages(&themes, locale) {
            assert!(!html.contains('⟦'), "{name}: a text is missing in {}", locale.tag());
            assert!(html.starts_with("<!DOCTYPE html>\n"), "{name}");
            assert!(html.contains(&format!("<html lang=\"{}\"", locale.tag())), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
            assert!(html.contains("href=\"/accessibility\""), "{name}: accessibility mention");
        }
    }
}

#[test]
fn pages_obey_their_own_content_policy() {
    for (name, html) in pages(&default_theme(), Locale::Fr) {
        check::template(&name, &html.replace("<script type=\"module\" src=\"/_a/forge.", ""))
            .unwrap_or_else(|error| panic!("{error}"));
        for address in values(&html, "src") {
            assert!(address.starts_with("/_a/"), "{name}: {address} is not ours");
        }
    }
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_target() {
    for (name, html) in pages(&default_theme(), Locale::En) {
        let all = values(&html, "id");
        let ids: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), ids.len(), "{name}: an id stands twice in {all:?}");
        let named = ["for", "aria-labelledby", "aria-describedby"]
            .into_iter()
            .flat_map(|attribute| values(&html, attribute))
            .flat_map(str::split_whitespace);
        let anchors =
            values(&html, "href").into_iter().filter_map(|address| address.strip_prefix('#'));
        for id in named.chain(anchors) {
            assert!(ids.contains(id), "{name}: nothing has the id {id}");
        }
    }
}

#[test]
fn values_are_escaped() {
    let html = default_theme().render("pages/home.html", Locale::Fr, &home(Locale::Fr)).unwrap();
    assert!(html.contains("Inscriptions &lt;périscolaires&gt;"));
    assert!(html.contains("Nadia &lt;Ferrand&gt;"));
    assert!(html.contains("value=\"/catalogue?q=a&amp;b\""));
}

#[test]
fn figures_follow_the_language() {
    let themes = default_theme();
    let french = themes.render("pages/home.html", Locale::Fr, &home(Locale::Fr)).unwrap();
    assert!(french.contains("1\u{202f}128"));
    assert!(french.contains("21\u{202f}717,88\u{a0}€"));
    assert!(french.contains("30 novembre 2026"));
    let english = themes.render("pages/home.html", Locale::En, &home(Locale::En)).unwrap();
    assert!(english.contains("€21,717.88") && english.contains("30 November 2026"));
}

#[test]
fn a_refused_form_says_so_everywhere_it_must() {
    let locale = Locale::Fr;
    let html =
        default_theme().render("locked/sign-in.html", locale, &refused_sign_in(locale)).unwrap();
    assert!(html.contains("<title>Erreur\u{a0}: Connexion — Beffroi</title>"));
    assert!(html.contains("role=\"alert\" tabindex=\"-1\" id=\"errors\""));
    assert!(html.contains("<a href=\"#login\">"));
    assert!(html.contains("aria-describedby=\"login-error\" aria-invalid=\"true\""));
    assert!(html.contains("value=\"nadia&quot;&gt;&lt;b&gt;\""), "what was typed comes back");
    assert_eq!(html.matches("type=\"password\"").count(), 1);
    let summary = html.find("id=\"errors\"").unwrap();
    assert!(summary < html.find("<h1").unwrap(), "the summary stands before the title");
}

#[test]
fn every_key_of_a_template_exists() {
    let messages = messages();
    let sources = Sources::read(Path::new("."), None).unwrap();
    let mut seen = 0;
    for (name, text) in sources.default_templates().unwrap() {
        for (at, mark) in text.match_indices("t(\"") {
            // Not the end of another name, such as `default(""`.
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &text[at + mark.len()..];
            let Some((key, after)) = rest.split_once('"') else { continue };
            // `t("nav-" ~ state)`: the end comes from the page.
            if after.trim_start().starts_with('~') {
                continue;
            }
            seen += 1;
            assert!(messages.has(Locale::Fr, key), "{name}: {key}");
        }
    }
    assert!(seen > 50, "the templates were not read");
}

#[test]
fn fields_show_what_was_typed_and_what_is_wrong() {
    let html = parts(Locale::Fr);
    for field in ["name", "why", "ceiling", "day", "kind", "rule", "sure", "evidence"] {
        assert!(html.contains(&format!("<li><a href=\"#{field}\">Corrigez {field}</a></li>")));
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(html.contains("aria-describedby=\"name-hint name-error\" aria-invalid=\"true\""));
    assert!(html.contains("<option value=\"b\" selected>"));
    assert!(html.contains("value=\"population\" checked>"));
    assert!(html.contains("value=\"yes\" aria-describedby=\"sure-hint sure-error\""));
    assert!(html.contains("enctype=\"multipart/form-data\" data-guard>"));
    assert!(html.contains("name=\"csrf\" value=\"token\""));
}

#[test]
fn code_and_differences_keep_their_shape() {
    let html = parts(Locale::Fr);
    let line = "<span class=\"l\" id=\"L2\"><a href=\"#L2\" tabindex=\"-1\" \
                aria-hidden=\"true\"></a>    &lt;b&gt;\n</span>";
    assert!(html.contains(line), "indentation and line ends are the file's");
    assert!(html.contains("<tr class=\"d\" id=\"f1L2\">"));
    assert!(html.contains("<td class=\"s\">+</td><td>new</td></tr>"));
}

#[test]
fn assets_have_addresses_that_change_with_their_content() {
    let themes = default_theme();
    let address = themes.asset_path("forge.css").unwrap();
    let sheet = themes.asset(address.strip_prefix("/_a/").unwrap()).unwrap();
    assert_eq!(sheet.content_type, "text/css; charset=utf-8");
    let css = std::str::from_utf8(&sheet.bytes).unwrap();
    assert!(css.starts_with("@layer reset, tokens,"));
    assert!(css.contains("--c-primary: #0f5263;") && css.contains("--c-primary: #7cc4d6;"));
    assert!(themes.asset("forge.0000000000.css").is_none());
    let (_data, other) = with_theme(&[(
        "theme.css",
        ".card { border-radius: 0; background: url(assets/logo.svg) }",
    )]);
    let other = other.unwrap();
    let restyled = other.asset_path("forge.css").unwrap();
    assert_ne!(restyled, address);
    let css = other.asset(restyled.strip_prefix("/_a/").unwrap()).unwrap().bytes.clone();
    let css = String::from_utf8(css).unwrap();
    assert!(css.contains("@layer theme {\n.card"));
    assert!(css.contains(&format!("url(\"{}\")", other.asset_path("logo.svg").unwrap())));
}

#[test]
fn every_custom_property_that_is_used_is_defined() {
    let themes = default_theme();
    let address = themes.asset_path("forge.css").unwrap();
    let css = themes.asset(address.strip_prefix("/_a/").unwrap()).unwrap().bytes.clone();
    let css = String::from_utf8(css).unwrap();
    for rest in css.split("var(").skip(1) {
        let name = rest.split([',', ')']).next().unwrap();
        let optional = rest.starts_with(&format!("{name},"));
        assert!(optional || css.contains(&format!("{name}:")), "{name} is used but not defined");
    }
}

#[test]
fn a_theme_replaces_what_it_may_and_keeps_the_rest() {
    let (_data, themes) = with_theme(&[
        ("templates/partials/footer.html", "<p>Pays d’Aubervac</p>{% include \"own/more.html\" %}"),
        ("templates/own/more.html", "<p>{{ t(\"nav-catalogue\") }}</p>"),
        (
            "templates/pages/home.html",
            "{% extends \"default:pages/home.html\" %}\
             {% block content %}<p>Bienvenue</p>{{ super() }}{% endblock %}",
        ),
        ("locales/fr.ftl", "nav-catalogue = Nos logiciels\n"),
        ("assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let themes = themes.unwrap();
    let html = themes.render("pages/home.html", Locale::Fr, &home(Locale::Fr)).unwrap();
    assert!(html.contains("<p>Bienvenue</p>") && html.contains("Inscriptions &lt;"));
    assert!(html.contains("Pays d’Aubervac") && html.contains("<p>Nos logiciels</p>"));
    assert!(html.contains("href=\"/accessibility\""), "the mention cannot be dropped");
    assert_eq!(themes.messages().text(Locale::Fr, "nav-catalogue", &[]), "Nos logiciels");
    assert_ne!(themes.asset_path("logo.svg"), default_theme().asset_path("logo.svg"));
}

#[test]
fn a_faulty_theme_is_refused_with_file_and_line() {
    let broken = refusal(&[("templates/pages/home.html", "<p>\n{{ oops }\n</p>")]);
    assert_eq!((broken.file.as_str(), broken.line), ("pages/home.html", Some(2)), "{broken}");
    let script = refusal(&[("templates/partials/header.html", "<p>\n\n<script>x</script>")]);
    assert_eq!((script.file.as_str(), script.line), ("partials/header.html", Some(3)), "{script}");
    let locked = refusal(&[("templates/locked/sign-in.html", "<p>mine</p>")]);
    assert!(locked.reason.contains("may not replace"), "{locked}");
    let asset = refusal(&[("assets/more.js", "alert(1)")]);
    assert!(asset.reason.contains("no script"), "{asset}");
    let wording = refusal(&[("locales/en.ftl", "nav-catalogue = { $")]);
    assert!(wording.reason.contains("line 1"), "{wording}");
}

#[test]
fn a_manifest_is_held_to_its_words() {
    let head = "id = \"mine\"\nversion = \"1\"\nname = { fr = \"a\", en = \"b\" }\n";
    let cases = [
        ("api = 2\n", "template API 2"),
        ("api = 1\ncolour = \"red\"\n", "colour"),
        ("api = 1\nparent = \"nowhere\"\n", "cannot read"),
        ("api = 1\nparent = \"mine\"\n", "come back"),
        ("api = 1\nparent = \"../escape\"\n", "no theme id"),
    ];
    for (lines, expected) in cases {
        let error = refusal(&[("theme.toml", &format!("{lines}{head}"))]);
        assert!(error.reason.contains(expected), "{error}");
    }
    let tables = [
        ("[tokens.light]\nprimary = \"red\"\n", "not a colour"),
        ("[tokens.light]\nprimary_soft = \"#0f5263\"\n", "has a contrast of"),
        ("[tokens.light]\nprimry = \"#0f5263\"\n", "no colour called"),
        ("[tokens.base]\nfont-sans = \"x; } body { color: red\"\n", "base tokens"),
        ("[brand]\nlogo = \"assets/absent.svg\"\n", "not there"),
        (
            "[[footer.links]]\nhref = \"javascript:x\"\nlabel = { fr = \"a\", en = \"b\" }\n",
            "neither",
        ),
    ];
    for (table, expected) in tables {
        let error = refusal(&[("theme.toml", &format!("api = 1\n{head}{table}"))]);
        assert!(error.reason.contains(expected), "{error}");
    }
}

#[test]
fn a_theme_that_fails_on_a_page_gives_way_to_the_default() {
    let endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    let long = "{% for a in range(99999) %}0123456789012345678901234567890123456789\
                0123456789012345678901234567890123456789012345678901234567890123456789{% endfor %}";
    for text in [endless, long, "{{ page.no_such_field }}", "{{ page.title|safe }}"] {
        let (_data, themes) = with_theme(&[("templates/pages/home.html", text)]);
        let html = match themes {
            Ok(themes) => themes.render("pages/home.html", Locale::En, &home(Locale::En)).unwrap(),
            // An unknown filter is known before the first page.
            Err(error) => {
                assert!(error.reason.contains("safe"), "{error}");
                continue;
            }
        };
        assert!(html.contains("href=\"/catalogue\""), "{text}");
    }
}

#[test]
fn a_template_that_asks_for_what_is_not_there_fails() {
    #[derive(Serialize)]
    struct Bare {
        page: Chrome,
    }
    let error = default_theme()
        .render("pages/error.html", Locale::Fr, &Bare { page: chrome(Locale::Fr, "x") })
        .unwrap_err();
    assert_eq!(error.file, "pages/error.html", "{error}");
    assert!(error.line.is_some(), "{error}");
}
