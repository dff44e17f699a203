### Comptes : premier administrateur, invitations, façons de se connecter, jetons.

## Créer un compte

account-login = Identifiant
account-login-hint = Lettres minuscules, chiffres et traits d’union ; c’est le nom dans les adresses et dans git
account-email = Adresse électronique professionnelle

## Le premier administrateur

setup-title = Premier administrateur
setup-intro = Cette forge n’a pas encore d’administrateur. La première personne qui ouvre ce lien le devient : elle vérifie les collectivités, veille aux sauvegardes et nomme d’autres administrateurs. Elle ne s’engage ni ne vote jamais pour une collectivité.
setup-providers = Connectez-vous d’abord : cette page vous proposera ensuite de devenir administrateur.
setup-signed-in = Vous êtes connecté sous le nom de { $name }.
setup-become = Devenir administrateur
setup-submit = Créer le compte d’administrateur

## Invitations

invited-title = Invitation
invited-by = { $name } vous invite à agir pour { $council } sur cette forge.
invited-to = Vous êtes invité à agir pour { $council } sur cette forge.
invited-role = Rôle
invited-for = Pour
invited-until = Valable jusqu’au
invited-accept-title = Accepter avec votre compte
invited-as = Vous êtes connecté sous le nom de { $name } ({ $login }).
invited-accept = Accepter l’invitation
invited-existing = Vous avez déjà un compte
invited-sign-in = Se connecter, puis revenir à cette page
invited-accept-new = Créer le compte et accepter

## Connexion

signin-wrong-password = Le mot de passe ne correspond pas
signin-closed = Personne ne peut se connecter : les mots de passe sont désactivés et aucun fournisseur d’identité n’est déclaré. Prévenez les administrateurs de cette forge.
signin-interrupted = La connexion a été interrompue ou a pris trop de temps. Recommencez.
signin-declined = Le fournisseur d’identité n’a pas confirmé qui vous êtes. Recommencez, ou connectez-vous autrement.
signin-unreachable = Le fournisseur d’identité ne répond pas. Réessayez dans quelques minutes, ou connectez-vous autrement.
signin-unproven = La réponse du fournisseur d’identité n’a pas pu être vérifiée. Recommencez ; si cela se reproduit, prévenez les administrateurs de cette forge.
signin-another = Ce n’est pas le compte avec lequel vous êtes connecté ici. Choisissez le vôtre chez le fournisseur d’identité.

## Relier un fournisseur d’identité

link-title = Relier cette façon de se connecter
link-first = Cette adresse électronique a déjà un compte ici. Connectez-vous à ce compte : vous pourrez ensuite y relier le fournisseur d’identité.
link-text = { $provider } vous connaît sous le nom de { $person }. Si vous reliez les deux, quiconque s’y connecte en tant que { $person } agit ici en tant que { $login }.
link-submit = Relier à mon compte
link-no = Ne pas relier
link-done = Cette façon de se connecter est reliée à votre compte.

## Mes réglages

settings-title = Mes réglages
settings-done = Vos réglages sont enregistrés.
settings-account = Compte
settings-language = Langue des pages
settings-language-auto = Celle de mon navigateur
settings-roles = Mes rôles
settings-no-role = Vous n’agissez encore pour aucune collectivité. Demandez une invitation aux responsables de la vôtre.
settings-password = Mot de passe
settings-password-text = Le changer met fin à vos sessions sur vos autres appareils.
settings-password-submit = Changer le mot de passe
settings-current-password = Mot de passe actuel
settings-new-password = Nouveau mot de passe
settings-end-tokens = Révoquer aussi tous mes jetons
settings-identities = Fournisseurs d’identité
settings-identities-text = Connectez-vous avec le compte de votre collectivité plutôt qu’avec un mot de passe.
settings-identity = Relié à { $provider }
settings-unlink = Délier
password-done = Votre mot de passe est changé. Vos autres sessions sont terminées.
unlink-done = Cette façon de se connecter n’est plus reliée à votre compte.

## Jetons

