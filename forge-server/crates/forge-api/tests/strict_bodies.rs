//! A body that touches money or rights takes what it offers and nothing beside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use forge_api::{calls, councils, members, modules, pledges, share, spaces, tokens};
use serde::de::DeserializeOwned;

/// The body is read as it stands, and refused with one key more.
fn refuses_more<T: DeserializeOwned>(body: &str, key: &str) {
    let mut value: serde_json::Value = serde_json::from_str(body).unwrap();
    serde_json::from_value::<T>(value.clone()).map(|_| ()).unwrap();
    value.as_object_mut().unwrap().insert(key.to_owned(), true.into());
    let error = serde_json::from_value::<T>(value).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains(&format!("unknown field `{key}`")), "{error}");
}

#[test]
fn pledges_cannot_set_their_own_state() {
    refuses_more::<pledges::PledgeIntent>(r#"{"council":"aubervac"}"#, "state");
    let commit = r#"{"council":"aubervac","ceiling":"12000",
        "evidence":{"kind":"deliberation","number":"2026-112","date":"2026-11-16"}}"#;
    refuses_more::<pledges::PledgeCommit>(commit, "final_share");
    refuses_more::<pledges::PledgeWithdraw>(r#"{"reason":"no budget"}"#, "seq");
}

#[test]
fn rights_cannot_be_slipped_in() {
    refuses_more::<councils::NewCouncil>(r#"{"slug":"aubervac","name":"Aubervac"}"#, "status");
    refuses_more::<spaces::JoinSpace>(r#"{"council":"aubervac"}"#, "approved");
    refuses_more::<members::NewInvitation>(r#"{"role":"finance"}"#, "is_admin");
    refuses_more::<members::GiveRole>(r#"{"person":"ada","role":"lead"}"#, "council_id");
    let mandate = r#"{"person":"ada","max_amount":"25000","valid_until":"2027-12-31",
        "act_ref":"2026-7"}"#;
    refuses_more::<members::NewMandate>(mandate, "granted_by");
    refuses_more::<modules::Publish>("{}", "owner_id");
    refuses_more::<tokens::NewToken>(r#"{"name":"laptop"}"#, "is_admin");
}

#[test]
fn a_call_takes_what_a_lead_writes_and_no_more() {
    let call = r#"{"title":"Permis en ligne","need":"…","target":"60000.00",
        "rule":{"kind":"bands","bands":[{"upto":25000,"weight":22},{"weight":52}]},
        "deadline":"2027-03-31"}"#;
    refuses_more::<calls::NewCall>(call, "snapshot");
    refuses_more::<share::Rule>(r#"{"kind":"equal"}"#, "floor");
}
