//! What a push is told in the end.

use bytes::Bytes;

use super::commands::{Command, Refusal, ReportForm, Request};
use crate::pktline;

/// The side-band of the report.
const REPORT: u8 = 1;
/// The side-band that git prints as `remote:` lines.
const WORDS: u8 = 2;
/// Characters of a short reason.
const SHORT_MAX: usize = 200;

/// Reasons and notes on side-band 2, then `report-status` on side-band 1.
pub(crate) fn write(request: &Request, unpack_error: Option<&Refusal>, notes: &[String]) -> Bytes {
    let mut out = Vec::new();
    if request.side_band {
        let mut words = Vec::new();
        if let Some(refusal) = unpack_error {
            words.push(refusal.sentence.clone());
        }
        for command in &request.commands {
            let Some(refusal) = command.refusal.as_ref() else { continue };
            if Some(refusal) != unpack_error {
                let name = one_line(&String::from_utf8_lossy(&command.raw));
                words.push(format!("{name}: {}", refusal.sentence));
            }
        }
        words.extend_from_slice(notes);
        for line in words.iter().flat_map(|words| words.lines()) {
            pktline::write_band(&mut out, WORDS, format!("{}\n", printable(line)).as_bytes());
        }
    }
    if let Some(form) = request.report {
        let report = status(request, form, unpack_error);
        match request.side_band {
            true => pktline::write_band(&mut out, REPORT, &report),
            false => out.extend_from_slice(&report),
        }
    }
    if request.side_band {
        out.extend_from_slice(pktline::FLUSH);
    }
    out.into()
}

fn status(request: &Request, form: ReportForm, unpack_error: Option<&Refusal>) -> Vec<u8> {
    let mut report = Vec::new();
    let unpack = unpack_error.map_or("ok", |refusal| refusal.short.as_str());
    pktline::write(&mut report, format!("unpack {unpack}\n"));
    for command in &request.commands {
        let line = match &command.refusal {
            None => [b"ok ", command.raw.as_slice(), b"\n"].concat(),
            Some(refusal) => {
                let reason = format!(" {}\n", refusal.short);
                [b"ng ", command.raw.as_slice(), reason.as_bytes()].concat()
            }
        };
        pktline::write(&mut report, line);
        if form == ReportForm::V2 && command.refusal.is_none() {
            taken_as(&mut report, command);
        }
    }
    report.extend_from_slice(pktline::FLUSH);
    report
}

/// Under which name a proposal was taken (gitprotocol-pack(5), `option-line`).
fn taken_as(report: &mut Vec<u8>, command: &Command) {
    let version = command.versions.first().filter(|_| command.proposal.is_some());
    let (Some(version), Some(new)) = (version, command.new) else { return };
    pktline::write(report, format!("option refname {}\n", version.head_name()));
    if let Some(old) = version.previous {
        pktline::write(report, format!("option old-oid {old}\n"));
    }
    pktline::write(report, format!("option new-oid {new}\n"));
    if command.forced {
        pktline::write(report, "option forced-update\n");
    }
}

/// A short reason: one line, bounded, nothing that a terminal would obey.
pub(crate) fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r'], " ")).chars().take(SHORT_MAX).collect()
}

/// Text without what a terminal would obey (security.md A1 #22).
pub(crate) fn printable(text: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    let obeyed = |c: char| c.is_control() || turns(c) || matches!(c, '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !obeyed(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_terminal_cannot_command_it() {
        assert_eq!(one_line("a\u{1b}]0;x\u{7}b\nc\u{202e}d"), "a]0;xb cd");
        assert_eq!(one_line(&"x".repeat(500)).len(), 200);
    }
}
