//! Addresses of code: `/{owner}/{module}/{page}/{rev}:{path}`, with git's own colon.

use axum::http::Uri;
use forge_domain::names::{PathInRepo, RevPath, Revision};

use crate::error::Error;

/// How many segments stand before the revision: owner, module, page.
const BEFORE: usize = 3;

/// The address of a page of a module about a revision, and a path in it.
pub fn at(module: &str, page: &str, rev: &str, path: Option<&[u8]>) -> String {
    match path {
        Some(path) => format!("{module}/{page}/{}:{}", escaped(rev.as_bytes()), escaped(path)),
        None => format!("{module}/{page}/{}", escaped(rev.as_bytes())),
    }
}

/// Reads revision and path from the address asked for: as bytes, because a path need not be
/// UTF-8, decoded once (security.md A1 #10).
///
/// # Errors
/// [`Error::NotFound`]: an address that is no name names nothing.
pub fn read(uri: &Uri) -> Result<RevPath, Error> {
    let rest = rest(uri, BEFORE).ok_or(Error::NotFound)?;
    let (rev, path) = match rest.iter().position(|&byte| byte == b':') {
        Some(colon) => (&rest[..colon], &rest[colon + 1..]),
        None => (rest.as_slice(), &[][..]),
    };
    let rev = std::str::from_utf8(rev).map_err(|_| Error::NotFound)?;
    let rev: Revision = rev.parse().map_err(|_| Error::NotFound)?;
    let path = match path {
        [] => None,
        path => Some(PathInRepo::from_bytes(path).map_err(|_| Error::NotFound)?),
    };
    Ok(RevPath { rev, path })
}

/// Owner and module of the address asked for. The router's own parameters will not do: they are
/// none where a path further on is not UTF-8.
///
/// # Errors
/// [`Error::NotFound`] where there are none.
pub fn module(uri: &Uri) -> Result<(String, String), Error> {
    let mut segments = uri.path().trim_start_matches('/').split('/');
    let mut segment = || String::from_utf8(decoded(segments.next()?.as_bytes())?).ok();
    segment().zip(segment()).ok_or(Error::NotFound)
}

/// What follows the first `segments` of the path, decoded; none where nothing does.
pub fn rest(uri: &Uri, segments: usize) -> Option<Vec<u8>> {
    let rest = uri.path().trim_start_matches('/').splitn(segments + 1, '/').nth(segments)?;
    decoded(rest.as_bytes()).filter(|rest| !rest.is_empty())
}

/// Percent-encodes what is not plain in a path. `:` stays: only the first of an address parts
/// revision and path, and no revision holds one.
pub fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'/'
            | b':'
            | b'@'
            | b'!'
            | b'$'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'=' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Undoes percent-encoding, once; none where a percent sign is not followed by two digits.
pub fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(*rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(uri: &str) -> Option<(String, Option<Vec<u8>>)> {
        let at = read(&uri.parse().unwrap()).ok()?;
        Some((at.rev.to_string(), at.path.map(|path| path.as_bytes().to_vec())))
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for (rev, path) in [
            ("main", None),
            ("feature/x#1", Some(&b"src/a b?.rs"[..])),
            ("main", Some(b"caf\xe9/100%.txt")),
            ("v1.0", Some("été/a:b".as_bytes())),
        ] {
            let address = at("/o/m", "blob", rev, path);
            let expected = (rev.to_owned(), path.map(<[u8]>::to_vec));
            assert_eq!(parsed(&address), Some(expected), "{address}");
        }
        assert_eq!(parsed("/o/m/tree/main:"), Some(("main".to_owned(), None)));
    }

    #[test]
    fn what_climbs_or_is_no_name_is_not_found() {
        for wrong in [
            "/o/m/blob/main:../../etc/passwd",
            "/o/m/blob/main:%2e%2e/x",
            "/o/m/blob/main:a%00b",
            "/o/m/blob/main:.git/config",
            "/o/m/blob/--output=x:a",
            "/o/m/blob/main:a%2",
            "/o/m/blob/:a",
            "/o/m/blob/",
        ] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        // Decoded once, not twice.
        let once = parsed("/o/m/blob/main:%252e%252e").unwrap().1.unwrap();
        assert_eq!(once, b"%2e%2e");
    }
}
