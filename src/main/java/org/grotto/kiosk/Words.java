package org.grotto.kiosk;

/** Everything the panels say, in Chinese and English. */
enum Words {
    INSIDE("窟内", "Inside"),
    WALK("行走", "Walk"),
    DOLLHOUSE("剖视", "Cutaway"),
    MESH("表面", "Surface"),
    POINTS("点云", "Points"),
    EVIDENCE("依据", "Evidence"),
    LIGHT("灯光", "Light"),
    NEXT("换处", "Next view"),
    LANGUAGE("English", "中文"),
    FULL_SCREEN("全屏", "Full screen"),
    MEASURED("扫描实测", "Measured by the scanner"),
    INFERRED("推补：由周围推出", "Inferred from its surroundings"),
    UNSEEN("空缺：没有测站看到", "Open: seen by no station"),
    AZIMUTH("方位", "Direction"),
    ELEVATION("仰角", "Height"),
    HINT_INSIDE(
            "拖动环顾四周 · 双击地面走过去 · 滚轮或 ＋－ 缩放",
            "Drag to look around · double-tap the floor to step there · wheel or + − to zoom"),
    HINT_WALK("按住方向键行走 · 拖动环顾四周", "Hold the arrows to walk · drag to look around"),
    HINT_DOLLHOUSE("拖动旋转 · 滚轮或 ＋－ 缩放 · 近处的墙已隐去", "Drag to turn · wheel or + − to zoom · the near walls are cut away"),
    HINT_LIGHT("拖动以移动灯光 · 低角度的光使刻痕显现", "Drag to move the light · a low light brings out the carving"),
    LOADING("正在载入", "Loading");

    private final String zh;
    private final String en;

    Words(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    String in(boolean chinese) {
        return chinese ? zh : en;
    }
}
