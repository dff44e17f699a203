//! What becomes of a call after it is published: amended, extended, carried out, cut down.

use std::process::Command;

use forge_api::{
    calls::{NewCall, NewContract},
    milestones::{Delivery, NewUnmet},
};
use forge_domain::{
    Id,
    call::{CallState, leaves_freely},
    milestone::MilestoneState,
    names::{PathInRepo, RefName},
};
use forge_git::{NewCommit, Signature};
use forge_server::{
    actions::{
        calls::{AmendCall, ProposeExtension, ProposeScope, RecordContract, ReopenCall},
        milestones::{AskAcceptance, DeliverMilestone, RejectMilestone},
        modules::CreateModule,
        votes::CastBallot,
    },
    funding::{CallBook, Reader, written},
};
use forge_tests::{engine::block_on, on_both};

use crate::world::{World, call_of_three, code, equal_call, slug};

const COUNCILS: [&str; 3] = ["aubervac", "belrive", "corbelle"];

impl World {
    pub async fn call_book(&self, reference: &str) -> CallBook {
        CallBook::of(&mut Reader::Db(&self.app.db), reference).await.unwrap()
    }

    async fn funders_say(&self, vote: &str, choice: &str) {
        for council in COUNCILS {
            let ballot = CastBallot {
                offer: None,
                vote: vote.to_owned(),
                council: council.to_owned(),
                choice: choice.to_owned(),
                comment: String::new(),
            };
            self.app.act(&self.signatory(council).await, ballot).await.unwrap();
        }
    }

    /// A call of three funders that is confirmed and whose contract is signed, for a module.
    async fn executing(&self) -> String {
        let lead = self.by("aubervac-lead").await;
        let module = CreateModule {
            id: Id::new(uuid::Uuid::now_v7()),
            owner: slug("enfance"),
            slug: slug("quotients"),
            title: String::new(),
            description: String::new(),
            default_branch: None,
            council: None,
        };
        let module = self.app.act(&lead, module).await.unwrap();
        release(self, module.id.uuid()).await;
        let mut new = call_of_three();
        new.modules = vec!["enfance/quotients".to_owned()];
        new.milestones[0].criteria = vec![forge_api::calls::NewCriterion::Text("Exact".to_owned())];
        let reference = self.open_call(new).await;
        for council in COUNCILS {
            self.commit(&reference, council, "16000").await.unwrap();
        }
        self.set_clock("2027-02-01T08:00:00Z");
        self.do_jobs().await;
        let new = NewContract {
            reference: "2027-MAPA-014".to_owned(),
            supplier: "Opensoft SCOP".to_owned(),
            amount: forge_api::Amount("48000".to_owned()),
            signed_on: "2027-02-01".to_owned(),
        };
        let contract = RecordContract { reference: reference.clone(), new };
        self.app.act(&lead, contract).await.unwrap();
        reference
    }

    async fn deliver(&self, call: &str, milestone: i64, tag: &str) {
        let new = Delivery {
            tag: tag.to_owned(),
            module: None,
            notes: "Premier calcul".to_owned(),
            report_url: None,
            report_sha256: None,
            docs_url: None,
        };
        let mut by = self.by("aubervac-lead").await;
        for role in &mut by.actor.roles {
            role.role = forge_domain::access::Role::Maintainer;
        }
        let action = DeliverMilestone { call: call.to_owned(), milestone, new };
        self.app.act(&by, action).await.unwrap();
    }

    /// Delivers a milestone and lets its funders decide; the vote ends in sixteen days.
    async fn decide(&self, call: &str, milestone: i64, (tag, choice): (&str, &str)) {
        self.deliver(call, milestone, tag).await;
        let ask = AskAcceptance { call: call.to_owned(), milestone };
        let vote = self.app.act(&self.by("aubervac-lead").await, ask).await.unwrap();
        self.funders_say(&vote, choice).await;
        let now = self.app.clock.now();
        self.set_clock(&(now + jiff::SignedDuration::from_hours(16 * 24)).to_string());
        self.do_jobs().await;
    }
}

