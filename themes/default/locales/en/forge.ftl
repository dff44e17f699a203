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
