### E-mails.

mail-greeting = Hello,
mail-why = You receive this e-mail because you have an account on { $site }.
