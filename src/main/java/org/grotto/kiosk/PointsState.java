package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;

/** Shows the package's point cloud. */
final class PointsState extends BaseAppState {
    boolean settled() {
        return true;
    }

    @Override
    protected void initialize(Application app) {}

    @Override
    protected void cleanup(Application app) {}

    @Override
    protected void onEnable() {}

    @Override
    protected void onDisable() {}
}
