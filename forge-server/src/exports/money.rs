//! The rows a call brings to the tables about money.

use std::collections::BTreeSet;

use forge_domain::{
    funds::{FundsCallState, PaymentState, RefundState},
    hex,
    money::Amount,
    sharing::ShareOutcome,
};
use forge_store::{calls, evidence, funds, milestones, payments, pledges::Pledge, refunds};

use super::{Cell, Source, rows::day, scdl};
use crate::{
    actions::evidence::as_judged,
    app::App,
    error::Error,
    funding::{CallBook, answer, refused},
};

/// The rows of a call in one table.
pub(super) async fn of_call(
    app: &App,
    (table, source): (&str, &Source),
    book: &CallBook,
) -> Result<Vec<Vec<Cell>>, Error> {
    match table {
        "calls" => Ok(vec![call(app, source, book).await?]),
        "shares" => shares(app, source, book).await,
        "pledges" => pledged(app, source, book).await,
        "milestones" => slices(app, book).await,
        "funds_calls" => claims(app, source, book).await,
        "payments" => paid(app, source, book).await,
        "scdl-subventions" => scdl::subsidies(app, source, book).await,
        "scdl-deliberations" => scdl::deliberations(app, source, book).await,
        other => Err(anyhow::anyhow!("no export is called {other}").into()),
    }
}

fn amount(book: &CallBook, minor: Option<i64>) -> Cell {
    Cell::some(minor.map(|minor| book.decimal(minor)))
}

async fn call(app: &App, source: &Source, book: &CallBook) -> Result<Vec<Cell>, Error> {
    let row = &book.call;
    let contract = calls::contract(&app.db, row.id).await?;
    let capacity = book.capacity().map_err(|error| refused(&error))?;
    let public =
        |module: &&calls::CallModule| module.visibility == forge_domain::access::Visibility::Public;
    let modules: Vec<String> = book
        .modules
        .iter()
        .filter(public)
        .map(|module| format!("{}/{}", module.owner_slug, module.slug))
        .collect();
    let confirmed = row.snapshot.as_ref().and(row.ended_at);
    Ok(vec![
        row.reference.as_str().into(),
        row.space_slug.as_str().into(),
        modules.join(" ").into(),
        row.title.as_str().into(),
        row.state.name().into(),
        row.currency.as_str().into(),
        row.basis.as_str().into(),
        rate(row.vat_bp).into(),
        amount(book, Some(row.target)),
        amount(book, Some(row.minimum)),
        amount(book, Some(capacity.minor())),
        row.deadline.to_string().into(),
        Cell::some(confirmed.map(day)),
        row.rule.as_str().into(),
        row.vehicle.as_str().into(),
        source.council(&row.lead_slug),
        source.council(&row.treasurer_slug),
        Cell::some(contract.as_ref().map(|contract| contract.supplier.as_str())),
        Cell::some(contract.as_ref().map(|contract| contract.reference.as_str())),
        row.licence.as_str().into(),
        answer::html_url(app, book).into(),
    ])
}

/// Basis points as a rate in per cent.
fn rate(bp: i64) -> String {
    format!("{}.{:02}", bp / 100, bp % 100)
}

async fn shares(app: &App, source: &Source, book: &CallBook) -> Result<Vec<Vec<Cell>>, Error> {
    let standing: BTreeSet<_> = funds::of_call(&app.db, book.call.id)
        .await?
        .into_iter()
        .filter(|claim| !matches!(claim.state, FundsCallState::Draft | FundsCallState::Cancelled))
        .map(|claim| claim.id)
        .collect();
    let lines = funds::lines_of_call(&app.db, book.call.id).await?;
    let moved = payments::of_call(&app.db, book.call.id).await?;
    let returned = refunds::of_call(&app.db, book.call.id).await?;
    let now = book.shares_now().ok().flatten();
    let share = |outcome: &Option<ShareOutcome>, slug: &str| {
        outcome.as_ref().and_then(|outcome| outcome.shares.get(slug)).map(|share| share.minor())
    };
    let one = |pledge: &Pledge| {
        let slug = pledge.council_slug.as_str();
        let called = lines.iter().filter(|line| line.council_slug == slug);
        // With tax, as it is paid: what was taken back by a credit note is not called.
        let called = called.filter(|line| standing.contains(&line.funds_call_id));
        let called = called.map(|line| line.gross);
        let own = moved.iter().filter(|one| one.council_slug.as_deref() == Some(slug));
        let own = own.filter(|one| one.state == PaymentState::Reconciled);
        let back = returned.iter().filter(|one| one.council_slug.as_deref() == Some(slug));
        let back = back.filter(|one| one.state == RefundState::Sent);
        let weight = book.weight(&book.participant(pledge));
        let called = Amount::checked_sum(called.map(Amount::from_minor));
        let paid = Amount::checked_sum(own.map(|one| Amount::from_minor(one.amount)));
        let refunded = Amount::checked_sum(back.map(|one| Amount::from_minor(one.amount)));
        let total = |sum: Result<Amount, _>| -> Result<Cell, Error> {
            let sum: Amount =
                sum.map_err(|error: forge_domain::money::AmountError| anyhow::Error::from(error))?;
            Ok(amount(book, Some(sum.minor())))
        };
        Ok::<_, Error>(vec![
            book.call.reference.as_str().into(),
            source.council(slug),
            weight.and_then(|weight| i64::try_from(weight).ok()).map_or(Cell::Nothing, Cell::from),
            amount(book, book.call.share_floor),
            amount(book, book.call.share_cap),
            amount(book, pledge.ceiling),
            amount(book, share(&now, slug)),
            amount(book, pledge.final_net),
            amount(book, pledge.final_vat),
            amount(book, pledge.final_gross),
            total(called)?,
            total(paid)?,
            total(refunded)?,
        ])
    };
    book.living().map(one).collect()
}

