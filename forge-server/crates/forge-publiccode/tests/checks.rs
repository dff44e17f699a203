//! What a check finds in valid sheets (nothing) and in sheets with one thing wrong (that thing,
//! where it stands).

use forge_publiccode::{Problem, Report, check};

const MINIMAL: &str = include_str!("files/minimal.yml");
const COMPLETE: &str = include_str!("files/complete.yml");

/// The minimal sheet with one text replaced by another.
fn with(old: &str, new: &str) -> Report {
    assert_eq!(MINIMAL.matches(old).count(), 1, "{old:?} stands once in the sheet");
    check(MINIMAL.replace(old, new))
}

fn keys(findings: &[forge_publiccode::Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|found| (found.key.as_str(), found.problem.code())).collect()
}

/// One error and nothing else, at this key, with this code.
#[track_caller]
fn one_error(report: &Report, key: &str, code: &str) {
    assert_eq!(keys(&report.errors), [(key, code)], "{:?}", report.errors);
    assert_eq!(keys(&report.warnings), []);
}

/// One warning and nothing else.
#[track_caller]
fn one_warning(report: &Report, key: &str, code: &str) {
    assert_eq!(keys(&report.errors), [], "{:?}", report.errors);
    assert_eq!(keys(&report.warnings), [(key, code)], "{:?}", report.warnings);
}

