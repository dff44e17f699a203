//! The chain of hashes and the Merkle tree over the entries.

use sha2::{Digest, Sha256};

use super::{Entry, LedgerError};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The next link: SHA-256 of the previous link, then the canonical bytes. The first follows 32
/// zero bytes.
pub fn link(previous: &Hash, canonical: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(canonical);
    hasher.finalize().into()
}

/// The leaf of an entry in the tree (RFC 6962 §2.1).
pub fn leaf_hash(canonical: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x00]);
    hasher.update(canonical);
    hasher.finalize().into()
}

/// The root of the tree over these leaves (RFC 6962 §2.1); of none, the hash of nothing.
pub fn merkle_root(leaves: &[Hash]) -> Hash {
    let mut head = Head::EMPTY;
    leaves.iter().for_each(|&leaf| head.push_leaf(leaf));
    head.root()
}

/// The end of a ledger: how many entries, the last link, and what the tree needs to grow.
///
/// The server keeps the rows, not this: it is computed from the entries when needed, and appending
/// to it costs a few hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    size: u64,
    link: Hash,
    /// Roots of the perfect subtrees, largest first: one for each bit set in `size`.
    peaks: Vec<Hash>,
}

impl Head {
    /// Before the first entry.
    pub const EMPTY: Self = Self { size: 0, link: [0; 32], peaks: Vec::new() };

    /// The head that was kept as its parts; none where they are not those of a head. Whether it is
    /// the head of a ledger, only a signed root can say.
    pub fn from_parts(size: u64, link: Hash, peaks: Vec<Hash>) -> Option<Self> {
        let complete = usize::try_from(size.count_ones()).is_ok_and(|ones| ones == peaks.len());
        complete.then_some(Self { size, link, peaks })
    }

    /// The roots of the perfect subtrees, largest first: with size and link all there is to keep.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// How many entries there are.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The last link of the chain.
    pub const fn link(&self) -> Hash {
        self.link
    }

    /// Appends an entry that is checked and comes next, and gives its link.
    pub fn append(&mut self, entry: &Entry) -> Result<Hash, LedgerError> {
        entry.check()?;
        let expected = self.size + 1;
        if entry.seq != expected {
            return Err(LedgerError::OutOfSequence { expected, found: entry.seq });
        }
        Ok(self.push(&entry.canonical_bytes()))
    }

    /// Appends canonical bytes as they are, for verification and byte vectors.
    pub fn push(&mut self, canonical: &[u8]) -> Hash {
        self.link = link(&self.link, canonical);
        self.push_leaf(leaf_hash(canonical));
        self.link
    }

    /// The Merkle root over all entries.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => Sha256::digest([]).into(),
            Some(&smallest) => peaks.fold(smallest, |right, left| node_hash(left, &right)),
        }
    }

    /// Grows the tree alone, where the chain is followed elsewhere.
    pub(super) fn push_leaf(&mut self, leaf: Hash) {
        let mut peak = leaf;
        // Each trailing one of the old size is a subtree as large as the new one: join them.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                peak = node_hash(&left, &peak);
            }
        }
        self.peaks.push(peak);
        self.size += 1;
    }
}

pub(super) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962 §2.1, by recursion, as a second opinion.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(split);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn growing_the_tree_gives_the_root_of_the_definition() {
        let leaves: Vec<Hash> = (0..70_u8).map(|n| leaf_hash(&[n])).collect();
        for size in 0..=leaves.len() {
            assert_eq!(merkle_root(&leaves[..size]), by_definition(&leaves[..size]), "{size}");
        }
    }

    #[test]
    fn published_roots_of_certificate_transparency() {
        // The test vectors of RFC 6962's reference implementation (merkle_tree_test).
        let inputs = ["", "00", "10", "2021", "3031", "40414243"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        ];
        let mut head = Head::EMPTY;
        assert_eq!(
            crate::hex::encode(&head.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for (input, root) in inputs.iter().zip(roots) {
            let bytes: Vec<u8> = (0..input.len() / 2)
                .map(|at| u8::from_str_radix(&input[2 * at..2 * at + 2], 16).unwrap())
                .collect();
            head.push(&bytes);
            assert_eq!(crate::hex::encode(&head.root()), root);
        }
    }
}
