package io.allo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsPrinted() {
        assertEquals(0, run("version"));
        assertTrue(out.toString().matches("allo \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java \\d+.*\\)\\R"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void helpNamesTheCommands() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("version"), out.toString());
    }

    @Test
    void aWrongCommandSaysSoAndExitsWithTwo() {
        assertEquals(2, run("verison"));
        assertTrue(err.toString().contains("Did you mean"), err.toString());
        assertTrue(err.toString().contains("version"), err.toString());
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
