package io.allo.conformance.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A datagram that an attacker sends under any address he likes.
 *
 * @param source "address:port" that it claims to come from
 * @param destination "address:port"
 * @param payload up to 1,472 bytes: it is not cut into fragments
 */
public record ForgedDatagram(String source, String destination, byte[] payload) {
    /** Writes datagrams down for {@link ForgeryProgram}, one a line. */
    public static Path write(List<ForgedDatagram> datagrams, Path file) {
        var lines = datagrams.stream()
                .map(d -> d.source + " " + d.destination + " " + HexFormat.of().formatHex(d.payload))
                .toList();
        try {
            return Files.write(file, lines);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Reads what {@link #write} wrote. */
    static List<ForgedDatagram> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", -1))
                .map(part -> new ForgedDatagram(part[0], part[1], HexFormat.of().parseHex(part[2])))
                .toList();
    }
}
