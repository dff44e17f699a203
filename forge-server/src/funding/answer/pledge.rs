//! A pledge as programs read it.

use forge_api::{
    Amount as Text,
    pledges::{BudgetYear, Evidence, FinalShare, Pledge, PledgeState, Substitution},
};
use forge_domain::{
    calendar, hex,
    pledge::{self as rules, Judged, Wait},
    profiles::Profile,
};
use forge_store::{
    evidence, ledger,
    pledges::{self, Year},
    substitutions,
};
use jiff::civil::Date;

use super::{final_in_basis, html_url, word};
use crate::{
    actions::evidence::{as_judged, standing},
    app::App,
    error::Error,
    funding::{CallBook, Reader},
};

/// A pledge, with what it would cost today; `noted` where the reader may see the remark.
pub async fn pledge(
    app: &App,
    reader: &mut Reader<'_>,
    book: &CallBook,
    row: &pledges::Pledge,
    noted: bool,
) -> Result<Pledge, Error> {
    let acts = evidence::of_pledge(&mut *reader, row.id).await?;
    let years = pledges::years(&mut *reader, row.id).await?;
    let offer = substitutions::of_pledge(&mut *reader, row.id).await?;
    let (space, call) = (book.call.space_id, book.call.reference.as_str());
    let entry = ledger::last_of_council(&mut *reader, space, call, &row.council_slug).await?;
    let weighs = !row.state.is_frozen() && row.state.is_living();
    // A share that cannot be reckoned (no inhabitants known) is told as none.
    let prospect = weighs.then(|| book.prospect(&book.participant(row)).ok()).flatten();
    let settled = final_in_basis(book, row);
    let amount = |minor: i64| Text(book.decimal(minor));
    let profile = app.profiles.of(&book.call.profile)?;
    let signed = row.signed_at.filter(|_| row.state.is_undecided());
    let today = calendar::date_at(app.clock.now(), &book.zone);
    let awaits = match signed {
        None => Vec::new(),
        Some(_) => awaits(book, profile, &acts, today),
    };
    Ok(Pledge {
        id: row.id.uuid(),
        reference: row.reference.clone(),
        call: row.call_ref.clone(),
        council: row.council_slug.clone(),
        state: word::<PledgeState>(row.state.name())?,
        currency: book.call.currency.clone(),
        share_now: prospect.map(|one| one.now).or(settled).map(|share| amount(share.minor())),
        share_if_all_join: prospect
            .map(|one| one.if_all_join)
            .or(settled)
            .map(|share| amount(share.minor())),
        ceiling: row.ceiling.map(amount),
        final_share: final_share(book, row),
        budget_years: years.iter().map(|year| budget_year(book, year)).collect::<Result<_, _>>()?,
        planned_on: row.planned_on.map(|day| day.to_string()),
        body: row.body.clone(),
        signed_at: signed.map(calendar::format_instant),
        awaits: awaits.into_iter().map(|wait| wait.name().to_owned()).collect(),
        commitment_no: row.commitment_no.clone(),
        service_code: row.service_code.clone(),
        substitution: offer.map(substitution),
        evidence: acts.iter().map(|act| evidence_answer(profile, act)).collect(),
        note: noted.then(|| row.note.clone()).filter(|note| !note.is_empty()),
        reason: row.reason.clone(),
        ledger_seq: entry.as_ref().map(|entry| entry.seq),
        ledger_hash: entry.as_ref().map(|entry| hex::encode(&entry.hash)),
        created_at: calendar::format_instant(row.created_at),
        updated_at: calendar::format_instant(row.updated_at),
        html_url: html_url(app, book),
    })
}

/// What the best of these acts still waits for; nothing where none is complete.
pub fn awaits(
    book: &CallBook,
    profile: &Profile,
    acts: &[evidence::Evidence],
    today: Date,
) -> Vec<Wait> {
    match rules::check_evidence(&standing(acts), profile, &book.call.vehicle, today) {
        Ok(Judged::Waits(waits)) => waits,
        Ok(Judged::Ready) | Err(_) => Vec::new(),
    }
}

/// The dates that an act still waits for before it can be checked.
pub fn undated(
    book: &CallBook,
    profile: &Profile,
    act: &evidence::Evidence,
    today: Date,
) -> Vec<Wait> {
    let waits = awaits(book, profile, std::slice::from_ref(act), today);
    waits.into_iter().filter(|wait| matches!(wait, Wait::For(_))).collect()
}

fn budget_year(book: &CallBook, row: &Year) -> Result<BudgetYear, Error> {
    Ok(BudgetYear {
        year: i16::try_from(row.year).map_err(anyhow::Error::from)?,
        amount: Text(book.decimal(row.amount)),
        section: word(row.section.name())?,
        account_hint: row.account_hint.clone(),
    })
}

fn substitution(row: substitutions::Substitution) -> Substitution {
    Substitution {
        to: row.council_slug,
        reason: row.reason,
        pledge: row.taking_ref,
        offered_at: calendar::format_instant(row.offered_at),
        approved_at: row.approved_at.map(calendar::format_instant),
        done_at: row.done_at.map(calendar::format_instant),
    }
}

fn final_share(book: &CallBook, row: &pledges::Pledge) -> Option<FinalShare> {
    let text = |minor: i64| Text(book.decimal(minor));
    Some(FinalShare {
        net: text(row.final_net?),
        vat: text(row.final_vat?),
        gross: text(row.final_gross?),
    })
}

/// An act, as everybody may see it.
pub fn evidence_answer(profile: &Profile, row: &evidence::Evidence) -> Evidence {
    Evidence {
        id: row.id.uuid(),
        kind: row.kind.clone(),
        number: row.number.clone(),
        date: row.decided_on.to_string(),
        prefecture_receipt: row.prefecture_receipt_on.map(|day| day.to_string()),
        published: row.published_on.map(|day| day.to_string()),
        enforceable_on: as_judged(row).enforceable_on(profile).map(|day| day.to_string()),
        delegation_ref: row.delegation_ref.clone(),
        matter_code: row.matter_code.clone(),
        url: row.url.clone(),
        digest: row.digest.as_ref().map(|digest| format!("sha256:{}", hex::encode(digest))),
        checked_at: row.checked_at.map(calendar::format_instant),
        rejected_at: row.rejected_at.map(calendar::format_instant),
        rejection: row.rejection.clone(),
    }
}
