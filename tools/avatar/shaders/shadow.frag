#version 330
// Depth from the light: garments end where their field does.
in float field;
flat in int kind;

void main() {
    if (kind >= 1 && kind <= 4 && field < 0.) discard;
}
