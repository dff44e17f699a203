//! forge-server
fn main() {}
