package io.allo.pbx.dialplan;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A context looked into after this one's own extensions, perhaps only at certain times. Immutable.
 *
 * @param context the included context's name
 * @param condition when it counts; null for always
 * @param file where it is written
 * @param line its line there, counted from 1
 */
public record Include(String context, @Nullable TimeCondition condition, String file, int line) {
    /** Whether it counts at a moment. */
    public boolean holds(ZonedDateTime moment) {
        return condition == null || condition.holds(moment);
    }
}
