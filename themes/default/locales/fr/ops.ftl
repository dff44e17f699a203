## L’exploitation : ce que disent les commandes de forge-server

backup-written = Sauvegarde écrite dans { $file } : { $rows ->
    [one] { NUM($rows) } ligne
   *[other] { NUM($rows) } lignes
  }, { $repositories ->
    [one] { NUM($repositories) } dépôt
   *[other] { NUM($repositories) } dépôts
  }, { $evidence ->
    [one] { NUM($evidence) } pièce
   *[other] { NUM($evidence) } pièces
  }, { $size }. Le fichier contient des clés et des documents : gardez-le à l’abri.
backup-restored = Sauvegarde rétablie dans { $data } : { $rows ->
    [one] { NUM($rows) } ligne
   *[other] { NUM($rows) } lignes
  }, { $repositories ->
    [one] { NUM($repositories) } dépôt
   *[other] { NUM($repositories) } dépôts
  }, { $evidence ->
    [one] { NUM($evidence) } pièce
   *[other] { NUM($evidence) } pièces
  }. Vérifiez-la avec « forge-server verify », puis lancez « forge-server serve ».
migrate-done = La base de données est au schéma { NUM($schema) }.

verify-sound = Tout est en ordre (schéma { NUM($schema) }).
verify-unsound = { $faults ->
    [one] { NUM($faults) } défaut trouvé.
   *[other] { NUM($faults) } défauts trouvés.
  } Gardez une copie de l’état actuel avant toute réparation.
verify-part-database = Base de données : { $faults ->
    [0] saine
    [one] { NUM($faults) } défaut
   *[other] { NUM($faults) } défauts
  }
verify-part-audit = Journal d’audit : { $checked ->
    [one] { NUM($checked) } ligne
   *[other] { NUM($checked) } lignes
  }, { $faults ->
    [0] chaîne intacte
    [one] { NUM($faults) } défaut
   *[other] { NUM($faults) } défauts
  }
verify-part-ledgers = Grands livres : { $checked ->
    [one] { NUM($checked) } écriture
   *[other] { NUM($checked) } écritures
  }, { $faults ->
    [0] conformes
    [one] { NUM($faults) } défaut
   *[other] { NUM($faults) } défauts
  }
verify-part-repositories = Dépôts : { $checked ->
    [one] { NUM($checked) } dépôt
   *[other] { NUM($checked) } dépôts
  }, { $faults ->
    [0] sains
    [one] { NUM($faults) } défaut
   *[other] { NUM($faults) } défauts
  }
verify-part-evidence = Pièces : { $checked ->
    [one] { NUM($checked) } fichier
   *[other] { NUM($checked) } fichiers
  }, { $faults ->
    [0] conformes
    [one] { NUM($faults) } défaut
   *[other] { NUM($faults) } défauts
  }

verify-database-damaged = La base de données signale : { $why }.
verify-audit-gap = Les lignes du journal à partir de la ligne { $first } manquent avant celle-ci.
verify-audit-changed = Cette ligne du journal, ou la précédente, n’est plus celle qui a été écrite.
verify-repository-unreadable = Le dépôt ne peut pas être lu : { $why }.
verify-repository-damaged = git signale : { $why }.
verify-head-differs = HEAD désigne { $head }, alors que la branche par défaut est { $branch }.
verify-reference-differs = { $ref } désigne { $stands }, alors que le journal des envois dit { $says }.
verify-evidence-unreadable = Le fichier ne peut pas être lu : { $why }.
verify-evidence-changed = Le fichier n’a plus l’empreinte inscrite au grand livre.

## La démonstration

demo-making = Le monde d’exemple se prépare : quelques secondes, la première fois seulement…
demo-ready = Beffroi est ouvert sur { $url }. Tous les comptes ont pour mot de passe « { $password } » :
demo-try-terminal = Dans un autre terminal, d’abord : le chemin de « forge », l’adresse et le jeton de chaque personne ($NADIA, $MARC…) :
demo-try-clone = 1. Clonez un module, sans compte :
demo-try-push = 2. Envoyez une branche :
demo-try-publish = 3. Publiez votre propre dépôt, depuis son dossier :
demo-try-pledge = 4. Engagez Aubervac dans l’appel ouvert, jusqu’à 12 000 € :
demo-try-see = 5. Voyez tout cela sur les pages, sans vous connecter :

## L’examen et les réglages

doctor-good = ✓ { $what } : { $found }
doctor-bad = ✗ { $what } : { $found }
doctor-folder = dossier des données
doctor-git = git
doctor-database = base de données
doctor-address = adresse d’écoute
doctor-mail = messagerie
config-good = Les { NUM($keys) } réglages sont utilisables.
