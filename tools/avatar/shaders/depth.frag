#version 330
// Garments end where their field does.
#include "kinds.glsl"
in float field;
flat in int kind;

void main() {
    if (kind >= SHIRT && kind <= HAIR && field < 0.) discard;
}
