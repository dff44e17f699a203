//! Builds again when a file is added to the embedded theme or to the example world: `rust-embed`
//! alone sees only changes of the files it already knows.

fn main() {
    println!("cargo::rerun-if-changed=../themes/default");
    println!("cargo::rerun-if-changed=demo");
}
