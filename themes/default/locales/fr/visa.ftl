## Visa financier

pledge-visa = Viser la participation
pledge-visa-of = Viser la participation de { $council }
pledge-visa-warning = Votre visa atteste que les crédits existent, dans la limite de { $amount } { $basis }. Il n’engage pas encore : la délibération puis l’engagement suivent. Il peut être remplacé jusque-là.
pledge-visa-text = Indiquez le plafond que le budget peut porter et sa répartition par exercice. Le visa n’engage pas encore : la délibération puis l’engagement suivent.
pledge-visa-no-years = Non réparti par exercice
pledge-visa-papers = Pièces
pledge-visa-pack = Projet de délibération et ses annexes
pledge-visa-decide = Votre décision
pledge-visa-decision = Décision
pledge-visa-submit = Enregistrer la décision
pledge-visa-refuse = Refuser la participation
pledge-visa-commitment-hint = S’il est déjà réservé : il sera proposé quand la quote-part sera confirmée.
pledge-visa-reason-hint = Obligatoire pour renvoyer ou refuser. Le motif d’un refus est public.
pledge-visa-sure = J’ai vérifié le montant et l’imputation
pledge-visa-history = Historique
pledge-visa-history-caption = Décisions du service financier
pledge-visa-who = Qui
pledge-visa-notes = Précisions
pledge-visa-none = Le service financier ne s’est pas prononcé.
pledge-visa-line = jusqu’à { $amount }, le { $date }
pledge-visa-done = La décision du service financier est enregistrée.
pledge-visa-json = Les visas en JSON
pledge-year-account-n = Imputation { $n }
visa-attested = Visée
visa-returned = Renvoyée pour correction
visa-refused = Refusée
todo-visa = Viser la participation
todo-correct = Corriger la participation renvoyée

refusal-visa-returned = Le service financier a renvoyé cette participation : il doit d’abord la viser.
refusal-visa-same-person = Qui a visé la participation ne peut pas engager la collectivité : un autre représentant signe.
refusal-visa-exceeded = Le service financier a visé { $attested }, l’engagement porte sur { $ceiling }.
refusal-choice-missing = Choisissez une décision.

## La ligne de commande

cli-about-pledge-attest = Viser une participation : le budget porte son plafond
cli-about-pledge-return = Renvoyer une participation pour correction
cli-about-pledge-refuse = Refuser une participation pour le service financier : elle s’arrête là
cli-about-pledge-visas = Ce que le service financier a dit d’une participation
cli-arg-pledge-attest-ceiling = Le plafond que le budget porte, celui de la participation sinon
cli-arg-pledge-attest-year = Une part du plafond : 2027=6000, la section après l’année et deux-points s’il la faut ; se répète
cli-arg-pledge-attest-commitment = Le numéro d’un engagement déjà réservé
cli-arg-pledge-return-reason = Ce qu’il faut corriger
cli-arg-pledge-refuse-reason = Pourquoi le budget ne peut pas la porter
cli-col-decision = DÉCISION
