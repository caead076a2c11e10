package io.allo.pbx.endpoint;

import io.allo.sip.agent.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A section of {@code type=identify}: whose requests come from an address or carry a header. Immutable.
 *
 * @param matches addresses and networks
 * @param hosts host names, to be looked up when the configuration is loaded
 * @param header {@code match_header}, null where there is none
 */
public record IdentifySettings(
        String name,
        String endpoint,
        List<AddressRange> matches,
        List<String> hosts,
        @Nullable HeaderMatch header) {

    public IdentifySettings {
        matches = List.copyOf(matches);
        hosts = List.copyOf(hosts);
    }

    /** A header's name and the value it must have, or with {@code regex} a pattern for it. */
    public record HeaderMatch(String header, String value, boolean regex) {

        /** Whether one of these values is meant. */
        public boolean matches(List<String> values) {
            return values.stream().anyMatch(v -> regex ? v.matches(".*(?:" + value + ").*") : v.equals(value));
        }
    }
}
