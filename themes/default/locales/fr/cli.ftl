### La commande « forge ».

cli-not-signed-in = Vous n’êtes pas connecté. Lancez « forge auth login ».
cli-no-token = Il faut un compte pour cela.
cli-token-unknown = La forge ne connaît pas ce jeton, ou il n’est plus valable.
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
cli-login-wrong-token = Rien n’a été enregistré. Créez un jeton sur la page des réglages de la forge, et copiez-le en entier.
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
cli-ledger-bad-head = « { $known } » n’est pas un état connu. Écrivez le nombre d’écritures, un deux-points et la racine.
cli-ledger-read = { $entries ->
    [one] Grand livre { $origin } : { NUM($entries) } écriture
   *[other] Grand livre { $origin } : { NUM($entries) } écritures
}
cli-ledger-heads = { $checkpoints ->
    [one] { NUM($checkpoints) } point de contrôle signé concorde
   *[other] { NUM($checkpoints) } points de contrôle signés concordent
}
cli-ledger-root =
    racine { $root }
    clé { $key }
cli-ledger-empty = Rien n’est encore écrit dans ce grand livre.
cli-ledger-verified = VÉRIFIÉ : la chaîne est entière, chaque livre est équilibré, toutes les signatures concordent.
cli-ledger-sound = écritures 1 à { NUM($entries) } : chaîne entière · sommes nulles · sans trou · signatures valides
cli-ledger-known = l’état connu ({ $from }) de { $size ->
    [one] { NUM($size) } écriture
   *[other] { NUM($size) } écritures
} en est le début : oui
cli-ledger-known-given = donné par vous
cli-ledger-known-older = clone plus ancien
cli-ledger-known-clone = ce clone, avant
cli-ledger-closed = { $left ->
    [0] { $call } clos : tous les comptes à zéro
    [one] { $call } en clôture : { NUM($left) } compte n’est pas encore à zéro
   *[other] { $call } en clôture : { NUM($left) } comptes ne sont pas encore à zéro
}
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

cli-empty = Rien à afficher.
cli-not-confirmed = Non confirmé : rien n’a été fait.
cli-not-confirmed-hint = Tapez le mot demandé, ou ajoutez --yes.

## Colonnes

cli-col-account = COMPTE
cli-col-act = ACTE
cli-col-amount = MONTANT
cli-col-branch = BRANCHE
cli-col-call = APPEL
cli-col-cap = PLAFOND PAR COLLECTIVITÉ
cli-col-ceiling = PLAFOND
cli-col-checked = CONTRÔLÉE
cli-col-rejected = REJETÉE
cli-col-council = COLLECTIVITÉ
cli-col-councils = COLLECTIVITÉS
cli-col-date = DATE
cli-col-deadline = ÉCHÉANCE
cli-col-description = DESCRIPTION
cli-col-due = PRÉVU LE
cli-col-email = ADRESSE
cli-col-firm = FERME
cli-col-floor = PLANCHER
cli-col-funded = FINANCÉ
cli-col-gross = TTC
cli-col-id = IDENTIFIANT
cli-col-intended = INTENTIONS
cli-col-kind = NATURE
cli-col-lead = CHEF DE FILE
cli-col-licence = LICENCE
cli-col-mandate = DÉLÉGATION
cli-col-max = JUSQU’À
cli-col-members = MEMBRES
cli-col-milestone = JALON
cli-col-minimum = SEUIL
cli-col-missing = MANQUE
cli-col-module = MODULE
cli-col-modules = MODULES
cli-col-n = N°
cli-col-name = NOM
cli-col-net = HT
cli-col-note = REMARQUE
cli-col-now = AUJOURD’HUI
cli-col-number = NUMÉRO
cli-col-page = PAGE
cli-col-person = PERSONNE
cli-col-pledge = ENGAGEMENT
cli-col-population = HABITANTS
cli-col-purpose = OBJET
cli-col-reason = MOTIF
cli-col-ref = RÉFÉRENCE
cli-col-role = RÔLE
cli-col-rule = CLÉ
cli-col-share = QUOTE-PART
cli-col-signatory = SIGNATAIRE
cli-col-since = DEPUIS
cli-col-site = SITE
cli-col-space = ESPACE
cli-col-state = ÉTAT
cli-col-target = OBJECTIF
cli-col-then = ALORS
cli-col-title = INTITULÉ
cli-col-treasurer = PORTEUR FINANCIER
cli-col-until = JUSQU’AU
cli-col-updated = MODIFIÉ LE
cli-col-vat = TVA
cli-col-visibility = VISIBILITÉ

