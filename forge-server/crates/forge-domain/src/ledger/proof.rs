//! Proofs over the tree (RFC 6962 §2.1.1 and §2.1.2): that one entry is under a signed root, and
//! that one signed root continues another. Whoever holds two checkpoints and a proof needs neither
//! the entries nor a server.

use super::{Hash, chain::node_hash};

/// A perfect subtree: the root over the leaves from `position · 2^level` on, `2^level` of them.
/// Its hash never changes once its last leaf is there, so that it can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// How many times it was joined; a leaf is at 0.
    pub level: u32,
    /// Its place among those of its level, from 0.
    pub position: u64,
}

/// What the proof that the leaf at `index` is under the root of `size` leaves is made of: for each
/// of its hashes, the perfect subtrees it is joined from, the largest first. None where there is no
/// such leaf.
pub fn inclusion_parts(size: u64, index: u64) -> Option<Vec<Vec<Node>>> {
    (index < size).then(|| {
        let mut parts = Vec::new();
        path((0, size), index, &mut parts);
        parts.into_iter().map(perfect).collect()
    })
}

fn path((start, end): (u64, u64), index: u64, parts: &mut Vec<(u64, u64)>) {
    if end - start < 2 {
        return;
    }
    let middle = start + split(end - start);
    let beside = if index < middle {
        path((start, middle), index, parts);
        (middle, end)
    } else {
        path((middle, end), index, parts);
        (start, middle)
    };
    parts.push(beside);
}

/// What the proof is made of that the root over `size` leaves continues the one over the first
/// `old`, as [`inclusion_parts`] has it; none where there are fewer, or where `old` is zero: every
/// ledger continues the empty one.
pub fn consistency_parts(size: u64, old: u64) -> Option<Vec<Vec<Node>>> {
    (1..=size).contains(&old).then(|| {
        let mut parts = Vec::new();
        subproof((0, size), old, true, &mut parts);
        parts.into_iter().map(perfect).collect()
    })
}

/// `known` says that the root of these leaves is the old root itself, which the reader has.
fn subproof((start, end): (u64, u64), old: u64, known: bool, parts: &mut Vec<(u64, u64)>) {
    if old == end {
        if !known {
            parts.push((start, end));
        }
        return;
    }
    let middle = start + split(end - start);
    let beside = if old <= middle {
        subproof((start, middle), old, known, parts);
        (middle, end)
    } else {
        subproof((middle, end), old, false, parts);
        (start, middle)
    };
    parts.push(beside);
}

/// The perfect subtrees a range of leaves is made of; it begins where one of its size does.
fn perfect((start, end): (u64, u64)) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = start;
    while at < end {
        let level = (end - at).ilog2();
        nodes.push(Node { level, position: at >> level });
        at += 1 << level;
    }
    nodes
}

/// Joins the perfect subtrees of a part, the largest first, into its one hash; none for none.
pub fn join(peaks: &[Hash]) -> Option<Hash> {
    let (smallest, larger) = peaks.split_last()?;
    Some(larger.iter().rev().fold(*smallest, |right, left| node_hash(left, &right)))
}

/// Every perfect subtree that is complete once these leaves are there, in the order in which they
/// are: two a leaf, on the whole.
pub fn nodes(leaves: impl IntoIterator<Item = Hash>) -> impl Iterator<Item = (Node, Hash)> {
    let mut peaks: Vec<Hash> = Vec::new();
    (0_u64..).zip(leaves).flat_map(move |(index, leaf)| {
        let mut made = vec![(Node { level: 0, position: index }, leaf)];
        let mut hash = leaf;
        for level in 1..=index.trailing_ones() {
            if let Some(left) = peaks.pop() {
                hash = node_hash(&left, &hash);
                made.push((Node { level, position: index >> level }, hash));
            }
        }
        peaks.push(hash);
        made
    })
}

/// The largest power of two below `size`, which is at least two.
const fn split(size: u64) -> u64 {
    size.next_power_of_two() / 2
}

