package io.allo.io.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns are those of Asterisk's documentation of cdr_csv. */
final class CdrCsvTest {

    @TempDir
    Path directory;

    @Test
    void aRecordIsALineInAsterisksColumnOrder() {
        assertEquals(
                "\"sales\",\"101\",\"102\",\"office\",\"\"\"Alice\"\" <101>\",\"PJSIP/101-00000001\",\"PJSIP/102-00000002\","
                        + "\"Dial\",\"PJSIP/102,20\",\"2026-03-01 11:22:33\",\"2026-03-01 11:22:36\",\"2026-03-01 11:22:45\","
                        + "12,9,\"ANSWERED\",\"DOCUMENTATION\",\"u1\",\"note\"",
                csv(new CdrCsvSettings(true, true, true, false, false), ZoneOffset.UTC)
                        .line(CdrRows.answered("u1")));
    }

    @Test
    void columnsThatAreNotWantedAreLeftOut() {
        var line = csv(new CdrCsvSettings(true, false, false, false, false), ZoneOffset.UTC)
                .line(CdrRows.answered("u1"));
        assertEquals("12,9,\"ANSWERED\",\"DOCUMENTATION\"", line.substring(line.indexOf("12,9")));
    }

    @Test
    void newColumnsFollow() {
        var line = csv(new CdrCsvSettings(true, true, true, true, false), ZoneOffset.UTC)
                .line(CdrRows.answered("u1"));
        assertEquals("\"u1\",\"note\",\"\",\"l1\",7", line.substring(line.indexOf("\"u1\"")));
    }

    @Test
    void timesAreThoseOfTheZone() {
        var line = csv(new CdrCsvSettings(false, true, true, false, false), ZoneId.of("Europe/Paris"))
                .line(CdrRows.answered("u1"));
        assertEquals("2026-03-01 12:22:33", line.substring(line.indexOf("2026"), line.indexOf("2026") + 19));
    }

    @Test
    void anAccountHasAFileOfItsOwnAndNoneOutsideTheDirectory() throws Exception {
        var row = CdrRows.answered("u1");
        try (var csv = csv(new CdrCsvSettings(true, true, true, false, true), ZoneOffset.UTC)) {
            csv.add(row);
            csv.add(withAccount(row, "../outside"));
        }
        assertEquals(
                2, Files.readAllLines(directory.resolve("cdr-csv/Master.csv")).size());
        assertEquals(
                1, Files.readAllLines(directory.resolve("cdr-csv/sales.csv")).size());
        assertFalse(Files.exists(directory.resolve("outside.csv")));
    }

    @Test
    void afterALineCutOffByACrashTheNextRecordBeginsOnItsOwn() throws Exception {
        Files.createDirectories(directory.resolve("cdr-csv"));
        Files.writeString(directory.resolve("cdr-csv/Master.csv"), "\"\",\"101\",\"10");
        try (var csv = csv(new CdrCsvSettings(true, true, true, false, false), ZoneOffset.UTC)) {
            csv.add(CdrRows.answered("u1"));
        }
        var lines = Files.readAllLines(directory.resolve("cdr-csv/Master.csv"));
        assertEquals(2, lines.size());
        assertEquals("\"sales\"", lines.getLast().substring(0, 7));
    }

    @Test
    void lineBreaksInAValueDoNotMakeTwoRecords() throws Exception {
        var line = csv(CdrCsvSettings.DEFAULT, ZoneOffset.UTC).line(withAccount(CdrRows.answered("u1"), "a\r\nb"));
        assertEquals(List.of("\"a  b\""), List.of(line.substring(0, 6)));
    }

    private CdrCsv csv(CdrCsvSettings settings, ZoneId zone) {
        return new CdrCsv(directory.resolve("cdr-csv"), settings, zone);
    }

    private static CdrRow withAccount(CdrRow r, String account) {
        return new CdrRow(
                account,
                r.src(),
                r.dst(),
                r.dcontext(),
                r.clid(),
                r.channel(),
                r.dstchannel(),
                r.lastapp(),
                r.lastdata(),
                r.startMs(),
                r.answerMs(),
                r.endMs(),
                r.duration(),
                r.billsec(),
                r.disposition(),
                r.amaflags(),
                r.uniqueid(),
                r.userfield(),
                r.linkedid(),
                r.peeraccount(),
                r.sequence());
    }
}
