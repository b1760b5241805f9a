#version 330
// Light times openness, a little vignette, a film-like curve (Narkowicz 2015, "ACES Filmic Tone Mapping Curve").
in vec2 uv;
uniform sampler2D directs, ambients, opens;
uniform vec2 pixel;
out vec4 colour;

void main() {
    float open = 0.;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) open += texture(opens, uv + (vec2(i, j) - 1.5) * pixel).r;
    open = clamp(open / 16. * 1.05, 0., 1.);
    open *= open;
    vec3 c = texture(directs, uv).rgb * mix(1., open, .35) + texture(ambients, uv).rgb * open;
    vec2 off = uv - .5;
    c *= .62 * (1. - .35 * dot(off, off));
    c = (c * (2.51 * c + .03)) / (c * (2.43 * c + .59) + .14);
    colour = vec4(pow(clamp(c, 0., 1.), vec3(1. / 2.2)), 1);
}
