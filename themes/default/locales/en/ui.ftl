### What every page shares: navigation, footer, forms, errors, general pages.
### The rules of writing are in themes/default/README.md; the tests hold them.

## Navigation

nav-skip = Skip to content
nav-main = Main navigation
nav-account = Account and language
nav-catalogue = Catalogue
nav-spaces = Shared spaces
nav-calls = Co-funding calls
nav-councils = Councils
nav-ledger = Transparency
nav-dashboard = My dashboard
nav-settings = My settings
nav-admin = Administration
nav-signin = Sign in
nav-signout = Sign out
nav-search = Search
nav-search-label = Search for a module, a space, a council
nav-breadcrumb = Breadcrumb
nav-home = Home
nav-scheme = Appearance
nav-scheme-auto = Automatic
nav-scheme-light = Light
nav-scheme-dark = Dark
nav-scheme-apply = Apply appearance

## Footer

foot-label = About this site
foot-about = About
foot-method = How shares are computed
foot-legal = Legal notice
foot-privacy = Personal data
foot-a11y-none = Accessibility: not compliant
foot-a11y-partial = Accessibility: partially compliant
foot-a11y-full = Accessibility: fully compliant
foot-report = Report an accessibility problem
foot-data = Open data and API
foot-licence = Each piece of software is published under its own free licence. Unless stated otherwise, other content is available under Licence Ouverte 2.0.
foot-print = Position at { $date }, { $address }

## Common words

common-optional = (optional)
common-allreq = All fields are required.
common-somereq = Fields not marked “optional” are required.
common-saved = Saved
common-save = Save
common-continue = Continue
common-confirm = Confirm
common-check = Check
common-edit = Change
common-cancel = Cancel
common-delete = Delete
common-create = Create
common-add = Add
common-send = Send
common-back = Back
common-show = Show
common-filter = Filter
common-filters = Filters
common-sort = Sort
common-sort-by = Sort by
common-all = All
common-all-f = All
common-none = None
common-none-f = None
common-yes = Yes
common-no = No
common-unknown = Unknown
common-date = Date
common-name = Name
common-state = State
common-total = Total
common-amount = Amount
common-actions = Actions
common-details = Details
common-more = Learn more
common-choose = Choose
common-since = since { $date }
common-until = until { $date }
common-next = Next page
common-prev = Previous page
common-pages = Pages
common-page-next-of = Next page: { $what }
common-results = { $n ->
    [one] { NUM($n) } result
   *[other] { NUM($n) } results
}
common-updated = Updated on { $date }
common-inlang-fr = (in French)
common-inlang-en = (in English)
common-copy = Copy
common-copied = Copied
common-download = Download
common-filter-count = # rows shown
common-success = Success
common-warning = Warning
common-information = Information
common-failure = Failure

## File sizes

size-bytes = { $n ->
    [one] { NUM($n) } byte
   *[other] { NUM($n) } bytes
}
size-kilo = { $size } KB
size-mega = { $size } MB
size-giga = { $size } GB

## Forms: mistakes in what was typed

common-err-sum = { $n ->
    [one] There is a problem in the form
   *[other] There are { NUM($n) } problems in the form
}
common-err-prefix = Error:
common-err-required = Fill in this field
common-err-choose = Choose an answer
common-err-money = Enter an amount, for example 12,500.50
common-err-money-decimals = Enter an amount with at most two decimals
common-err-money-positive = Enter an amount above zero
common-err-date = Enter a date as DD/MM/YYYY, for example 15/12/2026
common-err-date-past = Enter a date in the future
common-err-number = Enter a whole number, for example 12,345
common-err-email = Enter an e-mail address, for example name@council.example
common-err-slug = Enter 1 to 40 lower-case letters, digits or hyphens, with no hyphen at either end
common-err-slug-taken = This name is already taken
common-err-too-long = { $n ->
    [one] Enter at most { NUM($n) } character
   *[other] Enter at most { NUM($n) } characters
}
common-err-too-short = { $n ->
    [one] Enter at least { NUM($n) } character
   *[other] Enter at least { NUM($n) } characters
}
common-err-file-large = Choose a file of at most { $size }
common-err-file-kind = Choose a PDF file or an image
common-hint-date = As DD/MM/YYYY, for example 15/12/2026
common-hint-money = For example 12,500 or 12,500.50
common-hint-slug = Lower-case letters, digits and hyphens; this name is part of the address
common-hint-file = At most { $size }

## Error pages

error-label = Code { $status }
error-400-title = Request not understood
error-401-title = Sign in first
error-403-title = Restricted access
error-404-title = Page not found
error-405-title = Method refused
error-409-title = Someone was faster
error-413-title = Too much data
error-422-title = Not accepted
error-429-title = Too many requests
error-500-title = Server failure
error-503-title = Service unavailable
error-reference = Reference to quote:
error-home = Back to the home page

## Home

home-title = The free software that councils develop together
home-lead = Read the code, see who uses it and who pays for it, or join a shared space.
home-how = How shares are computed
home-figures = This instance in figures
home-modules = Published modules
home-councils = Councils
home-spaces = Shared spaces
home-open-calls = Open calls
home-recent = Recent modules
home-calls = Open calls
home-all-modules = See the whole catalogue
home-all-calls = See all calls
home-no-module = No module is published yet
home-no-module-text = Modules appear here when a council publishes them.
home-no-call = No call is open
home-no-call-text = Co-funding calls appear here as soon as they are published.
home-module-used = { $n ->
    [0] no council has declared using it
    [one] used by { NUM($n) } council
   *[other] used by { NUM($n) } councils
}

## Signing in

signin-title = Sign in
signin-intro = Reading is open to all: an account serves to publish, to review and to commit one’s council.
signin-login = Login or e-mail address
signin-password = Password
signin-submit = Sign in
signin-failed = The login or the password does not match
signin-too-many = Too many tries: wait { $n ->
    [one] { NUM($n) } minute
   *[other] { NUM($n) } minutes
} before trying again
signin-with = Sign in with { $provider }
signin-providers = With your council’s account
signin-local = With a password
signin-again = Confirm that it is you
signin-again-text = What you are about to do asks that you proved recently who you are.
signin-done = You are signed in.
signout-done = You are signed out.
signup-title = Create your account
signup-password-hint = 12 to 128 characters; a sentence will do very well
signup-name = Displayed name

## General pages

about-title = About
legal-title = Legal notice
privacy-title = Personal data
accessibility-title = Accessibility
method-title = How shares are computed
