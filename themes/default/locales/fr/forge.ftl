### Code, collectivités, espaces et modules.

## Module et code

code-module = Module
code-modules = Modules
code-sections = Sections du module
code-overview = Présentation
code-code = Code
code-readme = Lisez-moi
code-no-readme = Ce module n’a pas de fichier README
code-repo = Dépôt
code-branch = Branche
code-branches = Branches
code-tag = Étiquette
code-tags = Étiquettes
code-branch-or-tag = Branche ou étiquette
code-commit = Commit
code-commits = Commits
code-commit-count = { $n ->
    [one] { NUM($n) } commit
   *[other] { NUM($n) } commits
}
code-tree = Contenu du dossier
code-tree-of = Contenu de { $path }, { $rev }
code-root = racine
code-folder-prefix = dossier :
code-file-prefix = fichier :
code-link-prefix = lien symbolique :
code-submodule-prefix = sous-module :
code-file = Fichier
code-last-change = Dernière modification
code-last-commit = Dernier commit :
code-author = Auteur
code-committer = Enregistré par
code-parents = Parents
code-raw = Brut
code-blame = Annotations
code-history = Historique
code-permalink = Lien permanent
code-clone = Récupérer le code
code-clone-https = Adresse du dépôt (HTTPS)
code-archive = Télécharger une archive
code-copy = Copier
code-copied = Copié
code-goto = Aller à la ligne
code-lines-label = Lignes (par exemple 12-20)
code-lines-submit = Aller et créer le lien
code-lines = { $n ->
    [one] { NUM($n) } ligne
   *[other] { NUM($n) } lignes
}
code-content-of = Contenu de { $path }
code-signed = Signature vérifiée
code-unsigned = Sans signature
code-release = Version publiée
code-releases = Versions
code-empty = Ce dépôt est vide
code-empty-text = Poussez une première branche pour voir le code ici.
code-too-large = Ce fichier est trop volumineux pour être affiché
code-binary = Ce fichier n’est pas un texte
code-by = par { $name }
code-on = le { $date }

## Différences

diff-files = { $n ->
    [one] { NUM($n) } fichier modifié
   *[other] { NUM($n) } fichiers modifiés
}
diff-added = { $n ->
    [one] { NUM($n) } ligne ajoutée
   *[other] { NUM($n) } lignes ajoutées
}
diff-removed = { $n ->
    [one] { NUM($n) } ligne supprimée
   *[other] { NUM($n) } lignes supprimées
}
diff-summary = { $path } : { $added }, { $removed }
diff-of = Différences de { $path }
diff-file-list = Fichiers modifiés
diff-old-line = Ancien n°
diff-new-line = Nouveau n°
diff-kind = Type
diff-content = Contenu
diff-unified = Vue unifiée
diff-split = Vue côte à côte
diff-binary = Fichier binaire, non affiché
diff-large = Différences trop volumineuses
diff-empty = Aucune différence
diff-renamed = Renommé depuis { $path }
diff-copied = Copié depuis { $path }
diff-created = Fichier créé
diff-deleted = Fichier supprimé
diff-mode = Droits modifiés : { $old } devient { $new }
diff-more = Afficher les fichiers suivants
diff-view-file = Voir le fichier
diff-comment = Commenter la ligne

## Demandes de fusion et tickets

mr-title = Demande de fusion
mr-draft = Brouillon
mr-review = Relecture
mr-approve = Approuver
mr-changes = Demander des modifications
mr-merge = Fusionner
mr-merged = Fusionnée
mr-conflict = Conflit à résoudre
mr-checks = Vérifications automatiques
issue-title = Ticket
issue-open = Ouvert
issue-closed = Fermé
issue-assign = Affecter à
issue-label = Libellé
issue-milestone = Jalon
issue-board = Tableau
issue-move = Déplacer vers
issue-follow = Suivre

## Collectivités et personnes

org-council = Collectivité
org-councils = Collectivités
org-person = Personne
org-kind = Nature
org-commune = Commune
org-epci = Intercommunalité (EPCI)
org-syndicat = Syndicat mixte
org-department = Département
org-region = Région
org-ccas = Centre communal d’action sociale
org-agency = Agence
org-other = Autre organisme public
org-agent = Agent public
org-referent = Référent
org-elected = Élu référent
org-population = Population municipale
org-inhabitants = { $n ->
    [one] { NUM($n) } habitant
   *[other] { NUM($n) } habitants
}
org-siret = SIRET
org-site = Site officiel
org-verified = Collectivité vérifiée
org-pending = En attente de vérification
org-members = Membres
org-count = { $n ->
    [one] { NUM($n) } collectivité
   *[other] { NUM($n) } collectivités
}

