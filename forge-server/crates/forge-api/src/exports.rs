//! What may be taken away.

answer! {
    /// A table that is exported, and its addresses.
    pub struct ExportFile {
        /// Its name.
        pub table: String,
        /// As CSV, with a header.
        pub csv: String,
        /// As one JSON document.
        pub json: String,
        /// As one JSON object a line.
        pub jsonl: String,
        /// The JSON Schema of its rows.
        pub schema: String,
    }
}
