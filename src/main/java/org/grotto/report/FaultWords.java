package org.grotto.report;

import java.util.Map;

/** Chinese names of the faults that Grotto counts; what a reader of a format counts itself stays as it is named there. */
final class FaultWords {
    private static final Map<String, String> CHINESE = Map.of(
            "duplicate point", "重复点",
            "same place as another point; the first was kept", "与另一点位置相同；保留先读到的一个",
            "points that the scanner marked as invalid", "扫描仪标为无效的点",
            "points without a normal", "没有法向的点",
            "left out of the surface", "未参与表面重建",
            "positions that are no numbers", "坐标不是数值",
            "triangle with a corner that is no number", "顶点坐标不是数值的三角形",
            "triangle without area", "面积为零的三角形",
            "two of its corners are one place; left out", "有两个顶点重合；已略去",
            "left out", "已略去");

    private FaultWords() {}

    static String chinese(String english) {
        return CHINESE.getOrDefault(english, english);
    }
}
