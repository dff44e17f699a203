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
pledge-state-pending-decision = Waiting for a decision
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

refusal-invalid-amount = This amount cannot be used: write it in figures, with two decimals at most, for example 12,500.00.
refusal-overflow = This amount is too large to be computed exactly.
refusal-currency-mismatch = This is not the currency of the call: nothing is ever converted.
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
refusal-vat-rate-unknown = This rate of VAT is not used here.
refusal-vehicle-unknown = Choose a legal vehicle from the list.
refusal-licence-not-open = The result of a call is open source: choose a licence approved by the OSI, for example EUPL-1.2.
refusal-stale-version = Somebody else has changed this since you opened it: read it again, then retry.
refusal-call-not-open = The call does not take this act, or no longer.
refusal-snapshot-frozen = The call is confirmed and the shares are frozen: only a vote changes them now.
refusal-early-close-refused = This call is confirmed at its deadline, not before.
refusal-target-not-covered = The firm pledges do not cover the whole target: wait for the deadline.
refusal-reason-missing = Write the reason: everyone will be able to read it.
refusal-same-person = Someone else must do this: one person may not stand on both sides.
refusal-budget-years-mismatch = The amounts by year do not add up to the ceiling.
refusal-proof-too-old = Committing a council asks that you signed in less than five minutes ago: sign in again.
refusal-ledger-unbalanced = The entry is not in balance: nothing was written.
refusal-ledger-immutable = The ledger is not changed: a correction is a new entry.

## A call’s page

calls-lead = Councils join to pay together for open source software. Each commits up to a ceiling its assembly has voted, and owes nothing unless the call succeeds.
calls-count = { $n ->
    [one] { NUM($n) } call
   *[other] { NUM($n) } calls
}
calls-none = No call matches
call-and = { $first } and { $last }
call-colon = :
call-where = Where the call stands
call-meter = Firm capacity: { $firm } of a target of { $goal }. Intentions, not counted: { $intended }. Still to find: { $gap }.
call-meter-kept = Funded: { $firm } of a target of { $goal }.
call-note-granted = Including { $amount } of carried subsidies, deducted before sharing.
call-note-over = Voted ceilings and subsidies come to { $amount } together: more than the target, so no council will pay its whole ceiling.
call-note-no-ceiling = { $n ->
    [one] One intention does not name an amount yet.
   *[other] { NUM($n) } intentions do not name an amount yet.
}
call-missing-draft = This call is a draft: only members of the space see it, and nobody can pledge yet.
call-missing-open = Before work can start, the call still needs { $what }. Councils can pledge until the end of { $date } ({ $zone } time zone).
call-missing-reached = The threshold is reached: work will be able to start. { $gap } more would fund all of it; councils can pledge until the end of { $date } ({ $zone } time zone).
call-missing-covered = The whole target is covered. More councils can still pledge until the end of { $date } ({ $zone } time zone), which lowers everyone’s share.
call-missing-grace = The closing date has passed. Councils that had declared an intention can still decide until { $until }.
call-missing-confirmed = The call succeeded: shares are final and work can start.
call-missing-executing = The call succeeded and the contract is signed: work is under way.
call-missing-settling = The work is over: what is due is being called and paid, and the rest given back.
call-missing-closed = The call is closed: everything is paid and the accounts are at zero.
call-missing-failed = The call did not succeed by its closing date. Nobody owes anything: all pledges are released.
call-missing-failed-of = The call did not succeed: on its closing date it still needed { $what }. Nobody owes anything: all pledges are released.
call-missing-cancelled = The call was cancelled by its lead council. Nobody owes anything: all pledges are released.
call-short-amount = { $amount } of firm pledges
call-short-councils = { $n ->
    [one] one more committed council
   *[other] { NUM($n) } more committed councils
}
call-short-population = { $n ->
    [one] { NUM($n) } more resident represented
   *[other] { NUM($n) } more residents represented
}
call-short-council = { $council }’s pledge
call-short-milestones = enough to pay for the whole of the next milestone
call-faults = This draft cannot be published yet:
call-scope = What will be delivered
call-out-of-scope = What is not included
call-publish = Publish the call
call-edit = Edit the draft
call-confirm = Confirm before the closing date
call-cancel = Cancel the call
call-sign-in = Sign in to commit my council
call-facts = At a glance
call-councils-min = Councils needed
call-population-min = Residents needed
call-deadline-zone = end of the day ({ $zone } time zone)
call-grace = Time to decide
call-grace-days = { $n ->
    [one] { NUM($n) } day after the closing date, for councils that declared an intention
   *[other] { NUM($n) } days after the closing date, for councils that declared an intention
}
call-vehicle = Legal vehicle
call-published = Published
call-ended = Ended
call-data = Data
call-json = The call as JSON
call-pledges-json = The pledges as JSON
call-no-amount = no amount

