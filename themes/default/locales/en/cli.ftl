### The command “forge”.

cli-not-signed-in = You are not signed in. Run “forge auth login”.
cli-no-token = This needs an account.
cli-token-unknown = The forge does not know this token, or it has ended.
cli-no-answer = { $host } does not answer: { $reason }
cli-refused = { $host } refused the request (status { $status }).
cli-unreadable = The answer of { $host } cannot be read: { $reason }
cli-bad-host = “{ $host }” is not the address of a forge. Write for example https://forge.example.org.
cli-no-home = No home folder is known. Set HOME or XDG_CONFIG_HOME.
cli-config-failed = { $path } cannot be read or written: { $reason }
cli-no-file = { $path } cannot be read: { $reason }
cli-not-utf8 = The file is not a text in UTF-8.
cli-git-failed = The git command failed: { $reason }
cli-done = Done.

## What to do next

cli-hint-sign-in = Sign in with “forge auth login”, or check the token in FORGE_TOKEN.
cli-hint-not-allowed = Your role does not allow it. “forge auth status” says who you are.
cli-hint-not-found = Check the name. What you may not see answers as if it were absent.
cli-hint-conflict = Read the present state again, then repeat.
cli-hint-wait = Too many requests in a short time: wait a minute.
cli-hint-server = The fault is the forge’s. If it stays, tell its administrator.

## Signing in

cli-login-ask-host = Address of the forge:
cli-login-ask-token = Token (make one at { $page }):
cli-login-no-host = Say which forge with --host.
cli-login-no-token = No token was given.
cli-login-wrong-token = Nothing was kept. Make a token on the settings page of the forge, and copy the whole of it.
cli-login-done = You are signed in to { $host } as { $login }.
cli-logout-done = The token for { $host } is forgotten on this machine. To end it everywhere, revoke it on the forge.
cli-status-active = { $host }: { $login } (active forge)
cli-status-other = { $host }: { $login }
cli-status-invalid = { $host }: { $reason }
cli-setup-git-done = Git now uses your token for { $host }.

## Shares

cli-share-council = COUNCIL
cli-share-share = SHARE
cli-share-vat = VAT
cli-share-tranche = TRANCHE { $n }
cli-share-total = TOTAL
cli-share-gap = { $amount } is missing: every council is at its ceiling.

## Ledger

cli-ledger-none = There is no ledger in { $path }.
cli-ledger-none-hint = Name a clone of a space’s meta-repository: “git clone https://…/SPACE/meta”, then --repo meta.
cli-ledger-no-key = No key stands beside this ledger: give the one you trust with --key.
cli-ledger-bad-key = “{ $key }” is not the public key of a ledger (name+id+key).
cli-ledger-bad-head = “{ $known }” is not a known head. Write the number of entries, a colon and the root.
cli-ledger-read = { $entries ->
    [one] Ledger { $origin }: one entry
   *[other] Ledger { $origin }: { NUM($entries) } entries
}
cli-ledger-heads = { $checkpoints ->
    [one] one signed head agrees
   *[other] { NUM($checkpoints) } signed heads agree
}
cli-ledger-root =
    root { $root }
    key { $key }
cli-ledger-empty = Nothing is written in this ledger yet.
cli-ledger-verified = VERIFIED: the chain is whole, each book balances, and every signature fits.
cli-ledger-sound = entries 1..{ NUM($entries) }: links ok · sums ok · gapless · signatures ok
cli-ledger-known = known head ({ $from }) of { $size ->
    [one] one entry
   *[other] { NUM($size) } entries
} is a prefix: ok
cli-ledger-known-given = given by you
cli-ledger-known-older = older clone
cli-ledger-known-clone = this clone before
cli-ledger-closed = { $left ->
    [0] { $call } closed: all balances 0
    [one] { $call } closing: one account is not at zero yet
   *[other] { $call } closing: { NUM($left) } accounts are not at zero yet
}
cli-ledger-unsound = { $n ->
    [one] NOT VERIFIED: one fault.
   *[other] NOT VERIFIED: { NUM($n) } faults.
}

