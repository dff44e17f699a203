//! `forge ledger verify`: from a clone of the meta-repository alone, or a server against a clone.

use std::path::PathBuf;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::Args;
use forge_api::ledger::{LedgerFault, LedgerVerification};
use forge_domain::{
    hex,
    ledger::{Hash, Verifier},
};

use crate::{
    context::Context,
    failure::{Exit, Failure},
    ledger::{
        check::{self, Against, KnownHead},
        clone::{self, Found},
        served,
    },
    shown,
    text::Texts,
};

#[derive(Debug, Args)]
pub(crate) struct Verify {
    space: Option<String>,
    #[arg(long, value_name = "PATH")]
    repo: Option<PathBuf>,
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    #[arg(long, value_name = "SIZE:ROOT")]
    known: Vec<String>,
    #[arg(long, value_name = "PATH")]
    against: Option<PathBuf>,
}

impl Verify {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let texts = &context.texts;
        let known = self.known.iter().map(|text| known(text, texts)).collect::<Result<_, _>>()?;
        let clone = |path: &PathBuf| clone::read(path, texts);
        let (found, older) = match &self.space {
            // The clone is the witness, older than what the server tells now.
            Some(space) => {
                let older = self.repo.as_ref().or(self.against.as_ref()).map(clone);
                (served::read(&context.client()?, space)?, older.transpose()?)
            }
            None => {
                let here = PathBuf::from(".");
                let found = clone(self.repo.as_ref().unwrap_or(&here))?;
                (found, self.against.as_ref().map(clone).transpose()?)
            }
        };
        let own = self.space.as_ref().map(|space| served::own(&context.client()?, space));
        let own = own.transpose()?;
        let nothing = found.lines.is_empty() && found.notes.is_empty() && older.is_none();
        if let (true, Some(own)) = (nothing, &own) {
            // Nothing was ever written, so there is no key yet either.
            return tell(context, own, texts.say("cli-ledger-empty"));
        }
        let key = self.key(&found, older.as_ref(), texts)?;
        let against = Against { known, older, may_wait: own.is_some() };
        let mut answer = check::check(&found, &key, &against, texts);
        if let Some(own) = own {
            let new = |fault: &LedgerFault| {
                !answer.faults.iter().any(|told| (&told.code, told.seq) == (&fault.code, fault.seq))
            };
            let more: Vec<_> = own.faults.into_iter().filter(new).collect();
            answer.faults.extend(more);
            answer.verified = answer.faults.is_empty();
        }
        let more = More {
            known: check::known_heads(&found, &key, &against),
            closed: check::closed(&found),
        };
        tell(context, &answer, words(&answer, (&key, &more), texts))
    }

    /// The key to believe: the one given, else what the older clone knew, else the clone's own.
    fn key(
        &self,
        found: &Found,
        older: Option<&Found>,
        texts: &Texts,
    ) -> Result<Verifier, Failure> {
        let kept = || older.and_then(Found::first_key).or_else(|| found.first_key());
        let text = self.key.as_deref().or_else(kept);
        let text = text
            .ok_or_else(|| Failure::new(Exit::Unsound, "no_key", texts.say("cli-ledger-no-key")))?;
        text.trim().parse().map_err(|_| {
            let args = [("key", text.trim().into())];
            Failure::new(Exit::Usage, "invalid_key", texts.with("cli-ledger-bad-key", &args))
        })
    }
}

/// Answers, with the status of what was found.
fn tell(context: &Context, answer: &LedgerVerification, words: String) -> Result<(), Failure> {
    context.output.answer(answer, || words)?;
    if answer.verified { Ok(()) } else { Err(Failure::told(Exit::Unsound)) }
}

/// Reads `SIZE:ROOT`, the root in base64 or hexadecimal.
fn known(text: &str, texts: &Texts) -> Result<(u64, Hash), Failure> {
    let root = |root: &str| {
        let bytes = || BASE64_STANDARD.decode(root).ok().and_then(|bytes| bytes.try_into().ok());
        hex::decode::<32>(root).or_else(bytes)
    };
    let parts = text.split_once(':');
    let read = parts.and_then(|(size, hash)| Some((size.trim().parse().ok()?, root(hash.trim())?)));
    read.ok_or_else(|| {
        let args = [("known", text.into())];
        Failure::new(Exit::Usage, "invalid_head", texts.with("cli-ledger-bad-head", &args))
    })
}

/// What a person is told beside the answer.
struct More {
    known: Vec<KnownHead>,
    closed: Vec<(String, usize)>,
}

fn words(answer: &LedgerVerification, (key, more): (&Verifier, &More), texts: &Texts) -> String {
    let args = [
        ("origin", key.name().into()),
        ("entries", answer.entries.into()),
        ("checkpoints", answer.checkpoints.into()),
        ("root", (&answer.root).into()),
        ("key", key.to_string().into()),
    ];
    let mut lines = vec![
        texts.with("cli-ledger-read", &args),
        texts.with("cli-ledger-heads", &args),
        texts.with("cli-ledger-root", &args),
    ];
    if answer.verified {
        lines.push(texts.with("cli-ledger-sound", &args));
        for head in &more.known {
            let from = texts.say(&format!("cli-ledger-known-{}", head.from));
            let size = i64::try_from(head.size).unwrap_or(i64::MAX);
            let from = match &head.day {
                Some(day) => format!("{from}, {}", shown::day(day, texts)),
                None => from,
            };
            lines.push(
                texts.with("cli-ledger-known", &[("from", from.into()), ("size", size.into())]),
            );
        }
        for (call, left) in &more.closed {
            let args = [("call", call.into()), ("left", (*left).into())];
            lines.push(texts.with("cli-ledger-closed", &args));
        }
    }
    lines.extend(answer.faults.iter().map(|fault| format!("  - {}", fault.message)));
    lines.push(match answer.faults.len() {
        0 => texts.with("cli-ledger-verified", &args),
        n => texts.with("cli-ledger-unsound", &[("n", n.into())]),
    });
    lines.join("\n")
}
