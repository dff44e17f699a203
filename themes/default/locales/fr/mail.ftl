### Les courriels.

mail-greeting = Bonjour,
mail-why = Vous recevez ce courriel parce que vous avez un compte sur { $site }.
mail-event-subject = [{ $about }] { $text }
mail-digest-subject = { $n ->
    [one] { $site } : une nouvelle
   *[other] { $site } : { NUM($n) } nouvelles
}
mail-choose = Choisir ce que vous recevez : { $url }
mail-unsubscribe = Ne plus recevoir ces courriels : { $url }
mail-test-subject = { $site } : essai d’envoi
mail-test-text = Ce courriel montre que { $site } peut vous écrire.
mail-test-sent = Le serveur de messagerie a pris le message.
