//! The table of rights itself: one row a deed (domain.md §b).

use std::{fmt, str::FromStr};

use super::{Base, Grant, Kind, Rule, Standing, UnknownWord};

/// One column of a row: `A` any, `O` own council, `C` chief council, `-` no.
macro_rules! grant {
    (A) => {
        Grant::Any
    };
    (O) => {
        Grant::Own
    };
    (C) => {
        Grant::Chief
    };
    (-) => {
        Grant::No
    };
}

/// One mark: `y` yes, `-` no.
macro_rules! mark {
    (y) => {
        true
    };
    (-) => {
        false
    };
}

macro_rules! deeds {
    ($(
        $(#[$doc:meta])+
        $deed:ident $name:literal:
            $kind:ident $base:ident $standing:ident $admin:tt $owner:tt [$($grant:tt)+];
    )+) => {
        /// Everything anyone may ask to do or to read. Its name is what the audit log keeps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deed { $($(#[$doc])+ $deed,)+ }

        impl Deed {
            /// Every deed, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$deed,)+];

            /// The stable name, for audit rows and tests.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$deed => $name,)+ }
            }

            /// The row of the table.
            pub const fn rule(self) -> Rule {
                match self {
                    $(Self::$deed => Rule {
                        kind: Kind::$kind,
                        base: Base::$base,
                        standing: Standing::$standing,
                        admin: mark!($admin),
                        owner: mark!($owner),
                        grants: [$(grant!($grant),)+],
                    },)+
                }
            }
        }
    };
}

