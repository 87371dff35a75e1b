#import "org/grotto/assets/kiosk/Light.glsllib"
uniform vec3 g_CameraPosition;
uniform float m_Exposure; // of the stone's own colours
in vec3 position;
in vec3 normal;
in vec3 albedo;
out vec4 colour;

void main() {
    vec2 place = gl_PointCoord - 0.5;
    if (dot(place, place) > 0.25 || cutAway(position)) {
        discard;
    }
    vec3 toEye = g_CameraPosition - position;
    bool known = dot(normal, normal) > 0.25;
    vec3 n = known ? normalize(normal) : normalize(toEye);
#ifdef OUTSIDE
    if (known && dot(n, toEye) < 0.0 || behindRock(g_CameraPosition, position)) {
        discard; // a near wall, seen from behind
    }
#endif
    colour = shown(albedo * m_Exposure * lightAt(position, n, toEye, 1.0, 1.0, 1.0));
}