/// Two commits of a module, each with an annotated tag.
async fn release(world: &World, module: uuid::Uuid) {
    let repository = world.app.repositories.get(module).await.unwrap();
    let branch = RefName::branch("main").unwrap();
    for tag in ["v1", "v2"] {
        let path: PathInRepo = "README.md".parse().unwrap();
        let author = Signature {
            name: "A".to_owned(),
            email: "a@example.org".to_owned(),
            time_s: 0,
            offset_s: 0,
        };
        let commit = NewCommit {
            files: vec![(path, Some(tag.as_bytes().to_vec()))],
            author: author.clone(),
            committer: author,
            message: format!("{tag}\n"),
            onto: None,
        };
        repository.commit_files(&branch, commit).await.unwrap();
        let done = Command::new("git")
            .arg("-C")
            .arg(repository.folder())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(["tag", "-a", tag, "-m", tag, "main"])
            .status();
        assert!(done.unwrap().success());
    }
}

on_both! {
    /// Every change is a version, and gives those who pledged fifteen days to leave.
    fn a_published_call_changes_by_versions(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(call_of_three()).await;
            let lead = world.by("aubervac-lead").await;
            let amend = |new: NewCall, reason: &str| AmendCall {
                reference: reference.clone(),
                version: None,
                new,
                reason: reason.to_owned(),
            };
            let written = written::written(&world.call_book(&reference).await).unwrap();
            let said = NewCall { title: "Facturation".to_owned(), ..written.clone() };
            world.app.act(&lead, amend(said, "Plus court")).await.unwrap();
            let book = world.call_book(&reference).await;
            let (now, until) = (world.app.clock.now(), book.call.leave_until);
            assert!(leaves_freely(until, now));
            assert_eq!(until.unwrap().to_string(), "2026-10-30T23:00:00Z");
            let versions = written::versions(&world.app, book.call.id).await.unwrap();
            let fields: Vec<_> = versions[1].changes.iter().map(|one| one.field.as_str()).collect();
            assert_eq!((versions.len(), fields), (2, vec!["title"]));
            let refused = |new: NewCall| {
                let (world, lead) = (&world, &lead);
                let amend = amend(new, "x");
                async move { code(&world.app.act(lead, amend).await.unwrap_err()) }
            };
            let later = NewCall { deadline: "2027-03-31".to_owned(), ..written.clone() };
            assert_eq!(refused(later).await, "amend_deadline");
            let title = "Facturation".to_owned();
            let same = NewCall { vat_bp: 0, title, ..written.clone() };
            assert_eq!(refused(same).await, "amend_nothing");
            world.set_clock("2027-01-20T08:00:00Z");
            assert_eq!(refused(written).await, "amend_too_late");
        });
    }

    /// A vote moves the deadline even where the server slept through both; twice and no more.
    fn a_vote_extends_a_call_across_a_restart(engine) {
        block_on(async move {
            let mut world = World::found(engine).await;
            let reference = world.open_call(call_of_three()).await;
            for council in COUNCILS {
                world.commit(&reference, council, "16000").await.unwrap();
            }
            let extend = |deadline: &str| ProposeExtension {
                reference: reference.clone(),
                deadline: deadline.to_owned(),
                reason: "Une délibération de plus".to_owned(),
            };
            let lead = world.by("aubervac-lead").await;
            let too_far = world.app.act(&lead, extend("2027-08-01")).await.unwrap_err();
            assert_eq!(code(&too_far), "extension_too_long");
            world.set_clock("2027-01-10T08:00:00Z");
            let vote = world.app.act(&lead, extend("2027-02-28")).await.unwrap();
            world.funders_say(&vote, "yes").await;
            world.restart().await;
            // Both the vote and the old deadline are over when the server wakes.
            world.set_clock("2027-02-02T08:00:00Z");
            world.do_jobs().await;
            world.set_clock("2027-02-02T08:05:00Z");
            world.do_jobs().await;
            let book = world.call_book(&reference).await;
            assert_eq!(book.call.state, CallState::Reached);
            assert_eq!(book.call.deadline.to_string(), "2027-02-28");
            assert_eq!(book.call.extensions, 1);
            // The clock goes back and forth: nothing happens before its hour, and then once.
            world.set_clock("2026-12-24T08:00:00Z");
            world.do_jobs().await;
            world.set_clock("2027-02-28T22:59:59Z");
            world.restart().await;
            world.do_jobs().await;
            assert_eq!(world.call_book(&reference).await.call.state, CallState::Reached);
            world.set_clock("2027-02-28T23:00:00Z");
            world.do_jobs().await;
            world.restart().await;
            world.do_jobs().await;
            let book = world.call_book(&reference).await;
            assert_eq!(book.call.state, CallState::Confirmed);
            assert_eq!(book.frozen().unwrap().unwrap().len(), 3);
        });
    }

    /// Delivered, sent back with reasons, delivered again, accepted; and the last one settles.
    fn milestones_are_accepted_by_those_who_pay(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.executing().await;
            let lead = world.by("aubervac-lead").await;
            world.decide(&reference, 1, ("v1", "no")).await;
            let reject = |criterion| RejectMilestone {
                call: reference.clone(),
                milestone: 1,
                unmet: vec![NewUnmet { criterion, reason: "Un centime manque".to_owned() }],
            };
            let unknown = world.app.act(&lead, reject(2)).await.unwrap_err();
            assert_eq!(code(&unknown), "criterion_unknown");
            world.app.act(&lead, reject(1)).await.unwrap();
            world.decide(&reference, 1, ("v2", "yes")).await;
            let book = world.call_book(&reference).await;
            assert_eq!(book.milestones[0].state, MilestoneState::Accepted);
            let files = forge_server::funding::milestones::files(&world.app, &book).await.unwrap();
            assert_eq!((files[0].resubmissions, files[0].deliveries.len()), (1, 2));
            assert!(files[0].deliveries[1].swhid.starts_with("swh:1:rel:"));
            assert!(files[0].deliveries[1].swhid_tree.starts_with("swh:1:dir:"));
            assert_eq!(files[0].tranche[0].amount.as_str(), "4800.00");
            world.decide(&reference, 2, ("v2", "yes")).await;
            world.decide(&reference, 3, ("v2", "yes")).await;
            assert_eq!(world.call_book(&reference).await.call.state, CallState::Settling);
        });
    }

    /// A double majority drops the last milestone: every share falls by its part, to the cent.
    fn a_vote_drops_the_last_milestones(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.executing().await;
            let propose = ProposeScope {
                reference: reference.clone(),
                keep: 2,
                reason: "Le paiement attendra".to_owned(),
            };
            let vote = world.app.act(&world.by("aubervac-lead").await, propose).await.unwrap();
            world.funders_say(&vote, "yes").await;
            world.set_clock("2027-03-01T08:00:00Z");
            world.do_jobs().await;
            let book = world.call_book(&reference).await;
            assert_eq!(book.milestones[2].state, MilestoneState::Dropped);
            let shares: Vec<_> = book.living().filter_map(|row| row.final_net).collect();
            assert_eq!(shares, [1_120_000; 3]);
        });
    }

    fn a_call_that_came_to_nothing_is_drafted_again(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let reference = world.open_call(equal_call()).await;
            let lead = world.by("aubervac-lead").await;
            let again = ReopenCall {
                reference: reference.clone(),
                deadline: "2027-06-30".to_owned(),
            };
            let open = world.app.act(&lead, again.clone()).await.unwrap_err();
            assert_eq!(code(&open), "call_not_open");
            world.set_clock("2027-02-01T08:00:00Z");
            world.do_jobs().await;
            let new = world.app.act(&lead, again).await.unwrap();
            let book = world.call_book(&new).await;
            assert_eq!(book.call.reopens.as_deref(), Some(reference.as_str()));
            assert_eq!((book.call.state, book.pledges.len()), (CallState::Draft, 0));
        });
    }
}
