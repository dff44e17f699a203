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
pledge-state-pending-decision = En attente de décision
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

refusal-invalid-amount = Ce montant n’est pas utilisable : écrivez-le en chiffres, avec deux décimales au plus, par exemple 12 500,00.
refusal-overflow = Ce montant est trop grand pour être calculé exactement.
refusal-currency-mismatch = La devise n’est pas celle de l’appel : rien n’est jamais converti.
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
refusal-vat-rate-unknown = Ce taux de TVA n’est pas admis ici.
refusal-vehicle-unknown = Choisissez un montage juridique de la liste.
refusal-licence-not-open = Le résultat d’un appel est libre : choisissez une licence approuvée par l’OSI, par exemple EUPL-1.2.
refusal-stale-version = Quelqu’un d’autre a modifié ceci depuis que vous l’avez ouvert : relisez, puis recommencez.
refusal-call-not-open = L’appel ne prend pas, ou ne prend plus, cet acte.
refusal-snapshot-frozen = L’appel est confirmé et les quotes-parts sont figées : seul un vote les change désormais.
refusal-early-close-refused = Cet appel se confirme à sa date limite, pas avant.
refusal-target-not-covered = Les engagements fermes ne couvrent pas tout l’objectif : attendez la date limite.
refusal-reason-missing = Écrivez le motif : chacun pourra le lire.
refusal-same-person = Une autre personne doit le faire : la même ne peut pas être des deux côtés.
refusal-budget-years-mismatch = La somme des exercices n’est pas égale au plafond.
refusal-proof-too-old = Engager une collectivité demande de vous être identifié il y a moins de cinq minutes : connectez-vous à nouveau.
refusal-ledger-unbalanced = L’écriture n’est pas équilibrée : rien n’a été écrit.
refusal-ledger-immutable = Le grand livre ne se modifie pas : une correction est une nouvelle écriture.

## Page d’un appel

calls-lead = Des collectivités s’unissent pour payer ensemble un logiciel libre. Chacune s’engage jusqu’à un plafond voté par son assemblée, et ne doit rien si l’appel n’aboutit pas.
calls-count = { $n ->
    [one] { NUM($n) } appel
   *[other] { NUM($n) } appels
}
calls-none = Aucun appel ne correspond
call-and = { $first } et { $last }
call-colon = { " :" }
call-where = Où en est l’appel
call-meter = Capacité ferme : { $firm } sur un objectif de { $goal }. Intentions, non comptées : { $intended }. Reste à trouver : { $gap }.
call-meter-kept = Financé : { $firm } sur un objectif de { $goal }.
call-note-granted = Dont { $amount } de subventions portées, déduites avant le partage.
call-note-over = Les plafonds votés et les subventions font ensemble { $amount } : plus que l’objectif, donc aucune collectivité ne paiera tout son plafond.
call-note-no-ceiling = { $n ->
    [one] Une intention n’indique pas encore de montant.
   *[other] { NUM($n) } intentions n’indiquent pas encore de montant.
}
call-missing-draft = Cet appel est un brouillon : seuls les membres de l’espace le voient, et personne ne peut encore s’engager.
call-missing-open = Pour que les travaux puissent commencer, il manque { $what }. Les collectivités peuvent s’engager jusqu’au { $date } inclus (fuseau horaire { $zone }).
call-missing-reached = Le seuil est atteint : les travaux pourront commencer. Il manque encore { $gap } pour tout financer ; les collectivités peuvent s’engager jusqu’au { $date } inclus (fuseau horaire { $zone }).
call-missing-covered = Tout l’objectif est couvert. D’autres collectivités peuvent encore s’engager jusqu’au { $date } inclus (fuseau horaire { $zone }), ce qui réduit la quote-part de chacune.
call-missing-grace = La date limite est passée. Les collectivités qui avaient déclaré une intention peuvent encore décider jusqu’au { $until }.
call-missing-confirmed = L’appel a abouti : les quotes-parts sont définitives et les travaux peuvent commencer.
call-missing-executing = L’appel a abouti et le contrat est signé : les travaux sont en cours.
call-missing-settling = Les travaux sont terminés : les sommes dues sont appelées, payées, et le reste est restitué.
call-missing-closed = L’appel est clos : tout est payé, et les comptes sont à zéro.
call-missing-failed = L’appel n’a pas abouti à sa date limite. Personne ne doit rien : tous les engagements sont libérés.
call-missing-failed-of = L’appel n’a pas abouti : à sa date limite, il manquait { $what }. Personne ne doit rien : tous les engagements sont libérés.
call-missing-cancelled = L’appel a été annulé par sa collectivité chef de file. Personne ne doit rien : tous les engagements sont libérés.
call-short-amount = { $amount } d’engagements fermes
call-short-councils = { $n ->
    [one] une collectivité engagée
   *[other] { NUM($n) } collectivités engagées
}
call-short-population = { $n ->
    [one] { NUM($n) } habitant représenté
   *[other] { NUM($n) } habitants représentés
}
call-short-council = l’engagement d’une collectivité indispensable ({ $council })
call-short-milestones = de quoi payer le jalon suivant en entier
call-faults = Ce brouillon ne peut pas encore être publié :
call-scope = Ce qui sera livré
call-out-of-scope = Ce qui n’en fait pas partie
call-publish = Publier l’appel
call-edit = Modifier le brouillon
call-confirm = Confirmer sans attendre la date limite
call-cancel = Annuler l’appel
call-sign-in = Se connecter pour engager ma collectivité
call-facts = En bref
call-councils-min = Collectivités nécessaires
call-population-min = Habitants nécessaires
call-deadline-zone = à la fin du jour (fuseau horaire { $zone })
call-grace = Délai de décision
call-grace-days = { $n ->
    [one] { NUM($n) } jour après la date limite, pour qui a déclaré une intention
   *[other] { NUM($n) } jours après la date limite, pour qui a déclaré une intention
}
call-vehicle = Montage juridique
call-published = Publié
call-ended = Terminé
call-data = Données
call-json = L’appel en JSON
call-pledges-json = Les engagements en JSON
call-no-amount = sans montant