## Collectivités, espaces, membres

cli-council-status-pending = à vérifier
cli-council-status-verified = vérifiée
cli-council-status-suspended = suspendue
cli-council-registered = { $council } est enregistrée ; l’administration de la forge doit encore la vérifier.
cli-council-verified = { $council } est vérifiée.
cli-membership-asked = demande à entrer
cli-membership-observer = observateur
cli-membership-contributor = contributeur
cli-membership-suspended = suspendu
cli-membership-left = parti
cli-space-founded = L’espace « { $space } » est fondé : { $page }
cli-space-member = { $council } : { $state }
cli-member-invited =
    { $link }
    Ce lien sert une seule fois, jusqu’au { $until }. Il n’est montré que maintenant.
cli-member-accepted = L’invitation est acceptée. « forge me » dit ce que vous pouvez faire désormais.
cli-member-invitation = Invitation en attente : { $role } { $email }, jusqu’au { $until }
cli-member-granted = { $person } a le rôle « { $role } » à { $council } à partir du { $from }.
cli-member-no-role = Cette personne n’a pas ce rôle dans cette collectivité.
cli-member-mandated = { $person } peut engager { $council } jusqu’à { $amount } par acte, jusqu’au { $until }.

## Modules

cli-module-cloned = Cloné dans { $folder }.
cli-module-name = « { $module } » n’est pas le nom d’un module. Écrivez PROPRIÉTAIRE/MODULE.
cli-module-council = collectivité
cli-module-space = espace
cli-module-public = publique

## Publication

cli-publish-no-copy = Ce dossier n’est pas une copie de travail de git. Lancez la commande dans une copie de travail.
cli-publish-no-branch = Aucune branche n’est active : placez-vous avec « git switch » sur celle à publier.
cli-publish-no-commit = Rien n’est encore validé (commit).
cli-publish-shallow = Ce clone est superficiel : le début de l’historique lui manque. Complétez-le avec « git fetch --unshallow ».
cli-publish-dirty = Des modifications non validées ne seraient pas publiées : { $names }. Validez-les ou mettez-les de côté.
cli-publish-untracked = Des fichiers que git ne suit pas ne seront pas publiés : { $names }.
cli-publish-no-licence = Il n’y a pas de licence à la racine : ajoutez un fichier LICENSE, par exemple le texte de l’EUPL-1.2.
cli-publish-no-readme = Il n’y a pas de README à la racine : dites en quelques mots à quoi sert ce code.
cli-publish-no-sheet = publiccode.yml est absent : les catalogues ne trouveront pas le module.
cli-publish-error = erreur         { $message }
cli-publish-warning = avertissement  { $message }
cli-publish-ready = Peut être publié.
cli-publish-not-ready = Ne peut pas encore être publié.
cli-publish-no-owner = Indiquez pour quel espace ou quelle collectivité avec --owner.
cli-publish-ask-owner = Espace ou collectivité qui publie :
cli-publish-bad-name = « { $name } » ne peut pas être le nom d’un module : { $reason } Choisissez-en un avec --name.
cli-publish-meaning = La branche { $branch } et ses étiquettes deviennent publiques sur { $host }, sous le nom { $module } : tout le monde les lira, et les copies ne se reprennent pas.
cli-publish-ask = Publier ? [tapez { $word }]
cli-publish-done =
    { $module } est public : { $url }
    Pour y pousser désormais : git remote add beffroi { $git }

## Appels et engagements

cli-call-invalid = { $path } n’est pas un appel : { $reason }
cli-call-invalid-hint = « forge call template » en écrit un pour commencer.
cli-call-no-space = Indiquez dans quel espace avec --space, ou par « space » dans le fichier.
cli-call-two-spaces = Le fichier indique l’espace { $file } et --space l’espace { $flag }.
cli-call-stands =
    { $ref } : { $state }
    { $page }
