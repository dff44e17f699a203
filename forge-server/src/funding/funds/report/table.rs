//! The closing report as one table: a row a fact, so that a spreadsheet sums what it wants.

use serde_json::Value;

use crate::funding::funds::statement::line;

const COLUMNS: [&str; 6] = ["section", "id", "name", "fact", "value", "currency"];

/// What each part of the report is listed by: its key, the member that names a row and the one
/// people read, and the members that are amounts.
const PARTS: [(&str, &str, &str, &[&str]); 5] = [
    (
        "milestones",
        "milestone",
        "title",
        &["planned_net", "planned_vat", "subsidies", "called", "actual_net", "actual_vat"],
    ),
    (
        "councils",
        "council",
        "name",
        &["ceiling", "share", "called", "paid", "written_off", "refunded", "carried", "cost"],
    ),
    ("grants", "account", "grant", &["planned", "awarded", "received", "refunded", "cost"]),
    ("in_kind", "ref", "name", &["day_rate", "value"]),
    ("refunds", "ref", "to", &["amount"]),
];

/// The other members of those parts, which are words or days.
const WORDS: [(&str, &[&str]); 5] = [
    ("milestones", &["state", "due_on", "delivered_at", "accepted_at", "vote"]),
    ("councils", &["pledge"]),
    ("grants", &["act_ref"]),
    ("in_kind", &["council", "milestone", "task", "days", "counted", "delivered_at", "missing"]),
    ("refunds", &["state", "value_date"]),
];

/// The report as CSV, in the separator of the call's profile.
pub fn csv(report: &Value, separator: char) -> String {
    let currency = report["currency"].as_str().unwrap_or_default();
    let mut text = line(&COLUMNS, separator);
    let mut row = |cells: [&str; 5], currency: &str| {
        let cells = [cells[0], cells[1], cells[2], cells[3], cells[4], currency];
        text.push_str(&line(&cells, separator));
    };
    let call = word(&report["call"]);
    let title = word(&report["title"]);
    for fact in ["space", "lead", "treasurer", "basis", "licence", "vehicle"] {
        row(["call", call, title, fact, word(&report[fact])], "");
    }
    for fact in ["ref", "supplier", "signed_on"] {
        row(["contract", call, title, fact, word(&report["contract"][fact])], "");
    }
    row(["contract", call, title, "amount", word(&report["contract"]["amount"])], currency);
    for (fact, at) in report["dates"].as_object().into_iter().flatten() {
        row(["dates", call, title, fact, word(at)], "");
    }
    for (part, id, name, amounts) in PARTS {
        let words = WORDS.iter().find(|(of, _)| *of == part).map_or(&[][..], |(_, words)| words);
        for one in report[part].as_array().into_iter().flatten() {
            let (id, name) = (word(&one[id]), word(&one[name]));
            for fact in words {
                row([part, id, name, fact, word(&one[*fact])], "");
            }
            for fact in amounts {
                row([part, id, name, fact, word(&one[*fact])], currency);
            }
        }
    }
    for vote in report["votes"].as_array().into_iter().flatten() {
        let (id, question) = (word(&vote["ref"]), word(&vote["question"]));
        for fact in ["kind", "rule", "closed_at", "result"] {
            row(["votes", id, question, fact, word(&vote[fact])], "");
        }
        for ballot in vote["ballots"].as_array().into_iter().flatten() {
            row(["votes", id, question, word(&ballot["council"]), word(&ballot["choice"])], "");
        }
    }
    for release in report["releases"].as_array().into_iter().flatten() {
        let (id, module) = (word(&release["milestone"]), word(&release["module"]));
        for fact in ["tag", "swhid", "swhid_commit", "swhid_tree", "licence"] {
            row(["releases", id, module, fact, word(&release[fact])], "");
        }
    }
    for (fact, amount) in report["totals"].as_object().into_iter().flatten() {
        row(["totals", call, title, fact, word(amount)], currency);
    }
    let size = report["ledger"]["size"].to_string();
    row(["ledger", call, title, "size", size.trim_matches('"')], "");
    row(["ledger", call, title, "hash", word(&report["ledger"]["hash"])], "");
    for side in ["lead", "treasurer"] {
        let council = word(&report["signed"][side]["council"]);
        row(["signed", council, side, "at", word(&report["signed"][side]["at"])], "");
    }
    text
}

fn word(value: &Value) -> &str {
    match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        other => other.as_str().unwrap_or_default(),
    }
}
