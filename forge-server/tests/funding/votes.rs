//! Votes: opened, voted in, closed by the clock exactly once, and carried out.

use std::process::Command;

use forge_domain::{
    access::MemberStatus,
    hex,
    ledger::{Checkpoint, Verifier},
    vote::VoteState,
};
use forge_server::{
    actions::{
        charters::ProposeCharter,
        spaces::{AdmitMember, AskToJoin, LeaveSpace, Office, ProposeOffice, SetSeat},
        votes::{CastBallot, OpenVote},
    },
    error::Error,
    funding::Reader,
    ledger::{publish, verify},
    voting::VoteBook,
};
use forge_store::{charters, ledger, spaces};
use forge_tests::{engine::block_on, on_both};
use sha2::{Digest as _, Sha256};

use crate::world::{COUNCILS, World, code, slug};

/// Fifteen days after the first, at the end of the day in Paris.
const CLOSES: &str = "2026-10-30T23:00:00Z";
/// A charter whose members vote on who joins.
const ADMIT: &str = "version = 2\n[votes]\n\
                     admit = { quorum_bp = 5000, majority_bp = 6667, days = 7 }\n\
                     [withdrawal]\nnotice_days = 10\n";

impl World {
    pub async fn ask(&self, question: &str) -> String {
        let action = OpenVote {
            space: slug("enfance"),
            question: question.to_owned(),
            explanation: String::new(),
        };
        self.app.act(&self.by("aubervac-lead").await, action).await.unwrap()
    }

    pub async fn vote(&self, vote: &str, council: &str, choice: &str) -> Result<(), Error> {
        let action = CastBallot {
            offer: None,
            vote: vote.to_owned(),
            council: council.to_owned(),
            choice: choice.to_owned(),
            comment: String::new(),
        };
        self.app.act(&self.signatory(council).await, action).await
    }

    pub async fn all_vote(&self, vote: &str, choice: &str) {
        for (council, _) in COUNCILS {
            let book = self.book(vote).await;
            if book.electors.iter().any(|elector| elector.slug == council) {
                self.vote(vote, council, choice).await.unwrap();
            }
        }
    }

    pub async fn book(&self, vote: &str) -> VoteBook {
        VoteBook::of(&mut Reader::Db(&self.app.db), vote).await.unwrap()
    }

    pub async fn the_space(&self) -> spaces::Space {
        spaces::by_slug(&self.app.db, &slug("enfance")).await.unwrap().unwrap()
    }

    pub async fn propose(&self, machine: &str) -> Result<String, Error> {
        let action = ProposeCharter {
            space: slug("enfance"),
            text: "# Charte\r\n\r\nNous décidons ensemble.\r\n".to_owned(),
            machine: machine.to_owned(),
            question: String::new(),
            explanation: String::new(),
        };
        self.app.act(&self.by("belrive-lead").await, action).await
    }

    /// Adopts a charter by the votes of everyone.
    pub async fn adopt(&self, machine: &str) {
        let vote = self.propose(machine).await.unwrap();
        self.all_vote(&vote, "yes").await;
        self.set_clock("2026-11-15T00:00:00Z");
        self.do_jobs().await;
        assert_eq!(self.book(&vote).await.vote.effect_state, "done");
    }

    async fn standing(&self, council: &str) -> Option<MemberStatus> {
        let members = spaces::members(&self.app.db, self.the_space().await.id).await.unwrap();
        members.into_iter().find(|one| one.slug == council).map(|one| one.status)
    }

    /// How often the ledger says this vote was closed.
    async fn closings(&self, vote: &str) -> usize {
        let space = self.the_space().await;
        let entries = ledger::entries(&self.app.db, space.id, 0, 1000).await.unwrap();
        let key = format!("{vote}:closed");
        entries.iter().filter(|entry| entry.idempotency_key == key).count()
    }

    async fn set_standing(
        &self,
        council: &str,
        status: MemberStatus,
    ) -> Result<Option<String>, Error> {
        let action = AdmitMember {
            space: slug("enfance"),
            council: slug(council),
            status,
            act_ref: String::new(),
        };
        self.app.act(&self.by("aubervac-lead").await, action).await
    }
}

