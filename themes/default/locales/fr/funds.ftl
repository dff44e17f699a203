# Appels de fonds, paiements, factures, remboursements, bilan de clôture.

## Refus

refusal-funds-state = Cela n’est pas possible dans l’état actuel de la pièce.
refusal-funds-called-already = Ce jalon a déjà fait l’objet d’un appel de fonds.
refusal-milestone-unknown = L’appel n’a pas ce jalon, ou ne l’a pas retenu : écrivez M1, M2… ou R pour la provision.
refusal-amount-too-much = Le montant dépasse ce qui reste.
refusal-refunds-planned = Les remboursements sont arrêtés : plus rien d’autre ne bouge sur cet appel.
refusal-refunds-not-planned = Arrêtez d’abord les remboursements.
refusal-funds-draft-stale = Quelque chose a changé depuis ce brouillon : établissez-le de nouveau, puis émettez-le.
refusal-call-not-executing = Le contrat n’est pas encore enregistré : les fonds s’appellent une fois les travaux commencés.
refusal-milestone-not-accepted = Ce jalon n’est pas encore accepté : son vote de recette libère sa tranche.
refusal-funds-payment-told = Un paiement est déjà déclaré sur cet appel de fonds : il ne s’annule plus.
refusal-council-not-called = Cette collectivité n’est pas dans cet appel de fonds.
refusal-date-in-future = Cette date est dans le futur.
refusal-date-in-past = Cette date est passée.
refusal-supplier-key = Écrivez l’identifiant du prestataire en minuscules, chiffres et tirets, par exemple opensoft.
refusal-digest-invalid = Une empreinte SHA-256 s’écrit en 64 chiffres hexadécimaux.
refusal-cash-too-low = Le porteur financier n’a pas reçu assez : le paiement dépasse ce qui est en caisse sur cet appel.
refusal-grant-not-secured = Cette subvention n’est pas encore notifiée.
refusal-refund-in-parts = Un remboursement est envoyé en une fois, pour son montant.
refusal-nothing-owed = Rien n’est dû.
refusal-closing-signed = Ce côté a déjà signé le bilan, ou vous ne signez ni pour l’un ni pour l’autre.

## États

funds-state-draft = Brouillon
funds-state-issued = Émis
funds-state-partly-paid = Payé en partie
funds-state-paid = Payé
funds-state-cancelled = Annulé
payment-state-declared = Déclaré par le payeur
payment-state-received = Reçu selon le porteur financier
payment-state-reconciled = Rapproché
payment-state-retracted = Retiré
payment-state-reversed = Annulé par correction
payment-kind-contribution = Participation
payment-kind-grant = Subvention
payment-kind-supplier = Prestataire
payment-kind-direct = Paiement direct
invoice-state-recorded = Enregistrée
invoice-state-approved-once = Approuvée une fois
invoice-state-approved = Approuvée
invoice-state-paid = Payée
invoice-state-refused = Refusée
refund-state-planned = À envoyer
refund-state-sent = Envoyé
refund-state-carried = Reporté sur la maintenance
