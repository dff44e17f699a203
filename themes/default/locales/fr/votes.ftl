## Votes des collectivités d’un espace, et sa charte

entry-vote-closed = Vote clos

refusal-vote-closed = Le vote est clos : ses bulletins ne changent plus.
refusal-not-an-elector = Cette collectivité n’est pas appelée à ce vote.
refusal-no-electors = Ce vote n’appellerait personne : aucune collectivité contributrice n’y compte.
refusal-choice-unknown = Choisissez oui, non ou abstention.
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
refusal-office-unknown = Choisissez le chef de file ou le porteur financier.
refusal-already-leaving = Cette collectivité a déjà donné son préavis.

space-ask-vote-done = La demande est faite : les membres de l’espace la mettent aux voix.
space-admit-vote-done = Les membres de l’espace en décident par un vote.
space-notice-done = Le préavis est donné : la date du départ est indiquée à côté du nom de la collectivité.
space-seat-done = Le siège est enregistré.
space-seat-give = Donner un siège au comité technique
space-seat-take = Retirer le siège
space-coordinates = comité technique
space-leaves = Part le { $date }

vote-decisions = Décisions
vote-intro = Ce que les collectivités de cet espace décident ensemble, et le vote de chacune. Les bulletins sont ceux des organismes : ils sont publics dès qu’un vote est clos.
vote-of-council = Les votes auxquels { $council } est appelée, et ce qu’elle a voté.
vote-none = Aucun vote
vote-none-text = Rien n’a encore été mis aux voix ici.
vote-new = Mettre une question aux voix
vote-new-text = Les collectivités contributrices auront { NUM($days) } jours pour répondre. Rien n’en découle de soi-même : le résultat est consigné.
vote-new-submit = Ouvrir le vote
vote-open-done = Le vote est ouvert.
vote-question = Question
vote-question-hint = Posez-la de sorte que « oui » change quelque chose
vote-explanation = Explication
vote-explanation-hint = En Markdown : ce que cela change, pour qui, à partir de quand
vote-why = Motif
vote-office = Un autre chef de file ou porteur financier
vote-office-text = Les membres en décident comme de la charte. Les appels en cours gardent leur chef de file et leur porteur financier.
vote-office-which = Que s’agit-il de confier ?
vote-claim = Renoncer à une créance
vote-claim-text = Les collectivités qui paient l’appel en décident, à la double majorité. Ce qui est versé avant la clôture du vote n’est pas abandonné.
vote-claim-call-hint = Sa référence, comme CALL-2026-0007
vote-claim-debtor = Qui doit
vote-claim-debtor-hint = Le nom de la collectivité dans les adresses, ou, pour une subvention, le mot grant, deux-points et son nom
refusal-call-unknown = Il n’y a pas d’appel de cette référence dans cet espace.
vote-about = Objet
vote-opened = Ouverture
vote-closed = Clôture
vote-close-day = Bulletins jusqu’au
vote-asked = Qui est appelé
vote-turnout = Participation
vote-turnout-of = { NUM($n) } sur { NUM($asked) }
vote-bodies = Les organismes appelés
vote-bodies-of = Organismes appelés par { $vote }
vote-weight = Poids
vote-ballot = Bulletin
vote-own-ballot = Bulletin : { $choice }
vote-comment = Motif donné
vote-comment-hint = Public dès la clôture. Une objection par consentement doit en donner un.
vote-cast = Voter
vote-cast-text = Vous votez pour votre collectivité. Le bulletin peut changer jusqu’à la clôture, et il est public ensuite.
vote-cast-for = Vous votez pour { $council }.
vote-cast-submit = Déposer le bulletin
vote-cast-done = Le bulletin est déposé. Il peut changer jusqu’à la clôture.
vote-choice-yes = Oui
vote-choice-no = Non
vote-choice-abstain = Abstention
vote-choice-none = Sans bulletin
vote-choice-later = Public à la clôture
vote-rule = Comment on décide
vote-rule-one-body-one-vote = Chaque organisme compte pour un.
vote-rule-by-contribution = Chaque organisme compte pour ce qu’il apporte ; à partir de quatre votants, aucun ne compte pour plus de 40 % du tout.
vote-rule-by-band = Chaque organisme compte selon sa taille ; à partir de quatre votants, aucun ne compte pour plus de 40 % du tout.
vote-rule-stepped = Chaque organisme compte par paliers de ce qu’il apporte ; à partir de quatre votants, aucun ne compte pour plus de 40 % du tout.
vote-rule-double-majority = Il faut la majorité des organismes, et la majorité de l’argent qu’ils apportent.
vote-rule-consent = La proposition passe, sauf objection motivée d’un organisme.
vote-majority = Il faut au moins { $part } des suffrages exprimés.
vote-majority-plain = Il faut plus de la moitié des suffrages exprimés.
vote-abstentions-count = Une abstention est un suffrage exprimé.
vote-abstentions-out = Les abstentions ne sont pas des suffrages exprimés.
vote-tie = À égalité, rien ne change.
vote-casting = À égalité, la voix du chef de file décide.
vote-quorum-of = Au moins { NUM($n) } sur { NUM($asked) } doivent y prendre part.
vote-veto = Le comité technique peut s’y opposer.
vote-under-charter = Tenu sous la version { NUM($version) } de la charte ; rien n’en change une fois le vote ouvert.
vote-result = Résultat
vote-counted = Suffrages de { $vote }
vote-chamber = Décompte
vote-heads = Organismes
vote-weights = Poids
vote-in-ledger = L’état final de ce vote est dans le dépôt de l’espace, et son empreinte au grand livre.
vote-state-open = Ouvert
vote-state-passed = Adopté
vote-state-rejected = Rejeté
vote-reason-carried = Les suffrages favorables suffisent.
vote-reason-no-objection = Personne n’a fait objection.
vote-reason-casting-vote = Autant de pour que de contre : la voix du chef de file a décidé pour.
vote-reason-no-quorum = Trop peu d’organismes y ont pris part.
vote-reason-tie = Autant de pour que de contre : rien ne change.
vote-reason-no-majority = Les suffrages favorables ne suffisent pas.
vote-reason-no-money-majority = Les organismes sont pour, l’argent qu’ils apportent ne l’est pas.
vote-reason-veto = Le comité technique s’y est opposé.
vote-reason-objection = Un organisme a fait une objection motivée.
vote-effect-waiting = La décision est en cours d’exécution.
vote-effect-done = La décision a été exécutée.
vote-effect-failed = La décision n’a pas pu être exécutée : la situation avait changé.
vote-kind-charter = Charte de l’espace
vote-kind-admit = Place d’une collectivité dans l’espace
vote-kind-call-open = Publication d’un appel
vote-kind-call-extend = Prolongation d’un appel
vote-kind-milestone-accept = Recette d’un jalon
vote-kind-scope-change = Changement de périmètre
vote-kind-write-off = Abandon d’une créance
vote-kind-supplier = Choix d’un prestataire
vote-kind-late-joiner = Adhésion tardive
vote-kind-close = Arrêt anticipé d’un appel
vote-kind-other = Question
vote-electorate-members = Les collectivités contributrices de l’espace
vote-electorate-funders = Les collectivités contributrices qui paient l’appel
vote-electorate-lead-and-pledgers = Le chef de file et les collectivités engagées fermement
vote-minutes = Compte rendu
vote-minutes-of = Compte rendu des décisions de { $space }
vote-minutes-text = Tous les votes clos, du plus ancien au plus récent, tels que la forge les tenait le { $date }.