#[test]
fn a_minimal_and_a_complete_sheet_are_valid() {
    for sheet in [MINIMAL, COMPLETE] {
        let report = check(sheet);
        assert_eq!((keys(&report.errors), keys(&report.warnings)), (vec![], vec![]));
        assert!(report.is_valid());
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_not_matter() {
    let report = check(format!("\u{feff}{}", MINIMAL.replace('\n', "\r\n")));
    assert_eq!(keys(&report.errors), []);
    assert_eq!(report.summary.name.as_deref(), Some("Permis"));
}

#[test]
fn every_required_key_is_asked_for() {
    let empty = check("publiccodeYmlVersion: \"0\"\n");
    let wanted = [
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    ];
    assert_eq!(keys(&empty.errors), wanted.map(|key| (key, "missing")));
    one_error(&with("name: Permis\n", ""), "name", "missing");
    one_error(&with("name: Permis", "name: ~"), "name", "missing");
    one_error(&with("name: Permis", "name: \"  \""), "name", "missing");
    one_error(&with("publiccodeYmlVersion: \"0\"\n", ""), "publiccodeYmlVersion", "missing");
    one_error(&with("platforms:\n  - web", "platforms: []"), "platforms", "missing");
    one_error(&with("  license: EUPL-1.2", "  mainCopyrightOwner: x"), "legal.license", "missing");
    one_error(
        &with("  localisationReady: true\n", ""),
        "localisation.localisationReady",
        "missing",
    );
    let features =
        "    features:\n      - dépôt d’un dossier en ligne\n      - suivi de l’instruction\n";
    one_error(&with(features, ""), "description.fr.features", "missing");
}

#[test]
fn an_empty_file_lacks_everything() {
    for text in ["", "# nothing\n", "~\n", "---\n"] {
        let report = check(text);
        assert!(!report.is_valid(), "{text:?}");
    }
}

#[test]
fn the_version_is_a_text_in_the_list() {
    for version in ["\"0\"", "'0.7'", "\"0.7.0\"", "\"1\""] {
        let report =
            with("publiccodeYmlVersion: \"0\"", &format!("publiccodeYmlVersion: {version}"));
        assert_eq!((keys(&report.errors), keys(&report.warnings)), (vec![], vec![]), "{version}");
    }
    let number = with("Version: \"0\"", "Version: 0.7");
    one_error(&number, "publiccodeYmlVersion", "wrong-type");
    one_error(&with("Version: \"0\"", "Version: \"0.6\""), "publiccodeYmlVersion", "not-listed");
    one_warning(&with("Version: \"0\"", "Version: \"0.4\""), "publiccodeYmlVersion", "old-version");
}

#[test]
fn closed_lists_are_closed() {
    one_error(&with("Status: stable", "Status: done"), "developmentStatus", "not-listed");
    one_error(&with("standalone/web", "website"), "softwareType", "not-listed");
    one_error(&with("type: internal", "type: nobody"), "maintenance.type", "not-listed");
    let categories = with("platforms:", "categories: [billing]\nplatforms:");
    one_error(&categories, "categories[0]", "not-in-vocabulary");
    let scope = with("platforms:", "intendedAudience: {scope: [towns]}\nplatforms:");
    one_error(&scope, "intendedAudience.scope[0]", "not-in-vocabulary");
    let supports = with("platforms:", "supports: [{id: \"alias:rgaa\"}]\nplatforms:");
    one_error(&supports, "supports[0].id", "malformed");
}

#[test]
fn lengths_are_what_a_reader_counts() {
    let short = |text: &str| {
        with("Dépôt et instruction des demandes de permis de construire en ligne.", text)
    };
    // A family of four is one character to a reader and twenty-five bytes to a program.
    let family = "👨‍👩‍👧‍👦";
    assert_eq!(keys(&short(&family.repeat(150)).errors), []);
    let long = short(&family.repeat(151));
    one_error(&long, "description.fr.shortDescription", "too-long");
    assert_eq!(long.errors[0].problem, Problem::TooLong { found: 151, max: 150 });
    // One e with a combining accent counts once: 149 are too few.
    let sheet = |count: usize| {
        let (start, end) = (MINIMAL.find(">\n").unwrap(), MINIMAL.find("    features").unwrap());
        let text = "e\u{301}".repeat(count);
        check(format!("{}{text}\n{}", &MINIMAL[..start], &MINIMAL[end..]))
    };
    one_error(&sheet(149), "description.fr.longDescription", "too-short");
    assert_eq!(keys(&sheet(150).errors), []);
    assert_eq!(keys(&sheet(10_000).errors), []);
    one_error(&sheet(10_001), "description.fr.longDescription", "too-long");
}

#[test]
fn contractors_go_with_a_contract_and_with_nothing_else() {
    let contacts = "  type: internal\n  contacts:\n    - name: Service numérique d’Aubervac\n";
    let contractor = "  contractors:\n    - {name: Opensoft, until: \"2027-12-31\"}\n";
    let contract = with(contacts, &format!("  type: contract\n{contractor}"));
    assert_eq!(keys(&contract.errors), []);
    let none = with(contacts, "  type: contract\n");
    one_error(&none, "maintenance.contractors", "missing");
    let both = with(contacts, &format!("{contacts}{contractor}"));
    one_error(&both, "maintenance.contractors", "contractors-without-contract");
    let alone = with(contacts, "  type: community\n");
    one_error(&alone, "maintenance.contacts", "missing");
    assert_eq!(keys(&with(contacts, "  type: none\n").errors), []);
    let forever = with(contacts, "  type: contract\n  contractors: [{name: Opensoft}]\n");
    one_error(&forever, "maintenance.contractors[0].until", "missing");
    let never = "  type: contract\n  contractors: [{name: Opensoft, until: 2027-02-30}]\n";
    one_error(&with(contacts, never), "maintenance.contractors[0].until", "malformed");
}

#[test]
fn findings_tell_line_and_column() {
    let report = with("  license: EUPL-1.2", "  license: Open\n  repoOwner: Aubervac");
    let licence = &report.errors[0];
    assert_eq!((licence.line, licence.column), (24, 3));
    let owner = &report.warnings[0];
    assert_eq!(
        owner.to_string(),
        "25:3 warning legal.repoOwner is deprecated, use organisation.name"
    );
    // A missing key is told where its section begins, an item of a list where it stands.
    let contacts = with("- name: Service numérique d’Aubervac", "- email: x@y.fr");
    assert_eq!((contacts.errors[0].line, contacts.errors[0].column), (29, 7));
}

#[test]
fn deprecated_keys_are_warned_of_and_gone_in_version_1() {
    let deprecated = [
        ("platforms:", "monochromeLogo: logo.svg\nplatforms:", "monochromeLogo", "deprecated-for"),
        ("platforms:", "inputTypes: [text/csv]\nplatforms:", "inputTypes", "deprecated"),
        ("legal:", "legal:\n  authorsFile: AUTHORS", "legal.authorsFile", "deprecated"),
        ("legal:", "IT: {conforme: {gdpr: true}}\nlegal:", "IT", "deprecated-for"),
        ("legal:", "it: {}\nlegal:", "it", "deprecated-for"),
        (
            "  fr:\n    short",
            "  fr:\n    genericName: x\n    short",
            "description.fr.genericName",
            "deprecated",
        ),
    ];
    for (old, new, key, code) in deprecated {
        one_warning(&with(old, new), key, code);
        let first = MINIMAL.replace("Version: \"0\"", "Version: \"1\"").replace(old, new);
        assert!(!check(first).is_valid(), "{key} is gone in version 1");
    }
    let twice = with("legal:", "IT: {}\nit: {}\nlegal:");
    assert_eq!(keys(&twice.errors), [("it", "duplicate-key")]);
}

#[test]
fn countries_are_capitals() {
    let countries = |list: &str| {
        with("platforms:", &format!("intendedAudience: {{countries: [{list}]}}\nplatforms:"))
    };
    let key = "intendedAudience.countries[0]";
    assert_eq!(keys(&countries("FR, BE, NO").errors), []);
    one_warning(&countries("fr"), key, "lower-case-country");
    one_error(&countries("Fr"), key, "malformed");
    one_error(&countries("FX"), key, "malformed");
}

#[test]
fn a_slip_in_a_key_is_an_error() {
    one_error(&with("platforms:", "colour: red\nplatforms:"), "colour", "unknown-key");
    one_error(
        &with("  type: internal", "  type: internal\n  by: x"),
        "maintenance.by",
        "unknown-key",
    );
    one_error(&with("name: Permis", "name: Permis\nname: Permis"), "name", "duplicate-key");
}

#[test]
fn kinds_of_value_are_kept_apart() {
    one_error(&with("name: Permis", "name: {a: b}"), "name", "wrong-type");
    one_error(&with("platforms:\n  - web", "platforms: web"), "platforms", "wrong-type");
    one_error(&with("Ready: true", "Ready: yes"), "localisation.localisationReady", "wrong-type");
    one_error(&with("legal:\n  license: EUPL-1.2", "legal: EUPL-1.2"), "legal", "wrong-type");
    // A number is a fine name: 1984 needs no quotation marks.
    assert_eq!(with("name: Permis", "name: 1984").summary.name.as_deref(), Some("1984"));
}

#[test]
fn forms_are_checked() {
    let add = |line: &str| with("platforms:", &format!("{line}\nplatforms:"));
    one_error(&with("https://forge.example/aubervac/permis", "permis"), "url", "malformed");
    one_error(&add("landingURL: \"ftp://x.example/\""), "landingURL", "malformed");
    one_error(&add("releaseDate: 2026-02-30"), "releaseDate", "malformed");
    one_error(&add("logo: ../logo.png"), "logo", "malformed");
    one_error(&add("logo: logo.gif"), "logo", "malformed");
    one_error(&add("organisation: {uri: Aubervac}"), "organisation.uri", "malformed");
    one_error(&add("isBasedOn: [\"https://a.example/b\", nowhere]"), "isBasedOn[1]", "malformed");
    one_error(&with("  fr:\n", "  fr_FR:\n"), "description.fr_FR", "malformed");
}

#[test]
fn a_funder_without_a_name_is_warned_of() {
    let report = with("platforms:", "fundedBy: [{uri: \"https://a.example\"}]\nplatforms:");
    one_warning(&report, "fundedBy[0]", "funder-without-name");
}

#[test]
fn licences_are_spdx_expressions() {
    let licence = |text: &str| with("EUPL-1.2", text);
    for text in ["MIT OR Apache-2.0", "GPL-3.0-only WITH Classpath-exception-2.0", "GPL-3.0"] {
        let report = licence(text);
        assert_eq!(keys(&report.errors), [], "{text}");
        assert!(report.summary.licence_is_open, "{text}");
    }
    let source_available = licence("BUSL-1.1");
    assert_eq!(keys(&source_available.errors), []);
    assert!(!source_available.summary.licence_is_open);
    assert!(!licence("MIT AND BUSL-1.1").summary.licence_is_open);
    assert!(licence("MIT OR BUSL-1.1").summary.licence_is_open);
    one_error(&licence("Licence Ouverte"), "legal.license", "unknown-licence");
}

#[test]
fn what_is_no_yaml_or_no_text_is_told_as_such() {
    let broken = check("name: [a\nurl: b\n");
    assert_eq!(broken.errors[0].problem.code(), "syntax");
    let two = check(format!("{MINIMAL}---\nname: other\n"));
    assert_eq!(keys(&two.errors), [("", "many-documents")]);
    let mut latin = MINIMAL.as_bytes().to_vec();
    let accent = MINIMAL.find('é').unwrap();
    latin.splice(accent..accent + 2, [0xe9]);
    let report = check(latin);
    assert_eq!(keys(&report.errors), [("", "not-utf8")]);
    assert_eq!(report.errors[0].line, 14);
}

#[test]
fn a_small_file_cannot_become_large() {
    // Nine levels of nine aliases each: 9^9 texts if they were copied.
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(",")));
    }
    assert!(!check(bomb).is_valid());
    let deep = "[".repeat(10_000);
    assert!(matches!(check(deep).errors[0].problem, Problem::TooLarge | Problem::Syntax(_)));
    let nested: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(keys(&check(nested).errors), [("", "too-large")]);
    let wide = "platforms: [".to_owned() + &"web,".repeat(30_000) + "]\n";
    assert_eq!(keys(&check(wide).errors), [("", "too-large")]);
    assert_eq!(keys(&check(vec![b'#'; 2 << 20]).errors), [("", "too-large")]);
}