/// Runs git and answers what it wrote.
fn git(arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .args(["-c", "safe.directory=*", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

on_both! {
    fn a_vote_is_closed_by_the_clock_and_once(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let vote = world.ask("Se réunir en juin ?").await;
            assert_eq!(vote, "VOTE-2026-0001");
            world.vote(&vote, "aubervac", "yes").await.unwrap();
            world.vote(&vote, "belrive", "no").await.unwrap();
            world.vote(&vote, "corbelle", "abstain").await.unwrap();
            // Minds change until the hour.
            world.set_clock("2026-10-30T22:59:59Z");
            world.vote(&vote, "belrive", "yes").await.unwrap();
            world.do_jobs().await;
            assert_eq!(world.book(&vote).await.vote.state, VoteState::Open);
            // At the hour no ballot is taken, even before the job has run.
            world.set_clock(CLOSES);
            let late = world.vote(&vote, "dormont", "no").await.unwrap_err();
            assert_eq!(code(&late), "vote_closed");
            world.restart().await;
            world.do_jobs().await;
            let closed = world.book(&vote).await;
            assert_eq!(closed.vote.state, VoteState::Passed);
            assert_eq!(closed.vote.reason.as_deref(), Some("carried"));
            assert_eq!(closed.vote.effect_state, "none");
            // Clocks that jump and servers that start again close nothing twice.
            for now in ["2026-10-01T00:00:00Z", "2027-06-01T00:00:00Z"] {
                world.set_clock(now);
                world.restart().await;
                world.do_jobs().await;
            }
            assert_eq!(world.closings(&vote).await, 1);
            assert_eq!(world.book(&vote).await.vote.closed_at, closed.vote.closed_at);
        });
    }

    fn a_vote_stays_open_though_everyone_has_voted(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let vote = world.ask("Se réunir en juin ?").await;
            world.all_vote(&vote, "yes").await;
            world.do_jobs().await;
            assert_eq!(world.book(&vote).await.vote.state, VoteState::Open);
            world.vote(&vote, "esterey", "no").await.unwrap();
        });
    }

    fn the_ledger_holds_the_digest_of_the_final_state_and_a_clone_proves_it(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let vote = world.ask("Se réunir en juin ?").await;
            world.all_vote(&vote, "yes").await;
            world.set_clock(CLOSES);
            world.do_jobs().await;
            let space = world.the_space().await;
            let report = verify::verify(&world.app, &space).await.unwrap();
            assert!(report.verified, "{:?}", report.faults);
            let meta = publish::meta(&world.app, &space).await.unwrap().unwrap();
            let repository = world.app.repositories.get(meta.id.uuid()).await.unwrap();
            let clone = forge_tests::run::folder("clone");
            let (from, to) = (repository.folder(), clone.join("meta"));
            git(&["clone", "-q", from.to_str().unwrap(), to.to_str().unwrap()]);
            let read = |path: &str| std::fs::read(to.join(path)).unwrap();
            let state = read(&format!("votes/{vote}.json"));
            let digest: [u8; 32] = Sha256::digest(&state).into();
            let entries = String::from_utf8(read("ledger/entries-2026.jsonl")).unwrap();
            let line: serde_json::Value =
                serde_json::from_str(entries.lines().next().unwrap()).unwrap();
            assert_eq!(line["kind"], "vote.closed");
            assert_eq!(line["call"], *vote);
            assert_eq!(line["postings"], serde_json::json!([]));
            assert_eq!(line["evidence"][0], format!("sha256:{}", hex::encode(&digest)));
            let state: serde_json::Value = serde_json::from_slice(&state).unwrap();
            assert_eq!((&state["result"], &state["heads"]["yes"]), (&"passed".into(), &5.into()));
            // The head that is signed covers that entry.
            let key = String::from_utf8(read("ledger/key")).unwrap();
            let key: Verifier = key.trim().parse().unwrap();
            let note = String::from_utf8(read("ledger/checkpoint")).unwrap();
            let origin = publish::origin(&world.app, &space).await.unwrap();
            assert_eq!(Checkpoint::open(&note, &origin, &key).unwrap().size, 1);
        });
    }

    fn a_final_state_changed_by_hand_is_found(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let vote = world.ask("Se réunir en juin ?").await;
            world.all_vote(&vote, "yes").await;
            world.set_clock(CLOSES);
            world.do_jobs().await;
            let space = world.the_space().await;
            assert!(verify::verify(&world.app, &space).await.unwrap().verified);
            let forged = "update vote set record = replace(record, 'passed', 'rejected')";
            world.database.execute(&[forged]).await.unwrap();
            let report = verify::verify(&world.app, &space).await.unwrap();
            let codes: Vec<_> = report.faults.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, ["vote_mismatch"]);
        });
    }

    /// Proposed, voted, committed: and a clone shows it.
    fn a_charter_is_amended_by_a_vote_and_by_nothing_else(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let space = world.the_space().await;
            let first = charters::in_force(&world.app.db, space.id).await.unwrap().unwrap();
            assert_eq!((first.version, first.vote_ref), (1, None));
            let stale = world.propose("version = 1\n").await.unwrap_err();
            assert_eq!(code(&stale), "charter_rule_wrong");
            let unread = world.propose("version = 2\n[votes]\ncharter = 3\n").await.unwrap_err();
            let refusal = unread.refusal().unwrap();
            assert_eq!(refusal.code, "charter_unreadable");
            assert_eq!(refusal.args[0], ("line", "3".to_owned()));
            // Two thirds of five must take part, and two thirds of the votes be for it.
            let vote = world.propose(ADMIT).await.unwrap();
            for (council, choice) in
                [("aubervac", "yes"), ("belrive", "yes"), ("corbelle", "no"), ("dormont", "yes")]
            {
                world.vote(&vote, council, choice).await.unwrap();
            }
            world.set_clock("2026-10-15T08:00:01Z");
            let rival = world.propose(ADMIT).await.unwrap();
            world.all_vote(&rival, "yes").await;
            world.set_clock("2026-11-14T23:00:00Z");
            world.do_jobs().await;
            let passed = world.book(&vote).await.vote;
            assert_eq!((passed.state, passed.effect_state.as_str()), (VoteState::Passed, "done"));
            // The other passed at the same hour, and finds another charter in force.
            let late = world.book(&rival).await.vote;
            assert_eq!((late.state, late.effect_state.as_str()), (VoteState::Passed, "failed"));
            assert_eq!(late.effect_note.as_deref(), Some("charter_moved_on"));
            let now = charters::in_force(&world.app.db, space.id).await.unwrap().unwrap();
            assert_eq!((now.version, now.vote_ref.as_deref()), (2, Some(vote.as_str())));
            let meta = publish::meta(&world.app, &space).await.unwrap().unwrap();
            let repository = world.app.repositories.get(meta.id.uuid()).await.unwrap();
            let clone = forge_tests::run::folder("clone").join("meta");
            let (from, to) = (repository.folder(), clone.to_str().unwrap());
            git(&["clone", "-q", from.to_str().unwrap(), to]);
            let at = |file: &str| git(&["-C", to, "show", &format!("{}:{file}", now.oid)]);
            assert_eq!(at("charter.toml"), ADMIT);
            assert_eq!(at("CHARTER.md"), "# Charte\n\nNous décidons ensemble.\n");
            let message = git(&["-C", to, "log", "-1", "--format=%B", &now.oid]);
            assert!(message.contains(&format!("Vote: {vote}")), "{message}");
            let commits = git(&["-C", to, "log", "--format=%H", "--", "charter.toml"]);
            assert_eq!(commits.lines().count(), 2, "the founding, and the one amendment");
        });
    }

    fn members_decide_who_joins_where_the_charter_says_so(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            world.set_standing("esterey", MemberStatus::Left).await.unwrap();
            world.adopt(ADMIT).await;
            let ask = AskToJoin {
                space: slug("enfance"),
                council: slug("esterey"),
                wish: MemberStatus::Contributor,
                act_ref: String::new(),
            };
            let esterey = world.by("esterey-lead").await;
            let vote = world.app.act(&esterey, ask.clone()).await.unwrap().unwrap();
            let by_lead = world.set_standing("esterey", MemberStatus::Contributor).await;
            assert_eq!(code(&by_lead.unwrap_err()), "admit_by_vote");
            let own = world.vote(&vote, "esterey", "yes").await.unwrap_err();
            assert_eq!(own.status(), 403, "who asks does not vote on it");
            world.all_vote(&vote, "no").await;
            world.set_clock("2026-11-30T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.standing("esterey").await, Some(MemberStatus::Left));
            let again = world.app.act(&esterey, ask).await.unwrap().unwrap();
            world.all_vote(&again, "yes").await;
            world.set_clock("2026-12-15T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.standing("esterey").await, Some(MemberStatus::Contributor));
            // A suspension and its end are voted too.
            let out = world.set_standing("dormont", MemberStatus::Suspended).await.unwrap();
            world.all_vote(&out.unwrap(), "yes").await;
            world.set_clock("2027-01-01T00:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.standing("dormont").await, Some(MemberStatus::Suspended));
        });
    }

    fn a_contributor_leaves_when_its_notice_ends(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let leave =
                |council: &str| LeaveSpace { space: slug("enfance"), council: slug(council) };
            let lead = world.by("aubervac-lead").await;
            let stays = world.app.act(&lead, leave("aubervac")).await.unwrap_err();
            assert_eq!(code(&stays), "lead_stays");
            let dormont = world.by("dormont-lead").await;
            world.app.act(&dormont, leave("dormont")).await.unwrap();
            let twice = world.app.act(&dormont, leave("dormont")).await.unwrap_err();
            assert_eq!(code(&twice), "already_leaving");
            // Thirty days, to the end of the last in Paris.
            world.set_clock("2026-11-14T22:59:59Z");
            world.do_jobs().await;
            assert_eq!(world.standing("dormont").await, Some(MemberStatus::Contributor));
            world.restart().await;
            world.set_clock("2026-11-14T23:00:00Z");
            world.do_jobs().await;
            assert_eq!(world.standing("dormont").await, Some(MemberStatus::Left));
        });
    }

    fn another_council_carries_the_space_when_the_members_say_so(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let action = ProposeOffice {
                space: slug("enfance"),
                office: Office::Lead,
                council: slug("corbelle"),
                explanation: String::new(),
            };
            let vote = world.app.act(&world.by("belrive-lead").await, action).await.unwrap();
            world.all_vote(&vote, "yes").await;
            world.set_clock("2026-12-01T00:00:00Z");
            world.do_jobs().await;
            let space = world.the_space().await;
            let members = spaces::members(&world.app.db, space.id).await.unwrap();
            let lead = members.iter().find(|one| one.council_id == space.lead_id).unwrap();
            assert_eq!(lead.slug, "corbelle");
            assert_ne!(space.treasurer_id, space.lead_id, "the funds stay where they were");
        });
    }

    fn the_coordination_group_has_a_veto_where_the_charter_gives_it_one(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let veto = "version = 2\n[votes]\nother = { technical_veto = true, days = 5 }\n";
            world.adopt(veto).await;
            let seat = SetSeat {
                space: slug("enfance"),
                council: slug("dormont"),
                coordinates: true,
            };
            world.app.act(&world.by("aubervac-lead").await, seat).await.unwrap();
            let vote = world.ask("Changer de langage ?").await;
            world.all_vote(&vote, "yes").await;
            world.vote(&vote, "dormont", "no").await.unwrap();
            world.set_clock("2026-12-01T00:00:00Z");
            world.do_jobs().await;
            let closed = world.book(&vote).await.vote;
            assert_eq!(closed.reason.as_deref(), Some("veto"));
        });
    }

    /// Every state of a vote, every event, every actor: done, or refused with its code.
    fn every_state_event_and_role_is_listed_or_refused(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            world.set_standing("esterey", MemberStatus::Observer).await.unwrap();
            world.set_standing("dormont", MemberStatus::Suspended).await.unwrap();
            let carried = world.ask("Oui ?").await;
            world.all_vote(&carried, "yes").await;
            let sunk = world.ask("Non ?").await;
            world.all_vote(&sunk, "no").await;
            world.set_clock(CLOSES);
            world.do_jobs().await;
            let open = world.ask("Peut-être ?").await;
            let mut told = Vec::new();
            for (state, vote) in [("open", &open), ("passed", &carried), ("rejected", &sunk)] {
                assert_eq!(world.book(vote).await.vote.state.name(), state);
                for (who, council) in ACTORS {
                    for event in ["cast", "close"] {
                        let before = snapshot(&world, vote).await;
                        let said = try_event(&world, vote, (event, who, council)).await;
                        let changed = snapshot(&world, vote).await != before;
                        assert_eq!(changed, said == "done", "{state} {event} {who}");
                        told.push(format!("{state} {event} {who}: {said}"));
                    }
                }
            }
            assert_eq!(told, TABLE.lines().map(str::trim).collect::<Vec<_>>());
        });
    }
}

