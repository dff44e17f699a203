## Apport en nature : des jours de travail donnés aux jalons d’un appel

work-title = Apports en nature
work-intro = Une collectivité peut donner des jours de travail de ses agents sur un jalon. Ce qui est convenu avant la confirmation de l’appel diminue ce qu’elle paie.
work-rate = Une journée vaut
work-most = Le travail peut valoir au plus
work-agreed = Convenu à ce jour
work-not-taken = La charte de cet espace ne prévoit pas d’apport en nature : ses membres peuvent en voter une qui dit ce que vaut une journée.
work-list = Ce que proposent les collectivités
work-caption = Jours de travail par collectivité et par jalon
work-of = Jours de travail donnés par { $council }
work-none = Aucune collectivité n’a proposé de jours de travail.
work-days = Jours
work-value = Valeur
work-task = Travail fait
work-days-hint = En chiffres, au centième près : 12, 2,5 ou 0,25.
work-task-hint = Une ou deux phrases que chaque payeur peut vérifier.
work-offer = Proposer des jours de travail
work-offer-text = Le chef de projet répond. Une fois convenus, les jours comptent dans les quotes-parts jusqu’à la confirmation de l’appel ; après, ils sont inscrits et ne diminuent rien.
work-offer-done = Les jours sont proposés : le chef de projet répond.
work-answer = Répondre aux propositions
work-see = Voir les jours de travail
work-withdraw = Retirer
work-withdraw-done = Les jours sont retirés.
work-agree = Accepter
work-agree-done = Les jours sont convenus.
work-refuse = Refuser
work-refuse-reason = Pourquoi
work-refuse-done = Les jours sont refusés ; la collectivité sait pourquoi.
work-deliver = Constater qu’ils sont faits
work-deliver-done = Les jours sont faits : ils figurent au grand livre.
work-offered-on = Proposés le { $date }.
work-delivered-on = Faits le { $date }.
work-reason-of = Refusés : { $reason }
work-state-offered = Proposé
work-state-agreed = Convenu
work-state-delivered = Fait
work-state-withdrawn = Retiré
work-state-refused = Refusé
work-missing = Manquant : convenu et non fait
work-no-money = Les jours de travail ne sont pas de l’argent : ils ne figurent dans aucune somme reçue ou dépensée.
work-counted = compté dans les quotes-parts
work-not-counted = non compté dans les quotes-parts
work-before = Quote-part avant travail
work-credited = Travail déduit
work-credit = { $amount } (jours : { $days })
work-gift = dont un don de { $amount }
work-gives = { $amount } de travail
work-shares-note = Le travail d’une collectivité fait partie du coût total et se déduit de sa propre quote-part : le reste se paie en argent. Ce qu’elle donne au-delà de sa quote-part est un don, que personne ne rembourse.
work-simulate-days = Jours qu’elle donnerait
work-milestone = Jours de travail sur ce jalon

refusal-work-state = Les jours ne sont pas, ou plus, là où il le faudrait pour cela.
refusal-work-call-state = L’appel n’est pas, ou plus, dans l’état qu’il faut.
refusal-work-milestone-dropped = Ce jalon ne se fait plus : aucun travail n’y est pris.
refusal-work-not-taken = La charte de cet espace ne prévoit pas d’apport en nature : proposez de la modifier.
refusal-work-currency = La charte évalue une journée dans une autre monnaie que celle de l’appel.
refusal-work-too-much = La charte limite la part du coût total qui peut être du travail : { $left } peuvent encore être convenus.
refusal-work-counted = Ces jours ont compté quand les quotes-parts ont été figées : ils ne peuvent qu’être faits.
refusal-work-days = Écrivez les jours en chiffres, au centième près, comme 12 ou 2,5.

## La ligne de commande

cli-about-call-work = Jours de travail que des collectivités donnent à un appel
cli-about-call-work-list = Les jours de travail d’un appel
cli-about-call-work-offer = Proposer des jours de travail sur un jalon
cli-about-call-work-withdraw = Retirer des jours de travail
cli-about-call-work-agree = Accepter des jours de travail, pour le chef de projet
cli-about-call-work-refuse = Refuser des jours de travail, pour le chef de projet
cli-about-call-work-deliver = Constater que les jours sont faits, pour le chef de projet
cli-arg-work = Référence de l’apport
cli-arg-call-work-offer-days = Combien de jours, au centième près
cli-arg-task = Travail fait
cli-arg-call-simulate-work = Jours de travail que donnerait une collectivité, sous la forme COLLECTIVITÉ=JOURS ; peut être répété
cli-call-bad-work = « { $value } » n’est pas de la forme COLLECTIVITÉ=JOURS.
cli-col-days = JOURS
cli-col-value = VALEUR
cli-col-counted = COMPTÉ
cli-col-fair-share = AVANT TRAVAIL
cli-col-work = TRAVAIL
cli-col-gift = DON
cli-share-gift = DON
