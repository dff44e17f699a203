//! La liste d’attente : premier inscrit, premier servi.

use std::collections::VecDeque;

/// Les enfants qui attendent une place, dans l’ordre des demandes.
#[derive(Debug, Default)]
pub struct Attente(VecDeque<u32>);

impl Attente {
    /// Ajoute une demande ; un enfant n’attend qu’une fois.
    pub fn demander(&mut self, enfant: u32) {
        if !self.0.contains(&enfant) {
            self.0.push_back(enfant);
        }
    }

    /// L’enfant suivant, quand une place se libère.
    pub fn suivant(&mut self) -> Option<u32> {
        self.0.pop_front()
    }
}
