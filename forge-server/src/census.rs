//! Counts of inhabitants from a file: CSV, read line by line as it arrives, nothing recorded before
//! the last line was understood (domain.md §c1).
//!
//! The first line names the columns, in any order: `council` (as in `siren:213000003`), `kind`,
//! `vintage`, `inhabitants`, and where they are known `reference_date` and `source`. The separator
//! is `,` or `;`.

use forge_domain::{calendar, names::Identifier};
use forge_store::councils::Population;

use crate::error::{Error, FieldRefusal, Refusal};

/// The longest line, in bytes.
const LINE_BYTES_MAX: usize = 4096;
/// More lines than any country has public bodies.
const LINES_MAX: usize = 1_000_000;
/// How many wrong lines are told; the rest is counted.
const FAULTS_TOLD: usize = 50;
/// More inhabitants than any public body has.
pub const INHABITANTS_MAX: i64 = 2_000_000_000;

/// A count of one council.
#[derive(Debug, Clone)]
pub struct Count {
    /// The council.
    pub council: Identifier,
    /// How many live there.
    pub population: Population,
}

/// A file that is being read.
#[derive(Debug, Default)]
pub struct Sheet {
    rest: Vec<u8>,
    lines: usize,
    columns: Option<Columns>,
    counts: Vec<Count>,
    faults: Vec<(usize, &'static str)>,
    wrong: usize,
}

/// Where the columns are.
#[derive(Debug, Clone, Copy)]
struct Columns {
    separator: char,
    council: usize,
    kind: usize,
    vintage: usize,
    inhabitants: usize,
    reference_date: Option<usize>,
    source: Option<usize>,
}

impl Sheet {
    /// Reads a further piece of the file.
    ///
    /// # Errors
    /// [`Error::Refused`] where the file is none that can be read on.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        let last = pieces.next_back().unwrap_or_default();
        for piece in pieces {
            self.rest.extend_from_slice(piece);
            let line = std::mem::take(&mut self.rest);
            self.line(&line)?;
        }
        self.rest.extend_from_slice(last);
        if self.rest.len() > LINE_BYTES_MAX {
            self.lines += 1;
            return Err(refused(&[(self.lines, "long")], 1));
        }
        Ok(())
    }

    /// Every count of the file, in its order.
    ///
    /// # Errors
    /// [`Error::Refused`] with the lines that are wrong; then nothing of the file counts.
    pub fn end(mut self) -> Result<Vec<Count>, Error> {
        let last = std::mem::take(&mut self.rest);
        self.line(&last)?;
        if self.columns.is_none() {
            return Err(refused(&[(1, "columns")], 1));
        }
        if self.wrong > 0 { Err(refused(&self.faults, self.wrong)) } else { Ok(self.counts) }
    }

    fn line(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.lines += 1;
        if self.lines > LINES_MAX {
            return Err(Error::TooLarge);
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').trim_end_matches('\r'),
            Err(_) => return Err(refused(&[(self.lines, "text")], 1)),
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        let Some(columns) = self.columns else {
            let found = Columns::of(text).ok_or_else(|| refused(&[(self.lines, "columns")], 1))?;
            self.columns = Some(found);
            return Ok(());
        };
        match columns.count(text) {
            Ok(count) => self.counts.push(count),
            Err(what) => {
                self.wrong += 1;
                if self.faults.len() < FAULTS_TOLD {
                    self.faults.push((self.lines, what));
                }
            }
        }
        Ok(())
    }
}

impl Columns {
    fn of(header: &str) -> Option<Self> {
        let separator = if header.contains(';') { ';' } else { ',' };
        let names = fields(header, separator)?;
        let at = |name: &str| names.iter().position(|one| one.trim().eq_ignore_ascii_case(name));
        Some(Self {
            separator,
            council: at("council")?,
            kind: at("kind")?,
            vintage: at("vintage")?,
            inhabitants: at("inhabitants")?,
            reference_date: at("reference_date"),
            source: at("source"),
        })
    }

    /// Reads a line, or says which of its fields is wrong.
    fn count(&self, line: &str) -> Result<Count, &'static str> {
        let fields = fields(line, self.separator).ok_or("quotes")?;
        let at = |column: usize| fields.get(column).map(|field| field.trim()).ok_or("columns");
        let known = |column: Option<usize>| match column {
            Some(column) => at(column).map(|field| Some(field).filter(|field| !field.is_empty())),
            None => Ok(None),
        };
        let council = at(self.council)?.parse().map_err(|_| "council")?;
        let digits: String = at(self.inhabitants)?.chars().filter(|c| !c.is_whitespace()).collect();
        let day = known(self.reference_date)?.map(calendar::parse_date).transpose();
        let population = Population {
            kind: at(self.kind)?.to_owned(),
            vintage: at(self.vintage)?.to_owned(),
            value: digits.parse().map_err(|_| "inhabitants")?,
            reference_date: day.map_err(|_| "reference_date")?,
            source_url: known(self.source)?.map(str::to_owned),
        };
        check(&population)?;
        Ok(Count { council, population })
    }
}