/// Who tries, and for which council.
const ACTORS: [(&str, &str); 7] = [
    ("aubervac-sig", "aubervac"),
    ("belrive-sig", "aubervac"),
    ("aubervac-lead", "aubervac"),
    ("aubervac-fin", "aubervac"),
    ("esterey-sig", "esterey"),
    ("dormont-sig", "dormont"),
    ("odile", "aubervac"),
];

/// The signatory of a contributing council casts while the vote is open; nobody closes it. The
/// observer (esterey), the suspended council (dormont) and the administrator never vote.
const TABLE: &str = "open cast aubervac-sig: done
    open close aubervac-sig: nobody
    open cast belrive-sig: other_council
    open close belrive-sig: nobody
    open cast aubervac-lead: role_missing
    open close aubervac-lead: nobody
    open cast aubervac-fin: role_missing
    open close aubervac-fin: nobody
    open cast esterey-sig: not_a_member
    open close esterey-sig: nobody
    open cast dormont-sig: not_a_member
    open close dormont-sig: nobody
    open cast odile: admin_and_money
    open close odile: nobody
    passed cast aubervac-sig: vote_closed
    passed close aubervac-sig: nobody
    passed cast belrive-sig: other_council
    passed close belrive-sig: nobody
    passed cast aubervac-lead: role_missing
    passed close aubervac-lead: nobody
    passed cast aubervac-fin: role_missing
    passed close aubervac-fin: nobody
    passed cast esterey-sig: not_a_member
    passed close esterey-sig: nobody
    passed cast dormont-sig: not_a_member
    passed close dormont-sig: nobody
    passed cast odile: admin_and_money
    passed close odile: nobody
    rejected cast aubervac-sig: vote_closed
    rejected close aubervac-sig: nobody
    rejected cast belrive-sig: other_council
    rejected close belrive-sig: nobody
    rejected cast aubervac-lead: role_missing
    rejected close aubervac-lead: nobody
    rejected cast aubervac-fin: role_missing
    rejected close aubervac-fin: nobody
    rejected cast esterey-sig: not_a_member
    rejected close esterey-sig: nobody
    rejected cast dormont-sig: not_a_member
    rejected close dormont-sig: nobody
    rejected cast odile: admin_and_money
    rejected close odile: nobody";

