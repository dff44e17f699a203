### E-mails.

mail-greeting = Hello,
mail-why = You receive this e-mail because you have an account on { $site }.
mail-event-subject = [{ $about }] { $text }
mail-digest-subject = { $n ->
    [one] { $site }: one piece of news
   *[other] { $site }: { NUM($n) } pieces of news
}
mail-choose = Choose what you receive: { $url }
mail-unsubscribe = Receive no more of these e-mails: { $url }
mail-test-subject = { $site }: a test
mail-test-text = This e-mail shows that { $site } can write to you.
mail-test-sent = The mail server took the message.
