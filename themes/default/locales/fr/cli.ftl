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

## Grand livre

cli-ledger-none = Il n’y a pas de grand livre dans { $path }.
cli-ledger-none-hint = Indiquez un clone du méta-dépôt d’un espace : « git clone https://…/ESPACE/meta », puis --repo meta.
cli-ledger-no-key = Aucune clé n’accompagne ce grand livre : donnez celle à laquelle vous vous fiez avec --key.
cli-ledger-bad-key = « { $key } » n’est pas la clé publique d’un grand livre (nom+id+clé).
cli-ledger-bad-head = « { $known } » n’est pas un état connu. Écrivez le nombre d’écritures et la racine : 411:xK3…=
cli-ledger-read =
    Grand livre { $origin } : { NUM($entries) } écritures, { NUM($checkpoints) } points de contrôle signés concordants
    racine { $root }
    clé { $key }
cli-ledger-verified = VÉRIFIÉ : la chaîne est entière, chaque livre est équilibré, toutes les signatures concordent.
cli-ledger-unsound = { $n ->
    [one] NON VÉRIFIÉ : une anomalie.
   *[other] NON VÉRIFIÉ : { NUM($n) } anomalies.
}

cli-fault-unreadable-entry = { $file }, ligne { $line }, n’est pas une écriture : { $why }
cli-fault-gap = L’écriture { $seq } manque ou n’est pas à sa place : on y trouve la { $found }.
cli-fault-unbalanced-entry = L’écriture { $seq } n’est pas équilibrée. { $why }
cli-fault-unlawful-entry = L’écriture { $seq } enfreint une règle. { $why }
cli-fault-not-canonical = La ligne de l’écriture { $seq } a été modifiée : elle n’est pas sous sa forme canonique.
cli-fault-broken-link = La chaîne est rompue à l’écriture { $seq } : elle a été modifiée après coup.
cli-fault-wrong-reversal = L’écriture { $seq } dit contre-passer une écriture, mais n’en est pas le miroir.
cli-fault-repeated-key = L’écriture { $seq } répète un acte déjà inscrit.
cli-fault-bad-checkpoint = Le point de contrôle { $place } n’est pas crédible : { $why }
cli-fault-checkpoint-mismatch = Une écriture entre la { $seq } et la { $size } n’est pas celle qui a été signée.
cli-fault-rollback = { NUM($signed) } écritures ont été signées et il n’y en a que { NUM($found) } : la fin a été coupée.
cli-fault-checkpoints-shrink = Un point de contrôle de { NUM($to) } écritures suit un autre de { NUM($from) }.
cli-fault-entry-differs = L’écriture { $seq } n’est pas celle du clone plus ancien : elle a été réécrite.
cli-fault-entry-missing = L’écriture { $seq } figure dans le clone plus ancien et manque ici.
cli-fault-unsigned-entry = À partir de l’écriture { $seq }, plus rien n’est signé.
cli-fault-key-changed = La clé qui accompagne le grand livre n’est pas celle des premières signatures.

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
cli-about-ledger = Lire et vérifier ce qui est écrit sur l’argent
cli-about-ledger-verify = Vérifier un grand livre à partir d’un clone du méta-dépôt, sans serveur
cli-arg-repo = Clone du méta-dépôt de l’espace ; le dossier courant par défaut
cli-arg-key = Clé publique à laquelle se fier ; par défaut, la première que le clone a connue
cli-arg-known = Un état que vous avez noté : nombre d’écritures et racine
cli-arg-against = Un clone plus ancien, dont les écritures et les signatures doivent toujours tenir
