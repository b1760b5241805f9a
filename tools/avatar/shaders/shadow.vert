#version 330
in vec3 place;
in float cut;
in float part;
uniform mat4 to_light;
out float field;
flat out int kind;

void main() {
    field = cut;
    kind = int(part + .5);
    gl_Position = to_light * vec4(place, 1);
}
