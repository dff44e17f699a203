//! The audit log: each row's hash is made again from the row and the one before.

use forge_store::{Tx, audit};

use super::{Fault, Part, Wording};
use crate::{actions::audit::expected, error::Error};

/// Rows that are read together.
const PAGE: i64 = 1_000;

pub(super) async fn verify(wording: Wording<'_>, tx: &mut Tx) -> Result<Part, Error> {
    let mut faults: Vec<Fault> = Vec::new();
    let (mut last, mut previous) = (0, vec![0; 32]);
    let mut checked = 0;
    loop {
        let rows = audit::rows(&mut *tx, last, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let subject = row.seq.to_string();
            if row.seq != last + 1 {
                let missing = (last + 1).to_string();
                faults.push(wording.fault(subject.as_str(), "audit_gap", &[("first", &missing)]));
            } else if expected(&previous, &row) != row.hash {
                faults.push(wording.fault(subject.as_str(), "audit_changed", &[]));
            }
            checked += 1;
            // What follows is held against what stands here: each break is told once.
            (last, previous) = (row.seq, row.hash);
        }
    }
    Ok(Part { name: "audit", checked, faults })
}
