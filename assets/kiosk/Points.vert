// Scan points as discs as wide as the distance to their neighbours: the octree halves it at every level.
uniform mat4 g_WorldViewProjectionMatrix;
uniform float m_Spacing; // metres, at the octree's root
uniform float m_Level;   // down to which level points are shown about here
uniform float m_OwnLevel;   // of the node that the point belongs to
uniform float m_OwnSpacing; // metres, as found among the node's points
uniform float m_PixelsPerTangent;
in vec3 inPosition;
in vec4 inNormal;
in vec4 inColor; // sRGB; w: the level down to which the octree goes on here
out vec3 position;
out vec3 normal;
out vec3 albedo;

void main() {
    position = inPosition;
    normal = inNormal.xyz;
    vec3 c = inColor.rgb;
    albedo = mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
    gl_Position = g_WorldViewProjectionMatrix * vec4(inPosition, 1.0);
    float deepest = inColor.a * 255.0;
    float spacing = m_Spacing * exp2(-min(m_Level, deepest));
    if (deepest < m_OwnLevel + 0.5) {
        spacing = max(spacing, m_OwnSpacing); // nothing finer comes: as wide as the scan is
    }
    gl_PointSize = clamp(1.5 * spacing * m_PixelsPerTangent / max(gl_Position.w, 0.01), 1.5, 48.0);
}
