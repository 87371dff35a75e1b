// Tiles stand in the scene's frame as they are: metres, Z up.
uniform mat4 g_WorldViewProjectionMatrix;
in vec3 inPosition;
in vec4 inNormal; // w: how hollow the surface is here
in vec4 inColor;  // sRGB; w: the step of the layer on show, 255 for nothing known
#ifdef PICTURE
in vec2 inTexCoord; // from the left and from the top of the tile's pictures
out vec2 place;
#endif
out vec3 position;
out vec3 normal;
out vec3 albedo;
out float hollow;
#ifdef NAMED
flat out vec2 layer;
#else
out vec2 layer; // the step where it is known, and whether it is: their ratio leaves out what is not known
#endif

vec3 linear(vec3 c) {
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

void main() {
    position = inPosition;
    normal = inNormal.xyz;
    hollow = inNormal.w;
    albedo = linear(inColor.rgb);
#ifdef PICTURE
    place = inTexCoord;
#endif
    float known = step(inColor.a, 254.5 / 255.0);
    layer = vec2(known * inColor.a * 255.0, known);
    gl_Position = g_WorldViewProjectionMatrix * vec4(inPosition, 1.0);
}
