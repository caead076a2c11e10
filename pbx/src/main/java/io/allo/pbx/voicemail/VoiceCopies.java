package io.allo.pbx.voicemail;

import io.allo.io.vault.Vault;
import io.allo.io.vault.VaultException;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.codec.Resampler;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Recorded sound written in the formats of the spool, each file whole, forced to the disk and renamed; sealed where that is asked for. Sounds
 * that are sealed are read like others. Immutable: any thread.
 */
public final class VoiceCopies {

    private static final int CHUNK = 4_000;

    /** Seals nothing, and opens nothing sealed. */
    public static final VoiceCopies PLAIN = new VoiceCopies(Vault.NONE, () -> false);

    private final Vault vault;
    private final BooleanSupplier sealed;

    /** Sealed by this vault as long as {@code sealed} says so. */
    public VoiceCopies(Vault vault, BooleanSupplier sealed) {
        this.vault = vault;
        this.sealed = sealed;
    }

    /**
     * Writes sounds one after the other into {@code base} in each format.
     *
     * @param lengthMs where the last sound ends; what is behind is left out
     * @param gainDb decibels that it is made louder
     */
    public void write(List<Path> sounds, long lengthMs, double gainDb, Path base, List<SoundFormat> formats)
            throws IOException {
        Files.createDirectories(SpoolFiles.parent(base));
        for (var format : formats) {
            var file = base.resolveSibling(
                    base.getFileName() + "." + format.extensions().getFirst());
            var aside = SpoolFiles.aside(file);
            write(sounds, lengthMs, gainDb, aside, format);
            SpoolFiles.force(aside);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        SpoolFiles.forceDirectory(SpoolFiles.parent(base));
    }

    private void write(List<Path> sounds, long lengthMs, double gainDb, Path file, SoundFormat format)
            throws IOException {
        Files.deleteIfExists(file);
        var channel = vault.create(file, sealed.getAsBoolean());
        try (var writer = SoundFile.create(channel, format)) {
            var factor = Math.pow(10, gainDb / 20);
            for (var sound : sounds) {
                var last = sound.equals(sounds.getLast());
                append(writer, sound, last ? lengthMs : Long.MAX_VALUE, factor);
            }
        }
    }

    private void append(io.allo.media.audio.SoundWriter writer, Path sound, long lengthMs, double factor)
            throws IOException {
        try (var reader = SoundFile.open(vault.read(sound), format(sound))) {
            var rate = reader.sampleRate();
            var resampler = rate == writer.sampleRate() ? null : new Resampler(rate, writer.sampleRate());
            var pcm = new short[CHUNK];
            var resampled = new short[CHUNK * 8];
            var left = lengthMs == Long.MAX_VALUE ? Long.MAX_VALUE : lengthMs * rate / 1000;
            while (left > 0) {
                var count = reader.read(pcm, 0, (int) Math.min(CHUNK, left));
                if (count < 0) {
                    return;
                }
                left -= count;
                amplify(pcm, count, factor);
                if (resampler == null) {
                    writer.write(pcm, 0, count);
                } else {
                    writer.write(resampled, 0, resampler.resample(pcm, 0, count, resampled, 0));
                }
            }
        }
    }

    private static void amplify(short[] pcm, int count, double factor) {
        if (factor == 1) {
            return;
        }
        for (var i = 0; i < count; i++) {
            pcm[i] = (short) Math.clamp(Math.round(pcm[i] * factor), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /**
     * What a message's text says, opened if it is sealed. Without the key the message is there all the same, but not from whom it is; the
     * sealed field stays in it.
     */
    public MessageInfo info(Path text) throws IOException {
        var info = MessageInfo.read(text);
        try {
            return opened(info, text);
        } catch (VaultException unopened) {
            return info;
        }
    }

    /**
     * The same for an administrator.
     *
     * @throws VaultException why it can't be opened
     */
    public MessageInfo opened(Path text) throws IOException {
        return opened(MessageInfo.read(text), text);
    }

    private MessageInfo opened(MessageInfo info, Path text) throws IOException {
        var sealed = info.field(MessageInfo.SEALED);
        return sealed.isEmpty() ? info : info.opened(vault.openText(sealed, place(info), text));
    }

    /** The text of a message as it is to be written to this file: sealed where that is asked for, or where it was sealed before. */
    public String text(MessageInfo info, Path file) throws IOException {
        var before = Files.isRegularFile(file) ? MessageInfo.read(file).field(MessageInfo.SEALED) : "";
        var unopened = !info.field(MessageInfo.SEALED).isEmpty();
        if (unopened || before.isEmpty() && !sealed.getAsBoolean()) {
            return info.text();
        }
        return info.withSealed(vault.sealText(info.hidden(), place(info), file)).text();
    }

    /** What never changes of a message, whichever mailbox and folder it comes to. */
    private static String place(MessageInfo info) {
        return "message " + info.field("origtime");
    }

    /** The format of a sound file by its ending. */
    public static SoundFormat format(Path sound) throws IOException {
        var name = sound.getFileName().toString();
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return SoundFormat.byExtension(ending).orElseThrow(() -> new IOException(sound + " is no sound file"));
    }

    /** How long a sound file is, in milliseconds. */
    public long lengthMs(Path sound) throws IOException {
        try (var reader = SoundFile.open(vault.read(sound), format(sound))) {
            return reader.lengthMs();
        }
    }

    /** A sound file to be read as it was before it was sealed, if it is. */
    SeekableByteChannel read(Path sound) throws IOException {
        return vault.read(sound);
    }

    /** The sounds of this name in any format, in the order of {@link SoundFormat}. */
    public static List<Path> of(Path base) {
        var found = new ArrayList<Path>();
        for (var format : SoundFormat.values()) {
            for (var ending : format.extensions()) {
                var file = base.resolveSibling(base.getFileName() + "." + ending);
                if (Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
