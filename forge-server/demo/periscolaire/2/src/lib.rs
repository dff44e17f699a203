//! Inscriptions aux services périscolaires.

pub mod places;

/// Un service auquel un enfant peut être inscrit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    Cantine,
    Garderie,
    Mercredi,
}

/// Une inscription d’un enfant à un service, pour un jour donné.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inscription {
    pub enfant: u32,
    pub service: Service,
    pub jour: String,
}
