//! `forge call view`: one call, what is missing, and what each council would owe.

use forge_api::{
    Amount,
    calls::Call,
    share::{Basis, Rule},
};

use crate::{shown, table::Table, text::Texts};

/// A call as a page of text.
pub(super) fn sheet(call: &Call, texts: &Texts) -> String {
    let mut parts = vec![format!("{}  {}", call.reference, call.title), facts(call, texts)];
    if !call.need.trim().is_empty() {
        parts.push(call.need.trim().to_owned());
    }
    if !call.milestones.is_empty() {
        parts.push(milestones(call, texts));
    }
    if !call.shares.is_empty() {
        parts.push(shares(call, texts));
    }
    parts.extend(call.end_reason.clone());
    parts.join("\n\n")
}

fn facts(call: &Call, texts: &Texts) -> String {
    let money = |amount: &Amount| shown::amount(amount, &call.currency, texts);
    let tax = match call.basis {
        Basis::Net => texts.say("call-ht"),
        Basis::Gross => texts.say("call-ttc"),
    };
    let need = &call.thresholds;
    let councils = [("n", need.councils.into()), ("min", need.min_councils.into())];
    let mut table = Table::of_pairs();
    let mut say = |key: &str, value: String| table.pair(texts.say(key), value);
    say("cli-col-space", call.space.clone());
    say("cli-col-state", shown::word("call-state", &call.state, texts));
    say("cli-col-deadline", shown::day(&call.deadline, texts));
    say("cli-col-target", format!("{} {tax}", money(&call.target)));
    say("cli-col-minimum", money(&need.minimum));
    say("cli-col-firm", money(&call.capacity));
    say("cli-col-intended", money(&call.intended));
    say("cli-col-missing", money(&call.missing));
    say("cli-col-councils", texts.with("cli-call-councils", &councils));
    if let Some(least) = need.min_population {
        let number = |number| texts.formats().number(number);
        say("cli-col-population", format!("{} / {}", number(need.population), number(least)));
    }
    say("cli-col-rule", rule(&call.rule, texts));
    for (key, bound) in [("cli-col-floor", &call.floor), ("cli-col-cap", &call.cap)] {
        say(key, bound.as_ref().map(money).unwrap_or_default());
    }
    say("cli-col-lead", call.lead.clone());
    say("cli-col-treasurer", call.treasurer.clone());
    say("cli-col-licence", call.licence.clone());
    say("cli-col-modules", call.modules.join(", "));
    say("cli-col-page", call.html_url.clone());
    table.render()
}

/// The rule in a few words; for envelopes, what part of the cost each divides.
fn rule(rule: &Rule, texts: &Texts) -> String {
    let word = |rule: &Rule| {
        let known = texts.find(&format!("call-rule-{}", rule.kind));
        known.unwrap_or_else(|| rule.kind.clone())
    };
    let Some(parts) = &rule.parts else { return word(rule) };
    let part = |part: &Rule| {
        let bp = i64::from(part.bp.unwrap_or_default());
        let percent = texts.formats().percent(bp, if bp % 100 == 0 { 0 } else { 2 });
        format!("{percent} {}", word(part).to_lowercase())
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" + ")
}

fn milestones(call: &Call, texts: &Texts) -> String {
    let headings =
        ["cli-col-n", "cli-col-milestone", ">cli-col-amount", "cli-col-due", "cli-col-funded"];
    let mut table = Table::headed(texts, &headings);
    for milestone in &call.milestones {
        let funded = if milestone.funded { "common-yes" } else { "common-no" };
        table.row(vec![
            milestone.n.to_string(),
            milestone.title.clone(),
            shown::amount(&milestone.amount, &call.currency, texts),
            shown::some_day(milestone.due_on.as_deref(), texts),
            texts.say(funded),
        ]);
    }
    table.render()
}

fn shares(call: &Call, texts: &Texts) -> String {
    let money =
        |amount: &Option<Amount>| shown::some_amount(amount.as_ref(), &call.currency, texts);
    let headings = [
        "cli-col-council",
        "cli-col-state",
        ">cli-col-ceiling",
        ">cli-col-share",
        "cli-col-pledge",
        ">cli-col-fair-share",
        ">cli-col-work",
        ">cli-col-gift",
    ];
    // Days of work have columns where a council gives some.
    let works = call.shares.iter().any(|share| share.in_kind.is_some());
    let mut table = Table::headed(texts, &headings[..if works { 8 } else { 5 }]);
    for share in &call.shares {
        let mut row = vec![
            share.council.clone(),
            shown::word("pledge-state", &share.state, texts),
            money(&share.ceiling),
            money(&share.share),
            share.pledge.clone(),
        ];
        if works {
            row.extend([&share.fair_share, &share.in_kind, &share.gift].map(money));
        }
        table.row(row);
    }
    table.render()
}
