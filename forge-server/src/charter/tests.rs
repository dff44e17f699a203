use forge_domain::{
    charter::{EarlyWithdrawal, LateJoinerPolicy, Waiver},
    vote::{Electorate, VoteKind, VoteRule},
};

use super::{MACHINE, read::*};

/// Everything domain.md §c3 writes in one.
const WHOLE: &str = r#"# charter.toml (machine part)
version = 3
[votes]
default        = { rule = "one_body_one_vote", quorum_bp = 5000, majority_bp = 5001, days = 15 }
charter        = { rule = "one_body_one_vote", quorum_bp = 6667, majority_bp = 6667, days = 30 }
scope_change   = { rule = "double_majority",   quorum_bp = 5000, majority_bp = 5001, days = 15 }
milestone_accept={rule="one_body_one_vote",electorate="funders",days=15,technical_veto=true}
[withdrawal]
before_confirmation = "notice"
notice_days = 30
after_confirmation = "substitution_or_vote"
[late_joiner]
policy = "to_maintenance"
escalator = [ { from = "2027-01-01", bp = 10000 }, { from = "2028-01-01", bp = 15000 } ]
waiver = ["past_funder"]
[in_kind]
day_rate = 45000
currency = "EUR"
max_share_bp = 5000
approved_by = "lead"
[reserve]
bp = 500
[review]
other_council_required = true
"#;

#[test]
fn every_key_of_a_charter_is_read() {
    let charter = parse(WHOLE).unwrap();
    assert_eq!(charter.version, 3);
    let vote = charter.terms(VoteKind::Charter);
    assert_eq!((vote.quorum_bp, vote.majority_bp, vote.days), (6_667, 6_667, 30));
    let accept = charter.terms(VoteKind::MilestoneAccept);
    assert!(accept.technical_veto && accept.electorate == Electorate::Funders);
    assert_eq!(charter.before_confirmation, EarlyWithdrawal::Notice);
    assert_eq!(charter.days_of_notice(), 30);
    assert_eq!(charter.late_joiner, LateJoinerPolicy::ToMaintenance);
    assert_eq!((charter.escalator.len(), charter.escalator[1].bp), (2, 15_000));
    assert_eq!(charter.waiver, [Waiver::PastFunder]);
    assert_eq!(charter.in_kind.unwrap().day_rate.minor(), 45_000);
    assert_eq!(charter.reserve_bp, 500);
    assert!(charter.other_council_reviews);
}

#[test]
fn the_default_leaves_what_is_guarded_guarded() {
    let charter = parse(WHOLE).unwrap();
    // Named nowhere: the money of all is given up by a double majority whatever the default.
    let write_off = charter.terms(VoteKind::WriteOff);
    assert_eq!(write_off.rule, VoteRule::DoubleMajority);
    assert_eq!(write_off.electorate, Electorate::Funders);
    let admit = charter.terms(VoteKind::Admit);
    assert_eq!((admit.majority_bp, admit.quorum_bp), (6_667, 5_000));
    assert!(!charter.asks_for(VoteKind::Admit) && charter.asks_for(VoteKind::Charter));
    let other = parse("version = 1\n[votes]\ndefault = { rule = \"consent\", days = 7 }").unwrap();
    assert_eq!(other.terms(VoteKind::Other).rule, VoteRule::Consent);
    assert_eq!(other.terms(VoteKind::WriteOff).days, 7);
    assert_eq!(other.terms(VoteKind::WriteOff).rule, VoteRule::DoubleMajority);
}

#[test]
fn a_space_begins_with_a_charter_that_reads() {
    assert_eq!(parse(MACHINE).unwrap().version, 1);
}

#[test]
fn a_fault_says_its_line() {
    let line = |text: &str| match parse(text).unwrap_err() {
        CharterError::Unreadable { line, .. } | CharterError::Rule { line, .. } => line,
    };
    assert_eq!(line("version = 1\ncolour = \"red\""), 2, "an unknown key");
    assert_eq!(line("version = 1\n[votes]\nchartre = { days = 3 }"), 3, "an unknown kind");
    assert_eq!(line("version = 1\n\n[votes]\nadmit = { rule = \"loudest\" }"), 4);
    assert_eq!(line("version = 1\n[votes]\nadmit = { majority_bp = 4000 }"), 3);
    assert_eq!(line("version = 1\n[votes]\nadmit = { rule = \"by_band\" }"), 3, "no bands");
    assert_eq!(line("version = 1\n[votes]\nadmit = { rule = \"consent\", odd = 1 }"), 3);
    assert_eq!(line("version = 1\n[reserve]\nbp = 10001"), 3);
    assert_eq!(line("version = 1\n[withdrawal]\nnotice_days = 1000"), 3);
    assert_eq!(line("version = 1\n[withdrawal]\nbefore_confirmation = \"never\""), 3);
    assert_eq!(line("version = 1\n[review"), 2, "not TOML");
    assert_eq!(line("version = 0"), 1);
    let falling = "version = 1\n[late_joiner]\nescalator = [\n{ from = \"2028-01-01\", bp = 1 },\n\
                   { from = \"2027-01-01\", bp = 1 } ]";
    assert_eq!(line(falling), 5);
}

#[test]
fn a_proposal_is_the_next_version() {
    let text = "# ours\nversion = 4\n";
    assert!(parse_next(text, 3).is_ok());
    let refused = parse_next(text, 4).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "line 2: The version must be 5, the one after the charter in force."
    );
}
