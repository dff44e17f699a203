//! A push, step by step. The caller judges twice, with the rules it knows, and writes its row
//! of intent between the checks and the references (security.md B2.2):
//!
//! 1. [`Repository::begin_push`] reads the commands; the caller refuses what it must.
//! 2. [`Push::receive`] takes the pack into a quarantine, checks it, and finds out what each
//!    command would do; the caller refuses again, now knowing a force push from another.
//! 3. The caller writes its intent: [`Received::accepted`]. To a proposal it adds the version of
//!    the merge request that it becomes: [`Command::record`].
//! 4. [`Received::commit`] moves pack and references into place and flushes the disk.
//! 5. The caller closes its intent and sends [`Outcome::report`].
//!
//! Dropping any of these before the fourth step leaves no trace of the push.

mod commands;
mod facts;
mod proposals;
mod references;
mod report;
mod unpack;

pub use commands::{Command, Refusal};
pub use facts::Effect;
use forge_domain::names::{Oid, RefName};
pub use proposals::{Proposal, ProposalOptions};
use tokio::io::{AsyncRead, AsyncReadExt, BufReader};

use crate::{
    durable,
    error::{GitError, Result},
    quarantine::Quarantine,
    repositories::blocking,
    repository::Repository,
};
use commands::Request;
pub(crate) use report::one_line;
use unpack::Unpacked;

/// Bytes read from the client at once.
const BUFFER_BYTES: usize = 64 << 10;

/// A push whose commands are read and whose pack is still on its way.
#[derive(Debug)]
pub struct Push<R> {
    repository: Repository,
    request: Request,
    body: BufReader<R>,
}

/// A push whose objects are checked and stand in quarantine.
#[derive(Debug)]
pub struct Received {
    repository: Repository,
    request: Request,
    quarantine: Option<Quarantine>,
    /// Why the pack was refused as a whole.
    unpack_error: Option<Refusal>,
}

/// A push that is over: every accepted command is on disk.
#[derive(Debug)]
pub struct Outcome {
    request: Request,
    unpack_error: Option<Refusal>,
}

impl Repository {
    /// Reads the commands of the body of `POST …/git-receive-pack`.
    ///
    /// # Errors
    /// [`crate::GitError::Malformed`] when they are no commands,
    /// [`crate::GitError::TooLarge`] when a limit on their number or length is passed.
    pub async fn begin_push<R: AsyncRead + Send + Unpin>(&self, body: R) -> Result<Push<R>> {
        let (shared, id) = (std::sync::Arc::clone(&self.shared), self.id);
        blocking(move || shared.handle(id)).await?;
        let mut body = BufReader::with_capacity(BUFFER_BYTES, body);
        let mut request = commands::read(&mut body, self.limits()).await?;
        let (shared, id) = (std::sync::Arc::clone(&self.shared), self.id);
        let request = blocking(move || {
            let repo = shared.handle(id)?.to_thread_local();
            proposals::find_bases(&repo, &mut request)?;
            Ok(request)
        })
        .await?;
        Ok(Push { repository: self.clone(), request, body })
    }
}

impl<R: AsyncRead + Send + Unpin> Push<R> {
    /// Whether there is nothing to do: git's probe before a large push. Answer it with an
    /// empty body.
    pub fn is_empty(&self) -> bool {
        self.request.commands.is_empty()
    }

    /// What the client asks for, each to be judged.
    pub fn commands(&self) -> &[Command] {
        &self.request.commands
    }

    /// The same, to refuse some of them.
    pub fn commands_mut(&mut self) -> &mut [Command] {
        &mut self.request.commands
    }

    /// The push options, as in `git push -o topic=x`: text for known uses, never a setting.
    pub fn options(&self) -> &[String] {
        &self.request.options
    }

    /// What the push options say of the proposals among the commands.
    pub fn proposal_options(&self) -> ProposalOptions {
        ProposalOptions::read(&self.request.options)
    }

    /// Takes the pack into quarantine, checks it and finds out what each command would do. A
    /// pack that is refused refuses every command; that too is answered by the report.
    ///
    /// # Errors
    /// [`crate::GitError::Busy`] and failures of the disk: then nothing of the push remains.
    pub async fn receive(mut self) -> Result<Received> {
        commands::settle_atomic(&mut self.request);
        let wants_pack = self
            .request
            .commands
            .iter()
            .any(|command| command.refusal.is_none() && command.new.is_some());
        let mut received = Received {
            repository: self.repository,
            request: self.request,
            quarantine: None,
            unpack_error: None,
        };
        if wants_pack {
            match unpack::unpack(&received.repository, &mut self.body).await? {
                Unpacked::Into(quarantine) => received.quarantine = Some(quarantine),
                Unpacked::Refused(refusal) => received.refuse_all(refusal),
            }
        }
        // A client that still sends does not read: take the rest before it is answered.
        let rest_max = received.repository.limits().pack_bytes_max;
        let mut rest = self.body.take(rest_max);
        let _ = tokio::io::copy(&mut rest, &mut tokio::io::sink()).await;
        if received.unpack_error.is_none() {
            facts::examine(
                &received.repository,
                received.quarantine.as_ref(),
                &mut received.request.commands,
            )
            .await?;
        }
        commands::settle_atomic(&mut received.request);
        received.drop_useless_quarantine();
        Ok(received)
    }
}

