# Ce que la forge répond quand elle refuse : une phrase, et ce qu’il faut faire ensuite.
# La clé est le code stable de l’API, avec des tirets.

error-not-found = Introuvable : cette adresse n’existe pas, ou n’est pas visible pour vous.
error-sign-in = Connectez-vous d’abord.
error-too-many = Trop de demandes : attendez un peu avant de recommencer.
error-too-large = L’envoi dépasse la limite fixée sur cette instance.
error-busy = La base de données est occupée : rien n’a été changé, recommencez dans un instant.
error-internal = Le serveur n’a pas pu répondre. Signalez la référence { $reference } si cela se répète.

refusal-already-exists = Cela existe déjà.
refusal-invalid-form = Le formulaire contient des erreurs : corrigez les champs signalés.
refusal-password-length = Le mot de passe doit compter entre { $min } et { $max } caractères.
refusal-module-exists = Un module porte déjà ce nom chez ce propriétaire. Choisissez un autre nom.
refusal-module-name = Ce nom de module n’est pas utilisable : employez des minuscules, des chiffres et des tirets, quarante caractères au plus.
refusal-module-empty = Rien n’a encore été poussé dans ce module. Poussez votre code, puis publiez.
refusal-licence-missing = Aucun fichier de licence n’est à la racine de la branche par défaut. Ajoutez un fichier LICENSE, puis publiez.
refusal-branch-missing = Cette branche n’existe pas dans le dépôt.
refusal-branch-name = Ce nom de branche n’est pas un nom que git accepte.
refusal-branch-moved = La branche par défaut a changé depuis que vous l’avez regardée. Relisez-la, puis recommencez.
refusal-council-missing = Vous agissez pour plusieurs collectivités : dites au nom de laquelle.
refusal-body-not-json = Le corps de la requête doit être en JSON, avec l’en-tête Content-Type : application/json.
refusal-body-invalid = Le corps de la requête n’est pas celui qui est attendu : { $why }.
refusal-body-unreadable = Le corps de la requête n’a pas pu être lu jusqu’au bout.
refusal-query-invalid = Les paramètres de l’adresse ne sont pas ceux qui sont attendus : { $why }.
