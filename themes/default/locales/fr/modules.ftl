### Pages de modules : présentation, fichiers, historique, publication.

code-about = publiccode.yml
code-path = Chemin
code-size = Taille
code-up = Dossier parent
code-facts = Repères
code-owner = Propriétaire
code-published = Publié le
code-message = Message
code-signature = Signature
code-signature-unchecked = Signé, signature non vérifiée ici
code-default = Branche par défaut
code-protected = Protégée
code-executable = exécutable
code-view-source = Voir la source
code-view-rendered = Voir l’aperçu
code-tree-then = Voir les fichiers à ce commit
code-link-to = Lien symbolique vers :
code-lfs = Ce fichier est conservé par Git LFS
code-lfs-text = Le dépôt n’en garde que le repère ci-dessous ; le fichier lui-même pèse { $size }.
code-file-empty = Ce fichier est vide
code-file-empty-text = Il existe dans le dépôt, sans contenu.
code-download-text = Téléchargez-le pour l’ouvrir avec un logiciel adapté.
code-hidden = Ce fichier contient des caractères invisibles ou qui changent le sens de lecture : ils sont signalés à leur place.
code-lines-cut = { $n ->
    [one] Seule la première ligne est affichée.
   *[other] Seules les { NUM($n) } premières lignes sont affichées.
}
code-tree-cut = { $n ->
    [one] Seule la première entrée est affichée.
   *[other] Seules les { NUM($n) } premières entrées sont affichées.
}
code-changes-incomplete = Le dossier est grand : la dernière modification n’est pas connue pour chaque entrée.
code-history-incomplete = La recherche s’est arrêtée avant la fin de l’historique, qui est très long.
code-commits-of = Historique de { $path }
code-commits-in = Commits de { $rev }
code-no-commit = Aucun commit
code-no-commit-text = Rien n’a changé ici dans cette révision.
code-no-tag = Aucune version
code-no-tag-text = Les versions apparaissent ici quand une étiquette est poussée.
code-no-readme-text = Un fichier README.md à la racine présente le module aux visiteurs.
code-empty-existing = Depuis un dépôt qui existe déjà
code-empty-push = Pousser la première branche
code-empty-new = Depuis un dossier vide
code-empty-token = Git demande un mot de passe : donnez un jeton d’accès personnel, créé dans vos réglages.
diff-cut = { $n ->
    [one] Seul le premier fichier est affiché.
   *[other] Seuls les { NUM($n) } premiers fichiers sont affichés.
}
diff-file-cut = La suite des différences de ce fichier n’est pas affichée.
diff-file-empty = Le fichier est vide.
diff-submodule = Sous-module : son commit a changé.
diff-size-before = avant : { $size }
diff-size-after = après : { $size }
mod-publish-unconfirmed = Cochez la case pour confirmer la publication
mod-publish-done = Le module est public.
mod-created-done = Le module est créé : poussez votre code.
mod-new = Créer un module
mod-new-text = Le module sera créé chez { $owner }. Il restera réservé à ses membres jusqu’à sa publication.
mod-new-submit = Créer le module
mod-settings = Réglages
mod-settings-branch = Branche sur laquelle commence un clone
mod-settings-submit = Enregistrer les réglages
mod-settings-done = Les réglages sont enregistrés.
mod-slug = Nom court
mod-title = Titre
mod-council = Au nom de quelle collectivité
publish-text = Publier rend le code, son historique et ses versions visibles de tous, sans compte. D’autres peuvent alors en garder une copie : relisez l’historique, qui peut contenir des mots de passe ou des données personnelles.
publish-checks = Vérifications
publish-ok = En ordre
publish-blocking = À faire d’abord
publish-advised = Conseillé
publish-code = Du code est poussé sur la branche par défaut
publish-licence = Un fichier de licence est à la racine
publish-readme = Un fichier README est à la racine
publish-confirm = Je veux rendre ce module public
publish-confirm-hint = L’historique entier devient public.
publish-submit = Publier
publish-not-ready = Le module ne peut pas encore être publié : faites d’abord ce qui est signalé.
sheet-errors = { $n ->
    [one] { NUM($n) } erreur à corriger
   *[other] { NUM($n) } erreurs à corriger
}
sheet-warnings = { $n ->
    [one] { NUM($n) } conseil
   *[other] { NUM($n) } conseils
}
sheet-absent-text = Ce fichier à la racine fait connaître le module aux catalogues de logiciels publics.
sheet-licence = Licence
sheet-organisation = Organisme
sheet-version = Version
sheet-release-date = Date de version
sheet-status = Maturité
sheet-type = Nature
sheet-maintenance = Maintenance
sheet-platforms = Plateformes
sheet-categories = Domaines
sheet-languages = Langues
sheet-used-by = Utilisé par
sheet-funded-by = Financé par
sheet-url = Dépôt
sheet-landing = Site
catalogue-words = Mots
catalogue-all = Voir tout le catalogue
open-data-title = Données ouvertes et API
