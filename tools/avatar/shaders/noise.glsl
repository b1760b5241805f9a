// Value noise from the usual sine hash; the same on every run.
float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

float noise(vec2 p) {
    vec2 i = floor(p), u = fract(p);
    u = u * u * (3. - 2. * u);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y);
}

float cloudy(vec2 p) {
    return .5 * noise(p) + .25 * noise(p * 2.1) + .125 * noise(p * 4.3) + .06 * noise(p * 8.7);
}
