package org.grotto.base;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of option records with some values exchanged; the record's own checks run on the result. */
public final class Records {
    private Records() {}

    /** {@code record} with one component exchanged. */
    public static <T extends Record> T with(T record, String component, @Nullable Object value) {
        Map<String, @Nullable Object> changes = new HashMap<>();
        changes.put(component, value);
        return with(record, changes);
    }

    /**
     * {@code record} with the components named in {@code changes} exchanged.
     *
     * @throws GrottoException where the record refuses the new values
     * @throws IllegalArgumentException where it has no such component, or of another type
     */
    public static <T extends Record> T with(T record, Map<String, ? extends @Nullable Object> changes) {
        RecordComponent[] parts = record.getClass().getRecordComponents();
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        int changed = 0;
        try {
            for (int i = 0; i < parts.length; i++) {
                types[i] = parts[i].getType();
                boolean change = changes.containsKey(parts[i].getName());
                values[i] = change
                        ? changes.get(parts[i].getName())
                        : parts[i].getAccessor().invoke(record);
                changed += change ? 1 : 0;
            }
            if (changed != changes.size()) {
                throw new IllegalArgumentException(record.getClass() + " has not all of " + changes.keySet());
            }
            @SuppressWarnings("unchecked")
            T copy = (T) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return copy;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass().getName(), e);
        }
    }
}
