package io.allo.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The offer/answer model for one audio stream, RFC 3264: pure functions over descriptions. Who is in whose turn to
 * offer is the session's business (sip.session); here is only what to write and what it means.
 *
 * <p>Other media (video, fax, text) are refused with port 0 in their place. Of several audio lines the first usable one
 * wins, an encrypted one before a plain one: a phone that offers RTP/SAVP and RTP/AVP ("best effort") gets what the endpoint's
 * {@code media_encryption} allows.
 */
public final class OfferAnswer {

    private OfferAnswer() {}

    /**
     * Our offer: all that we allow, in our order. After an earlier exchange it is the next version of our description,
     * keeps all lines in their places and every payload type's meaning.
     */
    public static SessionDescription createOffer(Capabilities capabilities, LocalMedia local, SdpHistory history) {
        var maps = offeredMaps(capabilities, local.passed(), new PayloadTypeBook(history));
        int ptimeMs = capabilities.codecs().choices().isEmpty()
                ? capabilities.ptimeMs()
                : capabilities.ptimeMs(capabilities.codecs().codecs().getFirst());
        int audioIndex = history.audioIndex();
        List<MediaDescription> before =
                history.local().map(SessionDescription::media).orElse(List.of());
        String protocol = audioIndex < 0
                ? StreamSecurity.firstProtocol(capabilities, local)
                : StreamSecurity.keptProtocol(before.get(audioIndex).protocol(), capabilities);
        String type = audioIndex < 0 ? "audio" : before.get(audioIndex).type();
        MediaDescription audio = LocalDescription.audio(
                local,
                type,
                protocol,
                maps,
                ptimeMs,
                capabilities.rtcpMux(),
                local.direction(),
                StreamSecurity.offered(capabilities, local, history));
        var media = new ArrayList<MediaDescription>();
        for (int i = 0; i < before.size(); i++) {
            media.add(i == audioIndex ? audio : LocalDescription.refused(before.get(i)));
        }
        if (audioIndex < 0) {
            media.add(audio);
        }
        return LocalDescription.session(local, history, media);
    }

    /**
     * Our answer to an offer: as many lines as it has, in its order, under its payload types. An offer that ends our
     * stream with port 0 in a running session is accepted, with nothing to send or receive.
     */
    public static Answer answer(
            SessionDescription offer, Capabilities capabilities, LocalMedia local, SdpHistory history) {
        Optional<Refusal> firstRefusal = Optional.empty();
        Optional<NegotiatedMedia> plain = Optional.empty();
        for (int i = 0; i < offer.media().size(); i++) {
            if (!offer.media().get(i).isAudio() || offer.media().get(i).port() == 0) {
                continue;
            }
            switch (offeredStream(offer, i, capabilities, local)) {
                case NegotiatedMedia media -> {
                    if (media.isEncrypted()) {
                        return accepted(offer, media, capabilities, local, history);
                    }
                    plain = plain.or(() -> Optional.of(media));
                }
                case Refusal refusal -> firstRefusal = firstRefusal.or(() -> Optional.of(refusal));
            }
        }
        if (plain.isPresent()) {
            return accepted(offer, plain.get(), capabilities, local, history);
        }
        int ended = endedAudio(offer);
        if (history.local().isPresent() && firstRefusal.isEmpty() && ended >= 0) {
            var lines = offer.media().stream().map(LocalDescription::refused).toList();
            var media = new AudioAgreement(offer, ended, capabilities).ended();
            return new Answer.Accepted(LocalDescription.session(local, history, lines), media);
        }
        return new Answer.Rejected(firstRefusal.orElseGet(Refusal::noAudio));
    }

    /** What the peer's answer to our offer means for us, or why it is no use. */
    public static Negotiation acceptAnswer(
            SessionDescription ourOffer, SessionDescription theirAnswer, Capabilities capabilities) {
        int index = SdpHistory.NONE.after(ourOffer).audioIndex();
        if (index < 0) {
            throw new IllegalArgumentException("our offer has no audio line");
        }
        if (index >= theirAnswer.media().size()
                || !theirAnswer.media().get(index).isAudio()) {
            return Refusal.mediaCount(
                    ourOffer.media().size(), theirAnswer.media().size());
        }
        MediaDescription ours = ourOffer.media().get(index);
        MediaDescription theirs = theirAnswer.media().get(index);
        if (theirs.port() == 0) {
            return Refusal.refusedByPeer();
        }
        StreamSecurity security = StreamSecurity.accept(ours, theirAnswer, theirs, capabilities);
        if (security.refusal().isPresent()) {
            return security.refusal().get();
        }
        List<RtpMap> offered = ours.rtpMaps();
        String address = ourOffer.connectionOf(ours).map(Connection::address).orElse("");
        return new AudioAgreement(theirAnswer, index, capabilities)
                .stream(
                        answeredMaps(theirs, offered),
                        map -> receiveNumber(map, offered),
                        address,
                        ourOffer.directionOf(ours),
                        false,
                        security);
    }

