//! What is wrong with a ledger, in the reader's language.

use forge_api::ledger::LedgerFault;
use forge_domain::ledger::Finding;
use forge_messages::Arg;

use crate::text::Texts;

/// The words for what the rules found.
pub(crate) fn finding(texts: &Texts, finding: &Finding) -> LedgerFault {
    let mut args: Vec<(&str, Arg<'_>)> = Vec::new();
    let seq = match finding {
        Finding::Gap { expected, found } => {
            args.push(("found", number(*found).into()));
            Some(*expected)
        }
        Finding::Unlawful { seq, why } => {
            args.push(("why", why.to_string().into()));
            Some(*seq)
        }
        Finding::NotCanonical { seq }
        | Finding::BrokenLink { seq }
        | Finding::WrongReversal { seq }
        | Finding::Repeated { seq } => Some(*seq),
        Finding::BadCheckpoint { place, why } => {
            args.push(("place", (*place).into()));
            args.push(("why", why.to_string().into()));
            None
        }
        Finding::CheckpointMismatch { size, sound } => {
            args.push(("size", number(*size).into()));
            Some(sound + 1)
        }
        Finding::Rollback { signed, found } => {
            args.push(("signed", number(*signed).into()));
            args.push(("found", number(*found).into()));
            Some(found + 1)
        }
        Finding::CheckpointsShrink { from, to } => {
            args.push(("from", number(*from).into()));
            args.push(("to", number(*to).into()));
            None
        }
    };
    fault(texts, finding.code(), seq.map(number), args)
}

/// The words for a line that is no entry.
pub(crate) fn unreadable(texts: &Texts, file: &str, line: usize, why: &str) -> LedgerFault {
    let args = vec![("file", file.into()), ("line", line.into()), ("why", why.into())];
    fault(texts, "unreadable_entry", None, args)
}

/// The words for what was found by comparing.
pub(crate) fn plain(texts: &Texts, code: &str, seq: Option<i64>) -> LedgerFault {
    fault(texts, code, seq, Vec::new())
}

fn fault(
    texts: &Texts,
    code: &str,
    seq: Option<i64>,
    mut args: Vec<(&str, Arg<'_>)>,
) -> LedgerFault {
    args.extend(seq.map(|seq| ("seq", seq.into())));
    let key = format!("cli-fault-{}", code.replace('_', "-"));
    LedgerFault { code: code.to_owned(), seq, message: texts.with(&key, &args) }
}

fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
