# What the forge answers when it refuses: a sentence, and what to do next.
# The key is the API's stable code, with dashes.

error-not-found = Not found: this address does not exist, or is not visible to you.
error-sign-in = Sign in first.
error-too-many = Too many requests: wait a little before trying again.
error-too-large = What was sent is larger than this instance allows.
error-busy = The database is busy: nothing was changed, try again in a moment.
error-internal = The server could not answer. Quote the reference { $reference } if it happens again.

refusal-already-exists = This already exists.
refusal-invalid-form = The form has errors: correct the fields that are marked.
refusal-password-length = The password must have between { $min } and { $max } characters.
refusal-module-exists = This owner already has a module of that name. Choose another name.
refusal-module-name = This module name cannot be used: use lower-case letters, digits and hyphens, forty characters at most.
refusal-module-empty = Nothing has been pushed to this module yet. Push your code, then publish.
refusal-licence-missing = There is no licence file at the root of the default branch. Add a LICENSE file, then publish.
refusal-branch-missing = There is no such branch in the repository.
refusal-branch-name = git does not accept this branch name.
refusal-visibility-was-public = This module is public and stays so: copies of it exist.
refusal-visibility-by-publication = A module becomes public by publishing it, which checks it first.
refusal-visibility-without-space = Only a module of a shared space can be shown to a space.
refusal-visibility-unknown = Choose who sees the module: its councils, or the whole space.
refusal-branch-moved = The default branch has changed since you looked at it. Read it again, then retry.
refusal-council-missing = You act for several councils: say in whose name.
refusal-body-not-json = The body of the request must be JSON, with the header Content-Type: application/json.
refusal-body-invalid = The body of the request is not what is expected: { $why }.
refusal-body-unreadable = The body of the request could not be read to its end.
refusal-query-invalid = The parameters of the address are not what is expected: { $why }.

## Rights

refusal-role-missing = Your role does not allow this: ask the lead of your council for it.
refusal-other-council = Your role is in another council, which may not do this here.
refusal-not-a-member = Your council does not have the standing in this space that this needs.
refusal-admin-only = Only an administrator of the forge may do this.
refusal-owner-only = Only the person it belongs to may do this.
refusal-admin-and-money = An administrator of the forge never pledges, votes or touches money.
refusal-to-oneself = Someone else must give you the power to sign.
refusal-token-scope = This token does not reach this far: use one of a wider scope, or sign in.
refusal-personal-draft = A person’s own module is a draft: move it to a council or a space to publish it.
refusal-nobody = Nobody may do this; the ledger is corrected by a reversal and a new entry.

## Names, addresses, dates

refusal-name-empty = This field is empty: write at least one character.
refusal-name-too-long = This is too long: at most { $max } characters.
refusal-slug-shape = A short name has 1 to 40 characters: letters a to z, digits and hyphens, beginning and ending with a letter or a digit.
refusal-name-reserved = “{ $name }” is an address of the forge itself: choose another name.
refusal-name-git-suffix = Leave “.git” off: the forge adds it to the address for git.
refusal-name-device = “{ $name }” is the name of a device on some computers, which could not clone.
refusal-name-looks-like-oid = A name of 40 or 64 hexadecimal digits would be taken for the id of a git object.
refusal-name-invisible = This text contains an invisible or control character: erase it and type it again.
refusal-name-taken = This name is taken, or reads like one that is: choose another.
refusal-email-invalid = This is not an e-mail address.
refusal-email-taken = There is already an account for this address: sign in, then open the link again.
refusal-url-invalid = Write a whole address, beginning with https://.
refusal-domain-invalid = Write a domain name, such as council.example.org.
refusal-locale-unknown = This language is not offered: fr or en.
refusal-invalid-date = Write the date as 2027-03-31.
refusal-date-out-of-range = This date is out of range: between 1900 and 2199.
refusal-date-missing = The date is missing.
refusal-invalid-time-zone = This time zone is not known: write for example Europe/Paris.
refusal-ends-before-it-begins = It ends before it begins.
refusal-licence-invalid = Write the licence by its SPDX id, such as EUPL-1.2.

## Forms and signing in