cli-fault-unreadable-entry = { $file }, line { $line }, is no entry of a ledger: { $why }
cli-fault-gap = Entry { $seq } is missing or out of place: { $found } stands there.
cli-fault-unbalanced-entry = Entry { $seq } does not balance. { $why }
cli-fault-unlawful-entry = Entry { $seq } breaks a rule. { $why }
cli-fault-not-canonical = The line of entry { $seq } was changed: it is not in canonical form.
cli-fault-broken-link = The chain breaks at entry { $seq }: it was changed after it was written.
cli-fault-wrong-reversal = Entry { $seq } says it reverses an entry, and does not mirror one.
cli-fault-repeated-key = Entry { $seq } repeats an act already written.
cli-fault-bad-checkpoint = Signed head { $place } cannot be believed: { $why }
cli-fault-checkpoint-mismatch = An entry between { $seq } and { $size } is not the one that was signed.
cli-fault-rollback = { NUM($signed) } entries were signed and { NUM($found) } are here: the end was cut off.
cli-fault-checkpoints-shrink = A signed head of { NUM($to) } entries follows one of { NUM($from) }.
cli-fault-entry-differs = Entry { $seq } is not the one the older clone holds: it was rewritten.
cli-fault-entry-missing = Entry { $seq } stands in the older clone and is missing here.
cli-fault-unsigned-entry = From entry { $seq } on, nothing is signed.
cli-fault-key-changed = The key beside the ledger is not the one it was signed with first.

cli-empty = Nothing to show.
cli-not-confirmed = Not confirmed: nothing was done.
cli-not-confirmed-hint = Type the word that is asked for, or add --yes.

## Columns

cli-col-account = ACCOUNT
cli-col-act = ACT
cli-col-amount = AMOUNT
cli-col-branch = BRANCH
cli-col-call = CALL
cli-col-cap = CAP
cli-col-ceiling = CEILING
cli-col-checked = CHECKED
cli-col-rejected = REJECTED
cli-col-council = COUNCIL
cli-col-councils = COUNCILS
cli-col-date = DATE
cli-col-deadline = DEADLINE
cli-col-description = DESCRIPTION
cli-col-due = DUE
cli-col-email = E-MAIL
cli-col-firm = FIRM
cli-col-floor = FLOOR
cli-col-funded = FUNDED
cli-col-gross = INCL. VAT
cli-col-id = ID
cli-col-intended = INTENDED
cli-col-kind = KIND
cli-col-lead = LEAD
cli-col-licence = LICENCE
cli-col-mandate = MANDATE
cli-col-max = UP TO
cli-col-members = MEMBERS
cli-col-milestone = MILESTONE
cli-col-minimum = MINIMUM
cli-col-missing = MISSING
cli-col-module = MODULE
cli-col-modules = MODULES
cli-col-n = NO.
cli-col-name = NAME
cli-col-net = EXCL. VAT
cli-col-note = NOTE
cli-col-now = NOW
cli-col-number = NUMBER
cli-col-page = PAGE
cli-col-person = PERSON
cli-col-pledge = PLEDGE
cli-col-population = INHABITANTS
cli-col-purpose = PURPOSE
cli-col-reason = REASON
cli-col-ref = REFERENCE
cli-col-role = ROLE
cli-col-rule = RULE
cli-col-share = SHARE
cli-col-signatory = SIGNATORY
cli-col-since = SINCE
cli-col-site = SITE
cli-col-space = SPACE
cli-col-state = STATE
cli-col-target = TARGET
cli-col-then = THEN
cli-col-title = TITLE
cli-col-treasurer = TREASURER
cli-col-until = UNTIL
cli-col-updated = UPDATED
cli-col-vat = VAT
cli-col-visibility = VISIBILITY

## Councils, spaces, members

cli-council-status-pending = awaiting verification
cli-council-status-verified = verified
cli-council-status-suspended = suspended
cli-council-registered = { $council } is registered; an administrator still has to verify it.
cli-council-verified = { $council } is verified.
cli-membership-asked = asks to join
cli-membership-observer = observer
cli-membership-contributor = contributor
cli-membership-suspended = suspended
cli-membership-left = left
cli-space-founded = The space “{ $space }” is founded: { $page }
cli-space-member = { $council }: { $state }
cli-member-invited =
    { $link }
    This link works once, until { $until }. It is shown only now.
