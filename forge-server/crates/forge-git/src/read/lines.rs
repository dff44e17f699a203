//! Lines of one file compared: hunks with numbers, as a unified diff has them.

use gix::diff::blob::{
    Algorithm, InternedInput, UnifiedDiff, diff_with_slider_heuristics,
    unified_diff::{ConsumeHunk, ContextSize, DiffLineKind, HunkHeader},
};

use crate::error::{GitError, Result};

/// Unchanged lines shown around a change.
const CONTEXT_LINES: u32 = 3;
/// A longer line is cut: nobody reads it, and a page would carry megabytes.
const LINE_BYTES_MAX: usize = 4096;

/// A run of lines that changed, with its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// First line in the old file, from 1; 0 when the old file has none here.
    pub old_start: u32,
    /// Lines of the old file.
    pub old_lines: u32,
    /// First line in the new file, from 1; 0 when the new file has none here.
    pub new_start: u32,
    /// Lines of the new file.
    pub new_lines: u32,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it stayed, came or went.
    pub kind: LineKind,
    /// Its number in the old file.
    pub old_number: Option<u32>,
    /// Its number in the new file.
    pub new_number: Option<u32>,
    /// Its bytes without the end of line.
    pub text: Vec<u8>,
    /// Whether the file ends here without an end of line.
    pub no_newline: bool,
    /// Whether the text was cut for its length.
    pub cut: bool,
}

/// What happened to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// It is in both files.
    Context,
    /// It is only in the new file.
    Added,
    /// It is only in the old file.
    Removed,
}

/// Compares two contents; answers the hunks, at most `lines_max` lines of them, the count of
/// lines added and removed, and whether some were left out.
pub(crate) fn compare_lines(old: &[u8], new: &[u8], lines_max: usize) -> Result<Compared> {
    let input = InternedInput::new(old, new);
    let diff = diff_with_slider_heuristics(Algorithm::Histogram, &input);
    let (added, removed) = (diff.count_additions(), diff.count_removals());
    let collect =
        Collect { out: Compared { added, removed, ..Compared::default() }, left: lines_max };
    UnifiedDiff::new(&diff, &input, collect, ContextSize::symmetrical(CONTEXT_LINES))
        .consume()
        .map_err(|error| GitError::Damaged(error.to_string()))
}

/// What comparing two contents gave.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) hunks: Vec<Hunk>,
    pub(crate) added: u32,
    pub(crate) removed: u32,
    pub(crate) cut: bool,
}

struct Collect {
    out: Compared,
    left: usize,
}

impl ConsumeHunk for Collect {
    type Out = Compared;

    fn consume_hunk(
        &mut self,
        header: HunkHeader,
        lines: &[(DiffLineKind, &[u8])],
    ) -> std::io::Result<()> {
        if self.left == 0 {
            self.out.cut = true;
            return Ok(());
        }
        let mut hunk = Hunk {
            old_start: header.before_hunk_start,
            old_lines: header.before_hunk_len,
            new_start: header.after_hunk_start,
            new_lines: header.after_hunk_len,
            lines: Vec::with_capacity(lines.len().min(self.left)),
        };
        let (mut old, mut new) = (header.before_hunk_start, header.after_hunk_start);
        for (kind, bytes) in lines {
            if self.left == 0 {
                self.out.cut = true;
                break;
            }
            self.left -= 1;
            let (kind, in_old, in_new) = match kind {
                DiffLineKind::Context => (LineKind::Context, true, true),
                DiffLineKind::Add => (LineKind::Added, false, true),
                DiffLineKind::Remove => (LineKind::Removed, true, false),
            };
            hunk.lines.push(line(kind, in_old.then_some(old), in_new.then_some(new), bytes));
            old += u32::from(in_old);
            new += u32::from(in_new);
        }
        self.out.hunks.push(hunk);
        Ok(())
    }

    fn finish(self) -> Compared {
        self.out
    }
}

fn line(kind: LineKind, old_number: Option<u32>, new_number: Option<u32>, bytes: &[u8]) -> Line {
    let (text, no_newline) = match bytes.strip_suffix(b"\n") {
        Some(text) => (text, false),
        None => (bytes, true),
    };
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let cut = text.len() > LINE_BYTES_MAX;
    let text = text[..text.len().min(LINE_BYTES_MAX)].to_vec();
    Line { kind, old_number, new_number, text, no_newline, cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str, lines_max: usize) -> (Vec<String>, bool) {
        let compared = compare_lines(old.as_bytes(), new.as_bytes(), lines_max).unwrap();
        let number = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
        let lines = compared.hunks.iter().flat_map(|hunk| &hunk.lines).map(|line| {
            let (old, new) = (number(line.old_number), number(line.new_number));
            let text = String::from_utf8_lossy(&line.text).into_owned();
            let mark = match line.kind {
                LineKind::Context => ' ',
                LineKind::Added => '+',
                LineKind::Removed => '-',
            };
            format!("{old} {new} {mark}{text}{}", if line.no_newline { "$" } else { "" })
        });
        (lines.collect(), compared.cut)
    }

    #[test]
    fn lines_carry_the_numbers_of_both_files() {
        let (lines, cut) = shown("a\nb\nc\n", "a\nB\nc\nd", 100);
        assert_eq!(lines, ["1 1  a", "2 - -b", "- 2 +B", "3 3  c", "- 4 +d$"]);
        assert!(!cut);
    }

    #[test]
    fn too_many_lines_are_cut_and_said_so() {
        let new: String = (0..50).map(|n| format!("{n}\n")).collect();
        let (lines, cut) = shown("", &new, 10);
        assert_eq!((lines.len(), cut), (10, true));
    }
}
