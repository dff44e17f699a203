//! Who is told of what happens: by mail at once, by the mail of the day, in the inbox; and who is
//! told nothing more.

use std::{
    thread,
    time::{Duration, Instant},
};

use forge_tests::{
    Engine, Forge, on_both,
    post::{Door, Mail, PostOffice},
    run,
    town::{Town, call, day, done, pledge},
};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

/// A space led by Chef, in which Ada carries a call; Commune belongs to it, with Cleo who leads,
/// Bea who signs and Finn who keeps its accounts.
struct Story {
    office: PostOffice,
    forge: Forge,
    call: String,
    ada: String,
    bea: String,
    cleo: String,
    finn: String,
    mairie: String,
}

impl Story {
    fn begin(engine: Engine) -> Self {
        Self::behind(engine, Door::Open)
    }

    /// Its mail goes through a guarded door.
    fn behind(engine: Engine, door: Door) -> Self {
        let office = PostOffice::behind(door);
        let forge = office.serving(Forge::with(engine)).start();
        let town = Town::found(&forge);
        town.council("chef", 3000);
        town.council("commune", 1000);
        let ada = town.member("ada", "chef", "lead");
        let cleo = town.member("cleo", "commune", "lead");
        let finn = town.member("finn", "commune", "finance");
        let bea = town.signatory("bea", "commune", "50000");
        let mairie = town.administrator().to_owned();
        town.space("enfance", "chef", &ada);
        town.join("enfance", "commune", "contributor", (&cleo, &ada));
        let mut new = call("La facturation", day(60));
        new["low_ceilings"] = json!(true);
        let api = forge.api(Some(&ada));
        let drafted = api.send("POST", "/api/v1/spaces/enfance/calls", &new);
        let call = done(&drafted)["ref"].as_str().unwrap().to_owned();
        done(&api.send("POST", &format!("/api/v1/calls/{call}/publish"), &json!({})));
        Self { office, forge, call, ada, bea, cleo, finn, mairie }
    }

    fn wants(&self, token: &str, topic: &str, mail: &str) {
        let chosen = json!([{ "topic": topic, "mail": mail }]);
        done(&self.forge.api(Some(token)).send("PUT", "/api/v1/me/mail", &chosen));
    }

    fn pledges(&self, ceiling: &str) -> String {
        let path = format!("/api/v1/calls/{}/pledges", self.call);
        let made = self.forge.api(Some(&self.bea)).send("POST", &path, &pledge("commune", ceiling));
        done(&made)["ref"].as_str().unwrap().to_owned()
    }

    fn amends(&self, pledge: &str, ceiling: &str) {
        let path = format!("/api/v1/pledges/{pledge}/amend");
        let new = json!({ "ceiling": ceiling });
        done(&self.forge.api(Some(&self.bea)).send("POST", &path, &new));
    }

    /// Sets the clock to a day from today, so many minutes after seven in Paris.
    fn morning(&self, from_today: i32, minutes: i8) {
        self.forge.set_clock(&instant(day(from_today), minutes));
    }

    fn kinds(&self, token: &str) -> Vec<String> {
        let inbox = self.forge.api(Some(token)).get("/api/v1/me/notices?limit=50");
        let all = done(&inbox).as_array().unwrap();
        all.iter().map(|notice| notice["kind"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits until somebody's inbox holds so many notices of a kind.
    #[track_caller]
    fn told(&self, token: &str, kind: &str, count: usize) {
        let of_kind = || self.kinds(token).iter().filter(|told| *told == kind).count();
        eventually(|| of_kind() >= count, || format!("{kind}: {:?}", self.kinds(token)));
        assert_eq!(of_kind(), count, "{kind}");
    }
}

fn instant(date: Date, minutes: i8) -> String {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let seven = date.at(7, 0, 0, 0).to_zoned(paris).unwrap();
    seven.saturating_add(minutes.minutes()).timestamp().to_string()
}

#[track_caller]
fn eventually(holds: impl Fn() -> bool, otherwise: impl Fn() -> String) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "not in a minute: {}", otherwise());
        thread::sleep(Duration::from_millis(20));
    }
}

/// The path of the link that ends such mail, as a mail program finds it.
fn one_click(mail: &Mail) -> String {
    assert_eq!(mail.header("list-unsubscribe-post"), Some("List-Unsubscribe=One-Click"));
    let link = mail.header("list-unsubscribe").unwrap().trim_matches(['<', '>']);
    link[link.find("/-/").unwrap()..].to_owned()
}