cli-member-accepted = The invitation is accepted. “forge me” says what you may do now.
cli-member-invitation = Open invitation: { $role } { $email }, until { $until }
cli-member-granted = { $person } holds the role “{ $role }” at { $council } from { $from }.
cli-member-no-role = This person holds no such role in this council.
cli-member-mandated = { $person } may commit { $council } up to { $amount } per act, until { $until }.

## Modules

cli-module-cloned = Cloned into { $folder }.
cli-module-name = “{ $module }” is not the name of a module. Write OWNER/MODULE.
cli-module-council = council
cli-module-space = space
cli-module-public = public

## Publishing

cli-publish-no-copy = This folder is not a working copy of git. Run the command inside one.
cli-publish-no-branch = No branch is checked out: “git switch” to the one to publish.
cli-publish-no-commit = Nothing is committed yet.
cli-publish-shallow = This clone is shallow: it lacks the beginning of the history. Complete it with “git fetch --unshallow”.
cli-publish-dirty = Uncommitted changes would stay behind: { $names }. Commit or stash them.
cli-publish-untracked = Files git does not follow stay behind: { $names }.
cli-publish-no-licence = No licence stands at the root: add a file LICENSE, for example the text of EUPL-1.2.
cli-publish-no-readme = No README stands at the root: say in a few words what it is for.
cli-publish-no-sheet = publiccode.yml is absent: catalogues will not find the module.
cli-publish-error = error    { $message }
cli-publish-warning = warning  { $message }
cli-publish-ready = Can be published.
cli-publish-not-ready = Cannot be published yet.
cli-publish-no-owner = Say which space or council it is for with --owner.
cli-publish-ask-owner = Space or council that publishes:
cli-publish-bad-name = “{ $name }” cannot be the name of a module: { $reason } Choose one with --name.
cli-publish-meaning = Branch { $branch } and its tags become public at { $host }, as { $module }: everybody will read them, and copies cannot be taken back.
cli-publish-ask = Publish? [type { $word }]
cli-publish-done =
    { $module } is public: { $url }
    To push to it from now on: git remote add beffroi { $git }

## Calls and pledges

cli-call-invalid = { $path } is not a call: { $reason }
cli-call-invalid-hint = “forge call template” prints one to begin with.
cli-call-no-space = Say in which space with --space, or with “space” in the file.
cli-call-two-spaces = The file says the space { $file } and --space says { $flag }.
cli-call-stands =
    { $ref }: { $state }
    { $page }
cli-call-councils = { NUM($n) } firm, at least { NUM($min) } needed
cli-call-at-ceiling = at its ceiling
cli-pledge-stands = { $ref }: { $state }
cli-pledge-prospect = Share today { $now } · if all join { $best } · never above { $ceiling }
cli-pledge-entry = Ledger entry { $seq }, hash { $hash }
cli-pledge-second-check = The evidence awaits a check by a second person.
cli-pledge-none = { $council } has no pledge on { $call }.
cli-evidence-none-waits = No act of { $pledge } waits for a check.
cli-evidence-several-wait = Several acts of { $pledge } wait for a check: name one by its identifier, as “forge evidence list { $pledge }” shows it.
cli-commit-mandate = mandate up to { $max } per act
cli-commit-no-mandate = no mandate that you hold is known
cli-commit-meaning =
    { $call }
    You act for { $council }: { $mandate }.
    Condition: due only if the call is confirmed; it closes on { $deadline }.
    Share today { $now } · if all intentions join { $best } · never above { $ceiling }.
cli-commit-ask = Commit? [type { $word }]
cli-withdraw-meaning = { $ref }: { $council } takes its firm pledge back; the call is counted again without it.

## Help

cli-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-globals = Common options

cli-about = Beffroi, the councils’ forge, from the command line.
cli-about-auth = Sign in to a forge
cli-about-auth-login = Sign in with a token
cli-about-auth-logout = Forget the token for a forge
cli-about-auth-status = Say on which forges you are signed in
cli-about-auth-token = Print the token
cli-about-auth-setup-git = Let git use the token
cli-about-auth-git-credential = Answer git when it asks for a password
cli-about-share = Compute shares, without a server
cli-about-share-compute = Share a cost between councils, to the cent
cli-about-api = Send a request to the API
cli-about-completion = Write the completion script of a shell

