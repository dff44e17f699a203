//! Where to go on after a sign-in: only ever a path of this site (security.md A6 #88).

use url::Url;

/// The path, query and fragment of `next` where it is an address of this site written as a path;
/// the home page otherwise.
pub fn path(next: &str) -> String {
    read(next).unwrap_or_else(|| "/".to_owned())
}

fn read(next: &str) -> Option<String> {
    // A browser takes `\` for `/`, and drops tabs and line ends before it reads an address.
    let plain = |c: char| !c.is_control() && c != '\\';
    if !next.starts_with('/') || !next.chars().all(plain) {
        return None;
    }
    let here = Url::parse("http://here.invalid/").ok()?;
    let there = here.join(next).ok()?;
    if there.origin() != here.origin() || !there.username().is_empty() {
        return None;
    }
    let path = &there[url::Position::BeforePath..];
    // `/..//e` is a path, and reads as an address of `e` once it was resolved.
    (!path.starts_with("//")).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_of_this_site_is_kept() {
        for next in ["/", "/catalogue?q=a%20b&lang=fr", "/a/b/tree/main:src#L3", "/-/settings"] {
            assert_eq!(path(next), next);
        }
    }

    #[test]
    fn another_site_is_not_gone_to() {
        let elsewhere = [
            "//e",
            "///e",
            "/\\e",
            "\\\\e",
            "https:e",
            "https://e",
            "http:/e",
            "@e",
            "e",
            "",
            "javascript:alert(1)",
            "/\t/e",
            "/\n/e",
            "\t//e",
            " //e",
            "/..//e",
            "/.//e",
            "/\u{0}/e",
            "\u{feff}//e",
        ];
        for next in elsewhere {
            let kept = path(next);
            assert!(kept.starts_with('/') && !kept.starts_with("//"), "{next:?} leads to {kept:?}");
            assert_eq!(kept, "/", "{next:?}");
        }
        // Encoded, these are names of files of ours that are not there.
        for next in ["/%09/e", "/%2f/e", "/%5ce", "/@e"] {
            assert_eq!(path(next), next);
        }
    }
}
