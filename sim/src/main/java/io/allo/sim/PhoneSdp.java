package io.allo.sim;

import io.allo.sip.address.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Session descriptions as a plain telephone writes and reads them: text, without anything of {@code media.sdp}. Stateless. */
final class PhoneSdp {

    private static final Pattern HOST = Pattern.compile("(?m)^c=IN IP4 (\\S+)\\r?$");
    private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio (\\d+) ");
    private static final Pattern DIRECTION = Pattern.compile("(?m)^a=(sendrecv|sendonly|recvonly|inactive)\\r?$");

    private PhoneSdp() {}

    static byte[] write(HostPort rtp, long version, String direction) {
        return """
                v=0
                o=- 1 %d IN IP4 %s
                s=-
                c=IN IP4 %s
                t=0 0
                m=audio %d RTP/AVP 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-15
                a=%s
                """.formatted(version, rtp.host(), rtp.host(), rtp.port(), direction)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the other side wants to hear us. */
    static HostPort address(byte[] sdp) {
        var text = new String(sdp, StandardCharsets.US_ASCII);
        var host = HOST.matcher(text);
        var audio = AUDIO.matcher(text);
        if (!host.find() || !audio.find()) {
            throw new SimFailure("a session description without address or audio:\n" + text);
        }
        return new HostPort(host.group(1), Integer.parseInt(audio.group(1)));
    }

    /** What the other side says it does with the sound. */
    static String direction(byte[] sdp) {
        var found = DIRECTION.matcher(new String(sdp, StandardCharsets.US_ASCII));
        return found.find() ? found.group(1) : "sendrecv";
    }

    /** What we answer to that: the same way seen from here, but not more than we want ourselves. */
    static String answerTo(String offered, boolean weHold) {
        return switch (offered) {
            case "sendonly" -> weHold ? "inactive" : "recvonly";
            case "recvonly" -> "sendonly";
            case "inactive" -> "inactive";
            default -> weHold ? "sendonly" : "sendrecv";
        };
    }
}