## Quotes-parts

call-shares-caption = Quote-part de chaque collectivité, montants { $basis }
call-shares-final = Quotes-parts définitives
call-shares-none = Aucune collectivité ne s’est encore prononcée.
call-shares-fault = Les quotes-parts ne peuvent pas être calculées pour l’instant. { $why }
call-shares-note = La quote-part d’aujourd’hui ne compte que les engagements fermes. Elle change à chaque nouvel engagement, et ne dépasse jamais le plafond. Le total des plafonds ne compte que les engagements fermes.
call-share-ceiling = Plafond : jamais plus que
call-capacity = Somme des plafonds fermes
call-weight-population = Habitants
call-weight-weight = Poids
call-at-ceiling = son plafond
call-bands = Strates de la clé
call-band = Habitants
call-band-upto = jusqu’à { NUM($n) } inclus
call-band-last = au-delà
call-rule-equal-text = Le coût est divisé en parts égales entre les collectivités engagées.
call-rule-population-text = Le coût est divisé en proportion des habitants de chaque collectivité engagée ({ $basis }).
call-rule-bands-text = Chaque collectivité engagée pèse selon sa strate de population ({ $basis }), et le coût est divisé en proportion de ces poids.
call-rule-criteria-text = Le coût est divisé en proportion d’un critère convenu : { $name }.
call-rule-envelopes-text = Le coût est divisé en enveloppes, chacune répartie au centime puis additionnée : { $parts }.
call-rule-fixed-text = Chaque collectivité paie le montant convenu d’avance.
call-rule-open-text = Chaque collectivité choisit son montant ; si l’ensemble dépasse le besoin, tous les montants sont réduits en proportion.
call-rule-part = { $percent } { $what }
call-rule-equal-short = à parts égales
call-rule-population-short = au prorata des habitants ({ $basis })
call-rule-bands-short = par strates de population
call-rule-criteria-short = selon le critère convenu ({ $name })
call-population-municipale = population municipale
call-population-totale = population totale
call-population-kind = population { $kind }
call-population-any = dernier recensement connu
call-population-of = { $kind } { $year }
call-how-subsidies = Les subventions portées sont d’abord déduites du coût ; seul le reste est partagé.
call-how-floor = Aucune collectivité ne paie moins que le plancher de { $amount }.
call-how-cap = Aucune collectivité ne paie plus que le plafond commun de { $amount }.
call-how-ceilings = Aucune collectivité ne paie plus que le plafond voté par son assemblée ; ce qui dépasse est partagé entre les autres, ou reste à trouver.
call-how-cents = Chaque quote-part est arrondie au centime inférieur ; les centimes restants vont aux plus forts restes, à reste égal au plus grand poids, puis dans l’ordre alphabétique. La somme est toujours exacte.
call-how-paradox = Pour cette raison, l’arrivée d’une collectivité peut augmenter d’un centime la quote-part d’une autre.