refusal-cross-site = This request came from another site: open the page here and try again.
refusal-form-expired = Your session ended in the meantime. Open the page again, then send the form again.
refusal-form-invalid = The form is not the page’s: { $why }.
refusal-password-off = Here one signs in by an identity provider.
refusal-password-guessable = This password is one of those that are tried first: choose another.
refusal-password-wrong = This is not your present password.
refusal-prove-again = This act asks you to prove again who you are: enter your password.
refusal-provider-no-email = The identity provider gave no e-mail address: the account cannot be made.
refusal-identity-taken = This identity is already linked to another account.
refusal-account-disabled = This account is disabled.
refusal-disable-oneself = One does not disable one’s own account: ask another administrator.
refusal-last-administrator = This is the last administrator: make another one first.
refusal-token-expiry = A token lasts a year at most, and ends later than now.
refusal-token-name-taken = You already have a token of that name.
refusal-token-scope-unknown = This scope is not known: full, write, read or public_only.

## Councils and spaces

refusal-invitation-over = This link no longer works: it was used, or it is too old. Ask for another.
refusal-invitation-for-other = This link was made for another e-mail address.
refusal-invite-signatory = Nobody becomes a signatory by a link: invite the person, then name them signatory.
refusal-days = A link works for 1 to 30 days.
refusal-signatory-apart = The role of signatory is given by an act of its own.
refusal-person-unknown = Nobody has this login here.
refusal-role-held = This person already holds this role in this council.
refusal-role-over = This role is already over.
refusal-role-unknown = There is no such role.
refusal-last-lead = This is the last lead of the council: name another one first.
refusal-not-signatory = This person is not a signatory of the council: give them that role first.
refusal-council-unknown = There is no such council here.
refusal-council-not-verified = This council is not verified by an administrator yet.
refusal-council-verified = This council is already verified.
refusal-council-kind = The kind is written in lower case, such as commune or epci.
refusal-country-code = The country is written in two letters, such as FR.
refusal-identifier-invalid = This is not a valid { $scheme }: look for a mistyped digit.
refusal-identifier-taken = A verified council already holds this official identifier.
refusal-population-invalid = A population has a kind, a year of four digits and a number of inhabitants.
refusal-membership-wish = A council asks to be an observer or a contributor.
refusal-membership-status = A member is an observer, a contributor, suspended or gone.
refusal-already-asked = This council has already asked to join the space.
refusal-already-member = This council is already a member of the space.
refusal-member-suspended = This council is suspended in this space: see its lead.
refusal-not-asked = This council has not asked to join the space.
refusal-not-in-space = This council is not in the space.
refusal-lead-stays = The lead of the space does not leave it: another must carry it first.
refusal-treasurer-stays = The treasurer of the space does not leave it: another must take over first.
refusal-meta-read-only = The repository of a space takes no push: the forge itself records decisions there.
refusal-protected-branch = This branch is protected: push to another branch, then ask a maintainer to merge it.
refusal-protected-branch-deleted = This branch is protected and cannot be deleted.
refusal-protected-branch-forced = This branch is protected: its history is not rewritten. Fetch it, merge your commits, then push without force.
refusal-tag-by-maintainer = Tags are made by maintainers: ask one of them.

## Requests

refusal-status-unknown = There is no such status, or it is not yours to see.
## Names, dates and addresses

refusal-module-path-shape = A module is written owner/module.
refusal-ref-syntax = This is not a reference name that git accepts.
refusal-ref-namespace = Only branches (refs/heads/…) and tags (refs/tags/…) can be pushed.
refusal-oid-shape = An object id is 40 hexadecimal digits.
refusal-path-invalid = This is not a path inside a repository.

## Amounts and shares


## Calls

refusal-terms-incomplete = The call cannot be published yet: complete what is pointed out.

## Pledges

refusal-pledge-state = The state of this pledge does not allow this.
refusal-ceiling-exceeded = The ceiling of { $ceiling } is below the share of { $share } that falls to you if all intentions are confirmed.
refusal-mandate-missing = You hold no mandate to sign for this council: ask its lead.
refusal-mandate-expired = Your mandate to sign is not valid today: ask for it to be renewed.
refusal-mandate-exceeded = Your mandate covers { $max }, the pledge needs { $ceiling }.
refusal-evidence-incomplete =
    { $gap ->
        [nothing] Attach the act of your council.
        [kind] This kind of evidence is not known here.
        [intention] A memorandum of understanding carries an intention, not a firm pledge.
        [vehicle] The legal vehicle of the call does not accept this kind of evidence.
        [number] The number of the act is missing.
        [date] The date of the act is missing.
        [future] The date of the act is in the future.
       *[other] The evidence is not complete.
    }
