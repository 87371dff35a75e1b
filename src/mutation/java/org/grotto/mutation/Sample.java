package org.grotto.mutation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.pitest.mutationtest.build.InterceptorParameters;
import org.pitest.mutationtest.build.InterceptorType;
import org.pitest.mutationtest.build.ProjectMutationInterceptor;
import org.pitest.mutationtest.build.ProjectMutationInterceptorFactory;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.plugin.Feature;
import org.pitest.plugin.FeatureParameter;

/**
 * Of all mutants of a room those with the lowest hash of seed and name: the same ones at every run, whatever their order,
 * and nearly the same ones when some code has changed; without those that an earlier run found.
 */
public final class Sample implements ProjectMutationInterceptorFactory {
    static final String FEATURE = "GROTTO_SAMPLE";
    private static final FeatureParameter SEED = FeatureParameter.named("seed").withDescription("any text");
    private static final FeatureParameter SIZE = FeatureParameter.named("size").withDescription("how many mutants");

    /** How many there were to choose from; one run a process. */
    static volatile int from;

    /** Names of mutants that are known to be found, and not tried again. */
    static volatile Set<String> found = Set.of();
    /** How many of the sample were not tried for that. */
    static volatile int known;

    @Override
    public Feature provides() {
        return Feature.named(FEATURE)
                .withDescription(description())
                .withParameter(SEED)
                .withParameter(SIZE);
    }

    @Override
    public String description() {
        return "a sample of all mutants, chosen by a hash of a seed and their names";
    }

    @Override
    public ProjectMutationInterceptor createInterceptor(InterceptorParameters params) {
        String seed = params.getString(SEED).orElse("1");
        int size = params.getInteger(SIZE).orElse(200);
        return new ProjectMutationInterceptor() {
            @Override
            public InterceptorType type() {
                return InterceptorType.REPORT; // after all filters, and not in the scan that comes before coverage
            }

            @Override
            public Collection<MutationDetails> intercept(Collection<MutationDetails> all) {
                from = all.size();
                List<MutationDetails> sample = choose(all, seed, size);
                List<MutationDetails> tried =
                        sample.stream().filter(m -> !found.contains(name(m))).toList();
                known = sample.size() - tried.size();
                return tried;
            }
        };
    }

    private static List<MutationDetails> choose(Collection<MutationDetails> all, String seed, int size) {
        record Ranked(String hash, MutationDetails mutant) {}
        return all.stream()
                .map(m -> new Ranked(hash(seed + " " + name(m)), m))
                .sorted(Comparator.comparing(Ranked::hash))
                .limit(size)
                .map(Ranked::mutant)
                .toList();
    }

    /** Class, method, which instruction in it, and what is done to it. */
    static String name(MutationDetails m) {
        return m.getId().getLocation().toString() + m.getId().getIndexes() + m.getMutator() + m.getDescription();
    }

    private static String hash(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
