# Calls for funds, payments, invoices, refunds, closing report.

## Refusals

refusal-funds-state = This is not possible in the state it is in now.
refusal-funds-called-already = Funds were called for this milestone already.
refusal-milestone-unknown = The call has no such milestone, or did not keep it: write M1, M2… or R for the reserve.
refusal-amount-too-much = The amount is more than what remains.
refusal-refunds-planned = The refunds are planned: nothing else moves on this call any more.
refusal-refunds-not-planned = Plan the refunds first.
refusal-funds-draft-stale = Something changed since this was drawn up: draw it up again, then issue it.
refusal-call-not-executing = The contract is not recorded yet: funds are called once the work has begun.
refusal-milestone-not-accepted = This milestone is not accepted yet: the vote on its delivery releases its tranche.
refusal-funds-payment-told = A payment was told on this call for funds: it can no longer be cancelled.
refusal-council-not-called = This council is not in this call for funds.
refusal-date-in-future = This date is in the future.
refusal-date-in-past = This date is in the past.
refusal-supplier-key = Write the supplier’s identifier in small letters, digits and hyphens, for example opensoft.
refusal-digest-invalid = A SHA-256 digest is 64 hexadecimal digits.
refusal-cash-too-low = The treasurer has not received enough: the payment is more than what is held for this call.
refusal-grant-not-secured = This grant is not secured yet.
refusal-refund-in-parts = A refund is sent whole, for its amount.
refusal-nothing-owed = Nothing is owed.
refusal-closing-signed = This side has signed the report already, or you sign for neither.

## States

funds-state-draft = Draft
funds-state-issued = Issued
funds-state-partly-paid = Partly paid
funds-state-paid = Paid
funds-state-cancelled = Cancelled
payment-state-declared = Declared by the payer
payment-state-received = Received, says the treasurer
payment-state-reconciled = Reconciled
payment-state-retracted = Retracted
payment-state-reversed = Reversed
payment-kind-contribution = Contribution
payment-kind-grant = Grant
payment-kind-supplier = Supplier
payment-kind-direct = Direct payment
invoice-state-recorded = Recorded
invoice-state-approved-once = Approved once
invoice-state-approved = Approved
invoice-state-paid = Paid
invoice-state-refused = Refused
refund-state-planned = To be sent
refund-state-sent = Sent
refund-state-carried = Carried to maintenance
