## Tableau de bord

dashboard-todo = { $n ->
    [0] À faire
   *[other] À faire ({ NUM($n) })
}
dashboard-todo-none = Rien ne vous attend aujourd’hui.
dashboard-no-role = Aucun rôle
dashboard-no-role-text = Vous ne portez aucun rôle dans une collectivité. Demandez à son responsable de projet de vous inviter.
dashboard-spaces = Mes espaces
dashboard-spaces-caption = Où en sont les appels en cours de mes espaces
dashboard-spaces-note = L’objectif additionne les appels publiés qui ne sont pas clos. L’engagé compte les plafonds fermes, les quotes-parts définitives et les subventions, au plus l’objectif ; le versé compte les paiements rapprochés, taxes comprises des deux côtés.
dashboard-export = Exporter ce tableau (CSV)
dashboard-committed = Engagé
dashboard-paid = Versé
dashboard-next = Prochaine échéance
dashboard-alerts = Alertes
dashboard-no-call = Aucun appel en cours
dashboard-no-space = Vos collectivités n’appartiennent à aucun espace mutualisé.
dashboard-alert-short = { $n ->
    [one] { NUM($n) } appel à réunir sous sept jours
   *[other] { NUM($n) } appels à réunir sous sept jours
}
dashboard-alert-late-milestone = { $n ->
    [one] { NUM($n) } jalon en retard
   *[other] { NUM($n) } jalons en retard
}
dashboard-alert-overdue = { $n ->
    [one] { NUM($n) } paiement en retard
   *[other] { NUM($n) } paiements en retard
}
dashboard-deadlines = Échéances
dashboard-deadlines-none = Aucune échéance n’est connue.
dashboard-deadline-call = Fin de l’appel
dashboard-deadline-vote = Clôture du vote
dashboard-deadline-funds = Paiement de l’appel de fonds
dashboard-deadline-milestone = Jalon promis
dashboard-deadline-decision = Décision de l’assemblée
dashboard-activity = Activité
dashboard-activity-none = Il ne s’est encore rien passé dans vos espaces.
dashboard-settings = Choisir comment je suis averti

## Tâches

todo-due = pour le { $date }
todo-late = En retard
todo-check-evidence = Contrôler une pièce justificative
todo-schedule = Indiquer quand l’assemblée décide
todo-commit = Engager la collectivité
todo-complete-act = Compléter l’acte signé
todo-order = Enregistrer le numéro d’engagement
todo-vote = Voter
todo-pay = Payer l’appel de fonds
todo-chase = Relancer un paiement
todo-record-receipt = Confirmer un encaissement
todo-confirm-payment = Confirmer un paiement
todo-approve-invoice = Approuver une facture
todo-agree-work = Répondre à une proposition de jours de travail
todo-admit = Répondre à une demande d’adhésion
todo-take-place = Reprendre une place offerte
todo-approve-place = Accepter le remplacement
todo-publish = Terminer et publier le brouillon
todo-gather = Réunir le financement
todo-contract = Enregistrer le contrat
todo-accept = Mettre la livraison aux voix
todo-call-funds = Appeler les fonds du jalon

## La ligne de commande

cli-about-me-todo = Ce qui vous attend, le plus urgent d’abord
cli-todo-none = Rien ne vous attend.
cli-col-task = À FAIRE
cli-col-subject = OBJET
cli-col-who = QUI

## Données ouvertes

open-data-tables = Les tables
open-data-generated = Établies le
open-data-size = Écritures signées, tous espaces
open-data-root = Racine
open-data-licence = Licence Ouverte 2.0, sauf mention contraire
open-data-caption = Ce que chacun peut emporter
open-data-table = Table
open-data-holds = Contenu
open-data-files = Fichiers
open-data-schema = schéma
open-data-note = Une table est établie au moment où on la demande. Chaque ligne porte la date, le nombre d’écritures signées et la racine : on peut prouver quel état elle montre. Les identifiants sont stables, les montants décimaux avec un point, les dates au format ISO 8601.
export-councils = Les collectivités et leurs identifiants
export-spaces = Les espaces mutualisés et leurs grands livres
export-modules = Les modules publiés
export-calls = Les appels à cofinancement, leurs termes et leur état
export-shares = Les quotes-parts, ce qui en est appelé, versé et rendu
export-pledges = Les engagements et les actes sur lesquels ils reposent
export-milestones = Les jalons et leur recette
export-votes = Les votes et le bulletin de chaque collectivité
export-funds-calls = Les appels de fonds
export-payments = Les paiements rapprochés
export-ledger = Les écritures du grand livre, telles qu’elles sont scellées

## Dessins d’un appel

call-commitments = Engagements cumulés
call-commitments-text = { $amount } engagés sur { $goal }, en { $n ->
    [one] { NUM($n) } jour
   *[other] { NUM($n) } jours
} de mouvement.
call-commitments-total = Engagé
call-timeline = Calendrier
call-timeline-text = { $n ->
    [one] { NUM($n) } date
   *[other] { NUM($n) } dates
}, du { $first } au { $last }.
timeline-n = N°
timeline-what = Étape
timeline-today = aujourd’hui
timeline-published = Publication
timeline-deadline = Date limite
timeline-confirmed = Confirmation
timeline-ended = Fin sans suite
timeline-contract = Contrat signé
timeline-milestone = Jalon promis
timeline-settled = Travaux terminés
timeline-closed = Clôture des comptes

## Ce que paie une collectivité

funding-payments = Paiements
funding-payments-of = Ce que { $council } a payé, rapproché des deux côtés
funding-payments-none = Aucun paiement n’est rapproché.
funding-payments-more = Il y en a davantage : tous les paiements (CSV)
funding-votes = Votes de { $council }
fin-kind = Nature
