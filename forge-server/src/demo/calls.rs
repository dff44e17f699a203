//! The calls of the world: drafted and published by a lead, joined or not by councils, ended by
//! the alarm that ends every call.

use std::collections::BTreeMap;

use forge_api::pledges::{EvidenceVisibility, NewEvidence};
use forge_domain::names::Slug;
use forge_store::{evidence as rows, pledges};
use jiff::civil::Date;

use super::{
    build::Play,
    life::Papers,
    script::{Act, Call, Calls, Pledge},
};
use crate::{
    actions::{
        calls::{CreateCall, PublishCall},
        evidence::{CheckEvidence, NewAct},
        pledges::{CommitPledge, DeclareIntention},
    },
    error::Error,
    funding::evidence,
};

/// The calls, the references of those that are there by now, and what came out of their steps.
pub(super) struct CallPlay {
    calls: Vec<Call>,
    references: Vec<Option<String>>,
    papers: Vec<Papers>,
}

impl CallPlay {
    pub(super) fn new(calls: Calls) -> Self {
        let references = calls.calls.iter().map(|_| None).collect();
        let papers = calls.calls.iter().map(|_| Papers::default()).collect();
        Self { calls: calls.calls, references, papers }
    }

    /// What happens on a day.
    pub(super) async fn play(&mut self, play: &Play<'_>, day: i32) -> Result<(), Error> {
        let known = self.references.iter_mut().zip(&mut self.papers);
        for (call, (reference, papers)) in self.calls.iter().zip(known) {
            if call.day == day {
                *reference = Some(publish(play, call).await?);
            }
            let Some(reference) = reference.as_deref() else { continue };
            for pledge in call.pledges.iter().filter(|pledge| pledge.day == day) {
                self::pledge(play, reference, pledge).await?;
            }
            for step in call.steps.iter().filter(|step| step.day == day) {
                step.play(play, reference, papers).await?;
            }
        }
        Ok(())
    }

    /// The references by the names the book gives them.
    pub(super) fn named(&self) -> BTreeMap<String, String> {
        let pairs = self.calls.iter().zip(&self.references);
        pairs.filter_map(|(call, made)| Some((call.name.clone()?, made.clone()?))).collect()
    }

    /// The reference of the call that still takes pledges.
    pub(super) fn open(&self) -> Result<String, Error> {
        let open = self.calls.iter().zip(&self.references).find(|(call, _)| call.open);
        let reference = open.and_then(|(_, reference)| reference.clone());
        Ok(reference.ok_or_else(|| anyhow::anyhow!("no call of the script stays open"))?)
    }
}

async fn publish(play: &Play<'_>, call: &Call) -> Result<String, Error> {
    let by = play.by(&call.by).await?;
    let mut new = call.new.clone();
    new.deadline = play.date(call.deadline_day)?.to_string();
    let reference = play.act(&by, CreateCall { space: call.space.clone(), new }).await?;
    play.act(&by, PublishCall { reference: reference.clone(), version: None }).await?;
    Ok(reference)
}

async fn pledge(play: &Play<'_>, call: &str, pledge: &Pledge) -> Result<(), Error> {
    let by = play.by(&pledge.by).await?;
    let ceiling = pledge.ceiling.clone();
    let Some(act) = &pledge.act else {
        let intend = DeclareIntention {
            call: call.to_owned(),
            council: pledge.council.clone(),
            ceiling: Some(ceiling),
            note: pledge.note.clone(),
            public: true,
        };
        play.act(&by, intend).await?;
        return Ok(());
    };
    let commit = CommitPledge {
        call: call.to_owned(),
        council: pledge.council.clone(),
        ceiling,
        act: Some(filed(play, pledge, act).await?),
        years: Vec::new(),
        note: None,
        version: None,
    };
    let made = play.act(&by, commit).await?;
    if let Some(checker) = &pledge.checked_by {
        check(play, &made.reference, checker).await?;
    }
    Ok(())
}

/// An act of two days before, with its text as the file.
async fn filed(play: &Play<'_>, pledge: &Pledge, act: &Act) -> Result<NewAct, Error> {
    let date = play.date(pledge.day - 2)?;
    let council = play.society.councils.iter().find(|one| one.slug.as_str() == pledge.council);
    let council = council.map_or(pledge.council.as_str(), |council| &council.name);
    let text = format!(
        "{council}\n\nActe n° {} du {date}\n\nObjet\u{a0}: {}.\n\nLa collectivité s’engage à \
         participer, dans la limite de {} EUR.\n\nCe document appartient à un exemple\u{a0}: la \
         collectivité est imaginaire.\n",
        act.number, act.object, pledge.ceiling
    );
    let name = format!("{}-{}.txt", act.kind, act.number);
    let kept = evidence::keep(play.app, &name, text.into_bytes()).await?;
    NewAct::parse(&acted(&act.kind, &act.number, date), Some(kept))
}

/// An act as its council tells it.
pub(super) fn acted(kind: &str, number: &str, date: Date) -> NewEvidence {
    NewEvidence {
        kind: kind.to_owned(),
        number: number.to_owned(),
        date: date.to_string(),
        prefecture_receipt: None,
        published: None,
        delegation_ref: None,
        matter_code: None,
        url: None,
        visibility: EvidenceVisibility::Members,
        file: None,
    }
}

/// The second person's check of the act behind a pledge.
async fn check(play: &Play<'_>, reference: &str, checker: &str) -> Result<(), Error> {
    let checker: Slug = checker.parse().map_err(anyhow::Error::from)?;
    let row = pledges::by_ref(&play.app.db, reference).await?.ok_or(Error::NotFound)?;
    for act in rows::of_pledge(&play.app.db, row.id).await? {
        play.act(&play.by(&checker).await?, CheckEvidence { evidence: act.id }).await?;
    }
    Ok(())
}
