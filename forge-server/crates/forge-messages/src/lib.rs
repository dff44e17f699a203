//! forge-messages
