//! People at their terminals.

use forge_tests::{Terminal, town::day};
use serde_json::Value;

use super::{DEADLINE, Door, Stage};

pub struct ByCommand;

impl ByCommand {
    /// Words apart by spaces; the one argument that has spaces of its own comes last.
    #[track_caller]
    fn said(stage: &Stage, who: &str, words: &str) -> Value {
        Self::said_at(&stage.forge.terminal().signed_in(stage.token(who)), words)
    }

    #[track_caller]
    fn said_at(terminal: &Terminal, words: &str) -> Value {
        let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
        let ran = terminal.forge("", &words);
        ran.ok();
        ran.json()
    }

    #[track_caller]
    fn lead(stage: &Stage, words: &str) -> Value {
        Self::said(stage, "aubervac-lead", words)
    }

    #[track_caller]
    fn finance(stage: &Stage, words: &str) -> Value {
        Self::said(stage, "aubervac-finance", words)
    }
}

impl Door for ByCommand {
    fn found(&self, stage: &Stage) {
        let words = "space found --slug enfance --title Enfance --lead aubervac --papers fr";
        Self::lead(stage, words);
    }

    fn propose(&self, stage: &Stage, (text, machine): (&str, &str)) {
        let lead = stage.forge.terminal().signed_in(stage.token("aubervac-lead"));
        lead.write("meta/CHARTER.md", text);
        lead.write("meta/charter.toml", machine);
        Self::said_at(&lead, "space charter propose enfance --folder meta");
    }

    fn ballot(&self, stage: &Stage, who: &str, (vote, council): (&str, &str)) {
        Self::said(stage, who, &format!("vote cast {vote} --council {council} --choice yes"));
    }

    fn join(&self, stage: &Stage, council: &str) {
        let words = format!("space join enfance --council {council}");
        Self::said(stage, &format!("{council}-lead"), &words);
    }

    fn admit(&self, stage: &Stage, council: &str) {
        Self::lead(stage, &format!("space admit enfance --council {council}"));
    }

    fn module(&self, stage: &Stage) {
        let words = ["publish", "--owner", "enfance", "--name", "permis", "--yes", "--json"];
        stage.copy.forge("permis", &words).ok();
    }

    fn draft(&self, stage: &Stage) -> String {
        let lead = stage.forge.terminal().signed_in(stage.token("aubervac-lead"));
        let text = format!(
            "title = \"Permis en ligne\"\nneed = \"Suivre son permis.\"\n\
             target = \"87856.08\"\nminimum = \"87856.08\"\nbasis = \"gross\"\nvat_bp = 2000\n\
             low_ceilings = true\nrule = {{ kind = \"population\" }}\n\
             modules = [\"enfance/permis\"]\ndeadline = {}\n\
             subsidies = [{{ label = \"State\", amount = \"25000.00\" }}]\n\
             [[milestones]]\ntitle = \"Permis\"\namount = \"87856.08\"\n",
            day(DEADLINE - 1)
        );
        lead.write("call.toml", &text);
        let draft = Self::said_at(&lead, "call new --space enfance --from call.toml");
        draft["ref"].as_str().unwrap().to_owned()
    }

    fn foresee(&self, stage: &Stage) -> String {
        let add = "--add aubervac --add belrive --add corbelle";
        let told = Self::lead(stage, &format!("call simulate {} {add}", stage.call()));
        let rows = told["councils"].as_array().unwrap();
        let own = rows.iter().find(|row| row["council"] == "belrive").unwrap();
        own["then"].as_str().unwrap().to_owned()
    }

    fn publish(&self, stage: &Stage) {
        Self::lead(stage, &format!("call publish {}", stage.call()));
    }

    fn commit(&self, stage: &Stage, council: &str, ceiling: &str) {
        let who = stage.forge.terminal().signed_in(stage.token(&format!("{council}-sig")));
        who.write("deliberation.pdf", "%PDF-1.4\n");
        let act = format!("--kind deliberation --number 2026-101 --date {}", stage.today());
        let words = format!("--council {council} --ceiling {ceiling} {act}");
        let file = "--evidence deliberation.pdf --yes";
        Self::said_at(&who, &format!("pledge commit {} {words} {file}", stage.call()));
    }