refusal-evidence-not-enforceable = The act is not enforceable yet: its publication or its receipt by the prefecture is missing.
refusal-second-check-required = A second person must check the evidence.

## Ledger

refusal-not-reconciled = The amounts are not reconciled yet.
refusal-refund-pending = A refund is still pending.

## Evidence, drafts and repeated requests

refusal-amount-zero = The amount must be more than zero.
refusal-gross-without-net = At this rate of VAT no net amount makes exactly this gross amount: correct it by a cent.
refusal-deadline-past = The deadline is already over.
refusal-profile-unknown = This country profile is not loaded on this instance.
refusal-text-missing = This field is required.
refusal-text-too-long = This text is too long, or contains an invisible character.
refusal-unknown-word = This value is not one of those offered.
refusal-too-many-milestones = A call has at most fifty milestones.
refusal-too-many-subsidies = A call has at most fifty subsidies.
refusal-subsidy-base = A subsidy by rate covers the whole net cost here: give no base.
refusal-lead-not-a-member = The lead council must contribute to the space.
refusal-module-unknown = No module that you may see has this name.
refusal-evidence-empty = The file is empty.
refusal-evidence-file-kind = This file is not a PDF, an image, an archive or a text.
refusal-evidence-checked = This evidence has been checked already.
refusal-evidence-rejected = This evidence was rejected: add another act.
refusal-idempotency-key-invalid = An idempotency key has one to two hundred visible characters.
refusal-idempotency-key-reused = This idempotency key was already used for another request.
refusal-ledger-malformed = The entry does not have the form of the ledger: nothing was written.
refusal-evidence-not-base64 = The file is not encoded in base64.
refusal-choose = Choose a council.
refusal-choose-one = Ask for one thing: either an entry, or the size of an earlier head.
refusal-not-sure = Tick the box: it says that you have checked the act and the ceiling.
refusal-file-too-large = This file is larger than allowed.
refusal-not-a-number = Enter a whole number, for example 12,345.
refusal-not-a-percentage = Enter a percentage from 0 to 100, for example 20 or 5.5.
refusal-rule-values = A line of the details of the rule cannot be read: write “name: value”.

# Pledges after their first steps, mandates, profiles.
refusal-mandate-kind = Your mandate for this council does not cover this kind of act: ask its lead.
refusal-mandate-kind-unknown = A mandate covers committing (pledge) or withdrawing (withdraw), or both.
refusal-budget-year-invalid = Give each budget year as four digits, its amount and its section.
refusal-too-many-years = At most twenty budget years.
refusal-withdrawal-notice = This call asks for { $days } days of notice before its deadline: it is too late to withdraw. Ask the lead to extend or amend the call.
refusal-commitment-no-missing = Give the number of the commitment or of the purchase order.
refusal-default-too-early = A default takes more than 90 days overdue and two reminders.
refusal-share-called = Part of the share was called already: the place cannot be given to another council.
refusal-same-council = Choose another council: a council cannot take its own place.
refusal-place-not-offered = No place is offered to this council here, or it was taken already.
refusal-substitution-approved = This substitution has been approved already.
refusal-already-pledged = This council has a position on the call already.
refusal-planned-past = The day of the decision is in the past.

# Councils: identifiers, groupings, counts of inhabitants.
refusal-identifiers-disagree = The SIRET does not belong to the SIREN: its first nine digits are another number.
refusal-grouping-circle = A council belongs neither to itself nor to one of its own members.
refusal-census-wrong =
    { $count ->
        [one] One line of the file is wrong: nothing was recorded.
       *[other] { NUM($count) } lines of the file are wrong: nothing was recorded.
    }
refusal-census-line =
    { $what ->
        [council] Line { $line }: the council is no identifier such as siren:213000003, or its check digit does not fit.
        [kind] Line { $line }: the kind of count is not a word in small letters.
        [vintage] Line { $line }: the vintage is not a year of four digits.
        [inhabitants] Line { $line }: the inhabitants are not a number above zero.
        [reference_date] Line { $line }: the reference date is not a day such as 2023-01-01.
        [source] Line { $line }: the source is too long.
        [quotes] Line { $line }: a quotation mark is not closed.
        [text] Line { $line }: this is not text in UTF-8.
        [long] Line { $line }: the line is too long.
       *[columns] Line { $line }: a column is missing. The first line names council, kind, vintage and inhabitants.
    }
