//! Where lines of one version of a file are in another: what a comment on lines holds on to.
//! Either they are there, whole and unchanged, or the comment is outdated and keeps its place;
//! it is never carried to a different text.

use forge_domain::names::Oid;
use gix::diff::blob::{Algorithm, InternedInput, diff_with_slider_heuristics};

use crate::{
    error::{GitError, Result},
    repository::{Repository, to_gix},
};

/// Lines of a text, from 1, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineRange {
    /// The first.
    pub first: u32,
    /// The last, not before the first.
    pub last: u32,
}

/// What became of lines in another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// All of them are there, one after the other as they were.
    At(LineRange),
    /// They were changed, parted or taken away.
    Outdated {
        /// The line of the new text behind which they stood; 0 at its beginning.
        after: u32,
    },
}

impl Repository {
    /// Follows lines of the file `old` into the file `new`, each range on its own, in the order
    /// given. Files too large to be compared outdate everything.
    ///
    /// The caller has found both by [`Self::entry`] or in a comparison: this door checks no
    /// reachability.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when one of them is no file of the repository.
    pub async fn follow_lines(
        &self,
        old: Oid,
        new: Oid,
        ranges: Vec<LineRange>,
    ) -> Result<Vec<Followed>> {
        let bytes_max = self.limits().diff_blob_bytes_max;
        self.read(move |repo| {
            let size = |oid: Oid| -> Result<u64> {
                let header = repo.try_find_header(to_gix(oid))?;
                header
                    .filter(|header| header.kind() == gix::objs::Kind::Blob)
                    .map(|header| header.size())
                    .ok_or_else(|| GitError::NotFound(format!("the file {oid}")))
            };
            if size(old)?.max(size(new)?) > bytes_max {
                return Ok(vec![Followed::Outdated { after: 0 }; ranges.len()]);
            }
            let text = |oid| -> Result<_> { Ok(repo.find_blob(to_gix(oid))?.take_data()) };
            Ok(follow(&text(old)?, &text(new)?, &ranges))
        })
        .await
    }
}

/// Follows ranges of lines from one text to another. A range that is none in `old` is outdated.
pub fn follow(old: &[u8], new: &[u8], ranges: &[LineRange]) -> Vec<Followed> {
    let input = InternedInput::new(old, new);
    let diff = diff_with_slider_heuristics(Algorithm::Histogram, &input);
    // For each line of the old text its number in the new one, where it is there.
    let mut added = 0;
    let kept: Vec<Option<u32>> = (0..input.before.len() as u32)
        .map(|line| {
            if diff.is_removed(line) {
                return None;
            }
            while (added as usize) < input.after.len() && diff.is_added(added) {
                added += 1;
            }
            added += 1;
            Some(added)
        })
        .collect();
    ranges.iter().map(|range| place(&kept, *range)).collect()
}

fn place(kept: &[Option<u32>], range: LineRange) -> Followed {
    let (first, last) = (range.first as usize, range.last as usize);
    let before = &kept[..first.saturating_sub(1).min(kept.len())];
    let outdated =
        Followed::Outdated { after: before.iter().rev().find_map(|line| *line).unwrap_or(0) };
    if first == 0 {
        return outdated;
    }
    let Some(lines) = kept.get(first - 1..last) else { return outdated };
    match lines.first() {
        Some(Some(start)) if lines.iter().zip(*start..).all(|(line, at)| *line == Some(at)) => {
            Followed::At(LineRange { first: *start, last: start + (range.last - range.first) })
        }
        _ => outdated,
    }
}
