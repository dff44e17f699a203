### Code, councils, spaces and modules.

## Module and code

code-module = Module
code-modules = Modules
code-sections = Module sections
code-overview = Overview
code-code = Code
code-readme = Read me
code-no-readme = This module has no README file
code-repo = Repository
code-branch = Branch
code-branches = Branches
code-tag = Tag
code-tags = Tags
code-branch-or-tag = Branch or tag
code-commit = Commit
code-commits = Commits
code-commit-count = { $n ->
    [one] { NUM($n) } commit
   *[other] { NUM($n) } commits
}
code-tree = Folder contents
code-tree-of = Contents of { $path }, { $rev }
code-root = root
code-folder-prefix = folder:
code-file-prefix = file:
code-link-prefix = symbolic link:
code-submodule-prefix = submodule:
code-file = File
code-last-change = Last change
code-last-commit = Latest commit:
code-author = Author
code-committer = Recorded by
code-parents = Parents
code-raw = Raw
code-blame = Blame
code-history = History
code-permalink = Permanent link
code-clone = Get the code
code-clone-https = Repository address (HTTPS)
code-archive = Download an archive
code-copy = Copy
code-copied = Copied
code-goto = Go to line
code-lines-label = Lines (for example 12-20)
code-lines-submit = Go and make the link
code-lines = { $n ->
    [one] { NUM($n) } line
   *[other] { NUM($n) } lines
}
code-content-of = Contents of { $path }
code-signed = Verified signature
code-unsigned = No signature
code-release = Release
code-releases = Releases
code-empty = This repository is empty
code-empty-text = Push a first branch to see code here.
code-too-large = This file is too large to show
code-binary = This file is not text
code-by = by { $name }
code-on = on { $date }

## Differences

diff-files = { $n ->
    [one] { NUM($n) } file changed
   *[other] { NUM($n) } files changed
}
diff-added = { $n ->
    [one] { NUM($n) } line added
   *[other] { NUM($n) } lines added
}
diff-removed = { $n ->
    [one] { NUM($n) } line removed
   *[other] { NUM($n) } lines removed
}
diff-summary = { $path }: { $added }, { $removed }
diff-of = Changes in { $path }
diff-file-list = Changed files
diff-old-line = Old no.
diff-new-line = New no.
diff-kind = Type
diff-content = Content
diff-unified = Unified view
diff-split = Side-by-side view
diff-binary = Binary file, not shown
diff-large = Changes too large to show
diff-empty = No difference
diff-renamed = Renamed from { $path }
diff-copied = Copied from { $path }
diff-created = File created
diff-deleted = File deleted
diff-mode = Permissions changed: { $old } becomes { $new }
diff-more = Show the next files
diff-view-file = View the file
diff-comment = Comment on line

## Merge requests and issues

mr-title = Merge request
mr-draft = Draft
mr-review = Review
mr-approve = Approve
mr-changes = Request changes
mr-merge = Merge
mr-merged = Merged
mr-conflict = Conflict to resolve
mr-checks = Automated checks
issue-title = Issue
issue-open = Open
issue-closed = Closed
issue-assign = Assign to
issue-label = Label
issue-milestone = Milestone
issue-board = Board
issue-move = Move to
issue-follow = Follow

## Councils and people

org-council = Council
org-councils = Councils
org-person = Person
org-kind = Kind
org-commune = Municipality
org-epci = Inter-municipal body
org-syndicat = Joint authority
org-department = Department council
org-region = Regional council
org-ccas = Municipal social care centre
org-agency = Agency
org-other = Other public body
org-agent = Public servant
org-referent = Named contact
org-elected = Lead councillor
org-population = Resident population
org-inhabitants = { $n ->
    [one] { NUM($n) } inhabitant
   *[other] { NUM($n) } inhabitants
}
org-siret = SIRET number
org-site = Official site
org-verified = Verified council
org-pending = Waiting for verification
org-members = Members
org-count = { $n ->
    [one] { NUM($n) } council
   *[other] { NUM($n) } councils
}

## Roles

role-developer = Developer
role-maintainer = Maintainer
role-lead = Project lead
role-finance = Finance officer
role-signatory = Authorised signatory
role-auditor = Auditor
role-supplier = Supplier
role-forge-admin = Forge administrator
role-mandate = Mandate to sign
role-mandate-max = Highest amount per act

## Modules

mod-users = Councils using it
mod-declare = Declare use
mod-providers = Service providers
mod-variants = Variants
mod-maturity = Maturity
mod-maturity-dev = In development
mod-maturity-pilot = Pilot
mod-maturity-live = Live
mod-maturity-end = Retired
mod-licence = Licence
mod-evidence = Assessment evidence
mod-description = Description
mod-visibility = Visibility
mod-visibility-council = Council
mod-visibility-space = Space
mod-visibility-public = Public
mod-visibility-council-text = Visible to members of the council that owns it
mod-visibility-space-text = Visible to members of the shared space
mod-visibility-public-text = Visible to everyone, and listed in the catalogue
mod-publish = Publish the module
mod-published = Published on { $date }
mod-publiccode-valid = publiccode.yml valid
mod-publiccode-invalid = publiccode.yml needs correction
mod-publiccode-absent = publiccode.yml missing

## Catalogue

catalogue-title = Catalogue of modules
catalogue-count = { $n ->
    [0] No module
    [one] { NUM($n) } module
   *[other] { NUM($n) } modules
}
catalogue-empty = No module matches
catalogue-empty-text = Remove a filter or search for another word.

## Shared spaces

