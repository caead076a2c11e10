package io.allo.pbx.endpoint;

import java.util.List;

/**
 * Who may speak to us, and what a contact may be, by a section of {@code type=acl} or of an endpoint: lists of acl.conf and the section's own
 * lines, all of which have to admit an address. Immutable.
 */
public record AclSettings(List<AccessRules> addresses, List<AccessRules> contacts) {

    /** Everybody. */
    public static final AclSettings OPEN = new AclSettings(List.of(), List.of());

    public AclSettings {
        addresses = List.copyOf(addresses);
        contacts = List.copyOf(contacts);
    }

    /** Whether an address may speak to us. */
    public boolean admits(String host) {
        return addresses.stream().allMatch(rules -> rules.admits(host));
    }

    /** Whether a contact may have this host. */
    public boolean admitsContact(String host) {
        return contacts.stream().allMatch(rules -> rules.admits(host));
    }
}
