//! A push, from its first command to its report (security.md B2.2).

use bytes::Bytes;
use forge_domain::{Id, id, names::RefName};
use forge_git::{Command, Effect, Received};
use forge_messages::Arg;
use tokio::io::AsyncRead;
use uuid::Uuid;

use super::{
    answer::Failure,
    entrance::{Entered, FreeName},
    reconcile,
};
use crate::{
    actions::{
        modules::CreateModule,
        pushes::{self, Move, RecordPush},
    },
    app::{App, By},
    auth::{
        ApiCaller,
        module::{self, Opened},
    },
    error::{Error, Refusal},
    wording,
};

/// Takes a push; the body of the answer. When it is given, everything it says is on disk.
pub(super) async fn take<R>(
    app: &App,
    caller: &ApiCaller,
    entered: Entered,
    body: R,
) -> Result<Bytes, Failure>
where
    R: AsyncRead + Send + Unpin,
{
    let mut notes = Vec::new();
    let to = match entered {
        Entered::Module(opened) => opened,
        Entered::Free(name) => Box::new(create(app, caller, name, &mut notes).await?),
    };
    let repository = app.repositories.get(to.module.id.uuid()).await?;
    let mut push = repository.begin_push(body).await?;
    if push.is_empty() {
        return Ok(Bytes::new());
    }
    for command in push.commands_mut() {
        let Some(asked) = asked(command) else { continue };
        match pushes::judge(caller.actor(), &to, &asked) {
            Ok(()) => {}
            Err(Error::Forbidden(why)) => refuse(app, &caller.by, command, &why),
            Err(error) => return Err(error.into()),
        }
    }
    let received = push.receive().await?;
    // From here on a client that goes away changes nothing: what was begun is finished.
    let work = complete(app.clone(), caller.by.clone(), *to, received, notes);
    tokio::spawn(work).await.map_err(anyhow::Error::from).map_err(Error::from)?
}

/// Push to create: the module is there before the commands are read, so that the rest is a push
/// like any other.
async fn create(
    app: &App,
    caller: &ApiCaller,
    name: FreeName,
    notes: &mut Vec<String>,
) -> Result<Opened, Failure> {
    let action = CreateModule {
        id: Id::new(Uuid::now_v7()),
        owner: name.owner,
        slug: name.module,
        title: String::new(),
        description: String::new(),
        default_branch: None,
        council: None,
    };
    let module = app.act(&caller.by, action).await?;
    let opened = module::open(app, caller.actor(), &module.owner, &module.slug).await?;
    let address = format!("{}/{}", app.public_url, opened.path());
    let words = [("path", Arg::from(opened.path())), ("address", Arg::from(address))];
    notes.push(app.messages.text(caller.by.locale, "git-created", &words));
    Ok(opened)
}

/// Intent, references, end: three steps of which a crash after any can be repaired.
async fn complete(
    app: App,
    by: By,
    to: Opened,
    mut received: Received,
    notes: Vec<String>,
) -> Result<Bytes, Failure> {
    let id: Id<id::Push> = Id::new(Uuid::now_v7());
    let module = to.module.id;
    let moves: Vec<Move> = received.accepted().into_iter().filter_map(asked).collect();
    let refused = received.commands().iter().filter_map(told).collect();
    let record = RecordPush { id, module, moves: moves.clone(), refused };
    for (name, why) in app.act(&by, record).await? {
        let commands = received.commands_mut().iter_mut();
        for command in commands.filter(|command| command.name.as_ref() == Some(&name)) {
            refuse(&app, &by, command, &why);
        }
    }
    let outcome = match received.commit().await {
        Ok(outcome) => outcome,
        Err(error) => {
            // Some references may have moved: the intent is compared with them at once.
            reconcile::settle(&app, id, module).await?;
            return Err(error.into());
        }
    };
    let stands = |name: &RefName| {
        let mut commands = outcome.commands().iter();
        commands.any(|command| command.name.as_ref() == Some(name) && command.refusal().is_none())
    };
    let names = moves.into_iter().map(|asked| asked.name);
    let (landed, failed): (Vec<_>, Vec<_>) = names.partition(|name| stands(name));
    if !(landed.is_empty() && failed.is_empty()) {
        pushes::finish(&app, id, module, &landed, &failed).await?;
    }
    Ok(outcome.report(&notes))
}

/// A command as the rules see it; none where it is refused already.
fn asked(command: &Command) -> Option<Move> {
    if command.refusal().is_some() {
        return None;
    }
    let rewrites = command.effect == Some(Effect::Rewrite);
    let name = command.name.clone()?;
    Some(Move { name, old: command.old, new: command.new, rewrites })
}

/// A refused command, for the audit log.
fn told(command: &Command) -> Option<(String, String)> {
    let why = command.refusal()?;
    let name = command.name.as_ref().map(|name| name.as_str().to_owned());
    Some((name.unwrap_or_default(), why.short.clone()))
}

/// The code stands in git's own table, the sentence on a `remote:` line.
fn refuse(app: &App, by: &By, command: &mut Command, why: &Refusal) {
    let sentence = wording::refused(app, by.locale, why);
    command.refuse(&why.code.replace('_', " "), &sentence);
}
