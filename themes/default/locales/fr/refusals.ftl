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
refusal-visibility-was-public = Ce module est public et le reste : des copies en existent.
refusal-visibility-by-publication = Un module devient public par sa publication, qui le vérifie d’abord.
refusal-visibility-without-space = Seul un module d’un espace mutualisé peut être montré à un espace.
refusal-visibility-unknown = Choisissez qui voit le module : ses collectivités, ou tout l’espace.
refusal-branch-moved = La branche par défaut a changé depuis que vous l’avez regardée. Relisez-la, puis recommencez.
refusal-council-missing = Vous agissez pour plusieurs collectivités : dites au nom de laquelle.
refusal-body-not-json = Le corps de la requête doit être en JSON, avec l’en-tête Content-Type : application/json.
refusal-body-invalid = Le corps de la requête n’est pas celui qui est attendu : { $why }.
refusal-body-unreadable = Le corps de la requête n’a pas pu être lu jusqu’au bout.
refusal-query-invalid = Les paramètres de l’adresse ne sont pas ceux qui sont attendus : { $why }.

## Droits

refusal-role-missing = Votre rôle ne le permet pas : demandez-le au responsable de projet de votre collectivité.
refusal-other-council = Votre rôle est dans une autre collectivité, qui ne peut pas le faire ici.
refusal-not-a-member = Votre collectivité n’a pas dans cet espace la place que cela demande.
refusal-admin-only = Seul un administrateur de la forge peut le faire.
refusal-owner-only = Seule la personne à qui cela appartient peut le faire.
refusal-admin-and-money = Un administrateur de la forge ne promet pas, ne vote pas et ne touche pas à l’argent.
refusal-to-oneself = Une autre personne doit vous donner le pouvoir de signer.
refusal-token-scope = Ce jeton ne va pas jusque-là : prenez-en un de portée plus large, ou connectez-vous.
refusal-personal-draft = Le module d’une personne est un brouillon : déplacez-le dans une collectivité ou un espace pour le publier.
refusal-nobody = Personne ne peut le faire ; le registre se corrige par une contre-écriture et une écriture nouvelle.

## Noms, adresses, dates

refusal-name-empty = Ce champ est vide : écrivez au moins un caractère.
refusal-name-too-long = C’est trop long : { $max } caractères au plus.
refusal-slug-shape = Un nom court a 1 à 40 caractères : lettres de a à z, chiffres et traits d’union, avec une lettre ou un chiffre au début et à la fin.
refusal-name-reserved = « { $name } » est une adresse de la forge elle-même : choisissez un autre nom.
refusal-name-git-suffix = Laissez « .git » de côté : la forge l’ajoute à l’adresse pour git.
refusal-name-device = « { $name } » est le nom d’un périphérique sur certains ordinateurs, qui ne pourraient pas cloner.
refusal-name-looks-like-oid = Un nom de 40 ou 64 chiffres hexadécimaux serait pris pour l’identifiant d’un objet git.
refusal-name-invisible = Ce texte contient un caractère invisible ou de contrôle : effacez-le et retapez-le.
refusal-name-taken = Ce nom est pris, ou se lit comme un nom déjà pris : choisissez-en un autre.
refusal-email-invalid = Ce n’est pas une adresse électronique.
refusal-email-taken = Un compte existe déjà pour cette adresse : connectez-vous, puis ouvrez le lien de nouveau.
refusal-url-invalid = Écrivez une adresse complète, qui commence par https://.
refusal-domain-invalid = Écrivez un nom de domaine, comme mairie.example.fr.
refusal-locale-unknown = Cette langue n’est pas proposée : fr ou en.
refusal-invalid-date = Écrivez la date comme 2027-03-31.
refusal-date-out-of-range = Cette date est hors des limites : entre 1900 et 2199.
refusal-date-missing = Il manque la date.
refusal-invalid-time-zone = Ce fuseau horaire n’est pas connu : écrivez par exemple Europe/Paris.
refusal-ends-before-it-begins = La fin vient avant le début.
refusal-licence-invalid = Écrivez la licence par son identifiant SPDX, comme EUPL-1.2.

