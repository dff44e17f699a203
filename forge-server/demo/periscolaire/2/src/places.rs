//! Combien de places reste-t-il un jour donné ?

use crate::{Inscription, Service};

/// Les places qui restent : jamais moins que zéro.
pub fn restantes(capacite: usize, service: &Service, jour: &str, prises: &[Inscription]) -> usize {
    let occupees = prises
        .iter()
        .filter(|inscription| inscription.service == *service && inscription.jour == jour)
        .count();
    capacite.saturating_sub(occupees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_service_plein_na_plus_de_place() {
        let prises = vec![Inscription {
            enfant: 1,
            service: Service::Cantine,
            jour: "2026-09-01".to_owned(),
        }];
        assert_eq!(restantes(1, &Service::Cantine, "2026-09-01", &prises), 0);
        assert_eq!(restantes(1, &Service::Garderie, "2026-09-01", &prises), 1);
    }
}
