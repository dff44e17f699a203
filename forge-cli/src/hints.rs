//! What to do next when the server refuses, by the status it refuses with.

use crate::failure::Exit;

/// The exit status that stands for a status of HTTP.
pub(crate) fn exit_of(status: u16) -> Exit {
    match status {
        401 | 403 => Exit::NotAllowed,
        404 => Exit::NotFound,
        409 | 412 => Exit::Conflict,
        _ => Exit::Failed,
    }
}

/// The code for a refusal whose body names none.
pub(crate) fn code_of(status: u16) -> &'static str {
    match status {
        401 => "not_signed_in",
        403 => "not_allowed",
        404 => "not_found",
        409 => "conflict",
        412 => "stale_version",
        413 => "too_large",
        422 => "invalid_request",
        429 => "too_many_requests",
        500..=599 => "server_error",
        _ => "refused",
    }
}

/// The message that says what to do next, where the server says nothing itself. A refusal with a
/// code of its own says in its sentence what stands against it: no other step is known.
pub(crate) fn hint_of(status: u16, code: &str) -> Option<&'static str> {
    match (status, code) {
        (403, "role_missing" | "other_council") => return Some("cli-hint-not-allowed"),
        (409 | 412, "stale_version") => return Some("cli-hint-conflict"),
        (400..=499, code) if code != code_of(status) => return None,
        _ => {}
    }
    match status {
        401 => Some("cli-hint-sign-in"),
        403 => Some("cli-hint-not-allowed"),
        404 => Some("cli-hint-not-found"),
        409 | 412 => Some("cli-hint-conflict"),
        429 => Some("cli-hint-wait"),
        500..=599 => Some("cli-hint-server"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, exit_of, hint_of};

    #[test]
    fn statuses_become_the_exit_statuses_of_the_product() {
        for (status, exit) in [
            (400, Exit::Failed),
            (401, Exit::NotAllowed),
            (403, Exit::NotAllowed),
            (404, Exit::NotFound),
            (409, Exit::Conflict),
            (412, Exit::Conflict),
            (422, Exit::Failed),
            (500, Exit::Failed),
        ] {
            assert_eq!(exit_of(status), exit, "{status}");
        }
    }

    #[test]
    fn a_refusal_with_a_reason_of_its_own_gets_no_general_advice() {
        assert_eq!(hint_of(409, "snapshot_frozen"), None);
        assert_eq!(hint_of(403, "mandate_exceeded"), None);
        assert_eq!(hint_of(403, "role_missing"), Some("cli-hint-not-allowed"));
        assert_eq!(hint_of(409, "stale_version"), Some("cli-hint-conflict"));
        assert_eq!(hint_of(404, "not_found"), Some("cli-hint-not-found"));
    }
}
