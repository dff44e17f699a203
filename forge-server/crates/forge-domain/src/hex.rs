//! Hexadecimal digits of hashes and object ids.

/// Bytes as lower-case hexadecimal digits.
pub fn encode(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|&byte| pair(byte));
    digits.map(char::from).collect()
}

/// Appends the digits of a hash: a ledger has one for every document behind it.
pub(crate) fn write(hash: &[u8; 32], out: &mut Vec<u8>) {
    let mut digits = [0; 64];
    for (two, &byte) in digits.chunks_exact_mut(2).zip(hash) {
        two.copy_from_slice(&pair(byte));
    }
    out.extend_from_slice(&digits);
}

const fn pair(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]]
}

/// Exactly `N` bytes from `2 N` digits of either case, or nothing.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_bytes_round_trip() {
        let bytes = [0x00, 0x7f, 0xab, 0xff];
        assert_eq!(encode(&bytes), "007fabff");
        let (hash, mut written) = ([0x9c; 32], Vec::new());
        write(&hash, &mut written);
        assert_eq!(written, encode(&hash).into_bytes());
        assert_eq!(decode::<4>("007FabFF"), Some(bytes));
        for wrong in ["007fabf", "007fabff0", "007fabfg", "+07fabff", ""] {
            assert_eq!(decode::<4>(wrong), None, "{wrong}");
        }
    }
}
