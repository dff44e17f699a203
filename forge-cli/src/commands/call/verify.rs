//! `forge call verify`: every share computed again, from a server's answer or from a file alone.

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;
use forge_api::{share, verification::CallAudit};
use forge_domain::money::{Amount, Currency};
use serde_json::json;

use crate::{
    client::path,
    commands::api::read,
    context::Context,
    failure::{Exit, Failure},
    ledger::{
        check::{self, Against},
        clone::{self, Found},
    },
    shown,
    text::Texts,
};

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[arg(required_unless_present = "from")]
    call: Option<String>,
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    // A clone of the space's meta-repository, whose ledger must be the one of the document.
    #[arg(long, value_name = "PATH")]
    repo: Option<PathBuf>,
}

impl Verify {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let audit: CallAudit = match (&self.from, &self.call) {
            (Some(file), _) => parse(context, file)?,
            (None, call) => {
                let call = call.clone().unwrap_or_default();
                context.client()?.get(&path(&["calls", &call, "audit"]))?
            }
        };
        let texts = &context.texts;
        let mut faults = shares(&audit, texts)?;
        let clone = self.repo.as_ref().map(|path| clone::read(path, texts)).transpose()?;
        faults.extend(ledger(&audit, clone, texts));
        let verified = faults.is_empty();
        let answer = json!({
            "call": audit.call.reference,
            "verified": verified,
            "digest": audit.digest,
            "final": audit.is_final,
            "faults": faults,
        });
        context.output.answer(&answer, || {
            let args = [
                ("call", (&audit.call.reference).into()),
                ("n", audit.shares.len().into()),
                ("entries", audit.entries.len().into()),
                ("digest", (&audit.digest).into()),
            ];
            let mut lines = vec![texts.with("cli-call-checked", &args)];
            lines.extend(faults.iter().map(|fault| format!("  - {fault}")));
            let end = if verified { "cli-call-verified" } else { "cli-call-unsound" };
            lines.push(texts.say(end));
            lines.join("\n")
        })?;
        if verified { Ok(()) } else { Err(Failure::told(Exit::Unsound)) }
    }
}

fn parse(context: &Context, file: &str) -> Result<CallAudit, Failure> {
    serde_json::from_slice(&read(context, file)?).map_err(|error| {
        let args = [("path", file.into()), ("reason", error.to_string().into())];
        let message = context.texts.with("cli-call-no-audit", &args);
        Failure::new(Exit::Failed, "invalid_audit", message)
    })
}

/// Which share is not what is told.
fn shares(audit: &CallAudit, texts: &Texts) -> Result<Vec<String>, Failure> {
    let failed = |share::ShareError { code, message }| Failure::new(Exit::Unsound, code, message);
    if audit.request.councils.is_empty() {
        return Ok(Vec::new());
    }
    let outcome = share::compute(&audit.request).map_err(failed)?;
    let currency = Currency::from_code(&audit.request.currency)
        .map_err(|error| Failure::new(Exit::Unsound, error.code(), error.to_string()))?;
    let minor = |amount: Option<&forge_api::Amount>| {
        amount.and_then(|amount| amount.to_domain(currency).ok()).unwrap_or_default()
    };
    let names: BTreeSet<&String> = outcome.shares.keys().chain(audit.shares.keys()).collect();
    let mut faults = Vec::new();
    for name in names {
        let mut own = minor(outcome.shares.get(name));
        // What a guarantor pays of the gap is a share like any other, once shares are final.
        if audit.is_final && audit.guarantor.as_ref() == Some(name) {
            let used = minor(outcome.backstop.as_ref().map(|backstop| &backstop.used));
            own = Amount::checked_sum([own, used]).unwrap_or(own);
        }
        let told = minor(audit.shares.get(name));
        if own != told {
            let money =
                |amount: Amount| shown::minor(amount.minor(), &audit.request.currency, texts);
            let args = [
                ("council", name.into()),
                ("told", money(told).into()),
                ("computed", money(own).into()),
            ];
            faults.push(texts.with("cli-call-share-differs", &args));
        }
    }
    Ok(faults)
}

/// What is wrong with the ledger in the document; where there is a clone, also where the longer of
/// the two does not continue the other.
fn ledger(audit: &CallAudit, clone: Option<Found>, texts: &Texts) -> Vec<String> {
    let kept = clone.as_ref().and_then(Found::first_key);
    let Some(key) = kept.or(audit.key.as_deref()).and_then(|key| key.trim().parse().ok()) else {
        return Vec::new();
    };
    let mut found = Found::default();
    for entry in &audit.entries {
        found.take("entries", entry.as_bytes());
    }
    found.notes.extend(audit.checkpoint.clone());
    let (longer, older) = match clone {
        Some(clone) if clone.lines.len() > found.lines.len() => (clone, Some(found)),
        clone => (found, clone),
    };
    let against = Against { known: Vec::new(), older, may_wait: true };
    let report = check::check(&longer, &key, &against, texts);
    report.faults.into_iter().map(|fault| fault.message).collect()
}
