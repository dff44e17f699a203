//! “What if”: the same call with other councils, or another ceiling. Asked by GET, so that its
//! address can be shared; nothing is kept.

use std::collections::BTreeSet;

use forge_api::simulation::{SimulatedShare, SimulatedVerdict};
use forge_domain::{
    money::{Amount, NumberStyle},
    sharing::Participant,
};
use forge_messages::Locale;
use forge_store::spaces::Member;
use serde::Serialize;
use url::form_urlencoded;

use crate::{
    app::App,
    auth::Viewer,
    error::Error,
    funding::{CallBook, simulation, work::days, wrong},
    themes::{self, Money},
    web::form::Given,
};

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Whether anything was.
    pub asked: bool,
    /// The councils that would take part.
    pub with: BTreeSet<String>,
    /// The council that would have another ceiling.
    pub council: String,
    /// That ceiling, as typed.
    pub ceiling: String,
    /// The days of work that this council would give, as typed.
    pub days: String,
    /// Another rule: `equal`, `population`, or `half` for half of each.
    pub rule: String,
    /// Another full cost, as typed.
    pub amount: String,
}

/// A box of the form: one council of the space.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether it takes part in what is shown.
    pub checked: bool,
}

/// What came out.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// One line a council.
    pub rows: Vec<AnswerRow>,
    /// The sum owed now.
    pub total_now: Money,
    /// The sum owed then.
    pub total_then: Money,
    /// What nobody could be asked for then; none where all is covered.
    pub gap_then: Option<Money>,
    /// How the call would end then: `succeeds`, `partial` or `fails`.
    pub verdict: &'static str,
    /// The same for programs.
    pub api: String,
}

/// One council of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerRow {
    /// The council's name.
    pub council: String,
    /// What it would owe now.
    pub now: Option<Money>,
    /// What it would owe then.
    pub then: Option<Money>,
    /// Whether its ceiling is what holds it there.
    pub at_ceiling: bool,
    /// What the work it would give is worth.
    pub work: Option<Money>,
}

impl Question {
    /// Reads the query of the call's page.
    pub fn of(query: Option<&str>) -> Self {
        let mut question = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = value.trim();
            match &*name {
                "simulate" => question.asked = true,
                "with" if !value.is_empty() => {
                    question.with.insert(value.to_lowercase());
                }
                "council" => question.council = value.to_lowercase(),
                "ceiling" => question.ceiling = value.to_owned(),
                "days" => question.days = value.to_owned(),
                "rule" => question.rule = value.to_owned(),
                "amount" => question.amount = value.to_owned(),
                _ => {}
            }
        }
        question
    }

    /// The boxes of the form.
    pub fn choices(&self, book: &CallBook, members: &[Member]) -> Vec<Choice> {
        let firm: BTreeSet<String> = book.firm().into_iter().map(|council| council.id).collect();
        let taking_part = if self.asked { &self.with } else { &firm };
        let living = members.iter().filter(|member| member.until.is_none());
        living
            .map(|member| Choice {
                slug: member.slug.clone(),
                name: member.name.clone(),
                checked: taking_part.contains(&member.slug),
            })
            .collect()
    }

    /// The form as it was filled in.
    pub fn form(&self) -> themes::Form {
        themes::Form::default()
            .value("council", self.council.as_str())
            .value("ceiling", self.ceiling.as_str())
            .value("days", self.days.as_str())
            .value("rule", self.rule.as_str())
            .value("amount", self.amount.as_str())
    }
}

/// The form of the simulation and what it came to, where something was asked.
///
/// # Errors
/// What is no refusal of what was asked.
pub async fn shown(
    app: &App,
    viewer: &Viewer,
    book: &CallBook,
    (question, members): (&Question, &[Member]),
) -> Result<(themes::Form, Option<Answer>), Error> {
    if !question.asked || book.call.state.is_over() {
        return Ok((question.form(), None));
    }
    match answer(app, viewer, book, (question, members)).await {
        Ok(answer) => Ok((question.form(), Some(answer))),
        Err(error) => Ok((refused(app, viewer, question, error)?, None)),
    }
}

/// Answers a question.
///
/// # Errors
/// [`Error::Refused`] with the field that is wrong: `with`, `council`, `ceiling`, `days`, `rule`,
/// `amount`.
pub async fn answer(
    app: &App,
    viewer: &Viewer,
    book: &CallBook,
    (question, members): (&Question, &[Member]),
) -> Result<Answer, Error> {
    let asked = asked(book, viewer.locale(), (question, members))?;
    let told = simulation::simulate(app, book, &asked).await?;
    let money = |text: &forge_api::Amount| read(book, text);
    let optional = |text: &Option<forge_api::Amount>| text.as_ref().map(money).transpose();
    let name = |slug: &String| {
        let member = members.iter().find(|member| member.slug == *slug);
        member.map_or_else(|| slug.clone(), |member| member.name.clone())
    };
    let row = |one: &SimulatedShare| {
        Ok::<_, Error>(AnswerRow {
            council: name(&one.council),
            now: optional(&one.now)?,
            then: optional(&one.then)?,
            at_ceiling: one.at_ceiling && one.then.is_some(),
            work: optional(&one.in_kind)?,
        })
    };
    let gap = money(&told.gap_then)?;
    Ok(Answer {
        rows: told.councils.iter().map(row).collect::<Result<_, _>>()?,
        total_now: money(&told.total_now)?,
        total_then: money(&told.total_then)?,
        gap_then: (gap.minor > 0).then_some(gap),
        verdict: match told.verdict {
            SimulatedVerdict::Succeeds => "succeeds",
            SimulatedVerdict::Partial => "partial",
            SimulatedVerdict::Fails => "fails",
        },
        api: format!("/api/v1/calls/{}/simulate?{}", book.call.reference, asked.query()),
    })
}

