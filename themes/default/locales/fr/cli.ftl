### La commande « forge ».

cli-not-signed-in = Vous n’êtes pas connecté. Lancez « forge auth login ».
cli-no-answer = { $host } ne répond pas : { $reason }
cli-done = Fait.
