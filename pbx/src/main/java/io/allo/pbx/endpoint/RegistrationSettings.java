package io.allo.pbx.endpoint;

import java.util.List;

/**
 * A section of {@code type=registration}: where we register as a client, for trunks. Read and checked; the registering
 * itself comes with trunks. Immutable.
 */
public record RegistrationSettings(
        String name,
        String serverUri,
        String clientUri,
        String contactUser,
        String transport,
        List<String> outboundAuths,
        int expirationSeconds,
        int retryIntervalSeconds,
        int forbiddenRetryIntervalSeconds,
        int maxRetries,
        boolean authRejectionPermanent,
        boolean line,
        String endpoint) {

    public RegistrationSettings {
        outboundAuths = List.copyOf(outboundAuths);
    }
}
