//! Every key the dialect's clients read is there, always, and in the right form.
//!
//! The lists are those of Forgejo's own API description: a client that finds one of them absent
//! refuses the whole object.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use forge_api::dialect::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::{PartialSchema, openapi::RefOr, openapi::schema::Schema};

/// An object emits exactly these keys even when nothing is known of it, and its schema says so.
fn emits<T: Serialize + DeserializeOwned + Default + PartialSchema>(keys: &str) {
    let expected: BTreeSet<&str> = keys.split_whitespace().collect();
    let value = serde_json::to_value(T::default()).unwrap();
    let found: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(found, expected);
    let RefOr::T(Schema::Object(schema)) = T::schema() else { panic!("an object's schema") };
    let required: BTreeSet<&str> = schema.required.iter().map(String::as_str).collect();
    assert_eq!(required, expected, "the schema marks every key as required");
    let back: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), value);
}

#[test]
fn owners() {
    emits::<User>(
        "id login username login_name source_id full_name email avatar_url html_url language \
         is_admin last_login created restricted active prohibit_login location pronouns website \
         description visibility followers_count following_count starred_repos_count",
    );
    emits::<Organization>(
        "id name full_name email avatar_url description website location visibility \
         repo_admin_change_team_access username",
    );
}

#[test]
fn statuses() {
    emits::<CommitStatus>(
        "id status target_url description url context creator created_at updated_at",
    );
    emits::<CombinedStatus>("state sha total_count statuses repository commit_url url");
}

#[test]
fn repositories() {
    emits::<Repository>(
        "id owner name full_name description empty private fork template parent mirror size \
         language languages_url html_url url link ssh_url clone_url original_url website \
         stars_count forks_count watchers_count open_issues_count open_pr_counter release_counter \
         default_branch archived archived_at created_at updated_at permissions has_issues \
         internal_tracker external_tracker external_wiki has_wiki wiki_branch \
         globally_editable_wiki has_pull_requests has_projects has_releases has_packages \
         has_actions ignore_whitespace_conflicts allow_merge_commits allow_rebase \
         allow_rebase_explicit allow_squash_merge allow_fast_forward_only_merge \
         allow_rebase_update default_delete_branch_after_merge default_merge_style \
         default_allow_maintainer_edit avatar_url internal mirror_interval object_format_name \
         mirror_updated repo_transfer topics \
         visibility", // Ours: Forgejo's `private` cannot say whether a space sees a module.
    );
    emits::<Permission>("admin push pull");
    emits::<SearchResults>("ok data");
    emits::<ServerVersion>("version");
    emits::<GeneralApiSettings>(
        "max_response_items default_paging_num default_git_trees_per_page default_max_blob_size",
    );
}

#[test]
fn commits_branches_and_tags() {
    emits::<Branch>(
        "name commit protected required_approvals enable_status_check status_check_contexts \
         user_can_push user_can_merge effective_branch_protection_name",
    );
    emits::<PayloadCommit>(
        "id message url author committer verification timestamp added removed modified",
    );
    emits::<Commit>("url sha created html_url commit author committer parents files stats");
    emits::<RepoCommit>("url author committer message tree verification");
    emits::<CommitUser>("name email date");
    emits::<CommitMeta>("url sha created");
    emits::<CommitStats>("total additions deletions");
    emits::<Tag>("name id message commit zipball_url tarball_url archive_download_count");
}

#[test]
fn contents() {
    emits::<ContentsResponse>(
        "name path sha last_commit_sha last_commit_when type size encoding content target url \
         html_url git_url download_url submodule_git_url _links",
    );
    emits::<FileLinks>("self git html");
    emits::<GitEntry>("path mode type size sha url");
}

#[test]
fn what_is_not_known_is_null_never_an_empty_moment() {
    let user = serde_json::to_value(User::default()).unwrap();
    assert_eq!(user["last_login"], Value::Null);
    assert_eq!(user["created"], Value::Null);
    let repository = serde_json::to_value(Repository::default()).unwrap();
    for key in ["archived_at", "created_at", "updated_at", "mirror_updated", "external_tracker"] {
        assert_eq!(repository[key], Value::Null, "{key}");
    }
}

#[test]
fn closed_lists_use_the_words_clients_know() {
    let repository = serde_json::to_value(Repository::default()).unwrap();
    assert_eq!(repository["default_merge_style"], "merge");
    assert_eq!(repository["object_format_name"], "sha1");
    assert_eq!(repository["owner"]["visibility"], "public");
    let styles = [
        (MergeStyle::RebaseMerge, "rebase-merge"),
        (MergeStyle::FastForwardOnly, "fast-forward-only"),
    ];
    for (style, word) in styles {
        assert_eq!(serde_json::to_value(style).unwrap(), word);
    }
}

#[test]
fn a_body_of_the_dialect_takes_nulls_and_keys_it_does_not_know() {
    let body = r#"{"name":"permis","private":null,"description":null,"trust_model":"default",
        "issue_labels":"","made_up":{"by":"a client"}}"#;
    let body: CreateRepo = serde_json::from_str(body).unwrap();
    assert_eq!(body.name, "permis");
    assert_eq!(body.private, None);
}