cli-arg-host = Address of the forge
cli-arg-token = Access token
cli-arg-json = Answer in JSON, on one line
cli-arg-yes = Ask for no confirmation
cli-arg-lang = Language of the texts
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-from = File to read, “-” for standard input
cli-arg-auth-login-with-token = Read the token from standard input
cli-arg-auth-git-credential-operation = What git asks
cli-arg-api-method = HTTP method
cli-arg-api-path = Path below /api/v1
cli-arg-api-input = JSON file to send, “-” for standard input
cli-arg-completion-shell = Shell
cli-about-ledger = Read and verify what is written about money
cli-about-pledge-pack = Draft the decision your council votes on, from the call
cli-arg-pledge-pack-to = File to write; the terminal when nothing is said
cli-about-ledger-checkpoint = Show the newest signed head of a ledger
cli-about-ledger-export = Write a ledger into files that are verified without a server
cli-arg-ledger-export-to = Folder to write to
cli-about-ledger-verify = Verify a ledger from a clone of the meta-repository, without a server
cli-arg-repo = Clone of the space’s meta-repository; the present folder when nothing is said
cli-arg-key = Public key to believe; the first one the clone ever held when nothing is said
cli-arg-known = A head you wrote down: number of entries and root
cli-arg-against = An older clone, whose entries and signed heads must still hold
cli-about-me = Say who you are and for whom you may act
cli-about-publish = Publish the working copy you are in
cli-about-module = Read modules, and say who sees them
cli-about-module-list = List modules
cli-about-module-view = Show a module
cli-about-module-clone = Clone a module with your token
cli-about-module-edit = Change what a module says, or who sees it before it is public
cli-about-council = Register and verify councils
cli-about-council-list = List councils
cli-about-council-view = Show a council
cli-about-council-register = Register a council; an administrator verifies it
cli-about-council-verify = Verify a council, as an administrator
cli-about-council-suspend = Suspend a council, as an administrator
cli-about-council-population = Record a count of inhabitants
cli-about-member = Say who acts for a council
cli-about-member-list = List roles, mandates and open invitations
cli-about-member-invite = Make a one-time link that gives a role
cli-about-member-accept = Accept an invitation
cli-about-member-role = Give and end roles
cli-about-member-role-grant = Give a role
cli-about-member-role-end = End a role at once
cli-about-member-mandate = Say what a signatory may commit a council to
cli-about-member-mandate-give = Give a signatory a mandate
cli-about-member-mandate-revoke = Revoke a mandate at once
cli-about-member-mandate-list = List the mandates of a council
cli-about-space = Found and join spaces
cli-about-space-list = List spaces
cli-about-space-view = Show a space and its councils
cli-about-space-found = Found a space in a council’s name
cli-about-space-join = Ask for a council to join
cli-about-space-admit = Admit a council that asked
cli-about-space-leave = Take a council out of a space
cli-about-call = Pay together: co-funding calls
cli-about-call-list = List calls
cli-about-call-view = Show a call: what is missing, and what each council would owe
cli-about-call-template = Print a call to fill in
cli-about-call-new = Draft a call from a file
cli-about-call-edit = Rewrite a draft from a file
cli-about-call-publish = Publish a draft
cli-about-call-simulate = Say what would be owed if councils joined or left
cli-about-call-confirm = Confirm a call early, once its target is covered
cli-about-call-cancel = Call it off
cli-about-pledge = Say what a council will pay
cli-about-pledge-list = List the pledges on a call, of a council, or of yours
cli-about-pledge-show = Show a pledge
cli-about-pledge-intend = Declare an intention, which binds nobody
cli-about-pledge-commit = Commit a council, up to a ceiling and on the strength of an act
cli-about-pledge-withdraw = Take a pledge or an intention back
cli-about-evidence = Keep the acts pledges rest on
cli-about-evidence-list = List the acts behind a pledge
cli-about-evidence-add = Add an act to a pledge
cli-about-evidence-check = Record that you, a second person, have checked an act
cli-about-evidence-reject = Reject an act as a second person: the pledge waits for another
cli-about-ledger-view = Show the entries of a space

