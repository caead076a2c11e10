package io.allo.pbx.endpoint;

import io.allo.sip.address.AddressBytes;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.AddressRange;
import java.util.List;

/**
 * Permit and deny lines in the order of the file; the last that fits counts, none means yes: Asterisk's order. An IPv4 address mapped into
 * IPv6 is that IPv4 address. A name, which can't be looked up here, is admitted where every address is. Immutable.
 */
public record AccessRules(List<Rule> rules) {

    /** Nobody is refused. */
    public static final AccessRules OPEN = new AccessRules(List.of());

    /** Everybody is refused: what a list means that is named and not there. */
    public static final AccessRules CLOSED = new AccessRules(
            List.of(new Rule(false, AddressRange.parse("0.0.0.0/0")), new Rule(false, AddressRange.parse("::/0"))));

    public AccessRules {
        rules = List.copyOf(rules);
    }

    /** One line. */
    public record Rule(boolean permit, AddressRange range) {}

    /** Whether this host is admitted. */
    public boolean admits(String host) {
        if (!HostPort.of(host).isAddress()) {
            return rules.stream().allMatch(Rule::permit);
        }
        var address = AddressBytes.of(host);
        var permitted = true;
        for (var rule : rules) {
            if (rule.range().contains(address)) {
                permitted = rule.permit();
            }
        }
        return permitted;
    }
}
