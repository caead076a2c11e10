package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class SdpParserFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyBodyIsReadOrRefusedAndWhatIsReadIsWrittenTheSame(byte[] body) {
        SessionDescription session;
        try {
            session = SdpParser.parse(body);
        } catch (SdpParseException refused) {
            return;
        }
        String written = SdpWriter.write(session);
        if (written.length() <= SdpParser.MAX_SIZE) {
            assertEquals(session, Sdp.parse(written));
        }
        var answer = OfferAnswer.answer(session, Sdp.allow("all"), Sdp.local(), SdpHistory.NONE);
        if (answer instanceof Answer.Accepted accepted) {
            LegalAnswer.check(session, accepted.description());
        }
        OfferAnswer.acceptAnswer(
                OfferAnswer.createOffer(Sdp.allow("all"), Sdp.local(), SdpHistory.NONE), session, Sdp.allow("all"));
    }
}
