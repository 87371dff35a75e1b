// Stone in linear light: a lamp that the visitor moves, a weak light at the eye, and what the room throws back.
uniform vec3 g_CameraPosition;
uniform vec3 m_Lamp;
uniform vec4 m_LampColour;
uniform float m_LampReach;
uniform vec4 m_Head;
uniform vec4 m_Sky;
uniform vec4 m_Ground;
uniform float m_Cavity;
uniform vec3 m_CutMin;
uniform vec3 m_CutMax;
#ifdef SHADOW
uniform sampler2D m_Shadow;
uniform mat4 m_ShadowMatrix;
uniform float m_ShadowTexel;
#endif
in vec3 position;
in vec3 normal;
in vec3 albedo;
in float hollow;
in float evidence;
out vec4 colour;

float grain(vec2 p) {
    return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715))));
}

vec3 encode(vec3 c) {
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

// bright parts roll off softly instead of burning out; what is darker than a half stays as it is lit
vec3 film(vec3 c) {
    vec3 over = max(c - 0.5, 0.0);
    return min(c, 0.5) + 0.5 * (1.0 - exp(-2.0 * over));
}

#ifdef SHADOW
float lit(vec3 p, vec3 n) {
    vec4 q = m_ShadowMatrix * vec4(p + n * 0.012, 1.0);
    if (q.w <= 0.0) {
        return 1.0;
    }
    vec3 s = q.xyz / q.w * 0.5 + 0.5;
    if (any(lessThan(s, vec3(0.0))) || any(greaterThan(s, vec3(1.0)))) {
        return 1.0;
    }
    float turn = grain(gl_FragCoord.xy) * 6.2831853;
    float sum = 0.0;
    for (int i = 0; i < 12; i++) {
        float r = sqrt((float(i) + 0.5) / 12.0) * 2.6 * m_ShadowTexel;
        float a = turn + float(i) * 2.3999632;
        sum += step(s.z, texture(m_Shadow, s.xy + r * vec2(cos(a), sin(a))).r);
    }
    return sum / 12.0;
}
#endif

void main() {
    if (any(lessThan(position, m_CutMin)) || any(greaterThan(position, m_CutMax))) {
        discard;
    }
    vec3 toEye = g_CameraPosition - position;
    vec3 n = normalize(normal);
    vec3 v = normalize(toEye);
#ifdef OUTSIDE
    if (dot(n, v) < -0.1) {
        discard; // a tile's skirt on a near wall: the wall itself is culled, its normals tell that it faces away
    }
#endif
    vec3 stone = albedo;
#ifdef EVIDENCE
    float inferred = 1.0 - smoothstep(0.25, 0.75, evidence);
    float grey = dot(albedo, vec3(0.2126, 0.7152, 0.0722));
    float stripe = abs(fract(dot(position, vec3(1.0, 1.0, 1.4)) * 12.0) - 0.5);
    float width = max(fwidth(dot(position, vec3(1.0, 1.0, 1.4)) * 12.0), 1e-4);
    float hatch = mix(smoothstep(0.16, 0.16 + width, stripe), 0.68, clamp(width - 0.35, 0.0, 1.0));
    vec3 made = mix(vec3(0.055, 0.105, 0.19), vec3(0.16, 0.25, 0.36), hatch) * (0.55 + 1.3 * grey);
    stone = mix(albedo, made, inferred);
#endif
    float cavity = clamp(1.0 - m_Cavity * hollow, 0.35, 1.4);
    vec3 ambient = mix(m_Ground.rgb, m_Sky.rgb, 0.5 + 0.5 * n.z) * min(cavity, 1.15);
    vec3 toLamp = m_Lamp - position;
    float d2 = dot(toLamp, toLamp);
    float facing = dot(n, toLamp) * inversesqrt(d2);
    float lamp = max(facing, 0.0) / (1.0 + d2 / (m_LampReach * m_LampReach));
#ifdef SHADOW
    if (lamp > 0.0) {
        lamp *= lit(position, n);
    }
#endif
    vec3 light = ambient
        + m_LampColour.rgb * lamp * mix(1.0, cavity, 0.5)
        + m_Head.rgb * max(dot(n, v), 0.0) / (1.0 + 0.12 * dot(toEye, toEye)) * cavity;
    vec3 c = film(stone * light);
    colour = vec4(encode(c) + (grain(gl_FragCoord.xy + 7.0) - 0.5) / 255.0, 1.0);
}
