//! The ledger: what cannot be changed, and what is found when somebody changes it all the same.

use forge_api::ledger::LedgerVerification;
use forge_domain::names::{PathInRepo, RefName};
use forge_server::ledger::{publish, standing, verify};
use forge_store::spaces;
use forge_tests::{Engine, engine::block_on, on_both};

use crate::world::{World, call_of_three, slug};

/// A world with a confirmed call: three firm pledges, published.
async fn confirmed(engine: Engine) -> World {
    let world = World::found(engine).await;
    let reference = world.open_call(call_of_three()).await;
    for council in ["aubervac", "belrive", "corbelle"] {
        world.commit(&reference, council, "16000.50").await.unwrap();
    }
    world.set_clock("2027-03-01T00:00:00Z");
    world.do_jobs().await;
    world
}

async fn verified(world: &World) -> LedgerVerification {
    let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
    verify::verify(&world.app, &space).await.unwrap()
}

fn codes(report: &LedgerVerification) -> Vec<&str> {
    report.faults.iter().map(|fault| fault.code.as_str()).collect()
}

/// Takes the triggers of the ledger away: whoever owns the database can.
async fn disarm(world: &World) {
    let sqlite = world.database.url().starts_with("sqlite");
    let mut statements = Vec::new();
    for table in ["ledger_entry", "ledger_posting", "ledger_checkpoint"] {
        if sqlite {
            statements.push(format!("drop trigger {table}_no_update"));
            statements.push(format!("drop trigger {table}_no_delete"));
        } else {
            statements.push(format!("alter table {table} disable trigger user"));
        }
    }
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    world.database.execute(&statements).await.unwrap();
}