cli-arg-words = Words to look for
cli-arg-status = Only those in this state
cli-arg-state = Only those in this state
cli-arg-council = Council, by its name in addresses
cli-arg-space = Space, by its name in addresses
cli-arg-module = Module, as OWNER/MODULE
cli-arg-call = Reference of the call
cli-arg-pledge = Reference of the pledge
cli-arg-pledge-withdraw-pledge = Reference of the pledge, or with --council of the call
cli-arg-person = Login of the person
cli-arg-role = Role: developer, maintainer, lead, finance, signatory, auditor or supplier
cli-arg-id = Identifier, as lists show it
cli-arg-evidence-check-id = Identifier of the act, as lists show it; or the reference of a pledge of which one act waits
cli-arg-evidence-reject-id = Identifier of the act, as lists show it; or the reference of a pledge of which one act waits
cli-arg-evidence-reject-reason = What is wrong with it; everyone reads it
cli-arg-reason = Why, in a sentence everybody may read
cli-arg-proof = How you made sure: letter, register, domain
cli-arg-slug = Name in addresses
cli-arg-name = Name people write
cli-arg-title = Name people write
cli-arg-kind = Kind of act, as the call’s profile names it
cli-arg-council-register-kind = commune, epci, departement …
cli-arg-country = Country, as an ISO 3166 code
cli-arg-currency = Currency, ISO 4217
cli-arg-website = Its own site
cli-arg-domains = Mail domain its people write from; may be repeated
cli-arg-ids = Official identifier, such as siren:213000003; may be repeated
cli-arg-populations = Inhabitants, such as municipale:2026:12345; may be repeated
cli-arg-population = Inhabitants, such as municipale:2026:12345
cli-arg-lead = Council that founds and carries it
cli-arg-treasurer = Council that receives and pays; the lead when nothing is said
cli-arg-purpose = What it is for
cli-arg-licence = Licence of its modules; EUPL-1.2 when nothing is said
cli-arg-time-zone = Time zone deadlines end in, such as Europe/Paris
cli-arg-papers = Language of its papers
cli-arg-observer = As an observer
cli-arg-act-ref = The act it rests on
cli-arg-email = Address it is meant for
cli-arg-days = For how many days it works
cli-arg-link = The link, or its last part
cli-arg-member-role-grant-from = First day; today when nothing is said
cli-arg-member-mandate-give-from = First day; today when nothing is said
cli-arg-until = Last day
cli-arg-max = The most one act may commit
cli-arg-ceiling = The most the council may ever owe, such as 12000 or "12 000,00"
cli-arg-note = Remark for the councils of the space
cli-arg-private = For the councils of the space alone
cli-arg-number = Number of the act
cli-arg-date = Day of the act, YYYY-MM-DD
cli-arg-prefecture-receipt = Day the prefecture received it
cli-arg-published = Day it was published
cli-arg-url = Address where it can be read
cli-arg-evidence = File of the act
cli-arg-module-edit-description = What it is for, in a sentence
cli-arg-module-edit-branch = Branch a clone begins on
cli-arg-visibility = Who sees it: the council that made it and those that contribute, or the whole space
cli-arg-visible = Who may read the file
cli-arg-add = Councils that would join
cli-arg-remove = Councils that would leave
cli-arg-owner = Owner: a council, a space or a person
cli-arg-folder = Folder to clone into
cli-arg-publish-owner = Space or council that publishes
cli-arg-publish-name = Name under the owner; the folder’s when nothing is said
cli-arg-description = What it is for, in a sentence; from publiccode.yml when nothing is said
cli-arg-check = Only say what would forbid publishing

## Simulation