token-title = Jetons d’accès
token-text = Un jeton vous représente dans git, dans la commande forge et dans l’API. Donnez le sien à chaque programme, sans plus de portée que nécessaire.
token-list = Jetons en service
token-none = Vous n’avez aucun jeton.
token-new = Nouveau jeton
token-make = Créer un jeton
token-name = Nom du jeton
token-name-hint = Par exemple : portable, serveur de sauvegarde
token-scope = Portée
token-scope-full = Tout
token-scope-write = Lecture et écriture
token-scope-write-hint = Tout ce que vous pouvez faire, sauf modifier votre compte ou créer des jetons
token-scope-read = Lecture seule
token-scope-read-hint = Tout ce que vous pouvez voir ; ne modifie rien
token-scope-public-only = Contenu public seulement
token-scope-public-only-hint = Ce que tout le monde peut voir
token-days = Durée
token-days-n = { $n ->
    [one] { NUM($n) } jour
   *[other] { NUM($n) } jours
}
token-used = Dernière utilisation
token-never = Jamais
token-expires = Jusqu’au
token-revoke = Révoquer
token-revoke-done = Le jeton est révoqué.
token-made-title = Votre nouveau jeton
token-made-text = Copiez-le maintenant : il n’est affiché que cette fois.
token-made-label = Jeton

## Refus

refusal-offer-over = Il n’y a rien à relier, ou cela a pris trop de temps. Connectez-vous de nouveau avec le fournisseur d’identité.
refusal-last-way-in = C’est votre seule façon de vous connecter : choisissez d’abord un mot de passe, ou reliez un autre fournisseur.

## Effacer un compte

erase-title = Effacer le compte
erase-settings = Votre nom, votre adresse et vos accès disparaissent de la forge, sans retour possible.
erase-link = Effacer
erase-link-own = Effacer mon compte…
erase-own = Vous êtes sur le point d’effacer votre compte. Personne ne pourra le rétablir.
erase-other = Vous êtes sur le point d’effacer le compte « { $login } ». Personne ne pourra le rétablir.
erase-goes = Ce qui disparaît
erase-goes-text = Le nom, l’adresse, l’identifiant, le mot de passe, les jetons et les fournisseurs d’identité. Les rôles et les délégations de signature prennent fin aujourd’hui.
erase-stays = Ce qui reste
erase-stays-text = Les actes accomplis au nom d’une collectivité : le grand livre ne les attribue qu’à un numéro tiré au hasard, qui ne mène plus à personne. Les commits déjà publiés gardent le nom que git y a inscrit.
erase-confirm = Pour confirmer, écrivez { $login }
erase-confirm-hint = L’identifiant du compte, tel qu’il est écrit ci-dessus
erase-submit = Effacer définitivement
erase-no = Ne rien effacer
erase-done = Le compte est effacé.
erase-own-done = Votre compte est effacé.
refusal-login-not-repeated = Ce n’est pas l’identifiant du compte : rien n’a été effacé.
refusal-erase-oneself = Effacez votre propre compte depuis vos réglages.
refusal-owns-modules = Ce compte possède encore des modules : confiez-les d’abord à une collectivité ou à un espace.

# Populations et groupements.
admin-census = Populations et groupements
admin-census-text = Un fichier de populations, toutes enregistrées ou aucune. Les organismes qui ne sont pas ici des collectivités vérifiées sont passés ; le même fichier une deuxième fois ne change rien.
admin-census-file = Fichier CSV
admin-census-hint = Première ligne : council, kind, vintage, inhabitants, et s’ils sont connus reference_date et source. Une collectivité s’écrit siren:213000003.
admin-census-submit = Importer les populations
admin-census-done = { $recorded } enregistrées, { $unchanged } déjà connues, { $unknown } d’organismes qui ne sont pas ici des collectivités vérifiées.
admin-grouping = Groupement de collectivités
admin-grouping-of = Groupement
admin-grouping-belongs = La collectivité
admin-grouping-yes = appartient au groupement
admin-grouping-no = n’y appartient plus
admin-grouping-submit = Enregistrer
admin-grouping-done = Le groupement est enregistré : chaque habitant compte une fois.
org-member-of = Membre de
mandate-kinds = Actes couverts
mandate-kinds-all = engagement et retrait
mandate-kinds-pledge = engagement seulement
mandate-kinds-withdraw = retrait seulement
refusal-file-missing = Choisissez un fichier.
