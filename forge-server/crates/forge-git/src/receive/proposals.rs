//! Proposals: `git push origin HEAD:refs/for/main` asks for a merge into `main`, without a fork
//! and without a branch. Nothing is ever written under the name that was pushed to.

use forge_domain::names::RefName;

use super::commands::{Command, Request};
use crate::{
    error::{GitError, Result},
    read::ref_target,
};

/// What every reference for proposals begins with.
const FOR: &str = "refs/for/";
/// Folders in the name of a branch, and of a topic behind it, that are searched.
const DEPTH_MAX: usize = 16;
/// Characters of a title.
const TITLE_CHARS_MAX: usize = 200;
/// Characters of a topic.
const TOPIC_CHARS_MAX: usize = 100;

/// What a push to `refs/for/…` asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The branch into which it shall be merged. It exists.
    pub base: RefName,
    /// What stands behind the branch, as `topic` in `refs/for/main/topic`: pushing there again
    /// adds a version to the same request.
    pub topic: Option<String>,
}

/// What the options of a push say of its proposals: `git push -o title=… -o topic=… -o draft`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalOptions {
    /// The title, at most 200 characters.
    pub title: Option<String>,
    /// The description: one option a line, in their order.
    pub description: Option<String>,
    /// The topic, at most 100 characters, for a push that names none in its reference.
    pub topic: Option<String>,
    /// Whether it is, or is no longer, a draft.
    pub draft: Option<bool>,
    /// Options that mean nothing here, to be told to whoever pushed: they are no reason to
    /// refuse anything.
    pub unknown: Vec<String>,
}

impl ProposalOptions {
    /// Reads the options; of a title or topic given twice, the last one counts.
    pub(crate) fn read(options: &[String]) -> Self {
        let mut read = Self::default();
        let bounded = |text: &str, chars_max| {
            let text = text.trim();
            Some(text.to_owned()).filter(|_| !text.is_empty() && text.chars().count() <= chars_max)
        };
        for option in options {
            let (key, value) = option.split_once('=').unwrap_or((option, ""));
            let known = match key {
                "title" => {
                    bounded(value, TITLE_CHARS_MAX).map(|title| read.title = Some(title)).is_some()
                }
                "topic" => bounded(value, TOPIC_CHARS_MAX)
                    .filter(|topic| is_topic(topic))
                    .map(|topic| read.topic = Some(topic))
                    .is_some(),
                "description" => {
                    let text = read.description.get_or_insert_default();
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(value);
                    true
                }
                "draft" => {
                    let says = match value {
                        "" | "true" | "yes" | "1" => Some(true),
                        "false" | "no" | "0" => Some(false),
                        _ => None,
                    };
                    read.draft = says.or(read.draft);
                    says.is_some()
                }
                _ => false,
            };
            if !known {
                read.unknown.push(option.clone());
            }
        }
        read
    }
}

/// A topic is written as the end of a reference is, wherever it comes from.
fn is_topic(text: &str) -> bool {
    text.chars().count() <= TOPIC_CHARS_MAX && RefName::branch(text).is_ok()
}

/// What stands behind `refs/for/`; nothing for another reference.
pub(crate) fn asked(raw: &[u8]) -> Option<&[u8]> {
    raw.strip_prefix(FOR.as_bytes())
}

/// Finds the base of each proposal among the branches there are. Two branches cannot answer to
/// one name: git lets no branch `main/x` stand beside `main`.
pub(crate) fn find_bases(repo: &gix::Repository, request: &mut Request) -> Result<()> {
    for command in request.commands.iter_mut().filter(|command| command.refusal.is_none()) {
        let Some(asked) = asked(&command.raw) else { continue };
        let Ok(whole) = std::str::from_utf8(asked) else { continue };
        command.proposal = find_base(repo, whole)?;
        refuse_odd(command);
    }
    Ok(())
}

fn find_base(repo: &gix::Repository, whole: &str) -> Result<Option<Proposal>> {
    let ends = whole.match_indices('/').map(|(at, _)| at).take(DEPTH_MAX);
    for end in ends.chain([whole.len()]) {
        let Ok(base) = RefName::branch(&whole[..end]) else { continue };
        if ref_target(repo, base.as_str().as_bytes())?.is_none() {
            continue;
        }
        let topic = whole.get(end + 1..).map(str::to_owned);
        return Ok(Some(Proposal { base, topic }));
    }
    Ok(None)
}

fn refuse_odd(command: &mut Command) {
    let topic_fits = |proposal: &Proposal| proposal.topic.as_deref().is_none_or(is_topic);
    if command.new.is_none() {
        command.refuse(
            "nothing to delete",
            "A merge request is closed on its page, not by deleting a reference.",
        );
    } else if command.old.is_some() {
        // It is never listed, so no client can have seen it.
        command.refuse("fetch first", "Nothing stands under this name: fetch, and push again.");
    } else if command.proposal.is_none() {
        command.refuse(
            "no such branch",
            "There is no branch to propose to under this name; write refs/for/ and the branch, \
             as in refs/for/main.",
        );
    } else if !command.proposal.as_ref().is_some_and(topic_fits) {
        command.refuse("invalid topic", "A topic is a short name of at most 100 characters.");
    }
}

/// Whoever takes no proposals leaves them without a version: then nothing may pass for done.
pub(crate) fn refuse_unrecorded(commands: &mut [Command]) {
    for command in commands {
        if command.proposal.is_some() && command.versions.is_empty() {
            command.refuse(
                "no merge requests here",
                "Merge requests cannot be pushed to this repository: push a branch instead.",
            );
        }
    }
}

/// A name that git would refuse is refused before anything is looked up under it.
pub(crate) fn check_name(asked: &[u8]) -> Result<()> {
    let text = std::str::from_utf8(asked).unwrap_or("\0");
    RefName::branch(text).map(|_| ()).map_err(|error| GitError::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: &[&str]) -> ProposalOptions {
        ProposalOptions::read(&options.iter().map(|&o| o.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_what_means_nothing_is_kept_to_be_told() {
        let read = read(&[
            "title=First",
            "title= Pay by part = whole ",
            "description=Why.",
            "description=",
            "description=How = thus.",
            "topic=payments/parts",
            "draft",
            "repo.private=false",
            "a;b=c",
        ]);
        let expected = ProposalOptions {
            title: Some("Pay by part = whole".to_owned()),
            description: Some("Why.\n\nHow = thus.".to_owned()),
            topic: Some("payments/parts".to_owned()),
            draft: Some(true),
            unknown: vec!["repo.private=false".to_owned(), "a;b=c".to_owned()],
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn what_does_not_fit_is_told_and_changes_nothing() {
        let long = format!("title={}", "x".repeat(201));
        let odd = [long.as_str(), "title=", "topic=../x", "topic=-x", "draft=perhaps", "TITLE=x"];
        let read = read(&odd);
        assert_eq!(read, ProposalOptions { unknown: read.unknown.clone(), ..Default::default() });
        assert_eq!(read.unknown, odd);
        assert_eq!(super::tests::read(&["draft", "draft=false"]).draft, Some(false));
    }
}
