// Stone in linear light: a lamp that the visitor moves, a weak light at the eye, and what the room throws back.
#import "org/grotto/assets/kiosk/Light.glsllib"
uniform vec3 g_CameraPosition;
uniform float m_Cavity;
uniform float m_Exposure; // of the stone's own colours
uniform float m_Stripes; // of hatching, a metre
#ifdef SHADOW
uniform sampler2D m_Shadow;
uniform mat4 m_ShadowMatrix;
uniform float m_Bias; // metres behind something that are not in its shadow
uniform vec4 m_ShadowLens; // nearest and farthest depth, picture widths a metre spans at 1 m, the lamp's radius; m
#endif
in vec3 position;
in vec3 normal;
in vec3 albedo;
in float hollow;
#ifdef PICTURE
in vec2 place;
uniform sampler2D m_Picture; // sRGB to the eye, linear when read
#endif
#ifdef BUMPS
uniform sampler2D m_Bumps; // normals: x right, y up in the picture, z out of the stone
#endif
#ifdef OPEN
uniform sampler2D m_Open; // red: how much of the light from around arrives
#endif
#ifdef NAMED
flat in vec2 layer;
#else
in vec2 layer;
#endif
#ifdef LAYER
uniform sampler2D m_Palette; // by step: colour and how far it covers the stone's own; below, whether it is hatched
#endif
out vec4 colour;

#ifdef SHADOW
float depthAt(vec2 at) {
    float d = texture(m_Shadow, at).r;
    return m_ShadowLens.x * m_ShadowLens.y / (m_ShadowLens.y - d * (m_ShadowLens.y - m_ShadowLens.x));
}

vec2 spiral(float i, float count, float turn) {
    float a = turn + i * 2.3999632;
    return sqrt((i + 0.5) / count) * vec2(cos(a), sin(a));
}

// How much of the lamp is seen from p. The lamp is a ball, so shadows soften away from what casts them (Fernando 2005);
// outside the shadow's picture all is lit, and the shadow fades towards its edge.
float lit(vec3 p, vec3 n) {
    vec4 q = m_ShadowMatrix * vec4(p + n * 1.5 * m_Bias, 1.0);
    if (q.w <= 0.0) {
        return 1.0;
    }
    vec3 s = q.xyz / q.w * 0.5 + 0.5;
    float inside = min(min(s.x, 1.0 - s.x), min(s.y, 1.0 - s.y));
    if (inside <= 0.0 || s.z >= 1.0) {
        return 1.0;
    }
    float mine = q.w;
    float span = m_ShadowLens.z / mine;
    vec3 toLamp = normalize(m_Lamp - p);
    float c = clamp(dot(n, toLamp), 0.15, 1.0);
    float slope = sqrt(1.0 - c * c) / c;
    float turn = grain(gl_FragCoord.xy) * 6.2831853;
    float widest = min(0.08, m_ShadowLens.w * m_ShadowLens.z * (1.0 / max(m_ShadowLens.x, 0.25 * mine) - 1.0 / mine));
    float far = 0.0;
    float count = 0.0;
    for (int i = 0; i < 22; i++) {
        vec2 o = widest * spiral(float(i), 22.0, turn);
        float d = depthAt(s.xy + o);
        if (d < mine - m_Bias - slope * length(o) / span) {
            far += d;
            count += 1.0;
        }
    }
    if (count == 0.0) {
        return 1.0;
    }
    far /= count;
    float soft = clamp(m_ShadowLens.w * (mine - far) / far * span, 0.0012, widest);
    float sum = 0.0;
    for (int i = 0; i < 36; i++) {
        vec2 o = soft * spiral(float(i), 36.0, turn);
        sum += step(mine - m_Bias - slope * length(o) / span, depthAt(s.xy + o));
    }
    return mix(1.0, sum / 36.0, smoothstep(0.0, 0.12, inside));
}
#endif

