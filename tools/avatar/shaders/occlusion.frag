#version 330
// Ambient occlusion from the depth buffer: how many of ten points above the surface are behind something near.
in vec2 uv;
uniform sampler2D depths, normals;
uniform mat4 to_clip, from_clip;
uniform vec3 camera;
out vec4 open;

const int SAMPLES = 10;
const float RADIUS = .16;

vec3 room_at(vec2 where) {
    vec4 q = from_clip * vec4(vec3(where, texture(depths, where).r) * 2. - 1., 1);
    return q.xyz / q.w;
}

void main() {
    vec3 p = room_at(uv), n = texture(normals, uv).xyz;
    ivec2 cell = ivec2(gl_FragCoord.xy) & 3;  // a 4 x 4 pattern, which the tone pass averages out
    float turn = float((cell.x * 5 + cell.y * 7) & 15) / 16. * 6.283;
    vec3 t = normalize(cross(n, abs(n.z) < .9 ? vec3(0, 0, 1) : vec3(1, 0, 0))), b = cross(n, t);
    float hidden = 0.;
    for (int i = 0; i < SAMPLES; i++) {
        float up = (float(i) + .5) / float(SAMPLES), angle = turn + 2.4 * float(i), flat_ = sqrt(1. - up * up);
        float reach = RADIUS * (.2 + .8 * fract(up * 3.7 + turn));
        vec3 s = p + n * .006 + (t * cos(angle) * flat_ + b * sin(angle) * flat_ + n * up) * reach;
        vec4 q = to_clip * vec4(s, 1);
        float gap = distance(camera, s) - distance(camera, room_at(q.xy / q.w * .5 + .5));
        if (gap > .004) hidden += smoothstep(2. * RADIUS, RADIUS * .6, gap);
    }
    open = vec4(1. - hidden / float(SAMPLES));
}
