### Co-funding: calls, pledges, finance and ledger.
### The terms are those of the domain glossary.

## Calls

call-title = Co-funding call
call-title-of = Co-funding call: { $title }
call-need = Need
call-goal = Target
call-threshold = Minimum to proceed
call-deadline = Closing date
call-opens = Opening
call-key = Sharing rule
call-rule-equal = Equal shares
call-rule-population = In proportion to population
call-rule-bands = By population band
call-rule-criteria = By a declared criterion
call-rule-envelopes = By envelopes
call-rule-fixed = Fixed amounts
call-rule-open = Free amounts
call-floor = Floor
call-cap = Cap per council
call-share = Share
call-shares = Shares by council
call-share-now = Share today
call-share-best = Share if all intentions join
call-share-never-above = Never more than
call-ttc = incl. VAT
call-ht = excl. VAT
call-vat = VAT
call-left = Left to fund
call-missing = { $amount } missing
call-raised = { $paid } paid, { $committed } committed of { $goal }
call-firm-of = { $firm } in firm pledges towards a target of { $goal }
call-intentions-aside = { $amount } in intentions, not counted
call-simulate = Simulate
call-nothing = Nothing is saved until you confirm.
call-rounding = Rounded by largest remainder
call-who-pays = Who pays what
call-how = How shares are computed
call-subsidy = Carried subsidy
call-reserve = Reserve
call-milestones = Milestones
call-open-until = Open until { $date }
call-state-draft = Draft
call-state-open = Open
call-state-reached = Minimum reached
call-state-confirmed = Confirmed
call-state-failed = Failed
call-state-cancelled = Cancelled
call-state-executing = Under way
call-state-settling = Settling
call-state-closed = Closed

## Pledges

pledge-title = Pledge
pledge-plural = Pledges
pledge-intend = Declare an intention
pledge-commit = Commit my council
pledge-withdraw = Withdraw the pledge
pledge-check = Check before committing
pledge-ceiling = Ceiling
pledge-ceiling-hint = The most your assembly has voted; your share will never exceed it.
pledge-err-ceiling-low = Enter a ceiling of at least { $amount }
pledge-err-mandate = This amount is above your mandate to sign, which is { $amount }
pledge-state-intention = Intention
pledge-state-pending = Waiting for a decision
pledge-state-firm = Firm pledge
pledge-state-confirmed = Confirmed pledge
pledge-state-refused = Refused
pledge-state-withdrawn = Withdrawn
pledge-state-lapsed = Lapsed
pledge-state-released = Released
pledge-state-ordered = Ordered
pledge-state-settled = Settled
pledge-state-defaulted = Defaulted
pledge-state-substituted = Substituted

## Evidence

evidence-kind = Kind of evidence
evidence-deliberation = Deliberation
evidence-delegated-decision = Delegated decision
evidence-signed-agreement = Signed agreement
evidence-purchase-order = Purchase order
evidence-commitment = Legal commitment
evidence-number = Number of the act
evidence-date = Date of the act
evidence-receipt = Date received by the prefecture
evidence-published = Date of publication
evidence-file = File

## Finance

fin-visa = Finance approval
fin-endorse = Approve
fin-return = Return for correction
fin-reason = Reason
fin-delib = Council decision
fin-year = Financial year
fin-line = Budget code
fin-engno = Commitment number
fin-inv = Capital budget
fin-fonc = Revenue budget
fin-credits = Available budget
fin-appel = Call for funds
fin-titre = Revenue order
fin-mandat = Payment order
fin-done = Service rendered
fin-evidence = Evidence
fin-statement = Statement of amounts due
fin-refund = Refund
fin-closing = Closing report

## Ledger

ledger-title = Public ledger
ledger-rule = A published entry is never changed: a correction is a new entry.
ledger-entry = Entry
ledger-entries = Entries
ledger-fix = Correcting entry
ledger-balance = Balance
ledger-asof = Position at { $date }
ledger-download = Download
ledger-verify = Verify the chain
ledger-head = Digest of the last entry
ledger-checkpoint = Signed checkpoint
ledger-committed = Committed
ledger-paid = Paid
ledger-spent = Spent

## Refusals: calls, pledges, evidence, ledger
## The key is the API's stable code, with dashes.

