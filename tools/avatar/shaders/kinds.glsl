// Kinds of surface, as in clothes.Kind.
const int SKIN = 0, SHIRT = 1, TROUSERS = 2, SHOES = 3, HAIR = 4, EYES = 5;
