// Vers quel service une demande part : la première règle dont un mot est dans le texte.
const REGLES = [
  { service: "voirie", mots: ["trou", "chaussée", "trottoir", "lampadaire"] },
  { service: "propreté", mots: ["déchets", "poubelle", "tags"] },
  { service: "espaces verts", mots: ["arbre", "branche", "square"] },
];

export function aiguiller(texte) {
  const bas = texte.toLocaleLowerCase("fr");
  const regle = REGLES.find(({ mots }) => mots.some((mot) => bas.includes(mot)));
  return regle?.service ?? "accueil";
}
