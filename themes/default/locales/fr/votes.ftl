## Votes des collectivités d’un espace, et sa charte

entry-vote-closed = Vote clos

refusal-vote-closed = Le vote est clos : ses bulletins ne changent plus.
refusal-not-an-elector = Cette collectivité n’est pas appelée à ce vote.
refusal-no-electors = Ce vote n’appellerait personne : aucune collectivité contributrice n’y compte.
refusal-choice-unknown = Choisissez oui, non ou abstention.
refusal-effect-unavailable = Cette décision ne peut pas être mise aux voix ici : rien ne pourrait l’exécuter.
refusal-charter-moved-on = Une autre version de la charte est entrée en vigueur entre-temps : proposez la suivante.
refusal-charter-unreadable = La ligne { $line } de charter.toml est illisible : { $why }
refusal-charter-rule-wrong = Ligne { $line } de charter.toml : { $fault ->
    [version] la version doit être { $expected }, celle qui suit la charte en vigueur.
    [quorum] un quorum est d’au plus 10000 points de base, le tout.
    [majority] une majorité est comprise entre 5000 et 10000 points de base.
    [days] un vote dure de 1 à 365 jours.
    [bands] les strates vont en croissant, et la dernière n’a pas de borne haute.
    [steps] les paliers vont en croissant, et le premier commence à 0.
    [superfluous] les strates vont avec by_band et les paliers avec stepped ; une autre règle n’en a pas.
    [notice] un préavis est d’au plus 730 jours.
    [escalator] les jours de la majoration vont en croissant.
    [amount] un montant est positif ou nul, en centimes.
   *[basis_points] une part est d’au plus 10000 points de base, le tout.
}
refusal-admit-by-vote = Les membres de cet espace en décident par un vote, qui est ouvert.
refusal-already-leaving = Cette collectivité a déjà donné son préavis.

space-ask-voted = La demande est faite : les membres de l’espace la mettent aux voix.
space-admit-voted = Les membres de l’espace en décident par un vote.
