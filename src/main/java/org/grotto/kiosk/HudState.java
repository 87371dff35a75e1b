package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;

final class HudState extends BaseAppState {
    HudState(KioskModel m) {}

    @Override
    protected void initialize(Application app) {}

    @Override
    protected void cleanup(Application app) {}

    @Override
    protected void onEnable() {}

    @Override
    protected void onDisable() {}
}
