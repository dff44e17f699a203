## Votes of the councils of a space, and its charter

entry-vote-closed = Vote closed

refusal-vote-closed = The vote is closed: its ballots are no longer changed.
refusal-not-an-elector = This council is not among the bodies this vote asks.
refusal-no-electors = There is nobody this vote could ask: no contributing council counts in it.
refusal-choice-unknown = Choose yes, no or abstention.
refusal-charter-moved-on = Another version of the charter came into force meanwhile: propose the next one.
refusal-charter-unreadable = Line { $line } of charter.toml cannot be read: { $why }
refusal-charter-rule-wrong = Line { $line } of charter.toml: { $fault ->
    [version] the version must be { $expected }, the one after the charter in force.
    [quorum] a quorum is at most 10000 basis points, the whole.
    [majority] a majority lies between 5000 and 10000 basis points.
    [days] a vote lasts between 1 and 365 days.
    [bands] the bands must rise, and the last has no upper bound.
    [steps] the steps must rise, and the first begins at 0.
    [superfluous] bands belong to by_band and steps to stepped; another rule has neither.
    [notice] notice is given at most 730 days ahead.
    [escalator] the days of the escalator must rise.
    [amount] an amount is zero or more, in minor units.
   *[basis_points] a part is at most 10000 basis points, the whole.
}
refusal-admit-by-vote = The members of this space decide by a vote, which is open.
refusal-office-unknown = Choose the lead or the treasurer.
refusal-already-leaving = This council has given notice already.

space-ask-vote-done = The request is made: the members of the space vote on it.
space-admit-vote-done = The members of the space vote on it.
space-notice-done = The notice is given: the date the council leaves is shown beside its name.
space-seat-done = The seat is recorded.
space-seat-give = Give a seat in the coordination group
space-seat-take = Take back the seat
space-coordinates = coordination group
space-leaves = Leaves on { $date }

vote-decisions = Decisions
vote-intro = What the councils of this space decide together, and how each of them voted. Ballots are those of bodies: they are public once a vote is closed.
vote-of-council = The votes that ask { $council }, and how it voted.
vote-none = No vote
vote-none-text = Nothing has been put to the vote here yet.
vote-new = Put a question to the vote
vote-new-text = The contributing councils will have { NUM($days) } days to answer. Nothing follows from it by itself: the result is recorded.
vote-new-submit = Open the vote
vote-open-done = The vote is open.
vote-question = Question
vote-question-hint = Ask so that “yes” changes something
vote-explanation = Explanation
vote-explanation-hint = In Markdown: what it changes, for whom, from when
vote-why = Reason
vote-office = Another lead or treasurer
vote-office-text = The members decide as they do on the charter. Calls under way keep their lead and their treasurer.
vote-office-which = What is to be carried?
vote-claim = Give up a claim
vote-claim-text = The councils that pay for the call decide, by a double majority. What comes in before the vote is closed is not given up.
vote-claim-call-hint = Its reference, as in CALL-2026-0007
vote-claim-debtor = Who owes
vote-claim-debtor-hint = The name of the council in addresses, or a grant such as { "grant:state" }
refusal-call-unknown = There is no such call in this space.
vote-about = About
vote-opened = Opened
vote-closed = Closed
vote-close-day = Ballots until
vote-asked = Who is asked
vote-turnout = Turnout
vote-turnout-of = { NUM($n) } out of { NUM($asked) }
vote-bodies = The bodies asked
vote-bodies-of = Bodies asked by { $vote }
vote-weight = Weight
vote-ballot = Ballot
vote-own-ballot = Ballot: { $choice }
vote-comment = Reason given
vote-comment-hint = Public once the vote is closed. An objection by consent has to give one.
vote-cast = Vote
vote-cast-text = You vote for your council. The ballot can be changed until the vote closes, and is public after that.
vote-cast-for = You vote for { $council }.
vote-cast-submit = Cast the ballot
vote-cast-done = The ballot is cast. It can be changed until the vote closes.
vote-choice-yes = Yes
vote-choice-no = No
vote-choice-abstain = Abstention
vote-choice-none = No ballot
vote-choice-later = Public at the close
vote-rule = How it is decided
vote-rule-one-body-one-vote = Each body counts one.
vote-rule-by-contribution = Each body counts what it contributes; from four voters on, none counts more than 40 % of the whole.
vote-rule-by-band = Each body counts by its size; from four voters on, none counts more than 40 % of the whole.
vote-rule-stepped = Each body counts by steps of what it contributes; from four voters on, none counts more than 40 % of the whole.
vote-rule-double-majority = It takes a majority of the bodies, and a majority of the money they bring.
vote-rule-consent = It passes unless a body objects with a reason.
vote-majority = Those for it must be at least { $part } of the votes cast.
vote-majority-plain = More than half of the votes cast must be for it.
vote-abstentions-count = An abstention is a vote cast.
vote-abstentions-out = Abstentions are not votes cast.
vote-tie = A tie leaves things as they are.
vote-casting = The lead’s ballot decides a tie.
vote-quorum-of = At least { NUM($n) } out of { NUM($asked) } must take part.
vote-veto = The coordination group can stop it.
vote-under-charter = Held under version { NUM($version) } of the charter; nothing of it changes once the vote is open.
vote-result = Result
vote-counted = Votes of { $vote }
vote-chamber = Count
vote-heads = Bodies
vote-weights = Weights
vote-in-ledger = The final state of this vote is in the space’s repository, and its digest in the ledger.
vote-state-open = Open
vote-state-passed = Passed
vote-state-rejected = Not passed
vote-reason-carried = The votes for it are enough.
vote-reason-no-objection = Nobody objected.
vote-reason-casting-vote = As many for as against: the lead’s ballot decided for it.
vote-reason-no-quorum = Too few bodies took part.
vote-reason-tie = As many for as against: things stay as they are.
vote-reason-no-majority = The votes for it are too few.
vote-reason-no-money-majority = The bodies are for it, and the money they bring is not.
vote-reason-veto = The coordination group stopped it.
vote-reason-objection = A body objected with a reason.
vote-effect-waiting = What was decided is being carried out.
vote-effect-done = What was decided has been carried out.
vote-effect-failed = What was decided could not be carried out: things had moved on.
vote-kind-charter = Charter of the space
vote-kind-admit = Place of a council in the space
vote-kind-call-open = Publication of a call
vote-kind-call-extend = Extension of a call
vote-kind-milestone-accept = Acceptance of a milestone
vote-kind-scope-change = Change of scope
vote-kind-write-off = Giving up a claim
vote-kind-supplier = Choice of a supplier
vote-kind-late-joiner = Late joiner
vote-kind-close = Stopping a call early
vote-kind-other = Question
vote-electorate-members = The contributing councils of the space
vote-electorate-funders = The contributing councils that pay for the call
vote-electorate-lead-and-pledgers = The lead and the councils firmly pledged
vote-minutes = Minutes
vote-minutes-of = Minutes of the decisions of { $space }
vote-minutes-text = Every closed vote, oldest first, as the forge held them on { $date }.

