//! A vote with the bodies it asks and what they said: acts, pages and the API read it through
//! here.

use std::collections::BTreeMap;

use forge_domain::vote::{
    Ballot, Choice, Elector, Tally, VoteState, VoteTerms, tally, tally_offers,
};
use forge_store::votes::{self, Among, Vote};
use serde::{Deserialize, Serialize};

use crate::{error::Error, funding::Reader};

/// An offer of a supplier, between which a vote chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The company.
    pub supplier: String,
    /// The reference of its offer.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What it asks, as decimal text, in the basis of the call.
    pub amount: String,
    /// The currency of the call, ISO 4217.
    pub currency: String,
}

/// A vote, the bodies it asks and their last words.
#[derive(Debug, Clone)]
pub struct VoteBook {
    /// The vote.
    pub vote: Vote,
    /// The terms it was opened with.
    pub terms: VoteTerms,
    /// What it chooses between; empty for a plain question.
    pub offers: Vec<Offer>,
    /// The bodies it asks, by name.
    pub electors: Vec<votes::Elector>,
    /// What they said last, by address. Public once the vote is closed, and not before.
    pub ballots: Vec<votes::Ballot>,
}

impl VoteBook {
    /// Puts a vote together.
    pub async fn load(reader: &mut Reader<'_>, vote: Vote) -> Result<Self, Error> {
        let (terms, offers) = (terms_of(&vote)?, offers_of(&vote)?);
        let electors = votes::electors(&mut *reader, vote.id).await?;
        let ballots = votes::ballots(&mut *reader, vote.id).await?;
        Ok(Self { vote, terms, offers, electors, ballots })
    }

    /// Puts the votes of a list together, which are some of those `among`.
    pub async fn all(
        reader: &mut Reader<'_>,
        votes: Vec<Vote>,
        among: Among,
    ) -> Result<Vec<Self>, Error> {
        let mut electors = votes::electors_among(&mut *reader, among).await?;
        let mut ballots = votes::ballots_among(&mut *reader, among).await?;
        let book = |vote: Vote| {
            let electors = electors.extract_if(.., |one| one.vote_id == vote.id).collect();
            let ballots = ballots.extract_if(.., |one| one.vote_id == vote.id).collect();
            let (terms, offers) = (terms_of(&vote)?, offers_of(&vote)?);
            Ok::<_, Error>(Self { vote, terms, offers, electors, ballots })
        };
        votes.into_iter().map(book).collect()
    }

    /// The vote of a reference, put together.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn of(reader: &mut Reader<'_>, reference: &str) -> Result<Self, Error> {
        let vote = votes::by_ref(&mut *reader, reference).await?.ok_or(Error::NotFound)?;
        Self::load(reader, vote).await
    }

    /// Whether it was counted, so that everyone may read the ballots.
    pub fn is_closed(&self) -> bool {
        matches!(self.vote.state, VoteState::Passed | VoteState::Rejected)
    }

    /// What is counted with the ballots there are.
    pub fn tally(&self) -> Tally {
        self.counted().0
    }

    /// The offer that wins with the ballots there are, by its number from 1; none of a plain
    /// question.
    pub fn winner(&self) -> Option<(u32, &Offer)> {
        let won = self.counted().1?;
        let at = usize::try_from(won).ok()?.checked_sub(1)?;
        self.offers.get(at).map(|offer| (won, offer))
    }

    fn counted(&self) -> (Tally, Option<u32>) {
        let said = |ballot: &votes::Ballot| (ballot.choice, number(ballot));
        let said: BTreeMap<String, (Choice, Option<u32>)> =
            self.ballots.iter().map(|ballot| (ballot.slug.clone(), said(ballot))).collect();
        if self.offers.is_empty() {
            let choices = said.into_iter().map(|(council, (choice, _))| (council, choice));
            return (tally(&self.terms, &self.bodies(), &choices.collect()), None);
        }
        let offers = u32::try_from(self.offers.len()).unwrap_or(u32::MAX);
        tally_offers(&self.terms, &self.bodies(), &said, offers)
    }

    /// The offer a ballot is for.
    pub fn chosen(&self, ballot: &votes::Ballot) -> Option<&Offer> {
        self.offers.get(usize::try_from(number(ballot)?).ok()?.checked_sub(1)?)
    }

    /// The offers by name, as they are kept.
    pub fn offers_named(&self) -> Vec<String> {
        let name = |offer: &Offer| format!("{} ({})", offer.supplier, offer.reference);
        self.offers.iter().map(name).collect()
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
            offer: number(row),
            actor: row.actor,
            at: row.cast_at,
        };
        self.ballots.iter().map(ballot).collect()
    }
}

fn number(ballot: &votes::Ballot) -> Option<u32> {
    ballot.offer.and_then(|offer| u32::try_from(offer).ok())
}

/// What a vote chooses between, as it was written when it opened.
pub fn offers_of(vote: &Vote) -> Result<Vec<Offer>, Error> {
    #[derive(Deserialize)]
    struct Between {
        #[serde(default)]
        offers: Vec<Offer>,
    }
    let between: Between = serde_json::from_str(&vote.effect).map_err(anyhow::Error::from)?;
    Ok(between.offers)
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
