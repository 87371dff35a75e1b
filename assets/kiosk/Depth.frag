uniform vec3 m_CutMin;
uniform vec3 m_CutMax;
in vec3 position;

void main() {
    if (any(lessThan(position, m_CutMin)) || any(greaterThan(position, m_CutMax))) {
        discard;
    }
}
