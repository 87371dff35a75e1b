package org.grotto.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an option of a stage means, in one sentence, and its unit. Stands on the components of a stage's options record;
 * command line, project file, reference page and run record all read it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Help {
    String value();

    /** The unit in the field's notation (m, mm, rad, points), empty for none. */
    String unit() default "";

    /**
     * True where an older option of another stage has the same name: then this one is written with its stage alone,
     * {@code --stage.name}.
     */
    boolean qualified() default false;
}
