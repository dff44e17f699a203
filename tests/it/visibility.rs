//! Who sees a module before it is public: its councils, or the whole space; said by page, by
//! command and by program.

use forge_tests::{Forge, Town, on_both, town::done};
use serde_json::json;

on_both! {
    fn the_whole_space_sees_a_module_when_its_maintainer_says_so(engine) {
        let forge = Forge::with(engine).on_the_real_clock().start();
        let town = Town::found(&forge);
        for council in ["aubervac", "dormont", "corbelle"] {
            town.council(council, 12_345);
        }
        let lead = town.member("lise", "aubervac", "lead");
        let observer = town.member("dora", "dormont", "lead");
        let outsider = town.member("paul", "corbelle", "lead");
        town.space("enfance", "aubervac", &lead);
        town.join("enfance", "dormont", "observer", (&observer, &lead));
        let module = "/api/v1/repos/enfance/cantine";
        let create = json!({ "name": "cantine" });
        done(&forge.api(Some(&lead)).send("POST", "/api/v1/orgs/enfance/repos", &create));
        let sees = |token: &str| forge.api(Some(token)).get(module).status == 200;
        assert!(sees(&lead) && !sees(&observer) && !sees(&outsider));

        let browser = town.signed_in("lise");
        let page = browser.get("/enfance/cantine/settings");
        let form = page.form("form[action='/enfance/cantine/settings']");
        assert_eq!(form.value("title"), "cantine");
        let form = form.fill("visibility", "space").fill("description", "La cantine");
        assert!(browser.submit(&form).says("The settings are saved."));
        assert!(sees(&lead) && sees(&observer) && !sees(&outsider));
        assert_eq!(forge.api(Some(&observer)).get(module).body["description"], "La cantine");

        let terminal = forge.terminal().signed_in(&lead);
        let edit = ["module", "edit", "enfance/cantine", "--visibility", "council", "--json"];
        let ran = terminal.forge("", &edit);
        ran.ok();
        assert_eq!(ran.json()["visibility"], "council");
        assert!(sees(&lead) && !sees(&observer));

        // To be public is an act of its own.
        let public = json!({ "visibility": "public" });
        let refused = forge.api(Some(&lead)).send("PATCH", module, &public);
        assert_eq!(refused.status, 422);
        assert_eq!(refused.body["errors"][0]["code"], "visibility_by_publication");
    }
}
