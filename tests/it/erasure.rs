//! Erasing people: their names leave the forge, and every proof still holds.

use std::fs;

use forge_tests::{Forge, on_both, run};
use serde_json::Value;

const LEDGER: &str = "/api/v1/spaces/enfance-jeunesse/ledger";

/// Every row of the forge, as a backup holds them.
fn rows(forge: &Forge) -> String {
    let file = run::folder("rows").join("forge.tar");
    forge.command(&["backup", file.to_str().unwrap()]).ok();
    String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()
}

on_both! {
    /// One is erased by an administrator, who committed a council; one erases herself, who leads.
    fn names_go_and_every_proof_still_holds(engine) {
        let forge = Forge::demo(engine);
        let (signatory, lead) = (forge.account("signatory"), forge.account("lead"));
        let text = |account: &Value, key: &str| account[key].as_str().unwrap().to_owned();
        let (login, token) = (text(signatory, "login"), text(signatory, "token"));
        let before = forge.api(None).get(LEDGER).body;
        let named = rows(&forge);
        for account in [signatory, lead] {
            assert!(named.contains(&text(account, "name")), "the row of {account} is not found");
        }

        let erase = ["admin", "user", "erase", login.as_str(), "--confirm"];
        let mistyped = forge.command(&[&erase[..], &["quelqu-un"]].concat());
        assert!(mistyped.fails(1).contains("rien n’a été effacé"), "{mistyped:#?}");
        assert_eq!(forge.api(Some(&token)).get("/api/v1/user").status, 200);
        forge.command(&[&erase[..], &[login.as_str()]].concat()).ok();
        assert_eq!(forge.api(Some(&token)).get("/api/v1/user").status, 401);
        assert_eq!(forge.browser().ask(&format!("/{login}")).status(), 404);

        let browser = forge.browser();
        let own = text(lead, "login");
        let form = browser.get("/-/login").form("form[action='/-/login']");
        let password = text(lead, "password");
        browser.submit(&form.fill("login", &own).fill("password", &password));
        let form = browser.get("/-/settings/erase").form("form[action='/-/settings/erase']");
        let mistyped = browser.submit(&form.clone().fill("login", &login));
        assert!(mistyped.html().contains("nothing was erased"), "{}", mistyped.html());
        browser.submit(&form.fill("login", &own));
        assert!(browser.get("/-/settings").address().contains("/-/login"), "the session lives on");

        let unnamed = rows(&forge);
        for account in [signatory, lead] {
            assert!(!unnamed.contains(&text(account, "name")), "{account} is still named");
        }
        assert_eq!(forge.api(None).get(LEDGER).body, before);
        let verified = forge.command(&["verify", "--json"]);
        verified.ok();
        assert_eq!(verified.json()["verified"], true, "{verified:#?}");
        let citizen = forge.terminal();
        for module in ["meta", "periscolaire"] {
            let remote = forge.remote(&format!("enfance-jeunesse/{module}"), None);
            citizen.git("", &["clone", "-q", "--bare", &remote, module]).ok();
            citizen.git(module, &["fsck", "--full", "--strict"]).ok();
        }
        citizen.forge("", &["ledger", "verify", "enfance-jeunesse", "--repo", "meta"]).ok();
    }
}
