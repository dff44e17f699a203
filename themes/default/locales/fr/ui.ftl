### Ce que toutes les pages partagent : navigation, pied, formulaires, erreurs, pages générales.
### Les règles de rédaction sont dans themes/default/README.md ; les essais les vérifient.

## Navigation

nav-skip = Aller au contenu
nav-main = Navigation principale
nav-account = Compte et langue
nav-catalogue = Catalogue
nav-spaces = Espaces mutualisés
nav-calls = Appels à cofinancement
nav-councils = Collectivités
nav-ledger = Transparence
nav-dashboard = Mon tableau de bord
nav-settings = Mes réglages
nav-admin = Administration
nav-signin = Se connecter
nav-signout = Se déconnecter
nav-search = Rechercher
nav-search-label = Rechercher un module, un espace, une collectivité
nav-breadcrumb = Fil d’Ariane
nav-home = Accueil
nav-scheme = Apparence
nav-scheme-auto = Automatique
nav-scheme-light = Claire
nav-scheme-dark = Sombre
nav-scheme-apply = Appliquer l’apparence

## Pied de page

foot-label = Informations sur le site
foot-about = À propos
foot-method = Méthode de calcul
foot-legal = Mentions légales
foot-privacy = Données personnelles
foot-a11y-none = Accessibilité : non conforme
foot-a11y-partial = Accessibilité : partiellement conforme
foot-a11y-full = Accessibilité : totalement conforme
foot-report = Signaler un défaut d’accessibilité
foot-data = Données ouvertes et API
foot-licence = Les logiciels sont publiés chacun sous sa licence libre. Sauf mention contraire, les contenus sont proposés sous Licence Ouverte 2.0.
foot-print = Position au { $date }, { $address }

## Mots communs

common-optional = (facultatif)
common-allreq = Tous les champs sont obligatoires.
common-somereq = Les champs sans mention « facultatif » sont obligatoires.
common-saved = Enregistré
common-save = Enregistrer
common-continue = Continuer
common-confirm = Confirmer
common-check = Vérifier
common-edit = Modifier
common-cancel = Annuler
common-delete = Supprimer
common-create = Créer
common-add = Ajouter
common-send = Envoyer
common-back = Retour
common-show = Afficher
common-filter = Filtrer
common-filters = Filtres
common-sort = Trier
common-sort-by = Trier par
common-all = Tout
common-all-f = Toutes
common-none = Aucun
common-none-f = Aucune
common-yes = Oui
common-no = Non
common-unknown = Inconnu
common-date = Date
common-name = Nom
common-state = État
common-total = Total
common-amount = Montant
common-actions = Actions
common-details = Détails
common-more = En savoir plus
common-choose = Choisissez
common-since = depuis le { $date }
common-until = jusqu’au { $date }
common-next = Page suivante
common-prev = Page précédente
common-pages = Pages
common-page-next-of = Page suivante : { $what }
common-results = { $n ->
    [one] { NUM($n) } résultat
   *[other] { NUM($n) } résultats
}
common-updated = Mis à jour le { $date }
common-inlang-fr = (en français)
common-inlang-en = (en anglais)
common-copy = Copier
common-copied = Copié
common-download = Télécharger
common-filter-count = # lignes affichées
common-success = Succès
common-warning = Attention
common-information = Information
common-failure = Échec

## Tailles de fichiers

size-bytes = { $n ->
    [one] { NUM($n) } octet
   *[other] { NUM($n) } octets
}
size-kilo = { $size } Ko
size-mega = { $size } Mo
size-giga = { $size } Go

## Formulaires : erreurs de saisie