## Formulaires et connexion

refusal-cross-site = Cette demande venait d’un autre site : ouvrez la page ici et recommencez.
refusal-form-expired = Votre session s’est terminée entre-temps. Rouvrez la page, puis envoyez de nouveau le formulaire.
refusal-form-invalid = Le formulaire n’est pas celui de la page : { $why }.
refusal-password-off = Ici, on se connecte par un fournisseur d’identité.
refusal-password-guessable = Ce mot de passe est de ceux qu’on essaie en premier : choisissez-en un autre.
refusal-password-wrong = Ce n’est pas votre mot de passe actuel.
refusal-prove-again = Cet acte demande que vous prouviez de nouveau qui vous êtes : saisissez votre mot de passe.
refusal-provider-no-email = Le fournisseur d’identité n’a pas transmis d’adresse électronique : le compte ne peut pas être créé.
refusal-identity-taken = Cette identité est déjà reliée à un autre compte.
refusal-account-disabled = Ce compte est désactivé.
refusal-disable-oneself = On ne désactive pas son propre compte : demandez-le à un autre administrateur.
refusal-last-administrator = C’est le dernier administrateur : nommez-en un autre d’abord.
refusal-token-expiry = Un jeton dure un an au plus, et se termine plus tard que maintenant.
refusal-token-name-taken = Vous avez déjà un jeton de ce nom.
refusal-token-scope-unknown = Cette portée n’est pas connue : full, write, read ou public_only.

## Collectivités et espaces

refusal-invitation-over = Ce lien n’est plus valable : il a servi, ou il est périmé. Demandez-en un autre.
refusal-invitation-for-other = Ce lien a été fait pour une autre adresse électronique.
refusal-invite-signatory = On ne devient pas signataire par un lien : invitez la personne, puis nommez-la signataire.
refusal-days = Un lien sert de 1 à 30 jours.
refusal-signatory-apart = Le rôle de signataire se donne par un acte à part.
refusal-person-unknown = Personne n’a cet identifiant ici.
refusal-role-held = Cette personne a déjà ce rôle dans cette collectivité.
refusal-role-over = Ce rôle est déjà terminé.
refusal-role-unknown = Ce rôle n’existe pas.
refusal-last-lead = C’est le dernier responsable de projet de la collectivité : nommez-en un autre d’abord.
refusal-not-signatory = Cette personne n’est pas signataire de la collectivité : donnez-lui d’abord ce rôle.
refusal-council-unknown = Cette collectivité n’existe pas ici.
refusal-council-not-verified = Cette collectivité n’est pas encore vérifiée par un administrateur.
refusal-council-verified = Cette collectivité est déjà vérifiée.
refusal-council-kind = La nature s’écrit en lettres minuscules, comme commune ou epci.
refusal-country-code = Le pays s’écrit en deux lettres, comme FR.
refusal-identifier-invalid = Ce n’est pas un { $scheme } valable : cherchez un chiffre mal tapé.
refusal-identifier-taken = Une collectivité vérifiée porte déjà cet identifiant officiel.
refusal-population-invalid = Une population a une nature, une année sur quatre chiffres et un nombre d’habitants.
refusal-membership-wish = Une collectivité demande à être observatrice ou contributrice.
refusal-membership-status = Un membre est observateur, contributeur, suspendu ou parti.
refusal-already-asked = Cette collectivité a déjà demandé à rejoindre l’espace.
refusal-already-member = Cette collectivité est déjà membre de l’espace.
refusal-member-suspended = Cette collectivité est suspendue dans cet espace : voyez son porteur.
refusal-not-asked = Cette collectivité n’a pas demandé à rejoindre l’espace.
refusal-not-in-space = Cette collectivité n’est pas dans l’espace.
refusal-lead-stays = Le porteur de l’espace ne le quitte pas : qu’un autre le porte d’abord.
refusal-treasurer-stays = Le trésorier de l’espace ne le quitte pas : qu’un autre le soit d’abord.
refusal-meta-read-only = Le dépôt d’un espace ne reçoit aucun envoi : la forge y consigne elle-même les décisions.
refusal-protected-branch = Cette branche est protégée : poussez sur une autre branche, puis demandez à une personne chargée de la maintenance de l’intégrer.
refusal-protected-branch-deleted = Cette branche est protégée et ne peut pas être supprimée.
refusal-protected-branch-forced = Cette branche est protégée : son historique ne se réécrit pas. Récupérez-la, intégrez vos commits, puis poussez sans forcer.
refusal-tag-by-maintainer = Les étiquettes sont posées par les personnes chargées de la maintenance : demandez-le à l’une d’elles.

