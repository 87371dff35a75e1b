// The cave as the visitor's lamp sees it: depth only.
uniform mat4 g_WorldViewProjectionMatrix;
in vec3 inPosition;
out vec3 position;

void main() {
    position = inPosition;
    gl_Position = g_WorldViewProjectionMatrix * vec4(inPosition, 1.0);
}
