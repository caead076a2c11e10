package io.allo.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The processor time of another process, all its threads and those that have ended together, in nanoseconds. /proc/PID/stat
 * counts in ticks of 10 ms, too coarse for 50 calls; this is clock_gettime with the process's own CPU clock (POSIX
 * clock_getcpuclockid; Linux makes the clock's number from the process's). Any thread.
 */
final class ProcessClock {

    private static final MemoryLayout TIMESPEC = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("seconds"), ValueLayout.JAVA_LONG.withName("nanos"));
    private static final MethodHandle CLOCK_GETTIME = clockGettime();
    private static final int SCHEDULER_CLOCK = 2;

    private ProcessClock() {}

    /** Nanoseconds of processor time that the process has used. */
    static long cpuNanos(long pid) {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(TIMESPEC);
            var clock = ~(int) pid << 3 | SCHEDULER_CLOCK;
            var status = (int) CLOCK_GETTIME.invokeExact(clock, time);
            if (status != 0) {
                throw new BenchException("process " + pid + " is gone: its clock can't be read");
            }
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
        } catch (BenchException gone) {
            throw gone;
        } catch (Throwable fault) {
            throw new BenchException("clock_gettime can't be called: " + fault, fault);
        }
    }

    private static MethodHandle clockGettime() {
        var linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow("clock_gettime");
        return linker.downcallHandle(
                function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
