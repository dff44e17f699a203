### Accounts: the first administrator, invitations, ways to sign in, tokens.

## Making an account

account-login = Login
account-login-hint = Lower-case letters, digits and hyphens; it is the name in addresses and in git
account-email = Professional e-mail address

## The first administrator

setup-title = First administrator
setup-intro = This forge has no administrator yet. Whoever opens this link first becomes one: they verify councils, see to backups and name other administrators. They never pledge and never vote.
setup-providers = Sign in first; this page then offers to make you an administrator.
setup-signed-in = You are signed in as { $name }.
setup-become = Become an administrator
setup-submit = Create the administrator’s account

## Invitations

invited-title = Invitation
invited-by = { $name } invites you to act for { $council } on this forge.
invited-to = You are invited to act for { $council } on this forge.
invited-role = Role
invited-for = For
invited-until = Valid until
invited-accept-title = Accept with your account
invited-as = You are signed in as { $name } ({ $login }).
invited-accept = Accept the invitation
invited-existing = You have an account
invited-sign-in = Sign in, then come back to this page
invited-accept-new = Create the account and accept

## Signing in

signin-wrong-password = The password does not match
signin-closed = Nobody can sign in: passwords are switched off and no identity provider is set. Tell the administrators of this forge.
signin-interrupted = The sign-in was interrupted or took too long. Start it again.
signin-declined = The identity provider did not confirm who you are. Start again, or sign in another way.
signin-unreachable = The identity provider does not answer. Try again in a few minutes, or sign in another way.
signin-unproven = The identity provider’s answer could not be verified. Start again; if it happens again, tell the administrators of this forge.
signin-another = That is not the account you are signed in with here. Choose your own at the identity provider.

## Linking an identity provider

link-title = Link this way of signing in
link-first = This e-mail address already has an account here. Sign in to it: you can then link the identity provider to it.
link-text = { $provider } knows you as { $person }. If you link it, whoever signs in there as { $person } acts here as { $login }.
link-submit = Link it to my account
link-no = Do not link
link-done = This way of signing in is linked to your account.

## My settings

settings-title = My settings
settings-done = Your settings are saved.
settings-account = Account
settings-language = Language of the pages
settings-language-auto = My browser’s
settings-roles = What I do for councils
settings-no-role = You act for no council yet. Ask those in charge at yours for an invitation.
settings-password = Password
settings-password-text = Changing it ends your sessions on other devices.
settings-password-submit = Change the password
settings-current-password = Current password
settings-new-password = New password
settings-end-tokens = Also revoke all my tokens
settings-identities = Identity providers
settings-identities-text = Sign in with the account of your council instead of a password.
settings-identity = Linked to { $provider }
settings-unlink = Unlink
password-done = Your password is changed. Your other sessions have ended.
unlink-done = This way of signing in is no longer linked to your account.

## Tokens

token-title = Access tokens
token-text = A token stands for you in git, in the command forge and in the API. Give each program its own, with no more reach than it needs.
token-list = Tokens that work
token-none = You have no token.
token-new = New token
token-make = Make a token
token-name = Name of the token
token-name-hint = For example: laptop, backup server
token-scope = Reach
token-scope-full = Everything
token-scope-write = Read and write
token-scope-write-hint = Everything you may do, except change your account or make tokens
token-scope-read = Read only
token-scope-read-hint = Everything you may see; changes nothing
token-scope-public-only = Public content only
token-scope-public-only-hint = What everyone may see
token-days = Works for
token-days-n = { $n ->
    [one] { NUM($n) } day
   *[other] { NUM($n) } days
}
token-used = Last used
token-never = Never
token-expires = Until
token-revoke = Revoke
token-revoke-done = The token is revoked.
token-made-title = Your new token
token-made-text = Copy it now: it is shown this once only.
token-made-label = Token

## Refusals

refusal-offer-over = There is nothing to link, or it took too long. Sign in with the identity provider again.
refusal-last-way-in = This is your only way of signing in: set a password or link another provider first.

## Erasing an account

erase-title = Erase the account
erase-settings = Your name, your address and every way in disappear from the forge, for good.
erase-link = Erase
erase-link-own = Erase my account…
erase-own = You are about to erase your account. Nobody can bring it back.
erase-other = You are about to erase the account “{ $login }”. Nobody can bring it back.
erase-goes = What goes
erase-goes-text = The name, the address, the login, the password, the tokens and the identity providers. Roles and mandates to sign end today.
erase-stays = What stays
erase-stays-text = What was done in the name of a council: the ledger has only a random number for its author, and that number now leads to nobody. Commits that were published keep the name git wrote into them.
erase-confirm = To confirm, write { $login }
erase-confirm-hint = The login of the account, as it is written above
erase-submit = Erase for good
erase-no = Erase nothing
erase-done = The account is erased.
erase-own-done = Your account is erased.
refusal-login-not-repeated = This is not the login of the account: nothing was erased.
refusal-erase-oneself = Erase your own account from your settings.
refusal-owns-modules = This account still owns modules: hand them to a council or a space first.

# Inhabitants and groupings.
admin-census = Inhabitants and groupings
admin-census-text = A file of counts, all recorded or none. Bodies that are no verified council here are passed over; the same file again changes nothing.
admin-census-file = CSV file
admin-census-hint = First line: council, kind, vintage, inhabitants, and where known reference_date and source. A council is written siren:213000003.
admin-census-submit = Import the counts
admin-census-done = { $recorded } recorded, { $unchanged } known already, { $unknown } of bodies that are no verified council here.
admin-grouping = Council of councils
admin-grouping-of = Grouping
admin-grouping-belongs = The council
admin-grouping-yes = belongs to the grouping
admin-grouping-no = does not belong to it any more
admin-grouping-submit = Record
admin-grouping-done = The grouping is recorded: inhabitants count once.
org-member-of = Member of
mandate-kinds = Acts it covers
mandate-kinds-all = committing and withdrawing
mandate-kinds-pledge = committing only
mandate-kinds-withdraw = withdrawing only
refusal-file-missing = Choose a file.
