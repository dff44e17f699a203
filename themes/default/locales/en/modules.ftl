### Pages of modules: presentation, files, history, publication.

code-about = publiccode.yml
code-path = Path
code-size = Size
code-up = Parent folder
code-facts = At a glance
code-owner = Owner
code-published = Published on
code-message = Message
code-signature = Signature
code-signature-unchecked = Signed, signature not checked here
code-default = Default branch
code-protected = Protected
code-executable = executable
code-view-source = Show the source
code-view-rendered = Show the preview
code-tree-then = Show the files at this commit
code-link-to = Symbolic link to:
code-lfs = This file is kept by Git LFS
code-lfs-text = The repository only holds the pointer below; the file itself is { $size }.
code-file-empty = This file is empty
code-file-empty-text = It is in the repository, with no content.
code-download-text = Download it to open it with suitable software.
code-hidden = This file holds characters that are invisible or turn the reading direction: they are marked where they stand.
code-lines-cut = { $n ->
    [one] Only the first line is shown.
   *[other] Only the first { NUM($n) } lines are shown.
}
code-tree-cut = { $n ->
    [one] Only the first entry is shown.
   *[other] Only the first { NUM($n) } entries are shown.
}
code-changes-incomplete = The folder is large: the last change is not known for every entry.
code-history-incomplete = The search stopped before the end of the history, which is very long.
code-commits-of = History of { $path }
code-commits-in = Commits of { $rev }
code-no-commit = No commit
code-no-commit-text = Nothing changed here in this revision.
code-no-tag = No release
code-no-tag-text = Releases appear here once a tag is pushed.
code-no-readme-text = A README.md at the root presents the module to visitors.
code-empty-existing = From a repository you already have
code-empty-push = Push the first branch
code-empty-new = From an empty folder
code-empty-token = Git asks for a password: give a personal access token, made in your settings.
diff-cut = { $n ->
    [one] Only the first file is shown.
   *[other] Only the first { NUM($n) } files are shown.
}
diff-file-cut = The rest of the changes of this file is not shown.
diff-file-empty = The file is empty.
diff-submodule = Submodule: its commit changed.
diff-size-before = before: { $size }
diff-size-after = after: { $size }
mod-publish-unconfirmed = Tick the box to confirm the publication
mod-publish-done = The module is public.
mod-created-done = The module is created: push your code.
mod-new = Create a module
mod-new-text = The module will be created under { $owner }. Only its members see it until it is published.
mod-new-submit = Create the module
mod-settings = Settings
mod-settings-branch = Branch a clone begins on
mod-settings-submit = Save the settings
mod-settings-done = The settings are saved.
mod-slug = Short name
mod-title = Title
mod-council = In which council’s name
publish-text = Publishing makes the code, its history and its releases visible to everyone, without an account. Others may then keep a copy: read the history again, which may hold passwords or personal data.
publish-checks = Checks
publish-ok = In order
publish-blocking = To do first
publish-advised = Advised
publish-code = Code is pushed to the default branch
publish-licence = A licence file stands at the root
publish-readme = A README stands at the root
publish-confirm = I want to make this module public
publish-confirm-hint = The whole history becomes public.
publish-submit = Publish
publish-not-ready = The module cannot be published yet: do what is marked first.
sheet-errors = { $n ->
    [one] { NUM($n) } error to mend
   *[other] { NUM($n) } errors to mend
}
sheet-warnings = { $n ->
    [one] { NUM($n) } piece of advice
   *[other] { NUM($n) } pieces of advice
}
sheet-absent-text = This file at the root makes the module known to catalogues of public software.
sheet-licence = Licence
sheet-organisation = Organisation
sheet-version = Version
sheet-release-date = Release date
sheet-status = Maturity
sheet-type = Kind
sheet-maintenance = Maintenance
sheet-platforms = Platforms
sheet-categories = Fields
sheet-languages = Languages
sheet-used-by = Used by
sheet-funded-by = Funded by
sheet-url = Repository
sheet-landing = Site
catalogue-words = Words
catalogue-all = Show the whole catalogue
open-data-title = Open data and API