// Columns: what it touches · who may without a role · the standing a council needs in a space ·
// a forge administrator · the owner in person · then each role: A in any council concerned (●),
// O in the council acted for (○), C in the chief council, - no.
#[rustfmt::skip]
deeds! {
    //                             adm own   dev mai lea fin sig aud sup
    // ---- reading --------------------------------------------------
    /// Reads a module: pages, raw, archive, clone. Visibility alone decides.
    ReadModule "read_module":
        Read     Anyone   Free          -   -   [ -   -   -   -   -   -   - ];
    /// Reads a call and its pledges; a draft is the space's.
    ReadCall "read_call":
        Read     Anyone   Free          -   -   [ -   -   -   -   -   -   - ];
    /// Reads the ledger of a space and its checkpoints.
    ReadLedger "read_ledger":
        Read     Anyone   Free          -   -   [ -   -   -   -   -   -   - ];
    /// Reads what a space keeps to its members: drafts, intentions not yet public.
    ReadSpaceInternals "read_space_internals":
        Read     Granted  Observer      -   -   [ A   A   A   A   A   A   A ];
    /// Reads a council's people, invitations and mandates.
    ReadCouncilInternals "read_council_internals":
        Read     Granted  Free          y   -   [ A   A   A   A   A   A   - ];
    /// Opens the file of an evidence.
    ReadEvidenceFile "read_evidence_file":
        Read     Granted  Free          -   -   [ -   -   O   O   O   A   - ];
    /// Reads the audit log, of the forge or of a council.
    ReadAudit "read_audit":
        Read     Granted  Contributor   y   -   [ -   -   -   -   -   A   - ];

    // ---- modules -------------------------------------------------
    /// Creates a module in a council, a space or among one's own drafts.
    CreateModule "create_module":
        Write    Granted  Contributor   -   y   [ O   O   O   -   -   -   - ];
    /// Creates or moves a branch that is not protected, forced or not.
    PushBranch "push_branch":
        Write    Granted  Contributor   -   y   [ A   A   A   -   -   -   A ];
    /// Deletes a branch that is not protected.
    DeleteBranch "delete_branch":
        Write    Granted  Contributor   -   y   [ A   A   A   -   -   -   A ];
    /// Moves a protected branch forward.
    UpdateProtectedBranch "update_protected_branch":
        Write    Granted  Contributor   -   y   [ -   A   -   -   -   -   - ];
    /// Says for a program what it found of a commit.
    ReportStatus "report_status":
        Write    Granted  Contributor   -   y   [ A   A   A   -   -   -   A ];
    /// Creates a tag.
    PushTag "push_tag":
        Write    Granted  Contributor   -   y   [ -   A   -   -   -   -   - ];
    /// Moves or deletes a tag.
    MoveTag "move_tag":
        Write    Granted  Contributor   -   y   [ -   A   -   -   -   -   - ];
    /// Says which branches are protected.
    ProtectBranch "protect_branch":
        Write    Granted  Contributor   -   y   [ -   A   -   -   -   -   - ];
    /// Edits a module's title, description and default branch.
    EditModule "edit_module":
        Write    Granted  Contributor   -   y   [ -   A   A   -   -   -   - ];
    /// Makes a module public.
    PublishModule "publish_module":
        Write    Granted  Contributor   -   -   [ -   A   A   -   -   -   - ];
    /// Declares that a council runs a module.
    DeclareReuse "declare_reuse":
        Write    Granted  Free          -   -   [ O   O   O   O   O   -   - ];
    /// Delivers a milestone.
    DeliverMilestone "deliver_milestone":
        Write    Granted  Contributor   -   -   [ -   A   -   -   -   -   A ];
    /// Starts the work of a milestone, asks for its acceptance, writes down why it was rejected.
    SteerMilestone "steer_milestone":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];

    // ---- councils and people -------------------------------------
    /// Asks for a council to be registered; it waits for verification.
    RegisterCouncil "register_council":
        Write    SignedIn Free          -   -   [ -   -   -   -   -   -   - ];
    /// Says that a council is who it says it is, or suspends it.
    VerifyCouncil "verify_council":
        Write    Granted  Free          y   -   [ -   -   -   -   -   -   - ];
    /// Records the inhabitants of many councils from a file.
    ImportPopulations "import_populations":
        Write    Granted  Free          y   -   [ -   -   -   -   -   -   - ];
    /// Edits a council's names, identifiers and populations.
    EditCouncil "edit_council":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Invites a person into a council by a link.
    InvitePerson "invite_person":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Grants a role other than signatory.
    GrantRole "grant_role":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Ends a role.
    RevokeRole "revoke_role":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Makes another person a signatory.
    GrantSignatory "grant_signatory":
        Power    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Gives another person a mandate to sign up to an amount.
    GiveMandate "give_mandate":
        Power    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Ends a mandate.
    RevokeMandate "revoke_mandate":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];

    // ---- spaces --------------------------------------------------
    /// Founds a space in a council's name, which then leads it.
    FoundSpace "found_space":
        Write    Granted  Free          -   -   [ -   -   O   -   -   -   - ];
    /// Asks for a council to join a space.
    AskToJoin "ask_to_join":
        Write    Granted  Free          -   -   [ -   -   O   -   -   -   - ];
    /// Admits a council to a space, or changes where it stands there.
    AdmitMember "admit_member":
        Write    Granted  Free          y   -   [ -   -   C   -   -   -   - ];
    /// Takes a council out of a space.
    LeaveSpace "leave_space":
        Write    Granted  Free          -   -   [ -   -   O   -   -   -   - ];
    /// Edits a space's title, purpose and time zone.
    EditSpace "edit_space":
        Write    Granted  Free          -   -   [ -   -   C   -   -   -   - ];

    /// Has programs told what happens in a council or a space: all that is done to webhooks.
    ManageWebhooks "manage_webhooks":
        Write    Granted  Free          -   -   [ -   -   C   -   -   -   - ];

    /// Opens a vote of the councils of a space, or proposes a charter, which opens one.
    OpenVote "open_vote":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Closes a vote at its hour, and does what was decided: the clock's deed, and nobody's.
    CloseVote "close_vote":
        Write    Granted  Free          -   -   [ -   -   -   -   -   -   - ];

    // ---- calls ---------------------------------------------------
    /// Drafts a call in a space.
    CreateCall "create_call":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Edits a draft.
    EditCall "edit_call":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Publishes a call (K1).
    PublishCall "publish_call":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Confirms a call before its deadline, where it allows that (K4).
    ConfirmCallEarly "confirm_call_early":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Ends a call at its deadline (K4, K5): the clock's deed, and nobody's.
    CloseCall "close_call":
        Write    Granted  Free          -   -   [ -   -   -   -   -   -   - ];
    /// Cancels a call, with a reason (K7).
    CancelCall "cancel_call":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Changes a published call by a version that everyone is told of.
    AmendCall "amend_call":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Records the contract of a confirmed call (K8).
    RecordContract "record_contract":
        Write    Granted  Contributor   -   -   [ -   -   A   -   -   -   - ];
    /// Asks a public question on a call; a visitor's waits for a moderator.
    AskQuestion "ask_question":
        Write    Anyone   Free          -   -   [ -   -   -   -   -   -   - ];

    // ---- money ---------------------------------------------------
    /// Declares an intention, which binds nobody (P1).
    DeclareIntention "declare_intention":
        Money    Granted  Observer      -   -   [ O   O   O   O   O   -   - ];
    /// Prepares a firm pledge and uploads its evidence.
    PreparePledge "prepare_pledge":
        Money    Granted  Observer      -   -   [ -   -   O   O   O   -   - ];
    /// Says when which body of the council decides (P2).
    SchedulePledge "schedule_pledge":
        Money    Granted  Observer      -   -   [ -   -   -   O   -   -   - ];
    /// Approves a pledge for the finance service before a signatory commits, or sends it back.
    AttestPledge "attest_pledge":
        Money    Granted  Observer      -   -   [ -   -   -   O   -   -   - ];
    /// Commits a council (P3, P4).
    CommitPledge "commit_pledge":
        Money    Granted  Observer      -   -   [ -   -   -   -   O   -   - ];
    /// Withdraws a firm pledge (P6).
    WithdrawPledge "withdraw_pledge":
        Money    Granted  Free          -   -   [ -   -   -   -   O   -   - ];
    /// Ends an intention or a pending decision with a no (P5).
    RefusePledge "refuse_pledge":
        Money    Granted  Free          -   -   [ -   -   -   O   O   -   - ];
    /// Records the number of the council's own commitment or purchase order (P10).
    OrderPledge "order_pledge":
        Money    Granted  Free          -   -   [ -   -   -   O   -   -   - ];
    /// Gives the council's place away, or takes another one's (P13).
    SubstitutePledge "substitute_pledge":
        Money    Granted  Observer      -   -   [ -   -   -   -   O   -   - ];
    /// Agrees, for the lead of the call, that one council takes another one's place (P13).
    ApproveSubstitution "approve_substitution":
        Money    Granted  Contributor   -   -   [ -   -   O   -   -   -   - ];
    /// Votes for a council.
    Vote "vote":
        Money    Granted  Contributor   -   -   [ -   -   -   -   O   -   - ];
    /// Makes the second check of an evidence another agent uploaded.
    CheckEvidence "check_evidence":
        Money    Granted  Observer      -   -   [ -   -   -   O   -   -   - ];
    /// Checks the identity behind an evidence, nothing else of it.
    CheckEvidenceIdentity "check_evidence_identity":
        Write    Granted  Free          y   -   [ -   -   -   -   -   -   - ];
    /// Issues a call for funds, for the treasurer's council.
    IssueFundsCall "issue_funds_call":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Records a receipt, for the treasurer's council.
    RecordReceipt "record_receipt":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Closes the books of a call (K10), for the lead's or the treasurer's council.
    CloseBooks "close_books":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Declares that a council has paid, or takes that back.
    DeclarePayment "declare_payment":
        Money    Granted  Free          -   -   [ -   -   -   O   -   -   - ];
    /// Records a supplier's invoice, for the treasurer's council.
    RecordInvoice "record_invoice":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Approves an invoice, for the treasurer's or the lead's council; two persons must.
    ApproveInvoice "approve_invoice":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Records what the treasurer's council has paid: suppliers, refunds.
    SendPayment "send_payment":
        Money    Granted  Contributor   -   -   [ -   -   O   O   -   -   - ];
    /// Reads the bank references of payments, of one's own council or as an auditor.
    ReadBankReferences "read_bank_references":
        Read     Granted  Free          -   -   [ -   -   -   O   -   A   - ];
    /// Offers days of work of a council's agents on a milestone.
    OfferWork "offer_work":
        Money    Granted  Observer      -   -   [ O   O   O   -   -   -   - ];
    /// Takes such days back.
    WithdrawWork "withdraw_work":
        Money    Granted  Free          -   -   [ O   O   O   -   -   -   - ];
    /// Agrees to days of work, refuses them or says that they were given, for the lead's council.
    JudgeWork "judge_work":
        Money    Granted  Contributor   -   -   [ -   -   O   -   -   -   - ];
    /// Edits or deletes a row of the ledger.
    EditLedger "edit_ledger":
        Money    Granted  Free          -   -   [ -   -   -   -   -   -   - ];

    // ---- accounts and the forge ----------------------------------
    /// Makes and revokes one's own tokens.
    ManageOwnTokens "manage_own_tokens":
        Account  Granted  Free          -   y   [ -   -   -   -   -   -   - ];
    /// Changes one's own account.
    ManageOwnAccount "manage_own_account":
        Account  Granted  Free          -   y   [ -   -   -   -   -   -   - ];
    /// Chooses what one is told, and marks it as read.
    ManageOwnNotices "manage_own_notices":
        Write    Granted  Free          -   y   [ -   -   -   -   -   -   - ];
    /// Creates, disables and erases people's accounts.
    AdministerPeople "administer_people":
        Write    Granted  Free          y   -   [ -   -   -   -   -   -   - ];
    /// Loads a country profile.
    LoadProfile "load_profile":
        Write    Granted  Free          y   -   [ -   -   -   -   -   -   - ];
    /// Makes a backup.
    BackUp "back_up":
        Account  Granted  Free          y   -   [ -   -   -   -   -   -   - ];
}

impl FromStr for Deed {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .iter()
            .copied()
            .find(|deed| deed.name() == text)
            .ok_or_else(|| UnknownWord(text.escape_default().to_string()))
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
