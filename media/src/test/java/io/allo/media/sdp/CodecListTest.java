package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.codec.Codecs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecListTest {

    @Test
    void disallowAllThenAllowIsTheUsualForm() {
        var list = CodecList.NONE
                .disallow("all")
                .list()
                .allow("ulaw")
                .list()
                .allow("alaw")
                .list();
        assertEquals(List.of(CodecName.ULAW, CodecName.ALAW), list.codecs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!all,ulaw,alaw,g722,gsm",
                "ulaw&alaw&g722&gsm",
                " ulaw , alaw, G722 ,gsm ",
                "ulaw|alaw|g722|gsm",
                "ulaw,alaw,ulaw,g722,gsm",
                "opus,!all,ulaw,alaw,g722,gsm",
                "ulaw,opus,alaw,g722,gsm,!opus"
            })
    void everyWayToWriteAListGivesTheSame(String value) {
        var read = CodecList.parse(value);
        assertEquals(List.of(), read.problems());
        assertEquals("ulaw, alaw, g722, gsm", read.list().names());
    }

    @Test
    void allMeansEveryCodecAndUlawComesFirst() {
        var all = CodecList.parse("all").list();
        assertEquals(CodecName.values().length, all.choices().size());
        assertEquals(CodecName.ULAW, all.codecs().getFirst());
        assertTrue(all.disallow("all").list().choices().isEmpty());
        assertFalse(all.disallow("opus").list().contains(CodecName.OPUS));
    }

    @Test
    void aPacketLengthMayFollow() {
        var list = CodecList.parse("ulaw:30,alaw").list();
        assertEquals(
                OptionalInt.of(30), list.choice(CodecName.ULAW).orElseThrow().ptimeMs());
        assertEquals(
                OptionalInt.empty(), list.choice(CodecName.ALAW).orElseThrow().ptimeMs());
    }

    @Test
    void aWrongPacketLengthIsReportedAndTheCodecKept() {
        var read = CodecList.parse("ulaw:5,alaw:x");
        assertEquals("ulaw, alaw", read.list().names());
        assertEquals(2, read.problems().size());
        assertTrue(read.problems().getFirst().contains("10 to 300"));
    }

    @Test
    void anUnknownCodecIsReportedWithTheKnownOnes() {
        var read = CodecList.parse("ulaw,ulow");
        assertEquals("ulaw", read.list().names());
        assertEquals(1, read.problems().size());
        assertTrue(read.problems().getFirst().startsWith("unknown codec \"ulow\"; known are ulaw, alaw, g722, gsm"));
    }

    @ParameterizedTest
    @CsvSource({"h264,video", "vp8,video", "t140,text", "none,disallow=all"})
    void whatIsNoAudioIsReportedAsThat(String name, String word) {
        var problems = CodecList.parse("ulaw," + name).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().contains(word), problems.getFirst());
    }

    @Test
    void anEmptyValueAllowsNothing() {
        assertEquals(CodecList.NONE, CodecList.parse("").list());
        assertEquals("none", CodecList.NONE.names());
    }

    @ParameterizedTest
    @EnumSource(CodecName.class)
    void everyCodecIsFoundByItsNameAndByItsRtpmap(CodecName codec) {
        assertEquals(
                Optional.of(codec), CodecName.ofAsterisk(codec.asteriskName().toUpperCase(java.util.Locale.ROOT)));
        assertEquals(Optional.of(codec), CodecName.ofRtpMap(codec.rtpMap(100)));
        if (codec.isStatic()) {
            assertEquals(
                    Optional.of(codec),
                    RtpMap.ofStatic(codec.usualPayloadType()).flatMap(CodecName::ofRtpMap));
        }
    }

    @ParameterizedTest
    @EnumSource(CodecName.class)
    void aCodecIsCalledTranscodableExactlyIfTheHouseHasIt(CodecName codec) {
        var ours = Codecs.byName(codec.encoding(), codec.clockRate());
        assertEquals(ours.isPresent(), codec.transcodable());
        ours.ifPresent(c -> assertEquals(codec.sampleRate(), c.sampleRate()));
    }

    @Test
    void usualPayloadTypesDoNotCollide() {
        var seen = new HashSet<>(List.of(101, 113, 114));
        for (CodecName codec : CodecName.values()) {
            assertTrue(seen.add(codec.usualPayloadType()), codec.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"mulaw,ULAW", "G729A,G729", "slin8,SLIN", "g723.1,G723"})
    void oldSpellingsAreKnown(String name, CodecName codec) {
        assertEquals(Optional.of(codec), CodecName.ofAsterisk(name));
    }

    @Test
    void theTwoBitRatesOfSiren7AreToldApart() {
        assertEquals(
                Optional.of(CodecName.SIREN7), CodecName.ofRtpMap(new RtpMap(102, "G7221", 16000, 1, "bitrate=32000")));
        assertEquals(Optional.empty(), CodecName.ofRtpMap(new RtpMap(102, "G7221", 16000, 1, "bitrate=24000")));
    }

    @Test
    void narrowPcmAtAnotherRateIsNoUlaw() {
        assertEquals(Optional.empty(), CodecName.ofRtpMap(new RtpMap(121, "PCMU", 16000, 1, "")));
        assertEquals(Optional.empty(), CodecName.ofRtpMap(new RtpMap(121, "PCMU", 8000, 2, "")));
    }

    @ParameterizedTest
    @CsvSource({"rfc4733,RFC4733", "RFC2833,RFC4733", "info,INFO", "inband,INBAND", "auto,AUTO", "auto_info,AUTO_INFO"})
    void dtmfModesAreRead(String word, DtmfMode mode) {
        assertEquals(Optional.of(mode), DtmfMode.ofAsterisk(word));
        assertEquals(Optional.empty(), DtmfMode.ofAsterisk("morse"));
    }
}
