package io.allo.sip.registrar;

import io.allo.sip.address.SipUri;
import java.util.List;

/**
 * The settings of an address of record, an {@code aor} section of pjsip.conf under the names it has there. Expirations and
 * {@code qualifyFrequencySeconds} in seconds (0: never asked), {@code qualifyTimeoutMs} in milliseconds. {@code contacts} are those
 * that are always there. Asterisk's {@code max_contacts} of 0, its default, would refuse every registration; here it counts as 1.
 */
public record AddressOfRecord(
        String name,
        int maxContacts,
        boolean removeExisting,
        boolean removeUnavailable,
        int defaultExpirationSeconds,
        int minimumExpirationSeconds,
        int maximumExpirationSeconds,
        List<SipUri> contacts,
        boolean supportPath,
        int qualifyFrequencySeconds,
        long qualifyTimeoutMs,
        boolean qualify2xxOnly) {

    public AddressOfRecord {
        maxContacts = Math.max(1, maxContacts);
        contacts = List.copyOf(contacts);
        if (minimumExpirationSeconds < 0
                || maximumExpirationSeconds < Math.max(1, minimumExpirationSeconds)
                || qualifyFrequencySeconds < 0
                || qualifyTimeoutMs <= 0) {
            throw new IllegalArgumentException("aor " + name + ": expiration " + minimumExpirationSeconds + " to "
                    + maximumExpirationSeconds + " s, qualify every " + qualifyFrequencySeconds + " s within "
                    + qualifyTimeoutMs + " ms");
        }
        defaultExpirationSeconds =
                Math.clamp(defaultExpirationSeconds, minimumExpirationSeconds, maximumExpirationSeconds);
    }

    /** One contact, 3600 s (60 to 7200), never qualified (and if it were, within 3 s), nothing static, no Path. */
    public static AddressOfRecord of(String name) {
        return new AddressOfRecord(name, 1, false, false, 3600, 60, 7200, List.of(), false, 0, 3000, false);
    }

    /** {@code max_contacts}, {@code remove_existing} and {@code remove_unavailable}. */
    public AddressOfRecord withMaxContacts(int max, boolean existingGo, boolean unavailableGo) {
        return new AddressOfRecord(
                name,
                max,
                existingGo,
                unavailableGo,
                defaultExpirationSeconds,
                minimumExpirationSeconds,
                maximumExpirationSeconds,
                contacts,
                supportPath,
                qualifyFrequencySeconds,
                qualifyTimeoutMs,
                qualify2xxOnly);
    }

    /** {@code default_expiration}, {@code minimum_expiration} and {@code maximum_expiration} in seconds. */
    public AddressOfRecord withExpiration(int otherwise, int minimum, int maximum) {
        return new AddressOfRecord(
                name,
                maxContacts,
                removeExisting,
                removeUnavailable,
                otherwise,
                minimum,
                maximum,
                contacts,
                supportPath,
                qualifyFrequencySeconds,
                qualifyTimeoutMs,
                qualify2xxOnly);
    }

    /** {@code qualify_frequency} in seconds, {@code qualify_timeout} in milliseconds, {@code qualify_2xx_only}. */
    public AddressOfRecord withQualify(int frequencySeconds, long timeoutMs, boolean only2xx) {
        return new AddressOfRecord(
                name,
                maxContacts,
                removeExisting,
                removeUnavailable,
                defaultExpirationSeconds,
                minimumExpirationSeconds,
                maximumExpirationSeconds,
                contacts,
                supportPath,
                frequencySeconds,
                timeoutMs,
                only2xx);
    }

    /** {@code contact}, any number. */
    public AddressOfRecord withContacts(List<SipUri> always) {
        return new AddressOfRecord(
                name,
                maxContacts,
                removeExisting,
                removeUnavailable,
                defaultExpirationSeconds,
                minimumExpirationSeconds,
                maximumExpirationSeconds,
                always,
                supportPath,
                qualifyFrequencySeconds,
                qualifyTimeoutMs,
                qualify2xxOnly);
    }

    /** {@code support_path}. */
    public AddressOfRecord withSupportPath(boolean path) {
        return new AddressOfRecord(
                name,
                maxContacts,
                removeExisting,
                removeUnavailable,
                defaultExpirationSeconds,
                minimumExpirationSeconds,
                maximumExpirationSeconds,
                contacts,
                path,
                qualifyFrequencySeconds,
                qualifyTimeoutMs,
                qualify2xxOnly);
    }
}