cli-arg-call-simulate-rule = File with another sharing rule, in JSON or TOML; “equal” and “population” need none
cli-arg-call-simulate-amount = Another full cost
cli-arg-call-simulate-ceiling = Another ceiling of a council
cli-arg-backstop = The most a guarantor would pay
cli-arg-curve = Show the price of this council by number of councils
cli-arg-csv = Answer as CSV
cli-call-bad-ceiling = “{ $value }” is no ceiling: write COUNCIL=AMOUNT.
cli-call-bad-rule = { $path } is no sharing rule: { $reason }
cli-simulate-head = { $ref }  { $title }  { $amount } { $basis }  rule: { $rule }  deadline { $deadline }
cli-simulate-backstop = The guarantee covers up to { $limit } ({ $used } used).
cli-simulate-price = Share of { $council }
cli-col-with = With { $councils }
cli-col-without = Without { $councils }
cli-col-with-without = With { $added }, without { $removed }
cli-rule-equal = equal
cli-rule-population = population
cli-rule-bands = bands
cli-rule-criteria = criteria
cli-rule-envelopes = envelopes
cli-rule-fixed = fixed
cli-rule-open = open
cli-year-wrong = “{ $text }” is no budget year: write 2027=12000, or 2027:investment=12000.
cli-arg-years = Part of the ceiling in a budget year: 2027=12000, or 2027:investment=12000
cli-arg-delegation = The act that delegates the decision
cli-arg-matter = Code of the subject of the act
cli-arg-kinds = Kind of act it covers: pledge or withdraw; both when left out

## Funds

cli-about-funds = Call the funds of a confirmed call, and reconcile payments
cli-about-funds-list = List the calls for funds of a call
cli-about-funds-call = Draw up and issue the call for funds of a milestone
cli-about-funds-show = Show a call for funds
cli-about-funds-cancel = Cancel a call for funds by a credit note
cli-about-funds-references = Note the revenue order, the service or the commitment number
cli-about-funds-statement = Write the statement of amounts due, or the calculation it is the digest of
cli-about-funds-payments = List the payments of a call
cli-about-funds-record = Tell a payment, for the payer or for the treasurer
cli-about-funds-acknowledge = Acknowledge a payment from the other side
cli-about-funds-retract = Take back what your side told
cli-about-funds-reverse = Undo a reconciled payment by a correcting entry
cli-about-funds-overdue = List what is overdue
cli-about-grant = Follow the grants of a call
cli-about-grant-list = List the grants of a call
cli-about-grant-secure = Record that a grant is awarded
cli-about-grant-receive = Record that a grant came in
cli-about-invoice = Record, approve and pay invoices
cli-about-invoice-list = List the invoices of a call
cli-about-invoice-record = Record an invoice
cli-about-invoice-approve = Approve an invoice: two persons do
cli-about-invoice-refuse = Send an invoice back
cli-about-invoice-pay = Record the payment of an invoice
cli-about-invoice-pay-directly = Tell what a council paid its supplier itself
cli-about-refund = Give back what was not spent
cli-about-refund-list = List the refunds of a call
cli-about-refund-plan = Plan the refunds of a call
cli-about-refund-record = Record that a refund was sent
cli-about-call-close = Sign the closing report; the second signature closes the call
cli-arg-funds-call = Reference of the call for funds
cli-arg-milestone = Milestone: M1, M2… or R for the reserve
cli-arg-due-on = Due date; 30 days from today by default
cli-arg-pay-to = Bank details of the treasurer
cli-arg-draft = Draw up without issuing
cli-arg-reference = Reference of the paper
cli-arg-order = Number of the revenue or payment order
cli-arg-service = Code of the service that pays
cli-arg-commitment = Number of the budget commitment
cli-arg-format = csv, or json for the calculation
cli-arg-amount = Amount; all that remains by default
cli-arg-funds-record-amount = Amount paid
cli-arg-side = payer or treasurer; from your roles by default
cli-arg-method = How; by transfer where nothing is said
cli-arg-bank-ref = Bank reference, for auditors
cli-arg-payment = Reference of the payment
cli-arg-grant = Place of the grant in the call
cli-arg-refund-first = Paid back before everyone, by its own contract
cli-arg-refund = Reference of the refund
cli-arg-invoice = Reference of the invoice on the forge
cli-arg-supplier = Supplier, in small letters and hyphens, as opensoft
cli-arg-supplier-name = Name of the supplier
cli-arg-net = Amount without tax
cli-arg-vat = Amount of VAT; by the rate of the call by default
cli-arg-sha256 = SHA-256 digest of the document
cli-arg-lessons = What was learnt, for the report
cli-arg-funds-record-date = Value date, YYYY-MM-DD
cli-arg-invoice-record-number = Number the supplier gave it
cli-arg-invoice-record-date = Date of the invoice, YYYY-MM-DD
cli-arg-invoice-pay-date = Value date, YYYY-MM-DD
cli-arg-invoice-pay-directly-date = Value date, YYYY-MM-DD
cli-arg-grant-receive-date = Value date, YYYY-MM-DD
cli-arg-refund-record-date = Value date, YYYY-MM-DD
cli-arg-grant-secure-date = Date of the award, YYYY-MM-DD
cli-col-owed = OWED
cli-col-paid = PAID
cli-col-planned = PLANNED
cli-col-awarded = AWARDED
cli-col-received = RECEIVED
cli-col-supplier = SUPPLIER
cli-call-closed = { $ref } is closed: every account stands at zero.
cli-call-signed = Report of { $ref } signed. The other side has to sign it too.