## Rôles

role-developer = Développement
role-maintainer = Maintenance
role-lead = Responsable de projet
role-finance = Responsable financier
role-signatory = Représentant habilité
role-auditor = Contrôle
role-supplier = Prestataire
role-forge-admin = Administration de la forge
role-mandate = Délégation de signature
role-mandate-max = Montant maximal par acte

## Modules

mod-users = Collectivités utilisatrices
mod-declare = Déclarer l’usage
mod-providers = Prestataires
mod-variants = Variantes
mod-maturity = Maturité
mod-maturity-dev = En développement
mod-maturity-pilot = Pilote
mod-maturity-live = En production
mod-maturity-end = Arrêté
mod-licence = Licence
mod-evidence = Éléments d’évaluation
mod-description = Description
mod-visibility = Visibilité
mod-visibility-council = Collectivité
mod-visibility-space = Espace
mod-visibility-public = Public
mod-visibility-council-text = Visible des membres de la collectivité qui le possède
mod-visibility-space-text = Visible des membres de l’espace mutualisé
mod-visibility-public-text = Visible de tous, et présent au catalogue
mod-publish = Publier le module
mod-published = Publié le { $date }
mod-publiccode-valid = publiccode.yml valide
mod-publiccode-invalid = publiccode.yml à corriger
mod-publiccode-absent = publiccode.yml absent

## Catalogue

catalogue-title = Catalogue des modules
catalogue-count = { $n ->
    [0] Aucun module
    [one] { NUM($n) } module
   *[other] { NUM($n) } modules
}
catalogue-empty = Aucun module ne correspond
catalogue-empty-text = Retirez un filtre ou cherchez un autre mot.

## Espaces mutualisés

space-space = Espace mutualisé
space-sections = Sections de l’espace
space-lead = Collectivité chef de file
space-treasurer = Porteur financier
space-member = Membre
space-members = Membres
space-contributor = Contributeur
space-observer = Observateur
space-suspended = Suspendu
space-left = Sorti
space-join = Demander à rejoindre
space-agreement = Convention
space-charter = Charte
space-steering = Comité de pilotage
space-roadmap = Feuille de route
space-lot = Lot
space-budget = Budget
space-purpose = Objet
space-funding = Financement

## Au démarrage

serve-setup = Premier administrateur : ouvrez { $url } (une seule fois, dans les 24 heures).

## Collectivités : liste et inscription

councils-search = Chercher une collectivité
councils-empty = Aucune collectivité
councils-empty-text = Les collectivités vérifiées apparaissent ici.
org-suspended = Collectivité suspendue
org-population-of = Population { $year }
council-no-space = Cette collectivité n’est membre d’aucun espace.
owner-no-module = Aucun module à montrer.
council-new-title = Inscrire une collectivité
council-new-intro = Un administrateur de la forge vérifiera que la collectivité est bien celle qu’elle dit être. En attendant, vous pouvez inviter vos collègues.
council-new-submit = Inscrire la collectivité
council-new-done = La collectivité est inscrite. Un administrateur va la vérifier.
council-new-name = Nom de la collectivité
council-new-slug = Nom court, dans l’adresse
council-new-country = Pays
council-new-country-hint = En deux lettres, comme FR
council-new-ids = Identifiants officiels
council-new-ids-hint = Un par ligne, comme siren:213000003 ou insee:30003
council-new-year = Année du recensement
council-new-domains = Domaines de messagerie
council-new-domains-hint = Ceux des adresses de vos agents, séparés par des virgules

## Collectivités : personnes, mandats, invitations

