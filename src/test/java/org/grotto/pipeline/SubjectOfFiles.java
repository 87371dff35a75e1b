package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.scene.Subject;
import org.grotto.subject.SubjectOptions;
import org.grotto.subject.Subjects;

/**
 * What files are taken for, without building anything of them: {@code SubjectOfFiles FILE...} prints a line a file, and what it
 * was told by. The whole table is {@code grotto bench --inputs}.
 */
final class SubjectOfFiles {
    private SubjectOfFiles() {}

    public static void main(String[] a) {
        try (Work work = Work.silent()) {
            for (String file : a) {
                System.out.println(told(Path.of(file), work));
            }
        }
    }

    private static String told(Path file, Work work) {
        String name = file.getFileName() + ": ";
        try {
            Subject s;
            if (Inputs.isMesh(file)) {
                s = Subjects.of(
                        Inputs.readMesh(file, InputOptions.DEFAULTS, work).mesh(), SubjectOptions.DEFAULTS, work);
            } else {
                Loaded l = Load.files(List.of(ScanFile.of(file)), InputOptions.DEFAULTS, work);
                s = Subjects.of(l.cloud(), l.stations(), SubjectOptions.DEFAULTS, work);
            }
            return name + s.kind() + (s.sure() ? "" : " (not sure)") + "\n   " + s.votes() + "\n   "
                    + s.sentence().en();
        } catch (GrottoException e) {
            return name + e.getMessage();
        }
    }
}
