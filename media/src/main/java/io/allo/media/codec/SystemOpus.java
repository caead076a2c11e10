package io.allo.media.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Opus by the system's libopus, called through java.lang.foreign. Each encoder and decoder has one block of C memory, its state and
 * room for a packet and its sound behind it, which its owner gives back with {@code close}. Immutable, shared by all threads.
 */
final class SystemOpus implements OpusLibrary {
    private static final String NAME = "libopus.so.0";
    private static final List<String> NEEDED = List.of(
            "opus_get_version_string",
            "opus_encoder_get_size",
            "opus_encoder_init",
            "opus_encode",
            "opus_encoder_ctl",
            "opus_decoder_get_size",
            "opus_decoder_init",
            "opus_decode");

    private static final int OPUS_AUTO = -1000;
    private static final int OPUS_BITRATE_MAX = -1;
    private static final int ALIGNMENT = 64;

    /** Blocks of C memory that are in use. */
    private static final AtomicLong BLOCKS = new AtomicLong();

    private final String version;

    private SystemOpus(String version) {
        this.version = version;
    }

    /** The system's library; empty if there is none that can be used. */
    static Optional<OpusLibrary> find() {
        try {
            var lookup = SymbolLookup.libraryLookup(NAME, Arena.global());
            if (!NEEDED.stream().allMatch(name -> lookup.find(name).isPresent())) {
                return Optional.empty();
            }
            return Optional.of(new SystemOpus(Calls.version()));
        } catch (IllegalArgumentException | IllegalCallerException | UnsupportedOperationException e) {
            return Optional.empty(); // not installed, native access not allowed, or no linker for this machine
        }
    }

    /** How many encoders and decoders are not closed. */
    static long blocksInUse() {
        return BLOCKS.get();
    }

    @Override
    public String description() {
        return version + " (system)";
    }

    @Override
    public Encoder newEncoder(OpusSettings settings, int rate) {
        return new SystemEncoder(settings, rate);
    }

    @Override
    public Decoder newDecoder(int rate) {
        return new SystemDecoder(rate);
    }

    /** State, packet and sound in one block of C memory. */
    private static final class Block {
        final MemorySegment all;
        final MemorySegment state;
        final MemorySegment packet;
        final MemorySegment sound;

        Block(int stateBytes, int packetBytes, int samples) {
            var packetAt = aligned(stateBytes);
            var soundAt = packetAt + aligned(packetBytes);
            all = Calls.allocate(soundAt + 2L * samples);
            state = all.asSlice(0, stateBytes);
            packet = all.asSlice(packetAt, packetBytes);
            sound = all.asSlice(soundAt, 2L * samples);
            BLOCKS.incrementAndGet();
        }

        private static long aligned(int bytes) {
            return (bytes + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
        }

        void free() {
            Calls.free(all);
            BLOCKS.decrementAndGet();
        }
    }

    private static final class SystemEncoder implements Encoder {
        private final OpusSettings settings;
        private final int rate;
        private final Block block;
        private boolean closed;

        SystemEncoder(OpusSettings settings, int rate) {
            this.settings = settings;
            this.rate = rate;
            block = new Block(Calls.encoderSize(), Opus.MOST_BYTES, OpusFrames.mostSamples(rate));
            Calls.initEncoder(
                    block.state,
                    rate,
                    switch (settings.application()) {
                        case VOIP -> 2048;
                        case AUDIO -> 2049;
                        case LOW_DELAY -> 2051;
                    });
            // requests of opus_defines.h
            Calls.control(block.state, 4010, settings.complexityAt(rate));
            Calls.control(block.state, 4004, 1101 + settings.maxBandwidth().ordinal());
            Calls.control(block.state, 4006, settings.cbr() ? 0 : 1);
            Calls.control(block.state, 4012, settings.fec() ? 1 : 0);
            Calls.control(block.state, 4014, settings.packetLoss());
            Calls.control(block.state, 4016, settings.dtx() ? 1 : 0);
            Calls.control(
                    block.state,
                    4024,
                    switch (settings.signal()) {
                        case AUTO -> OPUS_AUTO;
                        case VOICE -> 3001;
                        case MUSIC -> 3002;
                    });
            Calls.control(
                    block.state,
                    4002,
                    switch (settings.bitrate()) {
                        case OpusSettings.AUTO -> OPUS_AUTO;
                        case OpusSettings.MAX -> OPUS_BITRATE_MAX;
                        default -> settings.bitrate();
                    });
        }

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            checkOpen();
            OpusFrames.checkLength(samples, rate);
            Objects.checkFromIndexSize(off, samples, pcm.length);
            Objects.checkFromIndexSize(outOff, Opus.MOST_BYTES, out.length);
            MemorySegment.copy(pcm, off, block.sound, JAVA_SHORT, 0, samples);
            var bytes = Calls.encode(block.state, block.sound, samples, block.packet, Opus.MOST_BYTES);
            if (bytes < 0) {
                throw new IllegalStateException("Opus encoder: error " + bytes);
            }
            MemorySegment.copy(block.packet, JAVA_BYTE, 0, out, outOff, bytes);
            return OpusFrames.worthSending(bytes, settings);
        }

