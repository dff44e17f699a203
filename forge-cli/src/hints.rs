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

/// The message that says what to do next, where the server says nothing itself.
pub(crate) fn hint_of(status: u16) -> Option<&'static str> {
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
    use super::{Exit, exit_of};

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
}