charter-text = What the councils of this space have agreed on. It is changed by a vote of its members, whose commit is recorded here; nobody can push to it.
charter-propose = Propose a new version
charter-propose-text = The members vote on version { NUM($n) }; if it passes, it is committed to the space’s repository and in force from then on.
charter-propose-submit = Put it to the vote
charter-question-hint = Left empty, the question is whether to adopt the new version
charter-paper = CHARTER.md
charter-paper-hint = The text, in Markdown
charter-machine = charter.toml
charter-machine-hint = The part that programs read; a fault is shown with its line
charter-versions = Versions of the charter
charter-version = Version
charter-version-n = Version { NUM($n) }
charter-in-force = In force
charter-vote = Adopted by
charter-founded = The founding of the space
charter-commit = Commit

cli-col-ballot = BALLOT
cli-col-question = QUESTION
cli-col-turnout = TURNOUT
cli-col-weight = WEIGHT
cli-vote-meaning = { $question }
    You vote “{ $choice }” for { $council }. The ballot can be changed until the vote closes, and is public after that.
cli-about-vote = Decide together: open votes and cast ballots
cli-about-vote-list = List the votes of a space, or those that ask a council
cli-about-vote-show = Show a vote, and its ballots once it is closed
cli-about-vote-open = Put a question to the councils of a space
cli-about-vote-write-off = Propose to give up a claim, which opens a vote
cli-arg-debtor = Council that owes, or a grant such as { "grant:state" }
cli-about-vote-cast = Cast the ballot of a council
cli-about-space-charter = Read the charter of a space, or propose another
cli-about-space-charter-show = Show the charter in force
cli-about-space-charter-propose = Propose a new version, which opens a vote
cli-about-space-seat = Give a member a seat in the coordination group, or take it back
cli-about-space-entrust = Propose another lead or treasurer, which opens a vote
cli-arg-vote = Reference of the vote
cli-arg-question = Question, so that “yes” changes something
cli-arg-explanation = Why, in Markdown
cli-arg-choice = yes, no or abstain
cli-arg-comment = Reason, public once the vote is closed
cli-arg-machine = charter.toml instead of the text
cli-arg-space-charter-propose-folder = Folder that holds CHARTER.md and charter.toml
cli-arg-take-back = Take the seat back
cli-arg-office = lead or treasurer
cli-arg-suspended = Suspend the council
