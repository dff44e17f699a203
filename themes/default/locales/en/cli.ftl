### The command “forge”.

cli-not-signed-in = You are not signed in. Run “forge auth login”.
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
cli-login-wrong-token = The forge does not know this token. Nothing was kept.
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
cli-ledger-bad-head = “{ $known }” is not a known head. Write the number of entries and the root: 411:xK3…=
cli-ledger-read =
    Ledger { $origin }: { NUM($entries) } entries, { NUM($checkpoints) } signed heads that agree
    root { $root }
    key { $key }
cli-ledger-verified = VERIFIED: the chain is whole, each book balances, and every signature fits.
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
cli-about-ledger-verify = Verify a ledger from a clone of the meta-repository, without a server
cli-arg-repo = Clone of the space’s meta-repository; the present folder when nothing is said
cli-arg-key = Public key to believe; the first one the clone ever held when nothing is said
cli-arg-known = A head you wrote down: number of entries and root
cli-arg-against = An older clone, whose entries and signed heads must still hold