    fn check(&self, stage: &Stage, council: &str) {
        let words = format!("evidence check {}", stage.pledge(council));
        let checked = Self::said(stage, &format!("{council}-finance"), &words);
        assert!(checked["checked_at"].is_string(), "{checked}");
    }

    fn secure(&self, stage: &Stage) {
        let act = format!("--date {} --act-ref A-27-113", stage.today());
        Self::finance(stage, &format!("grant secure {} 1 {act}", stage.call()));
    }

    fn contract(&self, stage: &Stage) {
        let terms = "--ref M-2027-4 --supplier opensoft --amount 87856.08";
        let signed = format!("--signed-on {}", stage.today());
        Self::lead(stage, &format!("call contract {} {terms} {signed}", stage.call()));
    }

    fn offer_work(&self, stage: &Stage, council: &str) {
        let days = format!("--council {council} --days 2 --task Relecture");
        let words = format!("call work offer {} M1 {days}", stage.call());
        Self::said(stage, &format!("{council}-lead"), &words);
    }

    fn agree_work(&self, stage: &Stage, work: &str) {
        Self::lead(stage, &format!("call work agree {} {work}", stage.call()));
    }

    fn give_work(&self, stage: &Stage, work: &str) {
        Self::lead(stage, &format!("call work deliver {} {work}", stage.call()));
    }

    fn deliver(&self, stage: &Stage, tag: &str) {
        let maker = stage.forge.terminal().signed_in(stage.token("aubervac-dev"));
        maker.write("notes.md", "Tout y est.\n");
        maker.write("report.txt", "12 passed\n");
        let made = format!("--tag {tag} --notes notes.md --report report.txt");
        Self::said_at(&maker, &format!("milestone deliver {} M1 {made}", stage.call()));
    }

    fn accept(&self, stage: &Stage) {
        Self::lead(stage, &format!("milestone accept {} M1", stage.call()));
    }

    fn call(&self, stage: &Stage) -> String {
        let told = Self::finance(stage, &format!("funds call {} --milestone M1", stage.call()));
        told["ref"].as_str().unwrap().to_owned()
    }

    fn declare(&self, stage: &Stage, (fc, council, gross): (&str, &str, &str)) {
        let paid = format!("--council {council} --amount {gross} --date {}", stage.today());
        let words = format!("funds record {fc} {paid} --order M-9 --side payer");
        Self::said(stage, &format!("{council}-finance"), &words);
    }

    fn acknowledge(&self, stage: &Stage, payment: &str) {
        Self::lead(stage, &format!("funds acknowledge {payment}"));
    }

    fn receive(&self, stage: &Stage) {
        let words = format!("grant receive {} 1 --date {}", stage.call(), stage.today());
        Self::finance(stage, &words);
    }

    fn invoice(&self, stage: &Stage) {
        let words = format!("invoice record {} --milestone M1 --supplier opensoft", stage.call());
        let terms = format!("--number F-31 --date {} --net 72213.40", stage.today());
        Self::finance(stage, &format!("{words} {terms}"));
    }

    fn approve(&self, stage: &Stage, who: &str, invoice: &str) {
        Self::said(stage, who, &format!("invoice approve {invoice}"));
    }

    fn pay(&self, stage: &Stage, invoice: &str) {
        Self::finance(stage, &format!("invoice pay {invoice} --date {}", stage.today()));
    }

    fn plan(&self, stage: &Stage) {
        Self::finance(stage, &format!("refund plan {}", stage.call()));
    }

    fn refund(&self, stage: &Stage, refund: &str) {
        Self::lead(stage, &format!("refund record {refund} --date {}", stage.today()));
    }

    fn sign(&self, stage: &Stage, who: &str) {
        Self::said(stage, who, &format!("call close {}", stage.call()));
    }
}