on_both! {
    fn a_sound_ledger_verifies_and_is_published(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            let report = verified(&world).await;
            assert!(report.verified, "{:?}", report.faults);
            // Three firm pledges, three confirmations by half a euro less.
            assert_eq!(report.entries, 6);
            assert!(report.checkpoints >= 2, "the row and the published file");
        });
    }

    fn the_database_itself_refuses_to_change_a_row(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            for statement in [
                "update ledger_entry set kind = 'pledge.firm'",
                "delete from ledger_entry",
                "update ledger_posting set amount = amount + 1",
                "delete from ledger_posting where seq = 6",
                "update ledger_checkpoint set size = 1",
                "delete from ledger_checkpoint",
            ] {
                let refused = world.database.execute(&[statement]).await.unwrap_err().to_string();
                assert!(refused.contains("append-only"), "{statement}: {refused}");
            }
            assert!(verified(&world).await.verified);
        });
    }

    /// An amount changed, both postings alike so that the entry balances: the chain tells.
    fn a_changed_amount_is_found(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            disarm(&world).await;
            world.database.execute(&[
                "update ledger_posting set amount = amount + 100 where seq = 2 and position = 1",
                "update ledger_posting set amount = amount - 100 where seq = 2 and position = 2",
            ]).await.unwrap();
            let report = verified(&world).await;
            let codes = codes(&report);
            for code in ["broken_link", "checkpoint_mismatch", "published_differs",
                "pledge_mismatch"] {
                assert!(codes.contains(&code), "{code}: {codes:?}");
            }
            assert_eq!(report.faults[0].seq, Some(2));
        });
    }

    /// Whoever holds the database hashes everything anew; the signed head and the published
    /// entries still know.
    fn a_rewritten_chain_is_found(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            disarm(&world).await;
            world.database.execute(&[
                "update ledger_posting set amount = amount + 100 where seq = 2 and position = 1",
                "update ledger_posting set amount = amount - 100 where seq = 2 and position = 2",
                "update pledge set ceiling = ceiling + 100, final_net = final_net + 100
                 where ref = 'PLG-2026-0002'",
                "update ledger_balance set amount = amount + 100
                 where account = 'commitments/council/belrive'",
                "update ledger_balance set amount = amount - 100
                 where account = 'commitments/call'",
            ]).await.unwrap();
            let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
            rehash(&world, &space).await;
            let report = verified(&world).await;
            let mut found = codes(&report);
            found.dedup();
            assert_eq!(found, ["checkpoint_mismatch", "published_differs"]);
            // Nor is it signed again.
            assert!(publish::publish(&world.app, space.id).await.is_err());
        });
    }

    fn a_tail_cut_off_is_found(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            disarm(&world).await;
            world.database.execute(&[
                "delete from ledger_posting where seq > 4",
                "delete from ledger_entry where seq > 4",
                "delete from ledger_checkpoint",
            ]).await.unwrap();
            let codes = codes(&verified(&world).await).join(" ");
            assert!(codes.contains("rollback") && codes.contains("published_differs"), "{codes}");
        });
    }

    /// A long ledger is looked at from its last signed head on; a row changed after it is found,
    /// and a head that was not signed here is not believed.
    fn a_long_ledger_is_read_from_its_last_signed_head_on(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
            let look = || standing::standing_within(&world.app, &space, (0, 2000));
            let whole = standing::standing(&world.app, &space).await.unwrap();
            let sound = look().await.unwrap();
            assert_eq!((whole.trusted, sound.trusted.unwrap().0), (None, 6));
            assert_eq!((sound.entries, &sound.head, sound.root), (6, &whole.head, whole.root));
            assert!(sound.faults.is_empty(), "{:?}", sound.faults);
            disarm(&world).await;
            world.database.execute(&["delete from ledger_posting where seq = 6",
                "delete from ledger_entry where seq = 6"]).await.unwrap();
            assert!(!look().await.unwrap().faults.is_empty());
            world.database.execute(&["update ledger_verified set size = 4"]).await.unwrap();
            assert_eq!(look().await.unwrap().trusted, None, "four leaves have one peak, not two");
        });
    }

    /// A long ledger that was never signed is read some entries a look, each look going on from
    /// the last; what was not read yet is said.
    fn a_long_ledger_is_read_step_by_step(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
            let whole = standing::standing(&world.app, &space).await.unwrap();
            world.database.execute(&["delete from ledger_verified"]).await.unwrap();
            let look = || standing::standing_within(&world.app, &space, (2, 4));
            let first = look().await.unwrap();
            assert_eq!((first.entries, first.behind, first.root), (6, Some(4), None));
            assert_eq!((&first.head, first.trusted, first.faults.len()), (&whole.head, None, 0));
            let then = look().await.unwrap();
            assert_eq!((then.entries, then.behind, then.root), (6, None, whole.root));
            assert_eq!((&then.head, then.trusted.unwrap().0), (&whole.head, 4));
            let again = look().await.unwrap();
            assert_eq!((again.root, again.trusted.unwrap().0), (whole.root, 6));
            disarm(&world).await;
            world.database.execute(&["delete from ledger_posting where seq = 6",
                "delete from ledger_entry where seq = 6"]).await.unwrap();
            assert!(!look().await.unwrap().faults.is_empty());
        });
    }

    /// What is kept beside the entries is not believed either.
    fn a_balance_changed_by_hand_is_found(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            let kept = "update ledger_balance set amount = amount + 1
                where account = 'commitments/council/belrive'";
            world.database.execute(&[kept]).await.unwrap();
            assert_eq!(codes(&verified(&world).await), ["balance_mismatch"]);
        });
    }

    /// Publishing what is published changes nothing: no commit, no row.
    fn publishing_again_changes_nothing(engine) {
        block_on(async move {
            let world = confirmed(engine).await;
            let space = spaces::by_slug(&world.app.db, &slug("enfance")).await.unwrap().unwrap();
            let meta = publish::meta(&world.app, &space).await.unwrap().unwrap();
            let repository = world.app.repositories.get(meta.id.uuid()).await.unwrap();
            let main = RefName::branch("main").unwrap();
            let before = repository.tip(&main).await.unwrap();
            assert_eq!(publish::publish(&world.app, space.id).await.unwrap(), 6);
            assert_eq!(repository.tip(&main).await.unwrap(), before);
            let path: PathInRepo = "ledger/entries-2026.jsonl".parse().unwrap();
            let blob = repository.blob(before.unwrap(), &path, 1 << 20).await.unwrap();
            let text = String::from_utf8(blob.content.unwrap().to_vec()).unwrap();
            assert_eq!(text.lines().count(), 3, "the confirmations are of 2027");
            assert!(!text.contains("Agent"), "no name is hashed");
        });
    }
}

/// Chains every entry anew, as whoever holds the database could.
async fn rehash(world: &World, space: &spaces::Space) {
    let mut reader = forge_server::funding::Reader::Db(&world.app.db);
    let recorded = forge_server::ledger::rows::recorded(&mut reader, space.id).await.unwrap();
    let mut link = [0; 32];
    let mut statements = Vec::new();
    for one in &recorded {
        link = forge_domain::ledger::link(&link, &one.entry.canonical_bytes());
        let digits = forge_domain::hex::encode(&link);
        let bytes = if world.database.url().starts_with("sqlite") {
            format!("x'{digits}'")
        } else {
            format!("'\\x{digits}'::bytea")
        };
        statements
            .push(format!("update ledger_entry set hash = {bytes} where seq = {}", one.entry.seq));
    }
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    world.database.execute(&statements).await.unwrap();
}
