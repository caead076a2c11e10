package io.allo.pbx.endpoint;

import io.allo.sip.registrar.AddressOfRecord;
import java.util.List;

/**
 * A section of {@code type=aor}: where an endpoint can be reached, with what the registrar need not know. Immutable.
 *
 * @param outboundProxy a URI through which its contacts are reached, "" for none
 */
public record AorSettings(
        AddressOfRecord record, boolean authenticateQualify, String outboundProxy, List<String> mailboxes) {

    public AorSettings {
        mailboxes = List.copyOf(mailboxes);
    }
}
