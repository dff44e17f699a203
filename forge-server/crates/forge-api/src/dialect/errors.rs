//! The body of every refusal.

answer! {
    /// Why a request was refused. Clients parse this on every status from 400 up.
    #[derive(Default)]
    pub struct ApiError {
        /// A sentence a person can act on.
        pub message: String,
        /// Absolute address of the description of this API, or empty.
        pub url: String,
        /// Every fault found, when there are several; empty otherwise.
        pub errors: Vec<ApiFault>,
        /// A stable word for programs, such as `ceiling_exceeded`; `null` where none is fixed.
        pub code: Option<String>,
        /// What one may do next, in the reader's language.
        pub hint: Option<String>,
    }

    /// One wrong field of a body.
    #[derive(Default)]
    pub struct ApiFault {
        /// The key of the field.
        pub field: String,
        /// A stable word for programs.
        pub code: String,
        /// A sentence a person can act on.
        pub message: String,
    }
}
