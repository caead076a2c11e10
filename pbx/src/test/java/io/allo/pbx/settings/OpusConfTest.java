package io.allo.pbx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.media.codec.OpusSettings;
import io.allo.media.codec.OpusSettings.Application;
import io.allo.media.codec.OpusSettings.Bandwidth;
import io.allo.media.codec.OpusSettings.Signal;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpusConfTest {

    private final List<ConfProblem> problems = new ArrayList<>();

    private OpusSettings read(String text) {
        return OpusConf.read(
                new ConfParser(ConfSource.of(Map.of("codecs.conf", text))).parse("codecs.conf"), problems::add);
    }

    @Test
    void anEmptyFileHasTheDefaults() {
        assertEquals(OpusSettings.DEFAULT, read(""));
        assertEquals(OpusSettings.DEFAULT, read("[plc]\ngenericplc=yes\n[opus]\ntype=opus\n"));
        assertEquals(List.of(), problems);
    }

    @Test
    void everyOptionOfAsterisksActs() {
        var settings = read("""
                [opus]
                type=opus
                packet_loss=15
                complexity=4
                signal=voice
                application=audio
                max_playback_rate=16000
                max_bandwidth=super_wide
                bitrate=24000
                cbr=yes
                fec=no
                dtx=yes
                """);
        assertEquals(
                new OpusSettings(
                        15,
                        4,
                        Signal.VOICE,
                        Application.AUDIO,
                        16_000,
                        Bandwidth.SUPER_WIDE,
                        24_000,
                        true,
                        false,
                        true),
                settings);
        assertEquals(OpusSettings.MAX, read("[opus]\ntype=opus\nbitrate=max\n").bitrate());
        assertEquals(
                OpusSettings.AUTO, read("[opus]\ntype=opus\nbitrate=auto\n").bitrate());
        assertEquals(List.of(), problems);
    }

    @Test
    void whatIsWrongIsSaidOnceAndTheDefaultCounts() {
        assertEquals(
                OpusSettings.DEFAULT,
                read("[opus]\ntype=opus\ncomplexity=11\nmax_bandwidth=huge\nbitrate=lots\nfcc=yes\n"));
        assertEquals(4, problems.size(), problems.toString());
        problems.clear();
        read("[myopus]\ntype=opus\nbitrate=16000\n");
        assertEquals(1, problems.size());
        assertEquals("codec-section", problems.getFirst().code());
    }
}