## Shares

call-shares-caption = Each council’s share, amounts { $basis }
call-shares-final = Final shares
call-shares-none = No council has said anything yet.
call-shares-fault = Shares cannot be computed for now. { $why }
call-shares-note = Today’s share counts firm pledges only. It changes with every new pledge and never exceeds the ceiling. The total of ceilings counts firm pledges only.
call-share-ceiling = Ceiling: never more than
call-capacity = Sum of firm ceilings
call-weight-population = Residents
call-weight-weight = Weight
call-at-ceiling = its ceiling
call-bands = Bands of the sharing rule
call-band = Residents
call-band-upto = up to and including { NUM($n) }
call-band-last = above
call-rule-equal-text = The cost is divided equally between the committed councils.
call-rule-population-text = The cost is divided in proportion to the residents of each committed council ({ $basis }).
call-rule-bands-text = Each committed council weighs by its population band ({ $basis }), and the cost is divided in proportion to these weights.
call-rule-criteria-text = The cost is divided in proportion to an agreed criterion: { $name }.
call-rule-envelopes-text = The cost is divided into envelopes, each shared to the cent and then added: { $parts }.
call-rule-fixed-text = Each council pays the amount agreed beforehand.
call-rule-open-text = Each council chooses its amount; if together they exceed the need, all are reduced in proportion.
call-rule-part = { $percent } { $what }
call-rule-equal-short = in equal shares
call-rule-population-short = by residents ({ $basis })
call-rule-bands-short = by population bands
call-rule-criteria-short = by the agreed criterion ({ $name })
call-population-municipale = resident population
call-population-totale = total population
call-population-kind = { $kind } population
call-population-any = latest known count
call-population-of = { $kind }, { $year }
call-how-subsidies = Carried subsidies are first deducted from the cost; only the rest is shared.
call-how-floor = No council pays less than the floor of { $amount }.
call-how-cap = No council pays more than the common cap of { $amount }.
call-how-ceilings = No council pays more than the ceiling its assembly voted; the excess is shared between the others, or is still to be found.
call-how-cents = Each share is rounded down to the cent; the cents left over go to the largest remainders, then to the largest weight, then in alphabetical order. The sum is always exact.
call-how-paradox = For that reason a new council can raise another’s share by one cent.

## Milestones and tranches

call-milestone = Milestone
call-milestone-n = { NUM($n) }.
call-milestones-caption = Milestones in order, amounts { $basis }
call-due = Due
call-due-none = to be set
call-funded = Funded
call-not-funded = To be funded
call-tranches = What each milestone asks of each council
call-tranches-caption = Funding tranches, amounts { $basis }

## Simulation and price curve

call-simulate-title = What if other councils took part?
call-simulate-with = Councils that would take part
call-simulate-council = Try another ceiling for
call-simulate-council-hint = Leave “None” to keep the known ceilings; the price curve follows the council you choose.
call-simulate-ceiling = Ceiling to try
call-simulation-caption = Simulated shares, amounts { $basis }
call-simulation-now = Today
call-simulation-then = In this case
call-simulation-gap = In this case { $amount } would be missing.
call-simulation-covered = In this case everything is covered.
call-simulation-json = This simulation as JSON
call-simulate-rule = Try another sharing rule
call-simulate-rule-kept = The rule of the call
call-simulate-rule-equal = Equal shares
call-simulate-rule-population = By inhabitants
call-simulate-rule-half = Half equally, half by inhabitants
call-simulate-amount = Try another full cost
call-simulation-succeeds = Then the call would succeed.
call-simulation-partial = Then only the first milestones would be paid for.
call-simulation-fails = Then the call would fail.
call-curve = The price by number of councils
call-curve-of = { $council }’s share by number of councils
call-curve-text = Ceilings put aside, { $council } would pay { $alone } alone and { $least } with { $n } councils.
call-curve-data = The figures of the curve
call-curve-councils = Councils
call-curve-known = (today)

