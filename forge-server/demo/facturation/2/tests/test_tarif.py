from facturation.tarif import tarif


def test_la_borne_haute_fait_partie_de_la_tranche():
    assert tarif(400) == 95
    assert tarif(401) == 210
    assert tarif(5000) == 480
