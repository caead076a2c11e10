package io.allo.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** Its place behind the name in /proc/PID/stat. */
    private static final int CUTIME = 13;

    private static final long NANOS_A_TICK = 10_000_000;

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

    /** The same with the processes that it started and that have ended; those in ticks of 10 ms (proc(5), cutime and cstime). */
    static long cpuNanosWithChildren(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            var ticks = Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1]);
            return cpuNanos(pid) + ticks * NANOS_A_TICK;
        } catch (IOException gone) {
            throw new BenchException("process " + pid + " is gone", gone);
        }
    }

    private static MethodHandle clockGettime() {
        var linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow("clock_gettime");
        return linker.downcallHandle(
                function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
