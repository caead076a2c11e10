package io.allo.io.music;

import io.allo.media.audio.SoundFileException;
import io.allo.media.audio.SoundSource;
import java.io.IOException;
import java.io.InputStream;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/** An MPEG audio file (layers 1 to 3) as mono samples, read as a stream: it can't be moved in. Owned by the music thread. */
final class Mp3Reader implements SoundSource {

    private final Bitstream stream;
    private final InputStream input;
    private final Decoder decoder = new Decoder();
    private final int sampleRate;
    private short[] frame = new short[0];
    private int at;
    private int end;

    Mp3Reader(InputStream input) throws IOException {
        this.input = input;
        stream = new Bitstream(input);
        try {
            sampleRate = decodeNext();
            if (sampleRate < 0) {
                throw new SoundFileException("an MP3 file without a frame of sound");
            }
        } catch (IOException | RuntimeException broken) {
            close();
            throw broken;
        }
    }

    /** Decodes a frame; its sample rate, -1 at the end. */
    private int decodeNext() throws IOException {
        try {
            var header = stream.readFrame();
            if (header == null) {
                return -1;
            }
            var decoded = (SampleBuffer) decoder.decodeFrame(header, stream);
            var channels = decoded.getChannelCount();
            var samples = decoded.getBufferLength() / channels;
            if (frame.length < samples) {
                frame = new short[samples];
            }
            var pcm = decoded.getBuffer();
            for (var i = 0; i < samples; i++) {
                frame[i] = channels == 2 ? (short) ((pcm[2 * i] + pcm[2 * i + 1]) / 2) : pcm[i];
            }
            at = 0;
            end = samples;
            stream.closeFrame();
            return decoded.getSampleFrequency();
        } catch (JavaLayerException | ArrayIndexOutOfBoundsException broken) {
            throw new SoundFileException("an MP3 file that is broken: " + broken);
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(short[] pcm, int off, int n) throws IOException {
        while (at == end) {
            var rate = decodeNext();
            if (rate < 0) {
                return -1;
            }
            if (rate != sampleRate) {
                throw new SoundFileException(
                        "an MP3 file whose rate changes from " + sampleRate + " to " + rate + " Hz");
            }
        }
        var some = Math.min(n, end - at);
        System.arraycopy(frame, at, pcm, off, some);
        at += some;
        return some;
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } catch (JavaLayerException alreadyBroken) {
            throw new SoundFileException("an MP3 file that can't be closed: " + alreadyBroken);
        } finally {
            input.close();
        }
    }
}
