uniform vec4 m_Top;
uniform vec4 m_Bottom;
uniform vec4 m_Glow;
in vec2 place;
out vec4 colour;

void main() {
    float glow = exp(-5.0 * dot(place - vec2(0.5, 0.52), place - vec2(0.5, 0.52)));
    vec3 c = mix(m_Bottom.rgb, m_Top.rgb, smoothstep(0.0, 1.0, place.y)) + m_Glow.rgb * glow;
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    colour = vec4(c + (grain - 0.5) / 255.0, 1.0);
}
