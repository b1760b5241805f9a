// Key light with a soft shadow (percentage-closer soft shadows, Fernando 2005).
uniform sampler2D shadow_map;
uniform vec3 light;  // direction towards the key light

const vec3 KEY = vec3(1.0, .96, .90) * 1.95;
const float SEARCH = .022, SHARPEST = .0012, LIGHT_SIZE = .06;  // in shadow map units
const vec2 DISC[12] = vec2[](
    vec2(-.326, -.406), vec2(-.840, -.074), vec2(-.696, .457), vec2(-.203, .621), vec2(.962, -.195),
    vec2(.473, -.480), vec2(.519, .767), vec2(.185, -.893), vec2(.507, .064), vec2(.896, .412),
    vec2(-.322, -.933), vec2(-.792, -.598));

// 1 in the light, 0 in the shadow; `at` is in the shadow map's clip space.
float lit(vec4 at, vec3 normal) {
    vec3 q = at.xyz / at.w * .5 + .5;
    if (any(lessThan(q.xy, vec2(0.))) || any(greaterThan(q.xy, vec2(1.)))) return 1.;
    float bias = .0012 + .003 * (1. - max(dot(normal, light), 0.));
    float turn = hash(gl_FragCoord.xy) * 6.283;
    mat2 spin = mat2(cos(turn), -sin(turn), sin(turn), cos(turn));
    float blockers = 0., found = 0.;
    for (int i = 0; i < 8; i++) {
        float d = texture(shadow_map, q.xy + spin * DISC[i] * SEARCH).r;
        if (d < q.z - bias) { blockers += d; found += 1.; }
    }
    if (found < .5) return 1.;
    float radius = clamp((q.z - blockers / found) * LIGHT_SIZE, SHARPEST, SEARCH);
    float sum = 0.;
    for (int i = 0; i < 12; i++)
        sum += texture(shadow_map, q.xy + spin * DISC[i] * radius).r < q.z - bias * (1. + radius * 120.) ? 0. : 1.;
    return sum / 12.;
}
