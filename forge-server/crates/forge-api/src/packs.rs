//! Papers a call is voted on with.

answer! {
    /// The draft deliberation of a council on a call, to be edited.
    pub struct Pack {
        /// The call's reference.
        pub call: String,
        /// The council's slug.
        pub council: String,
        /// The language it is in.
        pub lang: String,
        /// The draft with its annexes, in Markdown.
        pub text: String,
    }
}
