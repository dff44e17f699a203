//! Charters: proposed by a member, adopted by a vote, and then written into the meta-repository
//! (domain.md §c3).

use forge_domain::{access::Deed, charter::CharterFault, names::Slug};
use forge_store::{
    Tx,
    charters::{self, NewCharter},
    spaces,
    votes::Vote,
};
use serde_json::json;

use super::{
    Action, Context,
    votes::{self, Effect, Motion},
};
use crate::{
    charter::{self, Papers},
    error::{Error, FieldRefusal, Refusal},
    funding::{Reader, draft},
};

/// Proposes a charter, which opens a vote of the members on it.
#[derive(Debug, Clone)]
pub struct ProposeCharter {
    /// Which space.
    pub space: Slug,
    /// `CHARTER.md`.
    pub text: String,
    /// `charter.toml`.
    pub machine: String,
    /// The question; one is made of the version where it is empty.
    pub question: String,
    /// Why, in Markdown.
    pub explanation: String,
}

impl Action for ProposeCharter {
    const DEED: Deed = Deed::OpenVote;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let space = votes::allowed_in(tx, cx, &self.space).await?;
        let in_force = charter::in_force(&mut Reader::Tx(&mut *tx), space.id).await?;
        let text = draft::text("text", &lines(&self.text))?;
        if text.is_empty() {
            return Err(Error::Refused(Refusal::field("text", "name_empty")));
        }
        let machine = draft::text("machine", &lines(&self.machine))?;
        let next = charter::read::parse_next(&machine, in_force.version)
            .map_err(|error| refusal(&error))?;
        let papers = Papers { text: text + "\n", machine: machine + "\n" };
        let question = match self.question.trim() {
            "" if space.lang == "fr" => {
                format!("Adopter la version {} de la charte ?", next.version)
            }
            "" => format!("Adopt version {} of the charter?", next.version),
            question => question.to_owned(),
        };
        let motion = Motion {
            question,
            explanation: self.explanation.clone(),
            effect: Effect::AmendCharter {
                version: next.version,
                text: papers.text,
                machine: papers.machine,
            },
        };
        let reference = votes::open(tx, cx, &space, motion).await?;
        let detail = json!({ "space": space.slug, "charter": next.version });
        cx.record(reference.clone(), detail);
        Ok(reference)
    }
}

/// Puts a charter that was voted in force: one commit of the meta-repository, and its row.
///
/// # Errors
/// A conflict where another charter came into force since this one was proposed.
pub(super) async fn amend(
    tx: &mut Tx,
    cx: &Context<'_>,
    vote: &Vote,
    (version, text, machine): (u32, &str, &str),
) -> Result<(), Error> {
    let in_force = charter::in_force(&mut Reader::Tx(&mut *tx), vote.space_id).await?;
    if version != in_force.version.saturating_add(1) {
        return Err(Error::Conflict(Refusal::new("charter_moved_on")));
    }
    let space = spaces::by_id(&mut *tx, vote.space_id).await?.ok_or(Error::NotFound)?;
    let papers = Papers { text: text.to_owned(), machine: machine.to_owned() };
    let oid = charter::write_amended(tx, cx, &space, (vote, version), papers).await?;
    let new = NewCharter {
        space: space.id,
        version: i64::from(version),
        text,
        machine,
        oid: &oid.to_string(),
        vote: Some(vote.id),
        adopted_at: cx.now,
    };
    charters::insert(&mut *tx, new).await?;
    Ok(())
}

/// What a form sends with the line ends of a form.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Why a charter cannot stand, with its line.
fn refusal(error: &charter::CharterError) -> Error {
    let (code, args) = match error {
        charter::CharterError::Unreadable { line, why } => {
            ("charter_unreadable", vec![("line", line.to_string()), ("why", why.clone())])
        }
        charter::CharterError::Rule { line, fault } => {
            let expected = match fault {
                CharterFault::Version { expected } => expected.to_string(),
                _ => String::new(),
            };
            let args = vec![
                ("line", line.to_string()),
                ("fault", fault.name().to_owned()),
                ("expected", expected),
            ];
            ("charter_rule_wrong", args)
        }
    };
    let fields = vec![FieldRefusal { field: "machine", code, args: args.clone() }];
    Error::Refused(Refusal { code, args, fields })
}
