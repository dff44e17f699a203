## Operations: what the commands of forge-server say

backup-written = Backup written to { $file }: { $rows ->
    [one] { NUM($rows) } row
   *[other] { NUM($rows) } rows
  }, { $repositories ->
    [one] { NUM($repositories) } repository
   *[other] { NUM($repositories) } repositories
  }, { $evidence ->
    [one] { NUM($evidence) } document
   *[other] { NUM($evidence) } documents
  }, { $size }. It holds keys and documents: keep it private.
backup-restored = Backup restored into { $data }: { $rows ->
    [one] { NUM($rows) } row
   *[other] { NUM($rows) } rows
  }, { $repositories ->
    [one] { NUM($repositories) } repository
   *[other] { NUM($repositories) } repositories
  }, { $evidence ->
    [one] { NUM($evidence) } document
   *[other] { NUM($evidence) } documents
  }. Check it with “forge-server verify”, then start “forge-server serve”.
migrate-done = The database is at schema { NUM($schema) }.

verify-sound = Everything is in order (schema { NUM($schema) }).
verify-unsound = { $faults ->
    [one] { NUM($faults) } fault found.
   *[other] { NUM($faults) } faults found.
  } Keep a copy of things as they are before you repair anything.
verify-part-database = Database: { $faults ->
    [0] sound
    [one] { NUM($faults) } fault
   *[other] { NUM($faults) } faults
  }
verify-part-audit = Audit log: { $checked ->
    [one] { NUM($checked) } row
   *[other] { NUM($checked) } rows
  }, { $faults ->
    [0] chain intact
    [one] { NUM($faults) } fault
   *[other] { NUM($faults) } faults
  }
verify-part-ledgers = Ledgers: { $checked ->
    [one] { NUM($checked) } entry
   *[other] { NUM($checked) } entries
  }, { $faults ->
    [0] verified
    [one] { NUM($faults) } fault
   *[other] { NUM($faults) } faults
  }
verify-part-repositories = Repositories: { $checked ->
    [one] { NUM($checked) } repository
   *[other] { NUM($checked) } repositories
  }, { $faults ->
    [0] sound
    [one] { NUM($faults) } fault
   *[other] { NUM($faults) } faults
  }
verify-part-evidence = Documents: { $checked ->
    [one] { NUM($checked) } file
   *[other] { NUM($checked) } files
  }, { $faults ->
    [0] as they were filed
    [one] { NUM($faults) } fault
   *[other] { NUM($faults) } faults
  }

verify-database-damaged = The database says: { $why }.
verify-audit-gap = The rows of the log from row { $first } on are missing before this one.
verify-audit-changed = This row of the log, or the one before, is not what was written.
verify-repository-unreadable = The repository cannot be read: { $why }.
verify-repository-damaged = git says: { $why }.
verify-head-differs = HEAD names { $head }, and the default branch is { $branch }.
verify-reference-differs = { $ref } names { $stands }, and the log of pushes says { $says }.
verify-evidence-unreadable = The file cannot be read: { $why }.
verify-evidence-changed = The file no longer has the digest that stands in the ledger.

## The example world

demo-making = The example world is being made: some seconds, the first time only…
demo-ready = Beffroi is open at { $url }. Every account has the password “{ $password }”:
demo-try-terminal = In another terminal, first: the path of “forge”, the address and the token of each person ($NADIA, $MARC…):
demo-try-clone = 1. Clone a module, without an account:
demo-try-push = 2. Push a branch:
demo-try-publish = 3. Publish your own repository, from its folder:
demo-try-pledge = 4. Commit Aubervac to the open call, up to €12,000:
demo-try-see = 5. See all of it on the pages, without signing in:

## The examination and the settings

doctor-good = ✓ { $what }: { $found }
doctor-bad = ✗ { $what }: { $found }
doctor-folder = data folder
doctor-git = git
doctor-database = database
doctor-address = address to listen on
doctor-mail = mail server
config-good = All { NUM($keys) } settings can be used.
