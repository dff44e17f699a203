//! The engine on real repositories, beside the system's git.

mod reads;
mod support;
mod writes;
