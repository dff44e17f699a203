"""Le tarif d’un repas selon le quotient familial."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tranche:
    """Une tranche : jusqu’à ce quotient compris, ce tarif en centimes."""

    quotient_max: int | None
    tarif: int


TRANCHES = (Tranche(400, 95), Tranche(800, 210), Tranche(1200, 340), Tranche(None, 480))


def tarif(quotient: int) -> int:
    """Le tarif en centimes ; la borne haute d’une tranche en fait partie."""
    for tranche in TRANCHES:
        if tranche.quotient_max is None or quotient <= tranche.quotient_max:
            return tranche.tarif
    raise ValueError("aucune tranche ne convient")