/// Checks a count; the name of its wrong field.
///
/// # Errors
/// `kind`, `vintage`, `inhabitants` or `source`.
pub fn check(population: &Population) -> Result<(), &'static str> {
    let (kind, vintage) = (&population.kind, &population.vintage);
    if !(1..=40).contains(&kind.len())
        || !kind.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'))
    {
        return Err("kind");
    }
    if vintage.len() != 4 || !vintage.bytes().all(|b| b.is_ascii_digit()) {
        return Err("vintage");
    }
    if !(1..=INHABITANTS_MAX).contains(&population.value) {
        return Err("inhabitants");
    }
    let source = population.source_url.as_deref().unwrap_or_default();
    if source.chars().count() > 500 || source.chars().any(char::is_control) {
        return Err("source");
    }
    Ok(())
}

/// The fields of a line; none where a quote is not closed.
fn fields(line: &str, separator: char) -> Option<Vec<String>> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            letter if letter == separator && !quoted => fields.push(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    fields.push(field);
    (!quoted).then_some(fields)
}

fn refused(faults: &[(usize, &'static str)], wrong: usize) -> Error {
    let field = |(line, what): &(usize, &'static str)| FieldRefusal {
        field: "file",
        code: "census_line",
        args: vec![("line", line.to_string()), ("what", (*what).to_owned())],
    };
    let mut refusal = Refusal::new("census_wrong").arg("count", wrong);
    refusal.fields = faults.iter().map(field).collect();
    Error::Refused(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Result<Vec<Count>, Vec<String>> {
        let mut sheet = Sheet::default();
        let told = |error: Error| match error {
            Error::Refused(refusal) => {
                let line =
                    |field: &FieldRefusal| format!("{} {}", field.args[0].1, field.args[1].1);
                refusal.fields.iter().map(line).collect::<Vec<_>>()
            }
            other => vec![other.to_string()],
        };
        for piece in pieces {
            sheet.push(piece.as_bytes()).map_err(told)?;
        }
        sheet.end().map_err(told)
    }

    #[test]
    fn a_file_reads_the_same_however_it_arrives() {
        let text = "\u{feff}council;kind;vintage;inhabitants;reference_date;source\r\n\
            siren:213000003;municipale;2026;12 345;2023-01-01;\"https://x.example/a;b\"\r\n\
            \r\n\
            insee:30007;totale;2026;13001;;\r\n";
        let whole = read(&[text]).unwrap();
        assert_eq!(whole.len(), 2);
        assert_eq!(whole[0].council.to_string(), "siren:213000003");
        assert_eq!(whole[0].population.value, 12_345);
        assert_eq!(whole[0].population.source_url.as_deref(), Some("https://x.example/a;b"));
        assert_eq!(whole[0].population.reference_date.unwrap().to_string(), "2023-01-01");
        assert_eq!(whole[1].population.reference_date, None);
        for at in (1..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let parts = read(&[&text[..at], &text[at..]]).unwrap();
            assert_eq!(format!("{parts:?}"), format!("{whole:?}"), "{at}");
        }
    }

    #[test]
    fn every_wrong_line_is_told_with_what_is_wrong() {
        let head = "vintage,council,inhabitants,kind\n";
        let lines = "2026,siren:213000004,5,municipale\n\
            2026,siren:213000003,many,municipale\n\
            26,siren:213000003,5,municipale\n\
            2026,siren:213000003,5,municipale\n\
            2026,siren:213000003,0,municipale\n\
            2026,siren:213000003,5,Municipale\n\
            2026,siren:213000003\n\
            2026,\"siren:213000003,5,municipale";
        assert_eq!(
            read(&[head, lines]).unwrap_err(),
            [
                "2 council",
                "3 inhabitants",
                "4 vintage",
                "6 inhabitants",
                "7 kind",
                "8 columns",
                "9 quotes"
            ]
        );
        assert_eq!(read(&[""]).unwrap_err(), ["1 columns"]);
        assert_eq!(read(&["name,size\n"]).unwrap_err(), ["1 columns"]);
        let endless = "x".repeat(LINE_BYTES_MAX + 1);
        assert_eq!(read(&[head, &endless]).unwrap_err(), ["2 long"]);
    }
}
