package io.allo.sip.registrar;

import org.jspecify.annotations.Nullable;

/** The question which addresses of record there are, asked upward. */
@FunctionalInterface
public interface AorDirectory {
    /** The settings of that address of record, null where there is none. */
    @Nullable
    AddressOfRecord aor(String name);
}
