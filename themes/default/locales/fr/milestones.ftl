## Jalons, avenants et suites d’un appel

refusal-milestone-state = Le jalon n’est pas, ou n’est plus, dans l’état qu’il faudrait pour cela.
refusal-milestone-not-voted = Une livraison se refuse après le vote qui ne l’a pas acceptée : ouvrez ce vote, ou attendez sa fin.
refusal-criterion-unknown = Le jalon n’a pas de critère de ce numéro.
refusal-criterion-twice = Un même critère est cité deux fois.
refusal-too-many-criteria = Un jalon a au plus 50 critères.
refusal-amend-too-late = Il reste moins de 15 jours avant la date limite : faites d’abord voter un report, pour que les collectivités puissent se retirer.
refusal-leave-open = Les collectivités peuvent encore se retirer à la suite du dernier changement : attendez la fin de leur délai.
refusal-extensions-used = L’appel a déjà été reporté deux fois : il se termine à sa date limite.
refusal-extension-too-long = Un appel se reporte de six mois en tout : { $date } au plus tard.
refusal-extension-too-short = Au plus tôt le { $date } : les collectivités ont quinze jours pour se retirer après le vote.
refusal-extension-too-late = Le vote finirait après la date limite de l’appel : il est trop tard pour le reporter.
refusal-amend-fixed = Cela ne change plus une fois l’appel publié : les plafonds ont été votés ainsi.
refusal-amend-deadline = Seul un vote déplace la date limite : proposez un report.
refusal-amend-nothing = Rien n’a changé : corrigez d’abord ce qui doit l’être.
refusal-vote-needed = La charte de l’espace demande un vote pour publier un appel : mettez-le aux voix.
refusal-vote-running = Cette livraison est déjà mise aux voix.
refusal-scope-unchanged = Indiquez combien de premiers jalons restent : au moins un, moins qu’aujourd’hui, et tous ceux qui sont déjà acceptés.
refusal-module-of-call = Indiquez un des modules de l’appel, sous la forme propriétaire/nom.
refusal-tag-unknown = Le module n’a pas d’étiquette de ce nom : poussez-la d’abord.
refusal-date-future = Cette date est dans l’avenir.
refusal-work-not-begun = Les travaux commencent quand le contrat de l’appel est enregistré : enregistrez-le d’abord.
