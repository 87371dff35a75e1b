// What is seen where there is no rock. Where the line of sight passes through the room it is hatched: there is rock
// beyond, but no scanner saw it.
#import "org/grotto/assets/kiosk/Cut.glsllib"
uniform vec4 m_Top;
uniform vec4 m_Bottom;
uniform vec4 m_Glow;
uniform vec4 m_Unseen; // its fourth: how strongly it is hatched
uniform vec3 m_RoomMin; // in the turned axes, what the cut leaves of it
uniform vec3 m_RoomMax;
uniform vec4 m_Stand;   // the whole room's middle and half sides in the turned axes, metres
uniform vec3 m_Shadow;  // on what the doll's house stands: height, metres from full to no shadow, how dark
uniform vec2 g_Resolution;
uniform vec3 g_CameraPosition;
uniform mat4 g_ViewProjectionMatrixInverse;
in vec2 place;
out vec4 colour;

// The soft shadow that the doll's house throws on the table it stands on.
float shadow(vec3 from, vec3 way) {
    float t = (m_Shadow.x - from.z) / way.z;
    if (t <= 0.0 || from.z < m_Shadow.x) {
        return 0.0;
    }
    vec2 d = abs((from + t * way).xy - m_Stand.xy) - m_Stand.zw;
    float away = length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
    float s = clamp(0.8 - 0.8 * away / m_Shadow.y, 0.0, 1.0);
    return m_Shadow.z * s * s * (3.0 - 2.0 * s);
}

void main() {
    vec4 far = g_ViewProjectionMatrixInverse * vec4(place * 2.0 - 1.0, 1.0, 1.0);
    vec3 from = turned(g_CameraPosition);
    vec3 way = turned(far.xyz / far.w - g_CameraPosition);
    vec3 c;
    if (meets(from, way, m_RoomMin, m_RoomMax)) {
        float across = (gl_FragCoord.x + gl_FragCoord.y) * 72.0 / g_Resolution.y;
        c = m_Unseen.rgb + m_Unseen.a * (smoothstep(0.30, 0.42, abs(fract(across) - 0.5)) - 0.35);
    } else {
        vec2 d = place - vec2(0.5, 0.54);
        c = mix(m_Bottom.rgb, m_Top.rgb, smoothstep(0.0, 1.0, place.y)) + m_Glow.rgb * exp(-4.0 * dot(d, d));
        c *= 1.0 - shadow(from, way);
    }
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    colour = vec4(c + (grain - 0.5) / 255.0, 1.0);
}
