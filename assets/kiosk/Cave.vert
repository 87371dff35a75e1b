// Tiles stand in the scene's frame as they are: metres, Z up.
uniform mat4 g_WorldViewProjectionMatrix;
in vec3 inPosition;
in vec4 inNormal; // w: how hollow the surface is here
in vec4 inColor;  // sRGB; w: 1 measured, 0 inferred
out vec3 position;
out vec3 normal;
out vec3 albedo;
out float hollow;
out float evidence;

vec3 linear(vec3 c) {
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

void main() {
    position = inPosition;
    normal = inNormal.xyz;
    hollow = inNormal.w;
    albedo = linear(inColor.rgb);
    evidence = inColor.a;
    gl_Position = g_WorldViewProjectionMatrix * vec4(inPosition, 1.0);
}
