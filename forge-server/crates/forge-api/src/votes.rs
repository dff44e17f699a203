//! Votes of the councils of a space, and its charters.

use crate::Amount;

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

answer! {
    /// A vote of the councils of a space.
    pub struct Vote {
        /// Its reference, `VOTE-2026-0004`.
        pub reference: String,
        /// The slug of the space.
        pub space: String,
        /// The reference of the call it is about.
        pub call: Option<String>,
        /// `charter`, `admit`, `call_open`, `call_extend`, `milestone_accept`, `scope_change`,
        /// `write_off`, `supplier`, `late_joiner`, `dispute`, `close` or `other`.
        pub kind: String,
        /// The question, which yes carries.
        pub question: String,
        /// Why, in Markdown.
        pub explanation: String,
        /// `open`, `passed`, `rejected` or `withdrawn`.
        pub state: String,
        /// What it chooses between; empty for a plain question.
        pub offers: Vec<Offer>,
        /// How it is held.
        pub terms: Terms,
        /// The version of the charter it is held under.
        pub charter_version: i64,
        /// When it opened.
        pub opened_at: String,
        /// The first instant at which no ballot is taken.
        pub closes_at: String,
        /// When it was closed.
        pub closed_at: Option<String>,
        /// The bodies asked.
        pub electors: Vec<Elector>,
        /// How many of them have said something.
        pub took_part: u64,
        /// How many have to.
        pub quorum: u64,
        /// What was counted; once it is closed.
        pub result: Option<VoteResult>,
        /// `none`, `waiting`, `done` or `failed`: whether what was decided was carried out.
        pub effect: String,
        /// Why it could not be, as a stable code.
        pub effect_note: Option<String>,
        /// SHA-256 of the final state, which the entry `vote.closed` of the ledger carries.
        pub digest: Option<String>,
        /// Absolute address of its page.
        pub html_url: String,
    }

    /// A body that a vote asks.
    pub struct Elector {
        /// The council's slug.
        pub council: String,
        /// Its name.
        pub name: String,
        /// What it counts where bodies are weighed.
        pub weight: i64,
        /// Whether it has the casting vote.
        pub leads: bool,
        /// Whether it shares in the veto.
        pub coordinates: bool,
        /// `yes`, `no` or `abstain`; once the vote is closed, and for its own people before.
        pub choice: Option<String>,
        /// Which of the offers its yes is for, from 1.
        pub offer: Option<u32>,
        /// Why, where it said.
        pub comment: Option<String>,
        /// When it said so.
        pub cast_at: Option<String>,
    }

    /// An offer of a supplier, between which a vote chooses.
    pub struct Offer {
        /// Its number, from 1.
        pub n: u32,
        /// The company.
        pub supplier: String,
        /// The reference of its offer.
        #[serde(rename = "ref")]
        pub reference: String,
        /// What it asks, in the call's basis.
        pub amount: Amount,
        /// The currency of the call, ISO 4217.
        pub currency: String,
    }

    /// What was counted.
    pub struct VoteResult {
        /// Whether it passed.
        pub passed: bool,
        /// `carried`, `no_objection`, `casting_vote`, `no_quorum`, `tie`, `no_majority`,
        /// `no_money_majority`, `veto` or `objection`.
        pub reason: String,
        /// The number of the offer that was chosen, where the vote was between offers.
        pub offer: Option<u32>,
        /// Each body one.
        pub heads: Chamber,
        /// Each body its weight.
        pub weights: Chamber,
    }

    /// The votes of one chamber.
    pub struct Chamber {
        /// For.
        pub yes: u64,
        /// Against.
        pub no: u64,
        /// Neither.
        pub abstain: u64,
        /// Asked, and said nothing.
        pub silent: u64,
    }

    /// One version of a charter.
    pub struct Charter {
        /// Which, from 1.
        pub version: i64,
        /// `CHARTER.md`.
        pub text: String,
        /// `charter.toml`.
        pub machine: String,
        /// The commit of the meta-repository that holds both.
        pub commit: String,
        /// The reference of the vote that adopted it.
        pub vote: Option<String>,
        /// Since when it is in force.
        pub adopted_at: String,
    }
}

strict_body! {
    /// A question to the councils of a space.
    pub struct NewVote {
        /// The question, which yes carries.
        pub question: String,
        /// Why, in Markdown.
        #[serde(default)]
        pub explanation: Option<String>,
    }

    /// The ballot of a council.
    pub struct NewBallot {
        /// `yes`, `no` or `abstain`.
        pub choice: String,
        /// Which of the offers a yes is for, from 1, where the vote is between offers.
        #[serde(default)]
        pub offer: Option<u32>,
        /// Why; an objection has to say.
        #[serde(default)]
        pub comment: Option<String>,
    }

    /// A charter that is proposed.
    pub struct NewCharter {
        /// `CHARTER.md`.
        pub text: String,
        /// `charter.toml`, with the next version.
        pub machine: String,
        /// The question; one is made where nothing is said.
        #[serde(default)]
        pub question: Option<String>,
        /// Why, in Markdown.
        #[serde(default)]
        pub explanation: Option<String>,
    }

    /// Another council to carry the space, or to hold its funds.
    pub struct NewOffice {
        /// `lead` or `treasurer`.
        pub office: String,
        /// The council's slug.
        pub council: String,
        /// Why, in Markdown.
        #[serde(default)]
        pub explanation: Option<String>,
    }

    /// A claim to be given up.
    pub struct NewWriteOff {
        /// The reference of the call.
        pub call: String,
        /// The slug of the council that owes, or the grant, such as `grant:state`.
        pub debtor: String,
        /// Why, in Markdown.
        #[serde(default)]
        pub explanation: Option<String>,
    }

    /// Whether a member sits in the coordination group.
    pub struct SetSeat {
        /// Whether it does.
        pub coordinates: bool,
    }
}
