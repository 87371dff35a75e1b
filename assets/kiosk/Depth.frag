#import "org/grotto/assets/kiosk/Cut.glsllib"
in vec3 position;

void main() {
    if (cutAway(position)) {
        discard;
    }
}