## Jalons et tranches

call-milestone = Jalon
call-milestone-n = { NUM($n) }.
call-milestones-caption = Jalons, dans l’ordre, montants { $basis }
call-due = Échéance
call-due-none = à fixer
call-funded = Financé
call-not-funded = À financer
call-tranches = Ce que chaque jalon demande à chaque collectivité
call-tranches-caption = Tranches de financement, montants { $basis }

## Simulation et courbe de prix

call-simulate-title = Et si d’autres collectivités participaient ?
call-simulate-with = Collectivités qui participeraient
call-simulate-council = Essayer un autre plafond pour
call-simulate-council-hint = Laissez « Aucune » pour garder les plafonds connus ; la courbe de prix suit la collectivité choisie.
call-simulate-ceiling = Plafond à essayer
call-simulation-caption = Quotes-parts simulées, montants { $basis }
call-simulation-now = Aujourd’hui
call-simulation-then = Dans cette hypothèse
call-simulation-gap = Dans cette hypothèse, il manquerait { $amount }.
call-simulation-covered = Dans cette hypothèse, tout est couvert.
call-simulation-json = Cette simulation en JSON
call-simulate-rule = Essayer une autre clé de répartition
call-simulate-rule-kept = La clé de l’appel
call-simulate-rule-equal = Parts égales
call-simulate-rule-population = Au nombre d’habitants
call-simulate-rule-half = Moitié à parts égales, moitié à la population
call-simulate-amount = Essayer un autre coût total
call-simulation-succeeds = L’appel aboutirait alors.
call-simulation-partial = Seuls les premiers jalons seraient alors financés.
call-simulation-fails = L’appel échouerait alors.
call-curve = Le prix selon le nombre de collectivités
call-curve-of = Quote-part selon le nombre de collectivités : { $council }
call-curve-text = Plafonds mis à part, { $council } paierait { $alone } en étant seule et { $least } à { $n } collectivités.
call-curve-data = Les chiffres de la courbe
call-curve-councils = Collectivités
call-curve-known = (aujourd’hui)

## Montages juridiques

vehicle-each-buys = Chaque collectivité achète sa part
vehicle-joint-procurement-split = Groupement de commandes, chaque membre exécute sa part
vehicle-joint-procurement-full = Groupement de commandes, le coordonnateur paie et recouvre
vehicle-public-cooperation = Coopération entre personnes publiques, le chef de file est remboursé au coût
vehicle-in-house = Structure commune contrôlée par ses membres
vehicle-association = Association, par adhésion ou prestation
vehicle-grant-to-lead = Le chef de file achète, les autres le subventionnent
vehicle-purchasing-body = Centrale d’achat

## Engagements : textes des pages

