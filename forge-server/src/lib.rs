//! forge-server
