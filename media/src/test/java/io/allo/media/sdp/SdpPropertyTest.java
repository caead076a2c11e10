package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.sdp.SessionDescription.Bandwidth;
import io.allo.media.sdp.SessionDescription.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random descriptions and settings from seeds; a failure names its seed. */
class SdpPropertyTest {

    private static final int WORLDS = 5_000;

    @Test
    void whatIsWrittenIsReadTheSame() {
        for (long seed = 0; seed < WORLDS; seed++) {
            var session = new Chance(seed).session();
            assertEquals(session, Sdp.parse(SdpWriter.write(session)), "seed " + seed);
        }
    }

    @Test
    void everyAnswerIsLegalForItsOffer() {
        int accepted = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var chance = new Chance(seed);
            var offer = chance.session();
            var local = Sdp.local().withDirection(chance.direction());
            if (OfferAnswer.answer(offer, chance.capabilities(), local, SdpHistory.NONE)
                    instanceof Answer.Accepted answer) {
                accepted++;
                try {
                    LegalAnswer.check(offer, answer.description());
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + "\n" + offer + "\n" + answer.description(), e);
                }
            }
        }
        assertTrue(accepted > WORLDS / 5, "too few to mean anything: " + accepted);
    }

    @Test
    void twoSidesOfOursAgreeOnTheSame() {
        int agreed = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var chance = new Chance(seed);
            var caller = chance.capabilities();
            var called = chance.capabilities();
            var callerSide = LocalMedia.of("192.0.2.1", 10000, 1).withDirection(chance.direction());
            var calledSide = LocalMedia.of("192.0.2.2", 20000, 2).withDirection(chance.direction());
            var offer = OfferAnswer.createOffer(caller, callerSide, SdpHistory.NONE);
            if (OfferAnswer.answer(offer, called, calledSide, SdpHistory.NONE) instanceof Answer.Accepted answer) {
                agreed++;
                var ours = Sdp.agreed(OfferAnswer.acceptAnswer(offer, answer.description(), caller));
                mirror(ours, answer.media(), "seed " + seed);
            }
        }
        assertTrue(agreed > WORLDS / 5, "too few to mean anything: " + agreed);
    }

    private static void mirror(NegotiatedMedia caller, NegotiatedMedia called, String seed) {
        assertEquals(caller.direction(), called.direction().reverse(), seed);
        assertEquals(caller.codecs().size(), called.codecs().size(), seed);
        for (NegotiatedCodec codec : caller.codecs()) {
            var other = called.codec(codec.codec()).orElseThrow();
            assertEquals(codec.sendPayloadType(), other.receivePayloadType(), seed);
            assertEquals(codec.receivePayloadType(), other.sendPayloadType(), seed);
        }
        assertEquals(caller.events().size(), called.events().size(), seed);
        assertEquals(caller.rtcpMux(), called.rtcpMux(), seed);
        assertEquals(10000, called.remotePort(), seed);
        assertEquals(20000, caller.remotePort(), seed);
    }

    @Test
    void payloadTypesKeepTheirMeaningThroughAnyNumberOfReoffers() {
        for (long seed = 0; seed < WORLDS / 5; seed++) {
            var chance = new Chance(seed);
            var history = SdpHistory.NONE;
            long version = -1;
            for (int round = 0; round < 6; round++) {
                var before = history.payloadTypes();
                var sent = OfferAnswer.createOffer(chance.capabilities(), Sdp.local(), history);
                for (RtpMap map : sent.media().getFirst().rtpMaps()) {
                    var known = before.get(map.payloadType());
                    assertTrue(known == null || known.sameEncoding(map), "seed " + seed + " " + known + " " + map);
                }
                long next = Long.parseLong(sent.origin().sessionVersion());
                boolean same =
                        history.local().isPresent() && history.local().get().equals(sent);
                assertTrue(version < 0 || next == (same ? version : version + 1), "seed " + seed);
                version = next;
                history = history.after(sent);
            }
        }
    }

    /** Everything random comes from here. */
    private static final class Chance {
        private static final List<String> CODECS =
                List.of("ulaw", "alaw", "g722", "gsm", "opus", "g729", "ilbc", "slin16");
        private static final List<String> FORMATS =
                List.of("0", "8", "9", "3", "18", "4", "96", "97", "101", "110", "13");
        private static final List<String> MAPS = List.of(
                "96 opus/48000/2",
                "97 iLBC/8000",
                "101 telephone-event/8000",
                "110 telephone-event/48000",
                "96 L16/16000",
                "0 PCMU/8000",
                "9 G722/16000",
                "97 nothing",
                "8 pcma/8000/1");

        private final Random random;

        Chance(long seed) {
            random = new Random(seed);
        }

        Direction direction() {
            return random.nextInt(3) > 0 ? Direction.SENDRECV : Direction.values()[random.nextInt(4)];
        }

        Capabilities capabilities() {
            var names = new ArrayList<String>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                names.add(pick(CODECS));
            }
            return Sdp.allow(String.join(",", names))
                    .withDtmf(DtmfMode.values()[random.nextInt(DtmfMode.values().length)])
                    .withOurOrder(random.nextBoolean())
                    .withSingleCodec(random.nextInt(4) == 0)
                    .withRtcpMux(random.nextBoolean())
                    .withPtimeMs(10 + 10 * random.nextInt(6));
        }

        SessionDescription session() {
            var media = new ArrayList<MediaDescription>();
            for (int i = random.nextInt(5); i > 0; i--) {
                media.add(media());
            }
            return new SessionDescription(
                    Origin.of(random.nextInt(1000), random.nextInt(1000), "198.51.100.7"),
                    pick(List.of("-", "call", "Réunion à 3")),
                    random.nextInt(16) > 0 ? Optional.of(connection()) : Optional.empty(),
                    random.nextBoolean() ? List.of() : List.of(new Bandwidth("AS", random.nextInt(1000))),
                    new Timing(random.nextInt(2), random.nextInt(2)),
                    attributes(false),
                    media);
        }

        private MediaDescription media() {
            var formats = new ArrayList<String>();
            for (int i = random.nextInt(10); i > 0; i--) {
                formats.add(pick(FORMATS));
            }
            return new MediaDescription(
                    pick(List.of("audio", "audio", "audio", "video", "image")),
                    random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(65535),
                    random.nextInt(8) == 0 ? 2 : 1,
                    pick(List.of("RTP/AVP", "RTP/AVP", "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "udptl")),
                    formats,
                    random.nextInt(4) == 0 ? Optional.of(connection()) : Optional.empty(),
                    List.of(),
                    attributes(true));
        }

        private Connection connection() {
            return Connection.of(pick(
                    List.of("198.51.100.7", "198.51.100.8", "198.51.100.9", "0.0.0.0", "2001:db8::7", "host.example")));
        }

        private Attributes attributes(boolean ofMedia) {
            var attributes = new ArrayList<Attribute>();
            if (random.nextInt(3) == 0) {
                attributes.add(Attribute.property(direction().attributeName()));
            }
            for (int i = ofMedia ? random.nextInt(7) : 0; i > 0; i--) {
                attributes.add(new Attribute("rtpmap", pick(MAPS)));
            }
            if (random.nextInt(3) == 0) {
                attributes.add(new Attribute("ptime", Integer.toString(random.nextInt(200))));
                attributes.add(Attribute.property("rtcp-mux"));
                attributes.add(new Attribute("X-unknown", "a:b=c d"));
            }
            return new Attributes(attributes);
        }

        private <T> T pick(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
