### Ce que la forge dit à git : une ligne par idée, affichée après « remote: ».

git-sign-in = Il faut s’identifier : donnez un jeton d’accès personnel comme mot de passe.
git-not-offered = Seul le protocole « smart » de git est servi ici : utilisez git 1.6.6 ou une version plus récente.
git-created = Le module { $path } a été créé. Il n’est pas public : publiez-le sur { $address } quand il sera prêt.
