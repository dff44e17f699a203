## Milestones, amendments and what follows a call

refusal-milestone-state = The milestone is not, or no longer, where it would have to be for this.
refusal-milestone-not-voted = A delivery is sent back after the vote that did not accept it: open that vote, or wait for its end.
refusal-criterion-unknown = The milestone has no criterion of this number.
refusal-criterion-twice = One criterion is named twice.
refusal-too-many-criteria = A milestone has at most 50 criteria.
refusal-amend-too-late = Less than 15 days are left before the closing date: put an extension to the vote first, so that councils may leave.
refusal-leave-open = Councils may still leave because of the last change: wait until their days are over.
refusal-extensions-used = The call was extended twice already: it ends on its closing date.
refusal-extension-too-long = A call is extended by six months in all: { $date } is the latest.
refusal-extension-too-short = { $date } is the earliest: councils have fifteen days to leave after the vote.
refusal-extension-too-late = The vote would end after the closing date of the call: it is too late to extend it.
refusal-amend-fixed = This does not change once the call is published: ceilings were voted that way.
refusal-amend-deadline = Only a vote moves the closing date: propose an extension.
refusal-amend-nothing = Nothing has changed: correct first what has to be.
refusal-vote-needed = The charter of the space asks for a vote before a call is published: put it to the vote.
refusal-vote-running = This delivery is already put to the vote.
refusal-scope-unchanged = Say how many first milestones stay: at least one, fewer than today, and all that are accepted already.
refusal-module-of-call = Name one of the modules of the call, as owner/name.
refusal-tag-unknown = The module has no tag of this name: push it first.
refusal-date-future = This date is in the future.
refusal-work-not-begun = Work begins when the contract of the call is recorded: record it first.