## Legal vehicles

vehicle-each-buys = Each council buys its own part
vehicle-joint-procurement-split = Joint procurement, each member carries out its part
vehicle-joint-procurement-full = Joint procurement, the coordinator pays and recovers
vehicle-public-cooperation = Cooperation between public bodies, the lead is reimbursed at cost
vehicle-in-house = Shared body controlled by its members
vehicle-association = Association, by membership or service
vehicle-grant-to-lead = The lead buys, the others give it a grant
vehicle-purchasing-body = Central purchasing body

## Pledges: texts of the pages

pledge-none = No council has said anything on this call yet.
pledge-up-to = Up to { $amount }.
pledge-no-ceiling = No amount.
pledge-committed-on = Committed on { $date }.
pledge-said-on = Declared on { $date }.
pledge-members-only = visible to members of the space
pledge-note-of = Remark: { $note }
pledge-reason-of = Reason: { $reason }
pledge-entry = Entry no. { NUM($n) } of the ledger
evidence-mou = Memorandum of understanding
evidence-line = { $kind } no. { $number } of { $date }
evidence-received-on = received by the prefecture on { $date }
evidence-published-on = published on { $date }
evidence-checked-on = checked by a second person on { $date }
evidence-rejected-on = rejected by a second person on { $date }
evidence-rejection = Why: { $reason }
evidence-unchecked = not checked by a second person yet
evidence-read = Read act { $number }
evidence-download = { $name } ({ $size })
evidence-digest = Digest of the file:
ledger-of = Ledger of { $space }

## Committing a council

pledge-intend-text = An intention binds nobody. It shows other councils that yours is considering the call “{ $call }”, and does not count as firm capacity.
pledge-intend-ceiling = Amount considered
pledge-intend-ceiling-hint = For information: this amount is shown apart and never added to firm pledges.
pledge-intend-done = Your council’s intention is recorded. It can be taken back at any time.
pledge-note = Remark
pledge-note-hint = Read by the councils of the space only.
pledge-public = Show this intention to everyone
pledge-public-hint = Otherwise only the councils of the space see it.
pledge-already = All the councils you act for have already said something on this call.
pledge-step-amount = Simulate
pledge-step-check = Check
pledge-step-done = Commit
pledge-see-share = See the share
pledge-prospect = What it would cost
pledge-prospect-note = Amounts { $basis }. The share depends on who commits; the ceiling does not move.
pledge-low = This ceiling is below the expected share: it will not do unless the call allows low ceilings.
pledge-go-check = Continue to the check
pledge-prove = You last proved who you are more than five minutes ago.
pledge-prove-link = Confirm it is you; what you typed is kept, except the file
pledge-check-warning = By saving, you commit { $council } to pay its share, up to { $amount }, if the call succeeds.
pledge-check-reversible = You will be able to withdraw this pledge, with a reason, as “Getting out” says below. Nothing is saved yet.
pledge-means = What the pledge means
pledge-edit-council = the council or the ceiling
pledge-condition = Condition
pledge-condition-text = Nothing is owed unless the call succeeds. It is decided at the end of { $date } ({ $zone } time zone), for a target of { $amount }.
pledge-exit = Getting out
pledge-exit-text = Until the call is confirmed your council can withdraw freely, with a public reason. After that, shares are frozen.
pledge-exit-notice = Until the end of { $date } your council can withdraw, with a public reason: the charter asks for { $days } days of notice before the deadline. After an amendment or an extension it can leave without notice for 15 days. Once the call is confirmed, shares are frozen.
pledge-mandate = up to { $amount } per act, until { $date } ({ $act })
pledge-mandate-none = You hold no current mandate to sign for this council: the pledge will be refused.
pledge-act = Your council’s act
pledge-act-text = The pledge rests on an act: a deliberation, a delegated decision, an agreement or a purchase order. Its number and date will be public.
pledge-commit-submit = Commit { $council }
pledge-sure = I have checked the act and the ceiling of { $amount }
pledge-commit-done = Your council’s firm pledge is recorded and entered in the ledger.
pledge-commit-signed = Your signature is recorded. The pledge becomes firm once the act is complete: see below what it waits for.
pledge-leave-unsaved = Leave without saving anything
pledge-of = { $council }’s pledge
pledge-said = Declared
pledge-committed = Committed
pledge-json = The pledge as JSON
pledge-refuse = Decline
pledge-refuse-text = { $council } will not take part in this call: its intention ends. Nothing is owed. It can come back while the call is open.
pledge-refuse-done = The intention has ended.
pledge-withdraw-text = { $council }’s firm pledge ends, the other councils’ shares are computed again within their ceilings, and an entry records it in the ledger. Your council can commit again while the call is open.
pledge-withdraw-done = The pledge is withdrawn, and the ledger records it.
pledge-reason-hint = A sentence everyone will be able to read.
pledge-act-ref = Act of withdrawal
pledge-act-ref-hint = For example “deliberation no. 2026-118”.

