//! git's framing: four hexadecimal digits of length, then the bytes.

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::error::{GitError, Result};

/// End of a section.
pub(crate) const FLUSH: &[u8] = b"0000";
/// The longest line, its four digits included.
const LINE_BYTES_MAX: usize = 65_520;
/// What fits into one side-band line: the digits and the band number taken off.
const BAND_BYTES_MAX: usize = LINE_BYTES_MAX - 5;

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Packet {
    /// Bytes, as sent.
    Data(Vec<u8>),
    /// `0000`
    Flush,
    /// `0001`
    Delimiter,
    /// `0002`
    ResponseEnd,
    /// The body has ended between two lines.
    End,
}

impl Packet {
    /// The text of a data line without its end of line.
    pub(crate) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Data(bytes) => Some(bytes.strip_suffix(b"\n").unwrap_or(bytes)),
            _ => None,
        }
    }
}

/// Reads one line.
///
/// # Errors
/// [`GitError::Malformed`] when the length is no length or the body ends inside a line.
pub(crate) async fn read<R: AsyncRead + Unpin>(from: &mut R) -> Result<Packet> {
    let mut digits = [0; 4];
    let mut filled = 0;
    while filled < 4 {
        let read = from.read(&mut digits[filled..]).await.map_err(|error| cut(&error))?;
        if read == 0 {
            if filled == 0 {
                return Ok(Packet::End);
            }
            return Err(malformed("the request ends inside the length of a pkt-line"));
        }
        filled += read;
    }
    let length = std::str::from_utf8(&digits)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .and_then(|text| usize::from_str_radix(text, 16).ok())
        .ok_or_else(|| {
            malformed(&format!(
                "a pkt-line begins with four hexadecimal digits, not with \"{}\"",
                digits.escape_ascii()
            ))
        })?;
    match length {
        0 => Ok(Packet::Flush),
        1 => Ok(Packet::Delimiter),
        2 => Ok(Packet::ResponseEnd),
        3 => Err(malformed("no pkt-line has the length 3")),
        4..=LINE_BYTES_MAX => {
            let mut bytes = vec![0; length - 4];
            from.read_exact(&mut bytes).await.map_err(|error| cut(&error))?;
            Ok(Packet::Data(bytes))
        }
        _ => Err(malformed("a pkt-line is longer than 65,520 bytes")),
    }
}

/// Appends one line.
pub(crate) fn write(out: &mut Vec<u8>, bytes: impl AsRef<[u8]>) {
    let bytes = bytes.as_ref();
    out.extend_from_slice(format!("{:04x}", bytes.len() + 4).as_bytes());
    out.extend_from_slice(bytes);
}

/// Appends bytes to a side-band, in as many lines as they need.
pub(crate) fn write_band(out: &mut Vec<u8>, band: u8, bytes: &[u8]) {
    for part in bytes.chunks(BAND_BYTES_MAX) {
        write(out, [&[band], part].concat());
    }
}

fn malformed(why: &str) -> GitError {
    GitError::Malformed(format!("this is not git's protocol: {why}"))
}

fn cut(error: &std::io::Error) -> GitError {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        return malformed("the request ends inside a pkt-line");
    }
    GitError::Malformed(format!("the request could not be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(mut bytes: &[u8]) -> Result<Vec<Packet>> {
        let mut packets = Vec::new();
        loop {
            match read(&mut bytes).await? {
                Packet::End => return Ok(packets),
                packet => packets.push(packet),
            }
        }
    }

    #[tokio::test]
    async fn lines_are_read_as_they_are_written() {
        let mut out = Vec::new();
        write(&mut out, b"hello\n");
        write(&mut out, b"");
        out.extend_from_slice(b"000000010002");
        let packets = all(&out).await.unwrap();
        assert_eq!(packets[0].text(), Some(&b"hello"[..]));
        assert_eq!(
            packets[1..],
            [Packet::Data(vec![]), Packet::Flush, Packet::Delimiter, Packet::ResponseEnd]
        );
    }

    #[tokio::test]
    async fn what_is_no_line_is_refused_with_the_reason() {
        for (bytes, reason) in [
            (&b"00zz"[..], "hexadecimal"),
            (b"+00a", "hexadecimal"),
            (b"GET / HTTP/1.1", "\"GET \""),
            (b"0003", "length 3"),
            (b"fff5", "65,520"),
            (b"00", "inside the length"),
            (b"0010short", "inside a pkt-line"),
        ] {
            let words = all(bytes).await.unwrap_err().to_string();
            assert!(words.contains(reason), "{words}");
        }
    }
}
