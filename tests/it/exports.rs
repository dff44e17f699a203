//! What everybody may take away, read as a program of somebody else reads it (domain.md §e).

use std::fs;

use forge_domain::hex;
use forge_tests::{
    Forge, on_both,
    town::{Town, call, day, done},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The columns of the national schemas, copied from them.
const SUBSIDIES: &str = "nomAttribuant,idAttribuant,dateConvention,referenceDecision,\
    nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,\
    datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention";
const DELIBERATIONS: &str = "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,\
    DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE,VOTE_EFFECTIF,\
    VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL";
const SIRETS: [(&str, &str); 2] = [("aubervac", "21860194600013"), ("belrive", "23350001600040")];

/// The columns of our own tables, copied from the specification (domain.md §e, “Key columns”).
const KEY_COLUMNS: [(&str, &str); 5] = [
    (
        "calls",
        "ref, space, module, title, state, currency, basis, vat_rate, target, minimum, \
         capacity_firm, deadline, confirmed_on, rule_json, vehicle, lead_id, treasurer_id, \
         supplier_id, contract_ref, licence_spdx, url",
    ),
    (
        "shares",
        "call, council_id, weight, floor, cap, ceiling, indicative, final_net, final_vat, \
         final_gross, called, paid, refunded",
    ),
    (
        "pledges",
        "ref, call, council_id, state, since, ceiling, evidence_kind, evidence_number, \
         evidence_date, enforceable_on",
    ),
    ("votes", "ref, kind, question, rule, council_id, weight, choice, closed_on, result"),
    (
        "payments",
        "ref, funds_call, payer_id, amount, value_date, payment_order_no, acknowledged_on",
    ),
];
/// What every file says of the state it shows (domain.md §e).
const STATE: &str = "generated_at, ledger_size, ledger_root";

/// A file of comma-separated values (RFC 4180): its rows, by column.
struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(text: &str) -> Self {
        let (mut rows, mut row, mut cell, mut quoted) =
            (Vec::new(), Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                letter => cell.push(letter),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted, "the last line ends: {text}");
        let columns = rows.remove(0);
        assert!(rows.iter().all(|row| row.len() == columns.len()), "a row is cut: {text}");
        Self { columns, rows }
    }

    #[track_caller]
    fn get(&self, row: usize, column: &str) -> &str {
        let place = self.columns.iter().position(|name| name == column);
        &self.rows[row][place.unwrap_or_else(|| panic!("no {column} in {:?}", self.columns))]
    }
}