cli-call-councils = { NUM($n) } fermes, { NUM($min) } nécessaires au moins
cli-call-at-ceiling = à son plafond
cli-pledge-stands = { $ref } : { $state }
cli-pledge-prospect = Quote-part aujourd’hui { $now } · si toutes entrent { $best } · jamais plus de { $ceiling }
cli-pledge-entry = Écriture { $seq } du grand livre, empreinte { $hash }
cli-pledge-second-check = La pièce justificative attend le contrôle d’une deuxième personne.
cli-pledge-none = { $council } n’a pas d’engagement sur { $call }.
cli-evidence-none-waits = Aucune pièce de { $pledge } n’attend de contrôle.
cli-evidence-several-wait = Plusieurs pièces de { $pledge } attendent un contrôle : désignez-en une par son identifiant, que montre « forge evidence list { $pledge } ».
cli-commit-mandate = délégation jusqu’à { $max } par acte
cli-commit-no-mandate = aucune délégation connue à votre nom
cli-commit-meaning =
    { $call }
    Vous agissez pour { $council } : { $mandate }.
    Condition : dû seulement si l’appel est confirmé ; il se termine le { $deadline }.
    Quote-part aujourd’hui { $now } · si toutes les intentions entrent { $best } · jamais plus de { $ceiling }.
cli-commit-ask = Engager la collectivité ? [tapez { $word }]
cli-withdraw-meaning = { $ref } : { $council } retire son engagement ferme ; l’appel est recompté sans elle.

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
cli-about-pledge-pack = Rédiger le projet de délibération de votre collectivité à partir de l’appel
cli-arg-pledge-pack-to = Fichier à écrire ; le terminal par défaut
cli-about-ledger-checkpoint = Afficher le dernier point de contrôle signé d’un grand livre
cli-about-ledger-export = Écrire un grand livre dans des fichiers qui se vérifient sans serveur
cli-arg-ledger-export-to = Dossier où écrire
cli-about-ledger-verify = Vérifier un grand livre à partir d’un clone du méta-dépôt, sans serveur
cli-arg-repo = Clone du méta-dépôt de l’espace ; le dossier courant par défaut
cli-arg-key = Clé publique à laquelle se fier ; par défaut, la première que le clone a connue
cli-arg-known = Un état que vous avez noté : nombre d’écritures et racine
cli-arg-against = Un clone plus ancien, dont les écritures et les signatures doivent toujours tenir
cli-about-me = Dire qui vous êtes et pour qui vous pouvez agir
cli-about-publish = Publier la copie de travail où vous êtes
cli-about-module = Consulter les modules et dire qui les voit
cli-about-module-list = Lister les modules
cli-about-module-view = Montrer un module
cli-about-module-clone = Cloner un module avec votre jeton
cli-about-module-edit = Changer ce que dit un module, ou qui le voit avant sa publication
cli-about-council = Enregistrer et vérifier les collectivités
cli-about-council-list = Lister les collectivités
cli-about-council-view = Montrer une collectivité
cli-about-council-register = Enregistrer une collectivité, que l’administration vérifiera
cli-about-council-verify = Vérifier une collectivité, pour l’administration de la forge
cli-about-council-suspend = Suspendre une collectivité, pour l’administration de la forge
cli-about-council-population = Inscrire un nombre d’habitants
cli-about-member = Dire qui agit pour une collectivité
cli-about-member-list = Lister les rôles, les délégations et les invitations en attente
cli-about-member-invite = Créer un lien à usage unique qui donne un rôle
cli-about-member-accept = Accepter une invitation
cli-about-member-role = Donner et terminer des rôles
cli-about-member-role-grant = Donner un rôle
cli-about-member-role-end = Mettre fin à un rôle immédiatement
cli-about-member-mandate = Dire à quoi un signataire peut engager une collectivité
cli-about-member-mandate-give = Donner une délégation à un signataire
cli-about-member-mandate-revoke = Révoquer une délégation immédiatement
cli-about-member-mandate-list = Lister les délégations d’une collectivité
cli-about-space = Fonder et rejoindre des espaces
cli-about-space-list = Lister les espaces
cli-about-space-view = Montrer un espace et ses collectivités
cli-about-space-found = Fonder un espace au nom d’une collectivité
cli-about-space-join = Demander l’entrée d’une collectivité
cli-about-space-admit = Admettre une collectivité qui l’a demandé
cli-about-space-leave = Retirer une collectivité d’un espace
cli-about-call = Payer ensemble : appels à cofinancement
cli-about-call-list = Lister les appels
cli-about-call-view = Montrer un appel : ce qui manque, et ce que chacune devrait
cli-about-call-template = Écrire un appel à remplir
cli-about-call-new = Rédiger un appel à partir d’un fichier
cli-about-call-edit = Récrire un brouillon à partir d’un fichier
cli-about-call-publish = Publier un brouillon
cli-about-call-simulate = Dire ce qui serait dû si des collectivités entraient ou sortaient
cli-about-call-confirm = Confirmer un appel avant son échéance, une fois l’objectif couvert
cli-about-call-cancel = Annuler un appel
cli-about-pledge = Dire ce qu’une collectivité paiera
cli-about-pledge-list = Lister les engagements d’un appel, d’une collectivité, ou les vôtres
cli-about-pledge-show = Montrer un engagement
cli-about-pledge-intend = Déclarer une intention, qui n’engage à rien
cli-about-pledge-commit = Engager une collectivité, jusqu’à un plafond et sur la foi d’un acte
cli-about-pledge-withdraw = Retirer un engagement ou une intention
cli-about-evidence = Conserver les actes sur lesquels reposent les engagements
cli-about-evidence-list = Lister les actes d’un engagement
cli-about-evidence-add = Ajouter un acte à un engagement
cli-about-evidence-check = Attester que vous avez contrôlé un acte, en deuxième personne
cli-about-evidence-reject = Rejeter un acte, en deuxième personne : l’engagement en attend un autre
cli-about-ledger-view = Montrer les écritures d’un espace

