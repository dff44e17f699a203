//! `forge pledge commit`: binds the council, up to a ceiling and on the strength of an act.

use std::path::PathBuf;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::Args;
use forge_api::{
    Amount,
    calls::Call,
    members::{Mandate, Me},
    pledges::{
        BudgetSection, BudgetYear, EvidenceFile, EvidenceVisibility, NewEvidence, Pledge,
        PledgeCommit, PledgeState,
    },
    share::Basis,
    simulation::Simulation,
};

use super::{amount, summary};
use crate::{
    client::{Client, path},
    commands::{api::read, call::address},
    context::Context,
    failure::{Exit, Failure},
    shown,
    text::Texts,
};

#[derive(Debug, Args)]
pub(crate) struct Commit {
    call: String,
    #[arg(long)]
    council: String,
    #[arg(long, value_name = "AMOUNT")]
    ceiling: String,
    // `--year 2027=12000`, or `--year 2027:investment=12000`.
    #[arg(long = "year", value_name = "YEAR=AMOUNT")]
    years: Vec<String>,
    #[command(flatten)]
    act: Option<Act>,
    #[arg(long)]
    note: Option<String>,
}

/// The act a pledge rests on, as options.
#[derive(Debug, Args)]
pub(crate) struct Act {
    #[arg(long)]
    kind: String,
    #[arg(long)]
    number: String,
    #[arg(long, value_name = "DATE")]
    date: String,
    #[arg(long, value_name = "DATE")]
    prefecture_receipt: Option<String>,
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    #[arg(long, value_name = "ACT")]
    delegation: Option<String>,
    #[arg(long, value_name = "CODE")]
    matter: Option<String>,
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    #[arg(long, value_parser = ["public", "members", "auditors"], default_value = "auditors")]
    visible: String,
}

impl Commit {
    pub fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let call: Call = client.get(&path(&["calls", &self.call]))?;
        let ceiling = amount(&self.ceiling, &call.currency, &context.texts)?;
        let evidence = self.act.as_ref().map(|act| act.read(context)).transpose()?;
        let budget_years = budget_years(&self.years, &call.currency, &context.texts)?;
        if !context.globals.yes {
            self.confirm(context, &client, (&call, &ceiling))?;
        }
        let body = PledgeCommit {
            council: self.council.clone(),
            ceiling,
            evidence,
            budget_years,
            note: self.note.clone(),
            idempotency_key: None,
        };
        let told: Pledge = client.change_once(&path(&["calls", &self.call, "pledges"]), &body)?;
        summary(context, &told)
    }

    /// Says what it means, and asks for the council's name.
    fn confirm(
        &self,
        context: &Context,
        client: &Client<'_>,
        (call, ceiling): (&Call, &Amount),
    ) -> Result<(), Failure> {
        let texts = &context.texts;
        let money = |amount: &Amount| shown::amount(amount, &call.currency, texts);
        let me: Me = client.get("/me")?;
        let mandate = me.mandates.iter().find(|given| given.council == self.council);
        let line = |given: &Mandate| {
            let max = shown::amount(&given.max_amount, &given.currency, texts);
            texts.with("cli-commit-mandate", &[("max", max.into())])
        };
        let mandate = mandate.map_or_else(|| texts.say("cli-commit-no-mandate"), line);
        let tax = match call.basis {
            Basis::Net => texts.say("call-ht"),
            Basis::Gross => texts.say("call-ttc"),
        };
        let now = share(client, call, &self.council, ceiling, false)?;
        let best = share(client, call, &self.council, ceiling, true)?;
        let args = [
            ("call", format!("{}  {}", call.reference, call.title).into()),
            ("council", (&self.council).into()),
            ("mandate", mandate.into()),
            ("deadline", shown::day(&call.deadline, texts).into()),
            ("now", shown::some_amount(now.as_ref(), &call.currency, texts).into()),
            ("best", shown::some_amount(best.as_ref(), &call.currency, texts).into()),
            ("ceiling", format!("{} {tax}", money(ceiling)).into()),
        ];
        // To standard error: the answer of the command can be piped away all the same.
        eprintln!("{}", texts.with("cli-commit-meaning", &args));
        context.typed("cli-commit-ask", &self.council)
    }
}

impl Act {
    /// The act with its file.
    pub fn read(&self, context: &Context) -> Result<NewEvidence, Failure> {
        let file = self.evidence.as_ref().map(|from| {
            let bytes = read(context, &from.to_string_lossy())?;
            let name = from.file_name().map(|name| name.to_string_lossy().into_owned());
            Ok::<_, Failure>(EvidenceFile {
                name: name.unwrap_or_else(|| "evidence".to_owned()),
                media_type: None,
                content: BASE64_STANDARD.encode(bytes),
            })
        });
        Ok(NewEvidence {
            kind: self.kind.clone(),
            number: self.number.clone(),
            date: self.date.clone(),
            prefecture_receipt: self.prefecture_receipt.clone(),
            published: self.published.clone(),
            delegation_ref: self.delegation.clone(),
            matter_code: self.matter.clone(),
            url: self.url.clone(),
            visibility: match self.visible.as_str() {
                "public" => EvidenceVisibility::Public,
                "members" => EvidenceVisibility::Members,
                _ => EvidenceVisibility::Auditors,
            },
            file: file.transpose()?,
        })
    }
}

/// Reads `2027=12000` or `2027:investment=12000`, once a year and section.
pub(super) fn budget_years(
    years: &[String],
    currency: &str,
    texts: &Texts,
) -> Result<Vec<BudgetYear>, Failure> {
    let read = |text: &String| {
        let said = || texts.with("cli-year-wrong", &[("text", text.into())]);
        let wrong = || Failure::new(Exit::Usage, "budget_year_invalid", said());
        let (when, figure) = text.split_once('=').ok_or_else(wrong)?;
        let (year, section) = when.split_once(':').unwrap_or((when, "operating"));
        Ok(BudgetYear {
            year: year.trim().parse().map_err(|_| wrong())?,
            amount: amount(figure, currency, texts)?,
            section: match section.trim() {
                "investment" => BudgetSection::Investment,
                "operating" => BudgetSection::Operating,
                _ => return Err(wrong()),
            },
            account_hint: None,
        })
    };
    years.iter().map(read).collect()
}

/// What the council would owe beside the firm pledges, or beside every intention too; never more
/// than its ceiling.
fn share(
    client: &Client<'_>,
    call: &Call,
    council: &str,
    ceiling: &Amount,
    all: bool,
) -> Result<Option<Amount>, Failure> {
    let mut joining = vec![council.to_owned()];
    let intends = |state: PledgeState| all && state.is_undecided();
    let others = call.shares.iter().filter(|share| share.council != council);
    joining.extend(others.filter(|share| intends(share.state)).map(|share| share.council.clone()));
    let told: Result<Simulation, Failure> = client.get(&address(&call.reference, &joining, &[]));
    let told = match told {
        Ok(told) => told,
        // A share that cannot be reckoned is no reason not to ask; the server says why, if it is.
        Err(failure) if failure.exit == Exit::Failed => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let share = told.councils.iter().find(|share| share.council == council);
    let Some(share) = share.and_then(|share| share.then.clone()) else { return Ok(None) };
    let minor = |text: &Amount| super::minor(text, &call.currency);
    Ok(Some(if minor(&share) > minor(ceiling) { ceiling.clone() } else { share }))
}
