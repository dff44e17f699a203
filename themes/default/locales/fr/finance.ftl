### Cofinancement : appels, engagements, finances et grand livre.
### Les termes sont ceux du glossaire du domaine ; on ne dit ni « pledge » ni « promesse ».

## Appels

call-title = Appel à cofinancement
call-title-of = Appel à cofinancement : { $title }
call-need = Besoin
call-goal = Objectif
call-threshold = Seuil de déclenchement
call-deadline = Date limite
call-opens = Ouverture
call-key = Clé de répartition
call-rule-equal = Parts égales
call-rule-population = Au prorata de la population
call-rule-bands = Par strates de population
call-rule-criteria = Selon un critère déclaré
call-rule-envelopes = Par enveloppes
call-rule-fixed = Montants fixés
call-rule-open = Montants libres
call-floor = Plancher
call-cap = Plafond par collectivité
call-share = Quote-part
call-shares = Quotes-parts par collectivité
call-share-now = Quote-part aujourd’hui
call-share-best = Quote-part si toutes les intentions se confirment
call-share-never-above = Jamais plus que
call-ttc = TTC
call-ht = HT
call-vat = TVA
call-left = Reste à financer
call-missing = Il manque { $amount }
call-raised = { $paid } versés, { $committed } engagés sur { $goal }
call-firm-of = { $firm } d’engagements fermes sur un objectif de { $goal }
call-intentions-aside = { $amount } d’intentions, non comptées
call-simulate = Simuler
call-nothing = Rien n’est enregistré avant votre confirmation.
call-rounding = Arrondi au plus fort reste
call-who-pays = Qui paie quoi
call-how = Comment les quotes-parts sont calculées
call-subsidy = Subvention portée
call-reserve = Provision pour aléas
call-milestones = Jalons
call-open-until = Ouvert jusqu’au { $date }
call-state-draft = Brouillon
call-state-open = Ouvert
call-state-reached = Seuil atteint
call-state-confirmed = Confirmé
call-state-failed = Non abouti
call-state-cancelled = Annulé
call-state-executing = En exécution
call-state-settling = En cours de solde
call-state-closed = Clos

## Engagements

pledge-title = Engagement
pledge-plural = Engagements
pledge-intend = Déclarer une intention
pledge-commit = Engager ma collectivité
pledge-withdraw = Retirer l’engagement
pledge-check = Vérifier avant d’engager
pledge-ceiling = Plafond délibéré
pledge-ceiling-hint = Le montant maximal voté par votre assemblée ; votre quote-part ne le dépassera jamais.
pledge-err-ceiling-low = Saisissez un plafond d’au moins { $amount }
pledge-err-mandate = Ce montant dépasse votre délégation de signature, qui est de { $amount }
pledge-state-intention = Intention
pledge-state-pending = En attente de décision
pledge-state-firm = Engagement ferme
pledge-state-confirmed = Engagement confirmé
pledge-state-refused = Refusé
pledge-state-withdrawn = Retiré
pledge-state-lapsed = Caduc
pledge-state-released = Libéré
pledge-state-ordered = Commandé
pledge-state-settled = Soldé
pledge-state-defaulted = En défaut
pledge-state-substituted = Substitué

## Pièces justificatives

evidence-kind = Nature de la pièce
evidence-deliberation = Délibération
evidence-delegated-decision = Décision prise par délégation
evidence-signed-agreement = Convention signée
evidence-purchase-order = Bon de commande
evidence-commitment = Engagement juridique
evidence-number = Numéro de l’acte
evidence-date = Date de l’acte
evidence-receipt = Date de réception en préfecture
evidence-published = Date de publication
evidence-file = Fichier de la pièce

## Finances

fin-visa = Visa financier
fin-endorse = Viser
fin-return = Renvoyer pour correction
fin-reason = Motif
fin-delib = Délibération
fin-year = Exercice
fin-line = Imputation budgétaire
fin-engno = Numéro d’engagement
fin-inv = Section d’investissement
fin-fonc = Section de fonctionnement
fin-credits = Crédits disponibles
fin-appel = Appel de fonds
fin-titre = Titre de recettes
fin-mandat = Mandat de paiement
fin-done = Service fait
fin-evidence = Pièce justificative
fin-statement = État liquidatif
fin-refund = Remboursement
fin-closing = Bilan de clôture

## Grand livre

ledger-title = Grand livre public
ledger-rule = Une écriture publiée n’est jamais modifiée : une correction est une nouvelle écriture.
ledger-entry = Écriture
ledger-entries = Écritures
ledger-fix = Écriture de correction
ledger-balance = Solde
ledger-asof = Situation au { $date }
ledger-download = Télécharger
ledger-verify = Vérifier la chaîne
ledger-head = Empreinte de la dernière écriture
ledger-checkpoint = Point de contrôle signé
ledger-committed = Engagé
ledger-paid = Versé
ledger-spent = Dépensé

## Refus : appels, engagements, pièces, grand livre
## La clé est le code stable de l’API, avec des tirets.

