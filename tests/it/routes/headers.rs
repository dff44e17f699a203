//! What the headers of an answer must say, written by hand from security.md A12.

use super::world::Seen;

/// What a page may load and do: what comes from here, and no script that stands in the page.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
/// Somebody's own bytes act in nobody's name.
const RAW: &str = "sandbox; default-src 'none'";
const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];
const SENSORS: [&str; 4] = ["camera", "geolocation", "microphone", "payment"];

/// What is wrong with the headers of an answer.
pub fn faults(address: &str, signed_in: bool, is_public: bool, seen: &Seen) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    let said = |name: &str| seen.header(name).unwrap_or("nothing").to_owned();
    for (name, value) in ALWAYS {
        must(said(name) == value, format!("{name} is {}", said(name)));
    }
    for sensor in SENSORS {
        let off = said("permissions-policy").contains(&format!("{sensor}=()"));
        must(off, format!("{sensor} is not off"));
    }
    for talkative in ["server", "x-powered-by", "x-aspnet-version"] {
        must(seen.header(talkative).is_none(), format!("{talkative} is {}", said(talkative)));
    }
    let is_found = (200..300).contains(&seen.status);
    let policy = if is_raw(address) && is_found { RAW } else { PAGE };
    let found = said("content-security-policy");
    must(found == policy, format!("the policy is {found}"));

    let kept = said("cache-control");
    let kind = said("content-type");
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/json");
    if is_page && signed_in && is_found {
        must(kept == "no-store", format!("what is somebody's may be kept: {kept}"));
    }
    must(kept != "nothing", "nothing says how long it may be kept".to_owned());
    if !is_public || is_page {
        must(!kept.contains("public"), format!("everyone on the way may keep it: {kept}"));
    }
    if !kept.contains("no-store") && !kept.contains("public") {
        let varies = said("vary");
        let by = ["Cookie", "Authorization"].iter().all(|name| varies.contains(name));
        must(by || address.contains("/info/refs"), format!("it varies by {varies}"));
    }
    faults
}

/// Bytes that somebody wrote, as they wrote them.
fn is_raw(address: &str) -> bool {
    address.contains("/raw/") || address.contains("/evidence/")
}
