package io.allo.pbx.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggerSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "'security => security', security",
        "'security_log = security|messages.log => notice,warning', security_log",
        "'full => [json]notice, security , error|console => security', full",
        "'messages.log => notice', security",
        "'syslog.local0 => security', security"
    })
    void linesOfThatLevelNameTheFilesAndWithoutOneItIsWrittenAllTheSame(String lines, String expected) {
        var text = "[general]\ndateformat=%F %T\n[logfiles]\n" + lines.replace('|', '\n') + "\n";
        var file = new ConfParser(ConfSource.of(Map.of("logger.conf", text))).parse("logger.conf");
        assertEquals(List.of(expected), LoggerSettings.read(file).securityFiles());
    }
}