cli-arg-words = Mots à chercher
cli-arg-status = Seulement celles dans cet état
cli-arg-state = Seulement ceux dans cet état
cli-arg-council = Collectivité, par son nom dans les adresses
cli-arg-space = Espace, par son nom dans les adresses
cli-arg-module = Module, écrit PROPRIÉTAIRE/MODULE
cli-arg-call = Référence de l’appel
cli-arg-pledge = Référence de l’engagement
cli-arg-pledge-withdraw-pledge = Référence de l’engagement, ou de l’appel avec --council
cli-arg-person = Identifiant de la personne
cli-arg-role = Rôle : developer, maintainer, lead, finance, signatory, auditor ou supplier
cli-arg-id = Identifiant, tel que les listes le montrent
cli-arg-evidence-check-id = Identifiant de la pièce, tel que les listes le montrent ; ou référence d’un engagement dont une seule pièce attend
cli-arg-evidence-reject-id = Identifiant de la pièce, tel que les listes le montrent ; ou référence d’un engagement dont une seule pièce attend
cli-arg-evidence-reject-reason = Ce qui ne va pas ; chacun le lit
cli-arg-reason = Le motif, en une phrase que tout le monde pourra lire
cli-arg-proof = Comment vous vous en êtes assuré : courrier, registre, domaine
cli-arg-slug = Nom dans les adresses
cli-arg-name = Nom usuel
cli-arg-title = Nom usuel
cli-arg-kind = Nature de l’acte, selon le profil de l’appel
cli-arg-council-register-kind = commune, epci, departement…
cli-arg-country = Pays, par son code ISO 3166
cli-arg-currency = Monnaie, ISO 4217
cli-arg-website = Son propre site
cli-arg-domains = Domaine de messagerie de ses agents ; peut être répété
cli-arg-ids = Identifiant officiel, comme siren:213000003 ; peut être répété
cli-arg-populations = Habitants, comme municipale:2026:12345 ; peut être répété
cli-arg-population = Habitants, comme municipale:2026:12345
cli-arg-lead = Collectivité qui le fonde et le porte
cli-arg-treasurer = Collectivité qui encaisse et paie ; le chef de file par défaut
cli-arg-purpose = À quoi il sert
cli-arg-licence = Licence de ses modules ; EUPL-1.2 par défaut
cli-arg-time-zone = Fuseau horaire des échéances, comme Europe/Paris
cli-arg-papers = Langue de ses documents
cli-arg-observer = En observateur
cli-arg-act-ref = L’acte sur lequel cela repose
cli-arg-email = Adresse à laquelle elle est destinée
cli-arg-days = Nombre de jours de validité
cli-arg-link = Le lien, ou sa dernière partie
cli-arg-member-role-grant-from = Premier jour ; aujourd’hui par défaut
cli-arg-member-mandate-give-from = Premier jour ; aujourd’hui par défaut
cli-arg-until = Dernier jour
cli-arg-max = Montant maximal par acte
cli-arg-ceiling = Le plus que la collectivité puisse jamais devoir, comme 12000 ou « 12 000,00 »
cli-arg-note = Remarque pour les collectivités de l’espace
cli-arg-private = Pour les seules collectivités de l’espace
cli-arg-number = Numéro de l’acte
cli-arg-date = Date de l’acte, AAAA-MM-JJ
cli-arg-prefecture-receipt = Date de réception en préfecture
cli-arg-published = Date de publication
cli-arg-url = Adresse où le lire
cli-arg-evidence = Fichier de l’acte
cli-arg-module-edit-description = À quoi il sert, en une phrase
cli-arg-module-edit-branch = Branche sur laquelle commence un clone
cli-arg-visibility = Qui le voit : la collectivité qui l’a créé et celles qui contribuent, ou tout l’espace
cli-arg-visible = Qui peut lire le fichier
cli-arg-add = Collectivités qui entreraient
cli-arg-remove = Collectivités qui sortiraient
cli-arg-owner = Propriétaire : une collectivité, un espace ou une personne
cli-arg-folder = Dossier où cloner
cli-arg-publish-owner = Espace ou collectivité qui publie
cli-arg-publish-name = Nom chez le propriétaire ; celui du dossier par défaut
cli-arg-description = À quoi il sert, en une phrase ; tirée de publiccode.yml par défaut
cli-arg-check = Dire seulement ce qui empêcherait la publication

