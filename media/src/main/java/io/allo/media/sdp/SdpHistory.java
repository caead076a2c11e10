package io.allo.media.sdp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What our side has said in a session so far, which binds what it may say next (RFC 3264 8): the version counts up,
 * {@code m=} lines keep their places, payload types their meaning. Each leg of a forked call has its own. Immutable.
 *
 * @param local our last description
 * @param payloadTypes every number we have ever announced, and what for
 */
public record SdpHistory(Optional<SessionDescription> local, Map<Integer, RtpMap> payloadTypes) {

    /** Nothing has been said yet. */
    public static final SdpHistory NONE = new SdpHistory(Optional.empty(), Map.of());

    public SdpHistory {
        payloadTypes = Map.copyOf(payloadTypes);
    }

    /** The history once this offer or answer of ours has been sent. */
    public SdpHistory after(SessionDescription sent) {
        var types = new HashMap<>(payloadTypes);
        for (MediaDescription line : sent.media()) {
            if (line.isAudio() && line.port() != 0) {
                line.rtpMaps().forEach(m -> types.put(m.payloadType(), m));
            }
        }
        return new SdpHistory(Optional.of(sent), types);
    }

    /** Where our sound is: the live audio line of the last description, else its first audio line. */
    int audioIndex() {
        var media = local.map(SessionDescription::media).orElse(List.of());
        int first = -1;
        for (int i = 0; i < media.size(); i++) {
            if (media.get(i).isAudio() && media.get(i).port() != 0) {
                return i;
            }
            first = first < 0 && media.get(i).isAudio() ? i : first;
        }
        return first;
    }
}
