//! Programs of others that are told what happens: signed, again where it failed, and never what or
//! where they may not be (domain.md §c18, security.md A4).

use std::{fs, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_tests::{
    Api, Engine, Forge, Receiver, Terminal, on_both,
    receiver::Answer,
    run, source,
    town::{Town, call, day, done},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// What must never come back: a secret in the form of Standard Webhooks.
const SECRET: &str = "whsec_c2VyaW51cyBjYW5hcmlhIHNpbmdzIGF0IGRhd24=";

/// Tries the sample on what was sent: as it came, again, late, with another body, another time,
/// another secret.
const DRIVER: &str = r#"
import json, sys

told = json.load(sys.stdin)
headers, body, secret, sent = (told[key] for key in ("headers", "body", "secret", "sent"))


def attempt(headers=headers, body=body, secret=secret, now=sent + 1):
    try:
        verify(headers, body.encode(), secret, now)
        print("taken")
    except ValueError as refused:
        print(refused)


attempt()
attempt()
attempt(now=sent + 301)
attempt(body=body.replace("ping", "pong"))
attempt(headers={**headers, "webhook-timestamp": str(sent + 1)})
attempt(secret="whsec_" + "A" * 43 + "=")
"#;

/// A forge that may tell programs of this machine, a space, and who leads it.
struct Hall {
    forge: Forge,
    lead: String,
    receiver: Receiver,
}

impl Hall {
    fn open(engine: Engine) -> Self {
        let forge = Forge::with(engine).set("FORGE_OUTBOUND_ALLOW", "127.0.0.1").start();
        Self::of(forge)
    }

    fn of(forge: Forge) -> Self {
        let town = Town::found(&forge);
        town.council("aubervac", 12_345);
        let lead = town.member("lise", "aubervac", "lead");
        town.space("enfance", "aubervac", &lead);
        Self { forge, lead, receiver: Receiver::start() }
    }

    fn api(&self) -> Api {
        self.forge.api(Some(&self.lead))
    }

    /// Adds a webhook to the space, and returns its number.
    fn hook(&self, receiver: &Receiver, more: Value) -> i64 {
        let mut new = json!({ "config": { "url": receiver.url("/hook"), "secret": SECRET } });
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made = self.api().send("POST", "/api/v1/orgs/enfance/hooks", &new);
        assert_eq!(made.status, 201, "{made:#?}");
        made.body["id"].as_i64().unwrap()
    }

    /// Drafts and publishes a call: an event that everybody may know of.
    fn publish(&self, title: &str) -> String {
        let drafted =
            self.api().send("POST", "/api/v1/spaces/enfance/calls", &call(title, day(60)));
        let reference = done(&drafted)["ref"].as_str().unwrap().to_owned();
        done(&self.api().send("POST", &format!("/api/v1/calls/{reference}/publish"), &json!({})));
        reference
    }

    fn ping(&self, hook: i64) {
        let path = format!("/api/v1/orgs/enfance/hooks/{hook}/tests");
        assert_eq!(self.api().send("POST", &path, &json!({})).status, 204);
    }

    /// The deliveries of a webhook, newest first.
    fn deliveries(&self, hook: i64) -> Vec<Value> {
        let told = self.api().get(&format!("/api/v1/orgs/enfance/hooks/{hook}/deliveries"));
        done(&told).as_array().unwrap().clone()
    }

    /// Waits until a delivery is as it is wanted.
    #[track_caller]
    fn until(&self, hook: i64, wanted: impl Fn(&Value) -> bool) -> Value {
        run::wait_until(Duration::from_secs(30), || self.deliveries(hook).into_iter().find(&wanted))
            .unwrap_or_else(|| panic!("{:#?}", self.deliveries(hook)))
    }

    fn view(&self, hook: i64) -> Value {
        let path = format!("/api/v1/orgs/enfance/hooks/{hook}");
        done(&self.api().get(&path)).clone()
    }
}

fn after(instant: Timestamp, seconds: i64) -> String {
    (instant + SignedDuration::from_secs(seconds)).to_string()
}

fn key() -> Vec<u8> {
    BASE64_STANDARD.decode(SECRET.trim_start_matches("whsec_")).unwrap()
}

on_both! {
    /// api.md §7, security.md A4 #71, #72
    fn what_happens_is_told_and_signed_in_both_ways(engine) {
        let hall = Hall::open(engine);
        let hook = hall.hook(&hall.receiver, json!({ "events": ["call.*", "vote.opened"] }));
        let reference = hall.publish("La <facturation>");
        let told = &hall.receiver.wait_for(1)[0];
        assert_eq!(told.path, "/hook");
        assert_eq!(told.header("content-type"), "application/json");
        for name in ["x-forgejo-event", "x-gitea-event", "x-github-event"] {
            assert_eq!(told.header(name), "call.published");
        }
        assert!(told.is_signed_by(&key()), "{told:#?}");
        assert!(told.is_signed_plainly_by(SECRET), "{told:#?}");
        assert!(!told.is_signed_by(b"another key"), "a signature tells keys apart");

        assert_eq!(told.body.trim_ascii(), told.body, "clients sign what they have trimmed");
        let body = told.json();
        assert_eq!(body["id"], told.header("webhook-id"));
        assert_eq!(body["id"], told.header("x-forgejo-delivery"));
        assert_eq!(body["type"], "call.published");
        assert_eq!(body["data"]["space"], "enfance");
        assert_eq!(body["data"]["call"], reference.as_str());
        assert_eq!(body["data"]["call_title"], "La <facturation>");
        assert_eq!(body["url"], hall.forge.url(&format!("/enfance/-/calls/{reference}")).as_str());
        assert!(body["timestamp"].as_str().unwrap().ends_with('Z'), "{body:#}");
        let delivered = hall.until(hook, |one| one["state"] == "delivered");
        assert_eq!((&delivered["status"], &delivered["said"]), (&json!(200), &json!("thanks")));
    }

    /// security.md A4 #72: the sample of the guide takes what we send, and refuses the rest.
    fn the_sample_of_the_guide_refuses_a_replay(engine) {
        let hall = Hall::open(engine);
        hall.forge.set_clock("2027-03-01T09:00:00Z");
        let hook = hall.hook(&hall.receiver, json!({}));
        hall.ping(hook);
        let told = &hall.receiver.wait_for(1)[0];
        let guide = fs::read_to_string(source::root().join("docs/src/integrations.md")).unwrap();
        let (_, sample) = guide.split_once("```python\n").unwrap();
        let (sample, _) = sample.split_once("```").unwrap();
        let reader = Terminal::new();
        reader.write("sample.py", &format!("{sample}\n\n{DRIVER}"));
        let sent: i64 = told.header("webhook-timestamp").parse().unwrap();
        let input = json!({
            "headers": told.headers, "body": String::from_utf8_lossy(&told.body),
            "secret": SECRET, "sent": sent,
        });
        let said = reader.shell("python3 sample.py", &input.to_string());
        let expected = "taken\nit was seen before\nit is too old\nthe signature is wrong\n\
                        the signature is wrong\nthe signature is wrong\n";
        assert_eq!(said.ok(), expected);
    }

    /// security.md A4 #71, A11 #159
    fn a_secret_is_never_seen_again(engine) {
        let hall = Hall::open(engine);
        let hook = hall.hook(&hall.receiver, json!({}));
        hall.ping(hook);
        hall.receiver.wait_for(1);
        hall.until(hook, |one| one["state"] == "delivered");
        let browser = Town::known(&hall.forge).signed_in("lise");
        let mut seen = Vec::new();
        let list = "/enfance/-/settings/webhooks";
        for path in [list, &format!("{list}/{hook}")] {
            let page = browser.get(path);
            assert_eq!(page.status(), 200);
            assert!(page.says(&hall.receiver.url("/hook")) || path.ends_with("webhooks"));
            seen.push(page.html());
        }
        let list = hall.api().get("/api/v1/orgs/enfance/hooks");
        assert_eq!(done(&list)[0]["secret"], Value::Null);
        seen.push(list.body.to_string());
        let edit = json!({ "active": true });
        let edited = hall.api().send("PATCH", &format!("/api/v1/orgs/enfance/hooks/{hook}"), &edit);
        seen.push(done(&edited).to_string());
        seen.push(hall.forge.printed());
        let backup = run::folder("backup").join("forge.backup");
        hall.forge.command(&["backup", backup.to_str().unwrap()]).ok();
        for file in files(hall.forge.data()).into_iter().chain([backup]) {
            seen.push(String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned());
        }
        let coded = SECRET.trim_start_matches("whsec_");
        for text in seen {
            assert!(!text.contains(coded) && !text.contains("canaria sings at dawn"));
        }
        // The forge tells one it made, once.
        let own = json!({ "config": { "url": hall.receiver.url("/own") } });
        let made = hall.api().send("POST", "/api/v1/orgs/enfance/hooks", &own);
        let secret = done(&made)["secret"].as_str().unwrap().to_owned();
        let number = made.body["id"].as_i64().unwrap();
        assert_eq!(hall.view(number)["secret"], Value::Null);
        hall.ping(number);
        let told = &hall.receiver.wait_for(2)[1];
        let own_key = BASE64_STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
        assert!(told.is_signed_by(&own_key) && own_key.len() == 32, "{told:#?}");
    }

    /// security.md B2.7: at least once, under a stable id.
    fn what_failed_is_told_again_under_the_same_id(engine) {
        let hall = Hall::open(engine);
        let hook = hall.hook(&hall.receiver, json!({}));
        let begun = Timestamp::now();
        hall.forge.set_clock(&after(begun, 0));
        for status in [500, 404] {
            hall.receiver.then(Answer::Status(status));
        }
        hall.publish("La facturation");
        let failed = hall.until(hook, |one| one["attempts"] == 1);
        assert_eq!((&failed["state"], &failed["status"]), (&json!("waiting"), &json!(500)));
        hall.forge.set_clock(&after(begun, 11));
        hall.until(hook, |one| one["attempts"] == 2);
        hall.forge.set_clock(&after(begun, 12));
        hall.forge.set_clock(&after(begun, 35));
        let delivered = hall.until(hook, |one| one["state"] == "delivered");
        assert_eq!(delivered["attempts"], 3);
        let told = hall.receiver.received();
        assert_eq!(told.len(), 3, "it waited for the second retry: {told:#?}");
        for again in &told[1..] {
            assert_eq!(again.header("webhook-id"), told[0].header("webhook-id"));
            assert_eq!(again.body, told[0].body);
            assert_ne!(again.header("webhook-timestamp"), told[0].header("webhook-timestamp"));
            assert!(again.is_signed_by(&key()), "{again:#?}");
        }

        let id = delivered["id"].as_str().unwrap();
        let path = format!("/api/v1/orgs/enfance/hooks/{hook}/deliveries/{id}/redeliver");
        assert_eq!(hall.api().send("POST", &path, &json!({})).status, 204);
        let told = hall.receiver.wait_for(4);
        assert_eq!(told[3].header("webhook-id"), id);
        assert_eq!(told[3].body, told[0].body);
    }

    /// security.md B3, R33
    fn a_target_that_hangs_holds_nobody_back(engine) {
        let hall = Hall::open(engine);
        let hanging = Receiver::start();
        (0..8).for_each(|_| hanging.then(Answer::Hang));
        let slow = hall.hook(&hanging, json!({}));
        let quick = hall.hook(&hall.receiver, json!({}));
        let begun = Timestamp::now();
        hall.forge.set_clock(&after(begun, 0));
        let reference = hall.publish("La facturation");
        hanging.wait_for(1);
        hall.receiver.wait_for(1);
        hall.until(quick, |one| one["state"] == "delivered");
        // A deadline too: the call ends while the target still hangs.
        hall.forge.set_clock(&after(begun, 70 * 24 * 3600));
        let path = format!("/api/v1/calls/{reference}");
        let ended = run::wait_until(Duration::from_secs(30), || {
            let told = hall.api().get(&path);
            (done(&told)["state"] == "failed").then_some(())
        });
        assert!(ended.is_some(), "the deadline waited");
        let told = hall.receiver.wait_for(2);
        assert_eq!(told[1].json()["type"], "call.failed");
        let held = hall.deliveries(slow);
        assert!(held.iter().all(|one| one["status"] == Value::Null), "{held:#?}");
        assert_eq!(hanging.received().len(), 1, "a webhook is told one thing at a time");
    }

    /// security.md B3, R33: three days, then it is stopped and somebody is told.
    fn what_nobody_hears_is_given_up(engine) {
        let hall = Hall::open(engine);
        let hook = hall.hook(&hall.receiver, json!({}));
        let begun = Timestamp::now();
        hall.forge.set_clock(&after(begun, 0));
        (0..60).for_each(|_| hall.receiver.then(Answer::Status(503)));
        hall.publish("La facturation");
        let mut attempts = 0;
        let last = loop {
            attempts += 1;
            let seen = hall.until(hook, |one| one["attempts"] == attempts);
            if seen["state"] != "waiting" {
                break seen;
            }
            hall.forge.set_clock(seen["next_at"].as_str().unwrap());
        };
        assert_eq!(last["state"], "failed");
        let tried: Timestamp = last["tried_at"].as_str().unwrap().parse().unwrap();
        let days = (tried - begun).total(jiff::Unit::Hour).unwrap() / 24.0;
        assert!((2.9..3.3).contains(&days), "{days} days");
        assert!((15..40).contains(&attempts), "{attempts} attempts");
        let stopped = run::wait_until(Duration::from_secs(30), || {
            Some(hall.view(hook)).filter(|hook| hook["stopped"] == "failing")
        });
        assert_eq!(stopped.unwrap()["active"], false);

        let before = hall.receiver.received().len();
        hall.publish("La cantine");
        let refused = hall.api().send(
            "POST",
            &format!("/api/v1/orgs/enfance/hooks/{hook}/tests"),
            &json!({}),
        );
        assert_eq!(refused.status, 422, "{refused:#?}");
        let again = json!({ "active": true });
        let path = format!("/api/v1/orgs/enfance/hooks/{hook}");
        assert_eq!(done(&hall.api().send("PATCH", &path, &again))["stopped"], Value::Null);
        hall.ping(hook);
        let told = hall.receiver.wait_for(before + 1);
        assert_eq!(told.last().unwrap().json()["type"], "ping", "what was missed is not sent late");
    }

    /// security.md A4 #66
    fn nobody_is_led_elsewhere(engine) {
        let hall = Hall::open(engine);
        let elsewhere = Receiver::start();
        hall.receiver.then(Answer::Redirect(elsewhere.url("/")));
        hall.receiver.then(Answer::Flood);
        let hook = hall.hook(&hall.receiver, json!({}));
        hall.ping(hook);
        let led = hall.until(hook, |one| one["attempts"] == 1);
        assert_eq!((&led["state"], &led["status"]), (&json!("waiting"), &json!(307)));
        // Words without end are cut.
        hall.ping(hook);
        let flooded = hall.until(hook, |one| one["state"] == "delivered");
        assert_eq!(flooded["said"].as_str().unwrap().len(), 500);
        assert!(elsewhere.received().is_empty());
    }

    /// security.md A4 #64, #67, #73: at creation, and at each use.
    fn a_private_address_is_never_reached_unless_it_is_allowed(engine) {
        let setup = Forge::with(engine);
        let settings = setup.data().join("forge.toml");
        fs::write(&settings, "[outbound]\nallow = [\"127.0.0.1\"]\n").unwrap();
        let setup = setup.set("FORGE_CONFIG", settings.to_str().unwrap());
        let mut hall = Hall::of(setup.start());
        let hook = hall.hook(&hall.receiver, json!({}));
        hall.ping(hook);
        hall.receiver.wait_for(1);
        hall.until(hook, |one| one["state"] == "delivered");

        hall.forge.stop();
        fs::write(&settings, "").unwrap();
        hall.forge.start_again();
        hall.ping(hook);
        let refused = hall.until(hook, |one| one["state"] == "waiting" && one["attempts"] == 1);
        assert_eq!(refused["status"], Value::Null);
        assert!(refused["said"].as_str().unwrap().contains("private network"), "{refused:#}");
        assert_eq!(hall.receiver.received().len(), 1);
        for (address, code) in [
            (&*hall.receiver.url("/hook"), "address_not_public"),
            ("https://127.0.0.1/", "address_not_public"),
            ("https://[::ffff:127.0.0.1]/", "address_not_public"),
            ("https://0x7f.1/", "address_not_public"),
            ("https://2130706433/", "address_not_public"),
            ("https://localhost/", "address_not_public"),
            ("https://169.254.169.254/latest/", "address_not_public"),
            ("https://a@127.0.0.1#@ok.example/", "address_tricky"),
            ("https://ok.example/%0d%0aX-Y:z", "address_tricky"),
            ("http://ok.example/", "address_not_https"),
            ("gopher://ok.example/", "address_invalid"),
        ] {
            let new = json!({ "config": { "url": address } });
            let refused = hall.api().send("POST", "/api/v1/orgs/enfance/hooks", &new);
            assert_eq!(refused.status, 422, "{address}");
            assert!(refused.body.to_string().contains(code), "{address}: {:#}", refused.body);
        }
    }

    /// security.md A3 #52
    fn a_webhook_ends_with_the_right_of_whoever_made_it(engine) {
        let hall = Hall::open(engine);
        let town = Town::known(&hall.forge);
        let second = {
            let api = hall.api();
            hall.forge.command(&[
                "admin", "user", "create", "--login", "dave", "--name", "Dave", "--email",
                "dave@forge.example",
            ]).ok();
            let role = json!({ "person": "dave", "role": "lead" });
            done(&api.send("POST", "/api/v1/councils/aubervac/roles", &role));
            town.token("dave", "write")
        };
        let new = json!({ "config": { "url": hall.receiver.url("/hook") } });
        let made = hall.forge.api(Some(&second)).send("POST", "/api/v1/orgs/enfance/hooks", &new);
        let hook = done(&made)["id"].as_i64().unwrap();
        hall.publish("La facturation");
        hall.receiver.wait_for(1);

        let held = hall.api().get("/api/v1/councils/aubervac/roles");
        let held = done(&held).as_array().unwrap().clone();
        let role = held.iter().find(|held| held["person"] == "dave").unwrap();
        let path = format!("/api/v1/councils/aubervac/roles/{}", role["id"].as_str().unwrap());
        assert_eq!(hall.api().delete(&path).status, 204);
        hall.publish("La cantine");
        let dropped = hall.until(hook, |one| one["state"] == "dropped");
        assert_eq!(dropped["attempts"], 0);
        let stopped = run::wait_until(Duration::from_secs(30), || {
            Some(hall.view(hook)).filter(|hook| hook["active"] == false)
        });
        assert_eq!(stopped.unwrap()["stopped"], "maker");
        assert_eq!(hall.receiver.received().len(), 1, "not one further delivery");
        // Another lead takes it over.
        let again = json!({ "active": true });
        done(&hall.api().send("PATCH", &format!("/api/v1/orgs/enfance/hooks/{hook}"), &again));
        hall.publish("La bibliothèque");
        hall.receiver.wait_for(2);
    }

    /// The form that Rocket.Chat, Mattermost and Slack take from an incoming webhook.
    fn a_room_is_told_in_words(engine) {
        let hall = Hall::open(engine);
        let hook = hall.hook(&hall.receiver, json!({ "format": "rocketchat" }));
        hall.ping(hook);
        let told = hall.receiver.wait_for(1)[0].json();
        assert_eq!(told["text"], "Essai\u{a0}: le webhook de enfance fonctionne.");
        let reference = hall.publish("La facturation");
        let told = hall.receiver.wait_for(2)[1].json();
        let text = told["text"].as_str().unwrap();
        assert!(text.contains("La facturation"), "{told:#}");
        let [attachment] = told["attachments"].as_array().unwrap().as_slice() else {
            panic!("{told:#}")
        };
        assert_eq!(attachment["fallback"], text);
        assert_eq!(attachment["title"], "La facturation");
        let page = hall.forge.url(&format!("/enfance/-/calls/{reference}"));
        assert_eq!(attachment["title_link"], page.as_str());
        assert!(attachment["text"].is_string() && told.as_object().unwrap().len() == 2, "{told:#}");
    }

    /// By the forms of the page, and by the client.
    fn a_lead_adds_tests_and_removes_one(engine) {
        let hall = Hall::open(engine);
        let browser = Town::known(&hall.forge).signed_in("lise");
        let page = browser.get("/enfance");
        assert!(page.attributes("a", "href").contains(&"/enfance/-/settings/webhooks".to_owned()));
        let page = browser.get("/enfance/-/settings/webhooks");
        let form = page.form("form[action='/enfance/-/settings/webhooks']");
        let wrong = browser.submit(&form.clone().fill("url", "ftp://x").fill("events", "vote.*"));
        assert_eq!(wrong.status(), 422);
        let kept = wrong.form("form[action='/enfance/-/settings/webhooks']");
        let kept = kept.fill("url", &hall.receiver.url("/page"));
        let added = browser.submit(&kept.fill("events", "call.*"));
        assert!(added.says("The webhook is added."), "{}", added.html());
        let secret = added.attributes("#new-secret", "value").remove(0);
        assert!(secret.starts_with("whsec_"), "{secret}");
        let number = added.attributes("table a", "href").remove(0);
        let page = browser.get(&number);
        let tested = browser.submit(&page.form(&format!("form[action='{number}/test']")));
        assert!(tested.says("The test is asked for"), "{}", tested.html());
        let told = hall.receiver.wait_for(1);
        let key = BASE64_STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
        assert!(told[0].is_signed_by(&key), "{told:#?}");
        let hook = number.rsplit('/').next().unwrap();
        hall.until(hook.parse().unwrap(), |one| one["state"] == "delivered");
        let page = browser.get(&number);
        for words in ["ping", "received", "thanks"] {
            assert!(page.says(words), "{}", page.html());
        }

        let terminal = hall.forge.terminal().with("FORGE_TOKEN", &hall.lead);
        let listed = terminal.forge("", &["webhook", "list", "enfance", "--json"]).json();
        assert_eq!(listed[0]["events"], json!(["call.*"]));
        let asked = ["webhook", "deliveries", "enfance", hook, "--json"];
        let deliveries = terminal.forge("", &asked).json();
        let id = deliveries[0]["id"].as_str().unwrap();
        terminal.forge("", &["webhook", "redeliver", "enfance", hook, id]).ok();
        assert_eq!(hall.receiver.wait_for(2)[1].header("webhook-id"), id);
        let url = hall.receiver.url("/client");
        let add = ["webhook", "add", "aubervac", &url, "--event", "pledge.*", "--json"];
        let added = terminal.forge("", &add).json();
        let own = added["id"].to_string();
        terminal.forge("", &["webhook", "test", "aubervac", &own]).ok();
        assert_eq!(hall.receiver.wait_for(3)[2].path, "/client");
        terminal.forge("", &["webhook", "remove", "aubervac", &own]).ok();
        terminal.forge("", &["webhook", "test", "aubervac", &own]).fails(4);

        let page = browser.get(&number);
        let removed = browser.submit(&page.form(&format!("form[action='{number}/remove']")));
        assert!(removed.says("No webhook yet."), "{}", removed.html());
    }
}

/// Every file below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}
