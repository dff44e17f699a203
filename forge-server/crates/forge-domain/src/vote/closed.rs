//! The final state of a vote, in the one form that is hashed.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Chamber, Choice, Elector, Tally, VoteKind, VoteTerms};
use crate::{
    calendar,
    ledger::{Hash, Value},
};

/// The last word of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The body.
    pub council: String,
    /// What it says.
    pub choice: Choice,
    /// Which of the offers it is for, from 1, where there are any.
    pub offer: Option<u32>,
    /// Who cast it, by a random identifier that outlives the person's account.
    pub actor: Uuid,
    /// When.
    pub at: Timestamp,
}

/// A vote after its close. Comments are left out: they are free text, which can be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed<'a> {
    /// Its reference, `VOTE-2026-0004`.
    pub reference: &'a str,
    /// The address of the space.
    pub space: &'a str,
    /// The reference of the call it is about, where it is about one.
    pub call: Option<&'a str>,
    /// What it is about.
    pub kind: VoteKind,
    /// What was asked.
    pub question: &'a str,
    /// How it was held.
    pub terms: &'a VoteTerms,
    /// When it opened and when it closed.
    pub span: (Timestamp, Timestamp),
    /// The offers there were to choose from; empty for a plain question.
    pub offers: &'a [String],
    /// The bodies asked.
    pub electors: &'a [Elector],
    /// Their last words.
    pub ballots: &'a [Ballot],
    /// What was counted.
    pub tally: &'a Tally,
}

impl Closed<'_> {
    /// The bytes that are hashed: canonical JSON (RFC 8785), lists by council.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut members = vec![
            ("vote", text(self.reference)),
            ("space", text(self.space)),
            ("kind", text(self.kind.name())),
            ("question", text(self.question)),
            ("terms", terms(self.terms)),
            ("opened_at", Value::Text(calendar::format_instant(self.span.0))),
            ("closed_at", Value::Text(calendar::format_instant(self.span.1))),
            ("electors", list(self.electors, |elector| &elector.council, elector)),
            ("ballots", list(self.ballots, |ballot| &ballot.council, ballot)),
            ("heads", chamber(&self.tally.heads)),
            ("weights", chamber(&self.tally.weights)),
            ("quorum", number(self.tally.quorum)),
            ("result", text(self.tally.outcome.state().name())),
            ("reason", text(self.tally.outcome.reason.name())),
        ];
        members.extend(self.call.map(|call| ("call", text(call))));
        if !self.offers.is_empty() {
            let offers = self.offers.iter().map(|offer| text(offer)).collect();
            members.push(("offers", Value::List(offers)));
        }
        object(members).to_bytes()
    }

    /// The digest of those bytes, which the entry `vote.closed` of the ledger carries.
    pub fn digest(&self) -> Hash {
        Sha256::digest(self.canonical_bytes()).into()
    }
}

fn list<T>(items: &[T], key: fn(&T) -> &String, value: fn(&T) -> Value) -> Value {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|a, b| key(a).cmp(key(b)));
    Value::List(sorted.into_iter().map(value).collect())
}

fn elector(elector: &Elector) -> Value {
    object(vec![
        ("council", text(&elector.council)),
        ("weight", number(elector.weight)),
        ("leads", truth(elector.leads)),
        ("coordinates", truth(elector.coordinates)),
    ])
}

fn ballot(ballot: &Ballot) -> Value {
    let mut members = vec![
        ("council", text(&ballot.council)),
        ("choice", text(ballot.choice.name())),
        ("actor", Value::Text(ballot.actor.hyphenated().to_string())),
        ("at", Value::Text(calendar::format_instant(ballot.at))),
    ];
    members.extend(ballot.offer.map(|offer| ("offer", number(u64::from(offer)))));
    object(members)
}

fn terms(terms: &VoteTerms) -> Value {
    object(vec![
        ("rule", text(terms.rule.name())),
        ("electorate", text(terms.electorate.name())),
        ("quorum_bp", number(u64::from(terms.quorum_bp))),
        ("majority_bp", number(u64::from(terms.majority_bp))),
        ("days", number(u64::from(terms.days))),
        ("abstentions_count", truth(terms.abstentions_count)),
        ("casting_vote", truth(terms.casting_vote)),
        ("technical_veto", truth(terms.technical_veto)),
    ])
}

fn chamber(chamber: &Chamber) -> Value {
    object(vec![
        ("yes", number(chamber.yes)),
        ("no", number(chamber.no)),
        ("abstain", number(chamber.abstain)),
        ("silent", number(chamber.silent)),
    ])
}

fn object(members: Vec<(&str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn number(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The canonical form of the ledger knows no truth values: 0 or 1.
fn truth(yes: bool) -> Value {
    Value::Integer(i64::from(yes))
}
