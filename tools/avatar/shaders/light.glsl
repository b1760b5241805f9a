// Key light with a soft shadow (percentage-closer soft shadows, Fernando 2005).
uniform sampler2D shadow_map;
uniform vec3 light;   // direction towards the key light
uniform vec4 shaded;  // least and greatest x and y of the figure in the shadow map

const vec3 KEY = vec3(1.0, .96, .90) * 1.95;
const float SEARCH = .022, SHARPEST = .0012, LIGHT_SIZE = .06;  // in shadow map units
const vec2 DISC[12] = vec2[](
    vec2(-.326, -.406), vec2(-.840, -.074), vec2(-.696, .457), vec2(-.203, .621), vec2(.962, -.195),
    vec2(.473, -.480), vec2(.519, .767), vec2(.185, -.893), vec2(.507, .064), vec2(.896, .412),
    vec2(-.322, -.933), vec2(-.792, -.598));

// 1 in the light, 0 in the shadow; `at` is in the shadow map's clip space. The loops run a number of times that is
// not a constant, because a software renderer skips loops but not branches.
float lit(vec4 at, vec3 normal) {
    vec3 q = at.xyz / at.w * .5 + .5;
    bool near = all(greaterThan(q.xy, shaded.xy - SEARCH)) && all(lessThan(q.xy, shaded.zw + SEARCH));
    float bias = .0012 + .003 * (1. - max(dot(normal, light), 0.));
    float turn = hash(gl_FragCoord.xy) * 6.283;
    mat2 spin = mat2(cos(turn), -sin(turn), sin(turn), cos(turn));
    float blockers = 0., found = 0., sum = 0.;
    int looks = near ? 8 : 0;
    for (int i = 0; i < looks; i++) {
        float d = texture(shadow_map, q.xy + spin * DISC[i] * SEARCH).r;
        if (d < q.z - bias) { blockers += d; found += 1.; }
    }
    float radius = clamp((q.z - blockers / max(found, 1.)) * LIGHT_SIZE, SHARPEST, SEARCH);
    int taps = found > .5 ? 12 : 0;
    for (int i = 0; i < taps; i++)
        sum += texture(shadow_map, q.xy + spin * DISC[i] * radius).r < q.z - bias * (1. + radius * 120.) ? 0. : 1.;
    return taps > 0 ? sum / 12. : 1.;
}