## Simulation

cli-arg-call-simulate-rule = Fichier d’une autre clé de répartition, en JSON ou TOML ; « equal » et « population » s’en passent
cli-arg-call-simulate-amount = Autre coût total
cli-arg-call-simulate-ceiling = Autre plafond d’une collectivité
cli-arg-backstop = Le plus qu’un garant paierait
cli-arg-curve = Montrer le prix de cette collectivité selon leur nombre
cli-arg-csv = Répondre en CSV
cli-call-bad-ceiling = « { $value } » n’est pas un plafond : écrivez COLLECTIVITÉ=MONTANT.
cli-call-bad-rule = { $path } n’est pas une clé de répartition : { $reason }
cli-simulate-head = { $ref }  { $title }  { $amount } { $basis }  clé : { $rule }  échéance { $deadline }
cli-simulate-backstop = La garantie couvre jusqu’à { $limit } ({ $used } utilisés).
cli-simulate-price = Quote-part de { $council }
cli-col-with = Avec { $councils }
cli-col-without = Sans { $councils }
cli-col-with-without = Avec { $added }, sans { $removed }
cli-rule-equal = parts égales
cli-rule-population = population
cli-rule-bands = strates
cli-rule-criteria = critère
cli-rule-envelopes = enveloppes
cli-rule-fixed = montants fixes
cli-rule-open = montants libres
cli-year-wrong = « { $text } » n’est pas un exercice : écrivez 2027=12000, la section après l’année et deux-points s’il la faut.
cli-arg-years = Part du plafond sur un exercice : 2027=12000, la section après l’année et deux-points s’il la faut
cli-arg-delegation = L’acte qui délègue la décision
cli-arg-matter = Code matière de l’acte
cli-arg-kinds = Type d’acte couvert : pledge ou withdraw ; les deux sans précision

## Fonds

