use std::fs;

use forge_domain::{
    calendar::parse_date,
    profiles::{Backs, EvidenceField},
};

use super::*;

fn built_in() -> Profiles {
    let nowhere = tempfile::tempdir().unwrap();
    Profiles::load(nowhere.path()).unwrap()
}

/// The built-in French profile with one text put in the place of another.
fn changed(from: &str, to: &str) -> Result<Profile, String> {
    let text = BUILT_IN[1].1;
    assert!(text.contains(from), "{from}");
    file::parse("fr.toml", &text.replacen(from, to, 1)).map_err(|error| error.to_string())
}

#[test]
fn the_built_in_profiles_are_sound_and_serve_their_countries() {
    let profiles = built_in();
    let codes: Vec<_> = profiles.all().map(|profile| profile.code.as_str()).collect();
    assert_eq!(codes, ["fr", "generic"]);
    assert_eq!(profiles.of_country("FR").unwrap().code, "fr");
    assert_eq!(profiles.of_country("DK").unwrap().code, "generic");
    assert!(profiles.get("uk").is_none());
    let separator = |code| profiles.get(code).unwrap().csv_separator;
    assert_eq!((separator("fr"), separator("generic")), (';', ','));
}

#[test]
fn a_french_deliberation_is_enforceable_once_sent_and_published() {
    let profiles = built_in();
    let french = profiles.get("fr").unwrap();
    let rule = french.evidence_rule("deliberation").unwrap();
    let both = [EvidenceField::PrefectureReceipt, EvidenceField::Published];
    assert_eq!(rule.enforceable_with, both);
    assert!(rule.second_check);
    assert_eq!(french.evidence_rule("mou").unwrap().backs, Backs::IntentionOnly);
    for joint in ["joint_procurement_split", "joint_procurement_full"] {
        assert_eq!(french.vehicle(joint).unwrap().evidence, ["deliberation"], "{joint}");
    }
}

#[test]
fn french_councils_rest_on_the_holidays_of_their_labour_code() {
    let profiles = built_in();
    let rest = &profiles.get("fr").unwrap().holidays;
    let works = |day| rest.is_working(parse_date(day).unwrap());
    // Ascension and Whit Monday of 2027, a 14 July, and the days beside them.
    assert!(!works("2027-05-06") && !works("2027-05-17") && !works("2027-07-14"));
    assert!(works("2027-05-07") && works("2027-05-18") && works("2027-07-15"));
    assert!(
        profiles.get("generic").unwrap().holidays.is_working(parse_date("2027-05-06").unwrap())
    );
    let wrong = changed("\"07-14\"", "\"14-07\"").unwrap_err();
    assert!(wrong.contains("as in \"07-14\""), "{wrong}");
}

#[test]
fn rates_and_thresholds_are_those_of_the_day() {
    let profiles = built_in();
    let french = profiles.get("fr").unwrap();
    let day = |text| parse_date(text).unwrap();
    assert!(french.has_vat_rate(550, day("2026-11-22")));
    assert!(!french.has_vat_rate(1960, day("2026-11-22")));
    assert!(!french.has_vat_rate(2000, day("2013-12-31")));
    let of = |code: &str, on| {
        let row = french.thresholds.iter().find(|row| row.code == code && row.valid.covers(on));
        row.map(|row| row.amount.minor())
    };
    assert_eq!(of("no_procedure", day("2026-04-01")), Some(6_000_000));
    assert_eq!(of("no_procedure", day("2026-03-31")), None);
    assert_eq!(of("eu_sub_central", day("2027-12-31")), Some(21_600_000));
    assert_eq!(of("eu_sub_central", day("2028-01-01")), None);
}

#[test]
fn a_wrong_profile_is_refused_with_its_line() {
    let refused = |from, to| changed(from, to).unwrap_err();
    let said = refused("check = \"siren\"", "check = \"luhn\"");
    assert_eq!(said, "the profile fr.toml, line 14: “luhn” is none of the words expected here.");
    let said = refused("second_check = true", "second_check = 1");
    assert!(said.starts_with("the profile fr.toml, line 34: "), "{said}");
    let said = refused("evidence = [\"deliberation\"]", "evidence = [\"mou\"]");
    assert!(said.contains("“joint_procurement_split” accepts “mou”"), "{said}");
    assert!(said.contains("line 80"), "{said}");
    let said = refused("bp = 550", "bp = 55000");
    assert!(said.contains("55000 basis points is not a rate of VAT"), "{said}");
    let said = refused("amount = \"60000.00\"", "amount = \"60 000,001\"");
    assert!(said.contains("line ") && said.contains("fr.toml"), "{said}");
    let said = refused("valid_from = 2014-01-01", "valid_from = 08:00:00");
    assert!(said.contains("write a day"), "{said}");
    let said = refused("csv_separator = \";\"", "csv_separator = \"tab\"");
    assert!(said.contains("the separator is"), "{said}");
    assert!(refused("[[vat]]", "[[tax]]").contains("unknown field"));
}

#[test]
fn a_file_beside_the_data_takes_the_place_of_a_built_in_one() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("profiles");
    fs::create_dir(&folder).unwrap();
    let stricter = BUILT_IN[1].1.replace("checked_on = 2026-11-22", "checked_on = 2027-01-04");
    fs::write(folder.join("fr.toml"), &stricter).unwrap();
    let other = BUILT_IN[0].1.replace("code = \"generic\"", "code = \"dk\"\ncountry = \"DK\"");
    fs::write(folder.join("dk.toml"), other).unwrap();
    fs::write(folder.join("notes.txt"), "not a profile").unwrap();
    let profiles = Profiles::load(data.path()).unwrap();
    assert_eq!(profiles.get("fr").unwrap().checked_on.to_string(), "2027-01-04");
    assert_eq!(profiles.of_country("DK").unwrap().code, "dk");
    fs::write(folder.join("fr.toml"), stricter.replace("backs = \"firm\"", "backs = \"gold\""))
        .unwrap();
    let said = Profiles::load(data.path()).unwrap_err().to_string();
    assert!(said.starts_with("the profile fr.toml, line "), "{said}");
}
