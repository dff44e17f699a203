//! Tables of text, their columns aligned.

use crate::text::Texts;

/// Rows of cells; figures are aligned to the right.
pub(crate) struct Table {
    aligned: Vec<Side>,
    rows: Vec<Vec<String>>,
}

/// The side cells of a column keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

impl Table {
    /// A table with a heading for each column.
    pub fn new(columns: Vec<(String, Side)>) -> Self {
        let (headings, aligned) = columns.into_iter().unzip();
        Self { aligned, rows: vec![headings] }
    }

    /// A table without headings: names on the left, what they say beside them.
    pub const fn of_pairs() -> Self {
        Self { aligned: Vec::new(), rows: Vec::new() }
    }

    /// A table with these headings, from the message files; those of figures begin with `>`.
    pub fn headed(texts: &Texts, keys: &[&str]) -> Self {
        let column = |key: &&str| match key.strip_prefix('>') {
            Some(key) => (texts.say(key), Side::Right),
            None => (texts.say(key), Side::Left),
        };
        Self::new(keys.iter().map(column).collect())
    }

    /// Adds a name and what it says, where it says something.
    pub fn pair(&mut self, name: String, value: impl Into<String>) {
        let value = value.into();
        self.aligned = vec![Side::Left, Side::Left];
        if !value.is_empty() {
            self.rows.push(vec![name, value]);
        }
    }

    /// Adds a row; a cell that is not given is empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as lines, without the last line's end.
    pub fn render(&self) -> String {
        let cell = |row: &'_ [String], column: usize| row.get(column).cloned().unwrap_or_default();
        let width = |column: usize| {
            self.rows.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.aligned.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = self.aligned.iter().zip(&widths).enumerate();
            let cells: Vec<String> = cells
                .map(|(column, (side, width))| match side {
                    Side::Left => format!("{:<width$}", cell(row, column)),
                    Side::Right => format!("{:>width$}", cell(row, column)),
                })
                .collect();
            cells.join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::{Side, Table};

    #[test]
    fn words_keep_left_and_figures_right() {
        let mut table = Table::new(vec![
            ("COLLECTIVITÉ".to_owned(), Side::Left),
            ("PART".to_owned(), Side::Right),
        ]);
        table.row(vec!["belrive".to_owned(), "943,21".to_owned()]);
        table.row(vec!["estérey".to_owned(), "29 746,09".to_owned()]);
        table.row(vec!["dormont".to_owned()]);
        assert_eq!(
            table.render(),
            "COLLECTIVITÉ       PART\nbelrive          943,21\nestérey       29 746,09\ndormont"
        );
    }
}
