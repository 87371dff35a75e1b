package org.grotto.geometry;

/** An axis-aligned box in metres; empty when a minimum exceeds its maximum. */
public record Box(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {
    public static final Box EMPTY = new Box(
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY);

    public boolean isEmpty() {
        return !(minX <= maxX && minY <= maxY && minZ <= maxZ);
    }

    public Box with(double x, double y, double z) {
        return new Box(
                Math.min(minX, x),
                Math.min(minY, y),
                Math.min(minZ, z),
                Math.max(maxX, x),
                Math.max(maxY, y),
                Math.max(maxZ, z));
    }

    public Box union(Box b) {
        return new Box(
                Math.min(minX, b.minX),
                Math.min(minY, b.minY),
                Math.min(minZ, b.minZ),
                Math.max(maxX, b.maxX),
                Math.max(maxY, b.maxY),
                Math.max(maxZ, b.maxZ));
    }

    public Box grow(double r) {
        return new Box(minX - r, minY - r, minZ - r, maxX + r, maxY + r, maxZ + r);
    }

    public boolean contains(double x, double y, double z) {
        return x >= minX && x <= maxX && y >= minY && y <= maxY && z >= minZ && z <= maxZ;
    }

    public boolean contains(Box b) {
        return b.minX >= minX && b.minY >= minY && b.minZ >= minZ && b.maxX <= maxX && b.maxY <= maxY && b.maxZ <= maxZ;
    }

    public double sizeX() {
        return maxX - minX;
    }

    public double sizeY() {
        return maxY - minY;
    }

    public double sizeZ() {
        return maxZ - minZ;
    }

    /** The longest side. */
    public double longest() {
        return Math.max(sizeX(), Math.max(sizeY(), sizeZ()));
    }

    public double diagonal() {
        return Math.sqrt(sizeX() * sizeX() + sizeY() * sizeY() + sizeZ() * sizeZ());
    }
}
