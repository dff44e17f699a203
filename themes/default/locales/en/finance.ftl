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