common-err-sum = { $n ->
    [one] Il y a une erreur dans le formulaire
   *[other] Il y a { NUM($n) } erreurs dans le formulaire
}
common-err-prefix = Erreur :
common-err-required = Remplissez ce champ
common-err-choose = Choisissez une réponse
common-err-money = Saisissez un montant, par exemple 12 500,50
common-err-money-decimals = Saisissez un montant avec deux décimales au plus
common-err-money-positive = Saisissez un montant supérieur à zéro
common-err-date = Saisissez une date au format JJ/MM/AAAA, par exemple 15/12/2026
common-err-date-past = Saisissez une date à venir
common-err-number = Saisissez un nombre entier, par exemple 12 345
common-err-email = Saisissez une adresse électronique, par exemple nom@collectivite.example
common-err-slug = Saisissez de 1 à 40 lettres minuscules, chiffres ou traits d’union, sans trait d’union au début ni à la fin
common-err-slug-taken = Ce nom est déjà pris
common-err-too-long = { $n ->
    [one] Saisissez { NUM($n) } caractère au plus
   *[other] Saisissez { NUM($n) } caractères au plus
}
common-err-too-short = { $n ->
    [one] Saisissez au moins { NUM($n) } caractère
   *[other] Saisissez au moins { NUM($n) } caractères
}
common-err-file-large = Choisissez un fichier de { $size } au plus
common-err-file-kind = Choisissez un fichier PDF ou une image
common-hint-date = Au format JJ/MM/AAAA, par exemple 15/12/2026
common-hint-money = Par exemple 12 500 ou 12 500,50
common-hint-slug = Lettres minuscules, chiffres et traits d’union ; ce nom fait partie de l’adresse
common-hint-file = { $size } au plus

## Pages d’erreur

error-label = Code { $status }
error-400-title = Demande incompréhensible
error-401-title = Connexion nécessaire
error-403-title = Accès réservé
error-404-title = Page introuvable
error-405-title = Méthode refusée
error-409-title = Quelqu’un vous a devancé
error-413-title = Envoi trop volumineux
error-422-title = Saisie refusée
error-429-title = Trop de demandes
error-500-title = Panne du serveur
error-503-title = Service indisponible
error-reference = Référence à communiquer :
error-home = Revenir à l’accueil

## Accueil

home-title = Les logiciels libres que les collectivités développent ensemble
home-lead = Consultez le code, voyez qui l’utilise et qui le finance, ou rejoignez un espace mutualisé.
home-how = Comment les parts sont calculées
home-figures = Chiffres de l’instance
home-modules = Modules publiés
home-councils = Collectivités
home-spaces = Espaces mutualisés
home-open-calls = Appels ouverts
home-recent = Modules récents
home-calls = Appels ouverts
home-all-modules = Voir tout le catalogue
home-all-calls = Voir tous les appels
home-no-module = Aucun module n’est encore publié
home-no-module-text = Les modules apparaissent ici quand une collectivité les publie.
home-no-call = Aucun appel n’est ouvert
home-no-call-text = Les appels à cofinancement apparaissent ici dès leur publication.
home-module-used = { $n ->
    [0] aucune collectivité utilisatrice déclarée
    [one] { NUM($n) } collectivité utilisatrice
   *[other] { NUM($n) } collectivités utilisatrices
}

## Connexion et compte

signin-title = Se connecter
signin-intro = La consultation est libre : un compte sert à publier, à relire et à engager sa collectivité.
signin-login = Identifiant ou adresse électronique
signin-password = Mot de passe
signin-submit = Se connecter
signin-failed = L’identifiant ou le mot de passe ne correspond pas
signin-too-many = Trop d’essais : attendez { $n ->
    [one] { NUM($n) } minute
   *[other] { NUM($n) } minutes
} avant de recommencer
signin-with = Se connecter avec { $provider }
signin-providers = Avec le compte de votre collectivité
signin-local = Avec un mot de passe
signin-again = Confirmez que c’est bien vous
signin-again-text = Ce que vous allez faire demande que vous ayez prouvé récemment qui vous êtes.
signin-done = Vous êtes connecté.
signout-done = Vous êtes déconnecté.
signup-title = Créer votre compte
signup-password-hint = De 12 à 128 caractères ; une phrase convient très bien
signup-name = Nom affiché

## Pages générales

about-title = À propos
legal-title = Mentions légales
privacy-title = Données personnelles
accessibility-title = Accessibilité
method-title = Méthode de calcul
