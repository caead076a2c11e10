package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which phones put a call on hold, RFC 3264 8.4 and RFC 6157. */
class HoldTest {

    private static final Capabilities ULAW = Sdp.allow("ulaw");

    @ParameterizedTest
    @CsvSource({"sendonly,RECVONLY", "inactive,INACTIVE"})
    void aDirectionHolds(String attribute, Direction ours) {
        var accepted = Sdp.accept(Sdp.offer("0", attribute), ULAW);
        assertTrue(accepted.media().held());
        assertEquals(ours, accepted.media().direction());
        assertEquals(
                ours,
                accepted.description()
                        .directionOf(accepted.description().media().getFirst()));
    }

    @Test
    void aDirectionAtSessionLevelHoldsToo() {
        var offer = Sdp.parse(SdpWriter.write(Sdp.offer("0")).replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n"));
        assertTrue(Sdp.accept(offer, ULAW).media().held());
        var overridden = Sdp.parse(SdpWriter.write(offer) + "a=sendrecv\r\n");
        assertFalse(Sdp.accept(overridden, ULAW).media().held());
    }

    @Test
    void recvonlyIsNoHold() {
        var accepted = Sdp.accept(Sdp.offer("0", "recvonly"), ULAW);
        assertFalse(accepted.media().held());
        assertEquals(Direction.SENDONLY, accepted.media().direction());
    }

    @ParameterizedTest
    @CsvSource({"IP4 0.0.0.0", "IP6 ::", "IP6 nothing.INVALID", "IP4 0.0.0.0"})
    void theAddressThatTakesNothingHolds(String address) {
        var offer = Sdp.parse(SdpWriter.write(Sdp.offer("0")).replace("c=IN IP4 198.51.100.7", "c=IN " + address));
        var accepted = Sdp.accept(offer, ULAW);
        assertTrue(accepted.media().held());
        assertFalse(accepted.media().direction().canSend());
        assertEquals(Direction.RECVONLY, accepted.media().direction());
    }

    @Test
    void anOldHoldAtTheMediaLineOverridesTheSessionsAddress() {
        var offer = Sdp.parse(SdpWriter.write(Sdp.offer("0")) + "c=IN IP4 0.0.0.0\r\na=inactive\r\n");
        assertEquals(Direction.INACTIVE, Sdp.accept(offer, ULAW).media().direction());
    }

    @Test
    void portZeroInARunningSessionEndsTheSoundAndNotTheSession() {
        var first = Sdp.accept(Sdp.offer("0"), ULAW);
        var history = SdpHistory.NONE.after(first.description());
        var ended = Sdp.accept(
                Sdp.parse(SdpWriter.write(Sdp.offer("0")).replace("m=audio 4000", "m=audio 0")),
                ULAW,
                Sdp.local(),
                history);
        assertEquals(0, ended.description().media().getFirst().port());
        assertEquals("43", ended.description().origin().sessionVersion());
        assertEquals(0, ended.media().remotePort());
        assertEquals(Direction.INACTIVE, ended.media().direction());
        assertTrue(ended.media().held());
        assertTrue(ended.media().sendCodec().isEmpty());
        var back = Sdp.accept(Sdp.offer("0"), ULAW, Sdp.local(), history.after(ended.description()));
        assertEquals(10000, back.description().media().getFirst().port());
        assertEquals("44", back.description().origin().sessionVersion());
        assertFalse(back.media().held());
    }

    @Test
    void holdAndResumeCountTheVersionUp() {
        var first = Sdp.accept(Sdp.offer("0"), ULAW);
        var history = SdpHistory.NONE.after(first.description());
        var held = Sdp.accept(Sdp.offer("0", "sendonly"), ULAW, Sdp.local(), history);
        history = history.after(held.description());
        var heldAgain = Sdp.accept(Sdp.offer("0", "sendonly"), ULAW, Sdp.local(), history);
        history = history.after(heldAgain.description());
        var resumed = Sdp.accept(Sdp.offer("0", "sendrecv"), ULAW, Sdp.local(), history);
        assertEquals(
                List.of("42", "43", "43", "44"),
                List.of(
                        first.description().origin().sessionVersion(),
                        held.description().origin().sessionVersion(),
                        heldAgain.description().origin().sessionVersion(),
                        resumed.description().origin().sessionVersion()));
        assertEquals(first.media(), resumed.media());
    }

    @Test
    void weHoldThePeer() {
        var offer = OfferAnswer.createOffer(ULAW, Sdp.local().withDirection(Direction.SENDONLY), SdpHistory.NONE);
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("0", "recvonly"), ULAW));
        assertEquals(Direction.SENDONLY, media.direction());
        assertFalse(media.held());
        var deaf = Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("0", "inactive"), ULAW));
        assertEquals(Direction.INACTIVE, deaf.direction());
        assertTrue(deaf.held());
    }

    @Test
    void anAnswerThatClaimsMoreThanWeOfferedGetsOnlyThat() {
        var offer = OfferAnswer.createOffer(ULAW, Sdp.local().withDirection(Direction.SENDONLY), SdpHistory.NONE);
        assertEquals(
                Direction.SENDONLY,
                Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("0"), ULAW))
                        .direction());
    }

    @Test
    void bothHoldingMeansSilence() {
        var accepted = Sdp.accept(
                Sdp.offer("0", "sendonly"), ULAW, Sdp.local().withDirection(Direction.SENDONLY), SdpHistory.NONE);
        assertEquals(Direction.INACTIVE, accepted.media().direction());
        assertTrue(accepted.media().held());
    }

    @Test
    void ourReofferWhileHeldAsksForBothWaysAndLearnsThatTheHoldGoesOn() {
        var held = Sdp.accept(Sdp.offer("0", "sendonly"), ULAW);
        var offer = OfferAnswer.createOffer(ULAW, Sdp.local(), SdpHistory.NONE.after(held.description()));
        assertEquals(Direction.SENDRECV, offer.directionOf(offer.media().getFirst()));
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("0", "sendonly"), ULAW));
        assertTrue(media.held());
        assertEquals(Direction.RECVONLY, media.direction());
    }
}
