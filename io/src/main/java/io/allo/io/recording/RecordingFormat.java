package io.allo.io.recording;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.audio.SoundWriter;
import io.allo.media.audio.WavFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a recording lies in its file, by the file's ending. Immutable.
 *
 * @param ending as written, e.g. "wav", without the dot
 * @param sound the kind of file
 */
public record RecordingFormat(String ending, SoundFormat sound) {

    /** The format of an ending ("wav", "wav49", "gsm", "ulaw", ...). */
    public static RecordingFormat of(String ending) throws RecordingException {
        return new RecordingFormat(
                ending,
                SoundFormat.byExtension(ending)
                        .orElseThrow(() -> new RecordingException("nothing can be recorded as \"" + ending
                                + "\": the endings are "
                                + Arrays.stream(SoundFormat.values())
                                        .map(f -> f.extensions().getFirst())
                                        .collect(Collectors.joining(" ")))));
    }

    /** The format of a path's ending. */
    public static RecordingFormat of(Path path) throws RecordingException {
        var name = path.getFileName() == null ? "" : path.getFileName().toString();
        var dot = name.lastIndexOf('.');
        if (dot < 0) {
            throw new RecordingException(
                    "\"" + path + "\" has no ending, so that nobody knows how to record it (e.g. " + name + ".wav)");
        }
        return of(name.substring(dot + 1));
    }

    /** The rate of the samples to be written, Hz. */
    public int sampleRate() {
        return sound.sampleRate();
    }

    /** Whether it can hold two channels. */
    public boolean isStereo() {
        return sound == SoundFormat.WAV || sound == SoundFormat.WAV16;
    }

    SoundWriter create(SeekableByteChannel channel, int channels) throws IOException {
        return channels == 2 ? WavFile.stereoWriter(channel, sampleRate()) : SoundFile.create(channel, sound);
    }

    SoundWriter append(SeekableByteChannel channel, int channels) throws IOException {
        return channel.size() == 0 ? create(channel, channels) : SoundFile.append(channel, sound);
    }

    /** Goes on where a crash ended a file that this program was writing. */
    SoundWriter recover(SeekableByteChannel channel, int channels) throws IOException {
        return sound.isWave() && channel.size() > 0 ? WavFile.recoverer(channel) : append(channel, channels);
    }
}