## Evidence: texts of the pages

evidence-title = Supporting documents
evidence-none = No supporting document.
evidence-add = Add a supporting document
evidence-add-done = The supporting document is added.
evidence-check = Record my check
evidence-check-text = You did not upload act { $number }: you can record that you have checked it. Your check is dated and public, your name is not.
evidence-check-done = Your check is recorded.
evidence-reject = Reject the act
evidence-reject-reason = What is wrong with it
evidence-reject-hint = Everyone can read this reason. The pledge then waits for another act; one that is firm already stays firm.
evidence-reject-done = The act is rejected, and the council is told.
evidence-url = Address where the act can be read
evidence-file-hint = PDF, image, text or ZIP archive, { $size } at most. Prefer a tagged PDF that everyone can read.
evidence-visibility = Who may read the file
evidence-visibility-hint = Number, date and digest are always public.
evidence-visible-auditors = Your council and the auditors
evidence-visible-members = The councils of the space
evidence-visible-public = Everyone

## Ledger: texts of the pages

ledger-no-names = No person is named in it.
ledger-state = State of the ledger
ledger-verified = Verified
ledger-verified-text = Every entry was computed again on { $date }: { $n ->
        [one] { NUM($n) } entry
       *[other] { NUM($n) } entries
    } and { $heads ->
        [one] { NUM($heads) } signed checkpoint agree
       *[other] { NUM($heads) } signed checkpoints agree
    }.
ledger-trusted-text = Entries up to { NUM($n) } were verified on { $date } and are not read again here; those after them were read now.
ledger-behind = Being verified
ledger-behind-text = Entries up to { NUM($n) } of { NUM($total) } are verified. Each look at this page verifies some more of those after them, and the next publication of the ledger all of them.
ledger-verify-whole = Verify every entry now (JSON)
ledger-balances-more = There are more accounts: see all of them.
ledger-faulty = Fault
ledger-faulty-text = The computation of { $date } found this:
ledger-size = Number of entries
ledger-root = Root of the tree of entries
ledger-lines = entries (JSON Lines)
ledger-how = Check without believing us
ledger-how-text = The entries and their signed checkpoint are also in the space’s repository: every clone is a witness. An old clone is enough to detect a rewriting.
ledger-how-clone = Clone the space’s repository
ledger-balances = Balances
ledger-balances-text = A pledge is entered twice: on the council’s account, and on the call’s account as its counterpart. The sum is therefore always nought.
ledger-balances-caption = Balances of the accounts on { $date }
ledger-account = Account
ledger-postings = Postings
ledger-entries-caption = { NUM($n) } entries out of { NUM($total) }, newest first
ledger-entry-n = No. { NUM($n) }
ledger-reverses = reverses no. { NUM($n) }
ledger-evidence = Document:
ledger-hash = Hash:
ledger-empty = No entry
ledger-empty-text = The first entry will come with the first firm pledge.
entry-pledge-firm = Firm pledge
entry-pledge-amended = Pledge amended
entry-pledge-withdrawn = Pledge withdrawn
entry-pledge-released = Pledge released
entry-pledge-confirmed = Pledge confirmed
entry-grant-secured = Grant secured
entry-funds-call-issued = Call for funds
entry-payment-acknowledged = Payment received
entry-invoice-approved = Invoice approved
entry-payment-sent = Supplier paid
entry-payment-direct = Direct payment
entry-in-kind-delivered = Days of work given
entry-closing-appropriation = Closing
entry-refund-sent = Refund
entry-reversal = Reversal

