//! The second look of a finance service, from a terminal.

use forge_tests::{
    Forge, on_both,
    town::{Town, call, day, done, pledge},
};
use serde_json::json;

on_both! {
    /// A pledge the budget cannot carry ends there; an act that is not the right one backs nothing.
    fn a_finance_service_refuses_and_rejects_by_command(engine) {
        let forge = Forge::start(engine);
        let town = Town::found(&forge);
        town.council("chef", 3000);
        town.council("commune", 1000);
        let ada = town.member("ada", "chef", "lead");
        let cleo = town.member("cleo", "commune", "lead");
        let finn = town.member("finn", "commune", "finance");
        let bea = town.signatory("bea", "commune", "50000");
        town.space("enfance", "chef", &ada);
        town.join("enfance", "commune", "contributor", (&cleo, &ada));
        let mut new = call("La facturation", day(60));
        new["low_ceilings"] = json!(true);
        let drafted = forge.api(Some(&ada)).send("POST", "/api/v1/spaces/enfance/calls", &new);
        let path = format!("/api/v1/calls/{}", done(&drafted)["ref"].as_str().unwrap());
        done(&forge.api(Some(&ada)).send("POST", &format!("{path}/publish"), &json!({})));
        let signs = forge.api(Some(&bea));
        let finance = forge.terminal().signed_in(&finn);

        let intended =
            signs.send("POST", &format!("{path}/intentions"), &json!({ "council": "commune" }));
        let first = done(&intended)["ref"].as_str().unwrap().to_owned();
        let reason = "Aucun crédit avant 2029.";
        finance.forge("", &["pledge", "refuse", &first, "--reason", reason]).ok();
        let said = finance.forge("", &["pledge", "visas", &first, "--json"]).json();
        assert_eq!((&said[0]["decision"], &said[0]["reason"]), (&json!("refused"), &json!(reason)));
        let shown = finance.forge("", &["pledge", "show", &first, "--json"]).json();
        assert_eq!((&shown["state"], &shown["reason"]), (&json!("refused"), &json!(reason)));

        let pledged =
            signs.send("POST", &format!("{path}/pledges"), &pledge("commune", "20000"));
        let second = done(&pledged)["ref"].as_str().unwrap().to_owned();
        let reason = "Une page manque.";
        finance.forge("", &["evidence", "reject", &second, "--reason", reason]).ok();
        let acts = finance.forge("", &["evidence", "list", &second, "--json"]).json();
        assert_eq!(acts[0]["rejection"], reason);
        assert!(acts[0]["rejected_at"].is_string() && acts[0]["checked_at"].is_null(), "{acts}");
        let none = finance.forge("", &["evidence", "check", &second]).fails(4);
        assert!(none.contains(&second), "no act waits any more: {none}");
        let id = acts[0]["id"].as_str().unwrap();
        finance.forge("", &["evidence", "check", id]).fails(5);
    }
}
