//! forge-publiccode
