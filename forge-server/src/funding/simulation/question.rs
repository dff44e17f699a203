//! What a simulation is asked, read from an address and written into one.

use std::collections::{BTreeMap, BTreeSet};

use url::form_urlencoded;

use crate::{error::Error, funding::wrong};

/// What is asked, as it was written in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Councils that would join, by their slugs.
    pub add: BTreeSet<String>,
    /// Councils that would leave.
    pub remove: BTreeSet<String>,
    /// Other ceilings, as decimal texts by council.
    pub ceilings: BTreeMap<String, String>,
    /// Days of work they would give, as decimal texts by council.
    pub work: BTreeMap<String, String>,
    /// Another rule: the word of a kind that needs nothing more, or a rule in JSON.
    pub rule: Option<String>,
    /// Another full cost, in the basis of the call.
    pub amount: Option<String>,
    /// The most a guarantor would pay.
    pub backstop: Option<String>,
    /// The council whose price is drawn.
    pub council: Option<String>,
}

impl Question {
    /// Reads the query of `/calls/{ref}/simulate`. Lists are separated by commas or repeated; a
    /// ceiling is written `council:12000.00`, days of work `council:12`.
    ///
    /// # Errors
    /// [`Error::Refused`] for a ceiling or days without a council.
    pub fn of(query: &str) -> Result<Self, Error> {
        let mut question = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let some = || Some(value.to_owned());
            match &*name {
                "add" => question.add.extend(slugs(value)),
                "remove" => question.remove.extend(slugs(value)),
                "ceiling" => question.ceilings.extend([pair("ceiling", value)?]),
                "work" => question.work.extend([pair("work", value)?]),
                "rule" => question.rule = some(),
                "amount" => question.amount = some(),
                "backstop" => question.backstop = some(),
                "council" => question.council = Some(value.to_lowercase()),
                _ => {}
            }
        }
        Ok(question)
    }

    /// The same question as a query.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, councils) in [("add", &self.add), ("remove", &self.remove)] {
            let list: Vec<&str> = councils.iter().map(String::as_str).collect();
            query.append_pair(name, &list.join(","));
        }
        for (council, ceiling) in &self.ceilings {
            query.append_pair("ceiling", &format!("{council}:{ceiling}"));
        }
        for (council, days) in &self.work {
            query.append_pair("work", &format!("{council}:{days}"));
        }
        let single = [
            ("rule", &self.rule),
            ("amount", &self.amount),
            ("backstop", &self.backstop),
            ("council", &self.council),
        ];
        for (name, value) in single {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// A council and what is said of it.
fn pair(field: &'static str, text: &str) -> Result<(String, String), Error> {
    let (council, said) = text.split_once(':').ok_or_else(|| wrong(field, "choose"))?;
    Ok((council.trim().to_lowercase(), said.to_owned()))
}

fn slugs(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_lowercase)
}
