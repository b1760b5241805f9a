#version 330
// Depth only, from the light or from the camera.
in vec3 place;
in float cut;
in float part;
uniform mat4 onto;
out float field;
flat out int kind;
invariant gl_Position;

void main() {
    field = cut;
    kind = int(part + .5);
    gl_Position = onto * vec4(place, 1);
}
