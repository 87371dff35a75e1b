// A quad that fills the picture, behind everything.
in vec3 inPosition;
out vec2 place;

void main() {
    place = inPosition.xy;
    gl_Position = vec4(inPosition.xy * 2.0 - 1.0, 0.999999, 1.0);
}
