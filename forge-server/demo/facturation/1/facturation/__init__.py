"""Facturation périscolaire : tout montant est un nombre entier de centimes."""
