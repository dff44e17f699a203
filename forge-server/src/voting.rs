//! A vote with the bodies it asks and what they said: acts, pages and the API read it through
//! here.

use std::collections::BTreeMap;

use forge_domain::vote::{Ballot, Choice, Elector, Tally, VoteState, VoteTerms, tally};
use forge_store::votes::{self, Vote};

use crate::{error::Error, funding::Reader};

/// A vote, the bodies it asks and their last words.
#[derive(Debug, Clone)]
pub struct VoteBook {
    /// The vote.
    pub vote: Vote,
    /// The terms it was opened with.
    pub terms: VoteTerms,
    /// The bodies it asks, by name.
    pub electors: Vec<votes::Elector>,
    /// What they said last, by address. Public once the vote is closed, and not before.
    pub ballots: Vec<votes::Ballot>,
}

impl VoteBook {
    /// Puts a vote together.
    pub async fn load(reader: &mut Reader<'_>, vote: Vote) -> Result<Self, Error> {
        let terms = terms_of(&vote)?;
        let electors = votes::electors(&mut *reader, vote.id).await?;
        let ballots = votes::ballots(&mut *reader, vote.id).await?;
        Ok(Self { vote, terms, electors, ballots })
    }

    /// The vote of a reference, put together.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn of(reader: &mut Reader<'_>, reference: &str) -> Result<Self, Error> {
        let vote = votes::by_ref(&mut *reader, reference).await?.ok_or(Error::NotFound)?;
        Self::load(reader, vote).await
    }

    /// Whether everyone may read the ballots.
    pub fn is_closed(&self) -> bool {
        self.vote.state != VoteState::Open
    }

    /// What is counted with the ballots there are.
    pub fn tally(&self) -> Tally {
        let choices: BTreeMap<String, Choice> =
            self.ballots.iter().map(|ballot| (ballot.slug.clone(), ballot.choice)).collect();
        tally(&self.terms, &self.bodies(), &choices)
    }

    /// What this body said last.
    pub fn ballot(&self, council: &str) -> Option<&votes::Ballot> {
        self.ballots.iter().find(|ballot| ballot.slug == council)
    }

    /// The bodies, as they are counted.
    pub fn bodies(&self) -> Vec<Elector> {
        let elector = |row: &votes::Elector| Elector {
            council: row.slug.clone(),
            weight: u64::try_from(row.weight).unwrap_or_default(),
            leads: row.leads,
            coordinates: row.coordinates,
        };
        self.electors.iter().map(elector).collect()
    }

    /// The ballots, as they are kept.
    pub fn last_words(&self) -> Vec<Ballot> {
        let ballot = |row: &votes::Ballot| Ballot {
            council: row.slug.clone(),
            choice: row.choice,
            actor: row.actor,
            at: row.cast_at,
        };
        self.ballots.iter().map(ballot).collect()
    }
}

/// The terms a vote was opened with.
pub fn terms_of(vote: &Vote) -> Result<VoteTerms, Error> {
    let wire: forge_api::votes::Terms =
        serde_json::from_str(&vote.terms).map_err(anyhow::Error::from)?;
    let usual = VoteTerms::usual(vote.kind);
    Ok(VoteTerms {
        rule: wire.rule.parse().map_err(anyhow::Error::from)?,
        electorate: wire.electorate.parse().map_err(anyhow::Error::from)?,
        quorum_bp: wire.quorum_bp,
        majority_bp: wire.majority_bp,
        days: wire.days,
        abstentions_count: wire.abstentions_count,
        casting_vote: wire.casting_vote,
        technical_veto: wire.technical_veto,
        ..usual
    })
}

/// The terms of a vote for rows and answers. Bands and steps are left out: what they weigh stands
/// with each body.
pub fn to_wire(terms: &VoteTerms) -> forge_api::votes::Terms {
    forge_api::votes::Terms {
        rule: terms.rule.to_string(),
        electorate: terms.electorate.to_string(),
        quorum_bp: terms.quorum_bp,
        majority_bp: terms.majority_bp,
        days: terms.days,
        abstentions_count: terms.abstentions_count,
        casting_vote: terms.casting_vote,
        technical_veto: terms.technical_veto,
    }
}