pledge-none = Aucune collectivité ne s’est encore prononcée sur cet appel.
pledge-up-to = Jusqu’à { $amount }.
pledge-no-ceiling = Sans montant.
pledge-committed-on = Engagement pris le { $date }.
pledge-said-on = Déclarée le { $date }.
pledge-members-only = visible des membres de l’espace
pledge-note-of = Remarque : { $note }
pledge-reason-of = Motif : { $reason }
pledge-entry = Écriture n° { NUM($n) } du grand livre
evidence-mou = Protocole d’accord
evidence-line = { $kind } n° { $number } du { $date }
evidence-received-on = reçue en préfecture le { $date }
evidence-published-on = publiée le { $date }
evidence-checked-on = vérifiée par une seconde personne le { $date }
evidence-rejected-on = rejetée par une seconde personne le { $date }
evidence-rejection = Motif : { $reason }
evidence-unchecked = pas encore vérifiée par une seconde personne
evidence-read = Lire l’acte { $number }
evidence-download = { $name } ({ $size })
evidence-digest = Empreinte du fichier :
ledger-of = Grand livre : { $space }

## Engager sa collectivité

pledge-intend-text = Une intention n’engage à rien. Elle montre aux autres collectivités que la vôtre étudie l’appel « { $call } », et ne compte pas dans la capacité ferme.
pledge-intend-ceiling = Montant envisagé
pledge-intend-ceiling-hint = À titre indicatif : ce montant est montré à part, et n’est jamais ajouté aux engagements fermes.
pledge-intend-done = L’intention de votre collectivité est enregistrée. Elle peut être retirée à tout moment.
pledge-note = Remarque
pledge-note-hint = Lue par les collectivités de l’espace seulement.
pledge-public = Montrer cette intention à tous
pledge-public-hint = Sans cela, seules les collectivités de l’espace la voient.
pledge-already = Toutes les collectivités pour lesquelles vous agissez se sont déjà prononcées sur cet appel.
pledge-step-amount = Simuler
pledge-step-check = Vérifier
pledge-step-done = Engager
pledge-see-share = Voir la quote-part
pledge-prospect = Ce que cela coûterait
pledge-prospect-note = Montants { $basis }. La quote-part dépend de qui s’engage ; le plafond, lui, ne bouge pas.
pledge-low = Ce plafond est inférieur à la quote-part attendue : il ne suffira pas si l’appel ne l’admet pas.
pledge-go-check = Continuer vers la vérification
pledge-prove = Votre dernière preuve d’identité date de plus de cinq minutes.
pledge-prove-link = Confirmer que c’est bien vous ; votre saisie est conservée, sauf le fichier
pledge-check-warning = En enregistrant, vous engagez { $council } à payer sa quote-part, jusqu’à { $amount }, si l’appel aboutit.
pledge-check-reversible = Vous pourrez retirer cet engagement, avec un motif, aux conditions de la rubrique « Pour en sortir » ci-dessous. Rien n’est enregistré pour l’instant.
pledge-means = Ce que l’engagement veut dire
pledge-edit-council = la collectivité ou le plafond
pledge-condition = Condition
pledge-condition-text = Rien n’est dû si l’appel n’aboutit pas. Il se décide à la fin du { $date } (fuseau horaire { $zone }), pour un objectif de { $amount }.
pledge-exit = Pour en sortir
pledge-exit-text = Jusqu’à la confirmation de l’appel, votre collectivité peut se retirer librement, avec un motif public. Ensuite, les quotes-parts sont figées.
pledge-exit-notice = Jusqu’au { $date } inclus, votre collectivité peut se retirer, avec un motif public : la charte demande un préavis de { $days } jours avant l’échéance. Après une modification ou une prolongation, elle peut partir sans préavis pendant 15 jours. Une fois l’appel confirmé, les quotes-parts sont figées.
pledge-mandate = jusqu’à { $amount } par acte, jusqu’au { $date } ({ $act })
pledge-mandate-none = Vous n’avez pas de délégation de signature en cours pour cette collectivité : l’engagement sera refusé.
pledge-act = L’acte de votre collectivité
pledge-act-text = L’engagement repose sur un acte : une délibération, une décision prise par délégation, une convention ou un bon de commande. Son numéro et sa date seront publics.
pledge-commit-submit = Engager { $council }
pledge-sure = J’ai vérifié l’acte et le plafond de { $amount }
pledge-commit-done = L’engagement ferme de votre collectivité est enregistré et inscrit au grand livre.
pledge-commit-signed = Votre signature est enregistrée. L’engagement devient ferme une fois l’acte complet : voyez ci-dessous ce qu’il attend.
pledge-leave-unsaved = Quitter sans rien enregistrer
pledge-of = Engagement : { $council }
pledge-said = Déclaré
pledge-committed = Engagé
pledge-json = L’engagement en JSON
pledge-refuse = Renoncer
pledge-refuse-text = { $council } ne participera pas à cet appel : son intention prend fin. Rien n’est dû. Elle pourra se prononcer de nouveau tant que l’appel est ouvert.
pledge-refuse-done = L’intention a pris fin.
pledge-withdraw-text = L’engagement ferme prend fin ({ $council }), les quotes-parts des autres collectivités sont recalculées dans la limite de leurs plafonds, et une écriture le consigne au grand livre. Votre collectivité pourra s’engager de nouveau tant que l’appel est ouvert.
pledge-withdraw-done = L’engagement est retiré, et le grand livre le consigne.
pledge-reason-hint = Une phrase que tout le monde pourra lire.
pledge-act-ref = Acte de retrait
pledge-act-ref-hint = Par exemple « délibération n° 2026-118 ».

