//! The courier: tells webhooks what is due to them, beside the one runner of the other jobs.
//!
//! A target of somebody else may hang for as long as it is let, and what hangs must hold back
//! neither a deadline nor another target. So deliveries have a queue of their own and a few slots
//! of their own: a webhook is told one thing at a time, what failed before takes a quarter of the
//! slots at most, and what cannot be told waits longer each time (security.md B2.7, R33). A
//! delivery is claimed for longer than it can take, so that after a fault it is told again under
//! the same id: at least once, never never.

use std::{collections::HashMap, time::Duration};

use axum::http::{Method, Request};
use forge_domain::{
    Id, id,
    webhook::{DeliveryState, WebhookStop, next_wait_s},
};
use forge_store::{
    events::{self, Event},
    webhooks::{
        self, Webhook,
        deliveries::{self, Attempt, Delivery, Due},
    },
};
use jiff::{Timestamp, ToSpan as _};
use tokio::task::{self, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    actions::webhooks::StopWebhook,
    app::App,
    auth::secret,
    error::Error,
    outbound::{Answer, OutboundError},
    webhooks::{Barred, bar, headers, message, open},
};

/// How many webhooks are told something at the same moment; each holds a thread.
const AT_ONCE: usize = 16;
/// How many of these had failed the last time.
const FAILED_AT_ONCE: usize = 4;
/// How many due deliveries are looked at together.
const BATCH: i64 = 200;
/// For how long a delivery is claimed: longer than a request may take.
const CLAIM_S: i64 = 60;
/// How much of an answer is kept.
const EXCERPT_BYTES: u64 = 500;
/// The courier looks again after so long even when no bell rang: another server may have queued.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Runs until `stop`; what is under way then is let finish.
pub async fn run(app: App, stop: CancellationToken) {
    let mut courier = Courier { app, under_way: JoinSet::new(), busy: HashMap::new() };
    loop {
        if let Err(error) = courier.hand_out().await {
            tracing::error!(%error, "the courier could not read its queue");
        }
        let pause = courier.pause().await;
        tokio::select! {
            () = stop.cancelled() => break,
            Some(done) = courier.under_way.join_next_with_id() => courier.back(done),
            () = courier.app.bell.heard_by_courier() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    while courier.under_way.join_next().await.is_some() {}
}

struct Courier {
    app: App,
    under_way: JoinSet<()>,
    /// Which webhook each errand is for, and whether it failed the last time.
    busy: HashMap<task::Id, (Id<id::Webhook>, bool)>,
}

impl Courier {
    /// Sends out what is due and has a slot.
    async fn hand_out(&mut self) -> Result<(), Error> {
        for due in deliveries::due(&self.app.db, self.app.clock.now(), BATCH).await? {
            let failed = due.tries > 0;
            let failing = self.busy.values().filter(|(_, failed)| *failed).count();
            let is_busy = self.busy.values().any(|(hook, _)| *hook == due.webhook_id);
            if self.busy.len() >= AT_ONCE {
                break;
            }
            if is_busy || (failed && failing >= FAILED_AT_ONCE) || !claim(&self.app, &due).await? {
                continue;
            }
            let (app, hook) = (self.app.clone(), due.webhook_id);
            let errand = self.under_way.spawn(async move {
                if let Err(error) = tell(&app, &due).await {
                    // Its claim runs out, and it is told again.
                    tracing::error!(%error, delivery.id = %due.id, "a delivery went wrong");
                }
            });
            self.busy.insert(errand.id(), (hook, failed));
        }
        Ok(())
    }

    /// An errand is over, even where it panicked.
    fn back(&mut self, done: Result<(task::Id, ()), task::JoinError>) {
        let id = match done {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "a delivery broke off");
                error.id()
            }
        };
        self.busy.remove(&id);
    }

    /// Until the next delivery falls due; what is due and has no slot waits for one to come back.
    async fn pause(&self) -> Duration {
        let now = self.app.clock.now();
        let next = deliveries::next_after(&self.app.db, now).await.ok().flatten();
        let until = next.map_or(LOOK_EVERY, |next| {
            Duration::try_from(next.duration_since(now)).unwrap_or(Duration::ZERO)
        });
        until.clamp(Duration::from_millis(200), LOOK_EVERY)
    }
}

