//! What one is told: when mail goes out, and what was read.

use forge_domain::{
    Id,
    access::Deed,
    id,
    notices::{MailChoice, Topic},
};
use forge_store::{Tx, notices};
use serde_json::json;

use super::{Action, Context, people::own};
use crate::error::{Error, Refusal};

/// Chooses when mail goes out about some topics; the others stay as they are.
#[derive(Debug, Clone)]
pub struct ChooseMail {
    /// The word of each topic, and when.
    pub choices: Vec<(String, String)>,
}

impl Action for ChooseMail {
    const DEED: Deed = Deed::ManageOwnNotices;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let unknown = |field| Error::Refused(Refusal::field(field, "unknown_word"));
        for (topic, mail) in &self.choices {
            let topic = topic.parse::<Topic>().map_err(|_| unknown("topic"))?;
            let mail = mail.parse::<MailChoice>().map_err(|_| unknown("mail"))?;
            notices::choose(&mut *tx, person, (topic, mail)).await?;
        }
        cx.record(person.to_string(), json!({ "changed": ["notices"] }));
        Ok(())
    }
}

/// Marks what stands in one's inbox as read.
#[derive(Debug, Clone)]
pub struct MarkRead {
    /// Only these events; all of them where it is empty.
    pub events: Vec<Id<id::Event>>,
}

impl Action for MarkRead {
    const DEED: Deed = Deed::ManageOwnNotices;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let person = cx.person()?;
        cx.allow(&own(person))?;
        let mut read = 0;
        if self.events.is_empty() {
            read += notices::mark_read(&mut *tx, person, None, cx.now).await?;
        }
        for event in &self.events {
            read += notices::mark_read(&mut *tx, person, Some(*event), cx.now).await?;
        }
        cx.record(person.to_string(), json!({ "read": read }));
        Ok(())
    }
}
