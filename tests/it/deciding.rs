//! What councils decide together, by command alone: a vote taken back, a charter amended, a
//! supplier chosen between offers.

use forge_tests::{Terminal, on_both, town::day};
use serde_json::json;

use crate::by_command::{People, eventually, refused, said};

/// Casts the ballots of both councils.
fn both_say(people: &People, vote: &str, words: &str) {
    let cast = |who: &Terminal, council: &str| {
        said(who, &format!("vote cast {vote} --council {council} {words} --yes"));
    };
    cast(&people.bea, "aubervac");
    cast(&people.ada, "belrive");
}

on_both! {
    fn a_vote_opened_by_mistake_is_taken_back(engine) {
        let people = People::settled(engine);
        let open = "vote open enfance --question Continuer?";
        let wrong = said(&people.ada, open)["reference"].as_str().unwrap().to_owned();
        assert_eq!(refused(&people.bea, &format!("vote withdraw {wrong}"), 3), "not_the_opener");
        assert_eq!(said(&people.ada, &format!("vote withdraw {wrong}"))["state"], "withdrawn");
        let right = said(&people.ada, open)["reference"].as_str().unwrap().to_owned();
        both_say(&people, &right, "--choice yes");
        assert_eq!(refused(&people.ada, &format!("vote withdraw {right}"), 5), "ballot_cast");
        let listed = said(&people.ada, "vote list --space enfance --state withdrawn");
        assert_eq!(listed[0]["reference"], wrong);
    }

    fn a_charter_is_amended_and_a_supplier_chosen(engine) {
        let people = People::settled(engine);
        let call = people.call();
        people.commit(&people.bea, &call, "aubervac", "40000");
        people.commit(&people.ada, &call, "belrive", "40000");
        people.ada.write("charte/CHARTER.md", "# Charte\n\nNous décidons ensemble.\n");
        let machine = "version = 2\n[late_joiner]\npolicy = \"redistribute\"\n";
        people.ada.write("charte/charter.toml", machine);
        let proposed = said(&people.ada, "space charter propose enfance --folder charte");
        assert_eq!((&proposed["kind"], &proposed["state"]), (&json!("charter"), &json!("open")));
        both_say(&people, proposed["reference"].as_str().unwrap(), "--choice yes");
        people.forge.set_clock(&format!("{}T12:00:00Z", day(42)));
        eventually("the charter is in force", || {
            said(&people.bea, "space charter show enfance")["version"] == 2
        });
        eventually("the call is confirmed", || {
            said(&people.ada, &format!("call view {call}"))["state"] == "confirmed"
        });

        let offers = "--offer Opensoft;OFF-12;59000 --offer Librelogic;D-2027-3;54000";
        let asked = said(&people.ada, &format!("call supplier {call} {offers} --reason Offres"));
        let vote = asked["vote"].as_str().unwrap();
        let told = said(&people.bea, &format!("vote show {vote}"));
        assert_eq!(told["offers"][1]["supplier"], "Librelogic");
        let ballot = format!("vote cast {vote} --council aubervac --choice yes --yes");
        assert_eq!(refused(&people.bea, &ballot, 1), "option_missing");
        both_say(&people, vote, "--choice yes --offer 2");
        people.forge.set_clock(&format!("{}T12:00:00Z", day(60)));
        eventually("the winner is recorded", || {
            let seen = said(&people.ada, &format!("call view {call}"));
            seen["chosen_supplier"]["supplier"] == "Librelogic"
        });
        let signed = format!("call contract {call} --ref 2027-MAPA-014 --signed-on {}", day(59));
        let executing = said(&people.ada, &signed);
        assert_eq!(executing["state"], "executing");
        assert_eq!(executing["contract"]["supplier"], "Librelogic");
        assert_eq!(executing["contract"]["amount"], "54000.00");
    }
}
