//! The headers of a delivery, signed twice over: as Standard Webhooks has it, and as clients of
//! other forges expect it (api.md §7).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use forge_domain::hex;
use jiff::Timestamp;

use super::{Message, Secret};

/// Every header of a delivery.
///
/// # Errors
/// Never in practice: what goes into the headers is ours.
pub fn headers(
    message: &Message,
    secret: &Secret,
    at: Timestamp,
) -> Result<HeaderMap, anyhow::Error> {
    let id = message.id.to_string();
    let timestamp = at.as_second().to_string();
    let plain = hex::encode(&secret.sign_plain(&message.body));
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| -> Result<(), anyhow::Error> {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value)?);
        Ok(())
    };
    set("content-type", "application/json")?;
    set("webhook-id", &id)?;
    set("webhook-timestamp", &timestamp)?;
    set("webhook-signature", &standard(secret, (&id, &timestamp), &message.body))?;
    for (event, kind, delivery) in [
        ("x-forgejo-event", "x-forgejo-event-type", "x-forgejo-delivery"),
        ("x-gitea-event", "x-gitea-event-type", "x-gitea-delivery"),
        ("x-gogs-event", "x-gogs-event-type", "x-gogs-delivery"),
        ("x-github-event", "x-github-event-type", "x-github-delivery"),
    ] {
        set(event, message.kind)?;
        set(kind, message.kind)?;
        set(delivery, &id)?;
    }
    for name in ["x-forgejo-signature", "x-gitea-signature", "x-gogs-signature"] {
        set(name, &plain)?;
    }
    set("x-hub-signature-256", &format!("sha256={plain}"))?;
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    Ok(headers)
}

/// The signature of Standard Webhooks: over id, timestamp and body, joined by points.
fn standard(secret: &Secret, (id, timestamp): (&str, &str), body: &[u8]) -> String {
    let signed = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
    format!("v1,{}", BASE64_STANDARD.encode(secret.sign_standard(&signed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification.
    #[test]
    fn the_golden_vector_of_the_specification_is_met() {
        let secret = Secret::given("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = standard(
            &secret,
            ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"),
            b"{\"test\": 2432232314}",
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn one_body_is_signed_in_both_ways() {
        let secret = Secret::given("It's a Secret to Everybody").unwrap();
        let message = Message {
            id: crate::actions::id_at(Timestamp::UNIX_EPOCH),
            kind: "ping",
            body: b"Hello, World!".to_vec(),
        };
        let headers = headers(&message, &secret, Timestamp::UNIX_EPOCH).unwrap();
        // The example of the documentation of GitHub.
        let known = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert_eq!(headers["x-forgejo-signature"], known);
        assert_eq!(headers["x-hub-signature-256"], format!("sha256={known}").as_str());
        assert_eq!(headers["webhook-id"], headers["x-gitea-delivery"]);
        assert_eq!(headers["webhook-timestamp"], "0");
        assert!(headers["webhook-signature"].to_str().unwrap().starts_with("v1,"));
    }
}