impl Received {
    /// The commands with what each would do ([`Command::effect`]).
    pub fn commands(&self) -> &[Command] {
        &self.request.commands
    }

    /// The same, to refuse some of them.
    pub fn commands_mut(&mut self) -> &mut [Command] {
        &mut self.request.commands
    }

    /// The push options.
    pub fn options(&self) -> &[String] {
        &self.request.options
    }

    /// What the push options say of the proposals among the commands.
    pub fn proposal_options(&self) -> ProposalOptions {
        ProposalOptions::read(&self.request.options)
    }

    /// What [`Self::commit`] will do, for the row of intent. With `--atomic`, one refusal
    /// refuses all.
    pub fn accepted(&self) -> Vec<&Command> {
        let all = &self.request.commands;
        if self.request.atomic && all.iter().any(|command| command.refusal.is_some()) {
            return Vec::new();
        }
        all.iter().filter(|command| command.refusal.is_none()).collect()
    }

    /// Moves objects and references into place. When this returns, what was accepted is on
    /// disk; a reference that somebody else moved meanwhile is refused, the others stand.
    ///
    /// Once begun it runs to its end, also when the client goes away and the future is
    /// dropped: git killed in the middle of a transaction would leave its locks behind.
    ///
    /// # Errors
    /// Failures of the disk. References may then have moved: compare them with the intent.
    pub async fn commit(self) -> Result<Outcome> {
        match tokio::spawn(self.commit_to_the_end()).await {
            Ok(outcome) => outcome,
            Err(failure) => {
                tracing::error!(%failure, "the end of a push broke off");
                Err(GitError::Damaged("the end of the push broke off".to_owned()))
            }
        }
    }

    async fn commit_to_the_end(mut self) -> Result<Outcome> {
        proposals::refuse_unrecorded(&mut self.request.commands);
        commands::settle_atomic(&mut self.request);
        self.drop_useless_quarantine();
        if self.request.commands.iter().any(|command| command.refusal.is_none()) {
            let repository = self.repository.clone();
            let writer = repository.shared.writer(repository.id);
            let _turn = writer.lock().await;
            if let Some(quarantine) = self.quarantine.take() {
                let folder = repository.folder();
                blocking(move || quarantine.migrate(&folder)).await?;
            }
            references::apply(&repository, &mut self.request).await?;
            let folder = repository.folder();
            blocking(move || durable::sync_file_system(&folder)).await?;
            repository.shared.forget(repository.id);
            note_forced(&repository, &mut self.request.commands).await;
        }
        let unpack_error = self.unpack_error.take();
        Ok(Outcome { request: self.request, unpack_error })
    }

    fn refuse_all(&mut self, refusal: Refusal) {
        for command in &mut self.request.commands {
            command.refusal.get_or_insert_with(|| refusal.clone());
        }
        self.unpack_error = Some(refusal);
    }

    /// Objects that no accepted command needs leave at once.
    fn drop_useless_quarantine(&mut self) {
        let needed = self
            .request
            .commands
            .iter()
            .any(|command| command.refusal.is_none() && command.new.is_some());
        if !needed {
            self.quarantine = None;
        }
    }
}

/// Finds out which proposals put a rewritten history in the place of the version before: words
/// for the report only, so that no failure here undoes what has landed.
async fn note_forced(repository: &Repository, commands: &mut [Command]) {
    for command in commands.iter_mut().filter(|command| command.refusal.is_none()) {
        let previous = command.versions.first().and_then(|version| version.previous);
        if let (Some(_), Some(previous), Some(new)) = (&command.proposal, previous, command.new) {
            command.forced = repository.is_ancestor(previous, new).await.is_ok_and(|kept| !kept);
        }
    }
}

impl Outcome {
    /// The commands: what was done, and what was refused and why.
    pub fn commands(&self) -> &[Command] {
        &self.request.commands
    }

    /// The body of the answer. Each note becomes a `remote:` line, after the reasons of the
    /// refusals.
    pub fn report(&self, notes: &[String]) -> bytes::Bytes {
        report::write(&self.request, self.unpack_error.as_ref(), notes)
    }
}

impl Repository {
    /// What a reference names, itself: a tag object stays a tag object. For bringing rows of
    /// intent and references together after a crash.
    pub async fn reference(&self, name: &RefName) -> Result<Option<Oid>> {
        let name = name.clone();
        self.read(move |repo| {
            let found = crate::read::ref_target(repo, name.as_str().as_bytes())?;
            Ok(found.map(crate::repository::from_gix))
        })
        .await
    }
}
