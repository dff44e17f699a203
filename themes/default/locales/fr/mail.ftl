### Les courriels.

mail-greeting = Bonjour,
mail-why = Vous recevez ce courriel parce que vous avez un compte sur { $site }.