    private static List<RtpMap> offeredMaps(Capabilities capabilities, PassedOn passed, PayloadTypeBook book) {
        var maps = new ArrayList<RtpMap>();
        var clockRates = new LinkedHashSet<Integer>();
        for (CodecName codec : capabilities.codecs().codecs()) {
            book.number(passed.numbered(codec.rtpMap(codec.usualPayloadType()))).ifPresent(maps::add);
            clockRates.add(codec.clockRate());
        }
        if (capabilities.dtmf().usesTelephoneEvents()) {
            // at 8000 in any case: many phones know no other, whatever the codec
            event(8000, 101, passed, book).ifPresent(maps::add);
            if (clockRates.contains(48000)) {
                event(48000, 113, passed, book).ifPresent(maps::add);
            }
            if (clockRates.contains(16000)) {
                event(16000, 114, passed, book).ifPresent(maps::add);
            }
        }
        return maps;
    }

    private static Optional<RtpMap> event(int clockRate, int payloadType, PassedOn passed, PayloadTypeBook book) {
        return book.number(passed.numbered(new RtpMap(payloadType, RtpMap.TELEPHONE_EVENT, clockRate, 1, DTMF_EVENTS)));
    }

    private static Negotiation offeredStream(
            SessionDescription offer, int index, Capabilities capabilities, LocalMedia local) {
        MediaDescription line = offer.media().get(index);
        StreamSecurity security = StreamSecurity.answer(offer, line, capabilities, local);
        if (security.refusal().isPresent()) {
            return security.refusal().get();
        }
        return new AudioAgreement(offer, index, capabilities)
                .stream(
                        line.rtpMaps(),
                        map -> OptionalInt.of(map.payloadType()),
                        local.address(),
                        local.direction(),
                        true,
                        security);
    }

    private static Answer accepted(
            SessionDescription offer,
            NegotiatedMedia all,
            Capabilities capabilities,
            LocalMedia local,
            SdpHistory history) {
        NegotiatedMedia media =
                capabilities.singleCodec() ? all.withCodecs(List.of(all.codecs().getFirst())) : all;
        var maps = new ArrayList<RtpMap>();
        for (NegotiatedCodec agreed : media.codecs()) {
            maps.add(agreed.codec().rtpMap(agreed.receivePayloadType()));
        }
        for (NegotiatedEvents events : media.events()) {
            maps.add(new RtpMap(
                    events.receivePayloadType(), RtpMap.TELEPHONE_EVENT, events.clockRate(), 1, DTMF_EVENTS));
        }
        int ptimeMs = capabilities.ptimeMs(media.codecs().getFirst().codec());
        var lines = new ArrayList<MediaDescription>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription line = offer.media().get(i);
            lines.add(
                    i == media.index()
                            ? LocalDescription.audio(
                                    local,
                                    line.type(),
                                    line.protocol(),
                                    maps,
                                    ptimeMs,
                                    media.rtcpMux(),
                                    media.direction(),
                                    StreamSecurity.answer(offer, line, capabilities, local)
                                            .lines())
                            : LocalDescription.refused(line));
        }
        return new Answer.Accepted(LocalDescription.session(local, history, lines), media);
    }

    /** The peer's payload types; a dynamic one without rtpmap means what our offer said it means. */
    private static List<RtpMap> answeredMaps(MediaDescription theirs, List<RtpMap> offered) {
        List<RtpMap> said = theirs.rtpMaps();
        var maps = new ArrayList<RtpMap>();
        for (String format : theirs.formats()) {
            said.stream()
                    .filter(m -> format.equals(Integer.toString(m.payloadType())))
                    .findFirst()
                    .or(() -> offered.stream()
                            .filter(m -> format.equals(Integer.toString(m.payloadType())))
                            .findFirst())
                    .ifPresent(maps::add);
        }
        return maps;
    }

    /** The number under which our offer announced what the peer now names. */
    private static OptionalInt receiveNumber(RtpMap theirs, List<RtpMap> offered) {
        Optional<CodecName> codec = CodecName.ofRtpMap(theirs);
        return offered.stream()
                .filter(ours -> theirs.sameEncoding(ours)
                        || (codec.isPresent() && CodecName.ofRtpMap(ours).equals(codec)))
                .mapToInt(RtpMap::payloadType)
                .findFirst();
    }

    private static int endedAudio(SessionDescription offer) {
        for (int i = 0; i < offer.media().size(); i++) {
            if (offer.media().get(i).isAudio() && offer.media().get(i).port() == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Gives out payload types for one offer so that none changes its meaning within a session: RFC 3264 8.3.2. */
    private static final class PayloadTypeBook {

        private final Map<Integer, RtpMap> taken;

        PayloadTypeBook(SdpHistory history) {
            this.taken = new HashMap<>(history.payloadTypes());
        }

        /** The encoding under the number it already has, else the one it proposes, else a free one; empty if none is. */
        Optional<RtpMap> number(RtpMap wanted) {
            for (RtpMap known : taken.values()) {
                if (known.sameEncoding(wanted)) {
                    return Optional.of(wanted.withPayloadType(known.payloadType()));
                }
            }
            if (!taken.containsKey(wanted.payloadType())) {
                return Optional.of(take(wanted));
            }
            for (int number = RtpMap.FIRST_DYNAMIC; number <= RtpMap.MAX_PAYLOAD_TYPE; number++) {
                if (!taken.containsKey(number)) {
                    return Optional.of(take(wanted.withPayloadType(number)));
                }
            }
            return Optional.empty();
        }

        private RtpMap take(RtpMap map) {
            taken.put(map.payloadType(), map);
            return map;
        }
    }

    /** Events 0 to 15 are the keys, 16 is hook flash: RFC 4733 3.2. */
    private static final String DTMF_EVENTS = "0-16";
}