council-settings-title = Personnes et mandats
council-people = Qui agit pour la collectivité
council-role = Rôle
council-period = Période
council-no-people = Personne encore. Invitez un premier responsable de projet.
council-mandates = Mandats de signature
council-no-mandate = Aucun mandat en cours.
council-invitations = Invitations en attente
council-no-invitation = Aucune invitation en attente.
role-new-title = Donner un rôle
role-new-intro = La personne a déjà un compte ici. Sinon, invitez-la.
role-new-submit = Donner le rôle
role-new-done = Le rôle est donné.
role-new-person = Identifiant de la personne
role-new-person-hint = Le nom court de son compte
role-new-from = Premier jour
role-new-until = Dernier jour
role-end = Mettre fin au rôle
role-end-done = Le rôle est terminé.
mandate-new-title = Donner un mandat
mandate-new-intro = Le mandat dit jusqu’à quel montant un signataire engage la collectivité, et en vertu de quel acte.
mandate-new-submit = Donner le mandat
mandate-new-done = Le mandat est donné.
mandate-new-person-hint = Un signataire de la collectivité, autre que vous
mandate-new-max = Montant maximal par acte, en { $currency }
mandate-act = Acte
mandate-act-hint = Son numéro et sa date, comme « délibération 2026-112 du 16 novembre 2026 »
mandate-revoke = Révoquer
mandate-revoke-done = Le mandat est révoqué.
invitation-new-title = Inviter une personne
invitation-new-intro = Vous obtiendrez un lien à transmettre. Il sert une seule fois et donne le rôle choisi.
invitation-new-submit = Créer le lien
invitation-email = Adresse électronique
invitation-email-hint = Si vous l’indiquez, le lien ne servira qu’à cette adresse.
invitation-days = Durée du lien, en jours
invitation-link = Transmettez ce lien : il ne sera plus affiché.
invitation-for = Pour
invitation-anyone = Qui a le lien
invitation-withdraw = Annuler l’invitation
invitation-withdraw-done = L’invitation est annulée.

## Espaces : liste, fondation, membres

spaces-intro = Un espace réunit des collectivités qui développent et financent ensemble les mêmes modules.
spaces-search = Chercher un espace
spaces-count = { $n ->
    [0] Aucun espace
    [one] { NUM($n) } espace
   *[other] { NUM($n) } espaces
}
spaces-empty = Aucun espace
spaces-empty-text = Les espaces apparaissent ici dès qu’une collectivité en fonde un.
space-carried-by = porté par { $council }
space-asked = Demande en attente
space-new-title = Fonder un espace
space-new-intro = La collectivité qui fonde l’espace le porte. Une charte de départ est écrite dans son dépôt ; elle se modifie par un vote.
space-new-submit = Fonder l’espace
space-new-done = L’espace est fondé.
space-new-name = Nom de l’espace
space-new-purpose-hint = À quoi il sert, en une ou deux phrases
space-new-treasurer-hint = Nom court de la collectivité qui encaisse et paie ; le porteur si vous laissez vide
space-new-lang = Langue de ses documents
space-new-zone = Fuseau horaire des échéances
space-new-zone-hint = Par exemple Europe/Paris ou Indian/Reunion
space-new-licence = Licence des modules
space-new-licence-hint = Identifiant SPDX, comme EUPL-1.2
space-new-none = Vous ne pouvez pas encore fonder d’espace
space-new-none-text = Il faut être responsable de projet d’une collectivité vérifiée.
space-act = Acte
space-act-hint = Numéro et date de la délibération, si elle existe déjà
space-join-intro = Le porteur de l’espace répondra à la demande.
space-join-submit = Demander à rejoindre
space-join-how = Comment voulez-vous participer ?
space-contributor-hint = Membre à part entière : écrit du code, vote, promet.
space-observer-hint = Lit, commente et peut promettre ; n’écrit pas de code.
space-ask-done = La demande est envoyée au porteur de l’espace.
space-admit-contributor = Admettre comme contributeur
space-admit-observer = Admettre comme observateur
space-admit-refuse = Refuser
space-admit-suspend = Suspendre
space-admit-done = La place de la collectivité est enregistrée.
space-leave = Quitter l’espace
space-leave-done = La collectivité a quitté l’espace.
person-drafts = Brouillons
person-drafts-text = Les modules d’une personne sont des brouillons : ils ne paraissent pas au catalogue.

## Administration

admin-pending = Collectivités à vérifier
admin-no-pending = Aucune collectivité n’attend.
admin-proof = Comment vous vous en êtes assuré
admin-verify = Vérifier
admin-verify-done = La collectivité est vérifiée.
admin-suspended = Collectivités suspendues
admin-suspend-done = La collectivité est suspendue.
admin-people = Comptes
admin-email = Adresse électronique
admin-active = Actif
admin-disabled = Désactivé
admin-disable = Désactiver
admin-disable-done = Le compte est désactivé ; ses sessions et ses jetons sont terminés.
admin-enable = Réactiver
admin-enable-done = Le compte est réactivé.
admin-invite = Nommer un administrateur
admin-invite-text = Le lien crée un compte d’administrateur. Il sert une seule fois, dans les 24 heures.
admin-invite-submit = Créer un lien
admin-link = Transmettez ce lien à une personne de confiance : il ne sera plus affiché.