cli-about-funds = Appeler les fonds d’un appel confirmé, et rapprocher les paiements
cli-about-funds-list = Lister les appels de fonds d’un appel
cli-about-funds-call = Établir et émettre l’appel de fonds d’un jalon
cli-about-funds-show = Montrer un appel de fonds
cli-about-funds-cancel = Annuler un appel de fonds par un avoir
cli-about-funds-references = Noter le titre de recette, le service ou le numéro d’engagement
cli-about-funds-statement = Écrire l’état liquidatif, ou le calcul dont il porte l’empreinte
cli-about-funds-payments = Lister les paiements d’un appel
cli-about-funds-record = Déclarer un paiement, du côté du payeur ou du porteur financier
cli-about-funds-acknowledge = Confirmer un paiement de l’autre côté
cli-about-funds-retract = Retirer ce que votre côté a déclaré
cli-about-funds-reverse = Annuler un paiement rapproché par une écriture de correction
cli-about-funds-overdue = Lister ce qui est en retard
cli-about-grant = Suivre les subventions d’un appel
cli-about-grant-list = Lister les subventions d’un appel
cli-about-grant-secure = Enregistrer la notification d’une subvention
cli-about-grant-receive = Enregistrer le versement d’une subvention
cli-about-invoice = Enregistrer, approuver et payer les factures
cli-about-invoice-list = Lister les factures d’un appel
cli-about-invoice-record = Enregistrer une facture
cli-about-invoice-approve = Approuver une facture : deux personnes le font
cli-about-invoice-refuse = Renvoyer une facture
cli-about-invoice-pay = Enregistrer le paiement d’une facture
cli-about-invoice-pay-directly = Déclarer ce qu’une collectivité a payé elle-même au prestataire
cli-about-refund = Rendre ce qui n’a pas été dépensé
cli-about-refund-list = Lister les remboursements d’un appel
cli-about-refund-plan = Arrêter les remboursements d’un appel
cli-about-refund-record = Enregistrer l’envoi d’un remboursement
cli-about-call-close = Signer le bilan de clôture ; la seconde signature clôt l’appel
cli-arg-funds-call = Référence de l’appel de fonds
cli-arg-milestone = Jalon : M1, M2… ou R pour la provision
cli-arg-due-on = Échéance ; 30 jours par défaut
cli-arg-pay-to = Coordonnées bancaires du porteur financier
cli-arg-draft = Établir sans émettre
cli-arg-reference = Référence de la pièce
cli-arg-order = Numéro du titre de recette ou du mandat de paiement
cli-arg-service = Code du service qui paie
cli-arg-commitment = Numéro d’engagement juridique
cli-arg-format = csv, ou json pour le calcul
cli-arg-amount = Montant ; tout ce qui reste par défaut
cli-arg-funds-record-amount = Montant payé
cli-arg-side = payer ou treasurer ; selon vos rôles par défaut
cli-arg-method = Moyen ; virement par défaut
cli-arg-bank-ref = Référence bancaire, pour les auditeurs
cli-arg-payment = Référence du paiement
cli-arg-grant = Rang de la subvention dans l’appel
cli-arg-refund-first = Remboursée avant tous, selon sa convention
cli-arg-refund = Référence du remboursement
cli-arg-invoice = Référence de la facture dans la forge
cli-arg-supplier = Prestataire, en minuscules et tirets, comme opensoft
cli-arg-supplier-name = Nom du prestataire
cli-arg-net = Montant hors taxes
cli-arg-vat = Montant de la TVA ; au taux de l’appel par défaut
cli-arg-sha256 = Empreinte SHA-256 du document
cli-arg-lessons = Ce qui a été appris, pour le bilan
cli-arg-funds-record-date = Date de valeur, AAAA-MM-JJ
cli-arg-invoice-record-number = Numéro donné par le prestataire
cli-arg-invoice-record-date = Date de la facture, AAAA-MM-JJ
cli-arg-invoice-pay-date = Date de valeur, AAAA-MM-JJ
cli-arg-invoice-pay-directly-date = Date de valeur, AAAA-MM-JJ
cli-arg-grant-receive-date = Date de valeur, AAAA-MM-JJ
cli-arg-refund-record-date = Date de valeur, AAAA-MM-JJ
cli-arg-grant-secure-date = Date de la notification, AAAA-MM-JJ
cli-col-owed = RESTE DÛ
cli-col-paid = PAYÉ
cli-col-planned = PRÉVU
cli-col-awarded = NOTIFIÉ
cli-col-received = VERSÉ
cli-col-supplier = PRESTATAIRE
cli-call-closed = { $ref } est clos : tous les comptes sont à zéro.
cli-call-signed = Bilan de { $ref } signé. L’autre côté doit encore le signer.