## Pièces : textes des pages

evidence-title = Pièces justificatives
evidence-none = Aucune pièce justificative.
evidence-add = Ajouter une pièce justificative
evidence-add-done = La pièce justificative est ajoutée.
evidence-check = Attester la vérification
evidence-check-text = Vous n’avez pas déposé l’acte { $number } : vous pouvez attester que vous l’avez vérifié. Votre vérification est datée et publique, votre nom ne l’est pas.
evidence-check-done = Votre vérification est enregistrée.
evidence-reject = Rejeter l’acte
evidence-reject-reason = Ce qui ne va pas
evidence-reject-hint = Ce motif est lisible par tous. L’engagement attend alors un autre acte ; s’il est déjà ferme, il le reste.
evidence-reject-done = L’acte est rejeté, et la collectivité en est avertie.
evidence-url = Adresse où lire l’acte
evidence-file-hint = PDF, image, texte ou archive ZIP, { $size } au plus. Préférez un PDF balisé, lisible par tous.
evidence-visibility = Qui peut lire le fichier
evidence-visibility-hint = Le numéro, la date et l’empreinte sont toujours publics.
evidence-visible-auditors = Votre collectivité et les contrôleurs
evidence-visible-members = Les collectivités de l’espace
evidence-visible-public = Tout le monde

## Grand livre : textes des pages

ledger-no-names = Aucune personne n’y est nommée.
ledger-state = État du registre
ledger-verified = Vérifié
ledger-verified-text = Toutes les écritures ont été recalculées le { $date } : { $n ->
        [one] { NUM($n) } écriture
       *[other] { NUM($n) } écritures
    } et { $heads ->
        [one] { NUM($heads) } point de contrôle signé concordent
       *[other] { NUM($heads) } points de contrôle signés concordent
    }.