## Demandes

refusal-status-unknown = Cet état n’existe pas, ou n’est pas à vous.
## Noms, dates et adresses

refusal-module-path-shape = Un module s’écrit propriétaire/module.
refusal-ref-syntax = Ce n’est pas un nom de référence que git accepte.
refusal-ref-namespace = Seules les branches (refs/heads/…) et les étiquettes (refs/tags/…) peuvent être poussées.
refusal-oid-shape = Un identifiant d’objet compte 40 chiffres hexadécimaux.
refusal-path-invalid = Ce n’est pas un chemin à l’intérieur d’un dépôt.

## Montants et répartition


## Appels

refusal-terms-incomplete = L’appel ne peut pas encore être publié : complétez ce qui est signalé.

## Engagements

refusal-pledge-state = L’état de cet engagement ne permet pas cela.
refusal-ceiling-exceeded = Le plafond de { $ceiling } est inférieur à la quote-part de { $share } qui vous revient si toutes les intentions se confirment.
refusal-mandate-missing = Vous n’avez pas de délégation de signature pour cette collectivité : demandez-la à son responsable.
refusal-mandate-expired = Votre délégation de signature n’est pas valable aujourd’hui : demandez son renouvellement.
refusal-mandate-exceeded = Votre délégation de signature couvre { $max }, l’engagement demande { $ceiling }.
refusal-evidence-incomplete =
    { $gap ->
        [nothing] Joignez l’acte de votre collectivité.
        [kind] Cette nature de pièce n’est pas connue ici.
        [intention] Un protocole d’accord appuie une intention, pas un engagement ferme.
        [vehicle] Le montage juridique de l’appel n’admet pas cette nature de pièce.
        [number] Il manque le numéro de l’acte.
        [date] Il manque la date de l’acte.
        [future] La date de l’acte est dans l’avenir.
       *[other] La pièce justificative n’est pas complète.
    }
refusal-evidence-not-enforceable = L’acte n’est pas encore exécutoire : il manque sa publication ou sa réception en préfecture.
refusal-second-check-required = Une seconde personne doit vérifier la pièce justificative.

## Grand livre

refusal-not-reconciled = Les montants ne sont pas encore rapprochés.
refusal-refund-pending = Un remboursement est encore en attente.

## Pièces, brouillons et demandes répétées