refusal-overflow = Ce montant est trop grand pour être calculé exactement.
refusal-currency-mismatch = La devise n’est pas celle de l’appel : rien n’est jamais converti.
refusal-amount-zero = Le montant doit être supérieur à zéro.
refusal-gross-without-net = À ce taux de TVA, aucun montant hors taxe ne donne exactement ce montant TTC : corrigez-le d’un centime.
refusal-unknown-rule = La clé de répartition n’a pas pu être lue.
refusal-duplicate-council = Une collectivité figure deux fois.
refusal-zero-weight = Aucune collectivité n’a de poids : le coût ne peut être réparti.
refusal-floors-exceed-total = La somme des planchers dépasse le coût à répartir : baissez le plancher.
refusal-floor-above-cap = Le plancher dépasse le plafond de la clé.
refusal-population-missing = La population de la collectivité n’est pas renseignée, et la clé de répartition en a besoin.
refusal-milestone-sum-mismatch = La somme des jalons et de la provision n’est pas égale à l’objectif.
refusal-below-minimum-prefix = Le seuil de déclenchement doit être ce que coûtent les premiers jalons, pour qu’un succès partiel donne un produit utilisable.
refusal-milestone-missing = Décrivez au moins un jalon, avec un intitulé et un montant.
refusal-minimum-above-target = Le seuil de déclenchement dépasse l’objectif.
refusal-too-few-councils = Un appel se partage : il faut au moins deux collectivités.
refusal-deadline-too-near = La date limite est trop proche : un appel reste ouvert au moins quatorze jours.
refusal-deadline-past = La date limite est déjà passée.
refusal-vat-rate-unknown = Ce taux de TVA n’est pas admis ici.
refusal-vehicle-unknown = Choisissez un montage juridique de la liste.
refusal-licence-not-open = Le résultat d’un appel est libre : choisissez une licence approuvée par l’OSI, par exemple EUPL-1.2.
refusal-profile-unknown = Ce profil de pays n’est pas chargé sur cette instance.
refusal-text-missing = Ce champ est obligatoire.
refusal-text-too-long = Ce texte est trop long, ou contient un caractère invisible.
refusal-unknown-word = Cette valeur n’est pas parmi celles qui sont proposées.
refusal-too-many-milestones = Un appel a cinquante jalons au plus.
refusal-too-many-subsidies = Un appel a cinquante subventions au plus.
refusal-subsidy-base = Une subvention au taux porte ici sur tout le coût hors taxe : ne donnez pas de base.
refusal-lead-not-a-member = La collectivité chef de file doit contribuer à l’espace.
refusal-module-unknown = Aucun module visible pour vous ne porte ce nom.
refusal-stale-version = Quelqu’un d’autre a modifié ceci depuis que vous l’avez ouvert : relisez, puis recommencez.
refusal-call-not-open = L’appel ne prend pas, ou ne prend plus, cet acte.
refusal-snapshot-frozen = L’appel est confirmé et les quotes-parts sont figées : seul un vote les change désormais.
refusal-early-close-refused = Cet appel se confirme à sa date limite, pas avant.
refusal-target-not-covered = Les engagements fermes ne couvrent pas tout l’objectif : attendez la date limite.
refusal-reason-missing = Écrivez le motif : chacun pourra le lire.
refusal-pledge-state = L’engagement n’en est pas à une étape où cela se fait.
refusal-ceiling-exceeded = Le plafond de { $ceiling } est inférieur à la quote-part de { $share } qui vous revient si toutes les intentions se confirment.
refusal-mandate-missing = Vous n’avez pas de délégation de signature pour cette collectivité : demandez-la à son chef de projet.
refusal-mandate-expired = Votre délégation de signature n’est pas valable aujourd’hui.
refusal-mandate-exceeded = Votre délégation de signature couvre { $max }, l’engagement demande { $ceiling }.
refusal-evidence-incomplete =
    { $gap ->
        [nothing] Joignez l’acte de votre collectivité.
        [kind] Cette nature de pièce n’est pas connue ici.
        [intention] Un protocole d’accord appuie une intention, pas un engagement ferme.
        [vehicle] Le montage juridique de l’appel n’admet pas cette nature de pièce.
        [number] Il manque le numéro de l’acte.
        [date] Il manque la date de l’acte.
        [future] La date de l’acte est dans l’avenir.
       *[other] La pièce justificative n’est pas complète.
    }
refusal-evidence-not-enforceable = L’acte n’est pas encore exécutoire : il manque une date de réception ou de publication.
refusal-evidence-empty = Le fichier est vide.
refusal-evidence-file-kind = Ce fichier n’est ni un PDF, ni une image, ni une archive, ni un texte.
refusal-evidence-checked = Cette pièce a déjà été contrôlée.
refusal-same-person = La personne qui a déposé la pièce ne peut pas la contrôler elle-même.
refusal-budget-years-mismatch = La somme des exercices n’est pas égale au plafond.
refusal-proof-too-old = Engager une collectivité demande de vous être identifié il y a moins de cinq minutes : connectez-vous à nouveau.
refusal-idempotency-key-invalid = La clé d’idempotence a de un à deux cents caractères visibles.
refusal-idempotency-key-reused = Cette clé d’idempotence a déjà servi pour une autre demande.
refusal-ledger-unbalanced = L’écriture n’est pas équilibrée : rien n’a été écrit.
refusal-ledger-malformed = L’écriture n’a pas la forme du grand livre : rien n’a été écrit.
refusal-ledger-immutable = Le grand livre ne se modifie pas : une correction est une nouvelle écriture.
refusal-evidence-not-base64 = Le fichier n’est pas encodé en base64.
