//! Personal access tokens, in the dialect's words.

answer! {
    /// A token. It is told whole once, in the answer that makes it.
    pub struct Token {
        /// Its number.
        pub id: i64,
        /// What its holder calls it.
        pub name: String,
        /// The token itself, 40 hexadecimal digits, at creation; empty ever after.
        pub sha1: String,
        /// Its last eight digits, to tell it from others.
        pub token_last_eight: String,
        /// What it may do.
        pub scopes: Vec<String>,
        /// When it was made.
        pub created_at: String,
        /// When it was last used.
        pub last_used_at: Option<String>,
        /// When it stops working; `null` for no end.
        pub expires_at: Option<String>,
    }
}

strict_body! {
    /// The body that makes a token.
    pub struct NewToken {
        /// What its holder calls it.
        pub name: String,
        /// What it may do: `full`, `write`, `read`, `public_only`, or the words of the dialect;
        /// `write` when empty.
        #[serde(default)]
        pub scopes: Vec<String>,
        /// When it stops working; after a year when nothing is said, and never later.
        #[serde(default)]
        pub expires_at: Option<String>,
    }
}
