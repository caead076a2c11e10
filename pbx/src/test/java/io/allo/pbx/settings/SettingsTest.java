package io.allo.pbx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.store.CdrCsvSettings;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    private static final Path STATE = Path.of("/srv/allo");

    private final List<ConfProblem> problems = new ArrayList<>();

    @Test
    void rtpPortsAreRead() {
        var rtp = rtp("[general]\nrtpstart=12000\nrtpend=13000\n");
        assertEquals(12_000, rtp.start());
        assertEquals(13_000, rtp.end());
        assertEquals(List.of(), problems);
    }

    @Test
    void anEmptyRtpFileMeansTheDefaults() {
        assertEquals(RtpSettings.DEFAULT, rtp("[general]\n"));
        assertEquals(List.of(), problems);
    }

    @Test
    void portsThatLeaveNoRoomAreAnErrorAtTheirLine() {
        var rtp = rtp("[general]\nrtpstart=20000\nrtpend=10000\n");
        assertEquals(RtpSettings.DEFAULT.start(), rtp.start());
        assertEquals("error", problems.getFirst().severity().name().toLowerCase(java.util.Locale.ROOT));
        assertEquals(3, problems.getFirst().line());
    }

    @Test
    void aSourceThatIsNotHeldFastIsNotToBeHad() {
        rtp("[general]\nstrictrtp=yes\n");
        assertEquals(List.of(), problems);
        rtp("[general]\nstrictrtp=no\nprobation=8\n");
        assertEquals(List.of("option-inert", "option-inert"), codes());
        rtp("[general]\nstrictrtp=sequno\n");
        assertTrue(problems.getLast().toString().contains("seqno"), problems.toString());
    }

    @Test
    void optionsWithoutEffectAreWarnedOfWithTheReason() {
        rtp("[general]\nstunaddr=stun.example.com\nicesupport=yes\nrtpstrat=5\n");
        assertEquals(List.of("option-inert", "unknown-option"), codes());
        assertTrue(problems.get(0).toString().contains("external_media_address"), problems.toString());
        assertTrue(problems.get(1).toString().contains("rtpstart"), problems.toString());
        assertFalse(problems.stream().anyMatch(ConfProblem::isError));
    }

    @Test
    void withoutFileEverythingLiesBelowTheStateDirectory() {
        var directories = asterisk("").directories();
        assertEquals(STATE.resolve("log"), directories.log());
        assertEquals(STATE.resolve("spool"), directories.spool());
        assertEquals(STATE.resolve("agi-bin"), directories.agi());
        assertEquals(STATE, directories.data());
    }

    @Test
    void directoriesFollowWhatIsNamed() {
        var directories = asterisk(
                        "[directories]\nastvarlibdir => /var/lib/asterisk\nastdatadir => /usr/share/asterisk\n"
                                + "astlogdir => /var/log/asterisk\nastmoddir => /usr/lib/asterisk/modules\n")
                .directories();
        assertEquals(Path.of("/var/lib/asterisk"), directories.database());
        assertEquals(Path.of("/usr/share/asterisk"), directories.keys());
        assertEquals(Path.of("/usr/share/asterisk/agi-bin"), directories.agi());
        assertEquals(Path.of("/var/log/asterisk"), directories.log());
        assertEquals(STATE.resolve("spool"), directories.spool());
        assertEquals(List.of(), codes());
    }

    @Test
    void theSampleFilesMarkedDirectoriesCountForNothing() {
        var directories =
                asterisk("[directories](!)\nastlogdir => /var/log/asterisk\n").directories();
        assertEquals(STATE.resolve("log"), directories.log());
    }

    @Test
    void optionsAreRead() {
        var settings = asterisk("[options]\nverbose = 3\ndebug = yes\nsystemname = paris\nlive_dangerously = yes\n"
                + "maxcalls = 50\ndefaultlanguage = fr\ntransmit_silence = yes\n");
        assertEquals(3, settings.verbose());
        assertEquals(1, settings.debug());
        assertEquals("paris", settings.systemName());
        assertTrue(settings.liveDangerously());
        assertEquals(50, settings.maxCalls());
        assertEquals("fr", settings.defaultLanguage());
        assertTrue(settings.transmitSilence());
        assertEquals(List.of(), problems);
    }

    @Test
    void whatSystemdDoesIsSaid() {
        asterisk("[options]\nrunuser = asterisk\n[files]\nastctlpermissions = 0660\n");
        assertEquals(List.of("option-inert", "section-inert"), codes());
        assertTrue(problems.getFirst().toString().contains("User="), problems.toString());
        assertTrue(problems.getFirst().inWords("fr").contains("lancez allo"), problems.toString());
    }

    @Test
    void recordsHaveAsterisksDefaults() {
        assertEquals(CdrSettings.DEFAULT, cdr("[general]\n"));
        var settings = cdr("[general]\nunanswered=yes\ncongestion=yes\nendbeforehexten=no\n[csv]\nusegmtime=yes\n");
        assertTrue(settings.unanswered());
        assertTrue(settings.congestion());
        assertFalse(settings.endBeforeH());
        assertEquals(new CdrCsvSettings(true, false, false, false, true), settings.csv());
        assertEquals(List.of(), problems);
    }

    @Test
    void otherBackendsOfRecordsAreWarnedOf() {
        cdr("[general]\nbatch=yes\n[radius]\nradiuscfg=/etc/radius.conf\n[cvs]\n");
        assertEquals(List.of("option-inert", "section-inert", "section-unknown"), codes());
        assertTrue(problems.getLast().toString().contains("csv"), problems.toString());
    }

    private List<String> codes() {
        return problems.stream().map(ConfProblem::code).toList();
    }

    private RtpSettings rtp(String text) {
        return RtpSettings.read(file(text), problems::add);
    }

    private CdrSettings cdr(String text) {
        return CdrSettings.read(file(text), problems::add);
    }

    private AsteriskSettings asterisk(String text) {
        return AsteriskSettings.read(file(text), STATE, problems::add);
    }

    private static ConfFile file(String text) {
        return new ConfParser(ConfSource.of(Map.of("a.conf", text))).parse("a.conf");
    }
}
