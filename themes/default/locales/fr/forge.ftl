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