        @Override
        public void expectLoss(int percent) {
            checkOpen();
            Calls.control(block.state, 4014, Math.clamp(percent, settings.packetLoss(), 100));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                block.free();
            }
        }

        private void checkOpen() {
            if (closed) {
                throw new IllegalStateException("an Opus encoder that is closed");
            }
        }
    }

    private static final class SystemDecoder extends OpusFrames {
        /** The longest packet that is looked at: more than 120 ms at the highest rate never need. */
        private static final int MOST_PACKET = 8_192;

        private final Block block;

        SystemDecoder(int rate) {
            super(rate);
            block = new Block(Calls.decoderSize(), MOST_PACKET, OpusFrames.mostSamples(rate));
            Calls.initDecoder(block.state, rate);
        }

        @Override
        int run(byte @Nullable [] in, int off, int len, short[] pcm, int pcmOff, int samples, boolean before) {
            if (len > MOST_PACKET) {
                return -1;
            }
            var packet = MemorySegment.NULL;
            if (in != null) {
                MemorySegment.copy(in, off, block.packet, JAVA_BYTE, 0, len);
                packet = block.packet;
            }
            var got = Calls.decode(block.state, packet, len, block.sound, samples, before ? 1 : 0);
            if (got > 0) {
                MemorySegment.copy(block.sound, JAVA_SHORT, 0, pcm, pcmOff, got);
            }
            return got;
        }

        @Override
        void release() {
            block.free();
        }
    }

    /** The C functions. Made when the library is known to be there. */
    private static final class Calls {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final SymbolLookup OPUS = SymbolLookup.libraryLookup(NAME, Arena.global());

        private static final MethodHandle VERSION = opus("opus_get_version_string", FunctionDescriptor.of(ADDRESS));
        private static final MethodHandle ENCODER_SIZE =
                opus("opus_encoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        private static final MethodHandle ENCODER_INIT =
                opus("opus_encoder_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle ENCODE =
                opus("opus_encode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle CONTROL = LINKER.downcallHandle(
                OPUS.findOrThrow("opus_encoder_ctl"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle DECODER_SIZE =
                opus("opus_decoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        private static final MethodHandle DECODER_INIT =
                opus("opus_decoder_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        private static final MethodHandle DECODE = opus(
                "opus_decode",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        private static final MethodHandle CALLOC = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("calloc"), FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
        private static final MethodHandle FREE =
                LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));

        private Calls() {}

        private static MethodHandle opus(String name, FunctionDescriptor shape) {
            return LINKER.downcallHandle(OPUS.findOrThrow(name), shape);
        }

        static String version() {
            try {
                return ((MemorySegment) VERSION.invokeExact()).reinterpret(256).getString(0);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static int encoderSize() {
            try {
                return (int) ENCODER_SIZE.invokeExact(1);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static int decoderSize() {
            try {
                return (int) DECODER_SIZE.invokeExact(1);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static MemorySegment allocate(long bytes) {
            try {
                var block = (MemorySegment) CALLOC.invokeExact(1L, bytes);
                if (block.address() == 0) {
                    throw new OutOfMemoryError("no C memory for an Opus codec");
                }
                return block.reinterpret(bytes);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static void free(MemorySegment block) {
            try {
                FREE.invokeExact(block);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static void initEncoder(MemorySegment state, int rate, int application) {
            try {
                accept((int) ENCODER_INIT.invokeExact(state, rate, 1, application));
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static void initDecoder(MemorySegment state, int rate) {
            try {
                accept((int) DECODER_INIT.invokeExact(state, rate, 1));
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static void control(MemorySegment state, int request, int value) {
            try {
                accept((int) CONTROL.invokeExact(state, request, value));
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static int encode(MemorySegment state, MemorySegment pcm, int samples, MemorySegment out, int room) {
            try {
                return (int) ENCODE.invokeExact(state, pcm, samples, out, room);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        static int decode(MemorySegment state, MemorySegment in, int len, MemorySegment pcm, int samples, int before) {
            try {
                return (int) DECODE.invokeExact(state, in, len, pcm, samples, before);
            } catch (Throwable e) {
                throw failed(e);
            }
        }

        private static void accept(int status) {
            if (status != 0) {
                throw new IllegalStateException("libopus: error " + status);
            }
        }

        private static RuntimeException failed(Throwable e) {
            if (e instanceof Error error) {
                throw error;
            }
            return e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }
}