refusal-overflow = This amount is too large to be computed exactly.
refusal-currency-mismatch = This is not the currency of the call: nothing is ever converted.
refusal-amount-zero = The amount must be more than zero.
refusal-gross-without-net = At this rate of VAT no net amount makes exactly this gross amount: correct it by a cent.
refusal-unknown-rule = The sharing rule could not be read.
refusal-duplicate-council = A council is listed twice.
refusal-zero-weight = No council has a weight: the cost cannot be shared.
refusal-floors-exceed-total = The floors together exceed the cost to be shared: lower the floor.
refusal-floor-above-cap = The floor is above the cap of the rule.
refusal-population-missing = The population of the council is not recorded, and the sharing rule needs it.
refusal-milestone-sum-mismatch = The milestones and the reserve do not add up to the target.
refusal-below-minimum-prefix = The minimum must be what the first milestones cost, so that a partial success gives a usable product.
refusal-milestone-missing = Describe at least one milestone, with a title and an amount.
refusal-minimum-above-target = The minimum is above the target.
refusal-too-few-councils = A call is shared: it takes at least two councils.
refusal-deadline-too-near = The deadline is too near: a call stays open for at least fourteen days.
refusal-deadline-past = The deadline is already over.
refusal-vat-rate-unknown = This rate of VAT is not used here.
refusal-vehicle-unknown = Choose a legal vehicle from the list.
refusal-licence-not-open = The result of a call is open source: choose a licence approved by the OSI, for example EUPL-1.2.
refusal-profile-unknown = This country profile is not loaded on this instance.
refusal-text-missing = This field is required.
refusal-text-too-long = This text is too long, or contains an invisible character.
refusal-unknown-word = This value is not one of those offered.
refusal-too-many-milestones = A call has at most fifty milestones.
refusal-too-many-subsidies = A call has at most fifty subsidies.
refusal-subsidy-base = A subsidy by rate covers the whole net cost here: give no base.
refusal-lead-not-a-member = The lead council must contribute to the space.
refusal-module-unknown = No module that you may see has this name.
refusal-stale-version = Somebody else has changed this since you opened it: read it again, then retry.
refusal-call-not-open = The call does not take this act, or no longer.
refusal-snapshot-frozen = The call is confirmed and the shares are frozen: only a vote changes them now.
refusal-early-close-refused = This call is confirmed at its deadline, not before.
refusal-target-not-covered = The firm pledges do not cover the whole target: wait for the deadline.
refusal-reason-missing = Write the reason: everyone will be able to read it.
refusal-pledge-state = The pledge is not at a step where this is done.
refusal-ceiling-exceeded = The ceiling of { $ceiling } is below the share of { $share } that falls to you if all intentions are confirmed.
refusal-mandate-missing = You hold no mandate to sign for this council: ask its lead.
refusal-mandate-expired = Your mandate to sign is not valid today.
refusal-mandate-exceeded = Your mandate covers { $max }, the pledge needs { $ceiling }.
refusal-evidence-incomplete =
    { $gap ->
        [nothing] Attach the act of your council.
        [kind] This kind of evidence is not known here.
        [intention] A memorandum of understanding carries an intention, not a firm pledge.
        [vehicle] The legal vehicle of the call does not accept this kind of evidence.
        [number] The number of the act is missing.
        [date] The date of the act is missing.
        [future] The date of the act is in the future.
       *[other] The evidence is not complete.
    }
refusal-evidence-not-enforceable = The act is not enforceable yet: a date of receipt or publication is missing.
refusal-evidence-empty = The file is empty.
refusal-evidence-file-kind = This file is not a PDF, an image, an archive or a text.
refusal-evidence-checked = This evidence has been checked already.
refusal-same-person = The person who uploaded the evidence cannot check it.
refusal-budget-years-mismatch = The amounts by year do not add up to the ceiling.
refusal-proof-too-old = Committing a council asks that you signed in less than five minutes ago: sign in again.
refusal-idempotency-key-invalid = An idempotency key has one to two hundred visible characters.
refusal-idempotency-key-reused = This idempotency key was already used for another request.
refusal-ledger-unbalanced = The entry is not in balance: nothing was written.
refusal-ledger-malformed = The entry does not have the form of the ledger: nothing was written.
refusal-ledger-immutable = The ledger is not changed: a correction is a new entry.
refusal-evidence-not-base64 = The file is not encoded in base64.
