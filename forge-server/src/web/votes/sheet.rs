//! A vote as a page shows it, whole.

use forge_domain::{
    money::{Amount, Currency},
    vote::{Chamber, VoteRule},
};
use forge_messages::Locale;
use serde::Serialize;

use crate::{
    themes::{Html, Money},
    voting::{Offer, VoteBook},
    web::prose,
};

/// Up to here a majority is more than half of the votes cast.
const PLAIN_MAJORITY_BP: u32 = 5_001;

/// A vote.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// Its reference.
    pub reference: String,
    /// Its page.
    pub href: String,
    /// The end of a key `vote-kind-…`.
    pub kind: String,
    /// What is asked.
    pub question: String,
    /// The language of the question where it is not the page's.
    pub lang: Option<String>,
    /// Why.
    pub explanation: Option<Html>,
    /// The page and the reference of the call it is about.
    pub call: Option<(String, String)>,
    /// What it chooses between; empty for a plain question.
    pub offers: Vec<OfferShown>,
    /// open, passed, rejected or withdrawn.
    pub state: String,
    /// When it opened.
    pub opened_at: String,
    /// The first instant at which no ballot is taken.
    pub closes_at: String,
    /// The time zone of the space.
    pub zone: String,
    /// How it is held.
    pub terms: Terms,
    /// The version of the charter it is held under.
    pub charter_version: i64,
    /// How many bodies are asked, how many took part, how many have to.
    pub asked: usize,
    /// How many said something.
    pub took_part: usize,
    /// How many have to.
    pub quorum: u64,
    /// The bodies, with what they said once the vote is closed.
    pub bodies: Vec<Body>,
    /// What was counted, once it is closed.
    pub result: Option<Counted>,
    /// The end of a key `vote-effect-…`: none, waiting, done or failed.
    pub effect: String,
    /// The end of a key `refusal-…`, where it could not be carried out.
    pub effect_note: Option<String>,
}

/// How a vote is held.
#[derive(Debug, Clone, Serialize)]
pub struct Terms {
    /// The end of a key `vote-rule-…`.
    pub rule: String,
    /// The end of a key `vote-electorate-…`.
    pub electorate: String,
    /// The majority in basis points, where it is more than a plain one.
    pub majority_bp: Option<u32>,
    /// Whether bodies are weighed.
    pub weighed: bool,
    /// Whether an abstention is a vote cast.
    pub abstentions_count: bool,
    /// Whether the lead's ballot decides a tie.
    pub casting_vote: bool,
    /// Whether the coordination group can stop it.
    pub technical_veto: bool,
}

/// An offer, between which a vote chooses.
#[derive(Debug, Clone, Serialize)]
pub struct OfferShown {
    /// Its number, from 1: what a ballot for it sends.
    pub value: String,
    /// The company and the reference of its offer.
    pub label: String,
    /// What it asks.
    pub amount: Option<Money>,
    /// Whether it was chosen.
    pub won: bool,
}

/// A body that is asked.
#[derive(Debug, Clone, Serialize)]
pub struct Body {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What it counts.
    pub weight: i64,
    /// The end of a key `vote-choice-…`; `none` where it said nothing, nothing before the close.
    pub choice: Option<String>,
    /// The company its ballot is for, where the vote was between offers.
    pub offer: Option<String>,
    /// Why.
    pub comment: String,
    /// When it said so.
    pub cast_at: Option<String>,
}

/// What was counted.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    /// Whether it passed.
    pub passed: bool,
    /// The end of a key `vote-reason-…`.
    pub reason: String,
    /// Each body one.
    pub heads: Votes,
    /// Each body its weight.
    pub weights: Votes,
}

/// The votes of one chamber.
#[derive(Debug, Clone, Serialize)]
pub struct Votes {
    /// For.
    pub yes: u64,
    /// Against.
    pub no: u64,
    /// Neither.
    pub abstain: u64,
    /// Asked, and said nothing.
    pub silent: u64,
}

/// A vote for readers of this language; `lang` and `zone` are the space's.
pub fn sheet(book: &VoteBook, locale: Locale, (lang, zone): (&str, &str)) -> Sheet {
    let (vote, terms, tally, closed) = (&book.vote, &book.terms, book.tally(), book.is_closed());
    let space = &vote.space_slug;
    let word = |word: &str| word.replace('_', "-");
    let majority = Some(terms.majority_bp);
    let bodies = book.electors.iter().map(|elector| {
        let ballot = book.ballot(&elector.slug).filter(|_| closed);
        Body {
            name: elector.name.clone(),
            href: format!("/{}", elector.slug),
            weight: elector.weight,
            choice: closed.then(|| ballot.map_or("none", |one| one.choice.name()).to_owned()),
            offer: ballot.and_then(|ballot| book.chosen(ballot)).map(|one| one.supplier.clone()),
            comment: ballot.map(|ballot| ballot.comment.clone()).unwrap_or_default(),
            cast_at: ballot.map(|ballot| ballot.cast_at.to_string()),
        }
    });
    Sheet {
        href: format!("/{space}/-/decisions/{}", vote.reference),
        reference: vote.reference.clone(),
        kind: word(vote.kind.name()),
        question: vote.question.clone(),
        lang: (lang != locale.tag()).then(|| lang.to_owned()),
        explanation: (!vote.explanation.is_empty()).then(|| prose::html(&vote.explanation, space)),
        call: vote.call_ref.as_ref().map(|call| (format!("/{space}/-/calls/{call}"), call.clone())),
        offers: offers(book),
        state: vote.state.name().to_owned(),
        opened_at: vote.opened_at.to_string(),
        closes_at: vote.closes_at.to_string(),
        zone: zone.to_owned(),
        terms: Terms {
            rule: word(terms.rule.name()),
            electorate: word(terms.electorate.name()),
            majority_bp: majority.filter(|&bp| bp > PLAIN_MAJORITY_BP),
            weighed: terms.rule.is_weighted() || terms.rule == VoteRule::DoubleMajority,
            abstentions_count: terms.abstentions_count,
            casting_vote: terms.casting_vote,
            technical_veto: terms.technical_veto,
        },
        charter_version: vote.charter_version,
        asked: book.electors.len(),
        took_part: book.ballots.len(),
        quorum: tally.quorum,
        bodies: bodies.collect(),
        result: closed.then(|| Counted {
            passed: tally.outcome.passed,
            reason: word(tally.outcome.reason.name()),
            heads: votes(&tally.heads),
            weights: votes(&tally.weights),
        }),
        effect: vote.effect_state.clone(),
        effect_note: vote.effect_note.as_deref().map(word),
    }
}

fn offers(book: &VoteBook) -> Vec<OfferShown> {
    let won = book.winner().filter(|_| book.is_closed()).map(|(number, _)| number);
    let shown = |(n, offer): (u32, &Offer)| {
        let currency = Currency::from_code(&offer.currency).ok();
        let amount = currency.and_then(|one| Some((Amount::parse(&offer.amount, one).ok()?, one)));
        OfferShown {
            value: n.to_string(),
            label: format!("{} ({})", offer.supplier, offer.reference),
            amount: amount.map(|(amount, currency)| Money::new(amount, currency)),
            won: won == Some(n),
        }
    };
    (1..).zip(&book.offers).map(shown).collect()
}

fn votes(chamber: &Chamber) -> Votes {
    let Chamber { yes, no, abstain, silent } = *chamber;
    Votes { yes, no, abstain, silent }
}