/// Whether `proof` leads from a leaf at `index` to the root of a tree of `size` leaves
/// (RFC 9162 §2.1.3.2).
pub fn is_included(leaf: &Hash, index: u64, proof: &[Hash], (size, root): (u64, &Hash)) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for beside in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(beside, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of the second size and root begins with the whole tree of
/// the first (RFC 9162 §2.1.4.2).
pub fn is_continued(
    (old_size, old_root): (u64, &Hash),
    (new_size, new_root): (u64, &Hash),
    proof: &[Hash],
) -> bool {
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    if old_size == 0 || old_size > new_size {
        return old_size == 0 && proof.is_empty();
    }
    // Where the old tree is perfect, its own root is the first hash, and is not repeated.
    let (first, rest) = if old_size.is_power_of_two() {
        (*old_root, proof)
    } else {
        match proof.split_first() {
            Some((first, rest)) => (*first, rest),
            None => return false,
        }
    };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (first, first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = node_hash(beside, &old);
            new = node_hash(beside, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old == *old_root && new == *new_root
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{
        super::{leaf_hash, merkle_root},
        *,
    };

    /// The hashes of a proof, joined from the subtrees that were kept while the ledger grew.
    fn proof(leaves: &[Hash], parts: Vec<Vec<Node>>) -> Vec<Hash> {
        let kept: HashMap<Node, Hash> = nodes(leaves.iter().copied()).collect();
        let joined = |part: Vec<Node>| {
            let peaks: Vec<Hash> = part.iter().map(|node| kept[node]).collect();
            join(&peaks).unwrap()
        };
        parts.into_iter().map(joined).collect()
    }

    fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
        let parts = inclusion_parts(leaves.len() as u64, index as u64)?;
        Some(proof(leaves, parts))
    }

    fn consistency_proof(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
        Some(proof(leaves, consistency_parts(leaves.len() as u64, old as u64)?))
    }

    #[test]
    fn a_subtree_that_is_kept_is_the_root_over_its_leaves() {
        let all = leaves(33);
        let kept: Vec<(Node, Hash)> = nodes(all.iter().copied()).collect();
        assert_eq!(kept.len(), 33 + 16 + 8 + 4 + 2 + 1);
        for (node, hash) in kept {
            let first = (node.position << node.level) as usize;
            assert_eq!(hash, merkle_root(&all[first..first + (1 << node.level)]), "{node:?}");
        }
        assert_eq!(join(&[]), None);
    }

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&[n])).collect()
    }

    #[test]
    fn every_entry_is_proved_to_be_under_the_root_and_no_other_is() {
        for size in 1..=33_u8 {
            let leaves = leaves(size);
            let tree = (u64::from(size), &merkle_root(&leaves));
            for (index, leaf) in leaves.iter().enumerate() {
                let proof = inclusion_proof(&leaves, index).unwrap();
                let at = index as u64;
                assert!(is_included(leaf, at, &proof, tree), "{index} of {size}");
                assert!(!is_included(&leaf_hash(b"other"), at, &proof, tree));
                assert!(!is_included(leaf, at + 1, &proof, tree), "{index} of {size}");
                assert!(!is_included(leaf, at, &[proof, vec![[0; 32]]].concat(), tree));
            }
            assert_eq!(inclusion_proof(&leaves, leaves.len()), None);
        }
    }

    #[test]
    fn a_root_is_proved_to_continue_every_root_before_it() {
        let all = leaves(33);
        for new in 1..=all.len() {
            for old in 1..=new {
                let proof = consistency_proof(&all[..new], old).unwrap();
                let before = (old as u64, &merkle_root(&all[..old]));
                let after = (new as u64, &merkle_root(&all[..new]));
                assert!(is_continued(before, after, &proof), "{old} to {new}");
                // Another beginning of the same length is found out.
                let mut forged = all[..old].to_vec();
                forged[0] = leaf_hash(b"forged");
                let forged = (old as u64, &merkle_root(&forged));
                assert!(!is_continued(forged, after, &proof), "{old} to {new}");
                assert!(!is_continued(before, after, &[proof, vec![[0; 32]]].concat()));
            }
        }
        let root = merkle_root(&all);
        assert!(!is_continued((33, &root), (32, &root), &[]), "a ledger does not shrink");
        assert_eq!(consistency_proof(&all, 34), None);
        assert_eq!(consistency_proof(&all, 0), None);
    }

    /// The proofs of Certificate Transparency's own reference tree of eight leaves.
    #[test]
    fn published_proofs_of_certificate_transparency() {
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let leaves: Vec<Hash> = inputs.iter().map(|input| leaf_hash(input)).collect();
        let hex = |hashes: Vec<Hash>| -> Vec<String> {
            hashes.iter().map(|hash| crate::hex::encode(hash)).collect()
        };
        assert_eq!(
            hex(inclusion_proof(&leaves, 5).unwrap()),
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            hex(consistency_proof(&leaves, 6).unwrap()),
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
    }
}
