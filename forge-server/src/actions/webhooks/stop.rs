//! What the forge does by itself to a webhook that nobody hears.

use forge_domain::{Id, access::Deed, id, notices::EventKind, webhook::WebhookStop};
use forge_store::{
    Tx, events as happened,
    owners::{self, OwnerKind},
    spaces,
    webhooks::{self, deliveries},
};
use serde_json::json;

use crate::{
    actions::{Action, Context},
    error::Error,
    events::{self, Event},
};

/// Stops a webhook, ends what still waits for it, and tells those who may start it again.
#[derive(Debug, Clone)]
pub struct StopWebhook {
    /// Which.
    pub id: Id<id::Webhook>,
    /// Why.
    pub why: WebhookStop,
    /// The event that could not be told.
    pub event: Option<Id<id::Event>>,
}

impl Action for StopWebhook {
    const DEED: Deed = Deed::ManageWebhooks;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let hook = webhooks::by_id(&mut *tx, self.id).await?.ok_or(Error::NotFound)?;
        let owner = owners::by_id(&mut *tx, hook.owner_id).await?.ok_or(Error::NotFound)?;
        deliveries::drop_waiting(&mut *tx, hook.id, cx.now).await?;
        let detail = json!({ "stopped": hook.id.to_string(), "why": self.why.name() });
        cx.record(owner.slug.clone(), detail);
        if !webhooks::stop(&mut *tx, hook.id, self.why, cx.now).await? {
            return Ok(());
        }
        let told = match self.event {
            Some(event) => happened::by_id(&mut *tx, event).await?,
            None => None,
        };
        // A council has no room of its own where things happen: its lead is told in the space
        // whose event did not get through.
        let (space, council) = match owner.kind {
            OwnerKind::Space => {
                let space = spaces::by_id(&mut *tx, Id::new(owner.id)).await?;
                let space = space.ok_or(Error::NotFound)?;
                (space.id, space.lead_id)
            }
            OwnerKind::Council => match told {
                Some(told) => (told.space_id, Id::new(owner.id)),
                None => return Ok(()),
            },
            OwnerKind::Person => return Ok(()),
        };
        let subject = format!("{}/webhooks/{}", owner.slug, hook.number);
        let event = Event {
            kind: EventKind::WebhookStopped,
            space,
            call: None,
            council: Some(council),
            subject: &subject,
            data: json!({ "why": self.why.name() }),
            members_only: true,
            nth: cx.now.as_second().to_string(),
        };
        events::emit(tx, cx, event).await?;
        Ok(())
    }
}
