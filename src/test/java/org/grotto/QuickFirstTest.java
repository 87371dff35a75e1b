package org.grotto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Test;

/** The order of the test classes: asked for, quick before long, and of classes that there are. */
class QuickFirstTest {
    private record Described(Class<?> getTestClass) implements ClassDescriptor {
        @Override
        public String getDisplayName() {
            return getTestClass.getName();
        }

        @Override
        public boolean isAnnotated(Class<? extends Annotation> type) {
            return false;
        }

        @Override
        public <A extends Annotation> Optional<A> findAnnotation(Class<A> type) {
            return Optional.empty();
        }

        @Override
        public <A extends Annotation> List<A> findRepeatableAnnotations(Class<A> type) {
            return List.of();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, QuickFirstTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("seconds.txt names " + name + ", which is no class", e);
        }
    }

    @Test
    void thisRunAskedForIt() {
        assertThat(QuickFirst.asked)
                .as("what junit-platform.properties names was used")
                .isTrue();
    }

    @Test
    void theLongestOfTheTableComesLastAndAnUnnamedOneFirst() {
        List<ClassDescriptor> all = new ArrayList<>();
        QuickFirst.SECONDS.keySet().forEach(name -> all.add(new Described(type(name))));
        assertThat(all).hasSizeGreaterThan(20);
        all.add(new Described(DoorsTest.class));
        new QuickFirst().orderClasses(new ClassOrdererContext() {
            @Override
            public List<? extends ClassDescriptor> getClassDescriptors() {
                return all;
            }

            @Override
            public Optional<String> getConfigurationParameter(String key) {
                return Optional.empty();
            }
        });
        assertThat(all.getFirst().getTestClass()).isEqualTo(DoorsTest.class);
        assertThat(all.stream()
                        .map(d ->
                                QuickFirst.SECONDS.getOrDefault(d.getTestClass().getName(), 0)))
                .isSorted();
    }
}