/// Takes a delivery, so that no other server sends it too.
async fn claim(app: &App, due: &Due) -> Result<bool, Error> {
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    let until = app.clock.now() + CLAIM_S.seconds();
    let claimed = deliveries::claim(&mut tx, due, until).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Tells one webhook one thing, if it may still be told.
async fn tell(app: &App, due: &Due) -> Result<(), Error> {
    let Some(hook) = webhooks::by_id(&app.db, due.webhook_id).await? else { return Ok(()) };
    let Some(delivery) = deliveries::by_id(&app.db, hook.id, due.id).await? else {
        return Ok(());
    };
    let event = match delivery.event_id {
        Some(id) => events::by_id(&app.db, id).await?,
        None => None,
    };
    match bar(app, &hook, event.as_ref()).await? {
        _ if !hook.active => return leave_out(app, delivery.id).await,
        Some(Barred::Maker) => return stop(app, &hook, WebhookStop::Maker, &delivery).await,
        Some(Barred::Hidden) => return leave_out(app, delivery.id).await,
        None => {}
    }
    let begun = app.clock.now();
    let answer = post(app, &hook, &delivery, event.as_ref()).await?;
    let attempt = noted(begun, &answer);
    tracing::info!(
        webhook.number = hook.number,
        delivery.id = %delivery.id,
        status = attempt.status,
        took_ms = attempt.took_ms,
        "a webhook was told"
    );
    settle(app, &hook, &delivery, attempt).await
}

async fn post(
    app: &App,
    hook: &Webhook,
    delivery: &Delivery,
    event: Option<&Event>,
) -> Result<Result<Answer, OutboundError>, Error> {
    let secret = open(app, hook.id, &hook.secret)?;
    let message = message(app, hook, delivery, event);
    let headers = headers(&message, &secret, app.clock.now())?;
    let mut request = Request::new(message.body);
    *request.method_mut() = Method::POST;
    *request.headers_mut() = headers;
    *request.uri_mut() = hook.url.parse().map_err(anyhow::Error::from)?;
    Ok(app.outbound.send(request, EXCERPT_BYTES).await)
}

/// What is kept of an attempt.
fn noted(at: Timestamp, answer: &Result<Answer, OutboundError>) -> Attempt {
    match answer {
        Ok(answer) => Attempt {
            number: 0,
            at,
            status: Some(i64::from(answer.status.as_u16())),
            took_ms: i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX),
            said: excerpt(&answer.body),
        },
        Err(error) => Attempt { number: 0, at, status: None, took_ms: 0, said: error.to_string() },
    }
}

/// Text that a page and a terminal can show.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(plain).collect::<String>().trim().to_owned()
}

/// Writes down how an attempt went, and what follows from it.
async fn settle(
    app: &App,
    hook: &Webhook,
    delivery: &Delivery,
    attempt: Attempt,
) -> Result<(), Error> {
    let now = app.clock.now();
    let went_well = attempt.status.is_some_and(|status| (200..300).contains(&status));
    let waited = now.as_second() - delivery.asked_at.as_second();
    let jitter = u32::from_le_bytes(secret::random::<4>()?);
    let wait = next_wait_s(delivery.tries + 1, waited, jitter);
    let (state, next_at) = match wait {
        _ if went_well => (DeliveryState::Delivered, now),
        Some(wait) => (DeliveryState::Waiting, now + wait.seconds()),
        None => (DeliveryState::Failed, now),
    };
    let turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    deliveries::note(&mut tx, delivery.id, &attempt).await?;
    deliveries::settle(&mut tx, delivery.id, (state, next_at), now).await?;
    if went_well {
        webhooks::succeed(&mut tx, hook.id, now).await?;
    }
    tx.commit().await?;
    drop(turn);
    // Where something else got through meanwhile, the target is there: only this one is given up.
    let heard = hook.succeeded_at.is_some_and(|at| at > delivery.asked_at);
    if state == DeliveryState::Failed && !heard {
        return stop(app, hook, WebhookStop::Failing, delivery).await;
    }
    Ok(())
}

async fn leave_out(app: &App, id: Id<id::WebhookDelivery>) -> Result<(), Error> {
    let _turn = app.turn.lock().await;
    let mut tx = app.begin_in_turn().await?;
    deliveries::drop_one(&mut tx, id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn stop(
    app: &App,
    hook: &Webhook,
    why: WebhookStop,
    delivery: &Delivery,
) -> Result<(), Error> {
    let action = StopWebhook { id: hook.id, why, event: delivery.event_id };
    app.act(&app.itself(), action).await
}
