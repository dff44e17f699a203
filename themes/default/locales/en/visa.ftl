## Finance approval

pledge-visa = Approve the pledge
pledge-visa-of = Approve the pledge of { $council }
pledge-visa-warning = Your approval attests that the budget exists, up to { $amount } { $basis }. It does not bind yet: the council’s decision and then the commitment follow. It can be replaced until then.
pledge-visa-text = State the ceiling the budget can carry and how it is split by financial year. The approval does not bind yet: the council’s decision and then the commitment follow.
pledge-visa-no-years = Not split by financial year
pledge-visa-papers = Papers
pledge-visa-pack = Draft decision and its annexes
pledge-visa-decide = Your decision
pledge-visa-decision = Decision
pledge-visa-submit = Record the decision
pledge-visa-refuse = Refuse the pledge
pledge-visa-commitment-hint = If it is reserved already: it will be offered when the share is confirmed.
pledge-visa-reason-hint = Required to return or to refuse. The reason for a refusal is public.
pledge-visa-sure = I have checked the amount and the budget code
pledge-visa-history = History
pledge-visa-history-caption = Decisions of the finance service
pledge-visa-who = Who
pledge-visa-notes = Details
pledge-visa-none = The finance service has said nothing.
pledge-visa-line = up to { $amount }, on { $date }
pledge-visa-done = The decision of the finance service is recorded.
pledge-visa-json = The approvals as JSON
pledge-year-account-n = Budget code { $n }
visa-attested = Approved
visa-returned = Returned for correction
visa-refused = Refused
todo-visa = Approve the pledge
todo-correct = Correct the returned pledge

refusal-visa-returned = The finance service has returned this pledge: it has to approve it first.
refusal-visa-same-person = Who approved the pledge may not commit the council: another signatory signs.
refusal-visa-exceeded = The finance service approved { $attested }, the commitment asks for { $ceiling }.
refusal-choice-missing = Choose a decision.

## The command line

cli-about-pledge-attest = Approve a pledge: the budget carries its ceiling
cli-about-pledge-return = Return a pledge for correction
cli-about-pledge-refuse = Refuse a pledge as its finance service: it ends there
cli-about-pledge-visas = What the finance service said of a pledge
cli-arg-pledge-attest-ceiling = The ceiling the budget carries; that of the pledge otherwise
cli-arg-pledge-attest-year = A part of the ceiling, such as 2027=6000 or 2027:investment=6000; repeatable
cli-arg-pledge-attest-commitment = The number of a commitment that is reserved already
cli-arg-pledge-return-reason = What is to be corrected
cli-arg-pledge-refuse-reason = Why the budget cannot carry it
cli-col-decision = DECISION