/// A confirmed call of the French profile that two councils fund: one of them leads it and buys.
fn funded(forge: &Forge) -> String {
    let town = Town::found(forge);
    let mut tokens = Vec::new();
    for (council, siret) in SIRETS {
        let inhabitants = json!({ "kind": "municipale", "vintage": "2026", "value": 1000 });
        let new = json!({
            "slug": council, "name": format!("Commune d’{council}"), "populations": [inhabitants],
            "ids": [{ "scheme": "siret", "value": siret }],
        });
        done(&town.api().send("POST", "/api/v1/councils", &new));
        let path = format!("/api/v1/councils/{council}/verify");
        done(&town.api().send("POST", &path, &json!({ "proof": "letter" })));
        let lead = town.member(&format!("{council}-lead"), council, "lead");
        let checks = town.member(&format!("{council}-finance"), council, "finance");
        let signs = town.signatory(&format!("{council}-sig"), council, "60000.00");
        tokens.push((lead, checks, signs));
    }
    town.space("enfance", "aubervac", &tokens[0].0);
    town.join("enfance", "belrive", "contributor", (&tokens[1].0, &tokens[0].0));
    let mut new = call("La facturation, «simple»", day(60));
    new["profile"] = json!("fr");
    new["vehicle"] = json!("grant_to_lead");
    new["rule"] = json!({ "kind": "equal" });
    new["early_close"] = json!(true);
    new["low_ceilings"] = json!(true);
    new["milestones"] = json!([
        { "title": "Un", "amount": "20000.00" }, { "title": "Deux", "amount": "28000.00" },
    ]);
    let lead = forge.api(Some(&tokens[0].0));
    let drafted = lead.send("POST", "/api/v1/spaces/enfance/calls", &new);
    let reference = done(&drafted)["ref"].as_str().unwrap().to_owned();
    done(&lead.send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
    for ((council, _), (_, checks, signs)) in SIRETS.iter().zip(&tokens) {
        let act = json!({
            "kind": "deliberation", "number": format!("2026-{council}"),
            "date": day(-9).to_string(), "prefecture_receipt": day(-7).to_string(),
            "published": day(-6).to_string(), "matter_code": "7.5",
        });
        let body = json!({ "council": council, "ceiling": "24000.00", "evidence": act });
        let path = format!("/api/v1/calls/{reference}/pledges");
        let pledged = forge.api(Some(signs)).send("POST", &path, &body);
        let pledge = done(&pledged)["ref"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/pledges/{pledge}/evidence");
        let acts = forge.api(Some(checks)).get(&path);
        let id = done(&acts)[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/evidence/{id}/check");
        done(&forge.api(Some(checks)).send("POST", &path, &json!({})));
    }
    done(&lead.send("POST", &format!("/api/v1/calls/{reference}/confirm"), &json!({})));
    reference
}

on_both! {
    fn the_files_of_the_french_schemas_hold_what_councils_decided(engine) {
        let forge = Forge::start(engine);
        let reference = funded(&forge);
        let terminal = forge.terminal();
        terminal.forge("", &["export", "scdl", "--to", "open"]).ok();
        let subsidies = Sheet::read(&terminal.read("open/scdl-subventions.csv"));
        assert_eq!(subsidies.columns.join(","), SUBSIDIES);
        assert_eq!(subsidies.rows.len(), 1, "nobody subsidises itself: {:?}", subsidies.rows);
        for (column, value) in [
            ("nomAttribuant", "Commune d’belrive"),
            ("idAttribuant", "23350001600040"),
            ("referenceDecision", "2026-belrive"),
            ("nomBeneficiaire", "Commune d’aubervac"),
            ("idBeneficiaire", "21860194600013"),
            ("montant", "24000.00"),
            ("nature", "aide en numéraire"),
            ("conditionsVersement", "échelonné"),
            ("notificationUE", "false"),
            ("pourcentageSubvention", "1"),
            ("idRAE", ""),
        ] {
            assert_eq!(subsidies.get(0, column), value, "{column}");
        }
        assert_eq!(subsidies.get(0, "objet"), format!("La facturation, «simple» ({reference})"));
        assert_eq!(subsidies.get(0, "dateConvention"), day(0).to_string());

        let acts = Sheet::read(&terminal.read("open/scdl-deliberations.csv"));
        assert_eq!(acts.columns.join(","), DELIBERATIONS);
        let mut names: Vec<_> = (0..acts.rows.len()).map(|row| acts.get(row, "DELIB_ID")).collect();
        names.sort_unstable();
        assert_eq!(names, ["2026-aubervac", "2026-belrive"]);
        let row = usize::from(acts.get(0, "DELIB_ID") == "2026-aubervac");
        for (column, value) in [
            ("COLL_NOM", "Commune d’belrive".to_owned()),
            ("COLL_SIRET", "23350001600040".to_owned()),
            ("DELIB_DATE", day(-9).to_string()),
            ("PREF_DATE", day(-7).to_string()),
            ("DELIB_MATIERE_CODE", "7.5".to_owned()),
            ("DELIB_MATIERE_NOM", "Finances locales/Subventions".to_owned()),
            ("VOTE_POUR", String::new()),
        ] {
            assert_eq!(acts.get(row, column), value, "{column}");
        }
        let decided = acts.get(row, "DELIB_OBJET");
        assert!(decided.contains(&reference) && decided.contains("24\u{202f}000,00"), "{decided}");
    }

    /// Whoever reads a file can prove which state of the ledgers it shows.
    fn every_file_has_its_schema_and_says_what_state_it_shows(engine) {
        let forge = Forge::start(engine);
        funded(&forge);
        let terminal = forge.terminal();
        terminal.forge("", &["export", "all", "--to", "open"]).ok();
        let browser = forge.browser();
        let listed = forge.api(None).get("/api/v1/exports");
        let tables: Vec<_> = done(&listed).as_array().unwrap().iter().collect();
        assert_eq!(tables.len(), 13);
        for table in tables {
            let name = table["table"].as_str().unwrap();
            let sheet = Sheet::read(&terminal.read(&format!("open/{name}.csv")));
            let schema: Value =
                serde_json::from_str(&terminal.read(&format!("open/{name}.schema.json"))).unwrap();
            assert_eq!(schema["required"], json!(sheet.columns), "{name}");
            let answer = browser.get(table["json"].as_str().unwrap());
            let whole: Value = serde_json::from_str(&answer.html()).unwrap();
            assert_eq!(whole["rows"].as_array().unwrap().len(), sheet.rows.len(), "{name}");
            for (header, key) in [
                ("x-generated-at", "generated_at"),
                ("x-ledger-size", "ledger_size"),
                ("x-ledger-root", "ledger_root"),
            ] {
                let said = whole[key].to_string();
                assert_eq!(answer.header(header), Some(said.trim_matches('"')), "{name}");
                let own = sheet.columns.iter().any(|column| column == key);
                assert_eq!(own, !name.starts_with("scdl-"), "{name}");
            }
            let filled = !matches!(name, "modules" | "votes" | "funds_calls" | "payments");
            assert_eq!(!sheet.rows.is_empty(), filled, "{name}");
        }
        assert!(fs::read_dir(terminal.home().join("open")).unwrap().count() == 26);

        for (name, columns) in KEY_COLUMNS {
            let sheet = Sheet::read(&terminal.read(&format!("open/{name}.csv")));
            let expected = format!("{columns}, {STATE}");
            assert_eq!(sheet.columns.join(", "), expected, "{name}");
        }
        for (name, column) in
            [("councils", "council_id"), ("calls", "lead_id"), ("shares", "council_id")]
        {
            let sheet = Sheet::read(&terminal.read(&format!("open/{name}.csv")));
            let ids = (0..sheet.rows.len()).map(|row| sheet.get(row, column));
            for id in ids {
                assert!(SIRETS.iter().any(|(_, siret)| id == format!("siret:{siret}")), "{id}");
            }
        }
        let pledges = Sheet::read(&terminal.read("open/pledges.csv"));
        assert_eq!(pledges.get(0, "enforceable_on"), day(-6).to_string());
    }

    /// The page that computes the shares again, and every way it offers to do so elsewhere.
    fn a_reader_follows_what_the_page_of_verification_says(engine) {
        let forge = Forge::start(engine);
        let reference = funded(&forge);
        let (browser, terminal) = (forge.browser(), forge.terminal());
        let page = browser.get(&format!("/enfance/-/calls/{reference}/verify"));
        assert!(page.says("Every share is what the rule gives."), "{}", page.html());
        let told = page.texts("td.num");
        assert_eq!(told, ["€24,000.00"; 4], "told and computed, of two councils");

        let digests = page.attributes("dd[id]", "id");
        let links = page.attributes("main li a", "href");
        let at = |end: &str| links.iter().find(|link| link.ends_with(end)).unwrap();
        let request = browser.get(at("/share-request"));
        assert_eq!(digests, [hex::encode(&Sha256::digest(request.bytes()))]);
        terminal.write("request.json", &request.html());
        let computed =
            terminal.forge("", &["share", "compute", "--from", "request.json", "--json"]);
        let shares = json!({ "aubervac": "24000.00", "belrive": "24000.00" });
        assert_eq!(computed.json()["shares"], shares);

        terminal.write("audit.json", &browser.get(at("/audit")).html());
        terminal.forge("", &["call", "verify", "--from", "audit.json"]).ok();
        let command = page.text("main pre");
        assert_eq!(command.trim(), format!("forge call verify {reference}"));
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        let checked = terminal.forge("", &words);
        assert!(checked.ok().contains(&digests[0]), "{}", checked.ok());
    }
}