ledger-trusted-text = Les écritures jusqu’à la n° { NUM($n) } ont été vérifiées le { $date } et ne sont pas relues ici ; les suivantes viennent d’être relues.
ledger-behind = Vérification en cours
ledger-behind-text = Les écritures jusqu’à la n° { NUM($n) } sur { NUM($total) } sont vérifiées. Chaque visite de cette page en vérifie d’autres à la suite, et la prochaine publication du grand livre les vérifie toutes.
ledger-verify-whole = Vérifier toutes les écritures maintenant (JSON)
ledger-balances-more = Il y a d’autres comptes : les voir tous.
ledger-faulty = Anomalie
ledger-faulty-text = Le recalcul du { $date } a trouvé ceci :
ledger-size = Nombre d’écritures
ledger-root = Racine de l’arbre des écritures
ledger-lines = écritures (JSON Lines)
ledger-how = Vérifier sans nous croire
ledger-how-text = Les écritures et leur point de contrôle signé sont aussi dans le dépôt de l’espace : chaque clone est un témoin. Un clone ancien suffit à déceler une réécriture.
ledger-how-clone = Cloner le dépôt de l’espace
ledger-balances = Soldes
ledger-balances-text = Un engagement s’inscrit deux fois : au compte de la collectivité, et en contrepartie au compte de l’appel. La somme est donc toujours nulle.
ledger-balances-caption = Soldes des comptes le { $date }
ledger-account = Compte
ledger-postings = Imputations
ledger-entries-caption = { NUM($n) } écritures sur { NUM($total) }, de la plus récente à la plus ancienne
ledger-entry-n = N° { NUM($n) }
ledger-reverses = contrepasse la n° { NUM($n) }
ledger-evidence = Pièce :
ledger-hash = Empreinte :
ledger-empty = Aucune écriture
ledger-empty-text = La première écriture viendra avec le premier engagement ferme.
entry-pledge-firm = Engagement ferme
entry-pledge-amended = Engagement modifié
entry-pledge-withdrawn = Engagement retiré
entry-pledge-released = Engagement libéré
entry-pledge-confirmed = Engagement confirmé
entry-grant-secured = Subvention acquise
entry-funds-call-issued = Appel de fonds
entry-payment-acknowledged = Versement reçu
entry-invoice-approved = Facture approuvée
entry-payment-sent = Paiement du prestataire
entry-payment-direct = Paiement direct
entry-in-kind-delivered = Jours de travail faits
entry-closing-appropriation = Clôture
entry-refund-sent = Remboursement
entry-reversal = Contre-écriture

## Transparence et financement

transparency-lead = Ce que les collectivités ont engagé, ce qui leur a été appelé, ce qu’elles ont payé et ce qui a été dépensé, par appel et par collectivité.
transparency-caption = Le grand livre de chaque espace
transparency-links = Détail
transparency-ledger = Grand livre
transparency-none = Aucun espace n’existe encore.
transparency-year = Publié en
transparency-council = Nom ou adresse d’une collectivité
transparency-whole = Tout afficher
transparency-called = Appelé
transparency-refunded = Remboursé
transparency-note = L’engagé compte les plafonds fermes et les quotes-parts définitives, chacun sur la base de son appel ; le reste compte les paiements rapprochés, taxes comprises. Le solde est ce que les porteurs financiers détiennent encore : versé, moins dépensé, moins remboursé. Les monnaies ne s’additionnent pas.
transparency-nothing = Aucun montant ne correspond.
transparency-by-call = Par appel
transparency-by-council = Par collectivité
transparency-calls-caption = Engagé, appelé, versé et dépensé par appel
transparency-councils-caption = Engagé, appelé, versé et remboursé par collectivité
transparency-file-calls = Télécharger les appels (CSV)
transparency-file-councils = Télécharger les collectivités (CSV)
transparency-only = Ses appels
transparency-ledgers = Les grands livres
transparency-head = Dernière empreinte
transparency-open-data = Données ouvertes
funding-of = Financement : { $owner }
funding-committed-in = Plafonds fermes ({ $currency })
funding-confirmed-in = Quotes-parts confirmées ({ $currency })
funding-totals-note = Plafonds fermes : le plus qui pourra être demandé pour les appels encore ouverts. Quotes-parts confirmées : ce qui sera demandé. Les deux ne s’additionnent pas, et les monnaies non plus.
funding-nothing = Aucun montant n’est engagé.
funding-no-call = Aucun appel dans cet espace
funding-pledges-of = Ce que { $council } a déclaré et engagé
funding-final = Quote-part définitive TTC
funding-no-pledge = Aucun engagement
funding-no-pledge-text = Cette collectivité ne s’est encore prononcée sur aucun appel.
call-new = Préparer un appel

## Préparer, publier et clore un appel

