//! What waits for a person, and how the spaces of their councils stand.

use crate::Amount;

answer! {
    /// A person's dashboard.
    pub struct Dashboard {
        /// What waits, the most urgent first.
        pub todo: Vec<Todo>,
        /// The spaces of their councils.
        pub spaces: Vec<SpaceStanding>,
        /// What ends when, in order.
        pub deadlines: Vec<Deadline>,
        /// What happened last in these spaces, newest first.
        pub activity: Vec<Activity>,
    }

    /// One thing to do.
    pub struct Todo {
        /// What: `vote`, `pay`, `check-evidence`…
        pub task: String,
        /// What it is about: a title or a reference.
        pub subject: String,
        /// The council or the supplier it concerns.
        pub who: Option<String>,
        /// The page on which it is done.
        pub html_url: String,
        /// The day it is due, ISO 8601.
        pub due_on: Option<String>,
        /// Whether that day is past.
        pub late: bool,
    }

    /// A space of one of the person's councils.
    pub struct SpaceStanding {
        /// Its address.
        pub space: String,
        /// Its title.
        pub title: String,
        /// How its running calls stand, one a currency.
        pub standings: Vec<Standing>,
        /// What ends next in it.
        pub next: Option<Deadline>,
        /// What is wrong.
        pub alerts: Vec<Alert>,
    }

    /// How the running calls of a space stand in one currency.
    pub struct Standing {
        /// ISO 4217.
        pub currency: String,
        /// What the calls cost in all, each in its basis.
        pub target: Amount,
        /// What is committed of it, in basis points.
        pub committed_bp: i64,
        /// What is paid of it, in basis points.
        pub paid_bp: i64,
    }

    /// Something that is wrong, and how often.
    pub struct Alert {
        /// `short`, `late-milestone` or `overdue`.
        pub kind: String,
        /// How often.
        pub count: i64,
    }

    /// Something that happened.
    pub struct Activity {
        /// When, RFC 3339.
        pub at: String,
        /// What: `pledge.firm`, `vote.opened`…
        pub kind: String,
        /// The same as a sentence.
        pub text: String,
        /// The page it is about.
        pub html_url: String,
    }

    /// A day on which something ends.
    pub struct Deadline {
        /// The day, ISO 8601.
        pub on: String,
        /// What ends: `call`, `vote`, `funds`, `milestone` or `decision`.
        pub kind: String,
        /// A title or a reference.
        pub subject: String,
        /// Whose it is, where it is one council's.
        pub council: Option<String>,
        /// Its page.
        pub html_url: String,
    }
}
