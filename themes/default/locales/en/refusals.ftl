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
refusal-branch-moved = The default branch has changed since you looked at it. Read it again, then retry.
refusal-council-missing = You act for several councils: say in whose name.
refusal-body-not-json = The body of the request must be JSON, with the header Content-Type: application/json.
refusal-body-invalid = The body of the request is not what is expected: { $why }.
refusal-body-unreadable = The body of the request could not be read to its end.
refusal-query-invalid = The parameters of the address are not what is expected: { $why }.
