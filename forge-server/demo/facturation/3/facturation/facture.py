"""La facture d’une famille pour un mois."""

from .tarif import tarif


def total(quotient: int, repas: int) -> int:
    """Le total en centimes : un entier fois un entier, donc sans arrondi."""
    if repas < 0:
        raise ValueError("un nombre de repas ne peut pas être négatif")
    return tarif(quotient) * repas


def en_euros(centimes: int) -> str:
    """Le montant écrit comme sur la facture : 12,30 €."""
    return f"{centimes // 100},{centimes % 100:02d} €"
