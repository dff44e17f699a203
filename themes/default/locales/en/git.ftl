### What the forge tells git: one line an idea, shown after “remote:”.

git-sign-in = Sign in: give a personal access token as the password.
git-not-offered = Only git’s smart protocol is served here: use git 1.6.6 or newer.
git-created = The module { $path } was created. It is not public: publish it at { $address } when it is ready.
