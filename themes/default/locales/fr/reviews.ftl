# Changements relus par les collectivités : ce que des programmes disent des commits.

checks-title = Vérifications
checks-caption = Ce que chaque vérification a dit en dernier de ce commit
checks-name = Vérification
checks-state = Résultat
checks-said = En quelques mots
checks-by = Rapporté par
status-state-pending = En cours
status-state-success = Réussi
status-state-warning = Réussi avec des remarques
status-state-failure = Échoué
status-state-error = Interrompu

refusal-status-state = Écrivez l’un de ces mots : pending, success, warning, failure, error.
refusal-status-context = Le nom d’une vérification tient sur une ligne, sans caractère invisible.
refusal-statuses-too-many = Ce commit a déjà { NUM($max) } vérifications différentes : rapportez sous l’un de leurs noms.
refusal-reports-too-many = { NUM($max) } rapports ont été faits sur ce commit : plus rien n’est reçu. Rapportez sur un commit plus récent.

refusal-approvals-loosened = L’espace demande plus d’approbations : un module peut en demander autant ou davantage, jamais moins.
refusal-cooling-loosened = L’espace laisse reposer un changement plus longtemps : un module ne peut pas raccourcir ce délai.
refusal-objection-loosened = Dans cet espace, une objection arrête un changement : un module ne peut pas y déroger.
refusal-status-loosened = L’espace exige une vérification qui manque ici : un module ne peut pas s’en passer.
refusal-sign-off-loosened = L’espace exige une signature d’origine sur chaque commit : un module ne peut pas s’en passer.
refusal-method-loosened = L’espace ne fusionne pas de cette façon : un module non plus.
refusal-method-missing = Laissez au moins une façon de fusionner : sans elle, aucun changement n’entrerait jamais.
refusal-approvals-contradict = Il est demandé plus d’approbations d’une autre collectivité que d’approbations en tout.
refusal-rule-too-large = Demandez moins d’approbations ou d’heures, et donnez à chaque vérification un nom court et non vide.

cli-about-status = Ce que des programmes disent des commits : s’ils se construisent, si leurs tests passent
cli-about-status-list = Dire ce que chaque vérification a dit en dernier d’un commit
cli-about-status-set = Dire pour un programme ce qu’il a trouvé d’un commit
cli-arg-status-list-revision = Branche, étiquette ou commit ; celui du dossier présent si rien n’est dit
cli-arg-status-set-revision = Branche, étiquette ou commit ; celui du dossier présent si rien n’est dit
cli-arg-status-list-module = Module, sous la forme TITULAIRE/MODULE ; celui du dossier présent si rien n’est dit
cli-arg-status-set-module = Module, sous la forme TITULAIRE/MODULE ; celui du dossier présent si rien n’est dit
cli-arg-status-list-wait = Attendre la fin de toutes les vérifications, puis échouer si l’une a échoué
cli-arg-status-list-patience = Combien de temps attendre, en secondes
cli-arg-status-set-state = Ce qu’il a trouvé : pending, success, warning, failure ou error
cli-arg-status-set-context = Nom de la vérification
cli-arg-status-set-url = Adresse où l’on en dit plus
cli-arg-status-set-description = En quelques mots
cli-col-check = VÉRIFICATION
cli-col-result = RÉSULTAT
cli-status-waiting = { $pending ->
    [one] Une vérification sur { NUM($total) } n’est pas finie…
   *[other] { NUM($pending) } vérifications sur { NUM($total) } ne sont pas finies…
}
cli-status-none-yet = Aucune vérification n’a encore parlé…
cli-status-failed = Toutes les vérifications n’ont pas réussi.
cli-status-impatient = Les vérifications n’étaient pas finies après { $seconds } secondes.
cli-status-impatient-hint = Attendez plus longtemps avec --patience, ou regardez de nouveau avec « forge status list ».
cli-no-module-here = Aucun module de { $host } n’est connu dans ce dossier.
cli-no-module-here-hint = Nommez-le avec --module TITULAIRE/MODULE.