call-basis-gross = TTC : la TVA est comprise dans les montants
call-basis-net = HT : la TVA vient en plus
call-create-done = Le brouillon est enregistré : relisez-le, puis publiez-le.
call-edit-done = Le brouillon est modifié.
call-publish-text = Une fois publié, l’appel est visible de tous et ses conditions ne changent plus : objectif, clé, jalons et date limite. Vous pourrez encore l’annuler, avec un motif, tant qu’il n’est pas confirmé.
call-publish-done = L’appel est publié : les collectivités peuvent s’engager.
call-cancel-text = L’appel prend fin pour tous et tous les engagements sont libérés. C’est définitif, mais un nouvel appel pourra reprendre le même contenu.
call-cancel-done = L’appel est annulé, et tous les engagements sont libérés.
call-confirm-text = Les quotes-parts deviennent définitives dès maintenant, sans attendre la date limite, et plus aucune collectivité ne peut s’engager ni se retirer. C’est définitif.
call-confirm-done = L’appel est confirmé : les quotes-parts sont définitives.
call-form-lead = L’appel reste un brouillon, visible des membres de l’espace, jusqu’à sa publication.
call-form-save = Enregistrer le brouillon
call-form-what = Ce qui est à financer
call-form-title = Titre
call-form-markdown = Texte au format Markdown.
call-form-lang = Langue de ces textes
call-form-modules-hint = Un par ligne, sous la forme propriétaire/module.
call-form-licence = Licence du résultat
call-form-money = Montants
call-form-basis = Les montants de l’appel sont
call-form-vat = Taux de TVA, en pour cent
call-form-vat-hint = Par exemple 20 ou 5,5.
call-form-minimum-hint = Le moins qui permette de commencer : le coût des premiers jalons. L’objectif, si vous laissez ce champ vide.
call-form-milestones-hint = Leur somme, avec la provision s’il y en a une, fait l’objectif. Les lignes vides sont ignorées ; sans aucun jalon, tout l’appel en est un seul.
call-form-milestone = Jalon { NUM($n) }
call-form-milestone-title = Ce qu’il livre
call-form-criteria = Critères de recette
call-form-criteria-hint = Un par ligne.
call-form-more = Ajouter un jalon
call-form-grants = Subventions portées
call-form-grants-hint = Déduites du coût avant le partage.
call-form-grant = Subvention { NUM($n) }
call-form-grant-label = Qui la verse
call-form-rule = Comment le coût est partagé
call-form-population = Population comptée
call-form-population-hint = Par exemple « municipale ». Pour les clés par population, par strates et par enveloppes.
call-form-vintage = Année du recensement
call-form-equal = Part divisée à parts égales, en pour cent
call-form-equal-hint = Pour la clé par enveloppes ; le reste est partagé au prorata de la population.
call-form-criterion = Nom du critère
call-form-criterion-hint = Pour la clé selon un critère, par exemple « agents utilisateurs ».
call-form-values = Détail de la clé
call-form-values-hint = Par strates : « 25000 : 22 » par ligne, la dernière sans borne, « 52 ». Par critère ou montants fixés : « adresse-de-la-collectivite : valeur » par ligne.
call-form-floor-hint = Le moins que paie chaque collectivité.
call-form-cap-hint = Le plus que paie chaque collectivité, quel que soit son plafond délibéré.
call-form-low = Accepter des plafonds inférieurs à la quote-part attendue
call-form-low-hint = Ce qui manque alors est partagé entre les autres, dans la limite de leurs plafonds.
call-form-when = Conditions et dates
call-form-opens-hint = Le jour de la publication, si vous laissez ce champ vide.
call-form-deadline-hint = Au format JJ/MM/AAAA, jusqu’à la fin de ce jour (fuseau horaire { $zone }), quatorze jours au moins après l’ouverture.
call-form-grace = Délai de décision après la date limite, en jours
call-form-grace-hint = Pour les collectivités qui ont déclaré une intention.
call-form-early = Permettre de confirmer avant la date limite, une fois l’objectif couvert
call-form-who = Qui porte l’appel
call-form-lead-hint = Celles de l’espace, si vous ne choisissez pas.

