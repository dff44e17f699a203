//! What every request and job shares, and the one place where something is written.

use std::{ops::Deref, sync::Arc, time::Duration};

use forge_domain::{
    Id,
    access::Actor,
    id::{self},
};
use forge_git::Repositories;
use forge_messages::{Locale, Messages};
use forge_store::{
    Db, StoreError, Tx,
    jobs::{self, Job},
};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    actions::{Action, Context},
    auth::{limits::SignInLimits, oidc::Providers},
    clock::Clock,
    config::Config,
    data::Hold,
    error::Error,
    jobs::Bell,
    ledger::standing::Reached,
    mail::Mailer,
    outbound::Outbound,
    profiles::Profiles,
    themes::Themes,
};

/// How often an act is run again when another transaction crossed it.
const ATTEMPTS_MAX: u32 = 4;
/// Every act appends to the one audit chain, so every act queues: in this server by its turn, and
/// beside other servers on PostgreSQL by this advisory lock, on SQLite by its single writer. A
/// hundred pledges at once wait instead of failing.
pub(crate) const AUDIT_QUEUE: Uuid = Uuid::from_u128(0x0193_0000_0000_7000_8000_6265_6666_726f);

/// The running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// The settings, resolved once.
    pub config: Config,
    /// The address people reach the forge at, without a trailing slash.
    pub public_url: String,
    /// The database.
    pub db: Db,
    /// The git repositories.
    pub repositories: Repositories,
    /// The words, in every language.
    pub messages: Arc<Messages>,
    /// Templates and assets.
    pub themes: Themes,
    /// The country profiles.
    pub profiles: Profiles,
    /// The clock acts read.
    pub clock: Clock,
    /// Whose turn it is to act. Who waits here is served in order and holds no connection, so
    /// that a crowd of acts starves no reader.
    pub turn: Mutex<()>,
    /// Rings when a job was queued.
    pub bell: Bell,
    /// Hands messages to the mail server.
    pub mailer: Mailer,
    /// The server's hold on its data folder; a command beside it has none.
    pub hold: Option<Hold>,
    /// Who failed to sign in of late.
    pub sign_ins: SignInLimits,
    /// How far ledgers were read.
    pub reached: Reached,
    /// The way to machines of others.
    pub outbound: Outbound,
    /// The identity providers, and who is on their way to one.
    pub providers: Providers,
}

/// Through which door an act came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A page.
    Web,
    /// The JSON interface.
    Api,
    /// A push.
    Git,
    /// A command on the server itself.
    Command,
    /// A job.
    Job,
}

impl Via {
    /// As the audit log has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Git => "git",
            Self::Command => "command",
            Self::Job => "job",
        }
    }
}

/// Who does something, with what, through which door.
#[derive(Debug, Clone)]
pub struct By {
    /// The person, their roles now, and what their token allows.
    pub actor: Actor,
    /// The token they showed, where it was a token.
    pub token: Option<Id<id::Token>>,
    /// The door.
    pub via: Via,
    /// The language they read.
    pub locale: Locale,
    /// When they last proved who they are: acts with consequences ask for a recent proof.
    pub authenticated_at: Option<jiff::Timestamp>,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Does something, once, in one transaction with its audit row: nothing else in the server
    /// writes for a person.
    ///
    /// # Errors
    /// What the act refuses, [`Error::Busy`] where it crossed others too often. A refusal is
    /// written to the audit log too.
    pub async fn act<A: Action>(&self, by: &By, action: A) -> Result<A::Output, Error> {
        let _turn = self.turn.lock().await;
        let mut attempt = 1;
        loop {
            match self.attempt(by, &action).await {
                Ok(output) => {
                    self.bell.ring();
                    return Ok(output);
                }
                Err(Error::Busy(StoreError::Crossed(_))) if attempt < ATTEMPTS_MAX => {
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                    attempt += 1;
                }
                Err(error) => {
                    if error.refusal().is_some() && by.actor.person.is_some() {
                        self.audit_refusal(by, A::DEED.name(), &error).await;
                    }
                    return Err(error);
                }
            }
        }
    }

    /// Opens a write transaction that waits its turn behind the acts, for jobs whose effect must
    /// not cross one.
    pub async fn begin_in_turn(&self) -> Result<Tx, StoreError> {
        self.db.begin(Some(AUDIT_QUEUE)).await
    }

    /// The forge itself, as the one who acts.
    pub fn itself(&self) -> By {
        By {
            actor: Actor::visitor(),
            token: None,
            via: Via::Job,
            locale: self.config.locale,
            authenticated_at: None,
        }
    }

    /// Does a job's act: its effect, its audit row and the row that says the job is done are one
    /// transaction, so that it happens once however often the server starts. `None` where the job
    /// was done already.
    ///
    /// # Errors
    /// As [`App::act`].
    pub async fn act_for_job<A: Action>(
        &self,
        job: &Job,
        action: A,
    ) -> Result<Option<A::Output>, Error> {
        let by = self.itself();
        let _turn = self.turn.lock().await;
        let mut tx = self.begin_in_turn().await?;
        if !jobs::finish(&mut tx, job.id, self.clock.now()).await? {
            tx.rollback().await?;
            return Ok(None);
        }
        let cx = Context::new(self, &by, A::DEED);
        match action.run(&mut tx, &cx).await {
            Ok(output) => {
                cx.write_audit(&mut tx).await?;
                tx.commit().await?;
                self.bell.ring();
                Ok(Some(output))
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn attempt<A: Action>(&self, by: &By, action: &A) -> Result<A::Output, Error> {
        let mut tx = self.db.begin(Some(AUDIT_QUEUE)).await?;
        let cx = Context::new(self, by, A::DEED);
        match action.run(&mut tx, &cx).await {
            Ok(output) => {
                cx.write_audit(&mut tx).await?;
                tx.commit().await?;
                Ok(output)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn audit_refusal(&self, by: &By, deed: &'static str, error: &Error) {
        let written = async {
            let mut tx: Tx = self.db.begin(Some(AUDIT_QUEUE)).await?;
            crate::actions::audit::write_refusal(&mut tx, self.clock.now(), by, deed, error)
                .await?;
            tx.commit().await
        };
        if let Err(failure) = written.await {
            tracing::error!(%failure, deed, "a refusal could not be written to the audit log");
        }
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