## Transparency and funding

transparency-lead = What councils have committed, what they were called for, what they paid and what was spent, by call and by council.
transparency-caption = The ledger of each space
transparency-links = Details
transparency-ledger = Ledger
transparency-none = There is no space yet.
transparency-year = Published in
transparency-council = Name or address of a council
transparency-whole = Show everything
transparency-called = Called
transparency-refunded = Refunded
transparency-note = Committed counts firm ceilings and final shares, each in the basis of its call; the rest counts reconciled payments, with tax. The balance is what treasurers still hold: paid, less spent, less refunded. Currencies are not added up.
transparency-nothing = No amount matches.
transparency-by-call = By call
transparency-by-council = By council
transparency-calls-caption = Committed, called, paid and spent by call
transparency-councils-caption = Committed, called, paid and refunded by council
transparency-file-calls = Download the calls (CSV)
transparency-file-councils = Download the councils (CSV)
transparency-only = Its calls
transparency-ledgers = The ledgers
transparency-head = Last hash
transparency-open-data = Open data
funding-of = Funding of { $owner }
funding-committed-in = Firm ceilings ({ $currency })
funding-confirmed-in = Confirmed shares ({ $currency })
funding-totals-note = Firm ceilings: the most that can be asked for calls still open. Confirmed shares: what will be asked. The two are never added, nor are currencies.
funding-nothing = No amount is committed.
funding-no-call = No call in this space
funding-pledges-of = What { $council } has declared and committed
funding-final = Final share incl. VAT
funding-no-pledge = No pledge
funding-no-pledge-text = This council has not said anything on a call yet.
call-new = Prepare a call

## Preparing, publishing and ending a call

call-basis-gross = incl. VAT: tax is part of the amounts
call-basis-net = excl. VAT: tax comes on top
call-create-done = The draft is saved: read it again, then publish it.
call-edit-done = The draft is changed.
call-publish-text = Once published, everyone sees the call and its terms no longer change: target, sharing rule, milestones and closing date. You will still be able to cancel it, with a reason, until it is confirmed.
call-publish-done = The call is published: councils can pledge.
call-cancel-text = The call ends for everyone and all pledges are released. This is final, but a new call can take up the same content.
call-cancel-done = The call is cancelled, and all pledges are released.
call-confirm-text = Shares become final right now, without waiting for the closing date, and no council can commit or withdraw any more. This is final.
call-confirm-done = The call is confirmed: shares are final.
call-form-lead = The call stays a draft, visible to members of the space, until it is published.
call-form-save = Save the draft
call-form-what = What is to be funded
call-form-title = Title
call-form-markdown = Text in Markdown.
call-form-lang = Language of these texts
call-form-modules-hint = One per line, as owner/module.
call-form-licence = Licence of the result
call-form-money = Amounts
call-form-basis = The amounts of the call are
call-form-vat = VAT rate, in per cent
call-form-vat-hint = For example 20 or 5.5.
call-form-minimum-hint = The least that lets work start: the cost of the first milestones. The target, if you leave this empty.
call-form-milestones-hint = They add up to the target, with the reserve where there is one. Empty rows are ignored; with no milestone at all, the whole call is one.
call-form-milestone = Milestone { NUM($n) }
call-form-milestone-title = What it delivers
call-form-criteria = Acceptance criteria
call-form-criteria-hint = One per line.
call-form-more = Add a milestone
call-form-grants = Carried subsidies
call-form-grants-hint = Deducted from the cost before sharing.
call-form-grant = Subsidy { NUM($n) }
call-form-grant-label = Who pays it
call-form-rule = How the cost is shared
call-form-population = Population counted
call-form-population-hint = For example “municipale”. For rules by population, bands and envelopes.
call-form-vintage = Year of the count
call-form-equal = Part divided equally, in per cent
call-form-equal-hint = For the rule by envelopes; the rest is shared by population.
call-form-criterion = Name of the criterion
call-form-criterion-hint = For the rule by criterion, for example “staff using it”.
call-form-values = Details of the rule
call-form-values-hint = By bands: “25000:22” per line, the last without a bound, “52”. By criterion or fixed amounts: “council-address: value” per line.
call-form-floor-hint = The least each council pays.
call-form-cap-hint = The most each council pays, whatever its voted ceiling.
call-form-low = Accept ceilings below the expected share
call-form-low-hint = What is then missing is shared between the others, within their ceilings.
call-form-when = Conditions and dates
call-form-opens-hint = The day of publication, if you leave this empty.
call-form-deadline-hint = As DD/MM/YYYY, until the end of that day ({ $zone } time zone), at least fourteen days after opening.
call-form-grace = Time to decide after the closing date, in days
call-form-grace-hint = For councils that declared an intention.
call-form-early = Allow confirming before the closing date once the target is covered
call-form-who = Who carries the call
call-form-lead-hint = Those of the space, if you do not choose.