#[test]
fn the_summary_is_what_the_sheet_says() {
    let summary = check(COMPLETE).summary;
    assert_eq!(summary.name.as_deref(), Some("Facturation"));
    assert_eq!(summary.licence.as_deref(), Some("EUPL-1.2 OR AGPL-3.0-or-later"));
    assert_eq!(summary.development_status.as_deref(), Some("beta"));
    assert_eq!(summary.software_type.as_deref(), Some("standalone/web"));
    assert_eq!(summary.is_based_on, ["https://forge.example/belrive/cantine"]);
    assert_eq!(summary.languages, ["fr", "fr-BE", "en"]);
    assert_eq!(summary.scope, ["local-authorities", "education"]);
    assert_eq!(summary.maintenance.as_deref(), Some("contract"));
    assert_eq!(summary.funded_by[0].name.as_deref(), Some("Commune d’Aubervac"));
    let french = summary.description("fr").unwrap();
    assert_eq!(french.language, "fr-BE", "the nearest there is");
    assert_eq!(summary.description("de").unwrap().name.as_deref(), Some("School billing"));
    assert_eq!(french.features, ["factures mensuelles"]);
}

#[test]
fn an_invalid_sheet_still_says_what_it_can() {
    let report = with("Status: stable", "Status: done");
    assert!(!report.is_valid());
    assert_eq!(report.summary.name.as_deref(), Some("Permis"));
    assert_eq!(report.summary.development_status.as_deref(), Some("done"));
}