space-space = Shared space
space-sections = Space sections
space-lead = Lead council
space-treasurer = Treasurer
space-member = Member
space-members = Members
space-contributor = Contributor
space-observer = Observer
space-suspended = Suspended
space-left = Left
space-join = Ask to join
space-agreement = Agreement
space-charter = Charter
space-steering = Steering committee
space-roadmap = Roadmap
space-lot = Work package
space-budget = Budget
space-purpose = Purpose
space-funding = Funding

## At the start

serve-setup = First administrator: open { $url } (once, within 24 hours).

## Councils: list and registration

councils-search = Search for a council
councils-empty = No council
councils-empty-text = Verified councils appear here.
org-suspended = Suspended council
org-population-of = Population in { $year }
council-no-space = This council belongs to no space.
owner-no-module = No module to show.
council-new-title = Register a council
council-new-intro = An administrator of the forge will make sure that the council is who it says it is. In the meantime you can invite your colleagues.
council-new-submit = Register the council
council-new-done = The council is registered. An administrator will verify it.
council-new-name = Name of the council
council-new-slug = Short name, in the address
council-new-country = Country
council-new-country-hint = In two letters, such as GB
council-new-ids = Official identifiers
council-new-ids-hint = One a line, such as uk_gss:E08000025
council-new-year = Year of the count
council-new-domains = Mail domains
council-new-domains-hint = Those of your people’s addresses, separated by commas

## Councils: people, mandates, invitations

council-settings-title = People and mandates
council-people = Who acts for the council
council-role = Role
council-period = Period
council-no-people = Nobody yet. Invite a first lead.
council-mandates = Mandates to sign
council-no-mandate = No mandate at present.
council-invitations = Invitations that are out
council-no-invitation = No invitation is out.
role-new-title = Give a role
role-new-intro = The person already has an account here. Otherwise, invite them.
role-new-submit = Give the role
role-new-done = The role is given.
role-new-person = Login of the person
role-new-person-hint = The short name of their account
role-new-from = First day
role-new-until = Last day
role-end = End the role
role-end-done = The role has ended.
mandate-new-title = Give a mandate
mandate-new-intro = The mandate says up to which amount a signatory commits the council, and by which act.
mandate-new-submit = Give the mandate
mandate-new-done = The mandate is given.
mandate-new-person-hint = A signatory of the council other than yourself
mandate-new-max = Highest amount per act, in { $currency }
mandate-act = Act
mandate-act-hint = Its number and date, such as “resolution 2026-112 of 16 November 2026”
mandate-revoke = Revoke
mandate-revoke-done = The mandate is revoked.
invitation-new-title = Invite a person
invitation-new-intro = You will get a link to pass on. It works once and gives the role you choose.
invitation-new-submit = Make the link
invitation-email = E-mail address
invitation-email-hint = If you give it, the link serves that address only.
invitation-days = How long the link works, in days
invitation-link = Pass this link on: it will not be shown again.
invitation-for = For
invitation-anyone = Whoever has the link
invitation-withdraw = Withdraw the invitation
invitation-withdraw-done = The invitation is withdrawn.

## Spaces: list, founding, members

spaces-intro = A space brings together councils that develop and fund the same modules.
spaces-search = Search for a space
spaces-count = { $n ->
    [0] No space
    [one] { NUM($n) } space
   *[other] { NUM($n) } spaces
}
spaces-empty = No space
spaces-empty-text = Spaces appear here as soon as a council founds one.
space-carried-by = carried by { $council }
space-asked = Asked to join
space-new-title = Found a space
space-new-intro = The council that founds the space carries it. A first charter is written to its repository; it is changed by a vote.
space-new-submit = Found the space
space-new-done = The space is founded.
space-new-name = Name of the space
space-new-purpose-hint = What it is for, in a sentence or two
space-new-treasurer-hint = Short name of the council that receives and pays; the lead if left empty
space-new-lang = Language of its papers
space-new-zone = Time zone of its deadlines
space-new-zone-hint = For example Europe/London
space-new-licence = Licence of its modules
space-new-licence-hint = An SPDX id, such as EUPL-1.2
space-new-none = You cannot found a space yet
space-new-none-text = It takes the lead of a verified council.
space-act = Act
space-act-hint = Number and date of the decision, if there is one already
space-join-intro = The lead of the space will answer.
space-join-submit = Ask to join
space-join-how = How do you wish to take part?
space-contributor-hint = A full member: writes code, votes, pledges.
space-observer-hint = Reads, comments and may pledge; writes no code.
space-ask-done = The lead of the space has been asked.
space-admit-contributor = Admit as a contributor
space-admit-observer = Admit as an observer
space-admit-refuse = Refuse
space-admit-suspend = Suspend
space-admit-done = The council’s standing is recorded.
space-leave = Leave the space
space-leave-done = The council has left the space.
person-drafts = Drafts
person-drafts-text = A person’s modules are drafts: they are not in the catalogue.

## Administration

admin-pending = Councils to verify
admin-no-pending = No council is waiting.
admin-proof = How you made sure
admin-verify = Verify
admin-verify-done = The council is verified.
admin-suspended = Suspended councils
admin-suspend-done = The council is suspended.
admin-people = Accounts
admin-email = E-mail address
admin-active = Active
admin-disabled = Disabled
admin-disable = Disable
admin-disable-done = The account is disabled; its sessions and tokens have ended.
admin-enable = Enable
admin-enable-done = The account is enabled.
admin-invite = Make an administrator
admin-invite-text = The link makes an administrator’s account. It works once, within 24 hours.
admin-invite-submit = Make a link
admin-link = Pass this link to a person you trust: it will not be shown again.
