//! Votes of the councils of a space, and its charters.

answer! {
    /// How a vote is held, as it was when it opened.
    pub struct Terms {
        /// `one_body_one_vote`, `by_contribution`, `by_band`, `stepped`, `double_majority` or
        /// `consent`.
        pub rule: String,
        /// `members`, `funders` or `lead_and_pledgers`.
        pub electorate: String,
        /// The least part of the bodies asked that has to take part, in basis points.
        pub quorum_bp: u32,
        /// The least part of the votes cast that has to be for it, in basis points; up to 5001 it
        /// is more than half.
        pub majority_bp: u32,
        /// How many days ballots are taken.
        pub days: u32,
        /// Whether an abstention is a vote cast.
        pub abstentions_count: bool,
        /// Whether the lead's ballot decides a tie.
        pub casting_vote: bool,
        /// Whether the coordination group can stop it.
        pub technical_veto: bool,
    }
}