charter-text = Ce dont les collectivités de cet espace sont convenues. Elle change par un vote de ses membres, dont le commit est consigné ici ; personne ne peut y pousser.
charter-propose = Proposer une nouvelle version
charter-propose-text = Les membres votent sur la version { NUM($n) } ; si elle passe, elle est inscrite dans le dépôt de l’espace et en vigueur dès lors.
charter-propose-submit = La mettre aux voix
charter-question-hint = Laissée vide, la question est d’adopter ou non la nouvelle version
charter-paper = CHARTER.md
charter-paper-hint = Le texte, en Markdown
charter-machine = charter.toml
charter-machine-hint = La partie que lisent les programmes ; une faute est montrée avec sa ligne
charter-versions = Versions de la charte
charter-version = Version
charter-version-n = Version { NUM($n) }
charter-in-force = En vigueur
charter-vote = Adoptée par
charter-founded = La fondation de l’espace
charter-commit = Commit

cli-col-ballot = BULLETIN
cli-col-question = QUESTION
cli-col-turnout = PARTICIPATION
cli-col-weight = POIDS
cli-vote-meaning = { $question }
    Vous votez « { $choice } » pour { $council }. Le bulletin peut changer jusqu’à la clôture, et il est public ensuite.
cli-about-vote = Décider ensemble : ouvrir des votes et déposer des bulletins
cli-about-vote-list = Énumérer les votes d’un espace, ou ceux qui appellent une collectivité
cli-about-vote-show = Montrer un vote, et ses bulletins dès qu’il est clos
cli-about-vote-open = Poser une question aux collectivités d’un espace
cli-about-vote-write-off = Proposer de renoncer à une créance, ce qui ouvre un vote
cli-arg-debtor = Collectivité qui doit, ou, pour une subvention, le mot grant, deux-points et son nom
cli-about-vote-cast = Déposer le bulletin d’une collectivité
cli-about-space-charter = Lire la charte d’un espace, ou en proposer une autre
cli-about-space-charter-show = Montrer la charte en vigueur
cli-about-space-charter-propose = Proposer une nouvelle version, ce qui ouvre un vote
cli-about-space-seat = Donner à un membre un siège au comité technique, ou le retirer
cli-about-space-entrust = Proposer un autre chef de file ou porteur financier, ce qui ouvre un vote
cli-arg-vote = Référence du vote
cli-arg-question = Question, posée de sorte que « oui » change quelque chose
cli-arg-explanation = Pourquoi, en Markdown
cli-arg-choice = yes, no ou abstain
cli-arg-comment = Motif, public dès la clôture
cli-arg-machine = charter.toml au lieu du texte
cli-arg-space-charter-propose-folder = Dossier qui contient CHARTER.md et charter.toml
cli-arg-take-back = Retirer le siège
cli-arg-office = lead ou treasurer
cli-arg-suspended = Suspendre la collectivité
