## Dashboard

dashboard-todo = { $n ->
    [0] To do
   *[other] To do ({ NUM($n) })
}
dashboard-todo-none = Nothing waits for you today.
dashboard-no-role = No role
dashboard-no-role-text = You hold no role in a council. Ask its project lead to invite you.
dashboard-spaces = My spaces
dashboard-spaces-caption = How the running calls of my spaces stand
dashboard-spaces-note = The target adds up the published calls that are not closed. Committed counts firm ceilings, final shares and grants, up to the target; paid counts reconciled payments, with tax on both sides.
dashboard-export = Export this table (CSV)
dashboard-committed = Committed
dashboard-paid = Paid
dashboard-next = Next deadline
dashboard-alerts = Alerts
dashboard-no-call = No running call
dashboard-no-space = Your councils belong to no shared space.
dashboard-alert-short = { $n ->
    [one] { NUM($n) } call to fund within seven days
   *[other] { NUM($n) } calls to fund within seven days
}
dashboard-alert-late-milestone = { $n ->
    [one] { NUM($n) } late milestone
   *[other] { NUM($n) } late milestones
}
dashboard-alert-overdue = { $n ->
    [one] { NUM($n) } late payment
   *[other] { NUM($n) } late payments
}
dashboard-deadlines = Deadlines
dashboard-deadlines-none = No deadline is known.
dashboard-deadline-call = Call closes
dashboard-deadline-vote = Vote closes
dashboard-deadline-funds = Call for funds due
dashboard-deadline-milestone = Milestone promised
dashboard-deadline-decision = The body decides
dashboard-activity = Activity
dashboard-activity-none = Nothing has happened in your spaces yet.
dashboard-settings = Choose how I am told

## Tasks

todo-due = by { $date }
todo-late = Late
todo-check-evidence = Check a supporting document
todo-schedule = Say when the body decides
todo-commit = Commit the council
todo-complete-act = Complete the signed act
todo-order = Record the commitment number
todo-vote = Vote
todo-pay = Pay the call for funds
todo-chase = Chase a payment
todo-record-receipt = Confirm a receipt
todo-confirm-payment = Confirm a payment
todo-approve-invoice = Approve an invoice
todo-agree-work = Answer days of work offered
todo-admit = Answer a request to join
todo-take-place = Take a place offered
todo-approve-place = Agree to a substitution
todo-publish = Finish and publish the draft
todo-gather = Gather the funding
todo-contract = Record the contract
todo-accept = Put the delivery to a vote
todo-call-funds = Call the milestone’s funds

## The command line

cli-about-me-todo = What waits for you, the most urgent first
cli-todo-none = Nothing waits for you.
cli-col-task = TO DO
cli-col-subject = SUBJECT
cli-col-who = WHO

## Open data

open-data-tables = The tables
open-data-generated = Made on
open-data-size = Signed entries, all spaces
open-data-root = Root
open-data-licence = Licence Ouverte 2.0, unless said otherwise
open-data-caption = What everyone may take away
open-data-table = Table
open-data-holds = What it holds
open-data-files = Files
open-data-schema = schema
open-data-note = A table is made when it is asked for. Each row carries the date, the number of signed entries and the root, so that anyone can prove which state it shows. Identifiers are stable, amounts decimal with a point, dates ISO 8601.
export-councils = Councils and their identifiers
export-spaces = Shared spaces and their ledgers
export-modules = Published modules
export-calls = Co-funding calls, their terms and their state
export-shares = Shares, and what of them is called, paid and given back
export-pledges = Pledges and the acts they rest on
export-milestones = Milestones and their acceptance
export-votes = Votes and the ballot of each council
export-funds-calls = Calls for funds
export-payments = Reconciled payments
export-ledger = The entries of the ledger, exactly as they are sealed

## Drawings of a call

call-commitments = Commitments over time
call-commitments-text = { $amount } committed of { $goal }, on { $n ->
    [one] { NUM($n) } day
   *[other] { NUM($n) } days
} of movement.
call-commitments-total = Committed
call-timeline = Timeline
call-timeline-text = { $n ->
    [one] { NUM($n) } date
   *[other] { NUM($n) } dates
}, from { $first } to { $last }.
timeline-n = No.
timeline-what = Step
timeline-today = today
timeline-published = Published
timeline-deadline = Closing date
timeline-confirmed = Confirmed
timeline-ended = Ended without success
timeline-contract = Contract signed
timeline-milestone = Milestone promised
timeline-settled = Work finished
timeline-closed = Books closed

## What a council pays

funding-payments = Payments
funding-payments-of = What { $council } paid, as both sides have said
funding-payments-none = No payment is reconciled.
funding-payments-more = There are more: all payments (CSV)
funding-votes = Votes of { $council }
fin-kind = Kind
