package io.allo.conformance.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code FILE SECONDS RATE}: sends the datagrams of the file, again and again, that many a second; prints how many were sent. One thread. */
public final class ForgeryProgram {
    private ForgeryProgram() {}

    /** Runs the attack that the arguments describe. */
    public static void main(String[] arguments) throws IOException {
        var datagrams = ForgedDatagram.read(Path.of(arguments[0]));
        int rate = Integer.parseInt(arguments[2]);
        var socket = new RawSocket();
        System.out.println("forging");
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[1]));
        int sent = 0;
        while (System.nanoTime() < end) {
            long due = (System.nanoTime() - begin) * rate / TimeUnit.SECONDS.toNanos(1);
            for (; sent < due; sent++) {
                socket.send(datagrams.get(sent % datagrams.size()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        System.out.println("sent " + sent);
    }
}
