package io.allo.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.allo.media.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is behind the packet survives the round trip, so one array serves all. */
    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void aPacketAllocatesNothing(SrtpSuite suite) {
        var out = new SrtpContext(SrtpPackets.key(suite));
        var in = new SrtpContext(SrtpPackets.key(suite));
        var controlOut = new SrtcpContext(SrtpPackets.key(suite));
        var controlIn = new SrtcpContext(SrtpPackets.key(suite));
        var b = SrtpPackets.roomy(SrtpPackets.rtp(1, 0));
        var control = new byte[128];
        control[0] = (byte) 0x80;
        var least = Long.MAX_VALUE;
        var sequence = 0;
        for (var round = 0; round < 10; round++) {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 2_000; i++) {
                RtpPacket.writeHeader(b, 0, false, 0, sequence++ & 0xffff, i, 1);
                assertEquals(172, in.unprotect(b, 0, out.protect(b, 0, 172)));
                assertEquals(60, controlIn.unprotect(control, 0, controlOut.protect(control, 0, 60)));
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 200, suite + ": " + least + " bytes for 8,000 packets");
    }
}
