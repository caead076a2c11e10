package io.allo.pbx.endpoint;

import io.allo.sip.agent.AddressRange;
import java.util.List;

/**
 * Who may speak to us, or what a contact may be: permit and deny lines in the order of the file; the last that fits counts,
 * none means yes. Immutable.
 */
public record AclSettings(String name, List<Rule> rules, List<Rule> contactRules) {

    public AclSettings {
        rules = List.copyOf(rules);
        contactRules = List.copyOf(contactRules);
    }

    /** One line. */
    public record Rule(boolean permit, AddressRange range) {}

    /** Whether an address may speak to us. */
    public boolean admits(String host) {
        return verdict(rules, host);
    }

    /** Whether a contact may have this host. */
    public boolean admitsContact(String host) {
        return verdict(contactRules, host);
    }

    private static boolean verdict(List<Rule> rules, String host) {
        var permitted = true;
        for (var rule : rules) {
            if (rule.range().contains(host)) {
                permitted = rule.permit();
            }
        }
        return permitted;
    }
}
