//! A vote and a charter as programs read them.

use forge_api::votes::{Chamber, Charter, Elector, Offer, Vote as Told, VoteResult};
use forge_domain::{access::Actor, hex, ledger, vote};
use forge_store::{charters, votes::Vote};
use sha2::{Digest as _, Sha256};

use super::super::{Listed, Pages};
use crate::{
    app::App,
    auth::ApiCaller,
    error::Error,
    funding::Reader,
    voting::{self, VoteBook},
};

pub(super) async fn all_told(
    app: &App,
    caller: &ApiCaller,
    pages: Pages,
    rows: Vec<Vote>,
) -> Result<Listed<Told>, Error> {
    let mut all = Vec::new();
    for row in rows {
        let book = VoteBook::load(&mut Reader::Db(&app.db), row).await?;
        all.push(told(app, &caller.by.actor, book));
    }
    Ok(pages.cut(all))
}

/// A vote for this reader: of a vote that is open, the ballots of their own councils alone.
pub(super) fn told(app: &App, actor: &Actor, book: VoteBook) -> Told {
    let (tally, closed) = (book.tally(), book.is_closed());
    let electors = book.electors.iter().map(|row| {
        let own = actor.roles.iter().any(|held| held.council == row.council_id);
        let ballot = book.ballot(&row.slug).filter(|_| closed || own);
        Elector {
            council: row.slug.clone(),
            name: row.name.clone(),
            weight: row.weight,
            leads: row.leads,
            coordinates: row.coordinates,
            choice: ballot.map(|ballot| ballot.choice.to_string()),
            offer: ballot.and_then(|ballot| ballot.offer).and_then(|n| u32::try_from(n).ok()),
            comment: ballot.map(|ballot| ballot.comment.clone()),
            cast_at: ballot.map(|ballot| ballot.cast_at.to_string()),
        }
    });
    let electors = electors.collect();
    let result = closed.then(|| VoteResult {
        passed: tally.outcome.passed,
        reason: tally.outcome.reason.to_string(),
        offer: book.winner().map(|(number, _)| number),
        heads: chamber(&tally.heads),
        weights: chamber(&tally.weights),
    });
    let offer = |(n, one): (u32, &voting::Offer)| Offer {
        n,
        supplier: one.supplier.clone(),
        reference: one.reference.clone(),
        amount: forge_api::Amount(one.amount.clone()),
        currency: one.currency.clone(),
    };
    let offers = (1..).zip(&book.offers).map(offer).collect();
    let took_part = book.ballots.len() as u64;
    let vote = book.vote;
    Told {
        html_url: format!("{}/{}/-/decisions/{}", app.public_url, vote.space_slug, vote.reference),
        reference: vote.reference,
        space: vote.space_slug,
        call: vote.call_ref,
        kind: vote.kind.to_string(),
        question: vote.question,
        explanation: vote.explanation,
        state: vote.state.to_string(),
        offers,
        terms: voting::to_wire(&book.terms),
        charter_version: vote.charter_version,
        opened_at: vote.opened_at.to_string(),
        closes_at: vote.closes_at.to_string(),
        closed_at: vote.closed_at.map(|at| at.to_string()),
        electors,
        took_part,
        quorum: tally.quorum,
        result,
        effect: vote.effect_state,
        effect_note: vote.effect_note,
        digest: vote.record.map(|record| {
            let digest: ledger::Hash = Sha256::digest(record.as_bytes()).into();
            format!("sha256:{}", hex::encode(&digest))
        }),
    }
}

pub(super) fn chamber(chamber: &vote::Chamber) -> Chamber {
    let vote::Chamber { yes, no, abstain, silent } = *chamber;
    Chamber { yes, no, abstain, silent }
}

pub(super) fn written(row: charters::Charter) -> Charter {
    Charter {
        version: row.version,
        text: row.text,
        machine: row.machine,
        commit: row.oid,
        vote: row.vote_ref,
        adopted_at: row.adopted_at.to_string(),
    }
}