/// The same question in the words of programs.
fn asked(
    book: &CallBook,
    locale: Locale,
    (question, members): (&Question, &[Member]),
) -> Result<simulation::Question, Error> {
    let firm: BTreeSet<String> = book.firm().into_iter().map(|council| council.id).collect();
    let mut with = question.with.clone();
    let mut asked = simulation::Question::default();
    if let Some(ceiling) = typed(book, locale, ("ceiling", &question.ceiling))? {
        if question.council.is_empty() {
            return Err(wrong("council", "choose"));
        }
        with.insert(question.council.clone());
        asked.ceilings.insert(question.council.clone(), ceiling);
    }
    if !question.days.is_empty() {
        if question.council.is_empty() {
            return Err(wrong("council", "choose"));
        }
        with.insert(question.council.clone());
        asked.work.insert(question.council.clone(), days("days", &question.days)?.to_string());
    }
    let known = |slug: &String| members.iter().any(|member| member.slug == *slug);
    asked.add = with.difference(&firm).cloned().collect();
    if !asked.add.iter().all(known) {
        return Err(wrong("with", "council_unknown"));
    }
    asked.remove = firm.difference(&with).cloned().collect();
    asked.amount = typed(book, locale, ("amount", &question.amount))?;
    asked.rule = match question.rule.as_str() {
        "" => None,
        "half" => Some(HALF.to_owned()),
        word => Some(word.to_owned()),
    };
    Ok(asked)
}

/// Half of the cost equally, half by inhabitants.
const HALF: &str = concat!(
    r#"{"mode":"split","kind":"envelopes","parts":["#,
    r#"{"kind":"equal","bp":5000},{"kind":"population","bp":5000}]}"#,
);

/// An amount as people of this language type it.
pub fn style(locale: Locale) -> NumberStyle {
    match locale {
        Locale::Fr => NumberStyle::DecimalComma,
        Locale::En => NumberStyle::DecimalPoint,
    }
}

/// The form of a question that cannot be answered, with what is wrong.
pub fn refused(
    app: &App,
    viewer: &Viewer,
    question: &Question,
    error: Error,
) -> Result<themes::Form, Error> {
    let given = Given::default()
        .with("council", question.council.as_str())
        .with("ceiling", question.ceiling.as_str())
        .with("days", question.days.as_str())
        .with("rule", question.rule.as_str())
        .with("amount", question.amount.as_str());
    given.refused(app, viewer, "with", error)
}

/// An amount as typed in the reader's language, in the machine form; none where nothing was.
fn typed(
    book: &CallBook,
    locale: Locale,
    (field, text): (&'static str, &str),
) -> Result<Option<String>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = Amount::parse_styled(text, book.currency, style(locale));
    let amount = read.map_err(|error| crate::funding::wrong_amount(field, &error))?;
    Ok(Some(amount.to_decimal(book.currency)))
}

fn read(book: &CallBook, text: &forge_api::Amount) -> Result<Money, Error> {
    let amount = text.to_domain(book.currency).map_err(anyhow::Error::from)?;
    Ok(Money::new(amount, book.currency))
}

/// Who looks at a price curve: the council that was asked for, else the first that has said
/// something, else the first of the space.
pub async fn looking(
    app: &App,
    book: &mut CallBook,
    (question, members): (&Question, &[Member]),
) -> Result<Option<(Participant, String)>, Error> {
    let asked = members.iter().find(|member| member.slug == question.council);
    let first = book.living().next().map(|row| row.council_id);
    let member = asked
        .or_else(|| members.iter().find(|member| Some(member.council_id) == first))
        .or_else(|| members.first());
    let Some(member) = member else { return Ok(None) };
    let me = simulation::joining(app, book, ("council", &member.slug)).await?;
    Ok(Some((me, member.name.clone())))
}

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn boxes_of_one_name_are_all_read() {
        let question = Question::of(Some("simulate=yes&with=b&with=A&council=&ceiling=+12+000+"));
        assert!(question.asked);
        assert_eq!(question.with.iter().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((question.council.as_str(), question.ceiling.as_str()), ("", "12 000"));
        assert!(!Question::of(None).asked);
    }
}
