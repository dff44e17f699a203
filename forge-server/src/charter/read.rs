//! Reading `charter.toml`: strictly, every fault with its line.

use std::{collections::BTreeMap, ops::Range};

use forge_domain::{
    calendar,
    charter::{Charter, CharterFault, Escalation, InKindTerms, Waiver, WrittenVotes},
    funds::CARRIED_BELOW_DEFAULT,
    money::{Amount, Currency},
    sharing::Band,
    vote::{Electorate, Step, VoteKind, VoteRule, VoteTerms},
};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

/// The whole, in basis points.
const WHOLE_BP: u32 = 10_000;
/// The longest notice, in days.
const NOTICE_DAYS_MAX: u32 = 730;

/// Why a `charter.toml` is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CharterError {
    /// Not TOML, an unknown key, a word or a number that has no place there.
    #[error("line {line}: {why}")]
    Unreadable {
        /// From 1.
        line: usize,
        /// What the reader of TOML says.
        why: String,
    },
    /// A rule that cannot be.
    #[error("line {line}: {fault}")]
    Rule {
        /// From 1.
        line: usize,
        /// Which.
        fault: CharterFault,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    #[serde(default)]
    votes: Votes,
    withdrawal: Option<Withdrawal>,
    late_joiner: Option<LateJoiner>,
    in_kind: Option<InKind>,
    reserve: Option<Reserve>,
    refund: Option<Refund>,
    review: Option<Review>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Votes {
    default: Option<Spanned<Terms>>,
    charter: Option<Spanned<Terms>>,
    admit: Option<Spanned<Terms>>,
    call_open: Option<Spanned<Terms>>,
    call_extend: Option<Spanned<Terms>>,
    milestone_accept: Option<Spanned<Terms>>,
    scope_change: Option<Spanned<Terms>>,
    write_off: Option<Spanned<Terms>>,
    supplier: Option<Spanned<Terms>>,
    late_joiner: Option<Spanned<Terms>>,
    dispute: Option<Spanned<Terms>>,
    close: Option<Spanned<Terms>>,
    other: Option<Spanned<Terms>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    rule: Option<String>,
    electorate: Option<String>,
    quorum_bp: Option<u32>,
    majority_bp: Option<u32>,
    days: Option<u32>,
    abstentions_count: Option<bool>,
    casting_vote: Option<bool>,
    technical_veto: Option<bool>,
    #[serde(default)]
    bands: Vec<BandRow>,
    #[serde(default)]
    steps: Vec<StepRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandRow {
    upto: Option<u64>,
    weight: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepRow {
    from: i64,
    votes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    before_confirmation: Option<Spanned<String>>,
    notice_days: Option<Spanned<u32>>,
    after_confirmation: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LateJoiner {
    policy: Option<Spanned<String>>,
    #[serde(default)]
    escalator: Vec<EscalatorRow>,
    #[serde(default)]
    waiver: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EscalatorRow {
    from: Spanned<String>,
    bp: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InKind {
    day_rate: Spanned<i64>,
    currency: Spanned<String>,
    max_share_bp: Spanned<u32>,
    /// Whoever approves work in kind; the lead alone can, so far.
    #[serde(default)]
    approved_by: Approver,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Approver {
    #[default]
    Lead,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reserve {
    bp: Spanned<u32>,
}

/// What becomes of refunds too small to be sent (domain.md §c14).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refund {
    /// In minor units; 5.00 where it is not said.
    carried_below: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    other_council_required: bool,
}

/// Reads the machine part of a charter.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn parse(text: &str) -> Result<Charter, CharterError> {
    let file: File = toml::from_str(text).map_err(|error| CharterError::Unreadable {
        line: line_of(text, error.span().unwrap_or_default()),
        why: error.message().to_owned(),
    })?;
    let read = Reader(text);
    let mut charter = Charter::silent(*file.version.get_ref()).with_votes(read.votes(file.votes)?);
    if *file.version.get_ref() == 0 {
        return Err(read.rule(file.version.span(), CharterFault::Version { expected: 1 }));
    }
    if let Some(part) = file.withdrawal {
        read.word(part.before_confirmation, &mut charter.before_confirmation)?;
        read.word(part.after_confirmation, &mut charter.after_confirmation)?;
        if let Some(days) = part.notice_days {
            read.at_most(&days, NOTICE_DAYS_MAX, CharterFault::Notice)?;
            charter.notice_days = days.into_inner();
        }
    }
    if let Some(part) = file.late_joiner {
        read.word(part.policy, &mut charter.late_joiner)?;
        charter.escalator = read.escalator(part.escalator)?;
        for word in part.waiver {
            let mut waiver = Waiver::PastFunder;
            read.word(Some(word), &mut waiver)?;
            charter.waiver.push(waiver);
        }
    }
    charter.in_kind = file.in_kind.map(|part| read.in_kind(part)).transpose()?;
    if let Some(part) = file.reserve {
        read.at_most(&part.bp, WHOLE_BP, CharterFault::BasisPoints)?;
        charter.reserve_bp = part.bp.into_inner();
    }
    if let Some(part) = file.refund {
        charter.carried_below = match part.carried_below {
            None => CARRIED_BELOW_DEFAULT,
            Some(amount) if *amount.get_ref() < 0 => {
                return Err(read.rule(amount.span(), CharterFault::Amount));
            }
            Some(amount) => Amount::from_minor(amount.into_inner()),
        };
    }
    charter.other_council_reviews = file.review.is_some_and(|part| part.other_council_required);
    Ok(charter)
}

/// Holds a charter that is proposed against the one in force.
///
/// # Errors
/// As [`parse`], and where its version is not the next.
pub fn parse_next(text: &str, in_force: u32) -> Result<Charter, CharterError> {
    let charter = parse(text)?;
    let expected = in_force.saturating_add(1);
    if charter.version == expected {
        return Ok(charter);
    }
    let line = text.lines().position(|line| line.trim_start().starts_with("version"));
    let line = line.map_or(1, |at| at + 1);
    Err(CharterError::Rule { line, fault: CharterFault::Version { expected } })
}

/// The text, for the lines of what is wrong in it.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    fn votes(&self, votes: Votes) -> Result<WrittenVotes, CharterError> {
        let default = votes.default.map(|terms| self.terms(VoteKind::Other, terms)).transpose()?;
        let mut named = BTreeMap::new();
        for (kind, terms) in [
            (VoteKind::Charter, votes.charter),
            (VoteKind::Admit, votes.admit),
            (VoteKind::CallOpen, votes.call_open),
            (VoteKind::CallExtend, votes.call_extend),
            (VoteKind::MilestoneAccept, votes.milestone_accept),
            (VoteKind::ScopeChange, votes.scope_change),
            (VoteKind::WriteOff, votes.write_off),
            (VoteKind::Supplier, votes.supplier),
            (VoteKind::LateJoiner, votes.late_joiner),
            (VoteKind::Dispute, votes.dispute),
            (VoteKind::Close, votes.close),
            (VoteKind::Other, votes.other),
        ] {
            if let Some(terms) = terms {
                named.insert(kind, self.terms(kind, terms)?);
            }
        }
        Ok(WrittenVotes { default, named })
    }

    /// What is not said of a vote is as usual for its kind.
    fn terms(&self, kind: VoteKind, terms: Spanned<Terms>) -> Result<VoteTerms, CharterError> {
        let (span, terms) = (terms.span(), terms.into_inner());
        let usual = VoteTerms::usual(kind);
        let (mut rule, mut electorate): (VoteRule, Electorate) = (usual.rule, usual.electorate);
        self.word(terms.rule.map(|word| Spanned::new(span.clone(), word)), &mut rule)?;
        let asked = terms.electorate.map(|word| Spanned::new(span.clone(), word));
        self.word(asked, &mut electorate)?;
        let bands = terms.bands.iter().map(|row| Band { upto: row.upto, weight: row.weight });
        let steps = terms
            .steps
            .iter()
            .map(|row| Step { from: Amount::from_minor(row.from), votes: row.votes });
        let read = VoteTerms {
            rule,
            electorate,
            quorum_bp: terms.quorum_bp.unwrap_or(usual.quorum_bp),
            majority_bp: terms.majority_bp.unwrap_or(usual.majority_bp),
            days: terms.days.unwrap_or(usual.days),
            abstentions_count: terms.abstentions_count.unwrap_or(usual.abstentions_count),
            casting_vote: terms.casting_vote.unwrap_or(usual.casting_vote),
            technical_veto: terms.technical_veto.unwrap_or(usual.technical_veto),
            bands: bands.collect(),
            steps: steps.collect(),
        };
        match read.check().first() {
            Some(&fault) => Err(self.rule(span, fault.into())),
            None => Ok(read),
        }
    }

    fn escalator(&self, rows: Vec<EscalatorRow>) -> Result<Vec<Escalation>, CharterError> {
        let mut read: Vec<Escalation> = Vec::new();
        for row in rows {
            let from: Date = calendar::parse_date(row.from.get_ref())
                .map_err(|error| self.unreadable(row.from.span(), error.to_string()))?;
            if read.last().is_some_and(|last| last.from >= from) {
                return Err(self.rule(row.from.span(), CharterFault::Escalator));
            }
            read.push(Escalation { from, bp: row.bp });
        }
        Ok(read)
    }

    fn in_kind(&self, part: InKind) -> Result<InKindTerms, CharterError> {
        let Approver::Lead = part.approved_by;
        self.at_most(&part.max_share_bp, WHOLE_BP, CharterFault::BasisPoints)?;
        if *part.day_rate.get_ref() < 0 {
            return Err(self.rule(part.day_rate.span(), CharterFault::Amount));
        }
        let currency = Currency::from_code(part.currency.get_ref())
            .map_err(|error| self.unreadable(part.currency.span(), error.to_string()))?;
        Ok(InKindTerms {
            day_rate: Amount::from_minor(part.day_rate.into_inner()),
            currency,
            max_share_bp: part.max_share_bp.into_inner(),
        })
    }

    /// A word of the domain in the place of the usual one.
    fn word<T>(&self, word: Option<Spanned<String>>, into: &mut T) -> Result<(), CharterError>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        if let Some(word) = word {
            *into = word
                .get_ref()
                .parse()
                .map_err(|error: T::Err| self.unreadable(word.span(), error.to_string()))?;
        }
        Ok(())
    }

    fn at_most(
        &self,
        number: &Spanned<u32>,
        most: u32,
        fault: CharterFault,
    ) -> Result<(), CharterError> {
        let fits = *number.get_ref() <= most;
        if fits { Ok(()) } else { Err(self.rule(number.span(), fault)) }
    }

    fn rule(&self, span: Range<usize>, fault: CharterFault) -> CharterError {
        CharterError::Rule { line: line_of(self.0, span), fault }
    }

    fn unreadable(&self, span: Range<usize>, why: String) -> CharterError {
        CharterError::Unreadable { line: line_of(self.0, span), why }
    }
}

fn line_of(text: &str, span: Range<usize>) -> usize {
    text.bytes().take(span.start).filter(|&byte| byte == b'\n').count() + 1
}
