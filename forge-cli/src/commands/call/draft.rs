//! `forge call new` and `edit`: a call from a file.

use clap::Args;
use forge_api::calls::{Call, NewCall};
use toml::Value;
use ureq::http::Method;

use super::stands;
use crate::{
    client::path,
    commands::api::read,
    context::Context,
    failure::{Exit, Failure},
    text::Texts,
};

#[derive(Debug, Args)]
pub(crate) struct New {
    #[arg(long)]
    space: Option<String>,
    #[arg(long, value_name = "FILE")]
    from: String,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    call: String,
    #[arg(long, value_name = "FILE")]
    from: String,
}

/// The keys whose values are amounts or years: text for the API, figures for whoever writes them.
const TEXTS: [&str; 7] = ["target", "minimum", "floor", "cap", "amount", "base", "vintage"];

impl New {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let texts = &context.texts;
        let mut new = draft(context, &self.from)?;
        let space = match (&self.space, new.space.take()) {
            (Some(flag), Some(file)) if *flag != file => {
                let args = [("flag", flag.into()), ("file", file.into())];
                let message = texts.with("cli-call-two-spaces", &args);
                return Err(Failure::new(Exit::Usage, "two_spaces", message));
            }
            (Some(space), _) => space.clone(),
            (None, Some(space)) => space,
            (None, None) => {
                let message = texts.say("cli-call-no-space");
                return Err(Failure::new(Exit::Usage, "no_space", message));
            }
        };
        let path = path(&["spaces", &space, "calls"]);
        let told: Call = context.client()?.change(Method::POST, &path, &new)?;
        stands(context, &told)
    }
}

impl Edit {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let new = draft(context, &self.from)?;
        let before: Call = client.get(&path(&["calls", &self.call]))?;
        // Whoever changed it between the two requests is not overwritten.
        let path = format!("{}?version={}", path(&["calls", &self.call]), before.version);
        stands(context, &client.change(Method::PUT, &path, &new)?)
    }
}

/// A call with a comment at every key, to begin with.
pub(super) fn template(texts: &Texts) -> &'static str {
    match texts.tag() {
        "fr" => include_str!("template.fr.toml"),
        _ => include_str!("template.en.toml"),
    }
}

/// Reads a draft from a file in TOML.
pub(super) fn draft(context: &Context, from: &str) -> Result<NewCall, Failure> {
    let bytes = read(context, from)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(Exit::Failed, "invalid_call", context.texts.say("cli-not-utf8"))
    })?;
    parse(&text).map_err(|reason| invalid(from, &reason, &context.texts))
}

/// A table in which amounts and dates are text, whichever way they were written.
pub(super) fn toml_value(text: &str) -> Result<Value, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut value = Value::Table(table);
    settle("", &mut value)?;
    Ok(value)
}

fn parse(text: &str) -> Result<NewCall, String> {
    toml_value(text)?.try_into().map_err(|error: toml::de::Error| error.to_string())
}

/// Makes of a file what the API takes: a date without quotes is text, and so is an amount in whole
/// units. One with a point would have passed through binary floating point: it is refused.
fn settle(key: &str, value: &mut Value) -> Result<(), String> {
    match value {
        Value::Datetime(date) => *value = Value::String(date.to_string()),
        Value::Integer(number) if TEXTS.contains(&key) => {
            *value = Value::String(number.to_string());
        }
        Value::Float(number) => {
            return Err(format!("{key} = {number}: write amounts in quotes, as \"{number:.2}\""));
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| settle(key, item))?,
        Value::Table(table) => {
            // The amounts of a rule stand under the names of councils.
            let amounts = key == "amounts";
            table
                .iter_mut()
                .try_for_each(|(name, item)| settle(if amounts { "amount" } else { name }, item))?;
        }
        _ => {}
    }
    Ok(())
}

fn invalid(from: &str, reason: &str, texts: &Texts) -> Failure {
    let args = [("path", from.into()), ("reason", reason.trim().to_owned().into())];
    Failure::new(Exit::Failed, "invalid_call", texts.with("cli-call-invalid", &args))
        .hint(texts.say("cli-call-invalid-hint"))
}

#[cfg(test)]
mod tests {
    use forge_messages::Locale;

    use super::{Texts, parse, template};

    #[test]
    fn dates_and_whole_amounts_need_no_quotes() {
        let new = parse(
            "title = \"x\"\nneed = \"y\"\ntarget = 60000\ndeadline = 2027-03-31\n\
             rule = { kind = \"equal\" }\n[[milestones]]\ntitle = \"a\"\namount = \"60 000,00\"\n\
             due_on = 2027-06-30\n",
        )
        .unwrap();
        assert_eq!((new.target.as_str(), new.deadline.as_str()), ("60000", "2027-03-31"));
        assert_eq!(new.milestones[0].amount.as_str(), "60 000,00");
        assert_eq!(new.milestones[0].due_on.as_deref(), Some("2027-06-30"));
        let weights = "title = \"x\"\nneed = \"y\"\ntarget = \"1\"\ndeadline = \"2027-03-31\"\n\
                       [rule]\nkind = \"bands\"\nbands = [{ upto = 25000, weight = 22 }]\n";
        assert_eq!(parse(weights).unwrap().rule.bands.unwrap()[0].weight, 22);
    }

    #[test]
    fn what_cannot_be_exact_or_is_not_known_is_refused() {
        let draft = |line: &str| format!("title = \"x\"\nneed = \"y\"\n{line}\n");
        assert!(parse(&draft("target = 60000.5")).unwrap_err().contains("\"60000.50\""));
        assert!(parse(&draft("colour = \"blue\"")).unwrap_err().contains("colour"));
        assert!(parse("title =").is_err());
    }

    #[test]
    fn the_template_is_a_call_in_every_language() {
        for locale in Locale::ALL {
            let template = template(&Texts::new(locale).unwrap());
            let new = parse(template).unwrap_or_else(|error| panic!("{error}\n{template}"));
            assert_eq!(new.milestones.len(), 2);
            assert!(new.rule.kind == "envelopes" && new.space.is_some());
        }
    }
}
