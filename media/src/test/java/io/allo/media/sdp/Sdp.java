package io.allo.media.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Short ways to say things in the tests of this package. */
final class Sdp {

    private Sdp() {}

    static SessionDescription parse(String text) {
        try {
            return SdpParser.parse(text);
        } catch (SdpParseException e) {
            throw new AssertionError(text, e);
        }
    }

    static SessionDescription phone(String name) {
        try (InputStream in = Sdp.class.getResourceAsStream("/sdp/phones/" + name + ".sdp")) {
            return SdpParser.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SdpParseException e) {
            throw new AssertionError(name, e);
        }
    }

    static Capabilities allow(String codecs) {
        var read = CodecList.parse(codecs);
        if (!read.problems().isEmpty()) {
            throw new AssertionError(read.problems());
        }
        return Capabilities.of(read.list());
    }

    static LocalMedia local() {
        return LocalMedia.of("192.0.2.1", 10000, 42);
    }

    static Answer.Accepted accept(SessionDescription offer, Capabilities capabilities) {
        return accept(offer, capabilities, local(), SdpHistory.NONE);
    }

    static Answer.Accepted accept(
            SessionDescription offer, Capabilities capabilities, LocalMedia local, SdpHistory history) {
        return switch (OfferAnswer.answer(offer, capabilities, local, history)) {
            case Answer.Accepted accepted -> accepted;
            case Answer.Rejected rejected -> throw new AssertionError(rejected.reason());
        };
    }

    static Refusal reject(SessionDescription offer, Capabilities capabilities) {
        return switch (OfferAnswer.answer(offer, capabilities, local(), SdpHistory.NONE)) {
            case Answer.Accepted accepted -> throw new AssertionError(accepted);
            case Answer.Rejected rejected -> rejected.reason();
        };
    }

    static NegotiatedMedia agreed(Negotiation negotiation) {
        return switch (negotiation) {
            case NegotiatedMedia media -> media;
            case Refusal refusal -> throw new AssertionError(refusal);
        };
    }

    static Refusal refused(Negotiation negotiation) {
        return switch (negotiation) {
            case NegotiatedMedia media -> throw new AssertionError(media);
            case Refusal refusal -> refusal;
        };
    }

    static List<CodecName> codecs(NegotiatedMedia media) {
        return media.codecs().stream().map(NegotiatedCodec::codec).toList();
    }

    /** A plain offer with one audio line at 198.51.100.7:4000. */
    static SessionDescription offer(String formats, String... attributes) {
        return parse(
                "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP "
                        + formats + "\r\n" + lines(attributes));
    }

    private static String lines(String... attributes) {
        var out = new StringBuilder();
        for (String attribute : attributes) {
            out.append("a=").append(attribute).append("\r\n");
        }
        return out.toString();
    }
}
