### La commande « forge ».

cli-not-signed-in = Vous n’êtes pas connecté. Lancez « forge auth login ».
cli-no-answer = { $host } ne répond pas : { $reason }
cli-refused = { $host } a refusé la demande (état { $status }).
cli-unreadable = La réponse de { $host } n’a pas pu être lue : { $reason }
cli-bad-host = « { $host } » n’est pas l’adresse d’une forge. Écrivez par exemple https://forge.exemple.fr.
cli-no-home = Aucun dossier personnel n’est connu. Définissez HOME ou XDG_CONFIG_HOME.
cli-config-failed = { $path } n’a pas pu être lu ou écrit : { $reason }
cli-no-file = { $path } n’a pas pu être lu : { $reason }
cli-not-utf8 = Le fichier n’est pas un texte en UTF-8.
cli-git-failed = La commande git a échoué : { $reason }
cli-done = Fait.

## Que faire ensuite

cli-hint-sign-in = Connectez-vous avec « forge auth login », ou vérifiez le jeton dans FORGE_TOKEN.
cli-hint-not-allowed = Votre rôle ne le permet pas. « forge auth status » dit qui vous êtes.
cli-hint-not-found = Vérifiez le nom. Ce que vous n’avez pas le droit de voir se présente comme absent.
cli-hint-conflict = Relisez l’état actuel, puis recommencez.
cli-hint-wait = Trop de demandes en peu de temps : attendez une minute.
cli-hint-server = L’erreur vient de la forge. Si elle persiste, prévenez son administrateur.

## Connexion

cli-login-ask-host = Adresse de la forge :
cli-login-ask-token = Jeton (créez-en un sur { $page }) :
cli-login-no-host = Indiquez l’adresse de la forge avec --host.
cli-login-no-token = Aucun jeton n’a été donné.
cli-login-wrong-token = La forge ne connaît pas ce jeton. Rien n’a été enregistré.
cli-login-done = Vous êtes connecté à { $host } en tant que { $login }.
cli-logout-done = Le jeton de { $host } est oublié sur cette machine. Pour qu’il ne serve plus nulle part, révoquez-le sur la forge.
cli-status-active = { $host } : { $login } (forge active)
cli-status-other = { $host } : { $login }
cli-status-invalid = { $host } : { $reason }
cli-setup-git-done = Git utilisera désormais votre jeton pour { $host }.

## Quotes-parts

cli-share-council = COLLECTIVITÉ
cli-share-share = QUOTE-PART
cli-share-vat = TVA
cli-share-tranche = TRANCHE { $n }
cli-share-total = TOTAL
cli-share-gap = Il manque { $amount } : toutes les collectivités sont à leur plafond.

## Aide

cli-usage = Utilisation :
# clap ajoute le deux-points ; l’espace qui le précède est à nous.
cli-heading-commands = Commandes{ "\u00A0" }
cli-heading-arguments = Arguments{ "\u00A0" }
cli-heading-options = Options{ "\u00A0" }
cli-heading-globals = Options communes{ "\u00A0" }

cli-about = Beffroi, la forge des collectivités, en ligne de commande.
cli-about-auth = Se connecter à une forge
cli-about-auth-login = Se connecter avec un jeton
cli-about-auth-logout = Oublier le jeton d’une forge
cli-about-auth-status = Dire sur quelles forges vous êtes connecté
cli-about-auth-token = Afficher le jeton
cli-about-auth-setup-git = Laisser git utiliser le jeton
cli-about-auth-git-credential = Répondre à git, qui demande un mot de passe
cli-about-share = Calculer des quotes-parts, sans serveur
cli-about-share-compute = Répartir un coût entre des collectivités, au centime près
cli-about-api = Envoyer une requête à l’API
cli-about-completion = Écrire le script de complétion d’un interpréteur de commandes

cli-arg-host = Adresse de la forge
cli-arg-token = Jeton d’accès
cli-arg-json = Répondre en JSON, sur une ligne
cli-arg-yes = Ne pas demander de confirmation
cli-arg-lang = Langue des textes
cli-arg-help = Afficher cette aide
cli-arg-version = Afficher la version
cli-arg-from = Fichier à lire, « - » pour l’entrée standard
cli-arg-auth-login-with-token = Lire le jeton sur l’entrée standard
cli-arg-auth-git-credential-operation = Ce que git demande
cli-arg-api-method = Méthode HTTP
cli-arg-api-path = Chemin sous /api/v1
cli-arg-api-input = Fichier JSON à envoyer, « - » pour l’entrée standard
cli-arg-completion-shell = Interpréteur de commandes
