#version 330
// Floor and wall in the light, with the figure's shadow.
#include "noise.glsl"
#include "light.glsl"
in vec3 n;
in vec4 in_light;
uniform sampler2D colours;
layout(location = 0) out vec4 direct;
layout(location = 1) out vec4 ambient;
layout(location = 2) out vec4 facing;

void main() {
    vec3 c = texelFetch(colours, ivec2(gl_FragCoord.xy), 0).rgb;
    direct = vec4(c * KEY * max(dot(n, light), 0.) * lit(in_light, n), 1);
    ambient = vec4(c * vec3(.78, .79, .80), 1);
    facing = vec4(n, 0.);
}
