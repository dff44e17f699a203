### The command “forge”.

cli-not-signed-in = You are not signed in. Run “forge auth login”.
cli-no-answer = { $host } does not answer: { $reason }
cli-done = Done.
