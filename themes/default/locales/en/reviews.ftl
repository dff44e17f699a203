# Changes reviewed by councils: what programs say of commits.

checks-title = Checks
checks-caption = What each check said last of this commit
checks-name = Check
checks-state = Result
checks-said = In a few words
checks-by = Reported by
status-state-pending = Running
status-state-success = Passed
status-state-warning = Passed with remarks
status-state-failure = Failed
status-state-error = Broke off

refusal-status-state = Write one of: pending, success, warning, failure, error.
refusal-status-context = The name of a check is one line without invisible characters.
refusal-statuses-too-many = This commit has { NUM($max) } different checks already: report under one of their names.
refusal-reports-too-many = { NUM($max) } reports were made of this commit: nothing more is taken. Report of a newer commit.

refusal-approvals-loosened = The space asks for more approvals: a module can ask for as many or more, not for fewer.
refusal-cooling-loosened = The space lets a change stand longer: a module cannot shorten that.
refusal-objection-loosened = In this space an objection stops a change: a module cannot undo that.
refusal-status-loosened = The space asks for a check that is missing here: a module cannot leave it out.
refusal-sign-off-loosened = The space asks for a sign-off on every commit: a module cannot do without.
refusal-method-loosened = The space does not merge in this way: a module cannot either.
refusal-method-missing = Leave at least one way to merge: without one no change could ever come in.
refusal-approvals-contradict = More approvals of another council are asked for than approvals in all.
refusal-rule-too-large = Ask for fewer approvals or hours, and give each check a name that is short and not empty.

cli-about-status = What programs say of commits: whether they build, whether their tests pass
cli-about-status-list = Tell what each check said last of a commit
cli-about-status-set = Say for a program what it found of a commit
cli-arg-status-list-revision = Branch, tag or commit; the commit of the present folder when nothing is said
cli-arg-status-set-revision = Branch, tag or commit; the commit of the present folder when nothing is said
cli-arg-status-list-module = Module, as OWNER/MODULE; that of the present folder when nothing is said
cli-arg-status-set-module = Module, as OWNER/MODULE; that of the present folder when nothing is said
cli-arg-status-list-wait = Wait until every check has ended; then fail if one of them did
cli-arg-status-list-patience = How long to wait, in seconds
cli-arg-status-set-state = What it found: pending, success, warning, failure or error
cli-arg-status-set-context = Name of the check
cli-arg-status-set-url = Address where more is told
cli-arg-status-set-description = In a few words
cli-col-check = CHECK
cli-col-result = RESULT
cli-status-waiting = { $pending ->
    [one] One check of { NUM($total) } has not ended…
   *[other] { NUM($pending) } checks of { NUM($total) } have not ended…
}
cli-status-none-yet = No check has spoken yet…
cli-status-failed = Not every check passed.
cli-status-impatient = The checks had not ended after { $seconds } seconds.
cli-status-impatient-hint = Wait longer with --patience, or look again with “forge status list”.
cli-no-module-here = No module of { $host } is known in this folder.
cli-no-module-here-hint = Name it with --module OWNER/MODULE.
