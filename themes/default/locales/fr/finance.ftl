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
