package org.grotto.pipeline;

import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo.Frame;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Room;
import org.jspecify.annotations.Nullable;

/** Where a cave stands and from where it is looked at. */
record Scenery(
        Frame frame,
        Box bounds,
        List<View> views,
        @Nullable Room room,
        @Nullable Double exposure) {}