on_both! {
    /// The lead who wants to know at once is written to; everyone else once a day.
    fn a_firm_pledge_is_told_at_once_or_in_the_mail_of_the_day(engine) {
        let story = Story::begin(engine);
        story.wants(&story.ada, "pledges", "at_once");
        let pledge = story.pledges("20000");
        let mail = story.office.wait_for("ada@forge.example", 1).remove(0);
        assert_eq!(mail.header("from"), Some("forge@forge.example"));
        assert_eq!(mail.header("auto-submitted"), Some("auto-generated"));
        assert_eq!(mail.count("to"), 1);
        let subject = mail.header("subject").unwrap();
        assert!(subject.starts_with(&format!("[{}] ", story.call)), "{subject}");
        assert!(subject.contains("commune") && subject.contains("20\u{202f}000,00"), "{subject}");
        let page = story.forge.url(&format!("/enfance/-/calls/{}/pledges/{pledge}", story.call));
        assert!(mail.text.contains(&page), "{}", mail.text);
        let thread = mail.header("references").unwrap().to_owned();
        assert!(thread.contains(&story.call.to_lowercase()), "{thread}");

        story.amends(&pledge, "19000");
        let second = story.office.wait_for("ada@forge.example", 2).remove(1);
        assert_eq!(second.header("references"), Some(thread.as_str()), "one conversation");
        assert_ne!(second.header("message-id"), mail.header("message-id"));

        story.told(&story.cleo, "pledge.amended", 1);
        assert!(story.office.mail_for("cleo@forge.example").is_empty(), "the day is not over");
        story.morning(1, 1);
        let daily = story.office.wait_for("cleo@forge.example", 1);
        assert_eq!(daily.len(), 1, "{daily:#?}");
        for words in ["20\u{202f}000,00", "19\u{202f}000,00", "est ouvert aux collectivités"] {
            assert!(daily[0].text.contains(words), "{words}: {}", daily[0].text);
        }
        // Bea did it herself; the publication is news to her.
        let own = story.office.wait_for("bea@forge.example", 1);
        assert!(!own[0].text.contains("20\u{202f}000,00"), "{}", own[0].text);
    }

    /// The link needs no account, no question is asked of a mail program, and it is for one topic.
    fn one_press_ends_the_mail_about_a_topic(engine) {
        let story = Story::begin(engine);
        story.wants(&story.ada, "pledges", "at_once");
        let pledge = story.pledges("20000");
        let link = one_click(&story.office.wait_for("ada@forge.example", 1)[0]);
        let visitor = story.forge.browser();
        assert_eq!(visitor.get(&link).status(), 200, "opening it changes nothing");
        let kept = done(&story.forge.api(Some(&story.ada)).get("/api/v1/me/mail")).clone();
        assert_eq!(choice(&kept, "pledges"), "at_once");
        let pressed = visitor.post_unasked(&link, &[("List-Unsubscribe", "One-Click")]);
        assert_eq!(pressed.status(), 200);
        let after = done(&story.forge.api(Some(&story.ada)).get("/api/v1/me/mail")).clone();
        assert_eq!((choice(&after, "pledges"), choice(&after, "calls")), ("never", "daily"));
        let forged = link.replace("pledges", "calls");
        assert_eq!(visitor.post_unasked(&forged, &[]).status(), 404, "another topic, same seal");

        story.amends(&pledge, "19000");
        story.told(&story.ada, "pledge.amended", 1);
        story.morning(1, 1);
        story.office.wait_for("cleo@forge.example", 1);
        let about = |mail: &Mail| mail.text.contains("19\u{202f}000,00");
        assert!(!story.office.mail_for("ada@forge.example").iter().any(about));
    }

    /// A mail server that is away loses nothing, and nobody is written to twice.
    fn mail_waits_for_a_server_that_is_away(engine) {
        let mut story = Story::begin(engine);
        story.wants(&story.ada, "pledges", "at_once");
        story.office.close();
        story.pledges("20000");
        let put_off = |forge: &Forge| forge.printed().contains("a job failed and is put off");
        eventually(|| put_off(&story.forge), || story.forge.printed());
        assert!(!story.forge.printed().contains("ada@forge.example"), "an address in the log");
        story.office.open_again();
        story.morning(1, -30);
        assert_eq!(story.office.wait_for("ada@forge.example", 1).len(), 1);
        story.morning(1, 1);
        story.office.wait_for("cleo@forge.example", 1);
        let firm = |mail: &&Mail| mail.header("subject").unwrap().contains("20\u{202f}000,00");
        assert_eq!(story.office.mail_for("ada@forge.example").iter().filter(firm).count(), 1);
    }

    /// Over TLS, plain at first or from the first byte, signed in, by an authority of one's own.
    fn mail_goes_over_a_secure_line_to_who_signs_in(engine) {
        for door in [Door::StartTls, Door::Tls] {
            let story = Story::behind(engine, door);
            story.wants(&story.ada, "pledges", "at_once");
            story.pledges("20000");
            assert_eq!(story.office.wait_for("ada@forge.example", 1).len(), 1, "{door:?}");
            let setup = || story.office.serving(Forge::with(engine));
            setup().command(&["doctor"]).ok();
            let wrong = setup().set("FORGE_MAIL_PASSWORD", "rose").command(&["doctor"]).fails(1);
            assert!(wrong.contains("535"), "{door:?}: {wrong}");
            let stranger = PostOffice::behind(door).authority();
            let trusting = setup().set("FORGE_MAIL_AUTHORITY", &stranger);
            let unknown = trusting.command(&["doctor"]).fails(1);
            assert!(unknown.contains("no secure line"), "{door:?}: {unknown}");
        }
    }

    /// “Later” is tried again; “never” is given up at once, and an administrator reads why.
    fn a_letter_that_is_refused_is_tried_again_or_given_up(engine) {
        let story = Story::behind(engine, Door::StartTls);
        story.wants(&story.ada, "pledges", "at_once");
        story.office.answers(Some("451 4.7.1 Greylisted, come back later"));
        let pledge = story.pledges("20000");
        let printed = |words: &str| story.forge.printed().contains(words);
        eventually(|| printed("a job failed and is put off"), || story.forge.printed());
        assert!(printed("the mail server answered 451"), "{}", story.forge.printed());
        story.office.answers(None);
        story.morning(1, -30);
        assert_eq!(story.office.wait_for("ada@forge.example", 1).len(), 1);

        story.office.answers(Some("550 5.1.1 No such mailbox: ada@forge.example"));
        story.amends(&pledge, "19000");
        eventually(|| printed("a letter is given up"), || story.forge.printed());
        assert!(!printed("ada@forge.example"), "an address in the log");
        let town = Town::known(&story.forge);
        let page = town.signed_in("mairie").get("/-/admin");
        let why = "the mail server refuses the message for good (550)";
        assert!(page.says(why) && page.says("ada"), "{}", page.html());
        story.office.answers(None);
        story.morning(2, 1);
        story.office.wait_for("cleo@forge.example", 1);
        let told = story.office.mail_for("ada@forge.example");
        let amended = |mail: &&Mail| mail.header("subject").unwrap().contains("19\u{202f}000,00");
        assert_eq!(told.iter().filter(amended).count(), 0, "given up is not tried again");
    }

    /// What was to be told to somebody is not, once they lost the role they were to be told in.
    fn who_lost_a_role_hears_nothing_more(engine) {
        let story = Story::begin(engine);
        story.pledges("20000");
        story.told(&story.finn, "pledge.firm", 1);
        let api = story.forge.api(Some(&story.mairie));
        let held = done(&api.get("/api/v1/councils/commune/roles")).clone();
        let of_finn = |role: &&Value| role["person"] == "finn";
        let role = held.as_array().unwrap().iter().find(of_finn);
        let role = role.unwrap_or_else(|| panic!("{held:#?}"))["id"].as_str().unwrap();
        let ended = api.delete(&format!("/api/v1/councils/commune/roles/{role}"));
        assert!(ended.status < 300, "{ended:#?}");
        assert!(story.kinds(&story.finn).is_empty(), "the inbox shows what one may read");
        story.morning(1, 1);
        // Whoever still holds a role there is written to, so the mail of the day has gone out.
        story.office.wait_for("cleo@forge.example", 1);
        assert!(story.office.mail_for("finn@forge.example").is_empty());
    }

    /// An act that is refused leaves nothing behind.
    fn a_refused_act_is_told_to_nobody(engine) {
        let story = Story::begin(engine);
        let path = format!("/api/v1/calls/{}/pledges", story.call);
        let over = pledge("commune", "60000");
        let refused = story.forge.api(Some(&story.bea)).send("POST", &path, &over);
        assert_eq!(refused.status, 403, "above the mandate: {refused:?}");
        story.pledges("20000");
        story.told(&story.ada, "pledge.firm", 1);
        let kinds = story.kinds(&story.ada);
        let about: Vec<_> = kinds.iter().filter(|kind| kind.starts_with("pledge.")).collect();
        assert_eq!(about, ["pledge.firm"]);
    }

    /// One's own inbox and choices, by page and from a terminal.
    fn people_read_and_choose_for_themselves(engine) {
        let story = Story::begin(engine);
        story.pledges("20000");
        story.told(&story.ada, "pledge.firm", 1);
        let town = Town::known(&story.forge);
        let browser = town.signed_in("ada");
        let inbox = browser.get("/-/inbox");
        assert!(inbox.says("commune makes a firm pledge") && inbox.says("Unread"));
        let marked = browser.submit(&inbox.form("main form"));
        assert!(marked.says("Marked as read") && !marked.says("Unread"));
        let before = done(&story.forge.api(Some(&story.ada)).get("/api/v1/me/mail")).clone();
        assert_eq!(choice(&before, "votes"), "daily");
        let choices = browser.get("/-/settings/notices").form("main form");
        let kept = browser.submit(&choices.fill("votes", "never"));
        assert!(kept.says("Your choices are kept"));
        let terminal = story.forge.terminal().signed_in(&story.ada);
        let told = terminal.forge("", &["me", "notices", "--json"]).json();
        assert!(told.as_array().unwrap().iter().all(|notice| notice["read"] == true), "{told:#}");
        let chosen = terminal.forge("", &["me", "mail", "pledges", "at_once", "--json"]).json();
        assert_eq!((choice(&chosen, "pledges"), choice(&chosen, "votes")), ("at_once", "never"));
        terminal.forge("", &["me", "mail", "weather", "daily"]).fails(1);
    }

    /// An administrator sees that the mail server answers before anybody waits for it.
    fn the_mail_server_is_looked_at(engine) {
        let mut office = PostOffice::open();
        let setup = office.serving(Forge::with(engine));
        setup.command(&["doctor"]).ok();
        setup.command(&["admin", "mail", "test", "someone@forge.example"]).ok();
        let mail = office.wait_for("someone@forge.example", 1);
        assert_eq!(mail[0].header("auto-submitted"), Some("auto-generated"));
        office.close();
        let missed = setup.command(&["doctor"]).fails(1);
        assert!(missed.contains("does not answer"), "{missed}");
    }

    /// What waited when the backup was made may have been mailed since: it is not mailed again.
    fn a_restored_backup_repeats_no_mail(engine) {
        let story = Story::begin(engine);
        let pledge = story.pledges("20000");
        story.told(&story.cleo, "pledge.firm", 1);
        let file = run::folder("backup").join("forge.backup");
        story.forge.command(&["backup", file.to_str().unwrap()]).ok();
        let Story { office, forge, call, ada, bea, cleo, finn, mairie } = story;
        drop(forge);
        let setup = office.serving(Forge::with(engine));
        setup.command(&["restore", file.to_str().unwrap()]).ok();
        let forge = setup.start();
        let story = Story { office, forge, call, ada, bea, cleo, finn, mairie };
        story.told(&story.cleo, "pledge.firm", 1);
        story.amends(&pledge, "19000");
        story.told(&story.cleo, "pledge.amended", 1);
        story.morning(1, 1);
        let mail = story.office.wait_for("cleo@forge.example", 1);
        assert_eq!(mail.len(), 1);
        assert!(mail[0].text.contains("19\u{202f}000,00"), "{}", mail[0].text);
        assert!(!mail[0].text.contains("20\u{202f}000,00"), "{}", mail[0].text);
    }

    /// Each reminder comes once: over restarts, and over a clock that went back.
    fn a_reminder_comes_once(engine) {
        let mut story = Story::begin(engine);
        let path = format!("/api/v1/calls/{}/intentions", story.call);
        let intends = json!({ "council": "commune" });
        let cleo = story.forge.api(Some(&story.cleo));
        let intended = done(&cleo.send("POST", &path, &intends)).clone();
        let intended = intended["ref"].as_str().unwrap();
        let meets = json!({ "planned_on": day(50).to_string(), "body": "council" });
        let finn = story.forge.api(Some(&story.finn));
        done(&finn.send("POST", &format!("/api/v1/pledges/{intended}/schedule"), &meets));

        story.morning(29, 0);
        story.morning(30, 0);
        story.told(&story.cleo, "reminder.deadline", 1);
        story.told(&story.ada, "reminder.deadline", 1);
        story.forge.kill();
        // Its clock is today's again.
        story.forge.start_again();
        story.morning(30, 30);
        story.morning(31, 0);
        story.morning(40, 0);
        story.told(&story.finn, "reminder.meeting", 1);
        story.told(&story.cleo, "reminder.deadline", 1);
        // The server slept through the seventh day before: the latest is told, alone.
        story.morning(59, 0);
        story.told(&story.cleo, "reminder.deadline", 2);
        story.told(&story.finn, "reminder.meeting", 1);
    }
}

fn choice<'a>(choices: &'a Value, topic: &str) -> &'a str {
    let found = choices.as_array().unwrap().iter().find(|choice| choice["topic"] == topic);
    found.unwrap()["mail"].as_str().unwrap()
}