cli-about-council-population-set = Enregistrer une population d’une collectivité
cli-about-council-population-import = Enregistrer les populations d’un fichier CSV, toutes ou aucune
cli-about-council-grouping = Dire quelles collectivités appartiennent à un groupement, pour compter chaque habitant une fois
cli-about-council-grouping-add = Dire qu’une collectivité appartient à un groupement
cli-about-council-grouping-remove = Dire qu’une collectivité n’appartient plus à un groupement
cli-arg-council-population-import-file = Le fichier : council,kind,vintage,inhabitants[,reference_date,source] ; - pour l’entrée standard
cli-arg-grouping = Le groupement, par son nom dans les adresses
cli-population-imported = { $recorded } enregistrées, { $unchanged } déjà connues, { $unknown } d’organismes qui ne sont pas ici des collectivités vérifiées
cli-col-member-of = Membre de
cli-about-pledge-schedule = Dire quand quelle instance de la collectivité décide
cli-about-pledge-amend = Changer le plafond d’un engagement ferme
cli-about-pledge-confirm-order = Enregistrer le numéro d’engagement juridique ou de bon de commande
cli-about-pledge-substitute = Passer la place d’un engagement confirmé à une autre collectivité
cli-arg-pledge-schedule-on = Jour de la décision
cli-arg-pledge-schedule-body = L’instance qui décide : l’assemblée, son bureau, l’exécutif
cli-arg-pledge-confirm-order-number = Numéro d’engagement juridique ou de bon de commande
cli-arg-pledge-confirm-order-service = Le service payeur de la collectivité
cli-arg-pledge-substitute-to = Proposer la place à cette collectivité
cli-arg-pledge-substitute-council = Prendre la place pour cette collectivité, sur un acte à elle
cli-arg-pledge-substitute-approve = Donner l’accord du chef de file de l’appel
cli-substitute-how = Indiquez --to COLLECTIVITÉ avec --reason, ou --council COLLECTIVITÉ avec --ceiling et l’acte, ou --approve.
cli-amend-meaning = Vous portez le plafond de { $ref } pour { $council } à { $ceiling }.
cli-about-evidence-complete = Ajouter à un acte les dates qui lui manquaient, tant qu’il n’est pas vérifié
cli-pledge-awaits-second-check = L’engagement devient ferme quand un autre agent a vérifié l’acte.
cli-pledge-awaits-prefecture-receipt-on = L’engagement devient ferme quand l’acte porte la date de réception en préfecture.
cli-pledge-awaits-published-on = L’engagement devient ferme quand l’acte porte sa date de publication.

## Checking and taking away

cli-about-call-verify = Recalculer chaque quote-part, et dire laquelle diffère
cli-about-export = Emporter ce qui est public
cli-about-export-all = Écrire toutes les tables publiques dans un dossier
cli-about-export-audit = Écrire un fichier qui permet de vérifier un appel hors ligne
cli-about-export-scdl = Les fichiers SCDL des subventions et des délibérations
cli-arg-call-verify-from = Fichier écrit par « forge export audit » : aucun serveur n’est interrogé
cli-arg-call-verify-call = Référence de l’appel
cli-arg-export-all-to = Dossier où écrire
cli-arg-export-scdl-to = Dossier où les écrire
cli-arg-export-all-format = Forme : csv, json ou jsonl
cli-arg-export-audit-to = Fichier à écrire
cli-call-checked = { $call } : { $n } quotes-parts et { $entries } écritures, calcul { $digest }
cli-call-verified = VÉRIFIÉ
cli-call-unsound = NON VÉRIFIÉ
cli-call-no-audit = { $path } n’est pas l’audit d’un appel : { $reason }
cli-call-share-differs = { $council } : { $told } annoncés, { $computed } calculés.
