package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Outputs;
import org.grotto.scene.CaveInfo.Deliverable;
import org.grotto.scene.Layer;

/**
 * What a verb adds to a finished package.
 *
 * @param verb the command, for the record
 * @param options what was chosen, for the record
 * @param inputs files from outside that it was made of, for the record
 * @param files new files by their paths inside the package, and what writes each
 * @param deliverables to be listed; their bytes are taken from the files once written
 * @param layers to be listed
 */
public record Addition(
        String verb,
        Map<String, Object> options,
        List<Path> inputs,
        Map<String, Outputs.Writer> files,
        List<Deliverable> deliverables,
        List<Layer> layers) {

    /** The content of {@code run/run-N.json}: how the package came to revision N. */
    public record Record(
            String grotto,
            String java,
            String system,
            String verb,
            int revision,
            String started,
            String finished,
            List<RunRecord.Input> inputs,
            Map<String, Object> options,
            List<String> added) {}
}
