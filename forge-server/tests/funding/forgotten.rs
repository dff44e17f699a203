//! What is forgotten after a while, and what is not.

use forge_domain::{
    Id,
    webhook::{DeliveryState, WebhookFormat},
};
use forge_server::events::{
    forget::{DELIVERY_DAYS, NOTICE_DAYS},
    set_alarms,
};
use forge_store::{
    Queryable as _, owners,
    webhooks::{
        self, Webhook,
        deliveries::{self, Attempt},
    },
};
use forge_tests::{engine::block_on, on_both};
use uuid::Uuid;

use crate::world::{START, World, at, equal_call, slug};

impl World {
    /// Events and notices that are kept.
    async fn kept(&self) -> (i64, i64) {
        let db = &self.app.db;
        let events = db.query("select count(*) as value from event").value().await.unwrap();
        let notices = db.query("select count(*) as value from notice").value().await.unwrap();
        (events, notices)
    }

    /// Looks at the clock so many days after the beginning.
    async fn after(&self, days: i64) {
        let then = at(START) + jiff::SignedDuration::from_hours(days * 24);
        self.set_clock(&then.to_string());
        self.do_jobs().await;
    }

    /// A webhook with a delivery that failed at the beginning, and one that still waits.
    async fn deliveries(&self) -> (Id<forge_domain::id::Webhook>, [Uuid; 2]) {
        let (db, now) = (&self.app.db, at(START));
        let owner = owners::by_slug(db, &slug("aubervac")).await.unwrap().unwrap();
        let hook = Webhook {
            id: Id::new(Uuid::now_v7()),
            number: 0,
            owner_id: owner.id,
            owner_slug: owner.slug,
            url: "https://hooks.example/".to_owned(),
            format: WebhookFormat::Json,
            events: String::new(),
            secret: vec![1],
            active: false,
            stopped: None,
            made_by: self.by("aubervac-lead").await.actor.person.unwrap(),
            created_at: now,
            updated_at: now,
            succeeded_at: None,
        };
        let mut tx = self.app.begin_in_turn().await.unwrap();
        webhooks::insert(&mut tx, &hook).await.unwrap();
        let ids = [Uuid::now_v7(), Uuid::now_v7()];
        for id in ids {
            deliveries::queue(&mut tx, Id::new(id), (hook.id, None), now).await.unwrap();
        }
        let said = "503".to_owned();
        let attempt = Attempt { number: 0, at: now, status: Some(503), took_ms: 9, said };
        deliveries::note(&mut tx, Id::new(ids[0]), &attempt).await.unwrap();
        let ended = (DeliveryState::Failed, now);
        deliveries::settle(&mut tx, Id::new(ids[0]), ended, now).await.unwrap();
        tx.commit().await.unwrap();
        (hook.id, ids)
    }
}

on_both! {
    /// What people were told goes after a year; what happened stays.
    fn notices_are_forgotten_after_a_year_and_events_are_not(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            set_alarms(&world.app).await.unwrap();
            world.open_call(equal_call()).await;
            world.after(1).await;
            let (events, told) = world.kept().await;
            assert!(events > 0 && told > 0, "{events} events, {told} notices");
            world.after(NOTICE_DAYS).await;
            let (later, still) = world.kept().await;
            assert!(later >= events && still >= told, "a day too early");
            // What that day told is not a year old.
            let since = still - told;
            world.after(NOTICE_DAYS + 2).await;
            let (after, left) = world.kept().await;
            assert!(after >= later, "{after} events of {later}");
            assert_eq!(left, since);
        });
    }

    /// A delivery that ended goes after a month, with its attempts; one that waits stays.
    fn deliveries_are_forgotten_a_month_after_they_ended(engine) {
        block_on(async move {
            let world = World::found(engine).await;
            let (hook, ids) = world.deliveries().await;
            set_alarms(&world.app).await.unwrap();
            world.after(DELIVERY_DAYS - 1).await;
            assert_eq!(deliveries::count(&world.app.db, hook).await.unwrap(), 2);
            world.after(DELIVERY_DAYS + 1).await;
            assert_eq!(deliveries::count(&world.app.db, hook).await.unwrap(), 1);
            let left = deliveries::by_id(&world.app.db, hook, Id::new(ids[1])).await.unwrap();
            assert_eq!(left.unwrap().state, DeliveryState::Waiting);
        });
    }
}