async fn pledged(app: &App, source: &Source, book: &CallBook) -> Result<Vec<Vec<Cell>>, Error> {
    let mut rows = Vec::new();
    let profile = app.profiles.of(&book.call.profile)?;
    let acts = evidence::of_call(&app.db, book.call.id).await?;
    for pledge in &book.pledges {
        let own = |act: &&evidence::Evidence| act.pledge_id == pledge.id;
        let act = acts.iter().filter(own).rfind(|act| act.rejected_at.is_none());
        let enforceable = act.and_then(|act| as_judged(act).enforceable_on(profile));
        rows.push(vec![
            pledge.reference.as_str().into(),
            book.call.reference.as_str().into(),
            source.council(&pledge.council_slug),
            pledge.state.name().into(),
            day(pledge.updated_at).into(),
            amount(book, pledge.ceiling),
            Cell::some(act.map(|act| act.kind.as_str())),
            Cell::some(act.map(|act| act.number.as_str())),
            Cell::some(act.map(|act| act.decided_on.to_string())),
            Cell::some(enforceable.map(|day| day.to_string())),
        ]);
    }
    Ok(rows)
}

async fn slices(app: &App, book: &CallBook) -> Result<Vec<Vec<Cell>>, Error> {
    let delivered = milestones::deliveries(&app.db, book.call.id).await?;
    let one = |slice: &calls::Milestone| {
        let last = delivered.iter().rev().find(|one| one.position == slice.position);
        vec![
            book.call.reference.as_str().into(),
            slice.position.into(),
            slice.title.as_str().into(),
            amount(book, Some(slice.amount)),
            Cell::some(slice.due_on.map(|day| day.to_string())),
            slice.state.name().into(),
            Cell::some(last.map(|one| one.tag.as_str())),
            Cell::some(last.map(|one| one.swhid.as_str())),
        ]
    };
    Ok(book.milestones.iter().map(one).collect())
}

/// What was called for; a draft is the treasurer's.
async fn claims(app: &App, source: &Source, book: &CallBook) -> Result<Vec<Vec<Cell>>, Error> {
    let lines = funds::lines_of_call(&app.db, book.call.id).await?;
    let mut rows = Vec::new();
    for claim in funds::of_call(&app.db, book.call.id).await? {
        let Some(issued) = claim.issued_at else { continue };
        for line in lines.iter().filter(|line| line.funds_call_id == claim.id) {
            rows.push(vec![
                claim.reference.as_str().into(),
                book.call.reference.as_str().into(),
                claim.milestone.into(),
                source.council(&line.council_slug),
                amount(book, Some(line.net)),
                amount(book, Some(line.vat)),
                amount(book, Some(line.gross)),
                day(issued).into(),
                claim.due_on.to_string().into(),
                hex::encode(&claim.digest).into(),
            ]);
        }
    }
    Ok(rows)
}

/// What was paid and acknowledged; references of banks are for auditors.
async fn paid(app: &App, source: &Source, book: &CallBook) -> Result<Vec<Vec<Cell>>, Error> {
    let claims = funds::of_call(&app.db, book.call.id).await?;
    let all = payments::of_call(&app.db, book.call.id).await?;
    let settled = all.iter().filter(|one| one.state == PaymentState::Reconciled);
    let one = |payment: &payments::Payment| {
        let claim = claims.iter().find(|claim| Some(claim.id) == payment.funds_call_id);
        let payer = payment.council_slug.as_deref();
        vec![
            payment.reference.as_str().into(),
            Cell::some(claim.map(|claim| claim.reference.as_str())),
            payer.map_or(Cell::Nothing, |slug| source.council(slug)),
            amount(book, Some(payment.amount)),
            payment.value_date.to_string().into(),
            Cell::some(payment.payment_order_no.as_deref()),
            Cell::some(payment.received_at.map(day)),
        ]
    };
    Ok(settled.map(one).collect())
}