cli-about-council-population-set = Record a council’s count of inhabitants
cli-about-council-population-import = Record the counts of a CSV file, all or none
cli-about-council-grouping = Say which councils belong to a grouping, so that inhabitants count once
cli-about-council-grouping-add = Say that a council belongs to a grouping
cli-about-council-grouping-remove = Say that a council does not belong to a grouping any more
cli-arg-council-population-import-file = The file: council,kind,vintage,inhabitants[,reference_date,source]; - for standard input
cli-arg-grouping = The grouping, by its name in addresses
cli-population-imported = { $recorded } recorded, { $unchanged } known already, { $unknown } of bodies that are no verified council here
cli-col-member-of = Member of
cli-about-pledge-schedule = Say when which body of the council decides
cli-about-pledge-amend = Change the ceiling of a firm pledge
cli-about-pledge-confirm-order = Record the number of the council’s own commitment or purchase order
cli-about-pledge-substitute = Pass the place of a confirmed pledge to another council
cli-arg-pledge-schedule-on = Day of the decision
cli-arg-pledge-schedule-body = The body that decides: the assembly, its bureau, the executive
cli-arg-pledge-confirm-order-number = Number of the legal commitment or of the purchase order
cli-arg-pledge-confirm-order-service = The service of the council that pays
cli-arg-pledge-substitute-to = Offer the place to this council
cli-arg-pledge-substitute-council = Take the place for this council, on an act of its own
cli-arg-pledge-substitute-approve = Agree, for the lead of the call
cli-substitute-how = Say --to COUNCIL with --reason, or --council COUNCIL with --ceiling and the act, or --approve.
cli-amend-meaning = You change the ceiling of { $ref } for { $council } to { $ceiling }.
cli-about-evidence-complete = Add to an act the dates it was missing, until it is checked
cli-pledge-awaits-second-check = The pledge becomes firm once another agent has checked the act.
cli-pledge-awaits-prefecture-receipt-on = The pledge becomes firm once the act has the day the prefecture received it.
cli-pledge-awaits-published-on = The pledge becomes firm once the act has the day of its publication.

## Checking and taking away

cli-about-call-verify = Compute every share again, and say which differs
cli-about-export = Take away what is public
cli-about-export-all = Write every public table to a folder
cli-about-export-audit = Write one file from which a call is verified offline
cli-about-export-scdl = The SCDL files of subsidies and deliberations
cli-arg-call-verify-from = File written by “forge export audit”: no server is asked
cli-arg-call-verify-call = Reference of the call
cli-arg-export-all-to = Folder to write to
cli-arg-export-scdl-to = Folder to write them to
cli-arg-export-all-format = Form: csv, json or jsonl
cli-arg-export-audit-to = File to write
cli-call-checked = { $call }: { $n } shares and { $entries } ledger entries, calculation { $digest }
cli-call-verified = VERIFIED
cli-call-unsound = NOT VERIFIED
cli-call-no-audit = { $path } is no audit of a call: { $reason }
cli-call-share-differs = { $council }: { $told } is told, { $computed } is computed.