# The steps of a pledge.
pledge-schedule = Say when we decide
pledge-schedule-text = { $council } says when which body decides. The pledge stays open until then; it becomes firm with the act of that body.
pledge-schedule-done = The day of the decision is recorded.
pledge-planned-on = Day of the decision
pledge-body = Body that decides
pledge-body-hint = The assembly, its bureau, the executive by delegation.
pledge-planned = Decision
pledge-planned-by = { $body }, on { $date }
pledge-signed = Signed
pledge-awaits-second-check = waits for the check of another agent
pledge-awaits-prefecture-receipt-on = waits for the day the prefecture received the act
pledge-awaits-published-on = waits for the day the act was published
pledge-awaits-number = waits for the number of the act
pledge-awaits-date = waits for the date of the act
pledge-awaits-delegation-ref = waits for the act that delegates the decision
pledge-awaits-url = waits for the address where the act is published
pledge-awaits-file = waits for the document itself
pledge-amend = Change the ceiling
pledge-amend-text = { $council } changes the most it may ever owe. Raising the ceiling takes a new act, enforceable and checked; lowering it takes none, and the ceiling still has to cover the share.
pledge-amend-act = The act: leave its fields empty where the ceiling falls.
pledge-amend-done = The ceiling is changed, and the ledger records the difference.
pledge-order = Record the order
pledge-order-text = { $council } has reserved its share in its own accounts: the number will stand on each call for funds.
pledge-order-done = The number is recorded.
pledge-commitment-no = Commitment or purchase order no.
pledge-commitment-no-hint = The number your accounts give the reservation of the credits.
pledge-service-code = Code of the service that pays
pledge-offer = Offer the place to another council
pledge-offer-text = { $council } leaves, and another council takes over its share to the cent. Three agree: your signatory now, a signatory of the other council on an act of its own, the lead of the call. Until then nothing changes.
pledge-offer-to = Council that takes the place
pledge-offer-done = The place is offered.
pledge-offer-open = not signed yet
pledge-offer-taken = signed
pledge-offer-unapproved = the lead has not agreed yet
pledge-offer-approved = the lead agrees
pledge-offer-passed = the place has passed
pledge-take = Take the place
pledge-take-text = Your council takes over the whole share of { $council }, on an act of its own whose ceiling covers it.
pledge-take-done = Your council has signed for the place.
pledge-approve = Agree to the substitution
pledge-approve-text = As the lead of the call you agree that another council takes the place of { $council }.
pledge-approve-done = Your agreement is recorded.
pledge-years = By budget year
pledge-years-hint = The parts make the ceiling. Leave empty what you do not split.
pledge-year-n = Year { $n }
pledge-year-amount-n = Amount { $n }
pledge-year-section-n = Section { $n }
budget-investment = investment
budget-operating = operating
evidence-delegation-ref = Act that delegates the decision
evidence-dates = Add the missing dates of act { $number }
evidence-dates-submit = Record the dates
evidence-dates-done = The dates are recorded.
positions-year = Budget year
positions-csv = All positions as CSV
call-profile = Country profile
call-profile-line = { $code }, valid from { $from }, checked against the law on { $checked }

## Verification of a call

call-verify-title = Compute the shares again
call-verify-text = The shares below were computed again when this page was made, from what is published. The calculation has the digest under which it stands on statements.
call-verify-told = As told
call-verify-computed = Computed now
call-verify-same = Every share is what the rule gives.
call-verify-differs = A share differs from what the rule gives.
call-verify-request = What the shares are computed from (JSON)
call-verify-audit = Everything for a check without this server (JSON)
call-verify-digest = Digest of the calculation

scdl-deliberation = Contribution to the co-funding call “{ $title }” ({ $call }), up to { $ceiling }
