//! What the world is made of: the files of `forge-server/demo/`, carried by the program.

use std::borrow::Cow;

use forge_api::{Amount, calls::NewCall};
use forge_domain::{
    access::{MemberStatus, Role},
    names::Slug,
};
use rust_embed::Embed;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{DemoError, life::Step};

#[derive(Embed)]
#[folder = "demo/"]
struct Files;

/// The licence of every module, as it stands at the root of the project.
const LICENCE: &str = include_str!("../../../LICENSE");

/// Councils, people and spaces.
#[derive(Debug, Deserialize)]
pub(super) struct Society {
    #[serde(rename = "council")]
    pub(super) councils: Vec<Council>,
    #[serde(rename = "person")]
    pub(super) people: Vec<Person>,
    #[serde(rename = "space")]
    pub(super) spaces: Vec<Space>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Council {
    #[serde(deserialize_with = "parsed")]
    pub(super) slug: Slug,
    pub(super) name: String,
    #[serde(default)]
    pub(super) kind: String,
    /// Its first nine digits are the SIREN.
    pub(super) siret: String,
    pub(super) inhabitants: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Person {
    #[serde(deserialize_with = "parsed")]
    pub(super) login: Slug,
    pub(super) name: String,
    #[serde(deserialize_with = "parsed")]
    pub(super) council: Slug,
    #[serde(deserialize_with = "all_parsed")]
    pub(super) roles: Vec<Role>,
    /// What a signatory may commit the council to, once.
    pub(super) mandate: Option<String>,
}

impl Person {
    /// The address in commits and in the account: `nadia.ferrand@aubervac.example`.
    pub(super) fn email(&self) -> String {
        let plain: String = self.name.to_lowercase().chars().map(without_accent).collect();
        format!("{}@{}.example", plain.replace(' ', "."), self.council)
    }
}

fn without_accent(letter: char) -> char {
    match letter {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'à' | 'â' => 'a',
        'ç' => 'c',
        other => other,
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Space {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) purpose: String,
    #[serde(deserialize_with = "parsed")]
    pub(super) lead: Slug,
    #[serde(deserialize_with = "parsed")]
    pub(super) by: Slug,
    pub(super) day: i32,
    #[serde(rename = "member")]
    pub(super) members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    #[serde(deserialize_with = "parsed")]
    pub(super) council: Slug,
    #[serde(deserialize_with = "parsed")]
    pub(super) by: Slug,
    #[serde(deserialize_with = "parsed")]
    pub(super) wish: MemberStatus,
    pub(super) act: String,
    pub(super) day: i32,
}

/// The histories of modules.
#[derive(Debug, Deserialize)]
pub(super) struct Histories {
    #[serde(rename = "module")]
    pub(super) modules: Vec<History>,
}

#[derive(Debug, Deserialize)]
pub(super) struct History {
    #[serde(deserialize_with = "parsed")]
    pub(super) owner: Slug,
    #[serde(deserialize_with = "parsed")]
    pub(super) name: Slug,
    pub(super) title: String,
    pub(super) description: String,
    /// Who creates it, and pushes what others wrote.
    #[serde(deserialize_with = "parsed")]
    pub(super) maker: Slug,
    pub(super) day: i32,
    /// Whether it is made public after its last commit.
    pub(super) publish: bool,
    #[serde(rename = "commit")]
    pub(super) commits: Vec<Commit>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Commit {
    #[serde(deserialize_with = "parsed")]
    pub(super) author: Slug,
    pub(super) day: i32,
    pub(super) message: String,
    /// Whether it brings the licence.
    #[serde(default)]
    pub(super) licence: bool,
    pub(super) tag: Option<String>,
    #[serde(default)]
    pub(super) tag_message: String,
}

/// The calls and what happens to them.
#[derive(Debug, Deserialize)]
pub(super) struct Calls {
    #[serde(rename = "call")]
    pub(super) calls: Vec<Call>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Call {
    #[serde(deserialize_with = "parsed")]
    pub(super) space: Slug,
    #[serde(deserialize_with = "parsed")]
    pub(super) by: Slug,
    pub(super) day: i32,
    pub(super) deadline_day: i32,
    /// The variable that a terminal knows it by.
    pub(super) name: Option<String>,
    /// Whether it is the one that still takes pledges.
    #[serde(default)]
    pub(super) open: bool,
    pub(super) new: NewCall,
    #[serde(rename = "pledge")]
    pub(super) pledges: Vec<Pledge>,
    /// What happens once it is confirmed.
    #[serde(default, rename = "step")]
    pub(super) steps: Vec<Step>,
}

/// An intention, or a firm pledge where it has an act.
#[derive(Debug, Deserialize)]
pub(super) struct Pledge {
    pub(super) day: i32,
    pub(super) council: String,
    #[serde(deserialize_with = "parsed")]
    pub(super) by: Slug,
    pub(super) ceiling: Amount,
    #[serde(default)]
    pub(super) note: String,
    pub(super) act: Option<Act>,
    /// The finance officer who checks the act the day after.
    pub(super) checked_by: Option<String>,
}

/// The act a firm pledge rests on.
#[derive(Debug, Deserialize)]
pub(super) struct Act {
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) object: String,
}

/// Reads the society.
pub(super) fn society() -> Result<Society, DemoError> {
    read("world.toml")
}

/// Reads the histories.
pub(super) fn histories() -> Result<Histories, DemoError> {
    read("histories.toml")
}

/// Reads the calls.
pub(super) fn calls() -> Result<Calls, DemoError> {
    read("calls.toml")
}

/// The files that a commit of a module adds: those of the folder of its number, and the licence.
pub(super) fn files(module: &History, number: usize) -> Vec<(String, Cow<'static, [u8]>)> {
    let folder = format!("{}/{number}/", module.name);
    let mut files: Vec<_> = Files::iter()
        .filter_map(|path| {
            let name = path.strip_prefix(folder.as_str())?.to_owned();
            Some((name, Files::get(&path)?.data))
        })
        .collect();
    if module.commits.get(number - 1).is_some_and(|commit| commit.licence) {
        files.push(("LICENSE".to_owned(), Cow::Borrowed(LICENCE.as_bytes())));
    }
    files
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, DemoError> {
    let failed = |why: String| DemoError::Script(format!("{name}: {why}"));
    let file = Files::get(name).ok_or_else(|| failed("it is not there".to_owned()))?;
    let text = std::str::from_utf8(&file.data).map_err(|error| failed(error.to_string()))?;
    toml::from_str(text).map_err(|error| failed(error.to_string()))
}

/// A word of the domain, which knows nothing of files.
pub(super) fn parsed<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
{
    let text = String::deserialize(from)?;
    text.parse().map_err(|_| D::Error::custom(format!("{text:?} is not one of them")))
}

fn all_parsed<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
{
    let texts = Vec::<String>::deserialize(from)?;
    let wrong = |text: &str| D::Error::custom(format!("{text:?} is not one of them"));
    texts.iter().map(|text| text.parse().map_err(|_| wrong(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commit_of_the_script_has_its_files() {
        for module in histories().unwrap().modules {
            for number in 1..=module.commits.len() {
                assert!(!files(&module, number).is_empty(), "{} {number}", module.name);
            }
        }
    }

    #[test]
    fn an_address_is_written_without_accents() {
        let society = society().unwrap();
        for person in &society.people {
            assert!(person.email().is_ascii(), "{}", person.email());
        }
    }
}
