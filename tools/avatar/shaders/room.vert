#version 330
in vec3 place;
in vec3 normal;
uniform mat4 onto;
uniform mat4 to_light;
out vec3 at;
out vec3 n;
out vec4 in_light;

void main() {
    at = place;
    n = normal;
    in_light = to_light * vec4(place, 1);
    gl_Position = onto * vec4(place, 1);
}