/// What stands in the rows of a vote.
async fn snapshot(world: &World, vote: &str) -> String {
    let book = world.book(vote).await;
    let ballots: Vec<String> =
        book.ballots.iter().map(|one| format!("{} {}", one.slug, one.choice)).collect();
    format!("{} {ballots:?}", book.vote.state)
}

async fn try_event(
    world: &World,
    vote: &str,
    (event, who, council): (&str, &str, &str),
) -> &'static str {
    let by = world.by(who).await;
    let done = if event == "cast" {
        let action = CastBallot {
            offer: None,
            vote: vote.to_owned(),
            council: council.to_owned(),
            choice: "yes".to_owned(),
            comment: String::new(),
        };
        world.app.act(&by, action).await
    } else {
        let space = world.the_space().await;
        let members = spaces::members(&world.app.db, space.id).await.unwrap();
        let on = forge_domain::access::Resource::new(
            forge_server::auth::holder::of_space(&space, members),
            forge_domain::access::Visibility::Public,
        );
        forge_server::actions::allow(&by.actor, forge_domain::access::Deed::CloseVote, &on)
    };
    match done {
        Ok(()) => "done",
        Err(error) => code(&error),
    }
}

on_both! {
    fn observers_are_not_asked(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            world.set_standing("esterey", MemberStatus::Observer).await.unwrap();
            let vote = world.ask("Se réunir ?").await;
            let asked: Vec<String> =
                world.book(&vote).await.electors.into_iter().map(|one| one.slug).collect();
            assert_eq!(asked, ["aubervac", "belrive", "corbelle", "dormont"]);
        });
    }
}