# Les étapes d’un engagement.
pledge-schedule = Indiquer la date de décision
pledge-schedule-text = { $council } indique quand quelle instance décide. L’engagement reste ouvert jusque-là ; il devient ferme avec l’acte de cette instance.
pledge-schedule-done = La date de décision est enregistrée.
pledge-planned-on = Jour de la décision
pledge-body = Instance qui décide
pledge-body-hint = L’assemblée, son bureau, l’exécutif par délégation.
pledge-planned = Décision
pledge-planned-by = { $body }, le { $date }
pledge-signed = Signé
pledge-awaits-second-check = attend la vérification d’un autre agent
pledge-awaits-prefecture-receipt-on = attend la date de réception de l’acte en préfecture
pledge-awaits-published-on = attend la date de publication de l’acte
pledge-awaits-number = attend le numéro de l’acte
pledge-awaits-date = attend la date de l’acte
pledge-awaits-delegation-ref = attend l’acte qui délègue la décision
pledge-awaits-url = attend l’adresse où l’acte est publié
pledge-awaits-file = attend le document lui-même
pledge-amend = Changer le plafond
pledge-amend-text = { $council } change le plus qu’elle pourra devoir. Relever le plafond demande un nouvel acte, exécutoire et vérifié ; l’abaisser n’en demande pas, et le plafond doit toujours couvrir la quote-part.
pledge-amend-act = L’acte : laissez ses champs vides si le plafond baisse.
pledge-amend-done = Le plafond est changé, et le grand livre enregistre la différence.
pledge-order = Enregistrer l’engagement comptable
pledge-order-text = { $council } a réservé sa quote-part dans ses comptes : le numéro figurera sur chaque appel de fonds.
pledge-order-done = Le numéro est enregistré.
pledge-commitment-no = N° d’engagement ou de bon de commande
pledge-commitment-no-hint = Le numéro que vos comptes donnent à la réservation des crédits.
pledge-service-code = Code du service payeur
pledge-offer = Proposer la place à une autre collectivité
pledge-offer-text = { $council } se retire et une autre collectivité reprend sa quote-part au centime près. Trois accords sont nécessaires : votre signataire maintenant, un signataire de l’autre collectivité sur un acte à elle, le chef de file de l’appel. D’ici là, rien ne change.
pledge-offer-to = Collectivité qui prend la place
pledge-offer-done = La place est proposée.
pledge-offer-open = pas encore signée
pledge-offer-taken = signée
pledge-offer-unapproved = le chef de file n’a pas encore donné son accord
pledge-offer-approved = le chef de file est d’accord
pledge-offer-passed = la place est passée
pledge-take = Prendre la place
pledge-take-text = Votre collectivité reprend toute la quote-part de { $council }, sur un acte à elle dont le plafond la couvre.
pledge-take-done = Votre collectivité a signé pour la place.
pledge-approve = Approuver la substitution
pledge-approve-text = Comme chef de file de l’appel, vous acceptez qu’une autre collectivité prenne la place de { $council }.
pledge-approve-done = Votre accord est enregistré.
pledge-years = Par exercice
pledge-years-hint = Les parts font le plafond. Laissez vide ce que vous ne répartissez pas.
pledge-year-n = Exercice { $n }
pledge-year-amount-n = Montant { $n }
pledge-year-section-n = Section { $n }
budget-investment = investissement
budget-operating = fonctionnement
evidence-delegation-ref = Acte qui délègue la décision
evidence-dates = Ajouter les dates manquantes de l’acte { $number }
evidence-dates-submit = Enregistrer les dates
evidence-dates-done = Les dates sont enregistrées.
positions-year = Exercice
positions-csv = Toutes les positions en CSV
call-profile = Profil de pays
call-profile-line = { $code }, valable depuis le { $from }, confronté au droit le { $checked }

## Verification of a call

call-verify-title = Recalculer les quotes-parts
call-verify-text = Les quotes-parts ci-dessous ont été recalculées à l’affichage, à partir de ce qui est publié. Le calcul porte l’empreinte qui figure sur les états liquidatifs.
call-verify-told = Annoncée
call-verify-computed = Recalculée
call-verify-same = Chaque quote-part est celle que donne la clé.
call-verify-differs = Une quote-part diffère de ce que donne la clé.
call-verify-request = Ce à partir de quoi les quotes-parts sont calculées (JSON)
call-verify-audit = Tout pour vérifier sans ce serveur (JSON)
call-verify-digest = Empreinte du calcul

scdl-deliberation = Participation à l’appel à cofinancement « { $title } » ({ $call }), dans la limite de { $ceiling }
