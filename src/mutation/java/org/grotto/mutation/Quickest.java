package org.grotto.mutation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.pitest.classpath.CodeSource;
import org.pitest.coverage.CoverageDatabase;
import org.pitest.coverage.TestInfo;
import org.pitest.mutationtest.build.DefaultTestPrioritiserFactory;
import org.pitest.mutationtest.build.TestPrioritiser;
import org.pitest.mutationtest.build.TestPrioritiserFactory;

/**
 * A mutant is shown to the tests that reach it, the quickest first, until these have taken so many seconds together: what
 * only a long test sees counts as not seen, which keeps a room's sample within the hour.
 */
public final class Quickest implements TestPrioritiserFactory {
    /** One run a process. */
    static volatile double seconds = 20;

    @Override
    public String description() {
        return "the quickest tests, up to a time";
    }

    @Override
    public TestPrioritiser makeTestPrioritiser(Properties props, CodeSource code, CoverageDatabase coverage) {
        TestPrioritiser all = new DefaultTestPrioritiserFactory().makeTestPrioritiser(props, code, coverage);
        return mutant -> {
            List<TestInfo> tests = new ArrayList<>(all.assignTests(mutant));
            tests.sort(Comparator.comparingInt(TestInfo::getTime));
            double spent = 0;
            int n = 0;
            while (n < tests.size() && (n == 0 || spent + tests.get(n).getTime() <= 1000 * seconds)) {
                spent += tests.get(n++).getTime();
            }
            return new ArrayList<>(tests.subList(0, n));
        };
    }
}
