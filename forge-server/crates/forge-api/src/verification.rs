//! What a call's shares are checked from, without any server.

use std::collections::BTreeMap;

use crate::{Amount, calls::Call, share::ShareRequest};

answer! {
    /// Everything a call is checked from: one document, kept as a file.
    pub struct CallAudit {
        /// The form of this document.
        pub format: String,
        /// When it was made.
        pub generated_at: String,
        /// The call as it is told.
        pub call: Call,
        /// Whether its shares are final.
        pub is_final: bool,
        /// What its shares are computed from: as it was frozen, once they are final.
        pub request: ShareRequest,
        /// SHA-256 of the request as it stands in this document, without spaces.
        pub digest: String,
        /// Who closes the gap, where there is a guarantee.
        pub guarantor: Option<String>,
        /// What is told as the share of each council, in the basis of the call.
        pub shares: BTreeMap<String, Amount>,
        /// What is told to be left over.
        pub gap: Amount,
        /// Every entry of the space's ledger, as it is hashed.
        pub entries: Vec<String>,
        /// The newest signed head of that ledger; `null` before the first.
        pub checkpoint: Option<String>,
        /// The key it is signed with.
        pub key: Option<String>,
    }
}
