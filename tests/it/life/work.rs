//! Two days of work that Corbelle gives once the shares are final: they lower nothing, stand in the
//! ledger and in the report, and the closing clears them.

use serde_json::{Value, json};

use super::{Door, Stage};

/// What a charter adds for it.
pub const TERMS: &str = "\n[in_kind]\nday_rate = 45000\ncurrency = \"EUR\"\nmax_share_bp = 5000\n";

/// What two days are worth, in minor units.
const WORTH: i64 = 90_000;

impl Stage {
    /// Offered, agreed on and given.
    pub(super) fn works(&self, door: &dyn Door) {
        door.offer_work(self, "corbelle");
        let work = self.newest("in-kind");
        let of = |state: &str| {
            let told = self.as_told("in-kind");
            assert_eq!(told[0]["state"], state, "{told}");
            assert_eq!((&told[0]["value"], &told[0]["counted"]), (&json!("900.00"), &json!(false)));
        };
        of("offered");
        door.agree_work(self, &work);
        of("agreed");
        door.give_work(self, &work);
        of("delivered");
    }

    /// What the report says of it.
    pub(super) fn reports_work(&self, report: &Value) {
        let told = &report["in_kind"][0];
        assert_eq!(told["council"], "corbelle", "{report}");
        assert_eq!((&told["days"], &told["missing"]), (&json!("2"), &json!(false)));
        assert_eq!(report["totals"]["in_kind"], "900.00");
        assert_eq!(report["totals"]["in_kind_missing"], "0.00");
    }
}

/// The journal of the story with the entry of the work, and with it in the closing.
pub fn with_days(journal: Vec<Value>) -> Vec<Value> {
    let mut told = Vec::new();
    for mut entry in journal {
        let kind = entry[0].as_str().unwrap().to_owned();
        if kind == "closing.appropriation" {
            let lines = entry[3].as_array_mut().unwrap();
            let cost = lines.iter().position(|line| line[0] == "funds/cost/M1").unwrap();
            lines[cost][1] = json!(lines[cost][1].as_i64().unwrap() - WORTH);
            lines.insert(cost, json!(["funds/in_kind", WORTH]));
        }
        told.push(entry);
        if kind == "grant.secured" {
            let lines = json!([["funds/cost/M1", WORTH], ["funds/in_kind", -WORTH]]);
            told.push(json!(["in_kind.delivered", "corbelle", 0, lines]));
        }
    }
    told
}
