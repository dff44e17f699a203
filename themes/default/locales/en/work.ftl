## Work in kind: days that councils give to the milestones of a call

work-title = Work in kind
work-intro = A council may give days of its agents’ work to a milestone. What is agreed on before the call is confirmed lowers what that council pays.
work-rate = A day is worth
work-most = Work may be worth at most
work-agreed = Agreed on so far
work-not-taken = The charter of this space takes no work in kind: its members can vote for one that says what a day is worth.
work-list = What councils offer
work-caption = Days of work by council and milestone
work-of = Days of work given by { $council }
work-none = No council has offered days of work.
work-days = Days
work-value = Worth
work-task = What is done
work-days-hint = In figures, in hundredths at most: 12, 2.5 or 0.25.
work-task-hint = One or two sentences that everyone who pays can check.
work-offer = Offer days of work
work-offer-text = The project lead answers. Once agreed on, the days count in the shares until the call is confirmed; after that they are recorded, and lower nothing.
work-offer-done = The days are offered: the project lead answers.
work-answer = Answer what is offered
work-see = See the days of work
work-withdraw = Take back
work-withdraw-done = The days are taken back.
work-agree = Agree
work-agree-done = The days are agreed on.
work-refuse = Refuse
work-refuse-reason = Why
work-refuse-done = The days are refused; the council is told why.
work-deliver = Say they were given
work-deliver-done = The days were given: they stand in the ledger.
work-offered-on = Offered on { $date }.
work-delivered-on = Given on { $date }.
work-reason-of = Refused: { $reason }
work-state-offered = Offered
work-state-agreed = Agreed
work-state-delivered = Given
work-state-withdrawn = Taken back
work-state-refused = Refused
work-missing = Missing: agreed on and not given
work-no-money = Days of work are no money: they stand in no sum of what came in and was spent.
work-counted = counted in the shares
work-not-counted = not counted in the shares
work-before = Share before work
work-credited = Work credited
work-credit = { $amount } (days: { $days })
work-gift = of which a gift of { $amount }
work-gives = { $amount } of work
work-shares-note = The work of a council is part of the whole cost and is taken off its own share: what is left is paid in money. What it gives beyond its share is a gift, which nobody pays back.
work-simulate-days = Days it would give
work-milestone = Days of work on this milestone

refusal-work-state = The days are not, or no longer, where they would have to be for this.
refusal-work-call-state = The call is not, or no longer, in the state this needs.
refusal-work-milestone-dropped = This milestone is not done any more: no work is taken on it.
refusal-work-not-taken = The charter of this space takes no work in kind: propose to amend it.
refusal-work-currency = The charter values a day in another currency than the call’s.
refusal-work-too-much = The charter limits what part of the whole cost may be work: { $left } may still be agreed on.
refusal-work-counted = These days were counted when the shares were frozen: they can only be given.
refusal-work-days = Write the days in figures, in hundredths at most, such as 12 or 2.5.

## The command line

cli-about-call-work = Days of work that councils give to a call
cli-about-call-work-list = The days of work on a call
cli-about-call-work-offer = Offer days of work on a milestone
cli-about-call-work-withdraw = Take days of work back
cli-about-call-work-agree = Agree to days of work, for the lead
cli-about-call-work-refuse = Refuse days of work, for the lead
cli-about-call-work-deliver = Say that the days were given, for the lead
cli-arg-work = Reference of the work
cli-arg-call-work-offer-days = How many days, in hundredths at most
cli-arg-task = What is done
cli-arg-call-simulate-work = Days of work a council would give, as COUNCIL=DAYS; may be repeated
cli-call-bad-work = “{ $value }” is not COUNCIL=DAYS.
cli-col-days = DAYS
cli-col-value = WORTH
cli-col-counted = COUNTED
cli-col-fair-share = BEFORE WORK
cli-col-work = WORK
cli-col-gift = GIFT
cli-share-gift = GIFT
