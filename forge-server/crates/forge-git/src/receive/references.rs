//! Moving the references: all at once when nobody was faster, one by one when somebody was.

use forge_domain::names::Oid;

use super::commands::{Command, Request};
use crate::{error::Result, repository::Repository};

/// Applies the accepted commands; refuses those whose reference moved meanwhile.
pub(crate) async fn apply(repository: &Repository, request: &mut Request) -> Result<()> {
    let atomic = request.atomic;
    let mut accepted: Vec<&mut Command> =
        request.commands.iter_mut().filter(|command| command.refusal.is_none()).collect();
    let together = transaction(accepted.iter().map(|command| &**command));
    let Some(words) = run(repository, &together).await? else { return Ok(()) };
    if atomic || accepted.len() == 1 {
        for command in &mut accepted {
            refuse(command, &words, atomic);
        }
        return Ok(());
    }
    // What goes makes room first, as when topic is replaced by topic/x.
    accepted.sort_by_key(|command| command.new.is_some());
    for command in &mut accepted {
        if let Some(words) = run(repository, &transaction([&**command])).await? {
            refuse(command, &words, false);
        }
    }
    Ok(())
}

/// One transaction: each reference moves only from the value its command names, and the
/// versions of merge requests that it brings are written with it. A proposal has no other.
fn transaction<'a>(commands: impl IntoIterator<Item = &'a Command>) -> Vec<u8> {
    let mut input = b"start\0".to_vec();
    for command in commands {
        if let Some(name) = &command.name {
            input.extend_from_slice(&line(name.as_str(), command.old, command.new));
        }
        let Some(new) = command.new else { continue };
        for one in command.versions.iter().flat_map(|version| version.moves(new)) {
            input.extend_from_slice(&line(&one.name, one.old, Some(one.new)));
        }
    }
    input.extend_from_slice(b"prepare\0commit\0");
    input
}

fn line(name: &str, old: Option<Oid>, new: Option<Oid>) -> Vec<u8> {
    let line = match (old, new) {
        (None, Some(new)) => format!("create {name}\0{new}\0"),
        (Some(old), Some(new)) => format!("update {name}\0{new}\0{old}\0"),
        (Some(old), None) => format!("delete {name}\0{old}\0"),
        (None, None) => String::new(),
    };
    line.into_bytes()
}

/// Runs it; nothing when it went through, git's words when it changed nothing.
async fn run(repository: &Repository, transaction: &[u8]) -> Result<Option<String>> {
    let git = &repository.shared.git;
    let mut command = git.command(&repository.folder());
    command.args(["update-ref", "--no-deref", "--stdin", "-z"]);
    let finished = git.run(&mut command, transaction).await?;
    Ok((!finished.success).then_some(finished.words))
}

fn refuse(command: &mut Command, words: &str, atomic: bool) {
    if words.contains("cannot create") {
        command.refuse(
            "name in the way",
            "A branch and a folder of branches cannot share a name, as in topic and topic/x.",
        );
    } else if words.contains("cannot lock ref") || words.contains("Unable to create") {
        command.refuse(
            if atomic { "atomic push failed" } else { "fetch first" },
            "A reference has moved while this push was checked: fetch, and push again.",
        );
    } else {
        tracing::error!(%words, "references were not moved");
        command.refuse("failed to update ref", "The server could not move this reference.");
    }
}
