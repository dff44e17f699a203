//! The templates of draft deliberations: a body for each language, and what each country profile
//! says of its law and of each legal vehicle. An administrator puts a file of their own in the
//! place of any: `packs/PROFILE.VEHICLE.LANG.md` or `packs/PROFILE.LANG.md` of the data folder.

use std::path::Path;

use forge_messages::Locale;

const BODIES: [(&str, &str); 2] =
    [("fr", include_str!("../packs/body.fr.md")), ("en", include_str!("../packs/body.en.md"))];

/// What is said of law and vehicles, by profile and language.
const CLAUSES: [(&str, &str, &str); 4] = [
    ("fr", "fr", include_str!("../packs/clauses/fr.fr.md")),
    ("fr", "en", include_str!("../packs/clauses/fr.en.md")),
    ("generic", "fr", include_str!("../packs/clauses/generic.fr.md")),
    ("generic", "en", include_str!("../packs/clauses/generic.en.md")),
];

/// A template of an administrator is not larger.
const TEMPLATE_BYTES_MAX: u64 = 256 << 10;

/// The template for calls of a profile under a vehicle: an administrator's, or the program's.
pub(super) async fn of(data: &Path, (profile, vehicle): (&str, &str), locale: Locale) -> String {
    let lang = locale.tag();
    let plain =
        |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if plain(profile) && plain(vehicle) {
        for name in [format!("{profile}.{vehicle}.{lang}.md"), format!("{profile}.{lang}.md")] {
            let own = data.join("packs").join(name);
            if tokio::fs::metadata(&own).await.is_ok_and(|found| found.len() <= TEMPLATE_BYTES_MAX)
                && let Ok(text) = tokio::fs::read_to_string(&own).await
            {
                return text;
            }
        }
    }
    composed((profile, vehicle), lang)
}

/// The program's own: a profile without clauses of its own has the generic ones.
fn composed((profile, vehicle): (&str, &str), lang: &str) -> String {
    let body = BODIES.iter().find(|(of, _)| *of == lang).map_or(BODIES[1].1, |(_, text)| text);
    let of = |profile: &str| {
        let found = CLAUSES.iter().find(|(of, in_lang, _)| (*of, *in_lang) == (profile, lang));
        found.map(|(.., text)| *text)
    };
    let clauses = of(profile).or_else(|| of("generic")).unwrap_or_default();
    let said = clause(clauses, vehicle).unwrap_or_default();
    let (law, act) = said.split_once("\n---\n").unwrap_or((said, "« {title} »"));
    let law_of_all = clause(clauses, "law").unwrap_or_default();
    body.replace("{law}", law_of_all)
        .replace("{vehicle_law}", law.trim())
        .replace("{vehicle_act}", act.trim())
}

/// What stands under a heading of the clauses.
fn clause<'a>(clauses: &'a str, name: &str) -> Option<&'a str> {
    let sections = clauses.split("# ").filter_map(|section| section.split_once('\n'));
    sections.filter(|(heading, _)| heading.trim() == name).map(|(_, text)| text.trim()).next()
}

/// Puts values in their places, once: a value that has braces of its own is left as it is.
pub(super) fn filled(template: &str, places: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').and_then(|(name, tail)| {
            let value = places.iter().find(|(known, _)| *known == name)?;
            Some((value.1.as_str(), tail))
        });
        match place {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::Profiles;

    #[test]
    fn a_place_is_filled_once_and_an_unknown_one_stays() {
        let places = [("need", "a {title} b".to_owned()), ("title", "Permis".to_owned())];
        assert_eq!(filled("{title}: {need} {service}", &places), "Permis: a {title} b {service}");
        assert_eq!(filled("{ {title}", &places), "{ Permis");
    }

    #[test]
    fn every_vehicle_of_every_profile_has_its_words_in_every_language() {
        let nowhere = tempfile::tempdir().unwrap();
        for profile in Profiles::load(nowhere.path()).unwrap().all() {
            for (vehicle, lang) in
                profile.vehicles.iter().flat_map(|one| [(one, "fr"), (one, "en")])
            {
                let (code, text) = (&vehicle.code, composed((&profile.code, &vehicle.code), lang));
                let of = CLAUSES.iter().find(|(of, l, _)| (*of, *l) == (&*profile.code, lang));
                let clauses = of.unwrap_or_else(|| panic!("{} in {lang}", profile.code)).2;
                assert!(
                    clause(clauses, code).is_some_and(|said| said.contains("\n---\n")),
                    "{code}"
                );
                for place in ["{law}", "{vehicle_law}", "{vehicle_act}"] {
                    assert!(!text.contains(place), "{place} of {code} in {lang}");
                }
            }
        }
        let joint = composed(("fr", "joint_procurement_full"), "fr");
        assert!(joint.contains("L.\u{a0}2113-6 à L.\u{a0}2113-8"), "{joint}");
        assert!(!composed(("fr", "each_buys"), "fr").contains("2113-6"));
    }

    #[tokio::test]
    async fn a_template_of_the_administrator_takes_the_place_of_ours() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("packs");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("fr.fr.md"), "Pour tous").unwrap();
        std::fs::write(folder.join("fr.association.fr.md"), "Pour l’association").unwrap();
        let of = async |vehicle| of(data.path(), ("fr", vehicle), Locale::Fr).await;
        assert_eq!(of("association").await, "Pour l’association");
        assert_eq!(of("each_buys").await, "Pour tous");
        assert!(super::of(data.path(), ("fr", "each_buys"), Locale::En).await.contains("ceiling"));
    }
}