refusal-amount-zero = Le montant doit être supérieur à zéro.
refusal-gross-without-net = À ce taux de TVA, aucun montant hors taxe ne donne exactement ce montant TTC : corrigez-le d’un centime.
refusal-deadline-past = La date limite est déjà passée.
refusal-profile-unknown = Ce profil de pays n’est pas chargé sur cette instance.
refusal-text-missing = Ce champ est obligatoire.
refusal-text-too-long = Ce texte est trop long, ou contient un caractère invisible.
refusal-unknown-word = Cette valeur n’est pas parmi celles qui sont proposées.
refusal-too-many-milestones = Un appel a cinquante jalons au plus.
refusal-too-many-subsidies = Un appel a cinquante subventions au plus.
refusal-subsidy-base = Une subvention au taux porte ici sur tout le coût hors taxe : ne donnez pas de base.
refusal-lead-not-a-member = La collectivité chef de file doit contribuer à l’espace.
refusal-module-unknown = Aucun module visible pour vous ne porte ce nom.
refusal-evidence-empty = Le fichier est vide.
refusal-evidence-file-kind = Ce fichier n’est ni un PDF, ni une image, ni une archive, ni un texte.
refusal-evidence-checked = Cette pièce a déjà été contrôlée.
refusal-evidence-rejected = Cette pièce a été rejetée : déposez un autre acte.
refusal-idempotency-key-invalid = La clé d’idempotence a de un à deux cents caractères visibles.
refusal-idempotency-key-reused = Cette clé d’idempotence a déjà servi pour une autre demande.
refusal-ledger-malformed = L’écriture n’a pas la forme du grand livre : rien n’a été écrit.
refusal-evidence-not-base64 = Le fichier n’est pas encodé en base64.
refusal-choose = Choisissez une collectivité.
refusal-choose-one = Demandez une seule chose : soit une écriture, soit la taille d’un état antérieur.
refusal-not-sure = Cochez la case : elle dit que vous avez vérifié l’acte et le plafond.
refusal-file-too-large = Ce fichier dépasse la taille admise.
refusal-not-a-number = Saisissez un nombre entier, par exemple 12 345.
refusal-not-a-percentage = Saisissez un pourcentage de 0 à 100, par exemple 20 ou 5,5.
refusal-rule-values = Une ligne du détail de la clé ne peut pas être lue : écrivez « nom : valeur ».

# Les engagements après leurs premiers pas, les habilitations, les profils.
refusal-mandate-kind = Votre habilitation pour cette collectivité ne couvre pas ce type d’acte : adressez-vous à son chef de projet.
refusal-mandate-kind-unknown = Une habilitation couvre l’engagement (pledge), le retrait (withdraw), ou les deux.
refusal-budget-year-invalid = Indiquez chaque exercice par quatre chiffres, avec son montant et sa section.
refusal-too-many-years = Vingt exercices au plus.
refusal-withdrawal-notice = Cet appel demande un préavis de { $days } jours avant son échéance : il est trop tard pour vous retirer. Demandez au chef de file de prolonger ou de modifier l’appel.
refusal-commitment-no-missing = Indiquez le numéro d’engagement juridique ou de bon de commande.
refusal-default-too-early = Un défaut suppose plus de 90 jours de retard et deux relances.
refusal-share-called = Une partie de la quote-part a déjà été appelée : la place ne peut plus passer à une autre collectivité.
refusal-same-council = Choisissez une autre collectivité : aucune ne prend sa propre place.
refusal-place-not-offered = Aucune place n’est proposée ici à cette collectivité, ou elle est déjà prise.
refusal-substitution-approved = Cette substitution a déjà été approuvée.
refusal-already-pledged = Cette collectivité a déjà pris position sur l’appel.
refusal-planned-past = La date de la décision est passée.

# Collectivités : identifiants, groupements, populations.
refusal-identifiers-disagree = Le SIRET n’appartient pas au SIREN : ses neuf premiers chiffres sont un autre numéro.
refusal-grouping-circle = Une collectivité n’appartient ni à elle-même ni à l’un de ses membres.
refusal-census-wrong =
    { $count ->
        [one] Une ligne du fichier est erronée : rien n’a été enregistré.
       *[other] { NUM($count) } lignes du fichier sont erronées : rien n’a été enregistré.
    }
refusal-census-line =
    { $what ->
        [council] Ligne { $line } : la collectivité n’est pas un identifiant tel que siren:213000003, ou sa clé ne correspond pas.
        [kind] Ligne { $line } : le type de population n’est pas un mot en minuscules.
        [vintage] Ligne { $line } : le millésime n’est pas une année de quatre chiffres.
        [inhabitants] Ligne { $line } : les habitants ne sont pas un nombre supérieur à zéro.
        [reference_date] Ligne { $line } : la date de référence n’est pas un jour tel que 2023-01-01.
        [source] Ligne { $line } : la source est trop longue.
        [quotes] Ligne { $line } : un guillemet n’est pas fermé.
        [text] Ligne { $line } : ce n’est pas du texte en UTF-8.
        [long] Ligne { $line } : la ligne est trop longue.
       *[columns] Ligne { $line } : il manque une colonne. La première ligne nomme council, kind, vintage et inhabitants.
    }
