#version 330
// Vertices of the figure, already posed in the room.
in vec3 place;
in vec3 normal;
in vec3 rest;     // where the vertex is when the figure stands at rest
in float cut;     // below 0 the garment ends
in float extra;   // skin: lips; shirt: place along the sleeve
uniform mat4 onto;
uniform mat4 to_light;
out vec3 at;
out vec3 n;
out vec3 r;
out float field;
out float more;
out vec4 in_light;
invariant gl_Position;

void main() {
    at = place;
    n = normal;
    r = rest;
    field = cut;
    more = extra;
    in_light = to_light * vec4(place, 1);
    gl_Position = onto * vec4(place, 1);
}
