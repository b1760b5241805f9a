#version 330
// The dressed figure, one kind of surface at a time: KIND is defined before this text is compiled, and what other
// kinds would do is not in the program. Depth was drawn first, so what is cut away does not come here. Everything drawn on the figure
// (brows, iris, lips, hems, soles) is a function of the rest position.
#include "noise.glsl"
#include "kinds.glsl"
#include "light.glsl"
in vec3 at;
in vec3 n;
in vec3 r;
in float field;
in float more;
in vec4 in_light;
uniform vec3 camera, eye, ear, nose;  // eye and ear of the left side, nose, at rest
uniform float size;                   // leg length / 0.9 m
uniform vec3 skin, shirt, trousers, shoes, hair, trim, iris;
uniform bool banded, striped, side_stripe;
layout(location = 0) out vec4 direct;
layout(location = 1) out vec4 ambient;
layout(location = 2) out vec4 facing;

struct Surface { vec3 colour; float shine, gloss, wrap; vec3 normal; };

vec3 creased(vec3 normal, float scale) {
    vec3 bumps = vec3(cloudy(r.xz * scale + 7.), cloudy(r.yz * scale), cloudy(r.xz * scale * .8 - 3.));
    return normalize(normal + .10 * (bumps - .45));
}

vec3 face(vec3 c) {
    float side = abs(r.x);
    c = mix(c, c * vec3(.86, .56, .54), more * .75);  // lips
    c *= .93 + .12 * cloudy(r.xz * 60.);
    vec3 cheek = vec3(side - .045 * size, r.y - (nose.y + .04 * size), r.z - (nose.z - .005 * size));
    c = mix(c, c * vec3(1.03, .82, .80), .5 * exp(-dot(cheek, cheek) / (.0007 * size * size)));
    vec2 e = vec2(side - eye.x, r.z - eye.z) / size;
    float arch = .0205 + .10 * e.x + .0045 * cos(clamp((e.x - .004) / .03, -1.5, 1.5)) - .35 * max(e.x - .018, 0.);
    float brow = smoothstep(.0065, .0035, abs(e.y - arch)) * smoothstep(.030, .024, abs(e.x - .004));
    if (r.y < eye.y + .03) c = mix(c, hair * .8, brow * .85);
    float socket = length(vec2(e.x / .020, e.y / .0095));
    if (r.y < eye.y + .02) c = mix(c, c * .45, smoothstep(1.5, .9, socket) * .8);
    return c;
}

Surface of_skin(vec3 normal) {
    Surface s = Surface(face(skin), .06, 18., .12, normal);
    float stubble = cloudy(r.xz * 90. + r.y * 40.) * .012 * size;
    if (field > stubble - .004) {  // the scalp
        float strand = noise(vec2(atan(r.x, r.y - ear.y) * 40., r.z * 30.));
        s.colour = mix(s.colour, hair * (.7 + .6 * strand), smoothstep(0., .012, field - stubble + .004));
        s.shine = .10;
        s.wrap = .05;
    }
    return s;
}

Surface of_shirt(vec3 normal) {
    Surface s = Surface(shirt, .015, 18., .05, creased(normal, 14.));
    s.colour *= .92 + .16 * cloudy(r.xz * vec2(9., 5.) + r.y * 3.);
    if (field < .012) s.colour = trim;
    float band = abs(r.z - (ear.z - .395 * size)) / size;
    if (banded && more < 0. && band < .042) s.colour = band > .036 ? trim : shirt * vec3(.35, .30, .42);
    if (striped && fract(r.z / (.09 * size)) < .33 && more < .0) s.colour = trim;
    return s;
}

Surface of_trousers(vec3 normal) {
    Surface s = Surface(trousers, .015, 18., .05, creased(normal, 13.));
    s.colour *= .92 + .16 * cloudy(r.xz * vec2(12., 6.));
    if (side_stripe && abs(r.y - ear.y) < .016 * size && abs(r.x) > .14 * size) s.colour = trim;
    if (field < .008) s.colour *= .8;
    return s;
}

Surface of_shoes(vec3 normal) {
    Surface s = Surface(shoes, .08, 18., .12, normal);
    if (r.z < .026 * size) s.colour = vec3(.85);
    else if (r.z > .075 * size) s.colour = vec3(.80);
    bool laces = r.y < -.05 && r.z > .045 * size && r.z < .075 * size;
    if (laces && abs(fract(r.z / (.011 * size) + r.y * 30.) - .5) < .18) s.colour = mix(s.colour, vec3(.9), .6);
    return s;
}

Surface of_eyes(vec3 normal) {
    Surface s = Surface(vec3(.70, .69, .67), .5, 60., .12, normal);
    float d = length(vec2(r.x - sign(r.x) * eye.x, r.z - eye.z)) / size;
    if (d < .0072) s.colour = iris;
    if (d < .0034) s.colour = vec3(.02);
    return s;
}

void main() {
    vec3 sight = normalize(camera - at);
    vec3 normal = normalize(n);
    if (!gl_FrontFacing) normal = -normal;
    Surface s;
    if (KIND == SKIN) s = of_skin(normal);
    else if (KIND == SHIRT) s = of_shirt(normal);
    else if (KIND == TROUSERS) s = of_trousers(normal);
    else if (KIND == SHOES) s = of_shoes(normal);
    else if (KIND == EYES) s = of_eyes(normal);
    else s = Surface(hair * (.65 + .7 * noise(vec2(r.x * 140. + r.y * 90., r.z * 14.))), .14, 24., .05, normal);
    if (!gl_FrontFacing && (KIND == SHIRT || KIND == TROUSERS || KIND == HAIR)) s.colour *= .6;

    float towards = dot(s.normal, light), lightness = lit(in_light, s.normal);
    float diffuse = max((towards + s.wrap) / (1. + s.wrap), 0.);
    vec3 sum = s.colour * KEY * diffuse * lightness;
    // Light that has gone through skin comes out red where it fades.
    if (KIND == SKIN) sum += s.colour * vec3(.35, .10, .06) * max(0., (towards + .35) / 1.35 - diffuse) * lightness;
    vec3 between = normalize(light + sight);
    sum += KEY * s.shine * pow(max(dot(s.normal, between), 0.), s.gloss) * lightness;
    vec3 sky = mix(vec3(.40, .36, .33), vec3(.72, .76, .82), s.normal.z * .5 + .5);
    sky += vec3(.30, .32, .36) * max(dot(s.normal, normalize(vec3(.8, -.5, .35))), 0.);
    direct = vec4(sum, 1);
    ambient = vec4(s.colour * sky, 1);
    facing = vec4(s.normal, 1.);
}