#ifdef BUMPS
// The normal as its picture bends it, by how the picture lies on the screen (Schueler 2006): no tangents are needed. Where
// the picture does not lie at all, on a skirt, the normal stays.
vec3 bent(vec3 n) {
    vec3 px = dFdx(position);
    vec3 py = dFdy(position);
    vec2 ux = dFdx(place);
    vec2 uy = dFdy(place);
    vec3 a = cross(py, n);
    vec3 b = cross(n, px);
    vec3 right = a * ux.x + b * uy.x;
    vec3 down = a * ux.y + b * uy.y;
    float most = max(dot(right, right), dot(down, down));
    vec3 bump = texture(m_Bumps, place).xyz * 2.0 - 1.0;
    if (most == 0.0 || bump.z <= 0.0) {
        return n;
    }
    float s = inversesqrt(most);
    return normalize(right * (s * bump.x) - down * (s * bump.y) + n * bump.z);
}
#endif

void main() {
    if (cutAway(position)) {
        discard;
    }
    vec3 toEye = g_CameraPosition - position;
    vec3 n = normalize(normal);
    vec3 v = normalize(toEye);
#ifdef SHEET
    vec3 flat3 = normalize(cross(dFdx(position), dFdy(position)));
    bool back = dot(flat3, v) * dot(flat3, n) < 0.0;
    if (abs(dot(flat3, n)) < 0.2) {
        discard; // a tile's skirt, which hangs from the surface
    }
    n = back ? -n : n;
#elif defined(OUTSIDE)
    if (dot(n, v) < -0.1 || behindRock(g_CameraPosition, position)) {
        discard; // a tile's skirt on a near wall: the wall itself is culled, its normals tell that it faces away; or a niche's shell
    }
#endif
    vec3 own = albedo * m_Exposure;
#ifdef PICTURE
    vec4 seen = texture(m_Picture, place);
    if (seen.a < 0.5) {
        discard; // a hole of the picture
    }
    own *= seen.rgb;
#endif
    vec3 stone = own;
#ifdef LAYER
    float at = layer.y > 0.5 ? floor(layer.x / layer.y + 0.5) : 255.0;
    vec4 paint = texelFetch(m_Palette, ivec2(int(at), 0), 0);
    float hatched = texelFetch(m_Palette, ivec2(int(at), 1), 0).r;
    float grey = dot(own, vec3(0.2126, 0.7152, 0.0722));
    float stripe = abs(fract(dot(position, vec3(1.0, 1.0, 1.4)) * m_Stripes) - 0.5);
    float width = max(fwidth(dot(position, vec3(1.0, 1.0, 1.4)) * m_Stripes), 1e-4);
    float hatch = mix(smoothstep(0.16, 0.16 + width, stripe), 0.68, clamp(width - 0.35, 0.0, 1.0));
    vec3 flatly = mix(paint.rgb / 12.92, pow((paint.rgb + 0.055) / 1.055, vec3(2.4)), step(0.04045, paint.rgb));
    vec3 made = flatly * mix(vec3(1.0), mix(vec3(0.4, 0.45, 0.5), vec3(1.15), hatch), hatched);
    // the carving shows through a quantity's colour a little, and more through what was made up
    stone = mix(own, made * mix(0.75 + 0.5 * grey, 0.55 + 1.3 * grey, hatched), paint.a);
#endif
#ifdef SHEET
    if (back) {
        stone = vec3(0.26, 0.255, 0.245);
    }
#endif
    float open = 1.0;
#ifdef OPEN
    open = texture(m_Open, place).r;
#endif
    float cavity = clamp(1.0 - m_Cavity * hollow, 0.35, 1.4);
    float visible = 1.0;
#ifdef SHADOW
    if (dot(n, m_Lamp - position) > 0.0) {
        visible = lit(position, n);
    }
#endif
#ifdef BUMPS
    visible *= smoothstep(0.0, 0.1, dot(n, normalize(m_Lamp - position))); // bumps of what turns away stay dark
    n = bent(n);
#endif
    colour = shown(stone * lightAt(position, n, toEye, cavity, visible, open));
}
