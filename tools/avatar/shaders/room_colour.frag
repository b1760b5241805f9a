#version 330
// Colour of floor (planks) and wall (with a skirting board); it never changes, so it is drawn once.
#include "noise.glsl"
in vec3 at;
in vec3 n;
uniform vec3 floor_colour, wall_colour;
out vec4 colour;

const float PLANK = .14, LENGTH = 1.3, BOARD = .10;

vec3 planks(vec2 p) {
    float row = floor(p.y / PLANK), along = (p.x + hash(vec2(row, 3.)) * 1.7) / LENGTH;
    float tone = hash(vec2(row, floor(along)));
    vec3 c = floor_colour * (.90 + .16 * tone + .10 * (cloudy(vec2(p.x * 3. + tone * 9., p.y * 45.)) - .45));
    bool joint = abs(fract(p.y / PLANK) - .5) > .485 || abs(fract(along) - .5) > .4985;
    return joint ? c * .72 : c;
}

void main() {
    if (n.z > .5) colour = vec4(planks(at.xy), 1);
    else if (at.z < BOARD) colour = vec4(vec3(.80, .79, .77) * (at.z > BOARD - .008 ? .8 : 1.), 1);
    else colour = vec4(wall_colour * (.97 + .05 * cloudy(at.xz * 2.)), 1);
}
