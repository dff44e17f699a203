//! Milestones of a call as whoever may read the call sees them.

use forge_api::{
    Amount as Text,
    calls::{Criterion, MilestoneState},
    milestones::{Delivered, MilestoneFile, TrancheShare, Unmet},
};
use forge_domain::calendar;
use forge_store::{calls::Milestone, milestones};

use super::{
    CallBook,
    answer::{html_url, word},
};
use crate::{app::App, error::Error};

/// Every milestone of a call, in order.
pub async fn files(app: &App, book: &CallBook) -> Result<Vec<MilestoneFile>, Error> {
    let deliveries = milestones::deliveries(&app.db, book.call.id).await?;
    let unmet = milestones::unmet(&app.db, book.call.id).await?;
    let tranches = book.frozen_tranches()?.unwrap_or_default();
    let mut files = Vec::with_capacity(book.milestones.len());
    for (at, slice) in book.milestones.iter().enumerate() {
        let tries: Vec<Delivered> = deliveries
            .iter()
            .filter(|delivery| delivery.position == slice.position)
            .map(|delivery| delivered(delivery, &unmet))
            .collect();
        let tranche = tranches.get(at).filter(|_| book.is_kept(at));
        let shares = tranche.into_iter().flat_map(|tranche| &tranche.shares);
        let tranche = shares
            .map(|(council, amount)| TrancheShare {
                council: council.clone(),
                amount: Text(book.decimal(amount.minor())),
            })
            .collect();
        files.push(file(app, (book, slice), tries, tranche)?);
    }
    Ok(files)
}

fn file(
    app: &App,
    (book, slice): (&CallBook, &Milestone),
    deliveries: Vec<Delivered>,
    tranche: Vec<TrancheShare>,
) -> Result<MilestoneFile, Error> {
    let criteria: Vec<Criterion> =
        serde_json::from_str(&slice.criteria).map_err(anyhow::Error::from)?;
    Ok(MilestoneFile {
        call: book.call.reference.clone(),
        n: u32::try_from(slice.position).unwrap_or_default(),
        title: slice.title.clone(),
        amount: Text(book.decimal(slice.amount)),
        currency: book.call.currency.clone(),
        due_on: slice.due_on.map(|day| day.to_string()),
        state: word::<MilestoneState>(slice.state.name())?,
        criteria,
        resubmissions: u32::try_from(deliveries.len().saturating_sub(1)).unwrap_or(u32::MAX),
        deliveries,
        tranche,
        html_url: format!("{}/milestones/{}", html_url(app, book), slice.position),
    })
}

fn delivered(row: &milestones::Delivery, unmet: &[milestones::Unmet]) -> Delivered {
    Delivered {
        number: u32::try_from(row.number).unwrap_or_default(),
        module: format!("{}/{}", row.owner_slug, row.module_slug),
        tag: row.tag.clone(),
        swhid: row.swhid.clone(),
        swhid_commit: row.swhid_commit.clone(),
        swhid_tree: row.swhid_tree.clone(),
        notes: row.notes.clone(),
        report_url: row.report_url.clone(),
        report_sha256: row.report_sha256.clone(),
        docs_url: row.docs_url.clone(),
        licence: row.licence.clone(),
        licence_fits: row.licence_fits,
        delivered_at: calendar::format_instant(row.delivered_at),
        vote: row.vote_ref.clone(),
        decided_at: row.decided_at.map(calendar::format_instant),
        unmet: unmet
            .iter()
            .filter(|one| one.delivery_id == row.id)
            .map(|one| Unmet {
                criterion: u32::try_from(one.criterion).unwrap_or_default(),
                reason: one.reason.clone(),
            })
            .collect(),
    }
}
